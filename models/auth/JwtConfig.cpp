// SPDX-License-Identifier: Apache-2.0
#include "auth/JwtConfig.h"

#include "auth/KeptObject.h"
#include "auth/TokenSettings.h"
#include "store/Json.h"

namespace kith::auth {

namespace json = boost::json;
using store::textIn;
using store::textsIn;

namespace {

constexpr std::string_view Place = "config";

} // namespace

json::object jwtConfigJson(const JwtConfig &config)
{
    return {{"bound_issuer", config.boundIssuer},
            {"default_role", config.defaultRole},
            {"jwks_ca_pem", config.jwksCaPem},
            {"jwks_url", config.jwksUrl},
            {"jwt_supported_algs", jsonList(config.algorithms)},
            {"jwt_validation_pubkeys", jsonList(config.publicKeys)},
            {"namespace_in_state", config.namespaceInState},
            {"oidc_client_id", config.clientId},
            {"oidc_discovery_ca_pem", config.discoveryCaPem},
            {"oidc_discovery_url", config.discoveryUrl},
            {"oidc_response_mode", config.responseMode},
            {"oidc_response_types", jsonList(config.responseTypes)},
            {"override_allowed_server_names", jsonList(config.serverNames)},
            {"provider_config", config.providerConfig}};
}

Result<std::optional<JwtConfig>> findJwtConfig(const store::Entries &entries)
{
    const auto found = keptObject(entries, Place);
    if (!found)
        return found.error();
    if (!*found)
        return std::optional<JwtConfig>();
    const json::object &kept = **found;
    JwtConfig config;
    config.publicKeys = textsIn(kept, "jwt_validation_pubkeys");
    config.jwksUrl = textIn(kept, "jwks_url");
    config.jwksCaPem = textIn(kept, "jwks_ca_pem");
    config.discoveryUrl = textIn(kept, "oidc_discovery_url");
    config.discoveryCaPem = textIn(kept, "oidc_discovery_ca_pem");
    config.serverNames = textsIn(kept, "override_allowed_server_names");
    config.clientId = textIn(kept, "oidc_client_id");
    config.clientSecret = textIn(kept, "oidc_client_secret");
    config.responseMode = textIn(kept, "oidc_response_mode");
    config.responseTypes = textsIn(kept, "oidc_response_types");
    config.algorithms = textsIn(kept, "jwt_supported_algs");
    config.boundIssuer = textIn(kept, "bound_issuer");
    config.defaultRole = textIn(kept, "default_role");
    config.namespaceInState = store::flagIn(kept, "namespace_in_state", true);
    if (const json::value *provider = kept.if_contains("provider_config"); provider && provider->is_object())
        config.providerConfig = provider->get_object();
    return std::optional(std::move(config));
}

void saveJwtConfig(const store::Entries &entries, const JwtConfig &config)
{
    json::object kept = jwtConfigJson(config);
    kept["oidc_client_secret"] = config.clientSecret;
    entries.put(Place, store::toJson(kept));
}

} // namespace kith::auth
