// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Caller.h"
#include "core/Engine.h"
#include "core/EntityAnswers.h"
#include "core/Request.h"
#include "core/Route.h"
#include "store/Journal.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kith::core {

/// Where a request leads, found before anyone asks for a token: the endpoint, who may come to it, and the mount.
/// Belongs to the request that it was found for; shares the routes of its Router.
struct Target {
    const Route *route = nullptr; ///< Null: the path leads nowhere.
    const Handler *handler = nullptr;
    std::map<std::string, std::string, std::less<>> captures;
    std::shared_ptr<const identity::MountTable> mounts;
    const identity::Namespace *space = nullptr;  ///< Null: there is none of that path.
    const identity::MountEntry *mount = nullptr; ///< Null: none, as for `kith/`.
    std::optional<Error> refusal;                ///< Without a handler: what to say to who may ask.
    bool misplaced = false;                      ///< What only the root namespace has; told to everybody.
    bool isBelow = false;                        ///< The path begins with a namespace: a sealed core answers nothing.
    std::optional<Request> relative;             ///< The request as its namespace sees it, where that differs.

    /// The request that this was found for, as its namespace sees it: with the namespace's path and the rest of its
    /// own.
    const Request &seen(const Request &request) const { return relative ? *relative : request; }

    /// What doesn't exist is told only to who has a token.
    Gate gate() const
    {
        if (!route)
            return Gate::Policy;
        return isBelow && route->gate == Gate::Always ? Gate::Public : route->gate;
    }
};

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

    /// What imports did, so that it can be taken back. For handlers that write.
    store::Journals &journals() const { return *m_journals; }
    /// To be told of each commit.
    EntityAnswers &entityAnswers() const { return *m_entityAnswers; }

    /// Where the request leads. `inside`: the write under way that it is part of. What is asked of the target from then
    /// on is asked with target.seen(request).
    Target find(const Request &sent, store::WriteSession *inside = nullptr) const;

    /// What can be asked of a mount, below its path, sorted.
    std::vector<std::string_view> patternsIn(const identity::MountEntry &mount) const;
    /// The pattern of a target's route, below the path of its mount if it has one.
    std::string_view patternIn(const Target &target) const;

    /// The operation that the rules have to grant: an Update is a Create when the route can tell, and what it names
    /// isn't there. Reads the file then; whoever decides puts the answer into the request before it runs.
    Result<Operation> operationOf(const Request &request, const Target &target, const Caller &caller,
                                  store::WriteSession *inside = nullptr) const;

    /// Runs a request whose form was checked, in a transaction of its own. `caller` is for handlers that answer by who
    /// asks.
    Response run(const Request &request, const Target &target, const Caller &caller,
                 DataForm form = DataForm::Value) const;

    /// Whether all that may take time in it is one write.
    static bool isOneWrite(const Target &target);
    /// run() of such a request, without waiting: `done` gets the answer, in the writer's thread or before this returns.
    /// All that is given must live until then.
    void runLater(const Request &request, const Target &target, const Caller &caller,
                  std::function<void(Response)> done) const;

    /// Runs a request inside a write under way: it sees what was written before it, and what it writes stays or goes
    /// with that write. What the caller's rules don't grant is refused. Recorded in the audit as a request of its own;
    /// what can't be recorded is refused. After an answer with a status >= 400 the caller
    /// must let the write fail.
    Response runInside(const Request &sent, const Caller &caller, store::WriteSession &session) const;

private:
    Response runGranted(const Request &request, const Target &target, const Caller &caller,
                        store::WriteSession &session) const;
    Result<Call> callOf(const Request &request, const Target &target, const Caller &caller) const;
    Result<Response> runHandler(const Handler &handler, const Call &call) const;

    Engine &m_engine;
    std::vector<Route> m_routes;                                           // whole paths
    std::map<std::string, std::vector<Route>, std::less<>> m_routesByKind; // paths inside a mount
    std::unique_ptr<store::Journals> m_journals = std::make_unique<store::Journals>();
    std::unique_ptr<EntityAnswers> m_entityAnswers = std::make_unique<EntityAnswers>();
};

} // namespace kith::core
