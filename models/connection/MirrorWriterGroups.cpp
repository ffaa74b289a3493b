// SPDX-License-Identifier: Apache-2.0
#include "connection/MirrorWriter.h"
#include "identity/GroupMembers.h"
#include "identity/Groups.h"
#include "store/Text.h"

#include <algorithm>
#include <unordered_set>

namespace kith::connection {

using identity::GroupView;
using identity::GroupShape::Members;
using identity::GroupShape::Parents;
using identity::GroupShape::Policies;

bool MirrorWriter::isAsListed(GroupId id, const GroupLine &line)
{
    const auto known = [](std::optional<std::int64_t> count, std::optional<std::int64_t> stored) {
        return !count || count == stored;
    };
    return m_session.text("SELECT name FROM identity_group WHERE id = ?", id) == line.view.name &&
           m_session.text("SELECT uuid || ' ' || name FROM group_alias WHERE grp = ?", id) ==
               (line.view.alias ? std::optional(line.view.alias->uuid + ' ' + line.view.alias->name) : std::nullopt) &&
           known(line.members, m_session.integer("SELECT count(*) FROM member_entity WHERE grp = ?", id)) &&
           known(line.parents, m_session.integer("SELECT count(*) FROM member_group WHERE child = ?", id));
}

void MirrorWriter::putGroupList(Stamp asked, const std::vector<GroupLine> &groups)
{
    std::unordered_set<std::string> listed;
    for (const GroupLine &line : groups) {
        const GroupView &group = line.view;
        listed.insert(group.uuid);
        if (!newer(m_knownGroups, group.uuid, asked))
            continue;
        auto &known = m_knownGroups[group.uuid];
        const GroupId id = groupId(group.uuid);
        if (!id) {
            addGroup(group);
            known = {asked, false};
        } else if (!isAsListed(id, line)) {
            known.whole = false; // to be read again
        }
    }
    for (const std::string &uuid : missing(m_session.query("SELECT uuid FROM identity_group"), listed))
        removeGroup(asked, uuid);
}

void MirrorWriter::putGroup(Stamp asked, const GroupView &group)
{
    if (!newer(m_knownGroups, group.uuid, asked))
        return;
    const GroupId id = groupId(group.uuid);
    if (!id)
        storeGroup(addGroup(group), group);
    else if (const auto before = identity::readGroup(m_session, id); !before || !sameGroup(*before, group))
        storeGroup(id, group);
    m_knownGroups[group.uuid] = {asked, true};
}

GroupId MirrorWriter::addGroup(const GroupView &group)
{
    m_session.run("INSERT INTO identity_group (uuid, namespace, name, name_key, created, updated, modify_index) "
                  "VALUES (?1, 1, ?2, ?1, 0, 0, 0)",
                  group.uuid, group.name);
    const GroupId id{m_session.lastRowId()};
    GroupView known;
    known.uuid = group.uuid;
    known.name = group.name;
    known.type = group.type;
    known.alias = group.alias;
    storeGroup(id, known);
    return id;
}

void MirrorWriter::storeGroup(GroupId id, const GroupView &group)
{
    const std::string key = foldCase(group.name);
    m_session.run("UPDATE identity_group SET name_key = name_key || char(10) || uuid WHERE name_key = ? AND id <> ?",
                  key, id);
    const int shape =
        (group.policies ? Policies : 0) | (group.memberEntities ? Members : 0) | (group.parentGroups ? Parents : 0);
    m_session.run("UPDATE identity_group SET name = ?2, name_key = ?3, external = ?4, metadata = ?5, shape = ?6, "
                  "modify_index = ?7, created = ?8, updated = ?9 WHERE id = ?1",
                  id, group.name, key, group.type == identity::GroupType::External,
                  identity::metadataColumn(group.metadata), shape, group.modifyIndex, group.created, group.updated);
    identity::setGroupPolicies(m_session, id, group.policies.value_or(Texts()));
    m_session.run("DELETE FROM group_alias WHERE grp = ? AND uuid <> ?", id,
                  group.alias ? group.alias->uuid : std::string());
    if (group.alias)
        storeGroupAlias(id, *group.alias);
    m_session.changes.groups.push_back(id);
}

void MirrorWriter::storeGroupAlias(GroupId owner, const identity::GroupAliasView &alias)
{
    const std::string key = foldCase(alias.name);
    m_session.run("UPDATE group_alias SET name_key = name_key || char(10) || uuid "
                  "WHERE name_key = ? AND accessor = ? AND uuid <> ?",
                  key, alias.accessor, alias.uuid);
    const GroupId before{m_session.integer("SELECT grp FROM group_alias WHERE uuid = ?", alias.uuid).value_or(0)};
    if (before && before != owner)
        m_session.changes.groups.push_back(before);
    if (!before)
        m_session.run("INSERT INTO group_alias (uuid, grp, accessor, name, name_key, created, updated) "
                      "VALUES (?1, ?2, '', '', ?1, 0, 0)",
                      alias.uuid, owner);
    m_session.run("UPDATE group_alias SET grp = ?2, accessor = ?3, name = ?4, name_key = ?5, metadata = ?6, "
                  "custom_metadata = ?7, merged_from = ?8, created = ?9, updated = ?10 WHERE uuid = ?1",
                  alias.uuid, owner, alias.accessor, alias.name, key, identity::metadataColumn(alias.metadata),
                  identity::metadataColumn(alias.customMetadata), identity::idsColumn(alias.mergedFrom), alias.created,
                  alias.updated);
}

void MirrorWriter::removeGroup(Stamp asked, const std::string &uuid)
{
    if (!newer(m_knownGroups, uuid, asked))
        return;
    if (const GroupId id = groupId(uuid))
        identity::deleteGroup(m_session, id);
    m_knownGroups[uuid] = {asked, true};
}

void MirrorWriter::dropEdges(Stamp asked, const GroupView &group)
{
    const GroupId id = groupId(group.uuid);
    if (!id || !isLast(m_knownGroups, group.uuid, asked))
        return; // somebody read it later
    const auto setOf = [](const std::optional<Texts> &texts) {
        const Texts list = texts.value_or(Texts());
        return std::unordered_set<std::string>(list.begin(), list.end());
    };
    const auto unwanted = [&](store::Query rows, const std::optional<Texts> &wanted, const auto &others) {
        const auto stays = setOf(wanted);
        std::vector<std::int64_t> ids;
        while (rows.step()) {
            const std::string uuid(rows.text(1));
            if (!stays.contains(uuid) && !knowsLater(others, uuid, asked))
                ids.push_back(rows.integer(0));
        }
        return ids;
    };
    for (const auto entity : unwanted(m_session.query("SELECT e.id, e.uuid FROM member_entity m "
                                                      "JOIN entity e ON e.id = m.entity WHERE m.grp = ?",
                                                      id),
                                      group.memberEntities, m_knownEntities))
        identity::removeMember(m_session, id, EntityId{entity});
    for (const auto child : unwanted(m_session.query("SELECT g.id, g.uuid FROM member_group m "
                                                     "JOIN identity_group g ON g.id = m.child WHERE m.parent = ?",
                                                     id),
                                     group.memberGroups, m_knownGroups)) {
        m_session.run("DELETE FROM member_group WHERE parent = ? AND child = ?", id, child);
        m_session.changes.subgroups.emplace_back(id, GroupId{child});
    }
    for (const auto parent : unwanted(m_session.query("SELECT g.id, g.uuid FROM member_group m "
                                                      "JOIN identity_group g ON g.id = m.parent WHERE m.child = ?",
                                                      id),
                                      group.parentGroups, m_knownGroups)) {
        m_session.run("DELETE FROM member_group WHERE parent = ? AND child = ?", parent, id);
        m_session.changes.subgroups.emplace_back(GroupId{parent}, id);
    }
}

void MirrorWriter::addEdges(Stamp asked, const GroupView &group)
{
    const GroupId id = groupId(group.uuid);
    if (!id || !isLast(m_knownGroups, group.uuid, asked))
        return;
    for (const std::string &uuid : group.memberEntities.value_or(Texts())) {
        if (const EntityId entity = entityId(uuid); entity && !knowsLater(m_knownEntities, uuid, asked))
            identity::addMember(m_session, id, entity);
    }
    for (const std::string &uuid : group.memberGroups.value_or(Texts())) {
        if (const GroupId child = groupId(uuid); child && !knowsLater(m_knownGroups, uuid, asked))
            addEdge(id, child);
    }
    for (const std::string &uuid : group.parentGroups.value_or(Texts())) {
        if (const GroupId parent = groupId(uuid); parent && !knowsLater(m_knownGroups, uuid, asked))
            addEdge(parent, id);
    }
}

/// No circle, whatever the server says: what is computed from the mirror must end.
void MirrorWriter::addEdge(GroupId parent, GroupId child)
{
    if (m_session.integer("SELECT 1 FROM member_group WHERE parent = ? AND child = ?", parent, child) ||
        identity::isAncestorOrSelf(m_session, child, parent))
        return;
    m_session.run("INSERT INTO member_group (parent, child) VALUES (?, ?)", parent, child);
    m_session.changes.subgroups.emplace_back(parent, child);
}

} // namespace kith::connection
