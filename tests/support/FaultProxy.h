// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>
#include <QThread>

#include <functional>
#include <memory>
#include <vector>

namespace kith::test {

/// Stands between a client and a real server on this machine (plain HTTP) and does harm to some of what passes.
/// Thread-safe; works in a thread of its own.
class FaultProxy
{
public:
    enum class Fault {
        None,
        CutBefore,   ///< The request is read and thrown away, the connection closed.
        CutAhead,    ///< The connection is closed, and LateMs later the server gets the request all the same.
        CutAfter,    ///< The server gets the request; its answer is thrown away, the connection closed.
        CutInAnswer, ///< Half of the answer, then the connection is closed.
        Garbage,     ///< An answer of HTTP 200 that is no JSON, instead of the server's.
        Answer,      ///< `answer` instead of the server's, which doesn't see the request.
        Silence,     ///< The request is read, nothing comes back, the connection stays.
        Late,        ///< The server's answer, after LateMs.
    };
    static constexpr int LateMs = 700;

    explicit FaultProxy(const QString &target);
    ~FaultProxy();

    QString address() const; ///< "http://127.0.0.1:4711"

    /// Hits requests whose line ("POST /v1/identity/group/id/…") holds `what` (empty: all), `count` times after `skip`.
    void harm(Fault fault, const QByteArray &what = {}, int count = 1, int skip = 0, const QByteArray &answer = {});
    void heal();
    /// Calls `act` once, in the proxy's thread, before the first request that comes after `skip` others and holds
    /// `what` is passed on: what somebody else does in between.
    void before(const QByteArray &what, std::function<void()> act, int skip = 0);
    /// Closes all connections and refuses new ones, until it is healed.
    void goDown();

    std::vector<QByteArray> requests() const; ///< The lines of all requests that came: "POST /v1/…".
    int count(const QByteArray &what) const;  ///< Of those, how many hold the text.
    QByteArray received() const;              ///< All bytes that came.
    int mostWaiting() const;                  ///< Requests that came in a connection before the last was answered.
    void forget();

    static QByteArray status(int status, const QByteArray &body, const QByteArray &headers = {});

    struct State;

private:
    std::shared_ptr<State> m_state;
    QThread m_thread;
};

} // namespace kith::test
