// SPDX-License-Identifier: Apache-2.0
#include "identity/GroupAliases.h"

#include "identity/EntityViews.h"
#include "identity/Groups.h"
#include "identity/Mounts.h"
#include "store/Text.h"

namespace kith::identity {

namespace {

struct Stored {
    std::string uuid;
    GroupId group;
    std::string accessor;
    std::string name;
};

Stored storedAlias(store::Session &session, GroupAliasId alias)
{
    store::Query row = session.query("SELECT uuid, grp, accessor, name FROM group_alias WHERE id = ?", alias);
    if (!row.step())
        return {};
    return {std::string(row.text(0)), row.id<GroupId>(1), std::string(row.text(2)), std::string(row.text(3))};
}

Result<void> checkGiven(const GroupAliasChange &change)
{
    if (change.name.empty())
        return invalidRequest("missing alias name");
    if (change.accessor.empty())
        return invalidRequest("missing mount_accessor");
    return {};
}

/// The group that the request names, if it names one.
Result<std::optional<GroupId>> checkGroup(store::Session &session, NamespaceId ns, const std::string &uuid)
{
    if (uuid.empty())
        return std::optional<GroupId>();
    const auto group = groupByUuid(session, ns, uuid);
    if (!group)
        return invalidRequest("invalid group ID given in 'canonical_id'");
    if (session.integer("SELECT external FROM identity_group WHERE id = ?", *group).value_or(0) == 0)
        return invalidRequest("alias can't be set on an internal group");
    return group;
}

Result<void> checkMount(store::Session &session, NamespaceId ns, const std::string &accessor)
{
    const auto mount = mountByAccessor(session, accessor);
    if (!mount)
        return invalidRequest("invalid mount accessor " + inQuotes(accessor));
    if (mount->local)
        return invalidRequest("mount accessor \"" + accessor + "\" is a local mount");
    if (mount->ns != ns)
        return Error{ErrorCode::PermissionDenied,
                     403,
                     "mount referenced via 'mount_accessor' not in the same namespace as alias",
                     {}};
    return {};
}

Result<void> checkFactors(store::Session &session, std::optional<GroupAliasId> alias, const GroupAliasChange &change)
{
    const auto owner = groupAliasByFactors(session, change.accessor, change.name);
    if (owner && owner != alias)
        return invalidRequest("combination of mount and group alias name is already in use");
    return {};
}

/// Counts a store of the group for the sake of its alias; only a group that gets one has a new time.
void touchForAlias(store::WriteSession &session, GroupId group)
{
    touchGroup(session, group);
    session.changes.groups.push_back(group);
}

void storeForAlias(store::WriteSession &session, GroupId group)
{
    touchForAlias(session, group);
    session.run("UPDATE identity_group SET updated = ?2 WHERE id = ?1", group, session.now);
}

std::string uuidOfGroup(store::Session &session, GroupId group)
{
    return session.text("SELECT uuid FROM identity_group WHERE id = ?", group).value_or(std::string());
}

GroupAliasView viewOf(const store::Query &row)
{
    GroupAliasView view;
    view.rowId = row.id<GroupAliasId>(0);
    view.uuid = row.text(1);
    view.groupUuid = row.text(2);
    view.accessor = row.text(3);
    view.name = row.text(4);
    view.metadata = metadataFromColumn(row.text(5));
    view.customMetadata = metadataFromColumn(row.text(6));
    view.mergedFrom = idsFromColumn(row.text(7));
    view.created = row.integer(8);
    view.updated = row.integer(9);
    if (!row.isNull(10)) {
        view.mountPath = row.text(10);
        view.mountType = row.text(11);
    }
    return view;
}

} // namespace

std::optional<GroupAliasId> groupAliasByUuid(store::Session &session, NamespaceId ns, std::string_view uuid)
{
    const auto id = session.integer("SELECT a.id FROM group_alias a JOIN identity_group g ON g.id = a.grp "
                                    "WHERE a.uuid = ? AND g.namespace = ?",
                                    uuid, ns);
    return id ? std::optional(GroupAliasId{*id}) : std::nullopt;
}

std::optional<GroupAliasId> groupAliasByFactors(store::Session &session, std::string_view accessor,
                                                std::string_view name)
{
    const auto id =
        session.integer("SELECT id FROM group_alias WHERE name_key = ? AND accessor = ?", foldCase(name), accessor);
    return id ? std::optional(GroupAliasId{*id}) : std::nullopt;
}

Result<SavedGroupAlias> createGroupAlias(store::WriteSession &session, NamespaceId ns, const GroupAliasChange &change)
{
    if (auto given = checkGiven(change); !given)
        return given.error();
    auto group = checkGroup(session, ns, change.groupUuid);
    if (!group)
        return group.error();
    if (auto mount = checkMount(session, ns, change.accessor); !mount)
        return mount.error();
    if (auto factors = checkFactors(session, std::nullopt, change); !factors)
        return factors.error();
    if (*group) {
        session.run("DELETE FROM group_alias WHERE grp = ?", **group);
        storeForAlias(session, **group);
    } else {
        GroupChange external;
        external.type = "external";
        const auto made = createGroup(session, ns, external);
        if (!made)
            return made.error();
        *group = made->id;
    }
    const std::string uuid = newObjectUuid(session, ns);
    session.run("INSERT INTO group_alias (uuid, grp, accessor, name, name_key, created, updated) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                uuid, **group, change.accessor, change.name, foldCase(change.name), session.now, session.now);
    return SavedGroupAlias{uuid, uuidOfGroup(session, **group)};
}

Result<std::optional<SavedGroupAlias>> updateGroupAlias(store::WriteSession &session, GroupAliasId alias,
                                                        const GroupAliasChange &change)
{
    if (auto given = checkGiven(change); !given)
        return given.error();
    const Stored stored = storedAlias(session, alias);
    const NamespaceId ns{
        session.integer("SELECT namespace FROM identity_group WHERE id = ?", stored.group).value_or(0)};
    const bool sameGroup = change.groupUuid.empty() || change.groupUuid == uuidOfGroup(session, stored.group);
    if (sameGroup && change.name == stored.name && change.accessor == stored.accessor)
        return std::optional<SavedGroupAlias>();
    const auto named = checkGroup(session, ns, change.groupUuid);
    if (!named)
        return named.error();
    if (auto mount = checkMount(session, ns, change.accessor); !mount)
        return mount.error();
    if (auto factors = checkFactors(session, alias, change); !factors)
        return factors.error();
    const GroupId group = named->value_or(stored.group);
    if (group != stored.group) {
        session.run("DELETE FROM group_alias WHERE grp = ?", group);
        touchForAlias(session, stored.group);
    }
    session.run("UPDATE group_alias SET grp = ?2, accessor = ?3, name = ?4, name_key = ?5, updated = ?6 WHERE id = ?1",
                alias, group, change.accessor, change.name, foldCase(change.name), session.now);
    storeForAlias(session, group);
    return std::optional(SavedGroupAlias{stored.uuid, uuidOfGroup(session, group)});
}

void deleteGroupAlias(store::WriteSession &session, GroupAliasId alias)
{
    const GroupId group = groupOfAlias(session, alias);
    session.run("DELETE FROM group_alias WHERE id = ?", alias);
    touchForAlias(session, group);
}

std::optional<GroupAliasView> readGroupAlias(store::Session &session, GroupAliasId alias)
{
    store::Query row = session.query(
        "SELECT a.id, a.uuid, g.uuid, a.accessor, a.name, a.metadata, a.custom_metadata, a.merged_from, a.created, "
        "a.updated, CASE m.class WHEN 'auth' THEN 'auth/' ELSE '' END || m.path, m.type FROM group_alias a "
        "JOIN identity_group g ON g.id = a.grp LEFT JOIN mount m ON m.accessor = a.accessor WHERE a.id = ?",
        alias);
    return row.step() ? std::optional(viewOf(row)) : std::nullopt;
}

std::optional<GroupAliasView> aliasOfGroup(store::Session &session, GroupId group)
{
    const auto alias = session.integer("SELECT id FROM group_alias WHERE grp = ?", group);
    return alias ? readGroupAlias(session, GroupAliasId{*alias}) : std::nullopt;
}

std::vector<GroupAliasView> listGroupAliases(store::Session &session, NamespaceId ns)
{
    std::vector<GroupAliasView> all;
    store::Query row = session.query(
        "SELECT a.id, a.uuid, g.uuid, a.accessor, a.name, a.metadata, a.custom_metadata, a.merged_from, a.created, "
        "a.updated, CASE m.class WHEN 'auth' THEN 'auth/' ELSE '' END || m.path, m.type FROM group_alias a "
        "JOIN identity_group g ON g.id = a.grp LEFT JOIN mount m ON m.accessor = a.accessor "
        "WHERE g.namespace = ? ORDER BY a.uuid",
        ns);
    while (row.step())
        all.push_back(viewOf(row));
    return all;
}

GroupId groupOfAlias(store::Session &session, GroupAliasId alias)
{
    return GroupId{session.integer("SELECT grp FROM group_alias WHERE id = ?", alias).value_or(0)};
}

} // namespace kith::identity
