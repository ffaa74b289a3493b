// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/LocalConnection.h"

#include <QThreadPool>

namespace kith::connection {

/// Serves the local core over the Vault HTTP API, for programs on this machine only. Belongs to the thread that made
/// it; what takes time runs elsewhere.
class Sharing : public QObject
{
    Q_OBJECT
public:
    enum class State { Off, Starting, On, Stopping };

    /// The connection must outlive it.
    explicit Sharing(LocalConnection &connection, QObject *parent = nullptr);
    ~Sharing() override; ///< Stops, and waits for what is under way (a few seconds at most).

    State state() const { return m_state; }
    QString url() const { return m_url; } ///< "http://127.0.0.1:8200"; empty unless On.

    /// Listens on 127.0.0.1; then the state is On, or startFailed comes and it is Off. Nothing unless Off.
    void start(int port);
    /// Accepts nobody any more, lets what is under way finish, and revokes the tokens made meanwhile.
    void stop();
    /// A root token that ends with the sharing, at the latest after a day. Known to nobody else: it is not kept.
    QFuture<Result<QString>> newToken();

Q_SIGNALS:
    void stateChanged();
    void startFailed(const kith::Error &error); ///< Io: the port is taken, or may not be used.

private:
    class Private;
    void become(State state);

    std::unique_ptr<Private> m_d;
    State m_state = State::Off;
    QString m_url;
};

} // namespace kith::connection
