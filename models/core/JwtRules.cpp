// SPDX-License-Identifier: Apache-2.0
#include "core/JwtRules.h"

#include "store/Text.h"

namespace kith::core {

Result<auth::JwtConfig> jwtConfig(const store::Entries &entries)
{
    auto config = auth::findJwtConfig(entries);
    if (!config)
        return config.error();
    return *config ? Result<auth::JwtConfig>(std::move(**config)) : invalidRequest("could not load configuration");
}

Result<JwtRules> jwtRules(const store::Entries &entries, auth::JwtConfig config, const std::string &wished)
{
    const std::string name = wished.empty() ? config.defaultRole : wished;
    if (name.empty())
        return invalidRequest("missing role");
    JwtRules rules{std::move(config), {}, foldCase(name)};
    auto role = auth::findJwtRole(entries, rules.roleName);
    if (!role)
        return role.error();
    if (!*role)
        return invalidRequest("role " + inQuotes(rules.roleName) + " could not be found");
    rules.role = std::move(**role);
    return rules;
}

} // namespace kith::core
