// SPDX-License-Identifier: Apache-2.0
#include "oidc/Client.h"

#include "store/Text.h"

namespace kith::oidc {

namespace json = boost::json;

namespace {

constexpr std::string_view ClientIds = "oidc/client-id/";

std::string clientIdPlace(std::string_view id)
{
    return std::string(ClientIds).append(id);
}

/// An address at this very machine without its port; empty: it is another's.
std::string withoutLoopbackPort(std::string_view uri)
{
    const auto begin = uri.find("://");
    if (begin == std::string_view::npos)
        return {};
    const std::string_view rest = uri.substr(begin + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    for (const std::string_view host : {"127.0.0.1", "[::1]", "localhost"}) {
        if (!authority.starts_with(host))
            continue;
        const std::string_view port = authority.substr(host.size());
        const bool isPort =
            port.empty() || (port.front() == ':' && port.find_first_not_of("0123456789", 1) == std::string_view::npos);
        if (isPort)
            return std::string(uri.substr(0, begin + 3)).append(host).append(rest.substr(authority.size()));
    }
    return {};
}

} // namespace

json::object Assignment::toJson() const
{
    return {{"entity_ids", json::value_from(entityIds)}, {"group_ids", json::value_from(groupIds)}};
}

Assignment Assignment::fromJson(std::string name, const json::object &object)
{
    return {std::move(name), store::textsIn(object, "entity_ids"), store::textsIn(object, "group_ids")};
}

std::optional<Assignment> Assignment::builtIn(std::string_view name)
{
    if (name != BuiltIns.front())
        return std::nullopt;
    return Assignment{std::string(name), {"*"}, {"*"}};
}

json::object Scope::toJson() const
{
    return {{"template", claims}, {"description", description}};
}

Scope Scope::fromJson(std::string name, const json::object &object)
{
    return {std::move(name), store::textIn(object, "template"), store::textIn(object, "description")};
}

json::object Client::toJson() const
{
    return {{"client_id", id},
            {"client_secret", secret},
            {"public", type == ClientType::Public},
            {"key", key},
            {"redirect_uris", json::value_from(redirectUris)},
            {"assignments", json::value_from(assignments)},
            {"id_token_ttl", idTokenTtl},
            {"access_token_ttl", accessTokenTtl},
            {"authorization_code", authorizationCode},
            {"client_credentials", clientCredentials}};
}

Client Client::fromJson(std::string name, const json::object &object)
{
    Client client;
    client.name = std::move(name);
    client.id = store::textIn(object, "client_id");
    client.secret = store::textIn(object, "client_secret");
    client.type = store::flagIn(object, "public") ? ClientType::Public : ClientType::Confidential;
    client.key = store::textIn(object, "key");
    client.redirectUris = store::textsIn(object, "redirect_uris");
    client.assignments = store::textsIn(object, "assignments");
    client.idTokenTtl = store::numberIn(object, "id_token_ttl");
    client.accessTokenTtl = store::numberIn(object, "access_token_ttl");
    client.authorizationCode = store::flagIn(object, "authorization_code");
    client.clientCredentials = store::flagIn(object, "client_credentials");
    return client;
}

bool Provider::allows(std::string_view clientId) const
{
    return contains(allowedClientIds, "*") || contains(allowedClientIds, clientId);
}

bool Provider::supports(std::string_view scope) const
{
    return contains(scopes, scope);
}

json::object Provider::toJson() const
{
    return {{"issuer", issuer},
            {"allowed_client_ids", json::value_from(allowedClientIds)},
            {"scopes_supported", json::value_from(scopes)}};
}

Provider Provider::fromJson(std::string name, const json::object &object)
{
    return {std::move(name), store::textIn(object, "issuer"), store::textsIn(object, "allowed_client_ids"),
            store::textsIn(object, "scopes_supported")};
}

std::optional<Provider> Provider::builtIn(std::string_view name)
{
    if (name != BuiltIns.front())
        return std::nullopt;
    return Provider{std::string(name), {}, {"*"}, {}};
}

void saveClient(const store::Entries &entries, const Client &client)
{
    entries.put(clientIdPlace(client.id), client.name);
    Clients(entries).save(client);
}

void removeClient(const store::Entries &entries, std::string_view name)
{
    if (const auto client = Clients(entries).find(name); client && *client)
        entries.remove(clientIdPlace((*client)->id));
    Clients(entries).remove(name);
}

Result<std::optional<Client>> findClientById(const store::Entries &entries, std::string_view id)
{
    const auto name = entries.find(clientIdPlace(id));
    if (!name)
        return name.error();
    if (!*name)
        return std::optional<Client>();
    return Clients(entries).find(**name);
}

bool isRegistered(const std::vector<std::string> &redirectUris, std::string_view asked)
{
    if (contains(redirectUris, asked))
        return true;
    const std::string loopback = withoutLoopbackPort(asked);
    return !loopback.empty() && std::any_of(redirectUris.begin(), redirectUris.end(), [&](const std::string &uri) {
        return withoutLoopbackPort(uri) == loopback;
    });
}

} // namespace kith::oidc
