// SPDX-License-Identifier: Apache-2.0
#include "auth/JwtClaims.h"

#include "auth/PolicyNameTemplate.h"
#include "auth/TokenRoles.h"
#include "auth/Tokens.h"
#include "store/GoText.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>

namespace kith::auth {

namespace json = boost::json;

namespace {

constexpr std::int64_t UsualLeeway = 150;
constexpr std::int64_t UsualClockSkew = 60;
constexpr std::size_t MostTexts = 100'000; // somebody is in many groups

Error invalidToken(const std::string &why)
{
    return invalidRequest("error validating token: " + why);
}

std::optional<double> asNumber(const json::value &value)
{
    if (value.is_number())
        return value.to_number<double>();
    if (const auto text = store::keptNumber(value))
        return std::strtod(std::string(*text).c_str(), nullptr);
    return std::nullopt;
}

/// Seconds since 1970; 0: the claim is missing. What lies outside of 64 bits is the earliest time, as in the real
/// server.
Result<std::int64_t> timeClaim(const json::object &claims, std::string_view name)
{
    const json::value *claim = claims.if_contains(name);
    if (!claim || claim->is_null())
        return 0;
    const auto number = asNumber(*claim);
    if (!number)
        return invalidToken("go-jose/go-jose/jwt: expected number value to unmarshal NumericDate");
    constexpr double Limit = 9.2e18;
    return std::abs(*number) < Limit ? static_cast<std::int64_t>(*number) : std::numeric_limits<std::int64_t>::min();
}

/// `iss` and `sub` are texts.
Result<std::string> textClaim(const json::object &claims, std::string_view name)
{
    const json::value *claim = claims.if_contains(name);
    if (!claim || claim->is_null())
        return std::string();
    if (!store::isText(*claim))
        return invalidToken("json: cannot unmarshal " + std::string(store::goTypeOf(*claim)) +
                            " into Go struct field Claims." + std::string(name) + " of type string");
    return std::string(claim->get_string());
}

Result<std::vector<std::string>> audiencesOf(const json::object &claims)
{
    auto audiences = audiencesIn(claims);
    if (!audiences)
        return invalidToken("go-jose/go-jose/jwt: expected string or array value to unmarshal to Audience");
    return std::move(*audiences);
}

/// Of several claims that can't be read the first one is told.
Result<void> checkForms(const json::object &claims)
{
    for (const auto &[name, value] : claims) {
        if (name == "aud") {
            if (const auto audiences = audiencesOf(claims); !audiences)
                return audiences.error();
        } else if (name == "iat" || name == "nbf" || name == "exp") {
            if (const auto time = timeClaim(claims, name); !time)
                return time.error();
        }
    }
    return {};
}

std::int64_t leeway(std::int64_t wished, std::int64_t usual)
{
    return wished == 0 ? usual : std::max<std::int64_t>(wished, 0);
}

std::int64_t sum(std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    return __builtin_add_overflow(a, b, &result)
               ? (a < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max())
               : result;
}

/// What is missing of a beginning and an end is made up from the other claims.
Result<void> checkTimes(const json::object &claims, const JwtRole &role, std::int64_t now)
{
    const auto issued = timeClaim(claims, "iat");
    if (!issued)
        return issued.error();
    auto begin = timeClaim(claims, "nbf");
    if (!begin)
        return begin.error();
    auto end = timeClaim(claims, "exp");
    if (!end)
        return end.error();
    if (*issued == 0 && *begin == 0 && *end == 0)
        return invalidToken("no issued at (iat), not before (nbf), or expiration time (exp) claims in token");
    if (*end == 0)
        *end = sum(std::max(*issued, *begin), leeway(role.expirationLeeway, UsualLeeway));
    if (*begin == 0)
        *begin = *issued != 0 ? *issued : sum(*end, -leeway(role.notBeforeLeeway, UsualLeeway));
    const std::int64_t skew = leeway(role.clockSkewLeeway, UsualClockSkew);
    if (sum(now, skew) < *begin)
        return invalidToken("invalid not before (nbf) claim: token not yet valid");
    if (now > sum(*end, skew))
        return invalidToken("invalid expiration time (exp) claim: token is expired");
    if (*issued != 0 && sum(now, skew) < *issued)
        return invalidToken("invalid issued at (iat) claim: token issued in the future");
    return {};
}

/// A list is the values that it holds.
std::vector<json::value> valuesOf(const json::value &value)
{
    if (const json::array *list = value.if_array())
        return {list->begin(), list->end()};
    return {value};
}

/// Texts, flags, numbers, and lists of anything can be compared.
Result<void> checkComparable(const json::value &value, std::string_view what)
{
    if (value.is_object() || value.is_null())
        return invalidRequest("error validating claims: " + std::string(what) +
                              " is not a string, bool, int or list: " + store::goText(value));
    return {};
}

/// [Q] What of a number the real server compares: a whole one of 64 bits, cut from a float.
std::string comparedText(double number)
{
    constexpr double End = 9223372036854775808.0; // the first that doesn't fit
    const bool fits = number < End && number >= -End;
    return std::to_string(fits ? static_cast<std::int64_t>(number) : std::numeric_limits<std::int64_t>::min());
}

/// Whether any of what a claim has is bound. [Q] A number matches where the claim is one, and the bound number is
/// written so; not where a claim lists it. Lists and objects in lists match nothing; the real server breaks off there.
bool fits(const json::value &claim, const json::value &bound)
{
    const auto number = asNumber(claim);
    const std::vector<json::value> wanted = valuesOf(bound);
    const auto isWanted = [&](const json::value &value) {
        if (asNumber(value) || value.is_structured())
            return false;
        return std::find(wanted.begin(), wanted.end(), value) != wanted.end();
    };
    if (number)
        return std::any_of(wanted.begin(), wanted.end(), [text = comparedText(*number)](const json::value &value) {
            return asNumber(value) && store::goText(value) == text;
        });
    const std::vector<json::value> values = valuesOf(claim);
    return std::any_of(values.begin(), values.end(), isWanted);
}

/// A value as Go writes it for a directive that is meant for numbers: of a text for %s that says %expVal by mistake.
std::string strayDirective(const json::value &value)
{
    std::string text;
    const auto add = [&](const std::string &one) { text += (text.empty() ? "" : " ") + one; };
    if (const json::array *list = value.if_array()) {
        for (const json::value &one : *list)
            add(strayDirective(one));
        return "[" + text + "]";
    }
    if (const json::object *members = value.if_object()) {
        std::map<std::string, std::string> sorted;
        for (const auto &[name, one] : *members)
            sorted[name] = "%!e(string=" + std::string(name) + "):" + strayDirective(one);
        for (const auto &[name, one] : sorted)
            add(one);
        return "map[" + text + "]";
    }
    if (value.is_null())
        return "%!e(<nil>)";
    const std::string_view type = value.is_bool() ? "bool" : asNumber(value) ? "json.Number" : "string";
    return "%!e(" + std::string(type) + "=" + store::goText(value) + ")";
}

/// Whether any of what a claim has fits a bound pattern. Fails at the first of these that is no text, unless one before
/// it fits.
Result<bool> fitsPatterns(const json::value &claim, const json::value &bound)
{
    const std::vector<json::value> values = valuesOf(claim);
    for (const json::value &pattern : valuesOf(bound)) {
        if (!store::isText(pattern) && !values.empty())
            return invalidRequest(
                "error validating claims: received claim is not a glob string: " + strayDirective(pattern) + "xpVal");
        if (std::any_of(values.begin(), values.end(), [&](const json::value &value) {
                return store::isText(value) && fitsGlob(pattern.get_string(), value.get_string());
            }))
            return true;
    }
    return false;
}

Result<std::vector<std::string>> groupsOf(const json::object &claims, const std::string &name)
{
    const json::value *claim = claimAt(claims, name);
    if (!claim)
        return invalidRequest("failed to fetch groups: " + inQuotes(name) + " claim not found in token");
    if (claim->is_object())
        return invalidRequest(inQuotes(name) + " claim could not be converted to string list");
    std::vector<std::string> groups;
    for (const json::value &value : valuesOf(*claim)) {
        if (!store::isText(value))
            return invalidRequest("value " + store::goText(value) + " in groups claim could not be parsed as string");
        groups.emplace_back(value.get_string());
    }
    return groups;
}

Result<std::map<std::string, std::string>> metadataOf(const json::object &claims, const JwtRole &role,
                                                      const std::string &roleName)
{
    std::map<std::string, std::string> metadata{{"role", roleName}};
    if (!role.claimMappings)
        return metadata;
    for (const auto &[name, key] : *role.claimMappings) {
        const json::value *claim = claimAt(claims, name);
        if (!claim)
            continue;
        if (!store::isText(*claim))
            return invalidRequest("error converting claim '" + name + "' to string");
        metadata[key] = std::string(claim->get_string());
    }
    return metadata;
}

} // namespace

Result<json::object> parseClaims(std::string_view payload)
{
    store::JsonLimits limits;
    limits.strings = MostTexts;
    auto parsed = store::readJson(payload, limits);
    if (!parsed || !(parsed->is_object() || parsed->is_null()))
        return invalidToken("error verifying token signature: no known key successfully validated the token signature");
    return parsed->is_object() ? std::move(parsed->get_object()) : json::object();
}

std::optional<std::vector<std::string>> audiencesIn(const json::object &claims)
{
    const json::value *claim = claims.if_contains("aud");
    if (!claim)
        return std::vector<std::string>();
    if (store::isText(*claim))
        return std::vector<std::string>{std::string(claim->get_string())};
    const json::array *list = claim->if_array();
    if (!list || !std::all_of(list->begin(), list->end(), store::isText))
        return std::nullopt;
    return store::textsIn(claims, "aud");
}

const json::value *claimAt(const json::object &claims, const std::string &name)
{
    if (name.empty() || name.front() != '/') {
        const json::value *claim = claims.if_contains(name);
        return claim && !claim->is_null() ? claim : nullptr;
    }
    // A pointer walks from a value; the object's own members are its first step.
    const auto end = name.find('/', 1);
    std::string first = name.substr(1, end == std::string::npos ? end : end - 1);
    for (const auto &[escaped, character] : {std::pair("~1", "/"), std::pair("~0", "~")})
        for (auto at = first.find(escaped); at != std::string::npos; at = first.find(escaped, at + 1))
            first.replace(at, 2, character);
    const json::value *claim = claims.if_contains(first);
    if (claim && end != std::string::npos) {
        boost::system::error_code failure;
        claim = claim->find_pointer(name.substr(end), failure);
    }
    return claim && !claim->is_null() ? claim : nullptr;
}

Result<void> checkToken(const json::object &claims, jose::SignatureAlgorithm algorithm, const JwtConfig &config,
                        const JwtRole &role, Nanoseconds now)
{
    constexpr Nanoseconds Second = 1'000'000'000;
    if (auto readable = checkForms(claims); !readable)
        return readable;
    const auto issuer = textClaim(claims, "iss");
    if (!issuer)
        return issuer.error();
    const auto subject = textClaim(claims, "sub");
    if (!subject)
        return subject.error();
    const auto audiences = audiencesOf(claims);
    if (!audiences)
        return audiences.error();
    if (!config.boundIssuer.empty() && *issuer != config.boundIssuer)
        return invalidToken("invalid issuer (iss) claim");
    if (!role.boundSubject.empty() && *subject != role.boundSubject)
        return invalidToken("invalid subject (sub) claim");
    const auto bound = role.boundAudiences.value_or(std::vector<std::string>());
    const auto isBound = [&](const std::string &audience) { return contains(bound, audience); };
    if (!bound.empty() && std::none_of(audiences->begin(), audiences->end(), isBound))
        return invalidToken("invalid audience (aud) claim: audience claim does not match any expected audience");
    if (!config.algorithms.empty() && !contains(config.algorithms, jose::algorithmName(algorithm)))
        return invalidToken("invalid algorithm (alg) header parameter: token signed with unexpected algorithm");
    if (auto timely = checkTimes(claims, role, now / Second); !timely)
        return timely;
    if (bound.empty() && !audiences->empty())
        return invalidRequest("audience claim found in JWT but no audiences bound to the role");
    return {};
}

Result<void> checkBoundClaims(const json::object &claims, const JwtRole &role)
{
    if (!role.boundClaims)
        return {};
    for (const auto &[name, wanted] : *role.boundClaims) {
        const json::value *claim = claimAt(claims, name);
        if (!claim)
            return invalidRequest("error validating claims: claim " + inQuotes(name) + " is missing");
        if (auto right = checkComparable(*claim, "received claim"); !right)
            return right;
        if (auto right = checkComparable(wanted, "bound claim"); !right)
            return right;
        const auto fine =
            role.boundClaimsType == "glob" ? fitsPatterns(*claim, wanted) : Result<bool>(fits(*claim, wanted));
        if (!fine)
            return fine.error();
        if (!*fine)
            return invalidRequest("error validating claims: claim " + inQuotes(name) +
                                  " does not match any associated bound claim values");
    }
    return {};
}

Result<Login> loginOf(const json::object &claims, const JwtRole &role, const std::string &roleName)
{
    const json::value *user = role.userClaimIsPointer || role.userClaim.empty() || role.userClaim.front() != '/'
                                  ? claimAt(claims, role.userClaim)
                                  : claims.if_contains(role.userClaim);
    if (!user || user->is_null())
        return invalidRequest("claim " + inQuotes(role.userClaim) + " not found in token");
    if (!store::isText(*user))
        return invalidRequest("claim " + inQuotes(role.userClaim) + " could not be converted to string");
    auto metadata = metadataOf(claims, role, roleName);
    if (!metadata)
        return metadata.error();
    Login login;
    login.aliasName = std::string(user->get_string());
    login.displayName = login.aliasName;
    login.token = role.token;
    if (role.templatePolicies)
        for (std::string &policy : login.token.policies)
            policy = filledPolicyName(policy, claims);
    login.groupAliases.emplace();
    if (!role.groupsClaim.empty()) {
        auto groups = groupsOf(claims, role.groupsClaim);
        if (!groups)
            return groups.error();
        login.groupAliases = std::move(*groups);
    }
    login.renewal = {{"role", roleName}};
    login.meta = *metadata;
    login.aliasMetadata = std::move(*metadata);
    return login;
}

} // namespace kith::auth
