// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"
#include "server/ServerOptions.h"
#include "store/Result.h"

#include <functional>
#include <memory>
#include <string>

namespace kith::server {

class WorkerPool;

/// Answers a request to the core. Called by many threads at once; must not throw.
using Handler = std::function<core::Response(const core::Request &)>;

/// The HTTP door at one address: a few threads accept and read, the pool runs the handler, the answer goes back. So a
/// slow request holds up nobody. Thread-safe.
class Server
{
public:
    /// Listens at once. The pool must outlive it. Fails with Io: the address is taken, a certificate can't be read.
    static Result<std::unique_ptr<Server>> start(ServerOptions options, WorkerPool &workers, Handler handler);
    ~Server(); ///< As stop() without waiting for clients.
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    int port() const;
    /// "http://127.0.0.1:8200"
    std::string url() const;
    bool isLoopback() const;

    /// Reads the certificate and key again, for new connections; what is under way goes on. On a failure all stays.
    Result<void> reload();

    /// Accepts nobody any more; what is under way goes on.
    void quiesce();
    /// Accepts nobody any more, waits for what is under way (at most so long), and ends.
    void stop(std::chrono::milliseconds patience);

private:
    class Private;
    explicit Server(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace kith::server
