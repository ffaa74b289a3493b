// SPDX-License-Identifier: Apache-2.0
// identity/oidc: identity tokens, introspection, and what is published for their verifiers (spec/engine.md §11).
#include "core/CallerRules.h"
#include "core/OidcCall.h"
#include "core/Routes.h"
#include "oidc/ClaimsTemplate.h"
#include "oidc/Jwt.h"
#include "oidc/Role.h"
#include "store/Text.h"

#include <cstring>

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

/// What a token is made of, before it is signed.
struct Draft {
    oidc::NamedKey::Signer signer;
    json::object claims;
    std::string clientId;
    std::int64_t ttl = 0;
};

Result<Draft> draftToken(const Call &call, const store::Entries &entries, const identity::Snapshot &snapshot)
{
    const std::string name = call.inPath("name");
    const auto role = oidc::Roles(entries).find(name);
    if (!role)
        return role.error();
    if (!*role)
        return invalidRequest("role " + inQuotes(name) + " not found");
    const auto key = oidc::NamedKeys(entries).find((*role)->key);
    if (!key)
        return key.error();
    if (!*key || !(*key)->signing)
        return invalidRequest("key " + inQuotes((*role)->key) + " not found");
    if (!(*key)->allows((*role)->clientId))
        return invalidRequest("the key " + inQuotes((*role)->key) + " does not list the client ID of the role " +
                              inQuotes(name) + " as an allowed client ID");
    const Caller &caller = call.caller();
    if (!caller.token || caller.token->entityUuid.empty())
        return invalidRequest("no entity associated with the request's token");
    const auto entity = ownEntity(snapshot.session, caller);
    if (!entity)
        return rawError("error loading entity ID " + inQuotes(caller.token->entityUuid));
    const policy::TemplateValues values = templateValues(snapshot, *entity);
    const auto issuer = oidc::configuredIssuer(entries);
    if (!issuer)
        return issuer.error();
    Draft draft{*(*key)->signing, {}, (*role)->clientId, std::min((*role)->ttl, (*key)->verificationTtl)};
    // A template that this entity's values don't fit adds nothing; the token is good without.
    draft.claims = oidc::claimsOf((*role)->claims, values).value_or(json::object());
    const std::int64_t now = snapshot.now / Second;
    draft.claims["iss"] = identityIssuer(call, *issuer);
    draft.claims["namespace"] = call.space().shortId;
    draft.claims["sub"] = values.entity->id;
    draft.claims["aud"] = draft.clientId;
    draft.claims["iat"] = now;
    draft.claims["exp"] = now + draft.ttl;
    return draft;
}

Result<Response> giveToken(const Call &call, Engine &engine)
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const std::uint64_t readIn = engine.oidc->generation();
    const auto draft = engine.identities->read([&](const identity::Snapshot &snapshot) {
        return draftToken(call, store::Entries(snapshot.session, **seal, call.mount().id), snapshot);
    });
    if (!draft)
        return draft.error();
    const auto key = engine.oidc->signer(draft->signer, readIn);
    if (!key)
        return key.error();
    return Response::of(json::object{{"client_id", draft->clientId},
                                     {"token", oidc::signedJwt(*key, draft->signer.kid, draft->claims)},
                                     {"ttl", draft->ttl}});
}

/// Fails with status 400 and what is wrong with the token.
Result<void> checkToken(const Call &call, const Engine &engine, const store::Entries &entries, store::Session &session)
{
    const Nanoseconds now = engine.store.clock().now();
    const auto parsed = oidc::parseJwt(call.text("token").value_or(std::string()));
    if (!parsed)
        return invalidRequest("error parsing token: " + parsed.error().wire);
    const auto key = oidc::findPublic(entries, parsed->kid, now);
    if (!key)
        return key.error();
    const Error badSignature = invalidRequest("unable to validate the token signature");
    if (!*key || (*key)->algorithm != parsed->algorithm)
        return badSignature;
    const auto verifier = oidc::KeyPair::fromPublicDer((*key)->algorithm, (*key)->der);
    if (!verifier)
        return verifier.error();
    if (!verifier->verifies(parsed->signedText, parsed->signature))
        return badSignature;
    const auto issuer = oidc::configuredIssuer(entries);
    if (!issuer)
        return issuer.error();
    const std::string client = call.text("client_id").value_or(std::string());
    const auto subject = oidc::subjectOf(
        parsed->payload, {identityIssuer(call, *issuer), client.empty() ? std::nullopt : std::optional(client), now});
    if (!subject)
        return invalidRequest("error validating claims: " + subject.error().wire);
    const auto disabled = session.integer("SELECT disabled FROM entity WHERE uuid = ?", *subject);
    if (!disabled)
        return invalidRequest("entity was not found");
    return *disabled != 0 ? invalidRequest("entity is disabled") : Result<void>();
}

Result<Response> introspect(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto good = checkToken(call, call.router().engine(), entries, session);
        if (good)
            return raw({{"active", true}});
        if (good.error().status != 400)
            return good.error();
        return raw({{"active", false}, {"error", good.error().wire}});
    });
}

Result<Response> discovery(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto configured = oidc::configuredIssuer(entries);
        if (!configured)
            return configured.error();
        const std::string issuer = identityIssuer(call, *configured);
        return published({{"issuer", issuer},
                          {"jwks_uri", issuer + "/.well-known/keys"},
                          {"response_types_supported", {"id_token"}},
                          {"subject_types_supported", {"public"}},
                          {"id_token_signing_alg_values_supported", algorithmNames()}},
                         DiscoveryMaxAge);
    });
}

/// A random number of seconds in which no key that is published goes: not all verifiers are to come back at once.
std::int64_t cacheTime(const std::vector<oidc::NamedKey> &keys)
{
    std::int64_t least = keys.empty() ? 0 : keys.front().rotationPeriod;
    for (const oidc::NamedKey &key : keys)
        least = std::min({least, key.rotationPeriod, key.verificationTtl});
    if (least <= 1)
        return 0;
    std::uint64_t random = 0;
    std::memcpy(&random, store::randomBytes(sizeof random).data(), sizeof random);
    return 1 + static_cast<std::int64_t>(random % static_cast<std::uint64_t>(least - 1));
}

/// The keys that some role uses.
Result<std::vector<oidc::NamedKey>> keysOfRoles(const store::Entries &entries)
{
    const auto roles = oidc::Roles(entries).all();
    if (!roles)
        return roles.error();
    std::set<std::string> names;
    for (const oidc::Role &role : *roles)
        names.insert(role.key);
    return keysByName(entries, names);
}

Result<Response> publicKeys(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const Engine &engine = call.router().engine();
        const bool settled = engine.oidc->isSettled();
        const auto keys = keysOfRoles(entries);
        if (!keys)
            return keys.error();
        return published(jwksOf(*keys, engine.store.clock().now()), settled ? cacheTime(*keys) : 0);
    });
}

} // namespace

std::vector<Route> oidcTokenRoutes()
{
    Route token{"identity/oidc/token/:name", {}, {{Operation::Read, EngineHandler(giveToken)}}};
    token.cost = Cost::Slow;
    Route introspection{
        "identity/oidc/introspect/", {{"token"}, {"client_id"}}, {{Operation::Update, ReadHandler(introspect)}}};
    introspection.cost = Cost::Slow;
    Route keys{"identity/oidc/.well-known/keys/", {}, {{Operation::Read, ReadHandler(publicKeys)}}, Gate::Public};
    keys.cost = Cost::Slow; // every role and its key
    return {std::move(token),
            std::move(introspection),
            {"identity/oidc/.well-known/openid-configuration/",
             {},
             {{Operation::Read, ReadHandler(discovery)}},
             Gate::Public},
            std::move(keys),
            {"identity/oidc/.well-known/:rest*", {}, unsupportedPath(), Gate::Public}};
}

} // namespace kith::core
