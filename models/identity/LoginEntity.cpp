// SPDX-License-Identifier: Apache-2.0
#include "identity/LoginEntity.h"

#include "identity/Entities.h"
#include "identity/EntityViews.h"
#include "identity/Groups.h"
#include "store/Text.h"

#include <algorithm>
#include <set>

namespace kith::identity {

namespace {

std::optional<LoginEntity> known(store::WriteSession &session, const Mount &mount, const std::string &name,
                                 const std::optional<Metadata> &metadata)
{
    store::Query row = session.query("SELECT a.id, a.metadata, e.id, e.uuid, e.disabled FROM entity_alias a "
                                     "JOIN entity e ON e.id = a.entity AND e.namespace = ?3 "
                                     "WHERE a.name_key = ?1 AND a.accessor = ?2",
                                     foldCase(name), mount.accessor, mount.ns);
    if (!row.step())
        return std::nullopt;
    LoginEntity entity{row.id<EntityId>(2), std::string(row.text(3)), row.id<AliasId>(0), false, row.integer(4) != 0};
    if (!metadata)
        return entity;
    const std::optional<std::string> now = metadataColumn(*metadata);
    // Most often the texts are the same; else what they say may be.
    const bool same = (now && *now == row.text(1)) || *metadata == metadataFromColumn(row.text(1)).value_or(Metadata());
    row.reset();
    if (!same) {
        session.run("UPDATE entity_alias SET metadata = ?2, updated = ?3 WHERE id = ?1", entity.alias, now,
                    session.now);
        touchEntity(session, entity.id);
    }
    return entity;
}

/// An external group that a directory names.
struct NamedByDirectory {
    GroupId group;
    std::string name;
};

std::vector<NamedByDirectory> namedGroups(store::Session &session, const LoginEntity &entity, std::string_view accessor,
                                          const std::vector<std::string> &groupAliases)
{
    std::vector<NamedByDirectory> groups;
    for (const std::string &name : groupAliases)
        if (const auto group = session.integer("SELECT a.grp FROM group_alias a JOIN identity_group g ON g.id = a.grp "
                                               "JOIN entity e ON e.id = ?3 AND e.namespace = g.namespace "
                                               "WHERE a.name_key = ?1 AND a.accessor = ?2",
                                               foldCase(name), accessor, entity.id))
            groups.push_back({GroupId{*group}, name});
    return groups;
}

std::vector<std::string> namesOf(const std::vector<NamedByDirectory> &groups)
{
    std::vector<std::string> names;
    names.reserve(groups.size());
    for (const NamedByDirectory &group : groups)
        names.push_back(group.name);
    return names;
}

/// Does what a directory's word changes, and keeps that it was changed.
void put(store::WriteSession &session, const LoginEntity &entity, const NewExternalChange &change)
{
    if (change.joined.empty() && change.left.empty())
        return;
    for (const GroupId group : change.left) {
        session.run("DELETE FROM member_entity WHERE grp = ? AND entity = ?", group, entity.id);
        touchGroup(session, group, GroupShape::Members);
    }
    for (const GroupId group : change.joined) {
        session.run("INSERT INTO member_entity (grp, entity, joined, alias) VALUES (?, ?, ?, nullif(?, 0))", group,
                    entity.id, session.now, entity.alias);
        touchGroup(session, group);
    }
    if (entity.alias) // else it is gone, and there is nothing to keep it of
        keepExternalChange(session, change);
    for (const bool joined : {true, false})
        for (const GroupId group : joined ? change.joined : change.left) {
            session.changes.members.emplace_back(group, entity.id);
            if (entity.alias)
                keepLastMember(session, group, change, joined);
        }
}

} // namespace

Result<LoginEntity> loginEntity(store::WriteSession &session, const Mount &mount, const std::string &name,
                                const std::optional<Metadata> &metadata)
{
    if (name.empty())
        return Error{ErrorCode::Internal, 500, "missing name in alias", {}};
    if (auto entity = known(session, mount, name, metadata))
        return *entity;
    const SavedEntity made = createEntity(session, mount.ns);
    session.run("INSERT INTO entity_alias (uuid, entity, accessor, name, name_key, metadata, local, created, updated) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
                newObjectUuid(session, mount.ns), made.id, mount.accessor, name, foldCase(name),
                metadata ? metadataColumn(*metadata) : std::nullopt, mount.local, session.now);
    return LoginEntity{made.id, made.uuid, AliasId{session.lastRowId()}, true, false};
}

std::optional<LoginEntity> loginEntityOf(store::Session &session, std::string_view uuid, std::string_view accessor)
{
    store::Query row = session.query("SELECT e.id, e.uuid, a.id, e.disabled FROM entity e "
                                     "LEFT JOIN entity_alias a ON a.entity = e.id AND a.accessor = ?2 "
                                     "WHERE e.uuid = ?1",
                                     uuid, accessor);
    if (!row.step())
        return std::nullopt;
    return LoginEntity{row.id<EntityId>(0), std::string(row.text(1)), row.id<AliasId>(2), false, row.integer(3) != 0};
}

std::vector<std::string> refreshExternalGroups(store::WriteSession &session, const LoginEntity &entity,
                                               std::string_view accessor, const std::vector<std::string> &groupAliases,
                                               RefreshedBy by)
{
    const std::vector<NamedByDirectory> named = namedGroups(session, entity, accessor, groupAliases);
    std::set<GroupId> wanted;
    for (const NamedByDirectory &group : named)
        wanted.insert(group.group);
    if (!wanted.empty())
        session.run("UPDATE entity_alias SET refreshed = ?2 WHERE id = ?1", entity.alias, session.now);
    std::set<GroupId> left;
    store::Query rows = session.query("SELECT m.grp FROM member_entity m JOIN identity_group g ON g.id = m.grp "
                                      "LEFT JOIN group_alias a ON a.grp = m.grp "
                                      "WHERE m.entity = ? AND g.external = 1 AND (a.accessor = ? OR a.grp IS NULL)",
                                      entity.id, accessor);
    while (rows.step())
        if (const auto group = rows.id<GroupId>(0); wanted.erase(group) == 0)
            left.insert(group);
    rows.reset();
    put(session, entity, {entity.alias, session.now, by, {wanted.begin(), wanted.end()}, {left.begin(), left.end()}});
    return namesOf(named);
}

std::vector<std::string> knownExternalGroups(store::Session &session, const LoginEntity &entity,
                                             std::string_view accessor, const std::vector<std::string> &groupAliases)
{
    return namesOf(namedGroups(session, entity, accessor, groupAliases));
}

std::vector<std::string> identityPolicies(store::Session &session, EntityId entity)
{
    std::vector<PolicyId> policies;
    const auto take = [&](store::Query &rows) {
        while (rows.step())
            policies.push_back(rows.id<PolicyId>(0));
        rows.reset();
    };
    store::Query own = session.query("SELECT policy FROM entity_policy WHERE entity = ?", entity);
    take(own);
    store::Query ofGroup = session.query("SELECT policy FROM group_policy WHERE grp = ?");
    for (const GroupId group : groupsOf(session, entity).all)
        take(ofGroup.bind(1, group));
    std::sort(policies.begin(), policies.end());
    policies.erase(std::unique(policies.begin(), policies.end()), policies.end());
    std::vector<std::string> names;
    names.reserve(policies.size());
    store::Query name = session.query("SELECT name FROM policy_name WHERE id = ?");
    for (const PolicyId policy : policies) {
        if (name.bind(1, policy).step())
            names.emplace_back(name.text(0));
        name.reset();
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace kith::identity
