// SPDX-License-Identifier: Apache-2.0
// identity/oidc/provider: providers of OpenID Connect, and what they publish (spec/engine.md §12).
#include "core/OidcCall.h"
#include "core/Routes.h"
#include "oidc/ClaimsTemplate.h"
#include "oidc/Client.h"
#include "oidc/Role.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using oidc::Client;
using oidc::Provider;

json::object shownProvider(const Call &call, const Provider &provider)
{
    return {{"allowed_client_ids", json::value_from(provider.allowedClientIds)},
            {"issuer", providerIssuer(call, provider)},
            {"scopes_supported", json::value_from(provider.scopes)}};
}

/// A warning for each claim that two of the scopes give. Fails with status 400: there is no such scope.
Result<std::vector<std::string>> checkScopes(const store::Entries &entries, const std::vector<std::string> &names)
{
    std::vector<std::string> warnings;
    std::map<std::string, std::string> givenBy;
    for (const std::string &name : names) {
        const auto scope = oidc::Scopes(entries).find(name);
        if (!scope)
            return scope.error();
        if (!*scope)
            return invalidRequest("scope " + inQuotes(name) + " does not exist");
        const auto claims = oidc::claimsOf((*scope)->claims, {});
        if (!claims)
            return claims.error();
        for (const auto &claim : *claims)
            if (const auto [first, isNew] = givenBy.emplace(claim.key(), name); !isNew)
                warnings.push_back("Found scope templates with conflicting top-level keys: conflict " +
                                   inQuotes(claim.key()) + " in scopes " + inQuotes(name) + ", " +
                                   inQuotes(first->second) +
                                   ". This may result in an error if the scopes are requested in an OIDC "
                                   "Authentication Request.");
    }
    return warnings;
}

Result<Response> saveProvider(const Call &call, store::WriteSession &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto known = oidc::Providers(entries).find(call.inPath("name"));
        if (!known)
            return known.error();
        Provider provider = known->value_or(Provider());
        provider.name = call.inPath("name");
        Response response;
        if (const auto issuer = call.text("issuer")) {
            if (!issuer->empty() && !oidc::isIssuer(*issuer))
                return invalidIssuer();
            provider.issuer = *issuer;
        }
        if (!provider.issuer.empty())
            response.warnings.emplace_back(IssuerWarning);
        takeSet(call, "allowed_client_ids", provider.allowedClientIds);
        takeSet(call, "scopes_supported", provider.scopes);
        auto conflicts = checkScopes(entries, provider.scopes);
        if (!conflicts)
            return conflicts.error();
        response.warnings.insert(response.warnings.end(), conflicts->begin(), conflicts->end());
        oidc::Providers(entries).save(provider);
        return response.warnings.empty() ? Response::noContent() : response;
    });
}

Result<Response> readProvider(const Call &call, store::Session &session)
{
    return readNamed<oidc::Providers>(call, session,
                                      [&](const Provider &provider) { return shownProvider(call, provider); });
}

Result<Response> listProviders(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto providers = oidc::Providers(entries).all();
        if (!providers)
            return providers.error();
        const std::string client = call.text("allowed_client_id").value_or(std::string());
        json::array keys;
        json::object info;
        for (const Provider &provider : *providers) {
            if (!client.empty() && !provider.allows(client))
                continue;
            keys.emplace_back(provider.name);
            info.emplace(provider.name, shownProvider(call, provider));
        }
        return listOf(std::move(keys), std::move(info));
    });
}

Result<Response> deleteProvider(const Call &call, store::WriteSession &session)
{
    const std::string name = call.inPath("name");
    if (Provider::builtIn(name))
        return invalidRequest("deletion of OIDC provider " + inQuotes(name) + " not allowed");
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        oidc::Providers(entries).remove(name);
        return Response::noContent();
    });
}

json::object discoveryOf(const Call &call, const Provider &provider)
{
    const std::string issuer = providerIssuer(call, provider);
    json::array scopes(provider.scopes.begin(), provider.scopes.end());
    scopes.emplace_back(oidc::Scope::OpenId);
    return {{"issuer", issuer},
            {"jwks_uri", issuer + "/.well-known/keys"},
            {"authorization_endpoint", providerAddress(call, provider.issuer) + "/ui/vault/" + call.space().path +
                                           "identity/oidc/provider/" + provider.name + "/authorize"},
            {"token_endpoint", issuer + "/token"},
            {"userinfo_endpoint", issuer + "/userinfo"},
            {"request_parameter_supported", false},
            {"request_uri_parameter_supported", false},
            {"id_token_signing_alg_values_supported", algorithmNames()},
            {"response_types_supported", {"code"}},
            {"scopes_supported", std::move(scopes)},
            {"claims_supported", json::array()},
            {"subject_types_supported", {"public"}},
            {"grant_types_supported", {"authorization_code"}},
            {"token_endpoint_auth_methods_supported", {"none", "client_secret_basic", "client_secret_post"}}};
}

Result<Response> discovery(const Call &call, store::Session &session)
{
    return ofNamed<oidc::Providers>(call, session,
                                    [&](const store::Entries &, const Provider &provider) -> Result<Response> {
                                        return published(discoveryOf(call, provider), DiscoveryMaxAge);
                                    });
}

/// The keys of the clients that may use the provider.
Result<std::vector<oidc::NamedKey>> keysOf(const store::Entries &entries, const Provider &provider)
{
    const auto clients = oidc::Clients(entries).all();
    if (!clients)
        return clients.error();
    std::set<std::string> names;
    for (const Client &client : *clients)
        if (provider.allows(client.id))
            names.insert(client.key);
    return keysByName(entries, names);
}

Result<Response> publicKeys(const Call &call, store::Session &session)
{
    return ofNamed<oidc::Providers>(call, session,
                                    [&](const store::Entries &entries, const Provider &provider) -> Result<Response> {
                                        const auto keys = keysOf(entries, provider);
                                        if (!keys)
                                            return keys.error();
                                        return published(jwksOf(*keys, call.router().engine().store.clock().now()), 0);
                                    });
}

} // namespace

std::vector<Route> oidcProviderRoutes()
{
    Route provider{"identity/oidc/provider/:name",
                   {{"issuer"}, {"allowed_client_ids", FieldType::List}, {"scopes_supported", FieldType::List}},
                   {{Operation::Read, ReadHandler(readProvider)},
                    {Operation::Update, WriteHandler(saveProvider)},
                    {Operation::Delete, WriteHandler(deleteProvider)}}};
    provider.exists = namedExists<oidc::Providers>;
    Route keys{"identity/oidc/provider/:name/.well-known/keys",
               {},
               {{Operation::Read, ReadHandler(publicKeys)}},
               Gate::Public};
    keys.cost = Cost::Slow; // every client and its key
    return {{"identity/oidc/provider/", {{"allowed_client_id"}}, {{Operation::List, ReadHandler(listProviders)}}},
            {"identity/oidc/provider/:name/.well-known/openid-configuration",
             {},
             {{Operation::Read, ReadHandler(discovery)}},
             Gate::Public},
            std::move(keys),
            {"identity/oidc/provider/:name/.well-known/:rest*", {}, unsupportedPath(), Gate::Public},
            std::move(provider)};
}

} // namespace kith::core
