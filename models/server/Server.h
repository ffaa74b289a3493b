// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"
#include "server/ServerOptions.h"
#include "store/Result.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kith::server {

class SignInPages;
class WorkerPool;

/// Answers a request to the core. Called by many threads at once; must not throw.
using Handler = std::function<core::Response(const core::Request &)>;

/// Ways to the core that need no thread of the pool, for what they can do. Each may be empty.
struct Shortcuts {
    /// The answer, where it needs no waiting; nothing where it does, and then nothing has happened.
    std::function<std::optional<core::Response>(const core::Request &)> atOnce;
    /// Calls `done` when there is an answer, from any thread, perhaps before it returns; the request lives until then.
    /// False: it can't be done so; then nothing has happened, and `done` is never called.
    std::function<bool(const core::Request &, std::function<void(core::Response)> done)> later;
};

/// The HTTP door at one address: a few threads accept, read, and answer what is quick; the pool runs the handler for
/// the rest. So a slow request holds up nobody. Thread-safe.
class Server
{
public:
    /// Listens at once. The pool and the pages must outlive it; without these there is nothing but the API. Fails with
    /// Io: the address is taken, a certificate can't be read.
    static Result<std::unique_ptr<Server>> start(ServerOptions options, WorkerPool &workers, Handler handler,
                                                 Shortcuts shortcuts = {}, SignInPages *pages = nullptr);
    ~Server(); ///< As stop() without waiting for clients.
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    int port() const;
    /// "http://127.0.0.1:8200"
    std::string url() const;
    bool isLoopback() const;

    /// Reads the certificate and key again, for new connections; what is under way goes on. On a failure all stays.
    Result<void> reload();

    /// Refuses whoever comes from here on; what is under way goes on.
    void quiesce();
    /// Refuses whoever comes, waits for what is under way (at most so long), and ends.
    void stop(std::chrono::milliseconds patience);

private:
    class Private;
    explicit Server(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace kith::server
