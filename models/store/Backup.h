// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Store.h"

#include <filesystem>

namespace kith::store {

/// Copies the core, as it is at one moment, into a new file that is complete once it is there. May run while others
/// read and write. What is sealed stays sealed. Fails with InvalidRequest (there is such a file already), ReadOnly,
/// DiskFull, Io, Damaged.
Result<void> backUp(Store &store, const std::filesystem::path &to);

/// Gives the core the content of a backup, in one commit, while others read; the backup itself stays as it is. What was
/// in the core is gone. Fails like Store::open for the backup, and like a write for the core; nothing is changed then.
Result<void> restoreBackup(Store &store, const std::filesystem::path &from);

} // namespace kith::store
