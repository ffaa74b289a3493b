// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Caller.h"
#include "core/Engine.h"
#include "core/Request.h"
#include "core/Route.h"

#include <vector>

namespace kith::core {

/// Finds the handler of a request, converts its parameters, runs it in the transaction it needs, and makes the answer.
/// Knows no tokens: whoever calls it has decided that the request is allowed. Thread-safe.
class Router
{
public:
    /// The engine must outlive it.
    explicit Router(Engine &engine);

    /// What is refused before anyone asks for a token (spec/engine.md §0).
    static Result<void> checkForm(const Request &request);

    /// The time by the store's clock, for what expires.
    Nanoseconds now() const { return m_engine.store.clock().now(); }
    Engine &engine() const { return m_engine; }

    /// Runs a request in a transaction of its own. `caller` is for handlers that answer by who asks.
    Response run(const Request &request, const Caller &caller) const;

    /// Runs a request inside a write under way: it sees what was written before it, and what it writes stays or goes
    /// with that write. After an answer with a status >= 400 the caller must let the write fail.
    Response runInside(const Request &request, const Caller &caller, store::WriteSession &session) const;

private:
    struct Found;

    Found find(const Request &request, const Caller &caller, store::Session *session) const;
    Result<Response> runHandler(const Handler &handler, const Call &call) const;
    Error noRoute(std::string_view path, store::Session *session) const;

    Engine &m_engine;
    std::vector<Route> m_routes;
};

} // namespace kith::core
