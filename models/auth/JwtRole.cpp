// SPDX-License-Identifier: Apache-2.0
#include "auth/JwtRole.h"

#include "auth/KeptObject.h"
#include "auth/TokenSettings.h"
#include "store/Json.h"
#include "store/Text.h"

namespace kith::auth {

namespace json = boost::json;
using store::flagIn;
using store::numberIn;
using store::textIn;

namespace {

constexpr std::string_view Folder = "role/";

std::string pathOf(std::string_view name)
{
    return std::string(Folder) + foldCase(name);
}

json::value listOrNull(const std::optional<std::vector<std::string>> &texts)
{
    return texts ? json::value(jsonList(*texts)) : json::value();
}

std::optional<std::vector<std::string>> listIn(const json::object &kept, std::string_view name)
{
    const json::value *list = kept.if_contains(name);
    return list && list->is_array() ? std::optional(store::textsIn(kept, name)) : std::nullopt;
}

JwtRole roleOf(const json::object &kept)
{
    JwtRole role;
    role.type = textIn(kept, "role_type");
    role.boundAudiences = listIn(kept, "bound_audiences");
    role.boundSubject = textIn(kept, "bound_subject");
    if (const json::value *claims = kept.if_contains("bound_claims"); claims && claims->is_object())
        role.boundClaims = claims->get_object();
    role.boundClaimsType = textIn(kept, "bound_claims_type");
    role.userClaim = textIn(kept, "user_claim");
    role.userClaimIsPointer = flagIn(kept, "user_claim_json_pointer");
    role.groupsClaim = textIn(kept, "groups_claim");
    if (const json::value *mappings = kept.if_contains("claim_mappings"); mappings && mappings->is_object()) {
        role.claimMappings.emplace();
        for (const auto &[claim, key] : mappings->get_object())
            role.claimMappings->emplace(claim, json::value_to<std::string>(key));
    }
    role.expirationLeeway = numberIn(kept, "expiration_leeway");
    role.notBeforeLeeway = numberIn(kept, "not_before_leeway");
    role.clockSkewLeeway = numberIn(kept, "clock_skew_leeway");
    role.maxAge = numberIn(kept, "max_age");
    role.scopes = listIn(kept, "oidc_scopes");
    role.redirectUris = listIn(kept, "allowed_redirect_uris");
    role.oauth2Metadata = listIn(kept, "oauth2_metadata");
    role.callbackMode = textIn(kept, "callback_mode");
    role.disableConfirmation = flagIn(kept, "oidc_disable_confirmation");
    role.verboseLogging = flagIn(kept, "verbose_oidc_logging");
    role.templatePolicies = flagIn(kept, "token_policies_template_claims");
    role.token = tokenSettingsOf(kept);
    for (std::string &old : store::textsIn(kept, "old_names"))
        role.oldNames.insert(std::move(old));
    return role;
}

} // namespace

json::object jwtRoleJson(const JwtRole &role)
{
    json::object shown{{"allowed_redirect_uris", listOrNull(role.redirectUris)},
                       {"bound_audiences", listOrNull(role.boundAudiences)},
                       {"bound_claims", role.boundClaims ? json::value(*role.boundClaims) : json::value()},
                       {"bound_claims_type", role.boundClaimsType},
                       {"bound_subject", role.boundSubject},
                       {"callback_mode", role.callbackMode},
                       {"claim_mappings", nullptr},
                       {"clock_skew_leeway", role.clockSkewLeeway},
                       {"expiration_leeway", role.expirationLeeway},
                       {"groups_claim", role.groupsClaim},
                       {"max_age", role.maxAge},
                       {"not_before_leeway", role.notBeforeLeeway},
                       {"oauth2_metadata", listOrNull(role.oauth2Metadata)},
                       {"oidc_disable_confirmation", role.disableConfirmation},
                       {"oidc_scopes", listOrNull(role.scopes)},
                       {"role_type", role.type},
                       {"token_policies_template_claims", role.templatePolicies},
                       {"user_claim", role.userClaim},
                       {"user_claim_json_pointer", role.userClaimIsPointer},
                       {"verbose_oidc_logging", role.verboseLogging}};
    if (role.claimMappings) {
        json::object mappings;
        for (const auto &[claim, key] : *role.claimMappings)
            mappings[claim] = key;
        shown["claim_mappings"] = std::move(mappings);
    }
    return shown;
}

Result<std::optional<JwtRole>> findJwtRole(const store::Entries &entries, std::string_view name)
{
    const auto kept = keptObject(entries, pathOf(name));
    if (!kept)
        return kept.error();
    return *kept ? std::optional(roleOf(**kept)) : std::nullopt;
}

bool hasJwtRole(const store::Entries &entries, std::string_view name)
{
    return entries.contains(pathOf(name));
}

void saveJwtRole(const store::Entries &entries, std::string_view name, const JwtRole &role)
{
    json::object kept = jwtRoleJson(role);
    for (const auto &[key, value] : tokenSettingsJson(role.token))
        kept[key] = value;
    kept["old_names"] = jsonList({role.oldNames.begin(), role.oldNames.end()});
    entries.put(pathOf(name), store::toJson(kept));
}

void deleteJwtRole(const store::Entries &entries, std::string_view name)
{
    entries.remove(pathOf(name));
}

std::vector<std::string> jwtRoleNames(const store::Entries &entries, std::string_view after, std::int64_t limit)
{
    return entries.list(Folder, after, limit);
}

} // namespace kith::auth
