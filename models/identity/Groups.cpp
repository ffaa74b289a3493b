// SPDX-License-Identifier: Apache-2.0
#include "identity/Groups.h"

#include "identity/GroupMembers.h"
#include "identity/Namespaces.h"
#include "identity/PolicyList.h"
#include "store/Text.h"

namespace kith::identity {

namespace {

struct Stored {
    NamespaceId ns;
    std::string name;
    GroupType type = GroupType::Internal;
};

/// A change after the checks that need no group.
struct Checked {
    std::string name; ///< Empty: not mentioned.
    GroupType type = GroupType::Internal;
    std::optional<std::vector<std::string>> policies;
};

Stored storedGroup(store::Session &session, GroupId group)
{
    store::Query row = session.query("SELECT namespace, name, external FROM identity_group WHERE id = ?", group);
    if (!row.step())
        return {};
    return {row.id<NamespaceId>(0), std::string(row.text(1)),
            row.integer(2) != 0 ? GroupType::External : GroupType::Internal};
}

Result<GroupType> checkType(const std::optional<std::string> &type, const std::optional<Stored> &stored)
{
    if (!type)
        return stored ? stored->type : GroupType::Internal;
    if (stored) {
        if (*type != nameOf(stored->type))
            return invalidRequest("group type cannot be changed");
        return stored->type;
    }
    if (type->empty() || *type == nameOf(GroupType::Internal))
        return GroupType::Internal;
    if (*type == nameOf(GroupType::External))
        return GroupType::External;
    return invalidRequest("invalid group type " + inQuotes(*type));
}

/// The checks up to those of members one by one, in the order of spec/engine.md §5.
Result<Checked> check(store::Session &session, NamespaceId ns, std::optional<GroupId> group, const GroupChange &change)
{
    Checked checked;
    if (change.policies) {
        auto policies = cleanPolicies(*change.policies);
        if (!policies)
            return policies.error();
        checked.policies = std::move(*policies);
    }
    const auto type = checkType(change.type, group ? std::optional(storedGroup(session, *group)) : std::nullopt);
    if (!type)
        return type.error();
    checked.type = *type;
    if (change.name && !change.name->empty()) {
        const auto owner = groupByName(session, ns, *change.name);
        if (owner && owner != group)
            return invalidRequest("group name is already in use");
        checked.name = *change.name;
    }
    if (checked.type == GroupType::External) {
        if (change.memberEntities)
            return invalidRequest("member entities can't be set manually for external groups");
        if (change.memberGroups)
            return invalidRequest("member groups can't be set for external groups");
    }
    if (change.metadata && *change.metadata) {
        if (auto right = checkMetadata(MetadataOf::Group, **change.metadata); !right)
            return right.error();
    }
    return checked;
}

Result<void> saveLists(store::WriteSession &session, GroupId group, const Checked &checked, const GroupChange &change)
{
    if (checked.policies)
        setGroupPolicies(session, group, *checked.policies);
    if (change.memberEntities) {
        if (auto set = setMemberEntities(session, group, *change.memberEntities); !set)
            return set;
    }
    if (change.memberGroups)
        return setMemberGroups(session, group, *change.memberGroups);
    return {};
}

int shapeOf(const GroupChange &change)
{
    return (change.policies ? GroupShape::Policies : 0) | (change.memberEntities ? GroupShape::Members : 0);
}

} // namespace

std::string_view nameOf(GroupType type)
{
    return type == GroupType::External ? "external" : "internal";
}

std::optional<GroupId> groupByUuid(store::Session &session, NamespaceId ns, std::string_view uuid)
{
    const auto id = session.integer("SELECT id FROM identity_group WHERE uuid = ? AND namespace = ?", uuid, ns);
    return id ? std::optional(GroupId{*id}) : std::nullopt;
}

std::optional<GroupId> groupByName(store::Session &session, NamespaceId ns, std::string_view name)
{
    const auto id =
        session.integer("SELECT id FROM identity_group WHERE name_key = ? AND namespace = ?", foldCase(name), ns);
    return id ? std::optional(GroupId{*id}) : std::nullopt;
}

std::string newGroupName(store::Session &session, NamespaceId ns)
{
    const std::string suffix =
        "." + session.text("SELECT short_id FROM namespace WHERE id = ?", ns).value_or(std::string());
    for (;;) {
        std::string name = "group_" + randomHex(4) + suffix;
        if (!groupByName(session, ns, name))
            return name;
    }
}

std::string newObjectUuid(store::Session &session, NamespaceId ns)
{
    return newUuid() + idSuffix(session, ns);
}

Result<SavedGroup> createGroup(store::WriteSession &session, NamespaceId ns, const GroupChange &change)
{
    const auto checked = check(session, ns, std::nullopt, change);
    if (!checked)
        return checked.error();
    SavedGroup saved;
    saved.uuid = newObjectUuid(session, ns);
    saved.name = checked->name.empty() ? newGroupName(session, ns) : checked->name;
    const std::optional<std::string> metadata = metadataColumn(change.metadata.value_or(std::nullopt));
    session.run("INSERT INTO identity_group (uuid, namespace, name, name_key, external, metadata, shape, modify_index, "
                "created, updated) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
                saved.uuid, ns, saved.name, foldCase(saved.name), checked->type == GroupType::External, metadata,
                shapeOf(change), session.now, session.now);
    saved.id = GroupId{session.lastRowId()};
    session.changes.groups.push_back(saved.id);
    if (auto lists = saveLists(session, saved.id, *checked, change); !lists)
        return lists.error();
    return saved;
}

Result<void> updateGroup(store::WriteSession &session, GroupId group, const GroupChange &change)
{
    const Stored stored = storedGroup(session, group);
    const auto checked = check(session, stored.ns, group, change);
    if (!checked)
        return checked.error();
    const std::string &name = checked->name.empty() ? stored.name : checked->name;
    // Storing a group forgets that a list which is empty was ever set, unless this very request sets it.
    session.run("UPDATE identity_group SET name = ?2, name_key = ?3, shape = ?4, modify_index = modify_index + 1, "
                "updated = ?5, metadata = CASE metadata WHEN '{}' THEN NULL ELSE metadata END WHERE id = ?1",
                group, name, foldCase(name), shapeOf(change), session.now);
    session.run("UPDATE group_alias SET updated = ?2 WHERE grp = ?1", group, session.now); // stored with its group
    if (change.metadata)
        session.run("UPDATE identity_group SET metadata = ?2 WHERE id = ?1", group, metadataColumn(*change.metadata));
    const std::size_t edges = session.changes.members.size();
    auto saved = saveLists(session, group, *checked, change);
    const bool membersAlone = !change.memberGroups && !change.policies && !change.metadata && name == stored.name &&
                              session.changes.members.size() > edges; // which tell of the group too
    if (!membersAlone)
        session.changes.groups.push_back(group);
    return saved;
}

void setGroupPolicies(store::WriteSession &session, GroupId group, const std::vector<std::string> &policies)
{
    constexpr PolicyTable table{"SELECT policy FROM group_policy WHERE grp = ? ORDER BY policy",
                                "INSERT INTO group_policy (grp, policy) VALUES (?, ?)",
                                "DELETE FROM group_policy WHERE grp = ? AND policy = ?"};
    replacePolicies(session, table, group.value, policies);
}

void touchGroup(store::WriteSession &session, GroupId group, int emptied)
{
    session.run("UPDATE identity_group SET modify_index = modify_index + 1, shape = ?2, "
                "metadata = nullif(metadata, '{}') WHERE id = ?1",
                group, emptied);
}

void deleteGroup(store::WriteSession &session, GroupId group)
{
    unlinkGroup(session, group);
    session.run("DELETE FROM identity_group WHERE id = ?", group);
    session.changes.groups.push_back(group);
}

} // namespace kith::identity
