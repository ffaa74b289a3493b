// SPDX-License-Identifier: Apache-2.0
// identity/oidc: assignments, scopes and clients of the provider of OpenID Connect (spec/engine.md §12).
#include "core/OidcCall.h"
#include "core/Routes.h"
#include "oidc/ClaimsTemplate.h"
#include "oidc/Client.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using oidc::Assignment;
using oidc::Client;
using oidc::ClientType;
using oidc::Scope;

void takeIds(const Call &call, std::string_view name, std::vector<std::string> &ids)
{
    takeSet(call, name, ids);
    for (std::string &id : ids)
        id = foldCase(id);
    makeSet(ids);
}

Result<Response> saveAssignment(const Call &call, store::WriteSession &session)
{
    const std::string name = call.inPath("name");
    if (Assignment::builtIn(name))
        return invalidRequest("modification of assignment " + inQuotes(name) + " not allowed");
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto known = oidc::Assignments(entries).find(name);
        if (!known)
            return known.error();
        Assignment assignment = known->value_or(Assignment());
        assignment.name = name;
        takeIds(call, "entity_ids", assignment.entityIds);
        takeIds(call, "group_ids", assignment.groupIds);
        oidc::Assignments(entries).save(assignment);
        return Response::noContent();
    });
}

Result<Response> readAssignment(const Call &call, store::Session &session)
{
    return readNamed<oidc::Assignments>(call, session, [](const Assignment &each) { return each.toJson(); });
}

Result<Response> deleteAssignment(const Call &call, store::WriteSession &session)
{
    const std::string name = call.inPath("name");
    if (Assignment::builtIn(name))
        return invalidRequest("deletion of assignment " + inQuotes(name) + " not allowed");
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto users =
            usersOf<Client>(entries, [&](const Client &client) { return contains(client.assignments, name); });
        if (!users)
            return users.error();
        if (!users->empty())
            return invalidRequest("unable to delete assignment " + inQuotes(name) +
                                  " because it is currently referenced by these clients: " + namesOf(*users));
        oidc::Assignments(entries).remove(name);
        return Response::noContent();
    });
}

Result<Response> saveScope(const Call &call, store::WriteSession &session)
{
    const std::string name = call.inPath("name");
    if (name == Scope::OpenId)
        return invalidRequest("the \"openid\" scope name is reserved");
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto known = oidc::Scopes(entries).find(name);
        if (!known)
            return known.error();
        Scope scope = known->value_or(Scope());
        scope.name = name;
        scope.description = call.text("description").value_or(scope.description);
        if (const auto claims = call.text("template"))
            scope.claims = oidc::templateText(*claims);
        if (auto good = oidc::checkTemplate(scope.claims); !good)
            return good.error();
        scope.claims = validUtf8(scope.claims);
        oidc::Scopes(entries).save(scope);
        return Response::noContent();
    });
}

Result<Response> readScope(const Call &call, store::Session &session)
{
    return readNamed<oidc::Scopes>(call, session, [](const Scope &each) -> json::object {
        return {{"description", each.description}, {"template", each.claims}};
    });
}

Result<Response> deleteScope(const Call &call, store::WriteSession &session)
{
    const std::string name = call.inPath("name");
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto users =
            usersOf<oidc::Provider>(entries, [&](const oidc::Provider &provider) { return provider.supports(name); });
        if (!users)
            return users.error();
        if (!users->empty())
            return invalidRequest("unable to delete scope " + inQuotes(name) +
                                  " because it is currently referenced by these providers: " + namesOf(*users));
        oidc::Scopes(entries).remove(name);
        return Response::noContent();
    });
}

std::string_view typeName(ClientType type)
{
    return type == ClientType::Public ? "public" : "confidential";
}

json::object shownClient(const Client &client)
{
    return {{"access_token_ttl", client.accessTokenTtl},
            {"assignments", json::value_from(client.assignments)},
            {"authorization_code", client.authorizationCode},
            {"client_credentials", client.clientCredentials},
            {"client_id", client.id},
            {"client_type", typeName(client.type)},
            {"id_token_ttl", client.idTokenTtl},
            {"key", client.key},
            {"redirect_uris", json::value_from(client.redirectUris)}};
}

/// The type may be said once only.
Result<void> takeType(const Call &call, Client &client)
{
    const auto given = call.text("client_type");
    if (!given)
        return {};
    if (!client.id.empty())
        return *given == typeName(client.type) ? Result<void>()
                                               : invalidRequest("client_type modification is not allowed");
    if (*given != "confidential" && *given != "public")
        return invalidRequest("invalid client_type " + inQuotes(*given));
    client.type = *given == "public" ? ClientType::Public : ClientType::Confidential;
    return {};
}

/// What the request says of a client, with its checks in their order.
Result<void> takeClient(const Call &call, const store::Entries &entries, Client &client)
{
    takeSet(call, "redirect_uris", client.redirectUris);
    takeSet(call, "assignments", client.assignments);
    for (const std::string &name : client.assignments)
        if (!oidc::Assignments(entries).contains(name))
            return invalidRequest("assignment " + inQuotes(name) + " does not exist");
    if (const auto key = call.text("key")) {
        if (!client.id.empty() && *key != client.key)
            return invalidRequest("key modification is not allowed");
        client.key = *key;
    }
    client.idTokenTtl = call.seconds("id_token_ttl").value_or(client.idTokenTtl);
    client.accessTokenTtl = call.seconds("access_token_ttl").value_or(client.accessTokenTtl);
    client.authorizationCode = call.flag("authorization_code").value_or(client.authorizationCode);
    client.clientCredentials = call.flag("client_credentials").value_or(client.clientCredentials);
    return {};
}

/// The rest of the checks; the key's signing keys are made when it has none yet.
Result<void> finishClient(const Call &call, const store::Entries &entries, Client &client, oidc::KeySupply &supply,
                          Nanoseconds now)
{
    auto key = oidc::NamedKeys(entries).find(client.key);
    if (!key)
        return key.error();
    if (!*key)
        return invalidRequest("key " + inQuotes(client.key) + " does not exist");
    if (client.idTokenTtl > (*key)->verificationTtl)
        return invalidRequest(
            "a client's id_token_ttl cannot be greater than the verification_ttl of the key it references");
    if (auto taken = takeType(call, client); !taken)
        return taken;
    if (client.clientCredentials && client.type == ClientType::Public)
        return invalidRequest("client_credentials=true is only allowed for client_type=confidential");
    return oidc::prepareKey(entries, **key, supply, now);
}

Result<Response> saveClient(const Call &call, Engine &engine)
{
    return writeWithKeys(
        call, engine, [&](const store::Entries &entries, oidc::KeySupply &supply, Nanoseconds now) -> Result<Response> {
            const auto known = oidc::Clients(entries).find(call.inPath("name"));
            if (!known)
                return known.error();
            Client client = known->value_or(Client());
            client.name = call.inPath("name");
            if (auto taken = takeClient(call, entries, client); !taken)
                return taken.error();
            if (auto prepared = finishClient(call, entries, client, supply, now); !prepared)
                return prepared.error();
            if (client.id.empty()) {
                client.id = store::randomBase62(32);
                if (client.type == ClientType::Confidential)
                    client.secret = "hvo_secret_" + store::randomBase62(64);
            }
            oidc::saveClient(entries, client);
            return Response::noContent();
        });
}

Result<Response> readClient(const Call &call, store::Session &session)
{
    return readNamed<oidc::Clients>(call, session, [](const Client &client) {
        json::object shown = shownClient(client);
        if (client.type == ClientType::Confidential)
            shown["client_secret"] = client.secret;
        return shown;
    });
}

Result<Response> listClients(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto clients = oidc::Clients(entries).all();
        if (!clients)
            return clients.error();
        json::array keys;
        json::object info;
        for (const Client &client : *clients) {
            keys.emplace_back(client.name);
            info.emplace(client.name, shownClient(client));
        }
        return listOf(std::move(keys), std::move(info));
    });
}

Result<Response> deleteClient(const Call &call, store::WriteSession &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        oidc::removeClient(entries, call.inPath("name"));
        return Response::noContent();
    });
}

Route clientRoute()
{
    Route client{"identity/oidc/client/:name",
                 {{"redirect_uris", FieldType::List},
                  {"assignments", FieldType::List},
                  {"key"},
                  {"id_token_ttl", FieldType::Duration},
                  {"access_token_ttl", FieldType::Duration},
                  {"client_type"},
                  {"authorization_code", FieldType::Bool},
                  {"client_credentials", FieldType::Bool}},
                 {{Operation::Read, ReadHandler(readClient)},
                  {Operation::Update, EngineHandler(saveClient)},
                  {Operation::Delete, WriteHandler(deleteClient)}}};
    client.exists = namedExists<oidc::Clients>;
    return client;
}

} // namespace

std::vector<Route> oidcClientRoutes()
{
    Route assignment{"identity/oidc/assignment/:name",
                     {{"entity_ids", FieldType::List}, {"group_ids", FieldType::List}},
                     {{Operation::Read, ReadHandler(readAssignment)},
                      {Operation::Update, WriteHandler(saveAssignment)},
                      {Operation::Delete, WriteHandler(deleteAssignment)}}};
    assignment.exists = namedExists<oidc::Assignments>;
    Route scope{"identity/oidc/scope/:name",
                {{"template"}, {"description"}},
                {{Operation::Read, ReadHandler(readScope)},
                 {Operation::Update, WriteHandler(saveScope)},
                 {Operation::Delete, WriteHandler(deleteScope)}}};
    scope.exists = namedExists<oidc::Scopes>;
    return {{"identity/oidc/assignment/", {}, {{Operation::List, ReadHandler(listOfAll<oidc::Assignments>)}}},
            std::move(assignment),
            {"identity/oidc/scope/", {}, {{Operation::List, ReadHandler(listOfAll<oidc::Scopes>)}}},
            std::move(scope),
            {"identity/oidc/client/", {}, {{Operation::List, ReadHandler(listClients)}}},
            clientRoute()};
}

} // namespace kith::core
