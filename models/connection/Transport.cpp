// SPDX-License-Identifier: Apache-2.0
#include "connection/Transport.h"

#include <QCryptographicHash>
#include <QFile>
#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QSslKey>
#include <QTimer>

#include <algorithm>
#include <array>

namespace kith::connection {

namespace {

/// No proxy. Where there is none Qt gives a connection no buffer, and then asks the system for each single byte of an
/// answer's headers. That of the application, which has none either, gets a buffer.
QNetworkProxy direct()
{
    QNetworkProxy proxy(QNetworkProxy::DefaultProxy);
    proxy.setCapabilities(QNetworkProxy::TunnelingCapability);
    return proxy;
}

class NoProxy final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override { return {direct()}; }
};

/// The system's proxy, but none for this machine.
class SystemProxy final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        const QString host = query.peerHostName();
        if (host == QLatin1String("localhost") || QHostAddress(host).isLoopback())
            return {direct()};
        QList<QNetworkProxy> proxies = systemProxyForQuery(query);
        std::replace(proxies.begin(), proxies.end(), QNetworkProxy(QNetworkProxy::NoProxy), direct());
        return proxies;
    }
};

/// A body that can be read only once. Qt sends a request again by itself when a connection that was kept open turns out
/// to be closed; it can't with this.
class OnceBody final : public QIODevice
{
public:
    OnceBody(QByteArray bytes, QObject *parent) : QIODevice(parent), m_bytes(std::move(bytes)) { open(ReadOnly); }
    bool isSequential() const override { return true; }
    bool seek(qint64) override { return false; }
    qint64 bytesAvailable() const override { return m_bytes.size() - m_at + QIODevice::bytesAvailable(); }
    bool atEnd() const override { return m_at >= m_bytes.size() && QIODevice::atEnd(); }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = std::min<qint64>(most, m_bytes.size() - m_at);
        if (count == 0)
            return m_at >= m_bytes.size() ? -1 : 0;
        std::copy_n(m_bytes.constData() + m_at, count, data);
        m_at += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_at = 0;
};

/// Failures after which the server certainly hasn't got the request.
bool neverLeft(QNetworkReply::NetworkError failure)
{
    switch (failure) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::SslHandshakeFailedError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::ProtocolUnknownError:
        return true;
    default:
        return false;
    }
}

/// Whether it stands for a status of an answer, and not for something on the way to it.
bool saysStatus(QNetworkReply::NetworkError failure)
{
    return (failure >= QNetworkReply::ContentAccessDenied && failure <= QNetworkReply::UnknownContentError &&
            failure != QNetworkReply::ContentReSendError) ||
           failure == QNetworkReply::ProtocolInvalidOperationError ||
           (failure >= QNetworkReply::InternalServerError && failure <= QNetworkReply::UnknownServerError);
}

/// With TLS 1.3 the server says only after the handshake, when the request is on its way, that it lets nobody in with
/// this certificate, or without one. It hasn't read the request then.
bool refusesCertificate(const QString &words)
{
    constexpr std::array<QLatin1String, 6> alerts{
        QLatin1String("alert certificate required"), QLatin1String("alert bad certificate"),
        QLatin1String("alert unknown ca"),           QLatin1String("alert certificate unknown"),
        QLatin1String("alert certificate expired"),  QLatin1String("alert unsupported certificate")};
    return std::any_of(alerts.begin(), alerts.end(), [&](QLatin1String alert) { return words.contains(alert); });
}

QSslKey readKey(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(pem, algorithm, QSsl::Pem);
        if (!key.isNull())
            return key;
    }
    return {};
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString digitsOf(const QString &fingerprint)
{
    QString digits = fingerprint.trimmed().toLower();
    digits.remove(QLatin1Char(':')).remove(QLatin1Char(' '));
    return digits;
}

} // namespace

Transport::Transport(const Profile &profile, QObject *parent)
    : QObject(parent)
    , m_profile(profile)
    , m_fingerprint(digitsOf(profile.fingerprint))
    , m_tls(QSslConfiguration::defaultConfiguration())
{
    // The application's proxy, which direct() stands for, would be the system's where nothing else is said.
    [[maybe_unused]] static const bool said = [] {
        QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        return true;
    }();
    if (profile.proxy == ProxyUse::System)
        m_network.setProxyFactory(new SystemProxy);
    else
        m_network.setProxyFactory(new NoProxy);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    readFiles();
    setTemplate();
}

void Transport::readFiles()
{
    m_tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (m_profile.trust == Trust::CaFile) {
        const auto authorities = QSslCertificate::fromData(contentOf(m_profile.caFile), QSsl::Pem);
        if (authorities.isEmpty())
            m_fault = LocalFault::CaFile;
        m_tls.setCaCertificates(authorities);
    } else if (m_profile.trust == Trust::Pinned) {
        m_tls.setCaCertificates({}); // nobody vouches: every handshake asks watchCertificate
    }
    if (m_profile.clientCertificate.isEmpty())
        return;
    const QByteArray pem = contentOf(m_profile.clientCertificate);
    const auto chain = QSslCertificate::fromData(pem, QSsl::Pem);
    const QSslKey key = readKey(m_profile.clientKey.isEmpty() ? pem : contentOf(m_profile.clientKey));
    if (chain.isEmpty())
        m_fault = LocalFault::ClientCertificate;
    else if (key.isNull())
        m_fault = LocalFault::ClientKey;
    m_tls.setLocalCertificateChain(chain);
    m_tls.setPrivateKey(key);
}

QString Transport::fingerprintOf(const QSslCertificate &certificate)
{
    return QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex());
}

void Transport::watchCertificate(QNetworkReply &reply, const std::shared_ptr<Outcome> &outcome)
{
    connect(&reply, &QNetworkReply::encrypted, this,
            [&reply, outcome] { outcome->chain = reply.sslConfiguration().peerCertificateChain(); });
    connect(&reply, &QNetworkReply::sslErrors, this, [this, &reply, outcome](const QList<QSslError> &errors) {
        outcome->tlsErrors = errors;
        outcome->chain = reply.sslConfiguration().peerCertificateChain();
        if (m_profile.trust == Trust::Pinned && !outcome->chain.isEmpty() &&
            fingerprintOf(outcome->chain.constFirst()) == m_fingerprint) {
            outcome->tlsErrors.clear();
            reply.ignoreSslErrors(errors);
        }
    });
}

void Transport::setTemplate()
{
    m_template.setTransferTimeout(std::max(1, m_profile.timeoutSeconds) * 1000);
    m_template.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // one connection would carry all
    m_template.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    m_template.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    m_template.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
}

QNetworkReply *Transport::begin(const HttpRequest &http, QNetworkRequest &request, Turn turn)
{
    if (http.method == "GET") {
        // Up to three wait behind the one that is answered, so that the server doesn't wait for us between them.
        request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, turn == Turn::Shared);
        return m_network.get(request);
    }
    if (http.method == "HEAD")
        return m_network.sendCustomRequest(request, http.method);
    if (!http.contentType.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, http.contentType);
    request.setHeader(QNetworkRequest::ContentLengthHeader, http.body.size());
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    auto *body = new OnceBody(http.body, this); // also of nothing: a deletion
    QNetworkReply *reply = m_network.sendCustomRequest(request, http.method, body);
    body->setParent(reply);
    return reply;
}

QNetworkReply *Transport::send(const HttpRequest &http, const Headers &headers, Turn turn,
                               std::function<void(Outcome)> done)
{
    auto outcome = std::make_shared<Outcome>();
    if (m_fault != LocalFault::None) {
        outcome->localFault = m_fault;
        outcome->failure = QNetworkReply::SslHandshakeFailedError;
        QTimer::singleShot(0, this, [outcome, done = std::move(done)] { done(std::move(*outcome)); });
        return nullptr;
    }
    const bool secure = http.url.scheme() == u"https";
    QNetworkRequest request = m_template;
    request.setUrl(http.url);
    if (secure)
        request.setSslConfiguration(m_tls);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    QNetworkReply *reply = begin(http, request, turn);
    if (secure)
        watchCertificate(*reply, outcome);
    outcome->mayHaveCome = http.body.isEmpty(); // Qt doesn't tell of those when they were sent
    if (!outcome->mayHaveCome)
        connect(reply, &QNetworkReply::requestSent, this, [outcome] { outcome->mayHaveCome = true; });
    connect(reply, &QNetworkReply::readyRead, this, [reply, outcome] {
        if (reply->bytesAvailable() > LargestAnswer) {
            outcome->tooLarge = true;
            reply->abort();
        }
    });
    connect(reply, &QNetworkReply::finished, this, [reply, outcome, done = std::move(done)] {
        finish(*reply, *outcome);
        reply->deleteLater();
        done(std::move(*outcome));
    });
    return reply;
}

void Transport::finish(QNetworkReply &reply, Outcome &outcome)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QNetworkReply::NetworkError failure = reply.error();
    // Qt would have the body once more for a redirect, although nobody follows it here.
    const bool redirect = failure == QNetworkReply::ContentReSendError && (status == 307 || status == 308);
    const bool answered = failure == QNetworkReply::NoError || redirect || saysStatus(failure);
    if (answered && status != 0) {
        outcome.status = status;
        outcome.body = reply.readAll();
        outcome.location = reply.rawHeader("Location");
        outcome.index = reply.rawHeader("X-Vault-Index");
        outcome.retryAfterSeconds = reply.rawHeader("Retry-After").toInt();
        return;
    }
    outcome.failure = failure == QNetworkReply::NoError ? QNetworkReply::ProtocolFailure : failure;
    outcome.words = reply.errorString();
    outcome.timedOut = failure == QNetworkReply::TimeoutError || failure == QNetworkReply::OperationCanceledError;
    if (reply.property("cancelled").toBool()) {
        outcome.timedOut = false;
        outcome.cancelled = true;
    }
    if (outcome.tooLarge)
        outcome.timedOut = false;
    outcome.certificateRefused = refusesCertificate(outcome.words.toLower());
    if (neverLeft(failure) || outcome.certificateRefused)
        outcome.mayHaveCome = false;
}

} // namespace kith::connection
