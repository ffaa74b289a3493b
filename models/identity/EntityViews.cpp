// SPDX-License-Identifier: Apache-2.0
#include "identity/EntityViews.h"

#include <boost/json.hpp>

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

std::vector<std::string> inheritedGroups(store::Session &session, EntityId entity)
{
    return texts(session.query("WITH RECURSIVE direct(id) AS (SELECT grp FROM member_entity WHERE entity = ?1), "
                               "above(id) AS (SELECT id FROM direct "
                               "UNION SELECT m.parent FROM above JOIN member_group m ON m.child = above.id) "
                               "SELECT g.uuid FROM above JOIN identity_group g ON g.id = above.id "
                               "WHERE above.id NOT IN (SELECT id FROM direct) ORDER BY g.uuid",
                               entity));
}

} // namespace

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
        "SELECT a.uuid, e.uuid, n.uuid, a.accessor, a.name, a.metadata, a.custom_metadata, a.merged_from, "
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
        "SELECT a.uuid, e.uuid, n.uuid, a.accessor, a.name, a.metadata, a.custom_metadata, a.merged_from, "
        "a.local, a.created, a.updated, iif(m.class = 'auth', 'auth/', '') || m.path, m.type "
        "FROM entity_alias a JOIN entity e ON e.id = a.entity JOIN namespace n ON n.id = e.namespace "
        "LEFT JOIN mount m ON m.accessor = a.accessor WHERE a.id = ?",
        alias);
    return rows.step() ? std::optional(aliasOf(rows)) : std::nullopt;
}

std::optional<EntityView> readEntity(store::Session &session, EntityId entity)
{
    store::Query row = session.query("SELECT e.uuid, e.name, n.uuid, e.metadata, e.disabled, e.created, e.updated "
                                     "FROM entity e JOIN namespace n ON n.id = e.namespace WHERE e.id = ?",
                                     entity);
    if (!row.step())
        return std::nullopt;
    EntityView view;
    view.uuid = row.text(0);
    view.name = row.text(1);
    view.namespaceId = row.text(2);
    view.metadata = metadataFromColumn(row.text(3));
    view.disabled = row.integer(4) != 0;
    view.created = row.integer(5);
    view.updated = row.integer(6);
    view.policies = texts(session.query("SELECT p.name FROM entity_policy e JOIN policy_name p ON p.id = e.policy "
                                        "WHERE e.entity = ? ORDER BY p.name",
                                        entity));
    auto merged = texts(session.query("SELECT uuid FROM merged_entity WHERE entity = ? ORDER BY position", entity));
    if (!merged.empty())
        view.mergedIds = std::move(merged);
    view.aliases = aliasesOf(session, entity);
    view.directGroups = texts(session.query("SELECT g.uuid FROM member_entity m JOIN identity_group g ON g.id = m.grp "
                                            "WHERE m.entity = ? ORDER BY g.uuid",
                                            entity));
    view.inheritedGroups = inheritedGroups(session, entity);
    return view;
}

void listEntities(store::Session &session, NamespaceId ns, const std::function<void(const EntityListItem &)> &give)
{
    store::Query rows = session.query("SELECT e.uuid, e.name, a.uuid, a.accessor, a.name, "
                                      "iif(m.class = 'auth', 'auth/', '') || m.path, m.type "
                                      "FROM entity e LEFT JOIN entity_alias a ON a.entity = e.id "
                                      "LEFT JOIN mount m ON m.accessor = a.accessor "
                                      "WHERE e.namespace = ? ORDER BY e.uuid, a.id",
                                      ns);
    EntityListItem item;
    while (rows.step()) {
        if (rows.text(0) != item.uuid) {
            if (!item.uuid.empty())
                give(item);
            item = {std::string(rows.text(0)), std::string(rows.text(1)), {}};
        }
        if (rows.isNull(2))
            continue;
        EntityAliasView &alias = item.aliases.emplace_back();
        alias.uuid = rows.text(2);
        alias.accessor = rows.text(3);
        alias.name = rows.text(4);
        if (!rows.isNull(5)) {
            alias.mountPath = rows.text(5);
            alias.mountType = rows.text(6);
        }
    }
    if (!item.uuid.empty())
        give(item);
}

void listEntityAliases(store::Session &session, NamespaceId ns,
                       const std::function<void(const EntityAliasView &)> &give)
{
    store::Query rows = session.query(
        "SELECT a.uuid, e.uuid, n.uuid, a.accessor, a.name, a.metadata, a.custom_metadata, a.merged_from, "
        "a.local, a.created, a.updated, iif(m.class = 'auth', 'auth/', '') || m.path, m.type "
        "FROM entity_alias a JOIN entity e ON e.id = a.entity JOIN namespace n ON n.id = e.namespace "
        "LEFT JOIN mount m ON m.accessor = a.accessor WHERE e.namespace = ? ORDER BY a.uuid",
        ns);
    while (rows.step())
        give(aliasOf(rows));
}

} // namespace kith::identity
