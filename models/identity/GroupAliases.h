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

/// The alias of an external group as it is read: the name that a directory behind a mount knows the group by.
struct GroupAliasView {
    GroupAliasId rowId;
    std::string uuid;
    std::string groupUuid;
    std::string accessor;
    std::optional<std::string> mountPath; ///< Unset: the mount is gone.
    std::optional<std::string> mountType;
    std::string name;
    StoredMetadata metadata;
    StoredMetadata customMetadata;
    std::optional<std::vector<std::string>> mergedFrom; ///< Entity UUIDs; unset reads null.
    Nanoseconds created = 0;
    Nanoseconds updated = 0;
};

/// What a request says about a group alias. An empty text counts as not given.
struct GroupAliasChange {
    std::string name;
    std::string accessor;
    std::string groupUuid; ///< Empty: the group that has it; for a new alias, a new external group.
};

struct SavedGroupAlias {
    std::string uuid;
    std::string groupUuid;
};

std::optional<GroupAliasId> groupAliasByUuid(store::Session &session, NamespaceId ns, std::string_view uuid);
/// By the mount's accessor and the name in any case.
std::optional<GroupAliasId> groupAliasByFactors(store::Session &session, std::string_view accessor,
                                                std::string_view name);

/// Makes an alias; it replaces the one that the group may have. Fails with the texts and in the order of
/// spec/engine.md §5.1.
Result<SavedGroupAlias> createGroupAlias(store::WriteSession &session, NamespaceId ns, const GroupAliasChange &change);

/// Renames, moves to another mount or group. Unset: nothing to change, nothing was stored.
Result<std::optional<SavedGroupAlias>> updateGroupAlias(store::WriteSession &session, GroupAliasId alias,
                                                        const GroupAliasChange &change);

/// Removes an alias that exists; the group stays, and its modify_index rises.
void deleteGroupAlias(store::WriteSession &session, GroupAliasId alias);

std::optional<GroupAliasView> readGroupAlias(store::Session &session, GroupAliasId alias);
/// The alias of a group.
std::optional<GroupAliasView> aliasOfGroup(store::Session &session, GroupId group);
/// All of a namespace, by id.
std::vector<GroupAliasView> listGroupAliases(store::Session &session, NamespaceId ns);
/// The group that an alias stands on.
GroupId groupOfAlias(store::Session &session, GroupAliasId alias);

} // namespace kith::identity
