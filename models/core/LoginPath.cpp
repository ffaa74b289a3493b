// SPDX-License-Identifier: Apache-2.0
#include "core/LoginPath.h"

#include "auth/AppRoles.h"
#include "auth/Cidr.h"
#include "auth/JwtKeys.h"
#include "auth/JwtRole.h"
#include "auth/SignIns.h"
#include "auth/TokenSettings.h"
#include "auth/Users.h"
#include "auth/VisitTokens.h"
#include "core/Fields.h"
#include "core/Router.h"
#include "core/TokenJson.h"
#include "core/VisitHeader.h"
#include "identity/LoginEntity.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

Error denied()
{
    return {ErrorCode::PermissionDenied, 403, "permission denied", {}};
}

/// A refusal that is no Error, so that what its write did stays.
Response refusalOf(Error error)
{
    Response refusal;
    refusal.status = error.status;
    refusal.code = error.code;
    refusal.errors.push_back(std::move(error.wire));
    return refusal;
}

auth::LoginPlace placeOf(const Call &call)
{
    const identity::MountEntry &mount = call.mount();
    auth::LoginPlace place;
    place.mount = mount.id;
    place.mountPath = call.space().path + mount.fullPath();
    place.ns = call.ns();
    place.path = call.request().path;
    place.limits = auth::leaseLimits(mount.settings.config);
    if (std::string type = mount.configText("token_type"); !type.empty())
        place.mountTokenType = std::move(type);
    return place;
}

/// Puts the entity where the directory has it, unless somebody has asked that later and has been quicker. Gives the
/// names of the groups that a renewal goes by.
std::vector<std::string> followDirectory(store::WriteSession &session, const identity::LoginEntity &entity,
                                         const identity::MountEntry &mount, const auth::Login &login,
                                         identity::RefreshedBy by)
{
    if (login.question && !login.question->isNews(session, mount.accessor + '/' + entity.uuid))
        return identity::knownExternalGroups(session, entity, mount.accessor, *login.groupAliases);
    return identity::refreshExternalGroups(session, entity, mount.accessor, *login.groupAliases, by);
}

/// The whole of a login inside its write. A disabled entity is an answer and no Error: what its alias learnt stays.
Result<Response> logIn(const Call &call, const store::Seal &seal, const auth::Login &login,
                       store::WriteSession &session)
{
    const identity::MountEntry &mount = call.mount();
    const auto entity = identity::loginEntity(session, mount, login.aliasName, login.aliasMetadata);
    if (!entity)
        return entity.error();
    if (entity->disabled)
        return refusalOf(denied());
    std::optional<auth::Login> grouped;
    if (login.groupAliases) {
        grouped = login;
        grouped->renewal["groups"] =
            auth::jsonList(followDirectory(session, *entity, mount, login, identity::RefreshedBy::Login));
    }
    const auto made = auth::createLoginToken(session, seal, grouped ? *grouped : login, placeOf(call), entity->uuid);
    if (!made)
        return made.error();
    if (made->token.type == auth::TokenType::Service && call.request().headers.contains(VisitHeader))
        auth::keepVisitToken(session, made->token.id);
    Response response;
    response.auth =
        authOf(made->token, made->secret, identity::identityPolicies(session, entity->id), made->token.granted);
    response.auth->entityCreated = entity->created;
    response.warnings = made->warnings;
    return response;
}

/// What the lists say apart from `default`, which is nobody's wish.
std::vector<std::string> withoutDefault(std::vector<std::string> policies)
{
    policies.erase(std::remove(policies.begin(), policies.end(), "default"), policies.end());
    return policies;
}

/// The longest of what the settings say now, unless less is asked for.
void wish(const auth::TokenSettings &settings, std::int64_t increment, auth::LifetimeWish &wished)
{
    wished.ttl = increment > 0 ? increment : settings.ttl;
    wished.maxTtl = settings.maxTtl;
    wished.period = settings.period;
}

std::string keptText(const auth::Token &token, std::string_view key)
{
    return store::textIn(keptOfLogin(token), key);
}

std::vector<std::string> keptTexts(const auth::Token &token, std::string_view key)
{
    return store::textsIn(keptOfLogin(token), key);
}

Error renewalError(const std::string &text)
{
    return rawError("failed to renew entry: " + text);
}

} // namespace

json::object keptOfLogin(const auth::Token &token)
{
    auto json = store::fromJson(token.renewal.empty() ? std::string_view("{}") : token.renewal);
    return json && json->is_object() ? std::move(json->get_object()) : json::object();
}

Error loginError(std::string text)
{
    return {ErrorCode::InvalidRequest, 500, std::move(text), {}};
}

Error wrongCredentials(std::string text)
{
    return invalidRequest(std::move(text));
}

Result<std::string> loginText(const Call &call, std::string_view name)
{
    const json::value *sent = call.any(name);
    if (!sent)
        return std::string();
    auto text = convert({name, FieldType::Text}, *sent);
    if (!text)
        return loginError("Field validation failed: " + text.error().wire);
    return std::get<std::string>(std::move(**text));
}

auth::LockoutRule lockoutRule(const identity::MountEntry &mount)
{
    auth::LockoutRule rule;
    const json::value *config = mount.settings.config.if_contains("user_lockout_config");
    if (!config || !config->is_object())
        return rule;
    const json::object &tuned = config->get_object();
    const auto take = [&](std::string_view key, std::int64_t &value) {
        if (const std::int64_t number = store::numberIn(tuned, key); number > 0)
            value = number;
    };
    take("user_lockout_threshold", rule.threshold);
    take("user_lockout_duration", rule.duration);
    take("user_lockout_counter_reset_duration", rule.counterReset);
    rule.disabled = store::flagIn(tuned, "user_lockout_disable");
    return rule;
}

Result<void> checkLockout(const Call &call, Engine &engine, const std::string &alias)
{
    const identity::MountEntry &mount = call.mount();
    if (engine.lockouts->isLocked(mount.id, alias, lockoutRule(mount), engine.store.clock().now()))
        return denied();
    return {};
}

namespace {

/// How often it failed, when that locks now; else 0.
std::int64_t fail(const Call &call, Engine &engine, const std::string &alias, auth::Lockouts::Who who)
{
    const identity::MountEntry &mount = call.mount();
    return engine.lockouts->fail(mount.id, alias, who, lockoutRule(mount), engine.store.clock().now());
}

} // namespace

void countFailure(const Call &call, Engine &engine, const std::string &alias, auth::Lockouts::Who who)
{
    const std::int64_t failures = fail(call, engine, alias, who);
    if (failures == 0)
        return;
    // If the file can't be written, the lock holds as long as this process.
    auto kept = engine.store.write([&](store::WriteSession &session) -> Result<void> {
        auth::Lockouts::keep(session, call.mount().id, alias, who, failures);
        return {};
    });
    static_cast<void>(kept);
}

Prepared refusedGuess(const Call &call, Engine &engine, const std::string &alias, auth::Lockouts::Who who, Error error)
{
    const std::int64_t failures = fail(call, engine, alias, who);
    if (failures == 0)
        return refusalOf(std::move(error));
    return Write([mount = call.mount().id, alias, who, failures,
                  error = std::move(error)](store::WriteSession &session) -> Result<Response> {
        auth::Lockouts::keep(session, mount, alias, who, failures);
        return refusalOf(error);
    });
}

void forgetGuesses(const Call &call, store::WriteSession &session, const std::string &alias)
{
    call.router().engine().lockouts->clear(session, call.mount().id, alias);
}

void forgetMount(const Engine &engine, MountId mount, const std::string &accessor)
{
    engine.lockouts->clear(mount); // ids of mounts are given again
    engine.signIns->forget(accessor);
    engine.jwtKeys->forget(accessor);
}

Result<void> checkPlace(const Call &call, const auth::TokenSettings &settings)
{
    const std::vector<std::string> &places = settings.boundCidrs;
    return places.empty() || auth::isWithin(places, call.request().peer.address) ? Result<void>() : denied();
}

Result<void> checkMountStays(const Call &call, store::Session &session)
{
    const identity::MountEntry &mount = call.mount();
    return session.text("SELECT accessor FROM mount WHERE id = ?", mount.id) == mount.accessor ? Result<void>()
                                                                                               : denied();
}

Result<Write> loginWrite(const Call &call, Engine &engine, const std::string &lockoutAlias, LoginCheck check)
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    return Write([&call, &engine, seal = *seal, lockoutAlias,
                  check = std::move(check)](store::WriteSession &session) -> Result<Response> {
        auto login = check(session);
        if (!login)
            return login.error();
        if (login->token.strictlyBindIp && !call.request().peer.address.empty())
            login->token.boundCidrs = {call.request().peer.address};
        if (!lockoutAlias.empty())
            engine.lockouts->clear(session, call.mount().id, lockoutAlias);
        return logIn(call, *seal, *login, session);
    });
}

Result<Response> finishLogin(const Call &call, Engine &engine, const std::string &lockoutAlias, LoginCheck check)
{
    const auto write = loginWrite(call, engine, lockoutAlias, std::move(check));
    return write ? engine.store.write(*write) : write.error();
}

Result<void> renewUserpass(const Call &call, store::WriteSession &session, const auth::Token &token,
                           std::int64_t increment, auth::LifetimeWish &wished)
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const auto user = auth::findUser(store::Entries(session, **seal, token.mount), keptText(token, "username"));
    if (!user)
        return user.error();
    if (!*user)
        return Error{ErrorCode::NotFound, 204, {}, {}};
    // [Q] As they were given: capital letters make them others than the token's.
    std::vector<std::string> given = withoutDefault((*user)->token.policies);
    std::sort(given.begin(), given.end());
    given.erase(std::unique(given.begin(), given.end()), given.end());
    if (given != withoutDefault(token.policies))
        return renewalError("policies have changed, not renewing");
    wish((*user)->token, increment, wished);
    return {};
}

Result<void> renewAppRole(const Call &, store::WriteSession &session, const auth::Token &token, std::int64_t increment,
                          auth::LifetimeWish &wished)
{
    const std::string name = keptText(token, "role_name");
    const auto role = auth::findRole(session, token.mount, name);
    if (!role)
        return renewalError("role " + inQuotes(name) + " does not exist during renewal");
    wish(role->token, increment, wished);
    return {};
}

Result<void> renewJwt(const Call &call, store::WriteSession &session, const auth::Token &token, std::int64_t increment,
                      auth::LifetimeWish &wished)
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const std::string name = keptText(token, "role");
    const auto role = auth::findJwtRole(store::Entries(session, **seal, token.mount), name);
    if (!role)
        return role.error();
    if (!*role)
        return renewalError("role " + name + " does not exist during renewal");
    wish((*role)->token, increment, wished);
    const identity::MountEntry *mount = call.mounts().byId(token.mount);
    if (const auto entity = identity::loginEntityOf(session, token.entityUuid, mount->accessor))
        identity::refreshExternalGroups(session, *entity, mount->accessor, keptTexts(token, "groups"),
                                        identity::RefreshedBy::Renewal);
    return {};
}

Result<void> renewAsRecognised(store::WriteSession &session, const identity::MountEntry &mount,
                               const auth::Token &token, const auth::Login &login, std::int64_t increment,
                               auth::LifetimeWish &wished)
{
    if (withoutDefault(auth::cleanTokenPolicies(login.token.policies)) != withoutDefault(token.policies))
        return renewalError("policies have changed, not renewing");
    wish(login.token, increment, wished);
    const auto entity = identity::loginEntityOf(session, token.entityUuid, mount.accessor);
    if (entity && login.groupAliases)
        followDirectory(session, *entity, mount, login, identity::RefreshedBy::Renewal);
    return {};
}

} // namespace kith::core
