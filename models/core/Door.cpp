// SPDX-License-Identifier: Apache-2.0
#include "core/Door.h"

#include "auth/Cidr.h"
#include "auth/Tokens.h"
#include "core/AuditTrail.h"
#include "core/Help.h"
#include "core/Permission.h"
#include "core/Wrapping.h"
#include "store/Text.h"

namespace kith::core {

namespace {

Response refused(int status, std::string text)
{
    Response response;
    response.status = status;
    response.errors.push_back(std::move(text));
    return response;
}

Response refused(Error error)
{
    Response response = refused(error.status, std::move(error.wire));
    response.code = error.code;
    response.where = std::move(error.where);
    return response;
}

std::shared_ptr<const Caller> processItself()
{
    auto root = std::make_shared<policy::Policy>();
    root->name = "root";
    auto caller = std::make_shared<Caller>();
    caller->acl =
        std::make_shared<const policy::Acl>(std::vector<std::shared_ptr<const policy::Policy>>{std::move(root)});
    return caller;
}

/// Addresses bind every token but a root token that never expires.
bool mayComeFrom(const auth::Token &token, const Caller &caller, const Peer &peer)
{
    if (token.boundCidrs.empty() || (caller.isRoot() && token.expires == 0))
        return true;
    return auth::isWithin(token.boundCidrs, peer.address);
}

} // namespace

struct Door::Decision {
    Result<Operation> operation; ///< As the route tells it apart.
    Permission permission;
};

namespace {

/// The same in the words of the audit. What needs no rules is allowed.
template <class Decision>
std::optional<AuditVerdict> verdictOf(const std::optional<Decision> &decision, const Caller &caller)
{
    AuditVerdict verdict;
    verdict.allowed = !decision || !decision->operation || decision->permission.granted;
    if (decision)
        verdict.policies = grantingPolicies(decision->permission, caller);
    return verdict;
}

} // namespace

Door::Door(Engine &engine, const Router &router, Callers &callers, std::string rootToken)
    : m_engine(engine)
    , m_router(router)
    , m_callers(callers)
    , m_rootToken(std::move(rootToken))
    , m_process(processItself())
    , m_nobody(std::make_shared<const Caller>())
{}

Response Door::handle(const Request &request)
{
    try {
        const std::string id = newUuid();
        Response response = handled(request, id);
        response.requestId = id;
        return response;
    } catch (const std::exception &) {
        return refused(500, "internal error");
    }
}

Result<std::shared_ptr<const Caller>> Door::identify(const Request &request, Gate gate)
{
    if (gate == Gate::Always)
        return m_nobody;
    const bool own = !m_rootToken.empty() && store::equalSecrets(request.token, m_rootToken);
    if (!own)
        if (const auto seal = m_engine.keyring.unsealed(); !seal)
            return seal.error();
    if (!request.ns.empty())
        return Error{ErrorCode::NotFound, 404, "namespace not found", {}};
    if (gate == Gate::Public || (gate == Gate::Open && request.token.empty()))
        return m_nobody;
    if (own)
        return m_process;
    if (request.token.empty())
        return Error{ErrorCode::PermissionDenied, 403, "permission denied", {}};
    auto caller = m_callers.find(request.token);
    if (caller && !mayComeFrom(*(*caller)->token, **caller, request.peer))
        return Error{ErrorCode::PermissionDenied, 403, "permission denied", {}};
    return caller;
}

/// identify(), and what wrapping tokens and limited ones need.
Result<std::shared_ptr<const Caller>> Door::admit(const Request &request, Gate gate)
{
    if (auto fits = checkSentIds(request); !fits && m_engine.keyring.seal())
        return fits.error();
    if (gate != Gate::Always)
        if (auto exists = checkWrappingToken(m_engine, request); !exists && m_engine.keyring.seal())
            return exists.error();
    auto caller = identify(request, gate);
    if (caller)
        if (auto counted = countUse(*caller); !counted)
            return counted.error();
    return caller;
}

/// A use counts when the rules say no, too.
Result<void> Door::countUse(std::shared_ptr<const Caller> &caller)
{
    if (!caller->token || caller->token->uses == 0 || caller->token->type == auth::TokenType::Batch)
        return {};
    auto used = std::make_shared<Caller>(*caller);
    const auto counted = m_engine.store.write(
        [&](store::WriteSession &session) -> Result<bool> { return auth::countUse(session, *used->token); });
    if (!counted)
        return counted.error();
    if (!*counted)
        return Error{ErrorCode::PermissionDenied, 403, "permission denied", {}};
    caller = std::move(used);
    return {};
}

bool Door::record(const AuditEvent &event)
{
    return !m_engine.audit || m_engine.audit->record(event).has_value();
}

std::optional<Door::Decision> Door::decide(const Request &request, const Target &target, const Caller &caller) const
{
    if (request.help || (target.gate() != Gate::Policy && target.gate() != Gate::Sudo))
        return std::nullopt;
    auto operation = m_router.operationOf(request, target);
    if (!operation) // [Q] where it is looked first whether the object exists, a bad parameter is told to everybody
        return Decision{std::move(operation), {}};
    const Permission permission = permissionFor(caller, request, *operation, target.gate());
    return Decision{std::move(operation), permission};
}

Response Door::carryOut(const Request &request, const Target &target, const Caller &caller,
                        const std::optional<Decision> &decision)
{
    if (request.help)
        return help(request, target);
    if (!decision)
        return m_router.run(request, target, caller);
    const auto &[operation, permission] = *decision;
    if (!operation)
        return refused(operation.error());
    // What the handler sees: Create where the route tells it apart, and the limit that the rules set.
    std::optional<Request> changed;
    if (!permission.granted)
        return refused(refusedByRules());
    if (*operation != request.operation || permission.limit) {
        changed = request;
        changed->operation = *operation;
        if (permission.limit)
            changed->data["limit"] = *permission.limit;
    }
    Response response = m_router.run(changed ? *changed : request, target, caller);
    if (permission.rule && !permission.rule->grant.responseKeysFilterPath.empty() &&
        (request.operation == Operation::List || request.operation == Operation::Scan)) {
        std::string buffer;
        filterKeys(response, caller, *permission.rule, askedPath(request, buffer));
    }
    return response;
}

Response Door::handled(const Request &request, const std::string &id)
{
    if (auto wellFormed = Router::checkForm(request); !wellFormed)
        return refused(wellFormed.error());
    const Target target = m_router.find(request);
    // Where everybody may ask, what can't be asked at all is said before anybody is looked at.
    const bool anybody = target.gate() == Gate::Open && !target.handler;
    auto caller = admit(request, anybody ? Gate::Public : target.gate());
    const Caller &who = caller ? **caller : *m_nobody;
    const auto decision = caller ? decide(request, target, who) : std::nullopt;
    const auto verdict = caller ? verdictOf(decision, who) : std::nullopt;
    std::optional<std::string> refusal;
    if (!caller)
        refusal = caller.error().wire;
    else if (decision && !decision->operation)
        refusal = decision->operation.error().wire;
    else if (decision && !decision->permission.granted)
        refusal = refusedByRules().wire;
    AuditEvent event{request, id, who, verdict ? &*verdict : nullptr, refusal ? &*refusal : nullptr, nullptr};
    const bool recorded = target.gate() != Gate::Always;
    if (recorded && !record(event))
        return refused(500, "internal error");
    Response response = caller ? carryOut(request, target, who, decision) : refused(caller.error());
    if (isToBeWrapped(request, response)) {
        response.requestId = id;
        std::string buffer;
        auto put = wrapped(m_engine, response, {*request.wrapTtl, std::string(askedPath(request, buffer))});
        response = put ? std::move(*put) : refused(put.error());
    }
    event.response = &response;
    const bool withheld = recorded && !record(event);
    if (who.token && who.token->uses < 0)
        if (auto revoked = m_engine.store.write([&](store::WriteSession &session) -> Result<void> {
                auth::revokeToken(session, who.token->id);
                return {};
            });
            !revoked)
            return refused(revoked.error());
    return withheld ? refused(500, "internal error") : response;
}

} // namespace kith::core
