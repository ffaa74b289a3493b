// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Descent.h"
#include "identity/Snapshot.h"
#include "store/Result.h"

#include <atomic>
#include <optional>
#include <string>
#include <vector>

namespace kith::identity {

/// Somebody who has a policy. `through` is none when the policy stands on the entity itself, else the group by which:
/// the first of the shortest way to a group that carries it.
struct Holder {
    EntityId entity;
    GroupId through;
};

/// Who has a policy.
struct Who {
    PolicyId policy; ///< None: nothing has ever referred to this name.
    std::string name;
    bool defined = false;
    std::vector<Holder> entities; ///< Each once: those who carry it themselves, then by their way, then by id.
    Descent groups; ///< The groups that carry it (way of one) and all below them, with their shortest way to a carrier.
};

/// In the root namespace. Never NotFound: a policy that nobody has gives empty lists. `name` in any case. Cancelled
/// when `cancel` (may be null) becomes true.
Result<Who> whoHas(const Snapshot &snapshot, std::string_view name, const std::atomic<bool> *cancel = nullptr);

} // namespace kith::identity
