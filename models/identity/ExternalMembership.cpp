// SPDX-License-Identifier: Apache-2.0
#include "identity/ExternalMembership.h"

namespace kith::identity {

namespace {

std::string mountName(std::string_view path)
{
    return std::string(path.ends_with('/') ? path.substr(0, path.size() - 1) : path);
}

ExternalMembership ofNobody(store::Session &session, GroupId group)
{
    ExternalMembership membership;
    membership.group = group;
    membership.mount = mountName(
        session.text("SELECT m.path FROM group_alias a JOIN mount m ON m.accessor = a.accessor WHERE a.grp = ?", group)
            .value_or(std::string()));
    return membership;
}

/// Columns from `first` on: member_entity.joined, the alias's name, its `refreshed`.
void take(const store::Query &row, int first, ExternalMembership &membership)
{
    if (!row.isNull(first))
        membership.since = row.integer(first);
    membership.alias = row.text(first + 1);
    membership.refreshed = row.isNull(first + 2) ? membership.since : std::optional(row.integer(first + 2));
}

} // namespace

ExternalMembership externalMembership(store::Session &session, GroupId group, std::optional<EntityId> entity)
{
    if (!entity)
        return ofNobody(session, group);
    // An alias of somebody else brought nobody here: files hold memberships that name one that has moved since. Nor
    // does an alias on another mount than the group's refresh anything.
    store::Query row = session.query("SELECT o.path, m.joined, a.name, "
                                     "CASE WHEN a.accessor = g.accessor THEN a.refreshed END "
                                     "FROM (SELECT ?1 AS grp) q LEFT JOIN group_alias g ON g.grp = q.grp "
                                     "LEFT JOIN mount o ON o.accessor = g.accessor "
                                     "LEFT JOIN member_entity m ON m.grp = q.grp AND m.entity = ?2 "
                                     "LEFT JOIN entity_alias a ON a.id = m.alias AND a.entity = m.entity",
                                     group, *entity);
    ExternalMembership membership;
    membership.group = group;
    if (!row.step())
        return membership;
    membership.mount = mountName(row.text(0));
    take(row, 1, membership);
    return membership;
}

std::vector<ExternalMembership> externalMemberships(store::Session &session, EntityId entity)
{
    std::vector<GroupId> groups;
    store::Query rows = session.query("SELECT m.grp FROM member_entity m JOIN identity_group g ON g.id = m.grp "
                                      "WHERE m.entity = ? AND g.external = 1 ORDER BY g.name_key",
                                      entity);
    while (rows.step())
        groups.push_back(rows.id<GroupId>(0));
    rows.reset();
    std::vector<ExternalMembership> memberships;
    for (const GroupId group : groups)
        memberships.push_back(externalMembership(session, group, entity));
    return memberships;
}

std::vector<ExternalMember> externalMembers(store::Session &session, GroupId group, std::int64_t limit)
{
    const ExternalMembership common = ofNobody(session, group);
    std::vector<ExternalMember> members;
    store::Query rows = session.query("SELECT e.uuid, e.name, m.joined, a.name, "
                                      "CASE WHEN a.accessor = g.accessor THEN a.refreshed END "
                                      "FROM member_entity m JOIN entity e ON e.id = m.entity "
                                      "LEFT JOIN group_alias g ON g.grp = m.grp "
                                      "LEFT JOIN entity_alias a ON a.id = m.alias AND a.entity = m.entity "
                                      "WHERE m.grp = ? ORDER BY m.entity LIMIT ?",
                                      group, limit);
    while (rows.step()) {
        members.push_back({std::string(rows.text(0)), std::string(rows.text(1)), common});
        take(rows, 2, members.back().membership);
    }
    return members;
}

} // namespace kith::identity
