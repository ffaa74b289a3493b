// SPDX-License-Identifier: Apache-2.0
// identity/oidc: the issuer, named keys and roles of identity tokens (spec/engine.md §11).
#include "core/OidcCall.h"
#include "core/Routes.h"
#include "oidc/ClaimsTemplate.h"
#include "oidc/Client.h"
#include "oidc/Role.h"
#include "oidc/Time.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using oidc::NamedKey;
using oidc::Role;

Result<Response> readConfig(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto issuer = oidc::configuredIssuer(entries);
        if (!issuer)
            return issuer.error();
        return Response::of(json::object{{"issuer", *issuer}});
    });
}

Result<Response> saveConfig(const Call &call, store::WriteSession &session)
{
    const auto issuer = call.text("issuer");
    if (!issuer)
        return Response::noContent();
    if (!issuer->empty() && !oidc::isIssuer(*issuer))
        return invalidIssuer();
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        oidc::configureIssuer(entries, *issuer);
        Response response;
        if (issuer->empty())
            return Response::noContent();
        response.warnings.emplace_back(IssuerWarning);
        return response;
    });
}

/// Tokens may not outlive what they are verified with.
Result<void> checkUsers(const store::Entries &entries, const NamedKey &key)
{
    const auto roles = usersOfKey<Role>(entries, key.name);
    if (!roles)
        return roles.error();
    const auto clients = usersOfKey<oidc::Client>(entries, key.name);
    if (!clients)
        return clients.error();
    const auto refuse = [&](const std::string &whom) {
        return invalidRequest("unable to update key " + inQuotes(key.name) +
                              " because it is currently referenced by one or more " + whom + " greater than " +
                              std::to_string(key.verificationTtl) + " seconds");
    };
    if (std::any_of(roles->begin(), roles->end(), [&](const Role &role) { return role.ttl > key.verificationTtl; }))
        return refuse("roles with a token ttl");
    if (std::any_of(clients->begin(), clients->end(),
                    [&](const oidc::Client &client) { return client.idTokenTtl > key.verificationTtl; }))
        return refuse("clients with an id_token_ttl");
    return {};
}

/// What the request says of a key, with its checks in their order.
Result<void> takeSettings(const Call &call, const store::Entries &entries, NamedKey &key)
{
    if (auto ids = call.list("allowed_client_ids"))
        key.allowedClientIds = std::move(*ids);
    key.rotationPeriod = call.seconds("rotation_period").value_or(key.rotationPeriod);
    if (key.rotationPeriod < 60)
        return invalidRequest("rotation_period must be at least one minute");
    key.verificationTtl = call.seconds("verification_ttl").value_or(key.verificationTtl);
    if (key.verificationTtl > 10 * key.rotationPeriod)
        return invalidRequest("verification_ttl cannot be longer than 10x rotation_period");
    if (auto fits = checkUsers(entries, key); !fits)
        return fits;
    if (const auto name = call.text("algorithm")) {
        const auto algorithm = oidc::algorithmOf(*name);
        if (!algorithm)
            return invalidRequest("unknown signing algorithm " + inQuotes(*name));
        key.algorithm = *algorithm;
    }
    return {};
}

Result<Response> saveNamedKey(const Call &call, Engine &engine)
{
    return writeWithKeys(
        call, engine, [&](const store::Entries &entries, oidc::KeySupply &supply, Nanoseconds now) -> Result<Response> {
            const auto known = oidc::NamedKeys(entries).find(call.inPath("name"));
            if (!known)
                return known.error();
            NamedKey key = known->value_or(NamedKey());
            key.name = call.inPath("name");
            if (auto taken = takeSettings(call, entries, key); !taken)
                return taken.error();
            if (auto ensured = key.ensureKeys(supply, now); !ensured)
                return ensured.error();
            key.nextRotation = std::min(key.nextRotation, oidc::after(now, key.rotationPeriod));
            oidc::saveKey(entries, key);
            return Response::noContent();
        });
}

Result<Response> readNamedKey(const Call &call, store::Session &session)
{
    return readNamed<oidc::NamedKeys>(call, session, [](const NamedKey &key) -> json::object {
        return {{"algorithm", oidc::algorithmName(key.algorithm)},
                {"allowed_client_ids", json::value_from(key.allowedClientIds)},
                {"rotation_period", key.rotationPeriod},
                {"verification_ttl", key.verificationTtl}};
    });
}

Result<Response> deleteNamedKey(const Call &call, Engine &engine)
{
    const std::string name = call.inPath("name");
    if (NamedKey::builtIn(name))
        return invalidRequest("deletion of key " + inQuotes(name) + " not allowed");
    return writeWithKeys(call, engine,
                         [&](const store::Entries &entries, oidc::KeySupply &, Nanoseconds) -> Result<Response> {
                             const auto roles = usersOfKey<Role>(entries, name);
                             const auto clients = usersOfKey<oidc::Client>(entries, name);
                             if (!roles || !clients)
                                 return roles ? clients.error() : roles.error();
                             const std::string begin = "unable to delete key " + inQuotes(name) +
                                                       " because it is currently referenced by these ";
                             if (!roles->empty())
                                 return invalidRequest(begin + "roles: " + namesOf(*roles));
                             if (!clients->empty())
                                 return invalidRequest(begin + "clients: " + namesOf(*clients));
                             const auto key = oidc::NamedKeys(entries).find(name);
                             if (!key)
                                 return key.error();
                             if (*key)
                                 oidc::removeKey(entries, **key);
                             return Response::noContent();
                         });
}

Result<Response> rotateNamedKey(const Call &call, Engine &engine)
{
    const std::string name = call.inPath("name");
    return writeWithKeys(
        call, engine, [&](const store::Entries &entries, oidc::KeySupply &supply, Nanoseconds now) -> Result<Response> {
            auto key = oidc::NamedKeys(entries).find(name);
            if (!key)
                return key.error();
            if (!*key)
                return invalidRequest("no named key found at " + inQuotes(name));
            const std::int64_t seconds = call.seconds("verification_ttl").value_or((*key)->verificationTtl);
            if (auto rotated = (*key)->rotate(supply, now, seconds); !rotated)
                return rotated.error();
            oidc::saveKey(entries, **key);
            return Response::noContent();
        });
}

/// The key of a role that is to be saved; its signing keys are made when it has none yet.
Result<void> takeKey(const store::Entries &entries, const Role &role, oidc::KeySupply &supply, Nanoseconds now)
{
    auto key = oidc::NamedKeys(entries).find(role.key);
    if (!key)
        return key.error();
    if (!*key)
        return invalidRequest("cannot find key " + inQuotes(role.key));
    if (role.ttl > (*key)->verificationTtl)
        return invalidRequest("a role's token ttl cannot be longer than the verification_ttl of the key it references");
    return oidc::prepareKey(entries, **key, supply, now);
}

Result<Response> saveRole(const Call &call, Engine &engine)
{
    return writeWithKeys(
        call, engine, [&](const store::Entries &entries, oidc::KeySupply &supply, Nanoseconds now) -> Result<Response> {
            const auto known = oidc::Roles(entries).find(call.inPath("name"));
            if (!known)
                return known.error();
            Role role = known->value_or(Role());
            role.name = call.inPath("name");
            role.key = call.text("key").value_or(role.key);
            if (role.key.empty())
                return invalidRequest("the key parameter is required");
            if (const auto claims = call.text("template"))
                role.claims = oidc::templateText(*claims);
            if (auto good = oidc::checkTemplate(role.claims); !good)
                return good.error();
            role.claims = validUtf8(role.claims);
            role.ttl = call.seconds("ttl").value_or(role.ttl);
            if (auto taken = takeKey(entries, role, supply, now); !taken)
                return taken.error();
            role.clientId = call.text("client_id").value_or(role.clientId);
            if (role.clientId.empty())
                role.clientId = store::randomBase62(26);
            oidc::Roles(entries).save(role);
            return Response::noContent();
        });
}

Result<Response> readRole(const Call &call, store::Session &session)
{
    return readNamed<oidc::Roles>(call, session, [](const Role &role) -> json::object {
        return {{"client_id", role.clientId}, {"key", role.key}, {"template", role.claims}, {"ttl", role.ttl}};
    });
}

Result<Response> deleteRole(const Call &call, Engine &engine)
{
    return writeWithKeys(call, engine,
                         [&](const store::Entries &entries, oidc::KeySupply &, Nanoseconds) -> Result<Response> {
                             oidc::Roles(entries).remove(call.inPath("name"));
                             return Response::noContent();
                         });
}

} // namespace

std::vector<Route> oidcKeyRoutes()
{
    Route key{"identity/oidc/key/:name",
              {{"algorithm"},
               {"allowed_client_ids", FieldType::List},
               {"rotation_period", FieldType::Duration},
               {"verification_ttl", FieldType::Duration}},
              {{Operation::Read, ReadHandler(readNamedKey)},
               {Operation::Update, EngineHandler(saveNamedKey)},
               {Operation::Delete, EngineHandler(deleteNamedKey)}}};
    key.exists = namedExists<oidc::NamedKeys>;
    Route role{"identity/oidc/role/:name",
               {{"key"}, {"template"}, {"ttl", FieldType::Duration}, {"client_id"}},
               {{Operation::Read, ReadHandler(readRole)},
                {Operation::Update, EngineHandler(saveRole)},
                {Operation::Delete, EngineHandler(deleteRole)}}};
    role.exists = namedExists<oidc::Roles>;
    return {{"identity/oidc/config/",
             {{"issuer"}},
             {{Operation::Read, ReadHandler(readConfig)}, {Operation::Update, WriteHandler(saveConfig)}}},
            {"identity/oidc/key/", {}, {{Operation::List, ReadHandler(listOfAll<oidc::NamedKeys>)}}},
            {"identity/oidc/key/:name/rotate/",
             {{"verification_ttl", FieldType::Duration}},
             {{Operation::Update, EngineHandler(rotateNamedKey)}}},
            std::move(key),
            {"identity/oidc/role/", {}, {{Operation::List, ReadHandler(listOfAll<oidc::Roles>)}}},
            std::move(role)};
}

} // namespace kith::core
