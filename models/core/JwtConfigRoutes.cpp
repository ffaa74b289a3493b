// SPDX-License-Identifier: Apache-2.0
#include "auth/JwtConfig.h"
#include "auth/JwtKeys.h"
#include "auth/TokenSettings.h"
#include "core/Engine.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "core/TokenParameters.h"
#include "jose/PublicKey.h"
#include "store/GoText.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::JwtConfig;

Result<Response> readConfig(const Call &call, store::Session &session)
{
    return withEntries(call, session, [](const store::Entries &entries) -> Result<Response> {
        const auto found = auth::findJwtConfig(entries);
        if (!found)
            return found.error();
        if (!*found)
            return notFound();
        json::object shown = auth::jwtConfigJson(**found);
        shown["status"] = "valid";
        return Response::of(std::move(shown));
    });
}

/// Every write is the whole configuration, but for `namespace_in_state`.
JwtConfig sentConfig(const Call &call)
{
    const auto text = [&call](std::string_view name) { return call.text(name).value_or(std::string()); };
    const auto list = [&call](std::string_view name) { return call.list(name).value_or(std::vector<std::string>()); };
    JwtConfig config;
    config.publicKeys = list("jwt_validation_pubkeys");
    config.jwksUrl = text("jwks_url");
    config.jwksCaPem = text("jwks_ca_pem");
    config.discoveryUrl = text("oidc_discovery_url");
    config.discoveryCaPem = text("oidc_discovery_ca_pem");
    config.serverNames = list("override_allowed_server_names");
    config.clientId = text("oidc_client_id");
    config.clientSecret = text("oidc_client_secret");
    config.responseMode = text("oidc_response_mode");
    config.responseTypes = list("oidc_response_types");
    config.algorithms = list("jwt_supported_algs");
    config.boundIssuer = text("bound_issuer");
    config.defaultRole = foldCase(text("default_role"));
    config.providerConfig = call.object("provider_config").value_or(json::object());
    return config;
}

Result<void> checkSource(const JwtConfig &config)
{
    const int sources =
        (config.publicKeys.empty() ? 0 : 1) + (config.jwksUrl.empty() ? 0 : 1) + (config.discoveryUrl.empty() ? 0 : 1);
    if (sources != 1)
        return invalidRequest("exactly one of 'jwt_validation_pubkeys', 'jwks_url', 'jwks_pairs', "
                              "'oidc_discovery_url', or 'provider_config' must be set");
    if (config.clientId.empty() != config.clientSecret.empty())
        return invalidRequest("both 'oidc_client_id' and 'oidc_client_secret' must be set for OIDC");
    if (!config.clientId.empty() && config.discoveryUrl.empty())
        return invalidRequest("'oidc_discovery_url' must be set for OIDC");
    return {};
}

/// Asks the server that the keys come from, if they come from one.
Result<void> checkKeys(const Call &call, const JwtConfig &config, std::vector<std::string> &warnings)
{
    if (!config.discoveryUrl.empty())
        if (const auto provider = auth::discover(config); !provider)
            return invalidRequest("error checking oidc discovery URL: " + provider.error().wire);
    if (!config.jwksUrl.empty() && !config.jwksCaPem.empty() && !jose::holdsCertificates(config.jwksCaPem))
        return invalidRequest("error checking jwks_ca_pem");
    if (!config.jwksUrl.empty() && !auth::fetchKeys(config, config.jwksUrl)) {
        const std::string problem = "error checking jwks URL";
        if (!call.flag("skip_jwks_validation").value_or(false))
            return invalidRequest(problem);
        warnings.push_back(problem);
    }
    for (const std::string &pem : config.publicKeys)
        if (const auto key = jose::PublicKey::fromPem(pem); !key)
            return invalidRequest("error parsing public key: " + key.error().wire);
    return {};
}

Result<void> checkManner(const JwtConfig &config)
{
    for (const std::string &name : config.algorithms)
        if (!jose::signatureAlgorithm(name))
            return invalidRequest("invalid jwt_supported_algs: unsupported signing algorithm " + inQuotes(name));
    const std::vector<std::string> &types = config.responseTypes;
    const auto isKnown = [](const std::string &type) { return type == "code" || type == "id_token"; };
    if (!std::all_of(types.begin(), types.end(), isKnown))
        return invalidRequest("invalid response_types " + store::goText(auth::jsonList(types)) +
                              ". 'code' and 'id_token' are allowed");
    const std::string &mode = config.responseMode;
    if (!mode.empty() && mode != "query" && mode != "form_post")
        return invalidRequest("invalid response_mode: " + inQuotes(mode));
    if (mode != "form_post" && contains(types, "id_token"))
        return invalidRequest("query response_mode may not be used with an id_token response_type");
    if (config.providerConfig.empty())
        return {};
    const json::value *provider = config.providerConfig.if_contains("provider");
    if (!provider || !store::isText(*provider))
        return invalidRequest("invalid provider_config: 'provider' field not found in provider_config");
    return invalidRequest("invalid provider_config: provider " +
                          inQuotes(store::textIn(config.providerConfig, "provider")) +
                          " not found in custom providers");
}

/// Runs outside of every transaction: another server is asked.
Result<Response> saveConfig(const Call &call, Engine &engine)
{
    JwtConfig config = sentConfig(call);
    std::vector<std::string> warnings;
    if (auto right = checkSource(config); !right)
        return right.error();
    if (auto right = checkKeys(call, config, warnings); !right)
        return right.error();
    if (auto right = checkManner(config); !right)
        return right.error();
    auto saved = engine.store.write([&](store::WriteSession &session) {
        return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
            const auto before = auth::findJwtConfig(entries);
            if (!before)
                return before.error();
            config.namespaceInState =
                call.flag("namespace_in_state").value_or(*before ? (*before)->namespaceInState : true);
            auth::saveJwtConfig(entries, config);
            return doneWith(warnings);
        });
    });
    engine.jwtKeys->forget(call.mount().accessor);
    return saved;
}

} // namespace

std::vector<Route> jwtConfigRoutes()
{
    return {{"config",
             {{"jwt_validation_pubkeys", FieldType::List},
              {"jwks_url"},
              {"jwks_ca_pem"},
              {"oidc_discovery_url"},
              {"oidc_discovery_ca_pem"},
              {"oidc_client_id"},
              {"oidc_client_secret"},
              {"oidc_response_mode"},
              {"oidc_response_types", FieldType::List},
              {"jwt_supported_algs", FieldType::List},
              {"bound_issuer"},
              {"default_role"},
              {"provider_config", FieldType::Object},
              {"namespace_in_state", FieldType::Bool},
              {"skip_jwks_validation", FieldType::Bool},
              {"override_allowed_server_names", FieldType::List}},
             {{Operation::Read, ReadHandler(readConfig)}, {Operation::Update, EngineHandler(saveConfig)}}}};
}

} // namespace kith::core
