// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Caller.h"
#include "identity/Identities.h"
#include "store/Keyring.h"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace kith::core {

/// Finds out who asks: the token, its entity, the policies of both and of the entity's groups, and their rules
/// (spec/engine.md §8). What was found is kept until a commit changes anything it came from, so that most requests cost
/// a hash and a look-up. Thread-safe.
class Callers
{
public:
    Callers(identity::Identities &identities, store::Keyring &keyring);
    Callers(const Callers &) = delete;
    Callers &operator=(const Callers &) = delete;

    /// Fails with 403, `permission denied`: no such token, or its entity is disabled or gone. With 400, `Forbidden`: a
    /// template of its policies can't be filled with what the entity holds. With 503: the core is sealed.
    Result<std::shared_ptr<const Caller>> find(std::string_view secret);

    /// The same for a token that is known, or, without one, for an entity: who would ask with it. Not kept. Here the
    /// error of a template is told in full, with 403.
    Result<Caller> of(const auth::Token &token);

    /// To be told of each commit, in its order.
    void follow(const ChangeSet &changes);

private:
    using Shared = std::shared_ptr<const Caller>;
    struct Entry {
        Shared caller;
        EntityId entity;
        Nanoseconds until = 0; ///< Its rules hold until then; 0: no end.
    };
    struct Loaded;

    Result<Loaded> load(const identity::Snapshot &snapshot, auth::Token token) const;
    void keep(const std::string &digest, Entry entry, std::uint64_t generation);
    void drop(const std::string &digest);

    identity::Identities &m_identities;
    store::Keyring &m_keyring;
    std::mutex m_mutex; // guards all below
    std::uint64_t m_generation = 0;
    std::unordered_map<std::string, Entry> m_entries; // by the token's digest
    std::unordered_multimap<EntityId, std::string> m_byEntity;
    std::unordered_multimap<TokenId, std::string> m_byToken; // a batch token's: of its parent
};

} // namespace kith::core
