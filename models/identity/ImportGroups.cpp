// SPDX-License-Identifier: Apache-2.0
#include "identity/GroupMembers.h"
#include "identity/Import.h"
#include "identity/ImportPlanner.h"
#include "store/Text.h"

namespace kith::identity {

Result<void> Import::saveGroups()
{
    for (std::size_t i = 0; i < m_plan.groups.size(); ++i) {
        if (auto go = step(); !go)
            return go;
        const document::Group &group = m_document.groups[i];
        const Planned<document::Group> planned{m_plan.groups[i], group};
        Result<void> saved;
        if (planned.plan.action == PlanAction::Create)
            saved = createGroup(planned);
        else if (planned.plan.action == PlanAction::Change)
            saved = changeGroup(planned);
        if (!saved)
            return refused(saved.error(), placeIn("groups", group.index));
    }
    return {};
}

Result<void> Import::createGroup(const Planned<document::Group> &group)
{
    const document::Group &item = group.item;
    GroupChange change;
    change.name = item.name;
    change.type = item.external ? "external" : "internal";
    change.policies = item.policies;
    if (item.metadata)
        change.metadata = item.metadata;
    if (item.memberEntities && !item.external)
        change.memberEntities.emplace(); // set, and filled once all entities are there
    const auto saved = identity::createGroup(m_session, RootNamespace, change);
    if (!saved)
        return saved.error();
    m_groups[foldCase(item.name)] = saved->id;
    if (item.alias)
        saveGroupAlias(saved->id, *item.alias);
    return {};
}

Result<void> Import::changeGroup(const Planned<document::Group> &group)
{
    const auto &[plan, item] = group;
    const GroupId id = groupNamed(item.name);
    const auto shape = m_session.integer("SELECT shape FROM identity_group WHERE id = ?", id).value_or(0);
    if (changes(plan, "name") || changes(plan, "metadata") || changes(plan, "policies")) {
        GroupChange change;
        change.name = item.name;
        change.policies = item.policies;
        if (item.metadata)
            change.metadata = item.metadata;
        if (auto updated = updateGroup(m_session, id, change); !updated)
            return updated;
    }
    if (item.alias && changes(plan, "alias"))
        saveGroupAlias(id, *item.alias);
    if (changes(plan, "member_"))
        m_session.run("UPDATE identity_group SET updated = ?2 WHERE id = ?1", id, m_session.now);
    touchGroup(m_session, id, static_cast<int>(shape));
    m_session.changes.groups.push_back(id);
    return {};
}

void Import::saveGroupAlias(GroupId group, const document::Alias &alias)
{
    const std::string accessor = accessorOf(alias);
    m_session.run("INSERT INTO group_alias (uuid, grp, accessor, name, name_key, metadata, custom_metadata, created, "
                  "updated) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8) ON CONFLICT (grp) DO UPDATE SET "
                  "accessor = excluded.accessor, name = excluded.name, name_key = excluded.name_key, "
                  "metadata = coalesce(excluded.metadata, metadata), "
                  "custom_metadata = coalesce(excluded.custom_metadata, custom_metadata), updated = excluded.updated",
                  newObjectUuid(m_session, RootNamespace), group, accessor, alias.name, foldCase(alias.name),
                  metadataColumn(alias.metadata), metadataColumn(alias.customMetadata), m_session.now);
    m_session.changes.groups.push_back(group);
}

Result<void> Import::saveMembers()
{
    // First all that leaves, so that no cycle stands even for a moment; then all that comes.
    for (std::size_t i = 0; i < m_plan.groups.size(); ++i) {
        const ObjectPlan &plan = m_plan.groups[i];
        if (plan.action != PlanAction::Change)
            continue;
        const GroupId id = groupNamed(m_document.groups[i].name);
        if (const FieldChange *change = changeOf(plan, "member_groups")) {
            for (const std::string &name : change->removed)
                unlinkSubgroup(m_session, id, groupNamed(name));
        }
        if (const FieldChange *change = changeOf(plan, "member_entities")) {
            for (const std::string &name : change->removed)
                removeMember(m_session, id, entityNamed(name));
            touchGroup(m_session, id, GroupShape::Members);
        }
    }
    for (std::size_t i = 0; i < m_plan.groups.size(); ++i) {
        if (auto go = step(); !go)
            return go;
        if (m_plan.groups[i].action == PlanAction::Keep)
            continue;
        if (auto saved = saveMembers({m_plan.groups[i], m_document.groups[i]}); !saved)
            return refused(saved.error(), placeIn("groups", m_document.groups[i].index));
    }
    return {};
}

Result<void> Import::saveMembers(const Planned<document::Group> &group)
{
    const auto &[plan, item] = group;
    const GroupId id = groupNamed(item.name);
    const bool isNew = plan.action == PlanAction::Create;
    // An external group that is here already keeps the members that logins gave it.
    if (item.memberEntities && (isNew || !item.external)) {
        for (const document::Member &member : *item.memberEntities) {
            const EntityId entity = entityNamed(member.name);
            if (!entity)
                return invalidRequest("there is no entity " + shownName(member.name));
            addMember(m_session, id, entity);
        }
    }
    if (item.memberGroups) {
        for (const document::Member &member : *item.memberGroups) {
            const GroupId child = groupNamed(member.name);
            if (!child)
                return invalidRequest("there is no group " + shownName(member.name));
            linkSubgroup(m_session, id, child);
        }
    }
    return {};
}

} // namespace kith::identity
