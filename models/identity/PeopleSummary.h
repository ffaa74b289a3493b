// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Metadata.h"
#include "identity/Snapshot.h"
#include "store/Result.h"

#include <atomic>

namespace kith::identity {

/// What some people have in common, and where they differ: each list by how many have it, the most first, then by name.
struct PeopleSummary {
    struct Policy {
        std::string name;
        bool defined = false;
        std::int64_t people = 0;
    };
    struct Group {
        GroupId id;
        std::int64_t people = 0;
    };
    struct Value {
        std::string text;
        std::int64_t people = 0;
    };
    struct Key {
        std::string key;
        std::int64_t people = 0;
        std::vector<Value> values;
        bool complete = true; ///< False: there are more values than these.
    };

    static constexpr std::size_t MostValues = 1000; ///< Of a key.

    std::int64_t people = 0; ///< Of those asked for, who is there.
    std::int64_t disabled = 0;
    std::vector<Policy> own;       ///< That stand on the people themselves.
    std::vector<Policy> effective; ///< That they have, themselves or by groups.
    std::vector<Group> groups;     ///< Direct ones.
    std::vector<Key> metadata;
};

/// Cancelled when `cancel` (may be null) becomes true.
Result<PeopleSummary> summaryOf(const Snapshot &snapshot, std::vector<EntityId> people,
                                const std::atomic<bool> *cancel = nullptr);

/// What a change of many people has to know of each.
struct EntityState {
    EntityId id;
    std::string uuid;
    std::string name;
    std::int64_t version = 0; ///< For preconditions.
    bool disabled = false;
    std::vector<std::string> policies; ///< Its own, by name.
    Metadata metadata;
};

/// In the order asked for; who is gone is left out. Cancelled when `cancel` (may be null) becomes true.
Result<std::vector<EntityState>> entityStates(store::Session &session, const std::vector<EntityId> &ids,
                                              const std::atomic<bool> *cancel = nullptr);

} // namespace kith::identity
