// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"
#include "store/Session.h"

#include <string>
#include <vector>

namespace kith::identity {

struct MergeOrder {
    std::string to; ///< UUID of the survivor.
    std::vector<std::string> from;
    std::vector<std::string> aliasesToKeep; ///< UUIDs; decide where both have an alias on the same mount.
};

/// One side of a clash: two aliases of one mount would meet on the survivor.
struct MergeClash {
    std::string alias;
    std::string entity;
    std::string entityId;
    std::string mountType; ///< Empty, like the path, when the mount is gone.
    std::string mountPath;
};

/// Merges entities into one: it takes over their aliases, memberships and merged ids; the rest of them goes.
/// Fails as spec/engine.md §3.1 says, in its order of checks and with its texts; when aliases clash, `clashes` gets
/// both sides of each.
///
/// An entity never ends with two aliases of one mount, so here merges are refused or decided that the real server lets
/// through: of several that share a mount only one can be merged at a time, and where the survivor's alias is kept the
/// other one is dropped.
Result<void> mergeEntities(store::WriteSession &session, NamespaceId ns, const MergeOrder &order,
                           std::vector<MergeClash> &clashes);

} // namespace kith::identity
