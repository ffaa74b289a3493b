// SPDX-License-Identifier: Apache-2.0
#include "core/TokenJson.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

json::value metaOf(const auth::Token &token)
{
    return token.meta ? json::value_from(*token.meta) : json::value(nullptr);
}

/// `root` swallows all others.
std::vector<std::string> united(const std::vector<std::string> &a, const std::vector<std::string> &b)
{
    if (std::find(a.begin(), a.end(), "root") != a.end())
        return {"root"};
    std::vector<std::string> all;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
    return all;
}

} // namespace

Auth authOf(const auth::Token &token, const std::string &secret, const std::vector<std::string> &identityPolicies,
            std::int64_t seconds)
{
    Auth auth;
    auth.fields = {{"client_token", json::string(secret)},
                   {"accessor", json::string(token.accessor)},
                   {"policies", json::value_from(united(token.policies, identityPolicies))},
                   {"metadata", metaOf(token)},
                   {"lease_duration", seconds},
                   {"renewable", token.renewable},
                   {"entity_id", json::string(token.entityUuid)},
                   {"token_type", auth::tokenTypeName(token.type)},
                   {"orphan", token.isOrphan()},
                   {"mfa_requirement", nullptr},
                   {"num_uses", token.usesGiven}};
    auth.displayName = token.displayName;
    if (!token.policies.empty())
        auth.fields["token_policies"] = json::value_from(token.policies);
    if (!identityPolicies.empty())
        auth.fields["identity_policies"] = json::value_from(identityPolicies);
    return auth;
}

json::object tokenJson(const auth::Token &token, const std::string &id,
                       const std::vector<std::string> &identityPolicies, Nanoseconds now)
{
    json::object object{{"id", json::string(id)},
                        {"accessor", json::string(token.accessor)},
                        {"policies", json::value_from(token.policies)},
                        {"path", json::string(token.path)},
                        {"meta", metaOf(token)},
                        {"display_name", json::string(token.displayName)},
                        {"num_uses", token.uses},
                        {"orphan", token.isOrphan()},
                        {"creation_time", token.created / Second},
                        {"creation_ttl", token.ttl},
                        {"expire_time", nullptr},
                        {"ttl", 0},
                        {"explicit_max_ttl", token.explicitMaxTtl},
                        {"entity_id", json::string(token.entityUuid)},
                        {"type", auth::tokenTypeName(token.type)},
                        {"renewable", token.renewable},
                        {"issue_time", toRfc3339(token.created)}};
    if (token.expires != 0) {
        object["expire_time"] = toRfc3339(token.expires);
        object["ttl"] = std::max<std::int64_t>(0, (token.expires - now) / Second);
    }
    if (token.period != 0)
        object["period"] = token.period;
    if (!token.nsPath.empty())
        object["namespace_path"] = json::string(token.nsPath);
    if (!token.role.empty())
        object["role"] = json::string(token.role);
    if (!token.boundCidrs.empty())
        object["bound_cidrs"] = json::value_from(token.boundCidrs);
    if (token.renewed != 0) {
        object["last_renewal"] = toRfc3339(token.renewed);
        object["last_renewal_time"] = token.renewed / Second;
    }
    if (!identityPolicies.empty()) {
        object["identity_policies"] = json::value_from(identityPolicies);
        object["external_namespace_policies"] = json::object();
    }
    const bool needsNone = !token.inlinePolicy.empty() || token.type == auth::TokenType::Batch;
    if (token.policies.empty() && needsNone) // [Q]
        object["policies"] = nullptr;
    return object;
}

bool isAccessorElsewhere(const Call &call, std::string_view accessor)
{
    for (const std::string_view ofTokens : {"s.", "b."}) // whose dot is none before a namespace
        if (accessor.starts_with(ofTokens))
            accessor.remove_prefix(ofTokens.size());
    const auto dot = accessor.rfind('.');
    if (dot == std::string_view::npos)
        return call.ns() != RootNamespace;
    const auto &all = call.mounts().namespaces();
    return std::any_of(all.begin(), all.end(), [&](const identity::Namespace &each) {
        return each.id != call.ns() && each.id != RootNamespace && each.shortId == accessor.substr(dot + 1);
    });
}

} // namespace kith::core
