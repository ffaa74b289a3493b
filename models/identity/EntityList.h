// SPDX-License-Identifier: Apache-2.0
// The two ways of listEntities() (EntityViews.h), which give the same.
#pragma once

#include "identity/EntityViews.h"

#include <functional>

namespace kith::identity {

using GiveEntityRow = std::function<void(const EntityListRow &)>;

/// Both tables from front to back, put in order in memory: half of the time, and about 100 bytes a row.
void listEntitiesInMemory(store::Session &session, NamespaceId ns, const GiveEntityRow &give);
/// By indexes: one at a time for the root, and only its own for another namespace.
void listEntitiesByIndex(store::Session &session, NamespaceId ns, const GiveEntityRow &give);

} // namespace kith::identity
