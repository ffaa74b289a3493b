// SPDX-License-Identifier: Apache-2.0
#include "identity/Entities.h"
#include "identity/EntityAliases.h"
#include "identity/GroupMembers.h"
#include "identity/Groups.h"
#include "identity/Mounts.h"
#include "identity/PolicyList.h"
#include "identity/Restore.h"
#include "identity/RestoreChecks.h"
#include "store/Text.h"

namespace kith::identity {

namespace {

/// Whether an entity has, or by a merge had, this id.
bool isEntityId(store::Session &session, std::string_view uuid)
{
    return session
        .integer("SELECT 1 FROM entity WHERE uuid = ?1 UNION ALL SELECT 1 FROM merged_entity WHERE uuid = ?1", uuid)
        .has_value();
}

/// An entity has one alias a mount; a merge may have brought it a second one, which says so.
Result<void> checkMount(store::Session &session, EntityId entity, const EntityAliasView &alias,
                        const std::string &field)
{
    if (alias.mergedFrom)
        return {};
    const auto other = session.integer(
        "SELECT 1 FROM entity_alias WHERE entity = ? AND accessor = ? AND merged_from IS NULL", entity, alias.accessor);
    if (other)
        return invalidRequest(field + ": Alias already exists for requested entity and mount accessor");
    return {};
}

Result<void> checkAlias(store::Session &session, EntityId entity, const EntityAliasView &alias,
                        const std::string &field)
{
    if (session.integer("SELECT 1 FROM entity_alias WHERE uuid = ?", alias.uuid))
        return taken(field + ".id", alias.uuid);
    if (aliasByFactors(session, alias.accessor, alias.name))
        return invalidRequest(field + ": alias with combination of mount accessor and name already exists");
    if (alias.customMetadata) {
        if (auto right = checkField(field + ".custom_metadata", checkCustomMetadata(*alias.customMetadata)); !right)
            return right;
    }
    return checkMount(session, entity, alias, field);
}

Result<void> addAlias(store::WriteSession &session, NamespaceId ns, EntityId entity, const EntityAliasView &alias,
                      const std::string &field)
{
    if (auto right = checkAlias(session, entity, alias, field); !right)
        return right;
    if (auto right = checkAccessor(session, ns, field + ".mount_accessor", alias.accessor); !right)
        return right;
    const auto mount = mountByAccessor(session, alias.accessor);
    session.run("INSERT INTO entity_alias (uuid, entity, accessor, name, name_key, metadata, custom_metadata, "
                "merged_from, local, created, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                alias.uuid, entity, alias.accessor, alias.name, foldCase(alias.name), metadataColumn(alias.metadata),
                metadataColumn(alias.customMetadata), idsColumn(alias.mergedFrom), mount ? mount->local : alias.local,
                timeOr(alias.created, session), timeOr(alias.updated, session));
    return {};
}

Result<std::vector<std::string>> checkEntity(store::Session &session, NamespaceId ns, const EntityView &entity)
{
    if (isEntityId(session, entity.uuid))
        return taken("entity.id", entity.uuid);
    if (entityByName(session, ns, entity.name))
        return taken("entity.name", entity.name);
    if (entity.metadata) {
        if (auto right = checkField("entity.metadata", checkMetadata(MetadataOf::Entity, *entity.metadata)); !right)
            return right.error();
    }
    auto policies = cleanPolicies(entity.policies);
    if (!policies)
        return inField("entity.policies", policies.error());
    return policies;
}

Result<void> addMergedIds(store::WriteSession &session, EntityId id, const EntityView &entity)
{
    std::int64_t position = 0;
    for (const std::string &uuid : entity.mergedIds.value_or(std::vector<std::string>())) {
        if (isEntityId(session, uuid))
            return taken("entity.merged_entity_ids", uuid);
        session.run("INSERT INTO merged_entity (uuid, entity, position) VALUES (?, ?, ?)", uuid, id, ++position);
    }
    return {};
}

LeftOut joinGroups(store::WriteSession &session, NamespaceId ns, EntityId id, const std::vector<std::string> &uuids)
{
    LeftOut leftOut;
    for (const std::string &uuid : cleanIds(uuids)) {
        const auto group = groupByUuid(session, ns, uuid);
        if (!group)
            leftOut.push_back("there is no group " + inQuotes(uuid) + " any more: the entity isn't in it");
        else if (addMember(session, *group, id))
            touchGroup(session, *group);
    }
    return leftOut;
}

} // namespace

Result<LeftOut> restoreEntity(store::WriteSession &session, NamespaceId ns, const EntityView &entity)
{
    const auto policies = checkEntity(session, ns, entity);
    if (!policies)
        return policies.error();
    constexpr Nanoseconds millisecond = 1'000'000; // versions stay exact as numbers of JSON in every reader
    session.run("INSERT INTO entity (uuid, namespace, name, name_key, disabled, metadata, version, created, updated) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entity.uuid, ns, entity.name, foldCase(entity.name), entity.disabled, metadataColumn(entity.metadata),
                session.now / millisecond, timeOr(entity.created, session), timeOr(entity.updated, session));
    const EntityId id{session.lastRowId()};
    session.changes.entities.push_back(id);
    setEntityPolicies(session, id, *policies);
    if (auto merged = addMergedIds(session, id, entity); !merged)
        return merged.error();
    for (std::size_t i = 0; i < entity.aliases.size(); ++i) {
        if (auto added = addAlias(session, ns, id, entity.aliases[i], "entity.aliases[" + std::to_string(i) + "]");
            !added)
            return added.error();
    }
    return joinGroups(session, ns, id, entity.directGroups);
}

Result<void> restoreEntityAlias(store::WriteSession &session, NamespaceId ns, const EntityAliasView &alias)
{
    const auto entity = entityByUuid(session, ns, alias.canonicalId);
    if (!entity)
        return invalidRequest("entity_alias.canonical_id: there is no entity " + inQuotes(alias.canonicalId));
    if (auto added = addAlias(session, ns, *entity, alias, "entity_alias"); !added)
        return added;
    touchEntity(session, *entity);
    return {};
}

} // namespace kith::identity
