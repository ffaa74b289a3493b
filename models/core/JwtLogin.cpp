// SPDX-License-Identifier: Apache-2.0
#include "auth/JwtClaims.h"
#include "auth/JwtKeys.h"
#include "core/JwtRules.h"
#include "core/LoginPath.h"
#include "core/Router.h"
#include "core/Routes.h"

namespace kith::core {

namespace {

/// This method tells what is wrong with a parameter with status 400.
Result<std::string> jwtText(const Call &call, std::string_view name)
{
    auto text = loginText(call, name);
    return text ? text : Result<std::string>(invalidRequest(text.error().wire));
}

Result<JwtRules> rulesOf(const store::Entries &entries, const std::string &wished)
{
    auto config = jwtConfig(entries);
    return config ? jwtRules(entries, std::move(*config), wished) : config.error();
}

/// Whether the role lets anybody in who comes so.
Result<void> checkRole(const Call &call, const auth::JwtRole &role, const std::string &token)
{
    if (role.type == "oidc")
        return invalidRequest("role with oidc role_type is not allowed");
    if (token.empty())
        return invalidRequest("missing token");
    return checkPlace(call, role.token);
}

/// What the rules make of a token whose signature is good.
Result<auth::Login> loginBy(const JwtRules &rules, const auth::JwtKeys::Verified &verified, Nanoseconds now)
{
    const auto &[config, role, roleName] = rules;
    const auto claims = auth::parseClaims(verified.payload);
    if (!claims)
        return claims.error();
    if (auto right = auth::checkToken(*claims, verified.algorithm, config, role, now); !right)
        return right.error();
    auto login = auth::loginOf(*claims, role, roleName); // first: the real server tells what is wrong here before that
    if (!login)
        return login;
    if (auto right = auth::checkBoundClaims(*claims, role); !right)
        return right.error();
    return login;
}

/// A token that the bearer brings. Other servers may have to be asked for their keys, outside of every transaction; by
/// then the role may be another, so all else is looked at again in the write of the login.
Result<Response> logIn(const Call &call, Engine &engine)
{
    const auto wished = jwtText(call, "role");
    if (!wished)
        return wished.error();
    const auto token = jwtText(call, "jwt");
    if (!token)
        return token.error();
    const auto find = [&](const store::Entries &entries) { return rulesOf(entries, *wished); };
    const auto rules = readOfMount(call, engine, call.mount().id, find);
    if (!rules)
        return rules.error();
    if (auto right = checkRole(call, rules->role, *token); !right)
        return right.error();
    const auto verified = engine.jwtKeys->verify(call.mount().accessor, rules->config, *token);
    if (!verified)
        return verified.error();
    if (const auto login = loginBy(*rules, *verified, engine.store.clock().now()); !login)
        return login.error();
    return finishLogin(call, engine, {}, [&](store::WriteSession &session) -> Result<auth::Login> {
        if (auto stays = checkMountStays(call, session); !stays)
            return stays.error();
        const auto current = withEntries(call, session, find);
        if (!current)
            return current.error();
        if (auth::keySourceOf(current->config) != auth::keySourceOf(rules->config))
            return invalidRequest("error validating token: the keys of this mount were changed meanwhile");
        if (auto right = checkRole(call, current->role, *token); !right)
            return right.error();
        return loginBy(*current, *verified, session.now);
    });
}

} // namespace

std::vector<Route> jwtLoginRoutes()
{
    return {
        {"login",
         {{"role", FieldType::Any}, {"jwt", FieldType::Any}},
         {{Operation::Update, EngineHandler(logIn)}},
         Gate::Public},
    };
}

} // namespace kith::core
