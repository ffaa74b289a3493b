// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Metadata.h"
#include "store/Result.h"
#include "store/Session.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

/// Internal groups get their members by hand, external ones by logins (spec/engine.md §5, §7).
enum class GroupType { Internal, External };

std::string_view nameOf(GroupType type);

/// Bits of identity_group.shape: these lists were set, so when they are empty they read [] and not null.
namespace GroupShape {
inline constexpr int Policies = 1;
inline constexpr int Members = 2;
inline constexpr int Parents = 4;
} // namespace GroupShape

/// What a request says about a group. What it doesn't mention is kept.
struct GroupChange {
    std::optional<std::string> name; ///< Empty: keep it, or draw one ("group_1f2e3d4c.root").
    std::optional<std::string> type; ///< "internal", "external"; on a new group "" is internal.
    std::optional<std::vector<std::string>> policies;
    MetadataChange metadata;
    std::optional<std::vector<std::string>> memberEntities; ///< UUIDs; replaces all.
    std::optional<std::vector<std::string>> memberGroups;   ///< UUIDs; replaces all.
};

struct SavedGroup {
    GroupId id;
    std::string uuid;
    std::string name;
};

/// UUIDs compare exactly, names case-insensitively.
std::optional<GroupId> groupByUuid(store::Session &session, NamespaceId ns, std::string_view uuid);
std::optional<GroupId> groupByName(store::Session &session, NamespaceId ns, std::string_view name);

/// Makes a group. Fails as spec/engine.md §5 says, in its order of checks and with its texts.
Result<SavedGroup> createGroup(store::WriteSession &session, NamespaceId ns, const GroupChange &change);

/// Changes a group that exists; modify_index rises even when nothing else changes. Fails as createGroup.
Result<void> updateGroup(store::WriteSession &session, GroupId group, const GroupChange &change);

/// Removes a group with its alias. Its subgroups lose it as their parent, at once and for good.
void deleteGroup(store::WriteSession &session, GroupId group);

/// Counts a change of `group` that something else brought about (a member or a link went or came): modify_index + 1,
/// the time stays. `emptied`: bits of GroupShape for lists that lost something, so that they read [] when empty; as
/// with each store of a group, those that were set empty before read null from then on.
void touchGroup(store::WriteSession &session, GroupId group, int emptied = 0);

/// Puts exactly these policies on a group (names cleaned by cleanPolicies).
void setGroupPolicies(store::WriteSession &session, GroupId group, const std::vector<std::string> &policies);

/// A name that no group has: "group_" and 8 hexadecimal digits and the namespace's id (spec/engine.md §1).
std::string newGroupName(store::Session &session, NamespaceId ns);

/// A new id for an object of a namespace.
std::string newObjectUuid(store::Session &session, NamespaceId ns);

} // namespace kith::identity
