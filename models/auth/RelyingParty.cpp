// SPDX-License-Identifier: Apache-2.0
#include "auth/RelyingParty.h"

#include "auth/JwtClaims.h"
#include "jose/Jws.h"
#include "store/Base64.h"
#include "store/GoText.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::auth {

namespace json = boost::json;
using store::textIn;

namespace {

using Parameters = std::map<std::string, std::string>;

constexpr int Ok = 200;

CodeExchange refused(std::string text, std::string error = {})
{
    CodeExchange exchange;
    exchange.refusal = TokenRefusal{std::move(error), std::move(text)};
    return exchange;
}

enum class Proof {
    Header, ///< client_secret_basic
    Body,   ///< client_secret_post
};

Result<OutgoingAnswer> post(const JwtConfig &config, const std::string &url, Parameters parameters, Proof proof)
{
    OutgoingRequest request = requestTo(config, url);
    if (proof == Proof::Body) {
        parameters["client_id"] = config.clientId;
        parameters["client_secret"] = config.clientSecret;
    } else { // RFC 6749 §2.3.1
        request.headers.push_back("Authorization: Basic " +
                                  store::toBase64(formText(config.clientId) + ":" + formText(config.clientSecret)));
    }
    request.form = formText(parameters);
    return sendOut(request);
}

json::object objectOf(const std::string &body)
{
    auto parsed = store::readJson(body, {});
    return parsed && parsed->is_object() ? std::move(parsed->get_object()) : json::object();
}

std::string oauthError(const json::object &answer)
{
    std::string text = "oauth2: " + inQuotes(textIn(answer, "error"));
    for (const char *name : {"error_description", "error_uri"})
        if (const std::string more = textIn(answer, name); !more.empty())
            text += " " + inQuotes(more);
    return text;
}

/// What a token endpoint said.
CodeExchange tokensIn(const OutgoingAnswer &answer)
{
    const json::object said = objectOf(answer.body);
    if (const std::string error = textIn(said, "error"); !error.empty())
        return refused(oauthError(said), error);
    if (answer.status != Ok)
        return refused("oauth2: cannot fetch token: " + statusText(answer.status) +
                       "\nResponse: " + shortened(answer.body));
    CodeExchange exchange;
    exchange.tokens.accessToken = textIn(said, "access_token");
    exchange.tokens.refreshToken = textIn(said, "refresh_token");
    exchange.tokens.idToken = textIn(said, "id_token");
    const json::value *idToken = said.if_contains("id_token");
    exchange.tokens.hasIdToken = idToken && store::isText(*idToken);
    if (exchange.tokens.accessToken.empty())
        return refused("oauth2: server response missing access_token: access_token is missing");
    return exchange;
}

/// Whether the server may only have disliked the place of the secret.
bool mayTakeSecretInBody(const OutgoingAnswer &answer)
{
    return answer.status == 401 || textIn(objectOf(answer.body), "error") == "invalid_client";
}

} // namespace

std::string scopeText(const std::vector<std::string> &scopes)
{
    std::vector<std::string> all{"openid"};
    for (const std::string &scope : scopes)
        if (!scope.empty() && !contains(all, scope))
            all.push_back(scope);
    std::string text;
    for (const std::string &scope : all)
        text.append(text.empty() ? "" : " ").append(scope);
    return text;
}

CodeExchange exchangeCode(const JwtConfig &config, const OpenIdProvider &provider, const std::string &code,
                          const std::string &redirectUri, const std::string &verifier)
{
    Parameters parameters{{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirectUri}};
    if (!verifier.empty())
        parameters["code_verifier"] = verifier;
    const Proof proof = provider.secretIsPosted ? Proof::Body : Proof::Header;
    auto answer = post(config, provider.tokenEndpoint, parameters, proof);
    if (answer && proof == Proof::Header && mayTakeSecretInBody(*answer))
        answer = post(config, provider.tokenEndpoint, parameters, Proof::Body);
    if (!answer)
        return refused("Post " + inQuotes(provider.tokenEndpoint) + ": " + answer.error().wire);
    return tokensIn(*answer);
}

std::optional<json::object> askUserinfo(JwtKeys &keys, const std::string &accessor, const JwtConfig &config,
                                        const OpenIdProvider &provider, const std::string &accessToken,
                                        const std::string &subject)
{
    const bool isToken = std::all_of(accessToken.begin(), accessToken.end(), [](char c) { return c > ' ' && c < 127; });
    if (provider.userinfoEndpoint.empty() || accessToken.empty() || !isToken) // else it could be more than one header
        return std::nullopt;
    OutgoingRequest request = requestTo(config, provider.userinfoEndpoint);
    request.headers.push_back("Authorization: Bearer " + accessToken);
    const auto answer = sendOut(request);
    if (!answer || answer->status != Ok)
        return std::nullopt;
    std::string said = answer->body;
    const auto type = answer->headers.find("content-type");
    if (type != answer->headers.end() && type->second.starts_with("application/jwt")) {
        auto jws = jose::parseJws(said);
        if (!jws || !keys.check(accessor, config, *jws))
            return std::nullopt;
        said = std::move(jws->payload);
    }
    auto claims = parseClaims(said);
    if (!claims || textIn(*claims, "sub") != subject)
        return std::nullopt;
    if (const json::value *issuer = claims->if_contains("iss"); issuer && *issuer != json::value(provider.issuer))
        return std::nullopt;
    return std::move(*claims);
}

Result<DeviceCode> askForDevice(const JwtConfig &config, const OpenIdProvider &provider,
                                const std::vector<std::string> &scopes)
{
    const auto failed = [](std::string why) { return Error{ErrorCode::Unreachable, 500, std::move(why), {}}; };
    if (provider.deviceEndpoint.empty())
        return failed("no device auth endpoint url discovered");
    const auto answer = post(config, provider.deviceEndpoint, {{"scope", scopeText(scopes)}}, Proof::Body);
    if (!answer)
        return failed("error authorizing device: Post " + inQuotes(provider.deviceEndpoint) + ": " +
                      answer.error().wire);
    if (answer->status != Ok)
        return failed("error authorizing device: " + statusText(answer->status) + ": " + shortened(answer->body));
    const auto parsed = store::readJson(answer->body, {});
    if (!parsed || !parsed->is_object())
        return failed("error decoding issuer response to device auth: it is no JSON object; response: " +
                      shortened(answer->body));
    const json::object &said = parsed->get_object();
    DeviceCode device;
    device.code = textIn(said, "device_code");
    device.address = textIn(said, "verification_uri_complete");
    if (device.address.empty()) {
        device.userCode = textIn(said, "user_code");
        device.address = textIn(said, "verification_uri");
        if (device.address.empty()) // as some servers called it before the standard
            device.address = textIn(said, "verification_url");
        if (device.userCode.empty())
            return failed("the issuer's response to device auth names no code");
    }
    if (device.code.empty() || device.address.empty())
        return failed("the issuer's response to device auth names no code or no address");
    if (const std::int64_t interval = store::numberIn(said, "interval"); interval > 0)
        device.interval = interval;
    return device;
}

CodeExchange pollDevice(const JwtConfig &config, const OpenIdProvider &provider, const std::string &deviceCode)
{
    const auto answer = post(
        config, provider.tokenEndpoint,
        {{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"}, {"device_code", deviceCode}}, Proof::Body);
    if (!answer)
        return refused("error polling for device authorization: Post " + inQuotes(provider.tokenEndpoint) + ": " +
                       answer.error().wire);
    const json::object said = objectOf(answer->body);
    if (const std::string error = textIn(said, "error"); !error.empty())
        return refused("authorization failed: " + error, error);
    if (answer->status != Ok)
        return refused("error polling for device authorization: " + statusText(answer->status) + ": " +
                       shortened(answer->body));
    return tokensIn(*answer);
}

} // namespace kith::auth
