// SPDX-License-Identifier: Apache-2.0
// How people came into external groups, and what their logins changed of those.
#include "connection/MirrorWriter.h"

#include <algorithm>
#include <set>

namespace kith::connection {

/// Of a membership that is known by now; whoever shows it is told when something of it is new.
void MirrorWriter::putWay(const MirrorBatch::Way &way)
{
    const GroupId group = groupId(way.group);
    const EntityId entity = entityId(way.entity);
    store::Query member = m_session.query(
        "SELECT m.joined, m.alias, a.id, a.refreshed FROM member_entity m LEFT JOIN group_alias g ON g.grp = m.grp "
        "LEFT JOIN entity_alias a ON a.entity = m.entity AND a.accessor = g.accessor AND a.name = ?3 "
        "WHERE m.grp = ?1 AND m.entity = ?2",
        group, entity, way.alias);
    if (!member.step())
        return;
    const auto numberIn = [&](int column) {
        return member.isNull(column) ? std::nullopt : std::optional(member.integer(column));
    };
    const std::optional<std::int64_t> alias = numberIn(2);
    // Where the alias has no time a server tells that of each membership: none goes back.
    const std::optional<std::int64_t> refreshed = std::max<std::optional<std::int64_t>>(numberIn(3), way.refreshed);
    const bool same = numberIn(0) == way.since && numberIn(1) == alias && (!alias || numberIn(3) == refreshed);
    member.reset();
    if (same)
        return;
    m_session.run("UPDATE member_entity SET joined = ?3, alias = ?4 WHERE grp = ?1 AND entity = ?2", group, entity,
                  way.since, alias);
    m_session.run("UPDATE entity_alias SET refreshed = ?2 WHERE id = ?1", alias, refreshed);
    m_session.changes.members.emplace_back(group, entity);
}

/// By row ids; without the groups that aren't known, and without an alias if that isn't.
identity::NewExternalChange MirrorWriter::known(const MirrorBatch::Change &change)
{
    identity::NewExternalChange result;
    result.alias = AliasId{m_session.integer("SELECT id FROM entity_alias WHERE uuid = ?", change.alias).value_or(0)};
    result.time = change.time;
    result.by = change.by;
    for (const bool joined : {true, false})
        for (const std::string &uuid : joined ? change.joined : change.left)
            if (const GroupId group = groupId(uuid))
                (joined ? result.joined : result.left).push_back(group);
    return result;
}

void MirrorWriter::putChange(const MirrorBatch::Change &change)
{
    const identity::NewExternalChange now = known(change);
    const EntityId owner{m_session.integer("SELECT entity FROM entity_alias WHERE id = ?", now.alias).value_or(0)};
    if (!owner)
        return;
    std::set<GroupId> before;
    store::Query rows = m_session.query("SELECT grp FROM external_change_group g JOIN external_change c "
                                        "ON c.alias = g.alias WHERE c.alias = ? AND c.time = ?",
                                        now.alias, now.time);
    while (rows.step())
        before.insert(rows.id<GroupId>(0));
    rows.reset();
    std::set<GroupId> groups(now.joined.begin(), now.joined.end());
    groups.insert(now.left.begin(), now.left.end());
    if (before == groups)
        return; // all of the same time is the same change
    identity::keepExternalChange(m_session, now);
    m_session.changes.entities.push_back(owner);
}

void MirrorWriter::putLastMember(const MirrorBatch::Change &change)
{
    const identity::NewExternalChange now = known(change);
    const std::vector<GroupId> &groups = now.joined.empty() ? now.left : now.joined;
    if (!now.alias || groups.empty() ||
        m_session.integer("SELECT 1 FROM last_member WHERE grp = ? AND alias = ? AND time = ?", groups.front(),
                          now.alias, now.time))
        return;
    identity::keepLastMember(m_session, groups.front(), now, !now.joined.empty());
    m_session.changes.groups.push_back(groups.front());
}

} // namespace kith::connection
