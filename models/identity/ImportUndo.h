// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Journal.h"
#include "store/Result.h"

#include <span>
#include <string>
#include <vector>

namespace kith::identity {

/// The tables that an import writes to, for a store::JournalRecorder. Names of policies (policy_name) aren't among
/// them: a name that nothing uses is harmless, and others may have come to use it.
std::span<const store::TableRules> importTables();

enum class Overwrite { No, Yes };

/// Puts everything that an import did, by its journal, back to what it was: ids, times, memberships, accessors of
/// mounts, to the letter; only versions rise, so that nobody takes an object for one that was read before. The journal
/// of this very write takes it back in turn, and so brings back what was imported with the same ids.
///
/// Fails with PreconditionFailed (412) when something that was imported was changed, deleted or put to use since (by
/// its values: what was changed and changed back is as it was);
/// `wire` says what, `where` has the names alone. With Overwrite::Yes it goes on over that, and answers with what
/// couldn't be put back: `entity "Ada"`.
Result<std::vector<std::string>> takeBack(store::WriteSession &session, const store::Journal &journal,
                                          Overwrite overwrite);

} // namespace kith::identity
