// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Graph.h"
#include "identity/Memberships.h"
#include "identity/RowIdSet.h"
#include "identity/Snapshot.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace kith::identity {

// Questions about many people, answered from the memberships in memory when they are there, else from SQLite. They
// fail with Cancelled when `cancel` (may be null) becomes true.

/// The memberships of these people (sorted, each once), and maybe of others.
Result<std::shared_ptr<const Memberships>> membershipsOf(const Snapshot &snapshot, const std::vector<EntityId> &people,
                                                         const std::atomic<bool> *cancel = nullptr);

/// Everyone who is directly in one of the groups.
Result<RowIdSet> peopleIn(const Snapshot &snapshot, const std::vector<GroupId> &groups,
                          const std::atomic<bool> *cancel = nullptr);

/// How many effective policies each has, defined or not: row ids of people in any order, the numbers in the same.
Result<std::vector<std::uint32_t>> policyCounts(const Snapshot &snapshot, const std::vector<std::uint32_t> &people,
                                                const std::atomic<bool> *cancel = nullptr);

/// How many of the people (each once) have each policy that any of them has, by its row id.
Result<std::unordered_map<std::uint32_t, std::int64_t>> peopleByPolicy(const Snapshot &snapshot,
                                                                       const std::vector<std::uint32_t> &people,
                                                                       const std::atomic<bool> *cancel = nullptr);

} // namespace kith::identity
