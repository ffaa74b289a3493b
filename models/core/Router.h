// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"
#include "core/Route.h"
#include "store/Store.h"

#include <vector>

namespace kith::core {

/// Finds the handler of a request, converts its parameters, runs it in the transaction it needs, and makes the answer.
/// Knows no tokens: whoever calls it has decided that the request is allowed. Thread-safe.
class Router
{
public:
    /// The store and the identities (null: none yet) must outlive it.
    Router(store::Store &store, identity::Identities *identities);

    /// What is refused before anyone asks for a token (spec/engine.md §0).
    static Result<void> checkForm(const Request &request);

    /// The time by the store's clock, for what expires.
    Nanoseconds now() const { return m_store.clock().now(); }

    /// Runs a request in a transaction of its own.
    Response run(const Request &request) const;

    /// Runs a request inside a write under way: it sees what was written before it, and what it writes stays or goes
    /// with that write. After an answer with a status >= 400 the caller must let the write fail.
    Response runInside(const Request &request, store::WriteSession &session) const;

private:
    struct Found;

    Found find(const Request &request, store::Session *session) const;
    Result<Response> runHandler(const Handler &handler, const Call &call) const;
    Error noRoute(std::string_view path, store::Session *session) const;

    store::Store &m_store;
    identity::Identities *m_identities;
    std::vector<Route> m_routes;
};

} // namespace kith::core
