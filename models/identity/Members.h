// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Descent.h"
#include "identity/Snapshot.h"
#include "store/Result.h"

#include <atomic>
#include <vector>

namespace kith::identity {

enum class Depth { Direct, WithSubgroups };

/// Somebody who is in a group, and the group by which: the first of their shortest way in.
struct Member {
    EntityId entity;
    GroupId through;
};

/// The people of a group, each once, by the length of their way in, then its names, then by id.
struct MemberList {
    std::vector<Member> members;
    Descent ways; ///< `ways.chain(member.through)`: from the group they are in (first) up to the asked one (last).
};

/// NotFound if there is no such group; Cancelled when `cancel` (may be null) becomes true.
Result<MemberList> members(const Snapshot &snapshot, GroupId group, Depth depth,
                           const std::atomic<bool> *cancel = nullptr);

/// How many people are in `group` or in a group below it.
Result<std::int64_t> peopleReached(const Snapshot &snapshot, GroupId group, const std::atomic<bool> *cancel = nullptr);

} // namespace kith::identity
