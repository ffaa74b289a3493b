// SPDX-License-Identifier: Apache-2.0
#include "identity/Listing.h"

#include <unordered_map>

namespace kith::identity {

namespace {

std::string withoutSlash(std::string_view path)
{
    return std::string(path.substr(0, path.size() - (path.ends_with('/') ? 1 : 0)));
}

int count(store::Query &query, std::int64_t id)
{
    query.bind(1, id);
    const int result = query.step() ? static_cast<int>(query.integer(0)) : 0;
    query.reset();
    return result;
}

template <class Id>
std::optional<Id> idOf(const std::optional<std::int64_t> &value)
{
    return value ? std::optional(Id{*value}) : std::nullopt;
}

} // namespace

std::vector<ListedEntity> listEntities(store::Session &session, const std::vector<EntityId> &ids)
{
    store::Query entity = session.query("SELECT uuid, name, disabled, updated FROM entity WHERE id = ?");
    store::Query aliases =
        session.query("SELECT a.name, m.path, m.type FROM entity_alias a "
                      "LEFT JOIN mount m ON m.accessor = a.accessor WHERE a.entity = ? ORDER BY a.id");
    store::Query groups = session.query("SELECT count(*) FROM member_entity WHERE entity = ?");
    store::Query policies = session.query("SELECT count(*) FROM entity_policy WHERE entity = ?");

    std::vector<ListedEntity> result;
    result.reserve(ids.size());
    for (const EntityId id : ids) {
        entity.bind(1, id.value);
        if (entity.step()) {
            ListedEntity listed;
            listed.id = id;
            listed.uuid = entity.text(0);
            listed.name = entity.text(1);
            listed.disabled = entity.integer(2) != 0;
            listed.updated = entity.integer(3);
            aliases.bind(1, id.value);
            while (aliases.step())
                listed.aliases.push_back(
                    {std::string(aliases.text(0)), withoutSlash(aliases.text(1)), std::string(aliases.text(2))});
            aliases.reset();
            listed.directGroups = count(groups, id.value);
            listed.ownPolicies = count(policies, id.value);
            result.push_back(std::move(listed));
        }
        entity.reset();
    }
    return result;
}

std::vector<ListedGroup> listGroups(store::Session &session, const std::vector<GroupId> &ids)
{
    store::Query group = session.query("SELECT g.uuid, g.name, g.external, m.path FROM identity_group g "
                                       "LEFT JOIN group_alias a ON a.grp = g.id "
                                       "LEFT JOIN mount m ON m.accessor = a.accessor WHERE g.id = ?");
    store::Query members = session.query("SELECT count(*) FROM member_entity WHERE grp = ?");
    store::Query subgroups = session.query("SELECT count(*) FROM member_group WHERE parent = ?");
    store::Query parents = session.query("SELECT count(*) FROM member_group WHERE child = ?");
    store::Query policies = session.query("SELECT count(*) FROM group_policy WHERE grp = ?");

    std::vector<ListedGroup> result;
    result.reserve(ids.size());
    for (const GroupId id : ids) {
        group.bind(1, id.value);
        if (group.step()) {
            ListedGroup listed;
            listed.id = id;
            listed.uuid = group.text(0);
            listed.name = group.text(1);
            listed.external = group.integer(2) != 0;
            listed.mount = withoutSlash(group.text(3));
            listed.directMembers = count(members, id.value);
            listed.subgroups = count(subgroups, id.value);
            listed.parents = count(parents, id.value);
            listed.ownPolicies = count(policies, id.value);
            result.push_back(std::move(listed));
        }
        group.reset();
    }
    return result;
}

std::vector<ListedChild> listChildren(store::Session &session, GroupId parentOrNone)
{
    store::Query rows =
        parentOrNone
            ? session.query("SELECT g.id, g.external, EXISTS (SELECT 1 FROM member_group WHERE parent = g.id) "
                            "FROM member_group m JOIN identity_group g ON g.id = m.child "
                            "WHERE m.parent = ? ORDER BY g.name_key, g.id",
                            parentOrNone)
            : session.query("SELECT g.id, g.external, EXISTS (SELECT 1 FROM member_group WHERE parent = g.id) "
                            "FROM identity_group g WHERE g.namespace = 1 AND "
                            "NOT EXISTS (SELECT 1 FROM member_group WHERE child = g.id) ORDER BY g.name_key, g.id");
    std::vector<ListedChild> result;
    while (rows.step())
        result.push_back({rows.id<GroupId>(0), rows.integer(1) != 0, rows.integer(2) != 0});
    return result;
}

Totals totals(store::Session &session)
{
    Totals result;
    result.entities = session.integer("SELECT count(*) FROM entity WHERE namespace = 1").value_or(0);
    result.groups = session.integer("SELECT count(*) FROM identity_group WHERE namespace = 1").value_or(0);
    result.aliases = session
                         .integer("SELECT (SELECT count(*) FROM entity_alias) - (SELECT count(*) FROM entity e "
                                  "JOIN entity_alias a ON a.entity = e.id WHERE e.namespace <> 1)")
                         .value_or(0);
    result.policies = session
                          .integer("SELECT count(*) FROM policy_name p WHERE "
                                   "EXISTS (SELECT 1 FROM acl_policy WHERE policy = p.id AND namespace = 1) OR "
                                   "EXISTS (SELECT 1 FROM entity_policy x JOIN entity e ON e.id = x.entity "
                                   "WHERE x.policy = p.id AND e.namespace = 1) OR "
                                   "EXISTS (SELECT 1 FROM group_policy x JOIN identity_group g ON g.id = x.grp "
                                   "WHERE x.policy = p.id AND g.namespace = 1)")
                          .value_or(0);
    result.mounts =
        session.integer("SELECT count(*) FROM mount WHERE namespace = 1 AND class = 'auth' AND type <> 'token'")
            .value_or(0);
    return result;
}

namespace {

using PolicyCounts = std::unordered_map<PolicyId, int>;

PolicyCounts countsOf(store::Query rows)
{
    PolicyCounts counts;
    while (rows.step())
        counts[rows.id<PolicyId>(0)] = static_cast<int>(rows.integer(1));
    return counts;
}

int countOf(const PolicyCounts &counts, PolicyId policy)
{
    const auto found = counts.find(policy);
    return found != counts.end() ? found->second : 0;
}

} // namespace

// All at once, and those of other namespaces only where there are any: to ask of each entity of each policy where it
// is takes seconds at a million.
std::vector<ListedPolicy> listPolicies(store::Session &session)
{
    const PolicyCounts entities = countsOf(session.query("SELECT policy, count(*) FROM entity_policy GROUP BY policy"));
    const PolicyCounts groups = countsOf(session.query("SELECT policy, count(*) FROM group_policy GROUP BY policy"));
    PolicyCounts entitiesElsewhere;
    PolicyCounts groupsElsewhere;
    if (session.integer("SELECT 1 FROM namespace WHERE id <> 1")) {
        entitiesElsewhere = countsOf(session.query("SELECT x.policy, count(*) FROM entity e JOIN entity_policy x "
                                                   "ON x.entity = e.id WHERE e.namespace <> 1 GROUP BY x.policy"));
        groupsElsewhere = countsOf(session.query("SELECT x.policy, count(*) FROM identity_group g JOIN group_policy x "
                                                 "ON x.grp = g.id WHERE g.namespace <> 1 GROUP BY x.policy"));
    }
    store::Query rows = session.query("SELECT p.id, p.name, a.text FROM policy_name p LEFT JOIN acl_policy a "
                                      "ON a.policy = p.id AND a.namespace = 1 ORDER BY p.name");
    std::vector<ListedPolicy> result;
    while (rows.step()) {
        const auto policy = rows.id<PolicyId>(0);
        ListedPolicy listed;
        listed.name = rows.text(1);
        listed.defined = !rows.isNull(2);
        listed.text = rows.text(2);
        listed.entities = countOf(entities, policy) - countOf(entitiesElsewhere, policy);
        listed.groups = countOf(groups, policy) - countOf(groupsElsewhere, policy);
        if (listed.defined || listed.entities > 0 || listed.groups > 0)
            result.push_back(std::move(listed));
    }
    return result;
}

std::vector<ListedMount> listMounts(store::Session &session)
{
    store::Query rows = session.query(
        "SELECT path, type, accessor, description, local, (SELECT count(*) FROM group_alias g WHERE g.accessor = "
        "mount.accessor) FROM mount WHERE namespace = 1 AND class = 'auth' AND type <> 'token' ORDER BY path");
    std::vector<ListedMount> result;
    while (rows.step()) {
        ListedMount mount;
        mount.path = withoutSlash(rows.text(0));
        mount.type = rows.text(1);
        mount.accessor = rows.text(2);
        mount.description = rows.text(3);
        mount.local = rows.integer(4) != 0;
        mount.groupAliases = static_cast<int>(rows.integer(5));
        result.push_back(std::move(mount));
    }
    return result;
}

std::vector<ListedAliasRow> listAliases(store::Session &session, const std::vector<AliasId> &ids)
{
    store::Query alias = session.query(
        "SELECT a.uuid, a.name, m.path, m.type, a.accessor, e.id, e.name, e.uuid, a.updated FROM entity_alias a "
        "JOIN entity e ON e.id = a.entity LEFT JOIN mount m ON m.accessor = a.accessor WHERE a.id = ?");
    std::vector<ListedAliasRow> result;
    result.reserve(ids.size());
    for (const AliasId id : ids) {
        alias.bind(1, id.value);
        if (alias.step()) {
            ListedAliasRow row;
            row.id = id;
            row.uuid = alias.text(0);
            row.alias = {std::string(alias.text(1)), withoutSlash(alias.text(2)), std::string(alias.text(3))};
            row.accessor = alias.text(4);
            row.entity = alias.id<EntityId>(5);
            row.entityName = alias.text(6);
            row.entityUuid = alias.text(7);
            row.updated = alias.integer(8);
            result.push_back(std::move(row));
        }
        alias.reset();
    }
    return result;
}

std::optional<EntityId> entityByUuid(store::Session &session, std::string_view uuid)
{
    if (auto id = session.integer("SELECT id FROM entity WHERE uuid = ?", uuid))
        return idOf<EntityId>(id);
    return idOf<EntityId>(session.integer("SELECT entity FROM merged_entity WHERE uuid = ?", uuid));
}

std::optional<GroupId> groupByUuid(store::Session &session, std::string_view uuid)
{
    return idOf<GroupId>(session.integer("SELECT id FROM identity_group WHERE uuid = ?", uuid));
}

std::optional<std::string> uuidOf(store::Session &session, EntityId id)
{
    return session.text("SELECT uuid FROM entity WHERE id = ?", id);
}

std::optional<std::string> uuidOf(store::Session &session, GroupId id)
{
    return session.text("SELECT uuid FROM identity_group WHERE id = ?", id);
}

} // namespace kith::identity
