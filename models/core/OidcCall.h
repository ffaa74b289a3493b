// SPDX-License-Identifier: Apache-2.0
// What the handlers below identity/oidc have in common. Internal to models/core.
#pragma once

#include "core/Caller.h"
#include "core/Router.h"
#include "core/Secrets.h"
#include "oidc/Client.h"
#include "oidc/Oidc.h"

#include <set>

namespace kith::core {

/// One write that may need new keys: `function(const store::Entries &, oidc::KeySupply &, Nanoseconds now)`. Others are
/// told afterwards that keys or roles have changed.
template <class Function>
Result<Response> writeWithKeys(const Call &call, Engine &engine, Function &&function)
{
    auto response = oidc::withKeys(engine.oidc->maker(), [&](oidc::KeySupply &supply) {
        return engine.store.write([&](store::WriteSession &session) -> Result<Response> {
            return withEntries(call, session,
                               [&](const store::Entries &entries) { return function(entries, supply, session.now); });
        });
    });
    if (response)
        engine.oidc->changed();
    return response;
}

/// JSON alone, without the envelope.
Response raw(boost::json::object body, int status = 200);
/// The same that whoever asks may keep for so many seconds; 0: not at all.
Response published(boost::json::object body, std::int64_t maxAge);
inline constexpr std::int64_t DiscoveryMaxAge = 3600;

/// An error as OAuth tells it (RFC 6749 §5.2).
Response oauthError(int status, std::string_view error, std::string_view description);

/// The entity that a token names, if it is there itself: one that was merged into another isn't (spec/engine.md §12).
std::optional<EntityId> ownEntity(store::Session &session, const Caller &caller);

/// Whose issuer it is: the address of the server, or what is configured instead, and the path of identity tokens in the
/// namespace.
std::string identityIssuer(const Call &call, const std::string &configured);
/// "https://host:port" of a provider: its own, or the server's.
std::string providerAddress(const Call &call, const std::string &configured);
/// Whose issuer a provider's tokens name.
std::string providerIssuer(const Call &call, const oidc::Provider &provider);
/// The algorithms that tokens are signed with, as discovery names them.
boost::json::array algorithmNames();

/// Sorted, each once, without empty ones.
void makeSet(std::vector<std::string> &names);
/// A list that the request gives, as a set; null empties it.
void takeSet(const Call &call, std::string_view name, std::vector<std::string> &names);

/// 400: an issuer that is none.
Error invalidIssuer();
/// What is said of every issuer that is set.
inline constexpr std::string_view IssuerWarning =
    "If \"issuer\" is set explicitly, all tokens must be validated against that address, including those issued by "
    "secondary clusters. Setting issuer to \"\" will restore the default behavior of using the cluster's api_addr as "
    "the issuer.";

/// The names of all objects of a kind; none: 404.
template <class Collection>
Result<Response> listOfAll(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        return listOfNames(Collection(entries).names());
    });
}

/// Whether the object that the path names is there.
template <class Collection>
Result<bool> namedExists(const Call &call, store::Session &session)
{
    const auto seal = sealOf(call);
    return seal && Collection(store::Entries(session, **seal, call.mount().id)).contains(call.inPath("name"));
}

/// What `answer(entries, object)` says of the object that the path names; 404 when there is none.
template <class Collection, class Answer>
Result<Response> ofNamed(const Call &call, store::Session &session, Answer &&answer)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Response> {
        const auto object = Collection(entries).find(call.inPath("name"));
        if (!object)
            return object.error();
        return *object ? answer(entries, **object) : notFound();
    });
}

/// Reads the object that the path names: `show(object)` makes the data.
template <class Collection, class Show>
Result<Response> readNamed(const Call &call, store::Session &session, Show &&show)
{
    return ofNamed<Collection>(call, session, [&](const store::Entries &, const auto &object) -> Result<Response> {
        return Response::of(show(object));
    });
}

/// Those of a kind of which `uses(object)` is true.
template <class T, class Uses>
Result<std::vector<T>> usersOf(const store::Entries &entries, Uses &&uses)
{
    auto all = oidc::Collection<T>(entries).all();
    if (all)
        std::erase_if(*all, [&](const T &each) { return !uses(each); });
    return all;
}
/// Of those that refer to a key.
template <class T>
Result<std::vector<T>> usersOfKey(const store::Entries &entries, std::string_view key)
{
    return usersOf<T>(entries, [&](const T &each) { return each.key == key; });
}

/// "a, b".
template <class T>
std::string namesOf(const std::vector<T> &objects)
{
    std::string names;
    for (const T &object : objects)
        names.append(names.empty() ? "" : ", ").append(object.name);
    return names;
}

/// The keys with these names, as far as they are there.
Result<std::vector<oidc::NamedKey>> keysByName(const store::Entries &entries, const std::set<std::string> &names);
/// The public halves of keys as a JWK set; of each key all that hasn't expired.
boost::json::object jwksOf(const std::vector<oidc::NamedKey> &keys, Nanoseconds now);

} // namespace kith::core
