// SPDX-License-Identifier: Apache-2.0
#include "connection/SignIn.h"

#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/Conversions.h"
#include "connection/Requests.h"

#include <QPromise>

#include <algorithm>

namespace kith::connection {

namespace json = boost::json;

namespace {

constexpr qint64 SoonSeconds = 300;
constexpr int LongestTickMs = 60'000;

/// Policies: in whatever order the server has them.
QStringList sortedIn(const json::object &object, std::string_view name)
{
    QStringList result;
    for (const std::string &text : textsIn(object, name))
        result += toQt(text);
    result.sort();
    return result;
}

QString wordIn(const json::object &object, std::string_view name)
{
    return toQt(textIn(object, name));
}

SignedIn signedInOf(const json::object &data, const QByteArray &token)
{
    SignedIn result;
    result.token = token;
    result.accessor = wordIn(data, "accessor");
    result.displayName = wordIn(data, "display_name");
    result.entityUuid = wordIn(data, "entity_id");
    result.policies = sortedIn(data, "policies");
    result.identityPolicies = sortedIn(data, "identity_policies");
    result.renewable = flagIn(data, "renewable");
    result.ttlSeconds = numberIn(data, "ttl");
    return result;
}

Result<SignedIn> readLookup(Result<core::Response> answer, const QByteArray &token)
{
    if (!answer)
        return answer.error();
    const json::object *data = answer->data ? answer->data->if_object() : nullptr;
    if (!answer->ok())
        return errorOf(*answer);
    if (!data)
        return Error{ErrorCode::Unreachable, answer->status, "the answer is none of a Vault server", {}};
    return signedInOf(*data, token);
}

std::string mountOf(const Credentials &credentials)
{
    QString mount = credentials.mount.trimmed();
    while (mount.endsWith(u'/'))
        mount.chop(1);
    if (mount.startsWith(u"auth/"))
        mount.remove(0, 5);
    if (!mount.isEmpty())
        return toStd(mount);
    return credentials.method == SignInMethod::AppRole ? "approle" : "userpass";
}

core::Request loginOf(const Credentials &credentials)
{
    const std::string login = "auth/" + mountOf(credentials) + "/login";
    const std::string secret = credentials.secret.toStdString();
    if (credentials.method == SignInMethod::AppRole)
        return requestOf(core::Operation::Update, login, {{"role_id", toStd(credentials.user)}, {"secret_id", secret}});
    return requestOf(core::Operation::Update, login + "/" + toStd(credentials.user), {{"password", secret}});
}

/// Sends, and reads the answer when it is there; without a context that could die first.
QFuture<Result<SignedIn>> lookUp(RemoteClient &client, core::Request question, const QByteArray &token)
{
    return client.send(std::move(question)).then(QtFuture::Launch::Sync, [token](Result<core::Response> answer) {
        return readLookup(std::move(answer), token);
    });
}

} // namespace

Error errorOf(const core::Response &response, const std::string &where)
{
    std::string wire;
    for (const std::string &text : response.errors)
        wire += (wire.empty() ? "" : "\n") + text;
    ErrorCode code = ErrorCode::Internal;
    switch (response.status) {
    case 400:
        code = ErrorCode::InvalidRequest;
        break;
    case 403:
        code = ErrorCode::PermissionDenied;
        break;
    case 404:
        code = ErrorCode::NotFound;
        break;
    case 412:
        code = ErrorCode::PreconditionFailed;
        break;
    case 429:
    case 472:
    case 473:
    case 503:
        code = ErrorCode::Unreachable;
        break;
    default:
        break;
    }
    return {response.code.value_or(code), response.status, std::move(wire), where};
}

Result<bool> hasKith(RemoteClient &client)
{
    const auto answer = client.ask(requestOf(core::Operation::Read, "sys/health"));
    if (!answer)
        return answer.error();
    const json::object *health = answer->data ? answer->data->if_object() : nullptr;
    return health && wordIn(*health, "version").contains(u"+kith");
}

QFuture<Result<SignedIn>> lookUpToken(RemoteClient &client, const QByteArray &token)
{
    if (token.isEmpty())
        return lookUp(client, requestOf(core::Operation::Read, "auth/token/lookup-self"), client.token());
    return lookUp(client, requestOf(core::Operation::Update, "auth/token/lookup", {{"token", token.toStdString()}}),
                  token);
}

QFuture<Result<SignedIn>> lookUpAccessor(RemoteClient &client, const QString &accessor)
{
    return lookUp(
        client, requestOf(core::Operation::Update, "auth/token/lookup-accessor", {{"accessor", toStd(accessor)}}), {});
}

QFuture<Result<SignedIn>> signIn(RemoteClient &client, Credentials credentials)
{
    const auto self = [&client](const QByteArray &token) {
        core::Request question = requestOf(core::Operation::Read, "auth/token/lookup-self");
        question.token = token.toStdString();
        return client.send(std::move(question))
            .then(QtFuture::Launch::Sync, [&client, token](Result<core::Response> answer) {
                auto signedIn = readLookup(std::move(answer), token);
                if (signedIn)
                    client.setToken(token);
                return signedIn;
            });
    };
    if (credentials.method == SignInMethod::Token)
        return self(credentials.secret.trimmed());
    auto promise = std::make_shared<QPromise<Result<SignedIn>>>();
    promise->start();
    const auto give = [promise](Result<SignedIn> result) {
        promise->addResult(std::move(result));
        promise->finish();
    };
    client.send(loginOf(credentials)).then(QtFuture::Launch::Sync, [self, give](Result<core::Response> answer) {
        if (!answer)
            return give(answer.error());
        if (!answer->ok())
            return give(errorOf(*answer));
        const QString token = answer->auth ? wordIn(answer->auth->fields, "client_token") : QString();
        if (token.isEmpty())
            return give(Error{ErrorCode::Unreachable, answer->status, "the answer is none of a Vault server", {}});
        self(token.toUtf8()).then(QtFuture::Launch::Sync, [give](Result<SignedIn> signedIn) {
            give(std::move(signedIn));
        });
    });
    return promise->future();
}

TokenKeeper::TokenKeeper(RemoteClient &client, SignedIn signedIn, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_signedIn(std::move(signedIn))
    , m_renewable(m_signedIn.renewable)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &TokenKeeper::tick);
    m_granted = m_signedIn.ttlSeconds;
    if (m_granted > 0)
        m_expires = QDateTime::currentDateTimeUtc().addSecs(m_granted);
    QMetaObject::invokeMethod(this, &TokenKeeper::tick, Qt::QueuedConnection); // it may be made for another thread
}

void TokenKeeper::setTtl(qint64 seconds)
{
    m_granted = seconds;
    m_expires = seconds > 0 ? QDateTime::currentDateTimeUtc().addSecs(seconds) : QDateTime();
    tick();
}

void TokenKeeper::used()
{
    m_used = true;
}

void TokenKeeper::refused()
{
    if (m_state == State::Good || m_state == State::EndsSoon)
        look();
}

void TokenKeeper::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged(state);
}

/// Renews when a third of the time is left, and sees the end come.
void TokenKeeper::tick()
{
    if (!m_expires.isValid() || m_state == State::Expired || m_state == State::Revoked)
        return;
    const qint64 left = QDateTime::currentDateTimeUtc().msecsTo(m_expires);
    if (left <= 0)
        return setState(State::Expired);
    const bool due = left <= m_granted * 1000 / 3;
    if (due && m_renewable && m_used && !m_asking)
        renew();
    if (!m_renewable && left <= SoonSeconds * 1000)
        setState(State::EndsSoon);
    m_timer.start(static_cast<int>(std::clamp<qint64>(left / 4, 200, LongestTickMs)));
}

void TokenKeeper::renew()
{
    m_asking = true;
    m_used = false;
    whenReady(m_client.send(requestOf(core::Operation::Update, "auth/token/renew-self")), this,
              [this](const Result<core::Response> &answer) {
                  m_asking = false;
                  if (!answer)
                      return; // no way to the server: the next tick tries again
                  if (answer->status == 403)
                      return look();
                  if (!answer->ok() || !answer->auth) {
                      m_renewable = false;
                      return;
                  }
                  const qint64 ttl = numberIn(answer->auth->fields, "lease_duration");
                  // Near its longest life a renewal gives less than before, and in the end nothing.
                  m_renewable = ttl > QDateTime::currentDateTimeUtc().secsTo(m_expires) + 1;
                  setTtl(ttl);
                  Q_EMIT renewed(m_expires);
              });
}

void TokenKeeper::look()
{
    if (std::exchange(m_asking, true))
        return;
    whenReady(lookUpToken(m_client), this, [this](const Result<SignedIn> &found) {
        m_asking = false;
        if (found || found.error().code != ErrorCode::PermissionDenied)
            return;
        const bool over = m_expires.isValid() && m_expires <= QDateTime::currentDateTimeUtc();
        setState(over ? State::Expired : State::Revoked);
    });
}

} // namespace kith::connection
