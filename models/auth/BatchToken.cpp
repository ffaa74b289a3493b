// SPDX-License-Identifier: Apache-2.0
#include "auth/BatchToken.h"

#include "auth/TokenColumns.h"
#include "store/Base64.h"

#include <boost/json.hpp>

namespace kith::auth {

namespace json = boost::json;

namespace {

constexpr std::string_view Prefix = "b.";
constexpr std::string_view Place = "batch token";

/// Numbers and texts by one letter each, since the token travels with every request.
json::object contents(const Token &token)
{
    json::object object{{"c", token.created}, {"x", token.expires}, {"l", token.ttl}, {"p", token.path}};
    const auto add = [&](const char *key, json::value value, bool there) {
        if (there)
            object[key] = std::move(value);
    };
    add("o", json::value_from(token.policies), !token.policies.empty());
    add("r", token.parent.value, bool(token.parent));
    add("n", json::string(token.displayName), !token.displayName.empty());
    add("e", json::string(token.entityUuid), !token.entityUuid.empty());
    add("k", json::string(token.role), !token.role.empty());
    add("m", token.mount.value, bool(token.mount));
    add("u", token.uses, token.uses != 0);
    add("i", token.noIdentityPolicies, token.noIdentityPolicies);
    add("b", json::value_from(token.boundCidrs), !token.boundCidrs.empty());
    if (token.meta)
        object["d"] = json::value_from(*token.meta);
    return object;
}

std::int64_t number(const json::object &object, const char *key)
{
    const json::value *value = object.if_contains(key);
    return value && value->is_int64() ? value->get_int64() : 0;
}

std::string text(const json::object &object, const char *key)
{
    const json::value *value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

} // namespace

std::string sealBatchToken(const store::Seal &seal, const Token &token)
{
    return std::string(Prefix) + store::toBase64Url(seal.seal(json::serialize(contents(token)), Place));
}

std::optional<Token> openBatchToken(const store::Seal &seal, std::string_view secret)
{
    if (!looksLikeBatchToken(secret))
        return std::nullopt;
    const auto sealed = store::fromBase64Url(secret.substr(Prefix.size()));
    if (!sealed)
        return std::nullopt;
    const auto opened = seal.open(*sealed, Place);
    if (!opened)
        return std::nullopt;
    const json::value parsed = json::parse(*opened); // it is sealed, so it is ours
    const json::object &object = parsed.as_object();
    Token token;
    token.type = TokenType::Batch;
    token.created = number(object, "c");
    token.expires = number(object, "x");
    token.ttl = number(object, "l");
    token.granted = token.ttl;
    token.path = text(object, "p");
    token.parent = TokenId{number(object, "r")};
    token.displayName = text(object, "n");
    token.entityUuid = text(object, "e");
    token.role = text(object, "k");
    token.mount = MountId{number(object, "m")};
    token.uses = number(object, "u");
    token.usesGiven = token.uses;
    token.noIdentityPolicies = object.if_contains("i") != nullptr;
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
