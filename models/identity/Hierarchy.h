// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Session.h"

#include <string_view>
#include <unordered_set>
#include <vector>

namespace kith::identity {

/// A group where it stands below another, or among the roots.
struct ChildGroup {
    GroupId id;
    bool external = false;
    bool hasChildren = false;
};

/// The subgroups of a group, or (none given) the groups without a parent, by name.
std::vector<ChildGroup> childGroups(store::Session &session, GroupId parentOrNone);

/// What a filtered hierarchy shows.
struct GroupMatches {
    std::unordered_set<std::int64_t> matches;
    std::unordered_set<std::int64_t> above; ///< Groups with a match somewhere below; some are matches themselves.
};
/// The groups whose name, alias or a metadata value holds `text` (case ignored), or whose UUID it is.
GroupMatches matchGroups(store::Session &session, std::string_view text);

/// One chain from a group without parents down to `id`, the shortest; of several as short, that whose names, read
/// upward, come first. Empty if there is no such group.
std::vector<GroupId> pathToGroup(store::Session &session, GroupId id);

/// These groups and all below them. A cycle in the data ends it, like any group that was seen.
std::unordered_set<std::int64_t> withDescendants(store::Session &session, const std::vector<GroupId> &ids);

} // namespace kith::identity
