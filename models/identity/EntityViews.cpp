// SPDX-License-Identifier: Apache-2.0
#include "identity/EntityViews.h"

#include "store/Text.h"

#include <boost/json.hpp>

#include <algorithm>
#include <span>
#include <unordered_set>

namespace kith::identity {

namespace {

EntityAliasView aliasOf(const store::Query &row)
{
    EntityAliasView alias;
    alias.uuid = row.text(0);
    alias.canonicalId = row.text(1);
    alias.namespaceId = row.text(2);
    alias.accessor = row.text(3);
    alias.name = row.text(4);
    alias.metadata = metadataFromColumn(row.text(5));
    alias.customMetadata = metadataFromColumn(row.text(6));
    alias.mergedFrom = idsFromColumn(row.text(7));
    alias.local = row.integer(8) != 0;
    alias.created = row.integer(9);
    alias.updated = row.integer(10);
    if (!row.isNull(11)) {
        alias.mountPath = row.text(11);
        alias.mountType = row.text(12);
    }
    return alias;
}

std::vector<std::string> texts(store::Query rows)
{
    std::vector<std::string> all;
    while (rows.step())
        all.emplace_back(rows.text(0));
    return all;
}

std::vector<std::string> sorted(std::vector<std::string> all)
{
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<std::string> uuidsOf(store::Session &session, std::span<const GroupId> groups)
{
    std::vector<std::string> uuids;
    store::Query row = session.query("SELECT uuid FROM identity_group WHERE id = ?");
    for (const GroupId group : groups) {
        row.bind(1, group);
        if (row.step())
            uuids.emplace_back(row.text(0));
        row.reset();
    }
    return sorted(std::move(uuids));
}

} // namespace

// Step by step: a recursive query and every ORDER BY need a table of their own, which costs more than a few look-ups.
EntityGroups groupsOf(store::Session &session, EntityId entity)
{
    EntityGroups groups;
    store::Query direct = session.query("SELECT grp FROM member_entity WHERE entity = ?", entity);
    while (direct.step())
        groups.all.push_back(direct.id<GroupId>(0));
    groups.direct = groups.all.size();
    if (groups.all.empty())
        return groups;
    std::unordered_set<GroupId> seen(groups.all.begin(), groups.all.end());
    store::Query above = session.query("SELECT parent FROM member_group WHERE child = ?");
    for (std::size_t i = 0; i < groups.all.size(); ++i) {
        above.bind(1, groups.all[i]);
        while (above.step())
            if (seen.insert(above.id<GroupId>(0)).second)
                groups.all.push_back(above.id<GroupId>(0));
        above.reset();
    }
    return groups;
}

std::optional<std::string> idsColumn(const std::optional<std::vector<std::string>> &ids)
{
    return ids ? std::optional(boost::json::serialize(boost::json::value_from(*ids))) : std::nullopt;
}

std::optional<std::vector<std::string>> idsFromColumn(std::string_view json)
{
    boost::json::error_code failed;
    const boost::json::value parsed = json.empty() ? boost::json::value() : boost::json::parse(json, failed);
    if (failed || !parsed.is_array())
        return std::nullopt;
    std::vector<std::string> ids;
    for (const boost::json::value &id : parsed.get_array())
        if (id.is_string())
            ids.emplace_back(id.get_string());
    return ids;
}

std::vector<EntityAliasView> aliasesOf(store::Session &session, EntityId entity)
{
    store::Query rows = session.query(
        "SELECT a.uuid, e.uuid, n.short_id, a.accessor, a.name, a.metadata, a.custom_metadata, a.merged_from, "
        "a.local, a.created, a.updated, iif(m.class = 'auth', 'auth/', '') || m.path, m.type "
        "FROM entity_alias a JOIN entity e ON e.id = a.entity JOIN namespace n ON n.id = e.namespace "
        "LEFT JOIN mount m ON m.accessor = a.accessor WHERE a.entity = ? ORDER BY a.id",
        entity);
    std::vector<EntityAliasView> aliases;
    while (rows.step())
        aliases.push_back(aliasOf(rows));
    return aliases;
}

std::optional<EntityAliasView> readEntityAlias(store::Session &session, AliasId alias)
{
    store::Query rows = session.query(
        "SELECT a.uuid, e.uuid, n.short_id, a.accessor, a.name, a.metadata, a.custom_metadata, a.merged_from, "
        "a.local, a.created, a.updated, iif(m.class = 'auth', 'auth/', '') || m.path, m.type "
        "FROM entity_alias a JOIN entity e ON e.id = a.entity JOIN namespace n ON n.id = e.namespace "
        "LEFT JOIN mount m ON m.accessor = a.accessor WHERE a.id = ?",
        alias);
    return rows.step() ? std::optional(aliasOf(rows)) : std::nullopt;
}

namespace {

/// The aliases of an entity that is known: nothing of it is read again.
std::vector<EntityAliasView> aliasesOf(store::Session &session, EntityId id, const EntityView &entity)
{
    store::Query rows = session.query(
        "SELECT a.uuid, ?2, ?3, a.accessor, a.name, a.metadata, a.custom_metadata, a.merged_from, a.local, a.created, "
        "a.updated, iif(m.class = 'auth', 'auth/', '') || m.path, m.type "
        "FROM entity_alias a LEFT JOIN mount m ON m.accessor = a.accessor WHERE a.entity = ?1 ORDER BY a.id",
        id, entity.uuid, entity.namespaceId);
    std::vector<EntityAliasView> aliases;
    while (rows.step())
        aliases.push_back(aliasOf(rows));
    return aliases;
}

/// Without its groups. `row`: the entity's id, uuid, name, namespace, metadata, disabled, created, updated.
std::optional<EntityView> ownViewOf(store::Session &session, store::Query row)
{
    if (!row.step())
        return std::nullopt;
    const auto entity = row.id<EntityId>(0);
    EntityView view;
    view.id = entity;
    view.uuid = row.text(1);
    view.name = row.text(2);
    view.namespaceId = row.text(3);
    view.metadata = metadataFromColumn(row.text(4));
    view.disabled = row.integer(5) != 0;
    view.created = row.integer(6);
    view.updated = row.integer(7);
    view.policies = sorted(texts(session.query(
        "SELECT p.name FROM entity_policy e JOIN policy_name p ON p.id = e.policy WHERE e.entity = ?", entity)));
    auto merged = texts(session.query("SELECT uuid FROM merged_entity WHERE entity = ? ORDER BY position", entity));
    if (!merged.empty())
        view.mergedIds = std::move(merged);
    view.aliases = aliasesOf(session, entity, view);
    return view;
}

std::optional<EntityView> viewOf(store::Session &session, store::Query row)
{
    auto view = ownViewOf(session, std::move(row));
    if (!view)
        return view;
    const EntityGroups groups = groupsOf(session, view->id);
    const std::span<const GroupId> all(groups.all);
    view->directGroups = uuidsOf(session, all.first(groups.direct));
    view->inheritedGroups = uuidsOf(session, all.subspan(groups.direct));
    return view;
}

} // namespace

static store::Query rowOf(store::Session &session, EntityId entity)
{
    return session.query("SELECT e.id, e.uuid, e.name, n.short_id, e.metadata, e.disabled, e.created, e.updated "
                         "FROM entity e JOIN namespace n ON n.id = e.namespace WHERE e.id = ?",
                         entity);
}

std::optional<EntityView> readEntity(store::Session &session, EntityId entity)
{
    return viewOf(session, rowOf(session, entity));
}

std::optional<EntityView> readEntityAlone(store::Session &session, EntityId entity)
{
    return ownViewOf(session, rowOf(session, entity));
}

std::optional<EntityView> readEntity(store::Session &session, NamespaceId ns, std::string_view uuid)
{
    return viewOf(session, session.query("SELECT e.id, e.uuid, e.name, n.short_id, e.metadata, e.disabled, e.created, "
                                         "e.updated FROM entity e JOIN namespace n ON n.id = e.namespace "
                                         "WHERE e.uuid = ? AND e.namespace = ?",
                                         uuid, ns));
}

std::optional<EntityView> readEntityByName(store::Session &session, NamespaceId ns, std::string_view name)
{
    return viewOf(session, session.query("SELECT e.id, e.uuid, e.name, n.short_id, e.metadata, e.disabled, e.created, "
                                         "e.updated FROM entity e JOIN namespace n ON n.id = e.namespace "
                                         "WHERE e.name_key = ? AND e.namespace = ?",
                                         foldCase(name), ns));
}

void listEntityAliases(store::Session &session, NamespaceId ns,
                       const std::function<void(const EntityAliasView &)> &give)
{
    store::Query rows = session.query(
        "SELECT a.uuid, e.uuid, n.short_id, a.accessor, a.name, a.metadata, a.custom_metadata, a.merged_from, "
        "a.local, a.created, a.updated, iif(m.class = 'auth', 'auth/', '') || m.path, m.type "
        "FROM entity_alias a JOIN entity e ON e.id = a.entity JOIN namespace n ON n.id = e.namespace "
        "LEFT JOIN mount m ON m.accessor = a.accessor WHERE e.namespace = ? ORDER BY a.uuid",
        ns);
    while (rows.step())
        give(aliasOf(rows));
}

} // namespace kith::identity
