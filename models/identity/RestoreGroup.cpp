// SPDX-License-Identifier: Apache-2.0
#include "identity/Entities.h"
#include "identity/GroupMembers.h"
#include "identity/Mounts.h"
#include "identity/PolicyList.h"
#include "identity/Restore.h"
#include "identity/RestoreChecks.h"
#include "store/Text.h"

namespace kith::identity {

namespace {

using Texts = std::vector<std::string>;

Error noGroup(const std::string &field, const std::string &uuid)
{
    return invalidRequest(field + ": there is no group " + inQuotes(uuid));
}

bool isExternal(store::Session &session, GroupId group)
{
    return session.integer("SELECT external FROM identity_group WHERE id = ?", group).value_or(0) != 0;
}

Result<void> addAlias(store::WriteSession &session, NamespaceId ns, GroupId group, const GroupAliasView &alias,
                      const std::string &field)
{
    if (session.integer("SELECT 1 FROM group_alias WHERE uuid = ?", alias.uuid))
        return taken(field + ".id", alias.uuid);
    if (groupAliasByFactors(session, alias.accessor, alias.name))
        return invalidRequest(field + ": combination of mount and group alias name is already in use");
    if (auto right = checkAccessor(session, ns, field + ".mount_accessor", alias.accessor); !right)
        return right;
    if (const auto mount = mountByAccessor(session, alias.accessor); mount && mount->local)
        return invalidRequest(field + ": mount accessor \"" + alias.accessor + "\" is a local mount");
    session.run("INSERT INTO group_alias (uuid, grp, accessor, name, name_key, metadata, custom_metadata, merged_from, "
                "created, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                alias.uuid, group, alias.accessor, alias.name, foldCase(alias.name), metadataColumn(alias.metadata),
                metadataColumn(alias.customMetadata), idsColumn(alias.mergedFrom), timeOr(alias.created, session),
                timeOr(alias.updated, session));
    return {};
}

Result<Texts> checkGroup(store::Session &session, NamespaceId ns, const GroupView &group)
{
    if (session.integer("SELECT 1 FROM identity_group WHERE uuid = ?", group.uuid))
        return taken("group.id", group.uuid);
    if (groupByName(session, ns, group.name))
        return taken("group.name", group.name);
    if (group.metadata) {
        if (auto right = checkField("group.metadata", checkMetadata(MetadataOf::Group, *group.metadata)); !right)
            return right.error();
    }
    if (group.type == GroupType::External && !group.memberGroups.value_or(Texts()).empty())
        return invalidRequest("group.member_group_ids: member groups can't be set for external groups");
    if (group.type == GroupType::Internal && group.alias)
        return invalidRequest("group.alias: alias can't be set on an internal group");
    auto policies = cleanPolicies(group.policies.value_or(Texts()));
    if (!policies)
        return inField("group.policies", policies.error());
    return policies;
}

/// Members of an external group read in the order in which they joined. The times themselves aren't in a view, so where
/// the order isn't that of the ids, they begin with the group's last change.
void addMembers(store::WriteSession &session, NamespaceId ns, GroupId id, const GroupView &group, LeftOut &leftOut)
{
    const Texts uuids = group.memberEntities.value_or(Texts());
    const bool ordered = group.type == GroupType::External && !std::is_sorted(uuids.begin(), uuids.end());
    Nanoseconds joined = timeOr(group.updated, session);
    for (const std::string &uuid : uuids) {
        const auto entity = entityByUuid(session, ns, uuid);
        if (!entity)
            leftOut.push_back("there is no entity " + inQuotes(uuid) + " any more: it isn't a member");
        else if (addMember(session, id, *entity) && ordered)
            session.run("UPDATE member_entity SET joined = ?3 WHERE grp = ?1 AND entity = ?2", id, *entity, joined++);
    }
}

Result<void> addParents(store::WriteSession &session, NamespaceId ns, GroupId id, const Texts &uuids, LeftOut &leftOut)
{
    for (const std::string &uuid : cleanIds(uuids)) {
        const auto parent = groupByUuid(session, ns, uuid);
        if (!parent) {
            leftOut.push_back("there is no group " + inQuotes(uuid) + " any more: it isn't a parent");
            continue;
        }
        if (*parent == id)
            return invalidRequest("group.parent_group_ids: " + inQuotes(uuid) + " is the group itself");
        if (isExternal(session, *parent))
            return invalidRequest("group.parent_group_ids: " + inQuotes(uuid) +
                                  " is an external group, which can't have member groups");
        linkSubgroup(session, *parent, id);
    }
    return {};
}

Result<void> addSubgroups(store::WriteSession &session, NamespaceId ns, GroupId id, const Texts &uuids,
                          LeftOut &leftOut)
{
    for (const std::string &uuid : cleanIds(uuids)) {
        const auto child = groupByUuid(session, ns, uuid);
        if (!child) {
            leftOut.push_back("there is no group " + inQuotes(uuid) + " any more: it isn't a subgroup");
            continue;
        }
        if (isAncestorOrSelf(session, *child, id))
            return invalidRequest("group.member_group_ids: cyclic relationship detected for member group ID " +
                                  inQuotes(uuid));
        linkSubgroup(session, id, *child);
    }
    return {};
}

int shapeOf(const GroupView &group)
{
    return (group.policies ? GroupShape::Policies : 0) | (group.memberEntities ? GroupShape::Members : 0) |
           (group.parentGroups ? GroupShape::Parents : 0);
}

} // namespace

Result<LeftOut> restoreGroup(store::WriteSession &session, NamespaceId ns, const GroupView &group)
{
    const auto policies = checkGroup(session, ns, group);
    if (!policies)
        return policies.error();
    session.run("INSERT INTO identity_group (uuid, namespace, name, name_key, external, metadata, shape, modify_index, "
                "created, updated) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
                group.uuid, ns, group.name, foldCase(group.name), group.type == GroupType::External,
                metadataColumn(group.metadata), shapeOf(group), timeOr(group.created, session),
                timeOr(group.updated, session));
    const GroupId id{session.lastRowId()};
    session.changes.groups.push_back(id);
    setGroupPolicies(session, id, *policies);
    if (group.alias) {
        if (auto added = addAlias(session, ns, id, *group.alias, "group.alias"); !added)
            return added.error();
    }
    LeftOut leftOut;
    addMembers(session, ns, id, group, leftOut);
    if (auto added = addParents(session, ns, id, group.parentGroups.value_or(Texts()), leftOut); !added)
        return added.error();
    if (auto added = addSubgroups(session, ns, id, group.memberGroups.value_or(Texts()), leftOut); !added)
        return added.error();
    const std::int64_t modifyIndex = std::max<std::int64_t>(group.modifyIndex, 1);
    session.run("UPDATE identity_group SET modify_index = ?2 WHERE id = ?1", id, modifyIndex);
    return leftOut;
}

Result<void> restoreGroupAlias(store::WriteSession &session, NamespaceId ns, const GroupAliasView &alias)
{
    const auto group = groupByUuid(session, ns, alias.groupUuid);
    if (!group)
        return noGroup("group_alias.canonical_id", alias.groupUuid);
    if (!isExternal(session, *group))
        return invalidRequest("group_alias.canonical_id: alias can't be set on an internal group");
    if (session.integer("SELECT 1 FROM group_alias WHERE grp = ?", *group))
        return invalidRequest("group_alias.canonical_id: the group has an alias already");
    if (auto added = addAlias(session, ns, *group, alias, "group_alias"); !added)
        return added;
    touchGroup(session, *group);
    session.changes.groups.push_back(*group);
    return {};
}

} // namespace kith::identity
