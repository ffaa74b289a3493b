// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"
#include "store/Session.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

/// What tokens made by a role are like (spec/engine.md §10). Times in seconds; 0: not set.
struct TokenRole {
    std::string name;
    std::vector<std::string> allowedPolicies; ///< Lower case, sorted, as the other three.
    std::vector<std::string> allowedPoliciesGlob;
    std::vector<std::string> disallowedPolicies;
    std::vector<std::string> disallowedPoliciesGlob;
    std::optional<std::vector<std::string>> allowedEntityAliases; ///< Lower case; none: no alias may be named.
    bool orphan = false;
    bool renewable = true;
    bool noDefaultPolicy = false;
    std::string pathSuffix;
    std::vector<std::string> boundCidrs;
    bool cidrsByOldName = false; ///< They read back under it, too.
    std::int64_t explicitMaxTtl = 0;
    std::int64_t period = 0;
    std::int64_t oldExplicitMaxTtl = 0; ///< As set by the parameter's old name, which reads back under that.
    std::int64_t oldPeriod = 0;
    std::int64_t uses = 0;
    std::string type = "default-service";

    bool restrictsPolicies() const
    {
        return !allowedPolicies.empty() || !allowedPoliciesGlob.empty() || !disallowedPolicies.empty() ||
               !disallowedPoliciesGlob.empty();
    }
    std::int64_t longestTtl() const { return explicitMaxTtl != 0 ? explicitMaxTtl : oldExplicitMaxTtl; }
    std::int64_t usualPeriod() const { return period != 0 ? period : oldPeriod; }
};

std::optional<TokenRole> findTokenRole(store::Session &session, NamespaceId ns, std::string_view name);
/// Creates or replaces it. Fails with status 400 when its settings don't go together.
Result<void> saveTokenRole(store::WriteSession &session, NamespaceId ns, const TokenRole &role);
void deleteTokenRole(store::WriteSession &session, NamespaceId ns, std::string_view name);
std::vector<std::string> tokenRoles(store::Session &session, NamespaceId ns); ///< Names, sorted.

/// Whether a name fits a pattern in which each `*` stands for any text.
bool fitsGlob(std::string_view pattern, std::string_view name);

/// The policies of a token made by a role that restricts them. `requested`: as they were sent; `parent`: those of who
/// asks. Fails with status 400.
Result<std::vector<std::string>> policiesByRole(const TokenRole &role, const std::vector<std::string> &requested,
                                                const std::vector<std::string> &parent, bool noDefaultPolicy);

} // namespace kith::auth
