// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/ExternalChange.h"
#include "identity/ExternalMembership.h"
#include "identity/Listing.h"
#include "identity/Metadata.h"
#include "identity/NamedGroup.h"
#include "identity/Snapshot.h"
#include "store/Result.h"

#include <atomic>

namespace kith::identity {

// What a page about one object shows of it, beside its effective policies (Explanation.h).

struct AliasDetails {
    std::string uuid;
    std::string accessor;
    ListedAlias name;
    Metadata metadata;
    Metadata customMetadata;
};

/// A group that an entity is in, with the shortest way: the direct group first, the group itself last. Of several as
/// short, the one whose names come first, compared name by name.
struct GroupMembership {
    std::vector<NamedGroup> chain;
    std::optional<ExternalMembership> external; ///< Of the first group, if that is external.
};

struct EntityDetails {
    ListedEntity listed;
    std::int64_t version = 0;
    Nanoseconds created = 0;
    std::vector<AliasDetails> aliases;
    Metadata metadata;
    std::vector<std::string> policies;    ///< Its own, by name.
    std::vector<GroupMembership> groups;  ///< Direct ones first, then the others, each by name.
    std::vector<ExternalChange> changes;  ///< Of its external groups, by the names of its mounts.
    std::vector<std::string> mergedUuids; ///< In the order of the merges.
};

struct GroupDetails {
    ListedGroup listed;
    std::int64_t modifyIndex = 0;
    Nanoseconds created = 0;
    Nanoseconds updated = 0;
    std::optional<AliasDetails> alias;
    Metadata metadata;
    std::vector<std::string> policies;
    std::vector<NamedGroup> parents;   ///< By name.
    std::vector<NamedGroup> subgroups; ///< The first thousand by name.
    std::int64_t reached = 0;          ///< People in it or in a group below it.
    std::optional<LastMember> lastMember;
};

/// NotFound: it is gone. Cancelled when `cancel` (may be null) becomes true.
Result<EntityDetails> entityDetails(const Snapshot &snapshot, EntityId id);
Result<GroupDetails> groupDetails(const Snapshot &snapshot, GroupId id, const std::atomic<bool> *cancel = nullptr);

} // namespace kith::identity
