// SPDX-License-Identifier: Apache-2.0
#include "auth/JwtRole.h"
#include "auth/PolicyNameTemplate.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "core/TokenParameters.h"
#include "store/GoText.h"
#include "store/Json.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::JwtRole;

Result<bool> roleExists(const Call &call, store::Session &session)
{
    const auto seal = sealOf(call);
    return seal && auth::hasJwtRole(store::Entries(session, **seal, call.mount().id), call.inPath("name"));
}

Result<Response> readRole(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto role = auth::findJwtRole(entries, call.inPath("name"));
        if (!role)
            return role.error();
        if (!*role)
            return notFound();
        json::object shown = shownSettings((*role)->token, (*role)->oldNames);
        for (const auto &[key, value] : auth::jwtRoleJson(**role))
            shown[key] = value;
        return Response::of(std::move(shown));
    });
}

Result<Response> listRoles(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        return listOfNames(
            auth::jwtRoleNames(entries, call.text("after").value_or(std::string()), call.number("limit").value_or(0)));
    });
}

Result<Response> deleteRole(const Call &call, store::WriteSession &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        auth::deleteJwtRole(entries, call.inPath("name"));
        return Response::noContent();
    });
}

Result<void> readBounds(const Call &call, JwtRole &role)
{
    if (const auto audiences = call.list("bound_audiences"))
        role.boundAudiences = *audiences;
    role.boundSubject = call.text("bound_subject").value_or(role.boundSubject);
    role.boundClaimsType = call.text("bound_claims_type").value_or("string"); // [Q] each write sets it
    if (role.boundClaimsType != "string" && role.boundClaimsType != "glob")
        return invalidRequest("invalid 'bound_claims_type': " + role.boundClaimsType);
    const auto claims = call.isNull("bound_claims") ? std::nullopt : call.object("bound_claims");
    if (call.has("bound_claims")) // [Q] null takes them away
        role.boundClaims = claims;
    if (role.boundClaimsType != "glob" || !claims) // [Q] what was set before is not looked at again
        return {};
    for (const auto &[name, value] : *role.boundClaims) {
        if (value.is_object() || value.is_null())
            return invalidRequest("claim is not a string or list: " + store::goText(value));
        for (const json::value &pattern : value.is_array() ? value.get_array() : json::array{value})
            if (!store::isText(pattern))
                return invalidRequest("claim is not a string: " + store::goText(pattern));
    }
    return {};
}

Result<void> readMappings(const Call &call, JwtRole &role)
{
    if (const auto mappings = call.pairs("claim_mappings"); mappings && *mappings)
        role.claimMappings = **mappings;
    if (!role.claimMappings)
        return {};
    std::set<std::string> keys;
    for (const auto &[claim, key] : *role.claimMappings) {
        if (key == "role")
            return invalidRequest("metadata key \"role\" is reserved and may not be a mapping destination");
        if (!keys.insert(key).second)
            return invalidRequest("multiple keys are mapped to metadata key " + inQuotes(key));
    }
    return {};
}

Result<void> readTokenKinds(const Call &call, JwtRole &role)
{
    const auto kinds = call.list("oauth2_metadata");
    if (!kinds)
        return {};
    for (const std::string &kind : *kinds)
        if (kind != "access_token" && kind != "id_token" && kind != "refresh_token")
            return invalidRequest("Unrecognized oauth2 metadata name " + kind);
    role.oauth2Metadata = *kinds;
    return {};
}

/// How people sign in with a browser.
Result<void> readFlow(const Call &call, JwtRole &role)
{
    role.maxAge = call.seconds("max_age").value_or(role.maxAge);
    role.disableConfirmation = call.flag("oidc_disable_confirmation").value_or(role.disableConfirmation);
    role.verboseLogging = call.flag("verbose_oidc_logging").value_or(role.verboseLogging);
    if (const auto scopes = call.list("oidc_scopes"))
        role.scopes = *scopes;
    if (const auto uris = call.list("allowed_redirect_uris"))
        role.redirectUris = *uris;
    role.callbackMode = call.text("callback_mode").value_or("client"); // [Q] each write sets it
    if (role.callbackMode != "client" && role.callbackMode != "direct" && role.callbackMode != "device")
        return invalidRequest("invalid 'callback_mode': " + role.callbackMode);
    if (role.type == "oidc" && role.redirectUris.value_or(std::vector<std::string>()).empty())
        return invalidRequest("'allowed_redirect_uris' must be set if 'role_type' is 'oidc' or unspecified.");
    return {};
}

/// What the request says, in the real server's order.
Result<Response> changeRole(const Call &call, JwtRole &role)
{
    std::vector<std::string> warnings;
    role.type = call.text("role_type").value_or("oidc");
    if (role.type.empty())
        role.type = "oidc";
    if (role.type != "jwt" && role.type != "oidc")
        return invalidRequest("invalid 'role_type': " + role.type);
    if (auto read = readTokenParameters(call, role.token, warnings); !read)
        return read.error();
    if (auto read = takeOldNames(call, {"policies", "ttl", "max_ttl", "period", "num_uses", "bound_cidrs"}, role.token,
                                 role.oldNames);
        !read)
        return read.error();
    role.templatePolicies = call.flag("token_policies_template_claims").value_or(role.templatePolicies);
    role.expirationLeeway = call.seconds("expiration_leeway").value_or(role.expirationLeeway);
    role.notBeforeLeeway = call.seconds("not_before_leeway").value_or(role.notBeforeLeeway);
    role.clockSkewLeeway = call.seconds("clock_skew_leeway").value_or(role.clockSkewLeeway);
    if (auto read = readBounds(call, role); !read)
        return read.error();
    if (auto read = readMappings(call, role); !read)
        return read.error();
    if (auto read = readTokenKinds(call, role); !read)
        return read.error();
    role.userClaim = call.text("user_claim").value_or(role.userClaim);
    if (role.userClaim.empty())
        return invalidRequest("a user claim must be defined on the role");
    role.userClaimIsPointer = call.flag("user_claim_json_pointer").value_or(role.userClaimIsPointer);
    role.groupsClaim = call.text("groups_claim").value_or(role.groupsClaim);
    if (auto read = readFlow(call, role); !read)
        return read.error();
    const bool bound = !role.boundAudiences.value_or(std::vector<std::string>()).empty() ||
                       !role.boundSubject.empty() || !role.token.boundCidrs.empty() ||
                       !role.boundClaims.value_or(json::object()).empty();
    if (role.type == "jwt" && !bound)
        return invalidRequest("must have at least one bound constraint when creating/updating a role");
    if (role.token.maxTtl > 0 && role.token.ttl > role.token.maxTtl)
        return invalidRequest("ttl should not be greater than max ttl");
    if (role.templatePolicies)
        if (auto right = auth::checkPolicyTemplates(role.token.policies); !right)
            return right.error();
    if (role.token.maxTtl > auth::leaseLimits(call.mount().settings.config).maxTtl)
        warnings.emplace_back("token max ttl is greater than the system or backend mount's maximum TTL value; issued "
                              "tokens' max TTL value will be truncated");
    if (role.verboseLogging)
        warnings.emplace_back("verbose_oidc_logging has been enabled for this role. This is not recommended in "
                              "production since sensitive information may be present in OIDC responses.");
    return doneWith(std::move(warnings));
}

Result<Response> saveRole(const Call &call, store::WriteSession &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        auto role = auth::findJwtRole(entries, call.inPath("name"));
        if (!role)
            return role.error();
        JwtRole changed = role->value_or(JwtRole());
        auto response = changeRole(call, changed);
        if (response)
            auth::saveJwtRole(entries, call.inPath("name"), changed);
        return response;
    });
}

} // namespace

std::vector<Route> jwtRoleRoutes()
{
    Route role{"role/:name",
               withTokenFields({{"role_type"},
                                {"bound_audiences", FieldType::List},
                                {"bound_subject"},
                                {"bound_claims", FieldType::Object},
                                {"bound_claims_type"},
                                {"user_claim"},
                                {"user_claim_json_pointer", FieldType::Bool},
                                {"groups_claim"},
                                {"claim_mappings", FieldType::Pairs},
                                {"expiration_leeway", FieldType::SignedDuration},
                                {"not_before_leeway", FieldType::SignedDuration},
                                {"clock_skew_leeway", FieldType::SignedDuration},
                                {"max_age", FieldType::Duration},
                                {"oidc_scopes", FieldType::List},
                                {"allowed_redirect_uris", FieldType::List},
                                {"oauth2_metadata", FieldType::List},
                                {"callback_mode"},
                                {"oidc_disable_confirmation", FieldType::Bool},
                                {"verbose_oidc_logging", FieldType::Bool},
                                {"token_policies_template_claims", FieldType::Bool},
                                {"policies", FieldType::List},
                                {"ttl", FieldType::Duration},
                                {"max_ttl", FieldType::Duration},
                                {"period", FieldType::Duration},
                                {"num_uses", FieldType::Int},
                                {"bound_cidrs", FieldType::List}}),
               {{Operation::Read, ReadHandler(readRole)},
                {Operation::Update, WriteHandler(saveRole)},
                {Operation::Delete, WriteHandler(deleteRole)}}};
    role.exists = roleExists;
    return {
        {"role/", {{"after"}, {"limit", FieldType::Int}}, {{Operation::List, ReadHandler(listRoles)}}},
        std::move(role),
    };
}

} // namespace kith::core
