// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/AuditTrail.h"
#include "core/Callers.h"
#include "core/Engine.h"
#include "core/Router.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kith::core {

/// What happens to a request between the wire and its handler, in the order of spec/engine.md §8: form, endpoint, seal,
/// namespace, token, addresses it may come from, entity, policies, rules, number of uses, audit. Thread-safe.
class Door
{
public:
    /// All must outlive it. `rootToken`: of this process; it passes without looking at the core's tokens, also while
    /// the core is sealed. Empty: there is none.
    Door(Engine &engine, const Router &router, Callers &callers, std::string rootToken);

    Response handle(const Request &request);
    /// Nothing, and nothing done, when it has to wait for the disk or may take long.
    std::optional<Response> handleAtOnce(const Request &request);
    /// As Core::handleLater().
    bool handleLater(const Request &sent, std::function<void(Response)> done);

private:
    /// Who asks, or the refusal.
    Result<std::shared_ptr<const Caller>> identify(const Request &request, const Target &target, Gate gate);
    Result<std::shared_ptr<const Caller>> admit(const Request &request, const Target &target, Gate gate);
    Result<void> countUse(std::shared_ptr<const Caller> &caller);
    /// What the rules say; nothing where they aren't asked.
    struct Decision;
    std::optional<Decision> decide(const Request &request, const Target &target, const Caller &caller) const;
    Response carryOut(const Request &request, const Target &target, const Caller &caller,
                      const std::optional<Decision> &decision);
    bool isBarred(const Request &request, const Target &target);
    /// `id`: of the request.
    Response wrappedIfAsked(const Request &request, const Target &target, const Caller &caller, Response response,
                            const std::string &id);
    enum class Pace { AtOnce, Any };
    std::optional<Response> guarded(const Request &request, Pace pace);
    std::optional<Response> handled(const Request &sent, const std::string &id, Pace pace);
    bool record(const AuditEvent &event);
    bool isAudited() const { return m_engine.audit && !m_engine.audit->isOff(); }

    Engine &m_engine;
    const Router &m_router;
    Callers &m_callers;
    std::string m_rootToken;
    std::shared_ptr<const Caller> m_process; ///< Whoever has the process's own token.
    std::shared_ptr<const Caller> m_nobody;
};

} // namespace kith::core
