// SPDX-License-Identifier: Apache-2.0
// provider/:name/userinfo (spec/engine.md §12; OpenID Connect Core §5.3; RFC 6750 §3).
#include "core/OidcFlow.h"
#include "store/Json.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

Result<json::object> informationFor(const Flow &flow)
{
    const auto provider = oidc::Providers(flow.entries).find(flow.call.inPath("name"));
    if (!provider)
        return provider.error();
    if (!*provider)
        return oauth(400, "invalid_request", "provider not found");
    const auto invalid = [](std::string_view description) { return oauth(401, "invalid_token", description); };
    if (!flow.call.request().bearer)
        return invalid("access token must be sent as a Bearer token");
    const Caller &caller = flow.call.caller();
    if (caller.isUsedUp()) // [Q] it is looked for once more
        return invalid("access token is expired");
    if (!caller.token || caller.token->accessGrant.empty()) {
        if (caller.token &&
            caller.token->type == auth::TokenType::Batch) // [Q] access tokens are batch tokens there too
            return oauth(500, "server_error", "expected client ID in token metadata");
        return invalid("access token is malformed or invalid");
    }
    const auto grant = store::fromJson(caller.token->accessGrant);
    if (!grant)
        return grant.error();
    const json::object &granted = grant->as_object();
    const auto denied = [](std::string_view description) { return oauth(403, "access_denied", description); };
    const auto client = oidc::findClientById(flow.entries, store::textIn(granted, "client_id"));
    if (!client)
        return client.error();
    if (!*client)
        return denied("client not found");
    if (!(*provider)->allows((*client)->id))
        return denied("client is not authorized to use the provider");
    const auto entity = ownEntity(flow.snapshot.session, caller);
    if (!entity)
        return denied("identity entity associated with the request not found");
    const auto assigned = isAssigned(flow, **client, *entity);
    if (!assigned)
        return assigned.error();
    if (!*assigned)
        return denied("identity entity not authorized by client assignment");
    std::vector<std::string> scopes = store::textsIn(granted, "scopes");
    std::erase_if(scopes, [&](const std::string &scope) { return !(*provider)->supports(scope); });
    auto claims = scopeClaims(flow, scopes, *entity);
    if (claims)
        (*claims)["sub"] = caller.token->entityUuid;
    return claims;
}

} // namespace

Result<Response> userinfo(const Call &call, Engine &engine)
{
    auto information = onOneCommit(call, engine, informationFor);
    if (information)
        return raw(std::move(*information));
    if (information.error().status == 503)
        return information.error();
    const auto [error, description] = oauthParts(information.error());
    Response response = oauthError(information.error().status, error, description);
    if (response.status == 400 || response.status == 401)
        response.headers.emplace_back("WWW-Authenticate", "Bearer error=" + inQuotes(error) +
                                                              ",error_description=" + inQuotes(description));
    return response;
}

} // namespace kith::core
