// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"
#include "identity/GroupFilter.h"
#include "store/Result.h"

// The answers of LocalDirectory that take more than a conversion. Called in its threads.

namespace kith::connection::reads {

GroupFilter groupFilter(const identity::Snapshot &snapshot, const QString &text, identity::GroupMatches matches);

/// NotFound if there is no such object.
Result<Explanation> explanation(const identity::Snapshot &snapshot, ObjectRef object);

/// None (false) if there is no such object.
ObjectRef objectByUuid(const identity::Snapshot &snapshot, const QString &uuid);

} // namespace kith::connection::reads
