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

/// Of those who may not come to an endpoint for bearer tokens.
Response bearerRefusal()
{
    Response response =
        Response::of(boost::json::object{{"error", "invalid_token"}, {"error_description", "permission denied"}});
    response.status = 401;
    response.body = Body::Bare;
    response.headers.emplace_back("WWW-Authenticate",
                                  R"(Bearer error="invalid_token",error_description="permission denied")");
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

/// Whether each request with it is counted.
bool isLimited(const Caller &caller)
{
    return caller.token && caller.token->uses != 0 && caller.token->type != auth::TokenType::Batch;
}

/// Whether it is answered in microseconds once it is known who asks: a read of one thing.
bool isQuick(const Request &request, const Target &target)
{
    if (request.wrapTtl || request.path.starts_with("kith/") || (target.route && target.route->cost == Cost::Slow))
        return false;
    if (request.operation == Operation::Read)
        return !target.handler || !std::holds_alternative<WriteHandler>(*target.handler);
    return request.operation == Operation::Update && target.handler &&
           (std::holds_alternative<ReadHandler>(*target.handler) ||
            std::holds_alternative<EntityHandler>(*target.handler));
}

/// The path as its answer's wrapping tells it. [Q] Names that are looked up in lower case are in lower case there.
std::string creationPath(const Request &request, const Target &target)
{
    std::string buffer;
    std::string path(askedPath(request, buffer));
    if (target.mount && path + "/" == target.mount->fullPath())
        path += '/';
    if (!target.route || target.gate() != Gate::Policy)
        return path;
    const bool policy = target.route->pattern.starts_with("sys/polic");
    const std::string_view kind = target.mount ? std::string_view(target.mount->kind) : std::string_view();
    const auto captured = target.captures.find(policy ? "name" : kind == "approle" ? "role_name" : "username");
    if (captured == target.captures.end())
        return path;
    const std::size_t before = policy ? 0 : target.mount->fullPath().size();
    return path.replace(before + target.route->pattern.find(':'), captured->second.size(), foldCase(captured->second));
}

} // namespace

struct Door::Decision {
    Result<Operation> operation; ///< As the route tells it apart.
    Permission permission;
};

namespace {

/// What the handler sees instead of the request as it came: Create where the route tells it apart, and the limit that
/// the rules set.
template <class Decision>
std::optional<Request> asDecided(const Request &request, const Decision &decision)
{
    if (*decision.operation == request.operation && !decision.permission.limit)
        return std::nullopt;
    Request changed = request;
    changed.operation = *decision.operation;
    if (decision.permission.limit)
        changed.data["limit"] = *decision.permission.limit;
    return changed;
}

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
    return *guarded(request, Pace::Any);
}

std::optional<Response> Door::handleAtOnce(const Request &request)
{
    return guarded(request, Pace::AtOnce);
}

std::optional<Response> Door::guarded(const Request &request, Pace pace)
{
    try {
        const std::string id = newUuid();
        auto response = handled(request, id, pace);
        if (response)
            response->requestId = id;
        return response;
    } catch (const std::exception &) {
        return refused(500, "internal error");
    }
}

bool Door::handleLater(const Request &sent, std::function<void(Response)> done)
{
    struct Passage {
        Target target;
        std::shared_ptr<const Caller> caller;
        std::optional<Request> changed;
    };
    try {
        if (sent.wrapTtl || sent.help || isAudited() || !Router::checkForm(sent))
            return false;
        const auto passage = std::make_shared<Passage>(Passage{m_router.find(sent), nullptr, {}});
        const Request &request = passage->target.seen(sent);
        if (!Router::isOneWrite(passage->target) || request.path.starts_with("kith/"))
            return false;
        const auto caller = admit(request, passage->target, passage->target.gate());
        if (!caller || isLimited(**caller) || (*caller)->barred ||
            (*caller == m_nobody && isBarred(request, passage->target)))
            return false;
        passage->caller = *caller;
        if (const auto decision = decide(request, passage->target, **caller)) {
            if (!decision->operation || !decision->permission.granted)
                return false;
            passage->changed = asDecided(request, *decision);
        }
        m_router.runLater(passage->changed ? *passage->changed : request, passage->target, *passage->caller,
                          [passage, id = newUuid(), done = std::move(done)](Response response) {
                              response.requestId = id;
                              done(std::move(response));
                          });
        return true;
    } catch (const std::exception &) {
        return false;
    }
}

Result<std::shared_ptr<const Caller>> Door::identify(const Request &request, const Target &target, Gate gate)
{
    if (gate == Gate::Always)
        return m_nobody;
    const bool own = !m_rootToken.empty() && store::equalSecrets(request.token, m_rootToken);
    if (!own)
        if (const auto seal = m_engine.keyring.unsealed(); !seal)
            return seal.error();
    if (target.misplaced)
        return *target.refusal;
    if (!target.space && target.mounts)
        return Error{ErrorCode::NotFound, 404, "namespace not found", {}};
    if (gate == Gate::Public || (gate == Gate::Open && request.token.empty()))
        return m_nobody;
    if (own)
        return m_process;
    if (request.token.empty())
        return Error{ErrorCode::PermissionDenied, 403, "permission denied", {}};
    auto caller = m_callers.find(request.token);
    if (!caller && gate == Gate::Open)
        return Error{ErrorCode::PermissionDenied, 403, caller.error().wire, {}};
    if (caller && !mayComeFrom(*(*caller)->token, **caller, request.peer))
        return Error{ErrorCode::PermissionDenied, 403, "permission denied", {}};
    return caller;
}

/// identify(), and what wrapping tokens need.
Result<std::shared_ptr<const Caller>> Door::admit(const Request &request, const Target &target, Gate gate)
{
    if (auto fits = checkSentIds(request); !fits && m_engine.keyring.seal())
        return fits.error();
    if (gate != Gate::Always)
        if (auto exists = checkWrappingToken(m_engine, request); !exists && m_engine.keyring.seal())
            return exists.error();
    return identify(request, target, gate);
}

/// A use counts when the rules say no, too.
Result<void> Door::countUse(std::shared_ptr<const Caller> &caller)
{
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
    auto operation = m_router.operationOf(request, target, caller);
    if (!operation) // [Q] where it is looked first whether the object exists, a bad parameter is told to everybody
        return Decision{std::move(operation), {}};
    if (request.operation == Operation::Update && target.mount && request.path + "/" == target.mount->fullPath()) {
        Request folder = request; // [Q] the look whether it exists makes a folder of it
        folder.path += '/';
        const Permission permission = permissionFor(caller, folder, *operation, target.gate());
        return Decision{std::move(operation), permission};
    }
    const Permission permission = permissionFor(caller, request, *operation, target.gate());
    return Decision{std::move(operation), permission};
}

Response Door::carryOut(const Request &request, const Target &target, const Caller &caller,
                        const std::optional<Decision> &decision)
{
    if (request.help)
        return help(request, target, m_router);
    if (!decision)
        return m_router.run(request, target, caller);
    const auto &[operation, permission] = *decision;
    if (!operation)
        return refused(operation.error());
    if (!permission.granted)
        return refused(refusedByRules());
    const std::optional<Request> changed = asDecided(request, *decision);
    const bool filtered = permission.rule && !permission.rule->grant.responseKeysFilterPath.empty() &&
                          (request.operation == Operation::List || request.operation == Operation::Scan);
    const bool onlyPassedOn = !filtered && !request.wrapTtl && !isAudited();
    Response response =
        m_router.run(changed ? *changed : request, target, caller, onlyPassedOn ? request.form : DataForm::Value);
    if (filtered) {
        std::string buffer;
        filterKeys(response, caller, *permission.rule, *rulesPath(caller, request, buffer));
    }
    return response;
}

/// [Q] Also where nobody needs a token, one of somebody disabled is refused; not its wish for help.
bool Door::isBarred(const Request &request, const Target &target)
{
    const bool looked = (target.mount && target.mount->mountClass == identity::MountClass::Auth) ||
                        request.path.starts_with("sys/internal/ui/") || request.path.starts_with("identity/oidc/") ||
                        request.path == "sys/wrapping/lookup";
    if (!looked || request.help || request.token.empty() || store::equalSecrets(request.token, m_rootToken))
        return false;
    const auto caller = m_callers.find(request.token);
    return caller && (*caller)->barred;
}

Response Door::wrappedIfAsked(const Request &request, const Target &target, const Caller &caller, Response response,
                              const std::string &id)
{
    if (isToBeWrapped(request, response)) {
        response.requestId = id;
        const Caller *sender = &caller;
        Result<std::shared_ptr<const Caller>> named = m_nobody;
        if (!caller.token && !caller.acl && !response.auth && !request.token.empty()) {
            named = identify(request, target, Gate::Policy); // [Q] where nobody needs a token, who sends one is named
            sender = named ? named->get() : &caller;
        }
        auto put = wrapped(m_engine, response,
                           {*request.wrapTtl, creationPath(request, target), wrappedFor(*sender, response),
                            target.space ? target.space->id : RootNamespace});
        return put ? std::move(*put) : refused(put.error());
    }
    if (request.wrapTtl.value_or(0) > 0 && request.operation == Operation::List && response.status == 404 &&
        response.errors.empty())
        response.errors.emplace_back("unsupported path"); // [Q] said of a list of nothing only when it is to be wrapped
    return response;
}

std::optional<Response> Door::handled(const Request &sent, const std::string &id, Pace pace)
{
    const Target target = m_router.find(sent);
    const Request &request = target.seen(sent);
    if (auto wellFormed = Router::checkForm(request); !wellFormed) {
        const auto place = identify(request, target, target.gate() == Gate::Always ? Gate::Always : Gate::Public);
        return refused(place ? wellFormed.error() : place.error());
    }
    if (pace == Pace::AtOnce && !isQuick(request, target))
        return std::nullopt;
    // [Q] A sealed core helps nobody.
    const Gate gate = request.help && target.gate() == Gate::Always ? Gate::Public : target.gate();
    // Where everybody may ask, what can't be asked at all is said before anybody is looked at.
    const bool anybody = gate == Gate::Open && !target.handler;
    auto caller = admit(request, target, anybody ? Gate::Public : gate);
    if (caller && isLimited(**caller) && gate != Gate::Open) { // [Q] who needs no token needn't use it
        if (pace == Pace::AtOnce)
            return std::nullopt;
        if (auto counted = countUse(*caller); !counted)
            caller = counted.error();
    }
    const std::shared_ptr<const Caller> asking = caller ? *caller : m_nobody;
    if (asking->barred || (caller && asking == m_nobody && isBarred(request, target)))
        caller = Error{ErrorCode::PermissionDenied, 403, "permission denied", {}};
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
    const bool recorded = gate != Gate::Always;
    if (recorded && !record(event))
        return refused(500, "internal error");
    Response response = caller ? carryOut(request, target, who, decision) : refused(caller.error());
    response = wrappedIfAsked(request, target, who, std::move(response), id);
    event.response = &response;
    const bool withheld = recorded && !record(event);
    if (asking->isUsedUp())
        if (auto revoked = m_engine.store.write([&](store::WriteSession &session) -> Result<void> {
                auth::revokeToken(session, asking->token->id);
                return {};
            });
            !revoked)
            return refused(revoked.error());
    if (withheld)
        return refused(500, "internal error");
    // The audit knows it as any other refusal.
    const bool asBearer = refusal && response.status == 403 && target.route && target.route->refusal == Refusal::Bearer;
    if (asBearer)
        return bearerRefusal();
    return response;
}

} // namespace kith::core
