// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteCall.h"

#include "connection/Async.h"
#include "connection/Conversions.h"

#include <QRandomGenerator>
#include <QtConcurrent/QtConcurrentRun>

#include <boost/json.hpp>

#include <array>

namespace kith::connection {

namespace {

constexpr std::array<int, 3> PausesMs{250, 1000, 3000}; ///< Before it is asked again.
constexpr int LongestPauseSeconds = 10;                 ///< Of those that a server asks for.
constexpr int MostHops = 3;
constexpr qint64 LargeBody = qint64{256} * 1024; ///< Read in another thread from here on.

QString originOf(const QUrl &url)
{
    return QStringLiteral("%1://%2:%3")
        .arg(url.scheme(), url.host())
        .arg(url.port(url.scheme() == u"https" ? 443 : 80));
}

std::string wordsOf(const QUrl &address)
{
    return toStd(address.toString(QUrl::RemoveUserInfo));
}

std::string wordsOf(const Outcome &outcome)
{
    if (outcome.tooLarge)
        return "the answer is too large";
    switch (outcome.localFault) {
    case LocalFault::CaFile:
        return "there is no certificate in the file of the authority";
    case LocalFault::ClientCertificate:
        return "there is no certificate in the client certificate's file";
    case LocalFault::ClientKey:
        return "there is no key for the client certificate";
    case LocalFault::None:
        break;
    }
    if (outcome.certificateRefused)
        return "the server lets nobody in with this certificate, or without one";
    switch (outcome.failure) {
    case QNetworkReply::ConnectionRefusedError:
        return "the connection was refused";
    case QNetworkReply::HostNotFoundError:
        return "the host is not known";
    case QNetworkReply::SslHandshakeFailedError:
        return "no secure connection: " + (outcome.tlsErrors.isEmpty()
                                               ? toStd(outcome.words)
                                               : toStd(outcome.tlsErrors.constFirst().errorString()));
    default:
        return outcome.timedOut ? "no answer in time" : toStd(outcome.words);
    }
}

/// Not a word about it: an answer of a server that is sealed comes again and again.
bool isSealed(const QByteArray &body)
{
    return body.contains("sealed");
}

/// Whether it is the beginning of an answer: Qt doesn't always tell that a connection ended before the last byte.
bool isCutOff(const QByteArray &body)
{
    boost::json::stream_parser parser;
    boost::json::error_code error;
    parser.write(body.constData(), static_cast<std::size_t>(body.size()), error);
    return !body.isEmpty() && !error && !parser.done();
}

} // namespace

RemoteCall::RemoteCall(Transport &transport, Cluster &cluster, core::Request request, QByteArray token, Asker asker,
                       Turn turn, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_cluster(cluster)
    , m_request(std::move(request))
    , m_token(std::move(token))
    , m_asker(std::move(asker))
    , m_turn(turn)
    , m_asks(onlyAsks(m_request))
{}

void RemoteCall::endIfCancelled()
{
    if (m_done || !m_asker.isGone())
        return;
    if (m_reply) {
        m_reply->setProperty("cancelled", true);
        m_reply->abort();
    } else {
        finish(Error{ErrorCode::Cancelled, 0, "cancelled", {}});
    }
}

void RemoteCall::attempt()
{
    if (m_done || m_asker.isGone())
        return finish(Error{ErrorCode::Cancelled, 0, "cancelled", {}});
    if (m_base.isEmpty())
        m_base = m_cluster.leader.isEmpty() ? m_cluster.home : m_cluster.leader;
    Transport::Headers headers{{"X-Vault-Request", "true"}};
    if (!m_token.isEmpty())
        headers.append({"X-Vault-Token", m_token});
    QString ns = m_cluster.nameSpace;
    if (!m_request.ns.empty())
        ns += (ns.isEmpty() || ns.endsWith(u'/') ? QString() : QStringLiteral("/")) + toQt(m_request.ns);
    if (!ns.isEmpty())
        headers.append({"X-Vault-Namespace", ns.toUtf8()});
    if (const QByteArray index = m_cluster.index->furthest(); !index.isEmpty()) {
        headers.append({"X-Vault-Index", index});
        headers.append({QByteArrayLiteral("X-Vault-Inconsistent"), QByteArrayLiteral("forward-active-node")});
    }
    if (m_request.wrapTtl)
        headers.append({"X-Vault-Wrap-TTL", QByteArray::number(qint64(*m_request.wrapTtl)) + 's'});
    ++m_attempts;
    m_reply = m_transport.send(toHttp(m_request, m_base), headers, m_turn, [self = QPointer(this)](Outcome outcome) {
        if (self)
            self->ended(std::move(outcome));
    });
}

void RemoteCall::ended(Outcome outcome)
{
    m_reply = nullptr;
    m_cluster.index->saw(outcome.index);
    if (outcome.cancelled || m_done || m_asker.isGone())
        finish(Error{ErrorCode::Cancelled, 0, "cancelled", {}});
    else if (outcome.status == 0)
        failed(outcome);
    else if (outcome.status == 307 || outcome.status == 308)
        redirected(outcome);
    else
        answered(std::move(outcome));
}

/// Waits, then tries again; false: that was tried often enough.
bool RemoteCall::againAfter(int seconds)
{
    if (m_attempts > static_cast<int>(PausesMs.size()))
        return false;
    int wait = PausesMs[static_cast<std::size_t>(m_attempts - 1)];
    wait += static_cast<int>(QRandomGenerator::global()->bounded(wait / 4 + 1)); // not all at the same moment
    if (seconds > 0)
        wait = std::max(wait, std::min(seconds, LongestPauseSeconds) * 1000);
    QTimer::singleShot(wait, this, &RemoteCall::attempt);
    return true;
}

void RemoteCall::failed(const Outcome &outcome)
{
    const bool elsewhere = m_base != m_cluster.home;
    m_cluster.leader.clear(); // whoever led may be gone
    m_base.clear();
    const bool safe = m_asks || !outcome.mayHaveCome;
    const bool hopeless = outcome.failure == QNetworkReply::SslHandshakeFailedError || outcome.tooLarge ||
                          outcome.certificateRefused || outcome.failure == QNetworkReply::HostNotFoundError ||
                          outcome.timedOut;
    const bool refused = outcome.failure == QNetworkReply::ConnectionRefusedError;
    // Nobody listens: people are told at once, unless it was the leader of before.
    if (safe && !hopeless && (!refused || elsewhere) && againAfter(0))
        return;
    const ErrorCode code = outcome.timedOut ? ErrorCode::TimedOut : ErrorCode::Unreachable;
    finish(safe ? Error{code, 0, wordsOf(outcome), home()} : outcomeUnknown(code, home()));
}

void RemoteCall::answered(Outcome outcome)
{
    const int status = outcome.status;
    const bool busy = status == 429 || ((status == 502 || status == 503 || status == 504) && !isSealed(outcome.body));
    if (busy && (m_asks || status == 429)) {
        m_base.clear();
        if (againAfter(outcome.retryAfterSeconds))
            return;
    }
    const bool large = outcome.body.size() >= LargeBody;
    auto read = [status, body = std::move(outcome.body), asks = m_asks,
                 home = m_cluster.home]() -> Result<core::Response> {
        auto response = toResponse(status, body);
        if (response)
            return std::move(*response);
        const std::string where = wordsOf(home);
        if (!asks && status < 400)
            return outcomeUnknown(ErrorCode::Unreachable, where);
        if (isCutOff(body))
            return Error{ErrorCode::Unreachable, 0, "the connection was cut in the middle of the answer", where};
        return Error{ErrorCode::Unreachable, status, "the answer is none of a Vault server", where};
    };
    if (!large)
        return taken(read());
    whenReady(QtConcurrent::run(std::move(read)), this,
              [this](Result<core::Response> response) { taken(std::move(response)); });
}

/// What can't be read is asked for once more: something between may have spoiled it.
void RemoteCall::taken(Result<core::Response> response)
{
    if (!response && m_asks && m_attempts < 2 && againAfter(0))
        return;
    finish(std::move(response));
}

/// The server that was asked hasn't done it: it names the one that leads.
void RemoteCall::redirected(const Outcome &outcome)
{
    const QUrl target = m_base.resolved(QUrl::fromEncoded(outcome.location));
    const bool downgraded = m_base.scheme() == u"https" && target.scheme() != u"https";
    if (!target.isValid() || target.host().isEmpty() || downgraded || ++m_hops > MostHops)
        return finish(
            Error{ErrorCode::Unreachable, outcome.status, "the server sends to a place that isn't safe", home()});
    if (target.host() == m_cluster.home.host() || m_cluster.trusted.contains(originOf(target)))
        return followTo(target);
    askForLeader(target);
}

void RemoteCall::followTo(const QUrl &target)
{
    QUrl base = target;
    base.setQuery(QString());
    base.setPath(target.path().section(QStringLiteral("/v1/"), 0, 0));
    m_cluster.leader = base;
    m_base = base;
    attempt();
}

/// Whether the cluster itself says that its leader is there: else nobody gets the token.
void RemoteCall::askForLeader(const QUrl &target)
{
    core::Request question;
    question.path = "sys/leader";
    m_reply = m_transport.send(
        toHttp(question, m_base), {}, Turn::Own, [self = QPointer(this), target](const Outcome &outcome) {
            if (!self)
                return;
            self->m_reply = nullptr;
            if (outcome.cancelled || self->m_asker.isGone())
                return self->finish(Error{ErrorCode::Cancelled, 0, "cancelled", {}});
            const auto response = outcome.status == 200 ? toResponse(200, outcome.body) : std::nullopt;
            const auto *data = response && response->data ? response->data->if_object() : nullptr;
            const auto *leader = data ? data->if_contains("leader_address") : nullptr;
            if (leader && leader->is_string())
                self->m_cluster.trusted.insert(originOf(QUrl(QString::fromUtf8(leader->get_string().c_str()))));
            if (self->m_cluster.trusted.contains(originOf(target)))
                self->followTo(target);
            else
                self->finish(
                    Error{ErrorCode::Unreachable, 307,
                          "the server sends to " + toStd(originOf(target)) + ", which isn't its cluster's leader",
                          self->home()});
        });
}

std::string RemoteCall::home() const
{
    return wordsOf(m_cluster.home);
}

void RemoteCall::finish(Result<core::Response> result)
{
    if (std::exchange(m_done, true))
        return;
    m_asker.answer(std::move(result));
    deleteLater();
}

} // namespace kith::connection
