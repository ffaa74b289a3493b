// SPDX-License-Identifier: Apache-2.0
#include "auth/Cidr.h"
#include "auth/JwtClaims.h"
#include "auth/JwtConfig.h"
#include "auth/JwtKeys.h"
#include "auth/JwtRole.h"
#include "core/LoginPath.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "store/Text.h"

namespace kith::core {

namespace {

/// What the mount says of logins by a role: the name as it is kept.
struct Rules {
    auth::JwtConfig config;
    auth::JwtRole role;
    std::string roleName;
};

/// This method tells what is wrong with a parameter with status 400.
Result<std::string> jwtText(const Call &call, std::string_view name)
{
    auto text = loginText(call, name);
    return text ? text : Result<std::string>(invalidRequest(text.error().wire));
}

Result<Rules> rulesOf(const store::Entries &entries, const std::string &wished)
{
    auto config = auth::findJwtConfig(entries);
    if (!config)
        return config.error();
    if (!*config)
        return invalidRequest("could not load configuration");
    const std::string name = wished.empty() ? (*config)->defaultRole : wished;
    if (name.empty())
        return invalidRequest("missing role");
    Rules rules{std::move(**config), {}, foldCase(name)};
    auto role = auth::findJwtRole(entries, rules.roleName);
    if (!role)
        return role.error();
    if (!*role)
        return invalidRequest("role " + inQuotes(rules.roleName) + " could not be found");
    rules.role = std::move(**role);
    return rules;
}

/// A token that the bearer brings. Other servers may have to be asked for their keys, outside of every transaction.
Result<Response> logIn(const Call &call, Engine &engine)
{
    const auto wished = jwtText(call, "role");
    if (!wished)
        return wished.error();
    const auto token = jwtText(call, "jwt");
    if (!token)
        return token.error();
    const auto rules = engine.store.read([&](store::Session &session) {
        return withEntries(call, session, [&](const store::Entries &entries) { return rulesOf(entries, *wished); });
    });
    if (!rules)
        return rules.error();
    const auto &[config, role, roleName] = *rules;
    if (role.type == "oidc")
        return invalidRequest("role with oidc role_type is not allowed");
    if (token->empty())
        return invalidRequest("missing token");
    if (!role.token.boundCidrs.empty() && !auth::isWithin(role.token.boundCidrs, call.request().peer.address))
        return Error{ErrorCode::PermissionDenied, 403, "permission denied", {}};
    const auto verified = engine.jwtKeys->verify(call.mount().accessor, config, *token);
    if (!verified)
        return verified.error();
    const auto claims = auth::parseClaims(verified->payload);
    if (!claims)
        return claims.error();
    if (auto right = auth::checkToken(*claims, verified->algorithm, config, role, engine.store.clock().now()); !right)
        return right.error();
    if (auto right = auth::checkBoundClaims(*claims, role); !right)
        return right.error();
    auto login = auth::loginOf(*claims, role, roleName);
    if (!login)
        return login.error();
    return finishLogin(call, engine, std::move(*login), {});
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
