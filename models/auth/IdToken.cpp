// SPDX-License-Identifier: Apache-2.0
#include "auth/IdToken.h"

#include "auth/JwtClaims.h"
#include "jose/Hashes.h"
#include "jose/Jws.h"
#include "store/GoText.h"
#include "store/Json.h"
#include "store/Seal.h"
#include "store/Text.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace kith::auth {

namespace json = boost::json;
using store::textIn;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;
constexpr std::int64_t NotBeforeLeeway = 300; ///< Seconds, as in the real server; so the next.
constexpr std::int64_t Skew = 60;

Error invalid(const std::string &why)
{
    return invalidRequest("Provider.VerifyIDToken: " + why);
}

Error unreadable(const std::string &why)
{
    return invalid("invalid id_token: oidc: failed to unmarshal claims: json: cannot unmarshal " + why);
}

/// A number, or one in a text. None: the claim is missing.
Result<std::optional<std::int64_t>> timeIn(const json::object &claims, std::string_view name)
{
    const json::value *claim = claims.if_contains(name);
    if (!claim || claim->is_null())
        return std::optional<std::int64_t>();
    std::optional<double> number;
    if (claim->is_number()) {
        number = claim->to_number<double>();
    } else if (claim->is_string()) {
        const auto kept = store::keptNumber(*claim);
        const std::string text(kept ? *kept : std::string_view(claim->get_string()));
        char *end = nullptr;
        const double value = std::strtod(text.c_str(), &end);
        if (!text.empty() && *end == '\0')
            number = value;
    }
    constexpr double Limit = 9.2e18;
    if (!number || std::isnan(*number))
        return unreadable(std::string(store::goTypeOf(*claim)) + " into Go value of type json.Number: invalid syntax");
    if (std::abs(*number) >= Limit)
        return std::optional<std::int64_t>(0); // long ago
    return std::optional(static_cast<std::int64_t>(*number));
}

struct Times {
    std::int64_t expires = 0; ///< Seconds since 1970, as the next; 0: it isn't said.
    std::int64_t begins = 0;
    std::int64_t issued = 0;
};

std::string timeText(std::int64_t seconds)
{
    return toRfc3339(std::clamp<std::int64_t>(seconds, -9'000'000'000, 9'000'000'000) * Second);
}

/// Whether the claims have the forms that they must have.
Result<Times> read(const json::object &claims)
{
    for (const char *name : {"iss", "sub", "nonce", "at_hash"})
        if (const json::value *claim = claims.if_contains(name); claim && !claim->is_null() && !store::isText(*claim))
            return unreadable(std::string(store::goTypeOf(*claim)) + " into Go struct field idToken." + name +
                              " of type string");
    if (!audiencesIn(claims))
        return unreadable(std::string(store::goTypeOf(claims.at("aud"))) + " into Go value of type []string");
    Times times;
    for (const auto &[name, place] :
         {std::pair("exp", &Times::expires), std::pair("nbf", &Times::begins), std::pair("iat", &Times::issued)}) {
        const auto time = timeIn(claims, name);
        if (!time)
            return time.error();
        times.*place = time->value_or(0);
    }
    return times;
}

/// What an issuer owes whoever reads its tokens.
Result<void> checkIssuing(const json::object &claims, const Times &times, const OpenIdProvider &provider,
                          std::int64_t now)
{
    if (const std::string issuer = textIn(claims, "iss"); issuer != provider.issuer)
        return invalid("invalid id_token: oidc: id token issued by a different provider, expected " +
                       inQuotes(provider.issuer) + " got " + inQuotes(issuer) + ": invalid issuer");
    if (times.expires <= now)
        return invalid("invalid id_token: oidc: token is expired (Token Expiry: " + timeText(times.expires) +
                       "): token is expired");
    if (times.begins > now + NotBeforeLeeway)
        return invalid("invalid id_token: oidc: current time " + timeText(now) +
                       " before the nbf (not before) time: " + timeText(times.begins) + ": invalid not before");
    return {};
}

Result<void> checkSignature(JwtKeys &keys, const std::string &accessor, const JwtConfig &config, const jose::Jws &jws)
{
    const std::vector<std::string> usual{"RS256"};
    const std::vector<std::string> &algorithms = config.algorithms.empty() ? usual : config.algorithms;
    if (!contains(algorithms, jws.algorithmName)) {
        std::string expected;
        for (const std::string &name : algorithms)
            expected.append(expected.empty() ? "" : " ").append(inQuotes(name));
        return invalid("invalid id_token: oidc: malformed jwt: unexpected signature algorithm " +
                       inQuotes(jws.algorithmName) + "; expected [" + expected + "]: unsupported signing algorithm");
    }
    if (auto checked = keys.check(accessor, config, jws); !checked)
        return invalid("invalid id_token: failed to verify signature: " + checked.error().wire + ": invalid signature");
    return {};
}

/// The authorized party (§2), as an error names it.
std::string partyText(const json::value *party)
{
    if (!party || party->is_null())
        return "%!s(<nil>)";
    return party->is_string() ? std::string(party->get_string()) : store::goText(*party);
}

/// For whom it is.
Result<void> checkAudience(const json::object &claims, const std::string &clientId,
                           const std::vector<std::string> &wished)
{
    if (textIn(claims, "sub").empty())
        return invalid("invalid id_token: sub: missing required claim");
    const std::vector<std::string> audiences = *audiencesIn(claims);
    if (audiences.empty())
        return invalid("invalid id_token: aud: missing required claim");
    const auto isWished = [&](const std::string &audience) { return contains(wished, audience); };
    if (!wished.empty() && std::none_of(audiences.begin(), audiences.end(), isWished))
        return invalid("invalid id_token audiences: verifyAudiences: invalid id_token audiences: invalid audience");
    const json::value *party = claims.if_contains("azp");
    const bool isOurs = party && *party == json::value(clientId);
    const std::string tail = "authorized party (" + partyText(party) + ") is not equal client_id (" + clientId +
                             "): invalid authorized party (azp)";
    if (party && !party->is_null() && !isOurs)
        return invalid("invalid id_token: " + tail);
    if (isOurs)
        return {};
    if (audiences.size() > 1)
        return invalid("invalid id_token: multiple audiences and " + tail);
    if (audiences.front() != clientId)
        return invalid("invalid id_token: one audience (" + audiences.front() + ") which is not the client_id (" +
                       clientId + ") and " + tail);
    return {};
}

Result<void> checkAge(const json::object &claims, std::int64_t maxAge, std::int64_t now)
{
    if (maxAge <= 0)
        return {};
    const auto proved = timeIn(claims, "auth_time");
    if (!proved || !*proved)
        return invalid("missing auth_time claim when max age was requested: missing required claim");
    if (**proved < now - maxAge - Skew)
        return invalid("auth_time (" + timeText(**proved) + ") is beyond max age (" + std::to_string(maxAge) + " / " +
                       timeText(now - maxAge) + "): expired auth_time");
    return {};
}

} // namespace

Result<IdToken> checkedIdToken(JwtKeys &keys, const std::string &accessor, const JwtConfig &config,
                               const OpenIdProvider &provider, const std::string &token, const IdTokenWish &wish,
                               Nanoseconds now)
{
    const std::string malformed = "invalid id_token: oidc: malformed jwt: ";
    if (const auto dots = std::count(token.begin(), token.end(), '.'); dots != 2)
        return invalid(malformed + "oidc: malformed jwt, expected 3 parts got " + std::to_string(dots + 1));
    const auto jws = jose::parseJws(token);
    if (!jws)
        return invalid(malformed + jws.error().wire);
    auto claims = parseClaims(jws->payload);
    if (!claims)
        return invalid("invalid id_token: oidc: failed to unmarshal claims: they are no JSON object");
    const auto times = read(*claims);
    if (!times)
        return times.error();
    const std::int64_t seconds = now / Second;
    if (auto right = checkIssuing(*claims, *times, provider, seconds); !right)
        return right.error();
    if (auto right = checkSignature(keys, accessor, config, *jws); !right)
        return right.error();
    if (wish.nonce && !store::equalSecrets(textIn(*claims, "nonce"), *wish.nonce))
        return invalid("invalid id_token nonce: invalid nonce");
    if (times->issued > seconds + Skew)
        return invalid("invalid id_token current time " + timeText(seconds) + " before the iat (issued at) time " +
                       timeText(times->issued) + ": invalid issued at (iat)");
    if (auto right = checkAudience(*claims, config.clientId, wish.audiences); !right)
        return right.error();
    if (auto right = checkAge(*claims, wish.maxAge, seconds); !right)
        return right.error();
    return IdToken{std::move(*claims), *jws->algorithm};
}

Result<void> checkHashes(const IdToken &token, const std::string &accessToken, const std::string &code)
{
    const auto isOf = [&](const char *name, const std::string &text) {
        const json::value *claim = token.claims.if_contains(name);
        return !claim || !claim->is_string() || *claim == json::value(jose::halfHash(token.algorithm, text));
    };
    const std::string differs = "VerifyAccessToken: verifyHashClaim: ";
    if (!isOf("at_hash", accessToken))
        return invalidRequest("access_token failed verification: " + differs +
                              "access_token hash does not match value in id_token");
    if (!isOf("c_hash", code))
        return invalidRequest("code hash failed verification: " + differs +
                              "authorization code hash does not match value in id_token");
    return {};
}

} // namespace kith::auth
