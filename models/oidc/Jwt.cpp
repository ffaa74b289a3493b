// SPDX-License-Identifier: Apache-2.0
#include "oidc/Jwt.h"

#include "jose/Jws.h"
#include "store/Base64.h"
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
    auto jws = jose::parseJws(token);
    if (!jws)
        return jws.error();
    const auto algorithm = algorithmOf(jws->algorithmName);
    if (!algorithm)
        return invalidRequest("unexpected signature algorithm " + inQuotes(jws->algorithmName) +
                              "; expected [\"ES256\" \"ES384\" \"ES512\" \"EdDSA\" \"RS256\" \"RS384\" \"RS512\" "
                              "\"PS256\" \"PS384\" \"PS512\"]");
    return ParsedJwt{std::move(jws->signedText), std::move(jws->signature), *algorithm, std::move(jws->kid),
                     std::move(jws->payload)};
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
