// SPDX-License-Identifier: Apache-2.0
#include "core/Callers.h"

#include "auth/Tokens.h"
#include "core/CallerRules.h"

#include <algorithm>
#include <utility>

namespace kith::core {

namespace {

/// Rules of so many tokens are kept; an entry takes some 20 KB.
constexpr std::size_t MostEntries = 4096;

Error permissionDenied()
{
    return {ErrorCode::PermissionDenied, 403, "permission denied", {}};
}

/// Whether its entity, which it is to have one of, is gone, disabled or another namespace's ([Q] a parent's, too).
template <class Entity>
bool isBarred(const auth::Token &token, const Entity &entity)
{
    return !token.entityUuid.empty() && (!entity || entity->disabled || entity->ns != token.ns);
}

} // namespace

struct Callers::Loaded {
    Caller caller;
    EntityId entity;
    Nanoseconds until = 0;
};

Callers::Callers(identity::Identities &identities, store::Keyring &keyring)
    : m_identities(identities), m_keyring(keyring)
{}

Result<Callers::Loaded> Callers::load(const identity::Snapshot &snapshot, auth::Token token) const
{
    Loaded loaded;
    if (!token.entityUuid.empty()) {
        const auto entity = entityOf(snapshot.session, token.entityUuid);
        loaded.entity = entity ? entity->id : EntityId();
        loaded.caller.barred = isBarred(token, entity);
    }
    CallerRules rules(snapshot, m_identities.policies(), loaded.entity, token.ns);
    loaded.caller.tokenPolicies = token.policies;
    rules.add(token.policies);
    if (!token.inlinePolicy.empty())
        if (auto added = rules.addText(token.inlinePolicy); !added)
            return added.error();
    if (!token.noIdentityPolicies)
        loaded.caller.identityPolicies = rules.addIdentityPolicies();
    auto acl = rules.acl();
    if (!acl)
        return acl.error();
    if (!loaded.caller.barred)
        loaded.caller.acl = std::move(*acl);
    loaded.until = rules.until();
    loaded.caller.entity = loaded.entity;
    loaded.caller.token = std::move(token);
    return loaded;
}

Result<std::shared_ptr<const Caller>> Callers::find(std::string_view secret)
{
    const auto held = m_keyring.unsealed();
    if (!held)
        return held.error();
    const std::shared_ptr<const store::Seal> &seal = *held;
    const Nanoseconds now = m_identities.store().clock().now();
    const std::string digest = seal->digest(secret);
    std::uint64_t generation = 0;
    {
        const std::lock_guard lock(m_mutex);
        generation = m_generation;
        if (const auto known = m_entries.find(digest); known != m_entries.end()) {
            const Entry &entry = known->second;
            if (!entry.caller->token->isExpired(now) && (entry.until == 0 || now < entry.until))
                return entry.caller;
            drop(digest);
        }
    }
    auto loaded = m_identities.read([&](const identity::Snapshot &snapshot) -> Result<Loaded> {
        auto token = auth::findToken(snapshot.session, *seal, secret, snapshot.now);
        if (!token)
            return permissionDenied();
        return load(snapshot, std::move(*token));
    });
    if (!loaded) {
        if (loaded.error().wire.starts_with(TemplateFailure))
            return Error{ErrorCode::PermissionDenied, 400, "Forbidden", loaded.error().wire};
        return loaded.error();
    }
    Entry entry{std::make_shared<const Caller>(std::move(loaded->caller)), loaded->entity, loaded->until};
    Shared caller = entry.caller;
    if (caller->token->uses == 0 && !caller->barred)
        keep(digest, std::move(entry), generation);
    return caller;
}

Result<Caller> Callers::of(const auth::Token &token)
{
    return m_identities.read([&](const identity::Snapshot &snapshot) -> Result<Caller> {
        if (isBarred(token, entityOf(snapshot.session, token.entityUuid)))
            return permissionDenied(); // before its policies are looked at, which may be faulty
        auto loaded = load(snapshot, token);
        if (!loaded)
            return loaded.error();
        return std::move(loaded->caller);
    });
}

/// Not when a commit came since the reading began: it may have changed what was read.
void Callers::keep(const std::string &digest, Entry entry, std::uint64_t generation)
{
    const std::lock_guard lock(m_mutex);
    if (generation != m_generation)
        return;
    if (m_entries.size() >= MostEntries) {
        m_entries.clear();
        m_byEntity.clear();
        m_byToken.clear();
    }
    const auth::Token &token = *entry.caller->token;
    const EntityId entity = entry.entity;
    const TokenId id = token.id ? token.id : token.parent;
    if (!m_entries.try_emplace(digest, std::move(entry)).second)
        return;
    if (entity)
        m_byEntity.emplace(entity, digest);
    if (id)
        m_byToken.emplace(id, digest);
}

void Callers::drop(const std::string &digest)
{
    const auto found = m_entries.find(digest);
    if (found == m_entries.end())
        return;
    const auto forget = [&](auto &index, auto key) {
        const auto [begin, end] = index.equal_range(key);
        const auto mine = std::find_if(begin, end, [&](const auto &pair) { return pair.second == digest; });
        if (mine != end)
            index.erase(mine);
    };
    const auth::Token &token = *found->second.caller->token;
    forget(m_byEntity, found->second.entity);
    forget(m_byToken, token.id ? token.id : token.parent);
    m_entries.erase(found);
}

void Callers::follow(const ChangeSet &changes)
{
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    if (changes.everything || changes.mounts || !changes.policies.empty()) {
        m_entries.clear();
        m_byEntity.clear();
        m_byToken.clear();
        return;
    }
    // What groups give has only who is somebody: tokens without an entity, as of programs and operators, stay known.
    if (!changes.groups.empty() || !changes.subgroups.empty())
        for (const auto &[entity, digest] : std::exchange(m_byEntity, {}))
            drop(digest);
    if (m_entries.empty())
        return;
    const auto dropAll = [&](auto &index, auto key) {
        const auto [begin, end] = index.equal_range(key);
        std::vector<std::string> digests;
        std::transform(begin, end, std::back_inserter(digests), [](const auto &pair) { return pair.second; });
        for (const std::string &digest : digests)
            drop(digest);
    };
    for (const EntityId entity : changes.entities)
        dropAll(m_byEntity, entity);
    for (const auto &[group, entity] : changes.members)
        dropAll(m_byEntity, entity);
    for (const TokenId token : changes.tokens)
        dropAll(m_byToken, token);
}

} // namespace kith::core
