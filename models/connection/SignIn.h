// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/RemoteClient.h"

#include <QDateTime>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace kith::connection {

/// What somebody signs in with. Not kept by what takes it.
struct Credentials {
    SignInMethod method = SignInMethod::Token;
    QString mount;     ///< Empty: the method's name.
    QString user;      ///< User name or role id.
    QByteArray secret; ///< The token, the password or the secret id.
};

/// A token, and what the server says of it (auth/token/lookup-self).
struct SignedIn {
    QByteArray token;
    QString accessor;
    QString displayName; ///< "userpass-alice"
    QString entityUuid;  ///< Empty: no entity stands behind it (the root token).
    QStringList policies;
    QStringList identityPolicies; ///< From the entity and its groups.
    bool renewable = false;
    qint64 ttlSeconds = 0; ///< Of now; 0: it doesn't expire.
};

/// Signs in and looks the token up; the client's token is set to it then. With SignInMethod::Token only looked up.
/// Fails with PermissionDenied (403: wrong token, or locked out for too many tries), InvalidRequest (400: wrong user or
/// password; wire is what the server says), NotFound (nothing mounted there), and as RemoteClient does.
QFuture<Result<SignedIn>> signIn(RemoteClient &client, Credentials credentials);

/// Whether the server has kith/ (its version says so). Waits: for a thread without an event loop. Needs no token.
Result<bool> hasKith(RemoteClient &client);

/// What a token is: of this client's, of another (`token`), or by its accessor. NotFound: there is none.
QFuture<Result<SignedIn>> lookUpToken(RemoteClient &client, const QByteArray &token = {});
QFuture<Result<SignedIn>> lookUpAccessor(RemoteClient &client, const QString &accessor);

/// An answer with an error status as an Error: 403 PermissionDenied, 404 NotFound, 400 InvalidRequest, 412
/// PreconditionFailed, 429 and 503 Unreachable, else Internal; wire is the server's text.
Error errorOf(const core::Response &response, const std::string &where = {});

/// Keeps the token of a client alive as long as it is in use, and notices its end. Belongs to the thread that made it.
class TokenKeeper : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Good,
        EndsSoon, ///< It can't be renewed any more, and ends within five minutes.
        Expired,  ///< Its time is over.
        Revoked,  ///< The server doesn't take it any more before its time was over.
    };
    Q_ENUM(State)

    /// The client must outlive it.
    TokenKeeper(RemoteClient &client, SignedIn signedIn, QObject *parent = nullptr);

    State state() const { return m_state; }
    QDateTime expires() const { return m_expires; } ///< Invalid: never.
    const SignedIn &signedIn() const { return m_signedIn; }

    /// The token is in use: only what is in use is renewed.
    void used();
    /// Something was refused with 403: looks whether it was for the token.
    void refused();

Q_SIGNALS:
    void stateChanged(kith::connection::TokenKeeper::State state);
    void renewed(const QDateTime &expires);

private:
    void setState(State state);
    void setTtl(qint64 seconds);
    void tick();
    void renew();
    void look();

    RemoteClient &m_client;
    SignedIn m_signedIn;
    State m_state = State::Good;
    QDateTime m_expires;
    qint64 m_granted = 0; ///< Seconds of life that the last renewal gave.
    bool m_used = true;
    bool m_renewable = false;
    bool m_asking = false;
    QTimer m_timer;
};

} // namespace kith::connection
