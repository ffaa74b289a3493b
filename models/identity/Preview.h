// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Snapshot.h"
#include "policy/LostAccess.h"
#include "policy/PolicyStore.h"
#include "store/Result.h"

#include <atomic>
#include <string>
#include <vector>

namespace kith::identity {

/// A change of memberships that is not made yet. Repeated ids count once.
struct Change {
    std::vector<EntityId> addPeople; ///< Into `target`.
    std::vector<GroupId> addGroups;  ///< Under `target`.
    GroupId target;                  ///< None: out of `from` only.
    GroupId from;                    ///< They leave this group. None: they are added.
};

/// Why a change can't be made, in the order in which it is looked for.
enum class Refusal {
    None,
    Gone,           ///< Target, source, or all that is dragged exists no more.
    ExternalTarget, ///< An external group gets its members from its directory, and has no subgroups (spec/engine.md
                    ///< §5).
    ExternalSource, ///< Nobody is taken out of an external group by hand.
    Itself,         ///< A group onto itself.
    Ancestor,       ///< A group onto one below it: a cycle.
    AlreadyThere,   ///< Everything dragged is in the target already, and leaves nothing.
};

/// How many people gain or lose a policy.
struct PolicyChange {
    PolicyId policy;
    std::string name;
    bool defined = true; ///< False: nothing comes of it.
    std::int64_t people = 0;
};

/// Access that some lose although no policy is taken from them.
struct LostPath {
    policy::LostAccess access;
    std::int64_t people = 0;
};

/// What a change would do: the difference of effectivePolicies() before and after, for everyone it reaches.
struct Preview {
    Refusal refusal = Refusal::None;
    std::int64_t people = 0;          ///< Those dragged, and all who are in or below the dragged groups.
    std::int64_t unchanged = 0;       ///< Of these, for whom no policy would change.
    EntityId oneUnchanged;            ///< If it is exactly one.
    std::int64_t alreadyThere = 0;    ///< Of the dragged, those directly in the target now.
    std::vector<PolicyChange> gained; ///< By name.
    std::vector<PolicyChange> lost;   ///< By name.
    std::vector<LostPath> lostAccess; ///< By path. Of people who lose no policy.
    bool lostAccessComplete = true;   ///< False: too many different sets of policies to compare all.
};

/// Counts are filled in for refused changes as far as they are known. Objects that are gone are left out. `policies`
/// gives the parsed texts; null: lostAccess stays empty. 500,000 people take less than a second when the memberships
/// are in memory. Cancelled when `cancel` (may be null) becomes true.
Result<Preview> preview(const Snapshot &snapshot, const Change &change, policy::PolicyCache *policies,
                        const std::atomic<bool> *cancel = nullptr);

} // namespace kith::identity
