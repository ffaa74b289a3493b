// SPDX-License-Identifier: Apache-2.0
#include "core/Routes.h"

#include "core/DocumentRoutes.h"
#include "core/LoginPath.h"

#include <iterator>

namespace kith::core {

std::vector<Route> allRoutes()
{
    std::vector<Route> all;
    for (auto table : {
             entityRoutes,     entityAliasRoutes,  groupRoutes,    groupAliasRoutes, mountRoutes,      policyRoutes,
             applyRoutes,      memberRoutes,       restoreRoutes,  kithRoutes,       sealRoutes,       keyRoutes,
             documentRoutes,   toolRoutes,         uiRoutes,       wrappingRoutes,   capabilityRoutes, decisionRoutes,
             leaseRoutes,      auditRoutes,        backupRoutes,   lockedUserRoutes, oidcKeyRoutes,    oidcTokenRoutes,
             oidcClientRoutes, oidcProviderRoutes, oidcFlowRoutes, namespaceRoutes,
         }) {
        std::vector<Route> routes = table();
        all.insert(all.end(), std::make_move_iterator(routes.begin()), std::make_move_iterator(routes.end()));
    }
    return all;
}

std::map<std::string, std::vector<Route>, std::less<>> routesByKind()
{
    std::map<std::string, std::vector<Route>, std::less<>> kinds;
    const auto add = [&](const char *kind, std::vector<Route> routes) {
        std::vector<Route> &all = kinds[kind];
        all.insert(all.end(), std::make_move_iterator(routes.begin()), std::make_move_iterator(routes.end()));
    };
    add("kv", kvRoutes());
    add("generic", kvRoutes());
    add("kv/2", versionedKvRoutes());
    add("cubbyhole", cubbyholeRoutes());
    add("approle", appRoleRoutes());
    add("userpass", userpassRoutes());
    for (const char *kind : {"jwt", "oidc"})
        for (auto table : {jwtConfigRoutes, jwtRoleRoutes, jwtLoginRoutes, signInRoutes})
            add(kind, table());
    add("github", gitHubConfigRoutes());
    add("github", gitHubLoginRoutes());
    add("ldap", ldapConfigRoutes());
    add("ldap", ldapLoginRoutes());
    add("token", tokenRoutes());
    add("token", tokenRoleRoutes());
    return kinds;
}

Renewal renewalOf(std::string_view kind)
{
    if (kind == "userpass")
        return renewUserpass;
    if (kind == "approle")
        return renewAppRole;
    return kind == "jwt" || kind == "oidc" ? renewJwt : nullptr;
}

Recognition recognitionOf(std::string_view kind)
{
    if (kind == "github")
        return recogniseGitHub;
    return kind == "ldap" ? recogniseLdap : nullptr;
}

} // namespace kith::core
