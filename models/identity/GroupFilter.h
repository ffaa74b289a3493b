// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Snapshot.h"
#include "store/Result.h"

#include <atomic>
#include <cstdint>
#include <string_view>
#include <unordered_set>

namespace kith::identity {

/// Groups that match a text, and all groups above them: what a filtered hierarchy shows. Row ids.
struct GroupMatches {
    std::unordered_set<std::int64_t> matches;
    std::unordered_set<std::int64_t> visible; ///< The matches and all above them.
};

/// The groups whose name, alias name or a metadata value holds `text`, in any case, or whose UUID (its own or its
/// alias's) it is. Cancelled when `cancel` (may be null) becomes true.
Result<GroupMatches> filterGroups(const Snapshot &snapshot, std::string_view text,
                                  const std::atomic<bool> *cancel = nullptr);

} // namespace kith::identity
