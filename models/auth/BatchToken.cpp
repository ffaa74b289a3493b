// SPDX-License-Identifier: Apache-2.0
#include "auth/BatchToken.h"

#include "auth/TokenColumns.h"
#include "store/Base64.h"
#include "store/Json.h"

#include <boost/json.hpp>

#include <algorithm>

namespace kith::auth {

namespace json = boost::json;

namespace {

constexpr std::string_view Prefix = "b.";
constexpr std::string_view Place = "batch token";

/// Numbers and texts by one letter each, since the token travels with every request.
json::object contents(const Token &token, const std::string &suffix)
{
    json::object object{{"c", token.created}, {"x", token.expires}, {"l", token.ttl}, {"p", token.path}};
    const auto add = [&](const char *key, json::value value, bool there) {
        if (there)
            object[key] = std::move(value);
    };
    add("w", json::string(suffix), !suffix.empty());
    add("o", json::value_from(token.policies), !token.policies.empty());
    add("r", token.parent.value, bool(token.parent));
    add("n", json::string(token.displayName), !token.displayName.empty());
    add("e", json::string(token.entityUuid), !token.entityUuid.empty());
    add("k", json::string(token.role), !token.role.empty());
    add("m", token.mount.value, bool(token.mount));
    add("i", token.noIdentityPolicies, token.noIdentityPolicies);
    add("b", json::value_from(token.boundCidrs), !token.boundCidrs.empty());
    add("s", json::string(token.inlinePolicy), !token.inlinePolicy.empty());
    add("g", json::string(token.accessGrant), !token.accessGrant.empty());
    if (token.meta)
        object["d"] = json::value_from(*token.meta);
    return object;
}

} // namespace

std::string sealBatchToken(const store::Seal &seal, const Token &token, const std::string &suffix)
{
    return std::string(Prefix) + store::toBase64Url(seal.seal(json::serialize(contents(token, suffix)), Place)) +
           suffix;
}

std::optional<Token> openBatchToken(const store::Seal &seal, std::string_view secret, std::string &suffix)
{
    if (!looksLikeBatchToken(secret))
        return std::nullopt;
    secret.remove_prefix(Prefix.size());
    const std::string_view end = secret.substr(std::min(secret.find('.'), secret.size()));
    const auto sealed = store::fromBase64Url(secret.substr(0, secret.size() - end.size()));
    if (!sealed)
        return std::nullopt;
    const auto opened = seal.open(*sealed, Place);
    if (!opened)
        return std::nullopt;
    const json::value parsed = json::parse(*opened); // it is sealed, so it is ours
    const json::object &object = parsed.as_object();
    suffix = store::textIn(object, "w");
    if (suffix != end)
        return std::nullopt;
    Token token;
    token.type = TokenType::Batch;
    token.created = store::numberIn(object, "c");
    token.expires = store::numberIn(object, "x");
    token.ttl = store::numberIn(object, "l");
    token.granted = token.ttl;
    token.path = store::textIn(object, "p");
    token.parent = TokenId{store::numberIn(object, "r")};
    token.displayName = store::textIn(object, "n");
    token.entityUuid = store::textIn(object, "e");
    token.role = store::textIn(object, "k");
    token.mount = MountId{store::numberIn(object, "m")};
    token.noIdentityPolicies = object.if_contains("i") != nullptr;
    token.inlinePolicy = store::textIn(object, "s");
    token.accessGrant = store::textIn(object, "g");
    if (const json::value *list = object.if_contains("o"))
        token.policies = textsOf(*list);
    if (const json::value *list = object.if_contains("b"))
        token.boundCidrs = textsOf(*list);
    if (const json::value *meta = object.if_contains("d"))
        token.meta = pairsOf(*meta);
    return token;
}

bool looksLikeBatchToken(std::string_view secret)
{
    return secret.starts_with(Prefix);
}

} // namespace kith::auth
