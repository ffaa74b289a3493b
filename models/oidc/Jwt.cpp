// SPDX-License-Identifier: Apache-2.0
#include "oidc/Jwt.h"

#include "store/Base64.h"
#include "store/GoText.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>
#include <vector>

namespace kith::oidc {

namespace json = boost::json;

namespace {

json::object sorted(const json::object &claims)
{
    std::vector<const json::key_value_pair *> members;
    for (const auto &member : claims)
        members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const auto *a, const auto *b) { return a->key() < b->key(); });
    json::object object;
    for (const auto *member : members)
        object.emplace(member->key(), member->value());
    return object;
}

Result<std::string> decoded(std::string_view part)
{
    auto bytes = store::fromBase64Url(part);
    if (bytes)
        return std::move(*bytes);
    // What ends too early is told by where its last group of four begins.
    const std::size_t place = bytes.error() < part.size() ? bytes.error() : part.size() / 4 * 4;
    return invalidRequest("illegal base64 data at input byte " + std::to_string(place));
}

/// The three parts of the compact form.
std::optional<std::vector<std::string_view>> partsOf(std::string_view token)
{
    std::vector<std::string_view> parts;
    for (auto dot = token.find('.'); dot != std::string_view::npos; dot = token.find('.')) {
        parts.push_back(token.substr(0, dot));
        token.remove_prefix(dot + 1);
    }
    parts.push_back(token);
    return parts.size() == 3 ? std::optional(parts) : std::nullopt;
}

/// The algorithm that the header names, if it is one that an identity token may have.
Result<Algorithm> algorithmIn(const json::object &header)
{
    const json::value *sent = header.if_contains("alg");
    if (sent && !sent->is_string() && !sent->is_null())
        return invalidRequest("failed to unmarshal algorithm: json: cannot unmarshal " +
                              std::string(store::goTypeOf(*sent)) +
                              " into Go value of type string: " + inQuotes(store::toJson(*sent)));
    const std::string name = store::textIn(header, "alg");
    if (const auto algorithm = algorithmOf(name))
        return *algorithm;
    return invalidRequest("unexpected signature algorithm " + inQuotes(name) +
                          "; expected [\"ES256\" \"ES384\" \"ES512\" \"EdDSA\" \"RS256\" \"RS384\" \"RS512\" \"PS256\" "
                          "\"PS384\" \"PS512\"]");
}

Error invalidClaim(const std::string &text)
{
    return invalidRequest("go-jose/go-jose/jwt: validation failed, " + text);
}

bool hasAudience(const json::object &claims, std::string_view audience)
{
    const json::value *sent = claims.if_contains("aud");
    if (sent && sent->is_array())
        return std::any_of(sent->get_array().begin(), sent->get_array().end(),
                           [&](const json::value &each) { return each.is_string() && each.get_string() == audience; });
    return sent && sent->is_string() && sent->get_string() == audience;
}

} // namespace

std::string signedJwt(const KeyPair &key, std::string_view kid, const json::object &claims)
{
    const json::object header{{"alg", algorithmName(key.algorithm())}, {"kid", kid}};
    std::string token =
        store::toBase64Url(store::toJson(header)) + "." + store::toBase64Url(store::toJson(sorted(claims)));
    const std::string signature = key.sign(token);
    return token + "." + store::toBase64Url(signature);
}

Result<ParsedJwt> parseJwt(std::string_view token)
{
    const auto parts = partsOf(token);
    if (!parts)
        return invalidRequest("go-jose/go-jose: compact JWS format must have three parts");
    ParsedJwt parsed;
    const auto headerText = decoded(parts->at(0));
    if (!headerText)
        return headerText.error();
    auto payload = decoded(parts->at(1));
    if (!payload)
        return payload.error();
    auto signature = decoded(parts->at(2));
    if (!signature)
        return signature.error();
    const auto header = store::readJson(*headerText, store::JsonLimits());
    if (!header)
        return invalidRequest("the header is not JSON");
    if (!header->is_object())
        return invalidRequest("json: cannot unmarshal " + std::string(store::goTypeOf(*header)) +
                              " into Go value of type jose.rawHeader");
    const auto algorithm = algorithmIn(header->get_object());
    if (!algorithm)
        return algorithm.error();
    parsed.signedText = token.substr(0, parts->at(0).size() + 1 + parts->at(1).size());
    parsed.signature = std::move(*signature);
    parsed.algorithm = *algorithm;
    parsed.kid = store::textIn(header->get_object(), "kid");
    parsed.payload = std::move(*payload);
    return parsed;
}

Result<std::string> subjectOf(std::string_view payload, const Expected &expected)
{
    constexpr Nanoseconds second = 1'000'000'000;
    constexpr std::int64_t leeway = 60;
    const auto value = store::readJson(payload, store::JsonLimits());
    if (!value || !value->is_object())
        return invalidRequest("the claims are not a JSON object");
    const json::object &claims = value->get_object();
    if (store::textIn(claims, "iss") != expected.issuer)
        return invalidClaim("invalid issuer claim (iss)");
    if (expected.audience && !hasAudience(claims, *expected.audience))
        return invalidClaim("invalid audience claim (aud)");
    const std::int64_t now = expected.now / second;
    if (claims.contains("nbf") && store::numberIn(claims, "nbf") > now + leeway)
        return invalidClaim("token not valid yet (nbf)");
    if (claims.contains("exp") && store::numberIn(claims, "exp") < now - leeway)
        return invalidClaim("token is expired (exp)");
    if (claims.contains("iat") && store::numberIn(claims, "iat") > now + leeway)
        return invalidClaim("token issued in the future (iat)");
    return store::textIn(claims, "sub");
}

} // namespace kith::oidc
