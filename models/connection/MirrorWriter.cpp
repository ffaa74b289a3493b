// SPDX-License-Identifier: Apache-2.0
#include "connection/MirrorWriter.h"

#include "identity/Entities.h"
#include "identity/GroupMembers.h"
#include "store/Text.h"

#include <algorithm>
#include <unordered_set>

namespace kith::connection {

using identity::EntityAliasView;
using identity::EntityView;

void MirrorWriter::run(const MirrorBatch &batch)
{
    if (batch.mounts)
        putMounts(*batch.mounts);
    if (batch.policyNames)
        putPolicyNames(*batch.policyNames);
    for (const auto &policy : batch.policies)
        putPolicy(policy);
    if (batch.groupList)
        putGroupList(batch.groupList->asked, batch.groupList->view);
    if (batch.entityList)
        putEntityList(batch.entityList->asked, batch.entityList->view);
    for (const auto &gone : batch.goneEntities)
        removeEntity(gone.asked, gone.uuid);
    for (const auto &gone : batch.goneGroups)
        removeGroup(gone.asked, gone.uuid);
    for (const auto &group : batch.groups)
        putGroup(group.asked, group.view);
    for (const auto &entity : batch.entities)
        putEntity(entity.asked, entity.view);
    // Edges go before any come: what moves within its branch would look like a circle for a moment.
    for (const auto &group : batch.groups)
        dropEdges(group.asked, group.view);
    for (const auto &group : batch.groups)
        addEdges(group.asked, group.view);
    for (const auto &entity : batch.entities)
        putMemberships(entity.asked, entity.view);
    for (const MirrorBatch::Way &way : batch.ways)
        putWay(way);
    for (const MirrorBatch::Change &change : batch.changes)
        putChange(change);
    for (const MirrorBatch::Change &change : batch.lastMembers)
        putLastMember(change);
}

EntityId MirrorWriter::entityId(const std::string &uuid)
{
    return EntityId{m_session.integer("SELECT id FROM entity WHERE uuid = ?", uuid).value_or(0)};
}

GroupId MirrorWriter::groupId(const std::string &uuid)
{
    return GroupId{m_session.integer("SELECT id FROM identity_group WHERE uuid = ?", uuid).value_or(0)};
}

MirrorWriter::Texts MirrorWriter::missing(store::Query rows, const std::unordered_set<std::string> &listed)
{
    Texts gone;
    while (rows.step())
        if (std::string uuid(rows.text(0)); !listed.contains(uuid))
            gone.push_back(std::move(uuid));
    return gone;
}

bool MirrorWriter::isLast(const MirrorStore::KnownObjects &known, const std::string &uuid, Stamp asked)
{
    const auto found = known.find(uuid);
    return found != known.end() && found->second.asked == asked;
}

bool MirrorWriter::newer(const MirrorStore::KnownObjects &known, const std::string &uuid, Stamp asked) const
{
    const auto found = known.find(uuid);
    return found == known.end() || found->second.asked <= asked;
}

bool MirrorWriter::knowsLater(const MirrorStore::KnownObjects &known, const std::string &uuid, Stamp asked) const
{
    const auto found = known.find(uuid);
    return found != known.end() && found->second.whole && found->second.asked > asked;
}

void MirrorWriter::putEntityList(Stamp asked, const std::vector<EntityView> &entities)
{
    std::unordered_set<std::string> listed;
    for (const EntityView &entity : entities) {
        listed.insert(entity.uuid);
        if (!newer(m_knownEntities, entity.uuid, asked))
            continue;
        auto &known = m_knownEntities[entity.uuid];
        const EntityId id = entityId(entity.uuid);
        if (!id) {
            addEntity(entity);
            known = {asked, false};
            continue;
        }
        const auto before = identity::readEntityAlone(m_session, id);
        const auto short_ = [](const EntityView &view) {
            std::vector<std::string> facts{view.name};
            for (const EntityAliasView &alias : view.aliases)
                facts.push_back(alias.uuid + alias.accessor + "\n" + alias.name);
            std::sort(facts.begin() + 1, facts.end());
            return facts;
        };
        if (before && short_(*before) != short_(entity))
            known.whole = false; // to be read again
    }
    for (const std::string &uuid : missing(m_session.query("SELECT uuid FROM entity"), listed))
        removeEntity(asked, uuid);
}

void MirrorWriter::putEntity(Stamp asked, const EntityView &entity)
{
    if (!newer(m_knownEntities, entity.uuid, asked))
        return;
    if (const EntityId id = entityId(entity.uuid); !id)
        addEntity(entity);
    else if (const auto before = identity::readEntityAlone(m_session, id); before && !sameEntity(*before, entity))
        storeEntity(id, *before, entity);
    m_knownEntities[entity.uuid] = {asked, true};
}

/// Two of one name can't be in a file. The other has another name by now, or the server is odd: it is kept under a key
/// of its own.
std::string MirrorWriter::freeKey(const EntityView &entity)
{
    std::string key = foldCase(entity.name);
    m_session.run("UPDATE entity SET name_key = name_key || char(10) || uuid WHERE name_key = ? AND uuid <> ?", key,
                  entity.uuid);
    return key;
}

std::string MirrorWriter::freeKey(const EntityAliasView &alias)
{
    std::string key = foldCase(alias.name);
    m_session.run("UPDATE entity_alias SET name_key = name_key || char(10) || uuid "
                  "WHERE name_key = ? AND accessor = ? AND uuid <> ?",
                  key, alias.accessor, alias.uuid);
    return key;
}

void MirrorWriter::addEntity(const EntityView &entity)
{
    m_session.run("INSERT INTO entity (uuid, namespace, name, name_key, disabled, metadata, created, updated, version) "
                  "VALUES (?, 1, ?, ?, ?, ?, ?, ?, 1)",
                  entity.uuid, entity.name, freeKey(entity), entity.disabled, identity::metadataColumn(entity.metadata),
                  entity.created, entity.updated);
    const EntityId id{m_session.lastRowId()};
    if (!entity.policies.empty())
        identity::setEntityPolicies(m_session, id, entity.policies);
    if (entity.mergedIds)
        putMerged(id, *entity.mergedIds);
    for (const EntityAliasView &alias : entity.aliases)
        putAlias(id, alias);
    m_session.changes.entities.push_back(id);
}

bool MirrorWriter::hasKey(const EntityView &entity)
{
    return m_session.integer("SELECT 1 FROM entity WHERE uuid = ? AND name_key = ?", entity.uuid, foldCase(entity.name))
        .has_value();
}

bool MirrorWriter::hasKey(const EntityAliasView &alias)
{
    return m_session
        .integer("SELECT 1 FROM entity_alias WHERE uuid = ? AND name_key = ?", alias.uuid, foldCase(alias.name))
        .has_value();
}

/// Only what differs: of most that is read whole for the first time, the list has brought name and aliases.
void MirrorWriter::storeEntity(EntityId id, const EntityView &before, const EntityView &entity)
{
    if (entity.name != before.name || !hasKey(entity))
        m_session.run("UPDATE entity SET name = ?2, name_key = ?3 WHERE id = ?1", id, entity.name, freeKey(entity));
    m_session.run("UPDATE entity SET disabled = ?2, metadata = ?3, created = ?4, updated = ?5, version = version + 1 "
                  "WHERE id = ?1",
                  id, entity.disabled, identity::metadataColumn(entity.metadata), entity.created, entity.updated);
    if (entity.policies != before.policies)
        identity::setEntityPolicies(m_session, id, entity.policies);
    if (entity.mergedIds != before.mergedIds)
        putMerged(id, entity.mergedIds.value_or(Texts()));
    const auto in = [](const std::vector<EntityAliasView> &aliases, const std::string &uuid) {
        return std::find_if(aliases.begin(), aliases.end(),
                            [&](const EntityAliasView &alias) { return alias.uuid == uuid; });
    };
    for (const EntityAliasView &alias : before.aliases)
        if (in(entity.aliases, alias.uuid) == entity.aliases.end())
            m_session.run("DELETE FROM entity_alias WHERE uuid = ?", alias.uuid);
    for (const EntityAliasView &alias : entity.aliases) {
        const auto known = in(before.aliases, alias.uuid);
        if (known == before.aliases.end() || known->name != alias.name || known->accessor != alias.accessor ||
            !hasKey(alias))
            putAlias(id, alias);
        else if (!sameAlias(*known, alias))
            storeFacts(alias);
    }
    m_session.changes.entities.push_back(id);
}

/// The alias has moved from somebody else.
void MirrorWriter::takeAlias(EntityId owner, AliasId alias)
{
    const EntityId before{m_session.integer("SELECT entity FROM entity_alias WHERE id = ?", alias).value_or(0)};
    if (!before || before == owner)
        return;
    identity::touchEntity(m_session, before);
    identity::forgetExternalChanges(m_session, alias);
    m_session.changes.entities.push_back(before);
}

void MirrorWriter::putAlias(EntityId owner, const EntityAliasView &alias)
{
    const std::string key = freeKey(alias);
    const AliasId id{m_session.integer("SELECT id FROM entity_alias WHERE uuid = ?", alias.uuid).value_or(0)};
    if (!id) {
        m_session.run("INSERT INTO entity_alias (uuid, entity, accessor, name, name_key, created, updated) "
                      "VALUES (?, ?, ?, ?, ?, 0, 0)",
                      alias.uuid, owner, alias.accessor, alias.name, key);
    } else {
        takeAlias(owner, id);
        if (m_session.integer("SELECT 1 FROM entity_alias WHERE id = ? AND accessor <> ?", id, alias.accessor))
            identity::forgetExternalChanges(m_session, id); // they were another mount's
        m_session.run("UPDATE entity_alias SET entity = ?, accessor = ?, name = ?, name_key = ? WHERE id = ?", owner,
                      alias.accessor, alias.name, key, id);
    }
    storeFacts(alias);
}

/// All but whose it is and what it is called.
void MirrorWriter::storeFacts(const EntityAliasView &alias)
{
    m_session.run("UPDATE entity_alias SET metadata = ?2, custom_metadata = ?3, merged_from = ?4, local = ?5, "
                  "created = ?6, updated = ?7 WHERE uuid = ?1",
                  alias.uuid, identity::metadataColumn(alias.metadata), identity::metadataColumn(alias.customMetadata),
                  identity::idsColumn(alias.mergedFrom), alias.local, alias.created, alias.updated);
}

void MirrorWriter::putMerged(EntityId id, const Texts &uuids)
{
    m_session.run("DELETE FROM merged_entity WHERE entity = ?", id);
    std::int64_t position = 0;
    for (const std::string &uuid : uuids)
        m_session.run("INSERT OR REPLACE INTO merged_entity (uuid, entity, position) VALUES (?, ?, ?)", uuid, id,
                      ++position);
}

void MirrorWriter::putMemberships(Stamp asked, const EntityView &entity)
{
    const EntityId id = entityId(entity.uuid);
    if (!id || !isLast(m_knownEntities, entity.uuid, asked))
        return; // somebody read it later
    std::unordered_set<std::string> wanted(entity.directGroups.begin(), entity.directGroups.end());
    std::vector<std::pair<GroupId, std::string>> present;
    {
        store::Query rows = m_session.query(
            "SELECT g.id, g.uuid FROM member_entity m JOIN identity_group g ON g.id = m.grp WHERE m.entity = ?", id);
        while (rows.step())
            present.emplace_back(rows.id<GroupId>(0), rows.text(1));
    }
    for (const auto &[group, uuid] : present)
        if (wanted.erase(uuid) == 0 && !knowsLater(m_knownGroups, uuid, asked))
            identity::removeMember(m_session, group, id);
    for (const std::string &uuid : wanted) {
        const GroupId group = groupId(uuid);
        if (group && !knowsLater(m_knownGroups, uuid, asked))
            identity::addMember(m_session, group, id);
    }
}

void MirrorWriter::removeEntity(Stamp asked, const std::string &uuid)
{
    if (!newer(m_knownEntities, uuid, asked))
        return;
    if (const EntityId id = entityId(uuid))
        identity::deleteEntity(m_session, id);
    m_knownEntities[uuid] = {asked, true};
}

} // namespace kith::connection
