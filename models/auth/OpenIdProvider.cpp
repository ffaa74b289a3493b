// SPDX-License-Identifier: Apache-2.0
#include "auth/OpenIdProvider.h"

#include "store/Json.h"
#include "store/Text.h"

namespace kith::auth {

namespace json = boost::json;
using store::textIn;

namespace {

constexpr int Ok = 200;

} // namespace

OutgoingRequest requestTo(const JwtConfig &config, std::string url)
{
    const std::string &caPem = config.jwksUrl.empty() ? config.discoveryCaPem : config.jwksCaPem;
    return {std::move(url), caPem, config.serverNames, {"Accept: application/json"}};
}

std::string shortened(const std::string &body)
{
    constexpr std::size_t Most = 1024;
    return validUtf8(std::string_view(body).substr(0, Most));
}

Result<OpenIdProvider> discover(const JwtConfig &config)
{
    std::string base = config.discoveryUrl;
    while (!base.empty() && base.back() == '/')
        base.pop_back();
    const std::string url = base + "/.well-known/openid-configuration";
    const auto answer = sendOut(requestTo(config, url));
    if (!answer)
        return invalidRequest("Get " + inQuotes(url) + ": " + answer.error().wire);
    if (answer->status != Ok)
        return invalidRequest(statusText(answer->status) + ": " + shortened(answer->body));
    const auto parsed = store::readJson(answer->body, {});
    if (!parsed || !parsed->is_object())
        return invalidRequest("failed to decode OIDC discovery document: it is no JSON object");
    const json::object &document = parsed->get_object();
    OpenIdProvider provider;
    provider.issuer = textIn(document, "issuer");
    provider.jwksUri = textIn(document, "jwks_uri");
    provider.authorizationEndpoint = textIn(document, "authorization_endpoint");
    provider.tokenEndpoint = textIn(document, "token_endpoint");
    provider.userinfoEndpoint = textIn(document, "userinfo_endpoint");
    provider.deviceEndpoint = textIn(document, "device_authorization_endpoint");
    const auto methods = store::textsIn(document, "token_endpoint_auth_methods_supported");
    provider.secretIsPosted = contains(methods, "client_secret_post") && !contains(methods, "client_secret_basic");
    if (provider.issuer != config.discoveryUrl)
        return invalidRequest("issuer did not match the returned issuer, expected " + inQuotes(config.discoveryUrl) +
                              " got " + inQuotes(provider.issuer));
    return provider;
}

Result<std::vector<jose::NamedPublicKey>> fetchKeys(const JwtConfig &config, const std::string &url)
{
    const auto answer = sendOut(requestTo(config, url));
    if (!answer)
        return invalidRequest("get keys failed Get " + inQuotes(url) + ": " + answer.error().wire);
    if (answer->status != Ok)
        return invalidRequest("get keys failed: " + statusText(answer->status) + " " + shortened(answer->body));
    const auto parsed = store::readJson(answer->body, {});
    if (!parsed)
        return invalidRequest("failed to decode keys: it is no JSON");
    auto keys = jose::keySet(*parsed);
    if (!keys)
        return invalidRequest("failed to decode keys: " + keys.error().wire);
    return keys;
}

} // namespace kith::auth
