// SPDX-License-Identifier: Apache-2.0
#include "core/OidcCall.h"

#include "core/Engine.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

Response raw(json::object body, int status)
{
    Response response = Response::of(std::move(body));
    response.status = status;
    response.body = Body::Raw;
    return response;
}

Response published(json::object body, std::int64_t maxAge)
{
    Response response = raw(std::move(body));
    if (maxAge > 0)
        response.headers.emplace_back("Cache-Control", "max-age=" + std::to_string(maxAge));
    return response;
}

Response oauthError(int status, std::string_view error, std::string_view description)
{
    return raw({{"error", error}, {"error_description", description}}, status);
}

std::optional<EntityId> ownEntity(store::Session &session, const Caller &caller)
{
    const auto id = caller.token ? session.integer("SELECT id FROM entity WHERE uuid = ?", caller.token->entityUuid)
                                 : std::optional<std::int64_t>();
    return id ? std::optional(EntityId{*id}) : std::nullopt;
}

std::string identityIssuer(const Call &call, const std::string &configured)
{
    return providerAddress(call, configured) + "/v1/" + call.space().path + "identity/oidc";
}

std::string providerAddress(const Call &call, const std::string &configured)
{
    return configured.empty() ? call.router().engine().oidc->apiAddress() : configured;
}

std::string providerIssuer(const Call &call, const oidc::Provider &provider)
{
    return identityIssuer(call, provider.issuer) + "/provider/" + provider.name;
}

json::array algorithmNames()
{
    json::array names;
    for (const oidc::Algorithm algorithm : oidc::AllAlgorithms)
        names.emplace_back(oidc::algorithmName(algorithm));
    return names;
}

void makeSet(std::vector<std::string> &names)
{
    std::erase(names, std::string());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

void takeSet(const Call &call, std::string_view name, std::vector<std::string> &names)
{
    auto given = call.list(name);
    if (!given)
        return;
    names = std::move(*given);
    makeSet(names);
}

Error invalidIssuer()
{
    return invalidRequest("invalid issuer, which must include only a scheme, host, and optional port (e.g. "
                          "https://example.com:8200)");
}

Result<std::vector<oidc::NamedKey>> keysByName(const store::Entries &entries, const std::set<std::string> &names)
{
    std::vector<oidc::NamedKey> keys;
    for (const std::string &name : names) {
        auto key = oidc::NamedKeys(entries).find(name);
        if (!key)
            return key.error();
        if (*key)
            keys.push_back(std::move(**key));
    }
    return keys;
}

json::object jwksOf(const std::vector<oidc::NamedKey> &keys, Nanoseconds now)
{
    json::array all;
    for (const oidc::NamedKey &key : keys)
        for (const oidc::NamedKey::Public &each : key.ring)
            if (each.expires == 0 || each.expires > now)
                all.emplace_back(each.jwk);
    return {{"keys", std::move(all)}};
}

} // namespace kith::core
