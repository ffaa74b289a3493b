// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/BigCount.h"
#include "identity/Snapshot.h"
#include "store/Result.h"

#include <boost/container/small_vector.hpp>

#include <string>
#include <vector>

namespace kith::identity {

/// Groups from below upwards. Hardly any hierarchy is deeper than what it holds without an allocation: an explanation
/// has hundreds of them.
using Chain = boost::container::small_vector<GroupId, 8>;

/// One way of having a policy: the entity itself (empty chain) or a group that carries it.
struct PolicySource {
    Chain chain;     ///< Shortest: the group the entity is in first, the group that carries the policy last.
                     ///< Of several as short, the one whose names come first, compared name by name.
    BigCount chains; ///< How many chains lead there, exactly; a lattice of diamonds exceeds 64 bits.
};

struct EffectivePolicy {
    PolicyId policy;
    std::string name;
    bool defined = true;                                     ///< False: no such policy exists, so it grants nothing.
    boost::container::small_vector<PolicySource, 1> sources; ///< At least one; shortest chain first, then by the names
                                                             ///< in the chain.
};

/// Every policy that `entity` has, by name, as of one snapshot. Never lists chains one by one, so the cost follows the
/// number of ancestors, not of paths. NotFound if there is no such entity. Source: spec/engine.md §5.2.
Result<std::vector<EffectivePolicy>> effectivePolicies(const Snapshot &snapshot, EntityId entity);

/// The same for whoever is in `group`: its own policies (chain of the group alone) and those of every group above.
Result<std::vector<EffectivePolicy>> effectivePolicies(const Snapshot &snapshot, GroupId group);

/// The first `limit` chains from a direct group of `entity` up to `carrier`, shortest first, then by names.
std::vector<std::vector<GroupId>> chainsTo(const Snapshot &snapshot, EntityId entity, GroupId carrier,
                                           std::size_t limit);

/// The same for whoever is in `group`, which every chain begins with.
std::vector<std::vector<GroupId>> chainsTo(const Snapshot &snapshot, GroupId group, GroupId carrier, std::size_t limit);

} // namespace kith::identity
