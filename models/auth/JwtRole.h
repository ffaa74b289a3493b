// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Login.h"
#include "store/Entries.h"

#include <boost/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

/// What a token must say to be let in by a role of the methods `jwt` and `oidc`, and what its bearer gets then.
struct JwtRole {
    std::string type = "oidc"; ///< jwt: who has a token sends it; oidc: people sign in with a browser.
    std::optional<std::vector<std::string>> boundAudiences; ///< One of them must be in `aud`. Never set reads null.
    std::string boundSubject;
    std::optional<boost::json::object> boundClaims; ///< A claim, or a JSON pointer to one, and what it may be.
    std::string boundClaimsType = "string";         ///< string: equal; glob: texts with `*`.
    std::string userClaim;                          ///< Whose value names the alias.
    bool userClaimIsPointer = false;
    std::string groupsClaim;                                         ///< Names the outside groups; empty: none does.
    std::optional<std::map<std::string, std::string>> claimMappings; ///< Claim to key of the alias's metadata.
    std::int64_t expirationLeeway = 0; ///< Seconds that a token without an end lives on; 0: 150, below 0: none.
    std::int64_t notBeforeLeeway = 0;  ///< Seconds that one without a beginning lived before its end; the same.
    std::int64_t clockSkewLeeway = 0;  ///< Seconds that clocks may differ; 0: 60, below 0: none.
    std::int64_t maxAge = 0;           ///< Seconds since the person has proved who he is; 0: any.
    std::optional<std::vector<std::string>> scopes;
    std::optional<std::vector<std::string>> redirectUris;
    std::optional<std::vector<std::string>> oauth2Metadata;
    std::string callbackMode = "client"; ///< client, direct, device.
    bool disableConfirmation = false;
    bool verboseLogging = false;
    bool templatePolicies = false; ///< The names of its policies are templates over the claims.
    TokenSettings token;
    std::set<std::string> oldNames; ///< Settings that were given by their old names ("policies"): shown by both.
};

/// As the API shows it, the settings of its tokens left out.
boost::json::object jwtRoleJson(const JwtRole &role);

// Names compare case-insensitively.
Result<std::optional<JwtRole>> findJwtRole(const store::Entries &entries, std::string_view name);
bool hasJwtRole(const store::Entries &entries, std::string_view name);
void saveJwtRole(const store::Entries &entries, std::string_view name, const JwtRole &role);
void deleteJwtRole(const store::Entries &entries, std::string_view name);
/// At most `limit` (0: all) names after `after`, sorted.
std::vector<std::string> jwtRoleNames(const store::Entries &entries, std::string_view after, std::int64_t limit);

} // namespace kith::auth
