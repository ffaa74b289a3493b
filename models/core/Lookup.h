// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Call.h"
#include "store/Result.h"

namespace kith::core {

/// Whether a lookup names its object in one way: id, name, alias_id, or alias_name with alias_mount_accessor. Counted
/// by presence, even of empty ones (spec/engine.md §6). An empty half of the pair alone finds nothing, and isn't wrong.
Result<void> checkLookup(const Call &call);

} // namespace kith::core
