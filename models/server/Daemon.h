// SPDX-License-Identifier: Apache-2.0
// libmicrohttpd behind C++. Internal to models/server.
#pragma once

#include "server/Deadlines.h"
#include "server/Http.h"
#include "server/Server.h"
#include "server/Socket.h"

#include <condition_variable>
#include <mutex>

struct MHD_Connection;
struct MHD_Daemon;

namespace kith::server {

struct Exchange;

/// What the daemons of one listener share.
struct Household {
    ServerOptions options;
    WorkerPool &workers;
    Handler handler;
    Shortcuts shortcuts;
    SignInPages *pages = nullptr; ///< Null: none.
    Deadlines deadlines{options.limits.connections / 4 * 3};
    std::atomic<std::size_t> bodies = 0; ///< Bytes of bodies that are held.
    std::atomic<std::size_t> connections = 0;
};

/// One running instance of the library, from its start to its stop. A listener has one; two for a moment when its
/// certificate changes.
class Daemon
{
public:
    /// `socket` is a share of its own of the listening one. Empty texts: without TLS.
    static Result<std::unique_ptr<Daemon>> start(Household &household, Socket socket, const std::string &certificate,
                                                 const std::string &key);
    ~Daemon();
    Daemon(const Daemon &) = delete;
    Daemon &operator=(const Daemon &) = delete;

    /// Accepts nobody any more. What waits at the listening socket is for who has another share of it; its threads wake
    /// for that as long as there is one, in vain. Without any, the socket is closed.
    void quiesce();
    /// Waits until all that is under way is answered, at most so long; for bodies that are still coming, a moment.
    void drain(std::chrono::milliseconds patience);

    // Called by the library.
    bool admits();
    Exchange *begin(const char *target, MHD_Connection *connection);
    int proceed(MHD_Connection *connection, const char *method, const char *data, std::size_t *size,
                Exchange &exchange);
    void end(MHD_Connection *connection, Exchange *exchange);
    void connected(MHD_Connection *connection, void **context);
    void disconnected(void **context);

private:
    Daemon(Household &household, Socket idle) : m_household(household), m_idle(std::move(idle)) {}

    bool receiveHeaders(MHD_Connection *connection, const char *method, Exchange &exchange);
    void receiveBody(const char *data, std::size_t size, Exchange &exchange);
    void received(Exchange &exchange);
    void dispatch(MHD_Connection *connection, Exchange &exchange);
    std::size_t bodyLimit(const Exchange &exchange) const;
    bool translate(Exchange &exchange);
    bool answerAtOnce(Exchange &exchange);
    bool answerLater(MHD_Connection *connection, Exchange &exchange);
    bool takeUp();
    void resume(MHD_Connection *connection);
    void answer(Exchange &exchange);
    int send(MHD_Connection *connection, Exchange &exchange);

    Household &m_household;
    MHD_Daemon *m_daemon = nullptr;
    int m_listening = -1; ///< The library's.
    Socket m_idle;        ///< What it has instead in the end.
    std::atomic<bool> m_ending = false;
    std::mutex m_mutex;
    std::condition_variable m_done;
    std::size_t m_receiving = 0; ///< Requests whose headers are there and whose body isn't.
    std::size_t m_answering = 0; ///< Requests that are there in full and whose answer isn't sent.
    std::size_t m_working = 0;   ///< Of these, with the workers.
    bool m_closed = false;       ///< Nothing more goes to the workers.
};

} // namespace kith::server
