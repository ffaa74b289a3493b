// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/GroupAliases.h"
#include "identity/Groups.h"
#include "identity/Metadata.h"
#include "store/Session.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kith::identity {

/// Everything that reading a group shows. An unset list reads null, an empty one [] (spec/engine.md §5).
struct GroupView {
    std::string uuid;
    std::string name;
    GroupType type = GroupType::Internal;
    std::string namespaceId;
    std::optional<std::vector<std::string>> policies;       ///< By name.
    std::optional<std::vector<std::string>> memberEntities; ///< UUIDs by order of joining, then by id.
    std::optional<std::vector<std::string>> memberGroups;   ///< UUIDs by id, like the parents.
    std::optional<std::vector<std::string>> parentGroups;
    StoredMetadata metadata;
    std::optional<GroupAliasView> alias;
    std::int64_t modifyIndex = 0;
    Nanoseconds created = 0;
    Nanoseconds updated = 0;
};

/// One line of a list of groups.
struct GroupListItem {
    std::string uuid;
    std::string name;
    std::int64_t memberEntities = 0;
    std::int64_t parentGroups = 0;
    std::optional<std::string> aliasUuid; ///< What follows is of this alias.
    std::string aliasName;
    std::string aliasAccessor;
    std::optional<std::string> mountPath; ///< Unset: the mount is gone.
    std::optional<std::string> mountType;
};

std::optional<GroupView> readGroup(store::Session &session, GroupId group);

/// Gives all groups of a namespace by id, one by one: there may be many.
void listGroups(store::Session &session, NamespaceId ns, const std::function<void(const GroupListItem &)> &give);

} // namespace kith::identity
