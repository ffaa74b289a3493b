// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Ids.h"

#include <utility>
#include <vector>

namespace kith {

/// What a commit changed: ids and edges, no values. Ids may repeat. A created or deleted object is in `entities` or
/// `groups` too: whoever wants to know reads it by its id.
struct ChangeSet {
    std::vector<EntityId> entities; ///< Created, deleted, or changed in itself or in its aliases or policies.
    std::vector<GroupId> groups;    ///< Created, deleted, or changed in itself, its alias or its policies.
    std::vector<std::pair<GroupId, EntityId>> members;  ///< Memberships of entities added or removed.
    std::vector<std::pair<GroupId, GroupId>> subgroups; ///< Edges (parent, child) added or removed.
    std::vector<PolicyId> policies;                     ///< Policies defined, changed or deleted.
    std::vector<TokenId> tokens;                        ///< Tokens renewed, used up or revoked; new ones aren't told.
    bool mounts = false;                                ///< Mounts enabled, disabled or moved.
    bool everything = false;                            ///< Another program wrote to the file: read all anew.

    bool empty() const
    {
        return entities.empty() && groups.empty() && members.empty() && subgroups.empty() && policies.empty() &&
               tokens.empty() && !mounts && !everything;
    }
    void append(const ChangeSet &other)
    {
        entities.insert(entities.end(), other.entities.begin(), other.entities.end());
        groups.insert(groups.end(), other.groups.begin(), other.groups.end());
        members.insert(members.end(), other.members.begin(), other.members.end());
        subgroups.insert(subgroups.end(), other.subgroups.begin(), other.subgroups.end());
        policies.insert(policies.end(), other.policies.begin(), other.policies.end());
        tokens.insert(tokens.end(), other.tokens.begin(), other.tokens.end());
        mounts = mounts || other.mounts;
        everything = everything || other.everything;
    }
};

} // namespace kith
