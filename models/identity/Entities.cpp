// SPDX-License-Identifier: Apache-2.0
#include "identity/Entities.h"

#include "identity/Groups.h"
#include "identity/PolicyList.h"
#include "store/Text.h"

namespace kith::identity {

namespace {

constexpr PolicyTable entityPolicies{"SELECT policy FROM entity_policy WHERE entity = ? ORDER BY policy",
                                     "INSERT INTO entity_policy (entity, policy) VALUES (?, ?)",
                                     "DELETE FROM entity_policy WHERE entity = ? AND policy = ?"};

/// The policies as they are kept, once all checks have passed.
Result<std::optional<std::vector<std::string>>> checkedPolicies(const EntityChange &change)
{
    std::optional<std::vector<std::string>> clean;
    if (change.policies) {
        auto policies = cleanPolicies(*change.policies);
        if (!policies)
            return policies.error();
        clean = std::move(*policies);
    }
    if (change.metadata && *change.metadata) {
        if (auto fits = checkMetadata(MetadataOf::Entity, **change.metadata); !fits)
            return fits.error();
    }
    return clean;
}

SavedEntity insert(store::WriteSession &session, NamespaceId ns, const std::string &name, const EntityChange &change)
{
    SavedEntity saved;
    saved.uuid = newObjectUuid(session, ns);
    saved.name = name.empty() ? newEntityName(session, ns) : name;
    saved.created = true;
    session.run("INSERT INTO entity (uuid, namespace, name, name_key, disabled, metadata, created, updated) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
                saved.uuid, ns, saved.name, foldCase(saved.name), change.disabled.value_or(false),
                metadataColumn(change.metadata.value_or(std::nullopt)), session.now);
    saved.id = EntityId{session.lastRowId()};
    session.changes.entities.push_back(saved.id);
    return saved;
}

SavedEntity update(store::WriteSession &session, EntityId entity, const std::string &name)
{
    if (!name.empty())
        session.run("UPDATE entity SET name = ?, name_key = ? WHERE id = ?", name, foldCase(name), entity);
    // [Q] Storing an entity turns its empty metadata into null, unless this very request sets it.
    session.run("UPDATE entity SET metadata = nullif(metadata, '{}'), version = version + 1, updated = ? WHERE id = ?",
                session.now, entity);
    session.changes.entities.push_back(entity);
    store::Query row = session.query("SELECT uuid, name FROM entity WHERE id = ?", entity);
    row.step();
    return {entity, std::string(row.text(0)), std::string(row.text(1)), false};
}

void writeValues(store::WriteSession &session, EntityId entity, const EntityChange &change)
{
    if (change.disabled)
        session.run("UPDATE entity SET disabled = ? WHERE id = ?", *change.disabled, entity);
    if (change.metadata)
        session.run("UPDATE entity SET metadata = ? WHERE id = ?", metadataColumn(*change.metadata), entity);
}

} // namespace

std::optional<EntityId> entityByUuid(store::Session &session, NamespaceId ns, std::string_view uuid)
{
    const auto id = session.integer("SELECT id FROM entity WHERE uuid = ? AND namespace = ?", uuid, ns);
    return id ? std::optional(EntityId{*id}) : std::nullopt;
}

std::optional<EntityId> entityByName(store::Session &session, NamespaceId ns, std::string_view name)
{
    const auto id = session.integer("SELECT id FROM entity WHERE name_key = ? AND namespace = ?", foldCase(name), ns);
    return id ? std::optional(EntityId{*id}) : std::nullopt;
}

Result<SavedEntity> saveEntity(store::WriteSession &session, NamespaceId ns, const std::string &uuid,
                               const EntityChange &change)
{
    std::optional<EntityId> target;
    if (!uuid.empty()) {
        target = entityByUuid(session, ns, uuid);
        if (!target)
            return invalidRequest("entity not found from id");
    }
    const std::string name = change.name.value_or(std::string());
    if (!name.empty()) {
        const auto owner = entityByName(session, ns, name);
        if (owner && target && *owner != *target)
            return invalidRequest("entity name is already in use");
        if (owner)
            target = owner;
    }
    const auto policies = checkedPolicies(change);
    if (!policies)
        return policies.error();
    SavedEntity saved = target ? update(session, *target, name) : insert(session, ns, name, change);
    if (target)
        writeValues(session, saved.id, change);
    if (*policies && target)
        setEntityPolicies(session, saved.id, **policies);
    else if (*policies)
        givePolicies(session, entityPolicies, saved.id.value, **policies);
    return saved;
}

SavedEntity createEntity(store::WriteSession &session, NamespaceId ns)
{
    return insert(session, ns, {}, {});
}

void deleteEntity(store::WriteSession &session, EntityId entity)
{
    store::Query groups = session.query("SELECT grp FROM member_entity WHERE entity = ?", entity);
    while (groups.step())
        session.changes.members.emplace_back(groups.id<GroupId>(0), entity);
    session.run("UPDATE identity_group SET modify_index = modify_index + 1, shape = ?2, "
                "metadata = nullif(metadata, '{}') WHERE id IN (SELECT grp FROM member_entity WHERE entity = ?1)",
                entity, GroupShape::Members);
    session.run("DELETE FROM member_entity WHERE entity = ?", entity);
    session.run("DELETE FROM entity WHERE id = ?", entity);
    session.changes.entities.push_back(entity);
}

Result<void> deleteEntities(store::WriteSession &session, NamespaceId ns, const std::vector<std::string> &uuids)
{
    if (uuids.empty())
        return invalidRequest("missing entity ids to delete");
    for (const std::string &uuid : uuids) {
        if (uuid.empty())
            return rawError("missing entity id");
        if (const auto entity = entityByUuid(session, ns, uuid))
            deleteEntity(session, *entity);
    }
    return {};
}

void touchEntity(store::WriteSession &session, EntityId entity)
{
    session.run("UPDATE entity SET version = version + 1 WHERE id = ?", entity);
    session.changes.entities.push_back(entity);
}

void setEntityPolicies(store::WriteSession &session, EntityId entity, const std::vector<std::string> &policies)
{
    replacePolicies(session, entityPolicies, entity.value, policies);
}

std::string newEntityName(store::Session &session, NamespaceId ns)
{
    const std::string suffix = session.text("SELECT short_id FROM namespace WHERE id = ?", ns).value_or("root");
    std::string name;
    do {
        name = "entity_" + randomHex(4) + "." + suffix;
    } while (entityByName(session, ns, name));
    return name;
}

} // namespace kith::identity
