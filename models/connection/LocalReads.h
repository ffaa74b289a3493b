// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"
#include "identity/GroupFilter.h"
#include "store/ChangeSet.h"
#include "store/Result.h"
#include "store/Session.h"

#include <atomic>

// The answers of LocalDirectory that take more than a conversion. Called in its threads.

namespace kith::connection::reads {

GroupFilter groupFilter(const identity::Snapshot &snapshot, const QString &text, identity::GroupMatches matches);

/// NotFound if there is no such object.
Result<Explanation> explanation(const identity::Snapshot &snapshot, ObjectRef object);

/// Cancelled when `cancel` becomes true.
Result<PolicyHolders> holders(const identity::Snapshot &snapshot, const QString &policy, int limit,
                              const std::atomic<bool> &cancel);

/// What time alone changes: policies that expire.
struct Expiry {
    ChangeSet expired;    ///< Since the last look.
    Nanoseconds next = 0; ///< When the next one expires; 0: none does.
};
Expiry expiry(store::Session &session, Nanoseconds lastLook, Nanoseconds now);

/// None (false) if there is no such object.
ObjectRef objectByUuid(const identity::Snapshot &snapshot, const QString &uuid);

} // namespace kith::connection::reads
