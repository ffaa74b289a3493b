// SPDX-License-Identifier: Apache-2.0
#include "identity/ImportPlanner.h"

#include "store/Text.h"

namespace kith::identity {

void ImportPlanner::planEntities()
{
    plan.entities.reserve(document.entities.size());
    for (const document::Entity &entity : document.entities)
        planEntity(entity);
}

void ImportPlanner::planEntity(const document::Entity &entity)
{
    ObjectPlan object;
    object.index = entity.index;
    object.name = entity.name;
    EntityId id;
    store::Query row = session.query(
        "SELECT id, uuid, version, name, disabled, metadata FROM entity WHERE name_key = ? AND namespace = 1",
        foldCase(entity.name));
    if (row.step()) {
        id = row.id<EntityId>(0);
        object.uuid = row.text(1);
        object.version = row.integer(2);
        compareText(object, "name", std::string(row.text(3)), entity.name);
        const bool disabled = row.integer(4) != 0;
        if (entity.disabled && *entity.disabled != disabled)
            compareText(object, "disabled", disabled ? "true" : "false", disabled ? "false" : "true");
        compareMetadata(object, "metadata", metadataIn(row, 5), entity.metadata);
        if (entity.policies)
            compareLists(object, "policies",
                         namesIn(session.query("SELECT p.name FROM entity_policy e JOIN policy_name p "
                                               "ON p.id = e.policy WHERE e.entity = ? ORDER BY p.name",
                                               id)),
                         *entity.policies);
    }
    for (const document::Alias &alias : entity.aliases)
        planEntityAlias(object, id, entity, alias);
    decide(object, bool(id));
    plan.entities.push_back(std::move(object));
}

void ImportPlanner::planEntityAlias(ObjectPlan &object, EntityId id, const document::Entity &entity,
                                    const document::Alias &alias)
{
    const std::string accessor = accessorOf(alias);
    const std::string where = alias.mount.empty() ? alias.accessor : alias.mount;
    const std::string field = "aliases." + where;
    if (accessor.empty()) {
        if (id)
            compareText(object, field, {}, alias.name);
        return;
    }
    store::Query row =
        session.query("SELECT a.entity, a.name, a.metadata, a.custom_metadata, e.name FROM entity_alias a "
                      "JOIN entity e ON e.id = a.entity WHERE a.name_key = ? AND a.accessor = ?",
                      foldCase(alias.name), accessor);
    if (row.step()) {
        if (row.id<EntityId>(0) != id) {
            error("alias-taken", placeIn("entities", entity.index) + "." + placeIn("aliases", alias.index),
                  labelOf("entity", entity.name),
                  "the alias " + shownName(alias.name) + " on " + shownName(where) + " belongs to the entity " +
                      shownName(row.text(4)) + " here; move or delete it first, or take it out of the document");
            return;
        }
        compareText(object, field, std::string(row.text(1)), alias.name);
        compareMetadata(object, field + ".metadata", metadataIn(row, 2), alias.metadata);
        compareMetadata(object, field + ".custom_metadata", metadataIn(row, 3), alias.customMetadata);
        return;
    }
    if (!id)
        return;
    // One alias an entity and mount: another name for it is a change of that alias.
    store::Query other = session.query(
        "SELECT name, metadata, custom_metadata FROM entity_alias WHERE entity = ? AND accessor = ?", id, accessor);
    const bool renamed = other.step();
    compareText(object, field, renamed ? std::string(other.text(0)) : std::string(), alias.name);
    compareMetadata(object, field + ".metadata", renamed ? metadataIn(other, 1) : StoredMetadata(), alias.metadata);
    compareMetadata(object, field + ".custom_metadata", renamed ? metadataIn(other, 2) : StoredMetadata(),
                    alias.customMetadata);
}

} // namespace kith::identity
