// SPDX-License-Identifier: Apache-2.0
#include "core/Routes.h"

#include "core/DocumentRoutes.h"

#include <iterator>

namespace kith::core {

std::vector<Route> allRoutes()
{
    std::vector<Route> all;
    for (auto table : {
             entityRoutes,
             entityAliasRoutes,
             groupRoutes,
             groupAliasRoutes,
             mountRoutes,
             policyRoutes,
             applyRoutes,
             memberRoutes,
             restoreRoutes,
             kithRoutes,
             sealRoutes,
             keyRoutes,
             documentRoutes,
             toolRoutes,
             wrappingRoutes,
         }) {
        std::vector<Route> routes = table();
        all.insert(all.end(), std::make_move_iterator(routes.begin()), std::make_move_iterator(routes.end()));
    }
    return all;
}

std::map<std::string, std::vector<Route>, std::less<>> routesByKind()
{
    return {
        {"kv", kvRoutes()},
        {"generic", kvRoutes()},
        {"kv/2", versionedKvRoutes()},
        {"cubbyhole", cubbyholeRoutes()},
    };
}

} // namespace kith::core
