// SPDX-License-Identifier: Apache-2.0
#include "connection/Diagnosis.h"

#include "connection/Async.h"
#include "connection/Conversions.h"
#include "connection/SignIn.h"
#include "connection/Transport.h"

#include <QEventLoop>
#include <QtConcurrent/QtConcurrentRun>

namespace kith::connection {

namespace json = boost::json;

namespace {

constexpr int PatienceSeconds = 15; ///< A test that takes longer tells nothing more.

CertificateInfo infoOf(const QSslCertificate &certificate)
{
    CertificateInfo info;
    const auto named = [](const QStringList &common, const QStringList &organisation) {
        return common.isEmpty() ? organisation.value(0) : common.constFirst();
    };
    info.subject = named(certificate.subjectInfo(QSslCertificate::CommonName),
                         certificate.subjectInfo(QSslCertificate::Organization));
    info.issuer = named(certificate.issuerInfo(QSslCertificate::CommonName),
                        certificate.issuerInfo(QSslCertificate::Organization));
    for (const QString &name : certificate.subjectAlternativeNames())
        info.names += name;
    info.from = certificate.effectiveDate();
    info.until = certificate.expiryDate();
    info.fingerprint = Transport::fingerprintOf(certificate);
    info.selfSigned = certificate.isSelfSigned();
    return info;
}

/// The gravest of several first: a name that doesn't fit means the wrong server, whoever signed.
Cause causeOf(const QList<QSslError> &errors)
{
    const auto has = [&](QSslError::SslError wanted) {
        return std::any_of(errors.begin(), errors.end(),
                           [&](const QSslError &error) { return error.error() == wanted; });
    };
    if (has(QSslError::CertificateRevoked) || has(QSslError::CertificateBlacklisted))
        return Cause::CertificateRevoked;
    if (has(QSslError::HostNameMismatch))
        return Cause::CertificateOtherName;
    if (has(QSslError::CertificateExpired))
        return Cause::CertificateExpired;
    if (has(QSslError::CertificateNotYetValid))
        return Cause::CertificateNotYetValid;
    if (has(QSslError::SelfSignedCertificate))
        return Cause::CertificateSelfSigned;
    if (has(QSslError::UnableToGetLocalIssuerCertificate) || has(QSslError::SelfSignedCertificateInChain) ||
        has(QSslError::UnableToVerifyFirstCertificate) || has(QSslError::UnableToGetIssuerCertificate) ||
        has(QSslError::CertificateUntrusted))
        return Cause::CertificateUnknownAuthority;
    return Cause::CertificateBad;
}

Cause causeOfHandshake(const Profile &profile, const Outcome &outcome)
{
    if (profile.trust == Trust::Pinned && !outcome.chain.isEmpty() && !outcome.tlsErrors.isEmpty())
        return Cause::CertificateNotPinned;
    if (!outcome.tlsErrors.isEmpty())
        return causeOf(outcome.tlsErrors);
    const QString words = outcome.words.toLower();
    if (words.contains(u"wrong version number") || words.contains(u"packet length too long") ||
        words.contains(u"http request"))
        return Cause::NoTls;
    if (outcome.certificateRefused || words.contains(u"handshake failure"))
        return Cause::ClientCertificateRefused;
    return Cause::CertificateBad;
}

Cause causeOfFailure(const Profile &profile, const Outcome &outcome)
{
    switch (outcome.localFault) {
    case LocalFault::CaFile:
        return Cause::CaFileUnreadable;
    case LocalFault::ClientCertificate:
        return Cause::ClientCertificateUnreadable;
    case LocalFault::ClientKey:
        return Cause::ClientKeyUnreadable;
    case LocalFault::None:
        break;
    }
    const bool proxy = outcome.failure >= QNetworkReply::ProxyConnectionRefusedError &&
                       outcome.failure <= QNetworkReply::UnknownProxyError;
    if (proxy)
        return Cause::ProxyFailed;
    if (outcome.timedOut)
        return Cause::NoAnswer;
    switch (outcome.failure) {
    case QNetworkReply::HostNotFoundError:
        return Cause::HostNotFound;
    case QNetworkReply::ConnectionRefusedError:
        return Cause::Refused;
    case QNetworkReply::SslHandshakeFailedError:
        return causeOfHandshake(profile, outcome);
    case QNetworkReply::ProtocolUnknownError:
        return Cause::BadAddress;
    default:
        break;
    }
    return outcome.certificateRefused ? Cause::ClientCertificateRefused : Cause::Broken;
}

/// One diagnosis, in a thread of its own.
class Test
{
public:
    Test(Profile profile, QByteArray token) : m_profile(shortened(std::move(profile))), m_token(std::move(token)) {}

    Diagnosis run()
    {
        m_home = QUrl(m_profile.address.trimmed());
        const bool http = m_home.scheme() == u"http" || m_home.scheme() == u"https";
        if (!m_home.isValid() || !http || m_home.host().isEmpty()) {
            m_found.cause = Cause::BadAddress;
            return m_found;
        }
        Transport transport(m_profile);
        m_transport = &transport;
        if (lookAtHealth() && !m_token.isEmpty())
            lookAtToken();
        return m_found;
    }

private:
    static Profile shortened(Profile profile)
    {
        profile.timeoutSeconds = std::min(profile.timeoutSeconds, PatienceSeconds);
        return profile;
    }

    /// In TLS 1.3 a server refuses the client's certificate after the client has begun to send (RFC 8446), and
    /// its word can be lost with the connection: asked again, it says so.
    Outcome get(const std::string &path, const Transport::Headers &headers)
    {
        Outcome outcome = getOnce(path, headers);
        for (int more = 0; more < 5 && wasClosed(outcome); ++more)
            outcome = getOnce(path, headers);
        return outcome;
    }

    bool wasClosed(const Outcome &outcome) const
    {
        return m_home.scheme() == u"https" && outcome.status == 0 && !outcome.certificateRefused &&
               outcome.failure == QNetworkReply::RemoteHostClosedError;
    }

    Outcome getOnce(const std::string &path, const Transport::Headers &headers)
    {
        core::Request request;
        request.path = path;
        Outcome result;
        QEventLoop loop;
        m_transport->send(toHttp(request, m_home), headers, Turn::Own, [&](Outcome outcome) {
            result = std::move(outcome);
            loop.quit();
        });
        loop.exec();
        return result;
    }

    bool end(Cause cause, const QString &detail = {})
    {
        m_found.cause = cause;
        m_found.detail = detail;
        return false;
    }

    bool lookAtHealth()
    {
        const Outcome outcome = get("sys/health", {});
        for (const QSslCertificate &certificate : outcome.chain)
            m_found.chain.push_back(infoOf(certificate));
        if (outcome.status == 0)
            return end(causeOfFailure(m_profile, outcome), outcome.words);
        const auto response = toResponse(outcome.status, outcome.body);
        const json::object *health = response && response->data ? response->data->if_object() : nullptr;
        if (!health || !health->contains("sealed")) {
            if (m_home.scheme() == u"http" && outcome.body.contains("HTTPS"))
                return end(Cause::NeedsTls);
            if (response && outcome.status == 429)
                return end(Cause::Busy);
            return end(Cause::NotAVault, QStringLiteral("HTTP %1").arg(outcome.status));
        }
        readHealth(*health);
        switch (outcome.status) {
        case 501:
            return end(Cause::NotInitialised);
        case 503:
            return end(Cause::Sealed);
        case 472:
            return end(Cause::Recovery);
        case 429:
            m_found.standby = true;
            return lookForLeader();
        default:
            m_found.standby = outcome.status == 473;
            return true;
        }
    }

    void readHealth(const json::object &health)
    {
        const auto text = [&](std::string_view name) {
            const auto *value = health.if_contains(name);
            return value && value->is_string() ? QString::fromUtf8(value->get_string().c_str()) : QString();
        };
        m_found.version = text("version");
        m_found.clusterName = text("cluster_name");
        m_found.hasKith = m_found.version.contains(u"+kith");
        if (m_found.hasKith)
            m_found.product = QStringLiteral("Kith");
        else if (!m_found.version.isEmpty())
            m_found.product = m_found.version.startsWith(u"2.") && !health.contains("enterprise")
                                  ? QStringLiteral("OpenBao")
                                  : QStringLiteral("Vault");
    }

    /// A standby passes requests on or redirects them, if its cluster has a leader.
    bool lookForLeader()
    {
        const Outcome outcome = get("sys/leader", {});
        const auto response = outcome.status == 200 ? toResponse(200, outcome.body) : std::nullopt;
        const json::object *data = response && response->data ? response->data->if_object() : nullptr;
        const auto *leader = data ? data->if_contains("leader_address") : nullptr;
        if (!leader || !leader->is_string() || leader->get_string().empty())
            return end(Cause::Standby);
        return true;
    }

    void lookAtToken()
    {
        RemoteClient client(m_profile);
        client.setToken(m_token);
        const auto result = blockOn(lookUpToken(client));
        if (result || result.error().code == ErrorCode::Cancelled)
            return;
        const QString detail = toQt(result.error().wire);
        if (result.error().status == 404 && detail.contains(u"namespace"))
            end(Cause::NamespaceNotFound, detail);
        else if (result.error().code == ErrorCode::PermissionDenied)
            end(Cause::TokenRefused, detail);
        else if (result.error().status == 503)
            end(Cause::Sealed, detail);
        else
            end(Cause::Broken, detail);
    }

    Profile m_profile;
    QByteArray m_token;
    QUrl m_home;
    Transport *m_transport = nullptr;
    Diagnosis m_found;
};

} // namespace

QFuture<Diagnosis> diagnose(Profile profile, QByteArray token)
{
    return QtConcurrent::run(
        [profile = std::move(profile), token = std::move(token)] { return Test(profile, token).run(); });
}

} // namespace kith::connection
