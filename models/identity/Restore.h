// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/EntityViews.h"
#include "identity/GroupViews.h"
#include "store/Result.h"
#include "store/Session.h"

#include <string>
#include <vector>

namespace kith::identity {

/// Neighbours (groups of an entity, members and parents of a group) that don't exist and were left out, in words.
using LeftOut = std::vector<std::string>;

// Each puts an object into the core exactly as a view of it says: id, times (0: now), aliases, memberships, counters.
// So a deletion is taken back, and new objects are made with ids that the caller chose. What a view derives (inherited
// groups, mount paths, the namespace) is not looked at. Refused with status 400, naming the field: ids, names and alias
// factors that are taken, metadata beyond its limits, and what could never have been (a cycle, an internal group with
// an alias, two aliases on one mount unless a merge brought them together).
// A neighbour counts a change (modify_index, version), and as with any store of it, what was emptied in it reads null.

/// The version of a restored entity is higher than any that it had before, so a precondition from before its deletion
/// doesn't hold by accident.
Result<LeftOut> restoreEntity(store::WriteSession &session, NamespaceId ns, const EntityView &entity);

/// External groups get their members back too.
Result<LeftOut> restoreGroup(store::WriteSession &session, NamespaceId ns, const GroupView &group);

/// The entity that `canonicalId` names must exist.
Result<void> restoreEntityAlias(store::WriteSession &session, NamespaceId ns, const EntityAliasView &alias);

/// The group that `groupUuid` names must exist, be external, and have no alias.
Result<void> restoreGroupAlias(store::WriteSession &session, NamespaceId ns, const GroupAliasView &alias);

} // namespace kith::identity
