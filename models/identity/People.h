// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Session.h"

#include <functional>
#include <vector>

namespace kith::identity {

/// Somebody with the groups they are directly in and their own policies, each by id.
struct Person {
    EntityId entity;
    std::vector<GroupId> groups;
    std::vector<PolicyId> policies;
};

/// Calls `function` for each of `entities` (sorted, each once) in that order, until it returns false. Looks few people
/// up one by one, and reads whole indexes for many. Ids of nobody get empty lists.
void forEachPerson(store::Session &session, const std::vector<EntityId> &entities,
                   const std::function<bool(const Person &)> &function);

/// Those of `entities` (sorted) that exist.
std::vector<EntityId> existing(store::Session &session, const std::vector<EntityId> &entities);

} // namespace kith::identity
