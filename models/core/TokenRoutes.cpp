// SPDX-License-Identifier: Apache-2.0
// auth/token: making, looking up, renewing and revoking tokens (spec/engine.md §10). Patterns are relative to the
// mount.
#include "auth/TokenRoles.h"
#include "core/CallerRules.h"
#include "core/Callers.h"
#include "core/LoginPath.h"
#include "core/Permission.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "core/TokenCreation.h"
#include "core/TokenJson.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::Token;
using auth::TokenType;
using store::Session;
using store::WriteSession;

Error badToken()
{
    return {ErrorCode::PermissionDenied, 403, "bad token", {}};
}

Error wrapped(const std::string &text)
{
    return {ErrorCode::InvalidRequest, 400, "1 error occurred:\n\t* " + text + "\n\n", {}};
}

std::string textOf(const Call &call, std::string_view name)
{
    return call.text(name).value_or(std::string());
}

template <Parentage parentage>
Result<Response> create(const Call &call, Engine &engine)
{
    return createToken(call, engine, parentage);
}

/// What a look-up shows of this process's own token, which isn't kept.
Token ofProcess()
{
    Token token;
    token.policies = {"root"};
    token.path = "auth/token/root";
    token.displayName = "root";
    return token;
}

std::vector<std::string> identityPoliciesOf(const identity::Snapshot &snapshot, const Token &token)
{
    const auto entity = token.entityUuid.empty() ? std::nullopt : entityOf(snapshot.session, token.entityUuid);
    if (!entity || token.noIdentityPolicies)
        return {};
    return namesOf(snapshot, identityPolicies(snapshot, entity->id));
}

/// The token that asks, as it is after this request's use of it. Who asks was found out for this request.
Result<Response> showOwn(const Call &call)
{
    const Token token = call.caller().token.value_or(ofProcess());
    return Response::of(tokenJson(token, call.request().token, call.caller().identityPolicies, call.router().now()));
}

bool isWithin(const Call &call, const Token &token)
{
    return token.nsPath.starts_with(call.space().path);
}

/// [Q] Of a token of a namespace above, which this one has no part in, it isn't told how long it lives, unless that is
/// written in it.
Result<Response> withoutLease(Result<Response> shown, TokenType type)
{
    if (!shown || !shown->data || type == TokenType::Batch)
        return shown;
    json::object &data = shown->data->as_object();
    for (const char *name : {"issue_time", "renewable", "last_renewal", "last_renewal_time"})
        data.erase(name);
    data["expire_time"] = nullptr;
    data["ttl"] = 0;
    return shown;
}

Result<Response> lookUp(const Call &call, identity::Identities &identities)
{
    const std::string secret = textOf(call, "token");
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    if (secret.empty() || secret == call.request().token) {
        const auto &own = call.caller().token;
        return !call.has("token") || !own || isWithin(call, *own) ? showOwn(call)
                                                                  : withoutLease(showOwn(call), own->type);
    }
    return identities.read([&](const identity::Snapshot &snapshot) -> Result<Response> {
        const auto token = auth::findToken(snapshot.session, **seal, secret, snapshot.now);
        if (!token)
            return badToken();
        Response shown = Response::of(tokenJson(*token, secret, identityPoliciesOf(snapshot, *token), snapshot.now));
        return isWithin(call, *token) ? Result<Response>(std::move(shown))
                                      : withoutLease(std::move(shown), token->type);
    });
}

Result<Response> lookUpSelf(const Call &call, Engine &)
{
    return showOwn(call);
}

/// Whether `accessor` means the token of this request, and this was its last use.
bool isOwnUsedUp(const Call &call)
{
    return call.caller().isUsedUp() && textOf(call, "accessor") == call.caller().token->accessor;
}

Error tokenNotFound()
{
    return invalidRequest("token not found");
}

/// The token behind the parameter `accessor`.
Result<Token> byAccessor(const Call &call, Session &session)
{
    const std::string accessor = textOf(call, "accessor");
    if (accessor.empty())
        return wrapped("missing accessor");
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    auto token = auth::findTokenByAccessor(session, **seal, accessor, call.router().now());
    if (token ? token->ns != call.ns() : isAccessorElsewhere(call, accessor))
        return rawError("cannot lookup token in different namespace");
    return token ? Result<Token>(std::move(*token)) : wrapped("invalid accessor");
}

Result<Response> lookUpAccessor(const Call &call, identity::Identities &identities)
{
    if (isOwnUsedUp(call)) // [Q] it still is found by this
        return Response::of(tokenJson(*call.caller().token, {}, call.caller().identityPolicies, call.router().now()));
    return identities.read([&](const identity::Snapshot &snapshot) -> Result<Response> {
        const auto token = byAccessor(call, snapshot.session);
        if (!token)
            return token.error();
        return Response::of(tokenJson(*token, {}, identityPoliciesOf(snapshot, *token), snapshot.now));
    });
}

/// What is said of the bearer of a token where its method's people are known; nothing: nobody has to be asked. Outside
/// of every write. `find` gives the token, and isn't asked where no mount has such a method.
template <class Find>
Result<std::optional<auth::Login>> recognised(const Call &call, Engine &engine, Find &&find)
{
    const std::vector<identity::MountEntry> &mounts = call.mounts().all();
    if (std::none_of(mounts.begin(), mounts.end(), [](const auto &mount) { return recognitionOf(mount.kind); }))
        return std::optional<auth::Login>();
    const Result<Token> token = find();
    const identity::MountEntry *mount = token ? call.mounts().byId(token->mount) : nullptr;
    const Recognition ask = mount ? recognitionOf(mount->kind) : nullptr;
    if (!ask || token->type == TokenType::Batch || !token->renewable || token->expires == 0)
        return std::optional<auth::Login>(); // or the write says what is wrong
    auto login = ask(call, engine, *mount, *token);
    if (!login)
        return login.error();
    return std::optional(std::move(*login));
}

/// Renews, and answers as a login does. A token of an auth method asks its method first.
Result<Response> renew(const Call &call, WriteSession &session, Token token, const std::string &secret,
                       const std::optional<auth::Login> &login)
{
    if (token.type == TokenType::Batch)
        return invalidRequest("batch tokens cannot be renewed");
    if (!token.renewable || token.expires == 0)
        return invalidRequest("lease is not renewable");
    const std::int64_t increment = call.seconds("increment").value_or(0);
    const identity::MountEntry *mount = call.mounts().byId(token.mount);
    auth::LifetimeWish wish;
    wish.ttl = increment > 0 ? increment : token.granted;
    wish.explicitMaxTtl = token.explicitMaxTtl;
    wish.period = token.period;
    if (mount)
        wish.limits = auth::leaseLimits(mount->settings.config);
    if (!token.role.empty()) {
        const auto role = auth::findTokenRole(session, token.ns, token.role);
        if (!role)
            return rawError("failed to renew entry: original token role \"" + token.role +
                            "\" could not be found, not renewing");
        wish.explicitMaxTtl = role->longestTtl(); // [Q] whatever the token was made with
        wish.period = role->usualPeriod();
    }
    if (const Renewal ofMethod = mount ? renewalOf(mount->kind) : nullptr)
        if (auto agreed = ofMethod(call, session, token, increment, wish); !agreed)
            return agreed.error();
    if (login && mount)
        if (auto agreed = renewAsRecognised(session, *mount, token, *login, increment, wish); !agreed)
            return agreed.error();
    const auto life = auth::renewToken(session, token, wish);
    if (!life)
        return life.error();
    Response response;
    response.warnings = life->warnings;
    response.auth = authOf(token, secret, {}, life->seconds);
    return response;
}

/// Adds what the entity has by now: after the commit, since a renewal may change its groups. [Q] Whoever has a token of
/// another namespace isn't told. `ns`: the renewed token's.
Result<Response> withIdentityPolicies(const Call &call, Engine &engine, const NamespaceId &ns, Result<Response> renewed)
{
    const Caller &caller = call.caller();
    if (!renewed || !renewed->auth || (caller.token ? caller.token->ns : RootNamespace) != ns)
        return renewed;
    const auto entity = renewed->auth->fields.at("entity_id").get_string();
    if (entity.empty())
        return renewed;
    Token token;
    token.entityUuid = entity;
    token.policies = json::value_to<std::vector<std::string>>(renewed->auth->fields.at("policies"));
    const auto policies = engine.identities->read([&](const identity::Snapshot &snapshot) {
        return Result<std::vector<std::string>>(identityPoliciesOf(snapshot, token));
    });
    if (policies && !policies->empty()) {
        const auto whole = authOf(token, {}, *policies, 0);
        renewed->auth->fields["policies"] = whole.fields.at("policies");
        renewed->auth->fields["identity_policies"] = whole.fields.at("identity_policies");
    }
    return renewed;
}

Result<Response> renewToken(const Call &call, Engine &engine)
{
    const std::string secret = textOf(call, "token");
    if (secret.empty())
        return invalidRequest("missing token ID");
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const auto find = [&](Session &session, Nanoseconds now) -> Result<Token> {
        auto token = auth::findToken(session, **seal, secret, now);
        return token ? Result<Token>(std::move(*token)) : Result<Token>(tokenNotFound());
    };
    const auto login = recognised(call, engine, [&] {
        return engine.store.read([&](Session &session) { return find(session, engine.store.clock().now()); });
    });
    if (!login)
        return login.error();
    NamespaceId ns;
    auto renewed = engine.store.write([&](WriteSession &session) -> Result<Response> {
        auto token = find(session, session.now);
        if (!token)
            return token.error();
        ns = token->ns;
        if (token->type != TokenType::Batch && !isWithin(call, *token))
            return rawError("cannot renew a token across namespaces");
        return renew(call, session, std::move(*token), secret, *login);
    });
    return withIdentityPolicies(call, engine, ns, std::move(renewed));
}

Result<Response> renewSelf(const Call &call, Engine &engine)
{
    if (!call.caller().token)
        return invalidRequest("lease is not renewable");
    if (call.caller().isUsedUp())
        return tokenNotFound();
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const std::string &secret = call.request().token;
    const auto login = recognised(call, engine, [&]() -> Result<Token> { return *call.caller().token; });
    if (!login)
        return login.error();
    auto renewed = engine.store.write([&](WriteSession &session) -> Result<Response> {
        // Again: it may have been revoked, or its time may have run out, while its method was asked.
        auto token = auth::findToken(session, **seal, secret, session.now);
        return token ? renew(call, session, std::move(*token), secret, *login) : tokenNotFound();
    });
    return withIdentityPolicies(call, engine, call.caller().token->ns, std::move(renewed));
}

Result<Response> renewAccessor(const Call &call, Engine &engine)
{
    if (isOwnUsedUp(call))
        return wrapped("invalid request");
    const auto login = recognised(
        call, engine, [&] { return engine.store.read([&](Session &session) { return byAccessor(call, session); }); });
    if (!login)
        return login.error();
    NamespaceId ns;
    auto renewed = engine.store.write([&](WriteSession &session) -> Result<Response> {
        auto token = byAccessor(call, session);
        if (!token)
            return token.error();
        if (!token->renewable || token->expires == 0)
            return wrapped("invalid request");
        ns = token->ns;
        return renew(call, session, std::move(*token), {}, *login);
    });
    return withIdentityPolicies(call, engine, ns, std::move(renewed));
}

Result<Response> revoke(const Call &call, WriteSession &session)
{
    const std::string secret = textOf(call, "token");
    if (secret.empty())
        return invalidRequest("missing token ID");
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const auto token = auth::findToken(session, **seal, secret, session.now);
    if (!token)
        return Response::noContent();
    if (token->type == TokenType::Batch)
        return invalidRequest("batch tokens cannot be revoked");
    auth::revokeToken(session, token->id);
    return Response::noContent();
}

Result<Response> revokeSelf(const Call &call, WriteSession &session)
{
    const auto &token = call.caller().token;
    if (!token)
        return Response::noContent();
    if (token->type == TokenType::Batch)
        return invalidRequest("batch tokens cannot be revoked");
    auth::revokeToken(session, token->id);
    return Response::noContent();
}

Result<Response> revokeAccessor(const Call &call, WriteSession &session)
{
    if (isOwnUsedUp(call))
        return tokenNotFound();
    const auto token = byAccessor(call, session);
    if (token) {
        auth::revokeToken(session, token->id);
        return Response::noContent();
    }
    if (textOf(call, "accessor").empty() || token.error().status >= 500)
        return token.error();
    Response response;
    response.warnings.emplace_back("No token found with this accessor");
    return response;
}

Result<Response> revokeOrphan(const Call &call, WriteSession &session)
{
    const std::string secret = textOf(call, "token");
    if (secret.empty())
        return invalidRequest("missing token ID");
    if (!alsoMay(call.caller(), policy::Capability::Sudo, call.request()))
        return invalidRequest("root or sudo privileges required to revoke and orphan");
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const auto token = auth::findToken(session, **seal, secret, session.now);
    if (!token)
        return invalidRequest("token to revoke not found");
    if (token->type == TokenType::Batch)
        return invalidRequest("batch tokens cannot be revoked");
    auth::revokeTokenOnly(session, token->id);
    return Response::noContent();
}

Result<Response> listAccessors(const Call &call, Session &session)
{
    json::array keys;
    for (const std::string &accessor : auth::accessors(session, call.ns(), call.router().now()))
        keys.emplace_back(json::string(accessor));
    if (!keys.empty())
        return listOf(std::move(keys));
    Response none = notFound();
    none.code = ErrorCode::NotFound; // [Q] a failure, which parameters don't turn into empty data
    return none;
}

Result<Response> tidy(const Call &, WriteSession &session)
{
    auth::tidyTokens(session);
    return tidyStarted();
}

std::vector<Field> creationFields()
{
    return {{"id"},
            {"display_name"},
            {"num_uses", FieldType::Int},
            {"policies", FieldType::Texts},
            {"no_parent", FieldType::Bool},
            {"no_default_policy", FieldType::Bool},
            {"meta", FieldType::Pairs},
            {"ttl"},
            {"lease"},
            {"explicit_max_ttl"},
            {"period"},
            {"renewable", FieldType::Bool},
            {"type"},
            {"entity_alias"}};
}

} // namespace

std::vector<Route> tokenRoutes()
{
    const std::vector<Field> increment{{"increment", FieldType::Duration}};
    const std::vector<Field> tokenAndIncrement{{"token"}, {"increment", FieldType::Duration}};
    const std::vector<Field> accessorAndIncrement{{"accessor"}, {"increment", FieldType::Duration}};
    return {
        {"create-orphan", creationFields(), {{Operation::Update, EngineHandler(create<Parentage::Orphan>)}}},
        {"create/:role_name", creationFields(), {{Operation::Update, EngineHandler(create<Parentage::ByRole>)}}},
        {"create", creationFields(), {{Operation::Update, EngineHandler(create<Parentage::Child>)}}},
        {"lookup",
         {{"token"}},
         {{Operation::Read, IdentitiesHandler(lookUp)}, {Operation::Update, IdentitiesHandler(lookUp)}}},
        {"lookup-self",
         {{"token"}},
         {{Operation::Read, EngineHandler(lookUpSelf)}, {Operation::Update, EngineHandler(lookUpSelf)}}},
        {"lookup-accessor", {{"accessor"}}, {{Operation::Update, IdentitiesHandler(lookUpAccessor)}}},
        {"renew", tokenAndIncrement, {{Operation::Update, EngineHandler(renewToken)}}},
        {"renew-self", tokenAndIncrement, {{Operation::Update, EngineHandler(renewSelf)}}},
        {"renew-accessor", accessorAndIncrement, {{Operation::Update, EngineHandler(renewAccessor)}}},
        {"revoke", {{"token"}}, {{Operation::Update, WriteHandler(revoke)}}},
        {"revoke-self", {{"token"}}, {{Operation::Update, WriteHandler(revokeSelf)}}},
        {"revoke-accessor", {{"accessor"}}, {{Operation::Update, WriteHandler(revokeAccessor)}}},
        {"revoke-orphan", {{"token"}}, {{Operation::Update, WriteHandler(revokeOrphan)}}},
        {"accessors/", {}, {{Operation::List, ReadHandler(listAccessors)}}, Gate::Sudo},
        {"tidy", {}, {{Operation::Update, WriteHandler(tidy)}}},
    };
}

} // namespace kith::core
