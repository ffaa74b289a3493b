// SPDX-License-Identifier: Apache-2.0
#include "identity/GroupMembers.h"

#include "identity/Cancel.h"
#include "identity/Groups.h"
#include "identity/PolicyList.h"
#include "store/Text.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace kith::identity {

namespace {

NamespaceId namespaceOf(store::Session &session, GroupId group)
{
    return NamespaceId{session.integer("SELECT namespace FROM identity_group WHERE id = ?", group).value_or(0)};
}

Result<EntityId> memberEntity(store::Session &session, NamespaceId ns, const std::string &uuid)
{
    const auto id = session.integer("SELECT id FROM entity WHERE uuid = ? AND namespace = ?", uuid, ns);
    if (!id)
        return rawError("invalid entity ID " + inQuotes(uuid));
    return EntityId{*id};
}

/// Whether all entities are in the root. Then the index of their ids tells who is there, without a look at each row.
bool allInRoot(store::Session &session)
{
    return session.integer("SELECT EXISTS (SELECT 1 FROM entity WHERE namespace <> 1)").value_or(1) == 0;
}

/// In the order of their rows; fails on the first that isn't there.
Result<std::vector<EntityId>> memberEntities(store::Session &session, NamespaceId ns,
                                             const std::vector<std::string> &uuids)
{
    std::vector<EntityId> entities;
    entities.reserve(uuids.size());
    const bool anywhere = ns == RootNamespace && allInRoot(session);
    store::Query row = session.query(anywhere ? "SELECT id FROM entity WHERE uuid = ?1"
                                              : "SELECT id FROM entity WHERE uuid = ?1 AND namespace = ?2");
    if (!anywhere)
        row.bind(2, ns);
    for (const std::string &uuid : uuids) {
        if (!row.bind(1, uuid).step())
            return rawError("invalid entity ID " + inQuotes(uuid));
        entities.push_back(row.id<EntityId>(0));
        row.reset();
    }
    std::sort(entities.begin(), entities.end());
    return entities;
}

void deleteMembers(store::WriteSession &session, GroupId group, const std::vector<EntityId> &entities)
{
    store::Query row = session.query("DELETE FROM member_entity WHERE grp = ?1 AND entity = ?2", group);
    for (const EntityId entity : entities) {
        row.bind(2, entity).run();
        session.changes.members.emplace_back(group, entity);
    }
}

/// Several in one statement cost two thirds of as many statements.
void insertMembers(store::WriteSession &session, GroupId group, const std::vector<EntityId> &entities)
{
    constexpr std::size_t Several = 8;
    store::Query several = session.query("INSERT INTO member_entity (grp, entity) VALUES (?1, ?2), (?1, ?3), (?1, ?4), "
                                         "(?1, ?5), (?1, ?6), (?1, ?7), (?1, ?8), (?1, ?9)",
                                         group);
    store::Query one = session.query("INSERT INTO member_entity (grp, entity) VALUES (?1, ?2)", group);
    std::size_t at = 0;
    for (; entities.size() - at >= Several; at += Several) {
        for (std::size_t i = 0; i < Several; ++i)
            several.bind(static_cast<int>(i) + 2, entities[at + i]);
        several.run();
    }
    for (; at < entities.size(); ++at)
        one.bind(2, entities[at]).run();
    for (const EntityId entity : entities)
        session.changes.members.emplace_back(group, entity);
}

/// Everything above `group`.
std::unordered_set<GroupId> ancestors(store::Session &session, GroupId group)
{
    std::unordered_set<GroupId> above;
    store::Query row = session.query("WITH RECURSIVE up (id) AS (SELECT parent FROM member_group WHERE child = ?1 "
                                     "UNION SELECT m.parent FROM up JOIN member_group m ON m.child = up.id) "
                                     "SELECT id FROM up",
                                     group);
    while (row.step())
        above.insert(row.id<GroupId>(0));
    return above;
}

/// Links subgroups to one group; what stands above that group is looked up once, since links below it can't change it.
class Adoption
{
public:
    Adoption(store::WriteSession &session, GroupId parent)
        : m_session(session), m_parent(parent), m_ns(namespaceOf(session, parent)), m_above(ancestors(session, parent))
    {}

    /// False: it was a subgroup already.
    Result<bool> add(const std::string &uuid)
    {
        const auto child = groupByUuid(m_session, m_ns, uuid);
        if (!child)
            return rawError("invalid member group ID " + inQuotes(uuid));
        if (*child == m_parent)
            return rawError("member group ID " + inQuotes(uuid) + " is same as the ID of the group");
        if (m_above.find(*child) != m_above.end())
            return invalidRequest("cyclic relationship detected for member group ID " + inQuotes(uuid));
        return linkSubgroup(m_session, m_parent, *child);
    }

private:
    store::WriteSession &m_session;
    GroupId m_parent;
    NamespaceId m_ns;
    std::unordered_set<GroupId> m_above;
};

Result<void> checkApart(const std::vector<std::string> &added, const std::vector<std::string> &removed)
{
    for (const std::string &id : added) {
        if (std::binary_search(removed.begin(), removed.end(), id))
            return invalidRequest("member " + inQuotes(id) + " can't be both added and removed");
    }
    return {};
}

Result<void> checkByHand(store::Session &session, GroupId group, const MemberChange &change)
{
    if (session.integer("SELECT external FROM identity_group WHERE id = ?", group).value_or(0) == 0)
        return {};
    if (!change.addEntities.empty() || !change.removeEntities.empty())
        return invalidRequest("member entities can't be set manually for external groups");
    return invalidRequest("member groups can't be set for external groups");
}

Result<void> removeMembers(store::WriteSession &session, GroupId group, const MemberChange &wanted, MemberChange &done,
                           const std::atomic<bool> *cancel)
{
    const NamespaceId ns = namespaceOf(session, group);
    for (const std::string &uuid : wanted.removeEntities) {
        if (isCancelled(cancel))
            return cancelled();
        const auto entity = memberEntity(session, ns, uuid);
        if (entity && removeMember(session, group, *entity))
            done.removeEntities.push_back(uuid);
    }
    for (const std::string &uuid : wanted.removeGroups) {
        const auto child = groupByUuid(session, ns, uuid);
        if (child && unlinkSubgroup(session, group, *child))
            done.removeGroups.push_back(uuid);
    }
    return {};
}

Result<void> addMembers(store::WriteSession &session, GroupId group, const MemberChange &wanted, MemberChange &done,
                        const std::atomic<bool> *cancel)
{
    const NamespaceId ns = namespaceOf(session, group);
    for (const std::string &uuid : wanted.addEntities) {
        if (isCancelled(cancel))
            return cancelled();
        const auto entity = memberEntity(session, ns, uuid);
        if (!entity)
            return entity.error();
        if (addMember(session, group, *entity))
            done.addEntities.push_back(uuid);
    }
    if (wanted.addGroups.empty())
        return {};
    Adoption adoption(session, group);
    for (const std::string &uuid : wanted.addGroups) {
        const auto added = adoption.add(uuid);
        if (!added)
            return added.error();
        if (*added)
            done.addGroups.push_back(uuid);
    }
    return {};
}

} // namespace

bool addMember(store::WriteSession &session, GroupId group, EntityId entity)
{
    session.run("INSERT OR IGNORE INTO member_entity (grp, entity) VALUES (?, ?)", group, entity);
    if (session.changedRows() == 0)
        return false;
    session.changes.members.emplace_back(group, entity);
    return true;
}

bool removeMember(store::WriteSession &session, GroupId group, EntityId entity)
{
    session.run("DELETE FROM member_entity WHERE grp = ? AND entity = ?", group, entity);
    if (session.changedRows() == 0)
        return false;
    session.changes.members.emplace_back(group, entity);
    return true;
}

bool linkSubgroup(store::WriteSession &session, GroupId parent, GroupId child)
{
    session.run("INSERT OR IGNORE INTO member_group (parent, child) VALUES (?, ?)", parent, child);
    if (session.changedRows() == 0)
        return false;
    touchGroup(session, child);
    session.changes.subgroups.emplace_back(parent, child);
    return true;
}

bool unlinkSubgroup(store::WriteSession &session, GroupId parent, GroupId child)
{
    session.run("DELETE FROM member_group WHERE parent = ? AND child = ?", parent, child);
    if (session.changedRows() == 0)
        return false;
    touchGroup(session, child, GroupShape::Parents);
    session.changes.subgroups.emplace_back(parent, child);
    return true;
}

Result<void> setMemberEntities(store::WriteSession &session, GroupId group, const std::vector<std::string> &uuids)
{
    const auto wanted = memberEntities(session, namespaceOf(session, group), cleanIds(uuids));
    if (!wanted)
        return wanted.error();
    std::vector<EntityId> present;
    {
        store::Query row = session.query("SELECT entity FROM member_entity WHERE grp = ? ORDER BY entity", group);
        while (row.step())
            present.push_back(row.id<EntityId>(0));
    }
    std::vector<EntityId> differing;
    std::set_difference(present.begin(), present.end(), wanted->begin(), wanted->end(), std::back_inserter(differing));
    deleteMembers(session, group, differing);
    differing.clear();
    std::set_difference(wanted->begin(), wanted->end(), present.begin(), present.end(), std::back_inserter(differing));
    insertMembers(session, group, differing);
    return {};
}

Result<void> setMemberGroups(store::WriteSession &session, GroupId group, const std::vector<std::string> &uuids)
{
    const std::vector<std::string> wanted = cleanIds(uuids);
    std::vector<GroupId> gone;
    {
        store::Query row = session.query("SELECT g.id, g.uuid FROM member_group m JOIN identity_group g "
                                         "ON g.id = m.child WHERE m.parent = ?",
                                         group);
        while (row.step()) {
            if (!std::binary_search(wanted.begin(), wanted.end(), row.text(1)))
                gone.push_back(row.id<GroupId>(0));
        }
    }
    for (const GroupId child : gone)
        unlinkSubgroup(session, group, child);
    Adoption adoption(session, group);
    for (const std::string &uuid : wanted) {
        if (auto added = adoption.add(uuid); !added)
            return added.error();
    }
    return {};
}

Result<MemberChange> changeMembers(store::WriteSession &session, GroupId group, const MemberChange &change,
                                   const std::atomic<bool> *cancel)
{
    const MemberChange wanted{cleanIds(change.addEntities), cleanIds(change.removeEntities), cleanIds(change.addGroups),
                              cleanIds(change.removeGroups)};
    MemberChange done;
    if (wanted.empty())
        return done;
    if (auto right = checkByHand(session, group, wanted); !right)
        return right.error();
    if (auto apart = checkApart(wanted.addEntities, wanted.removeEntities); !apart)
        return apart.error();
    if (auto apart = checkApart(wanted.addGroups, wanted.removeGroups); !apart)
        return apart.error();
    if (auto removed = removeMembers(session, group, wanted, done, cancel); !removed)
        return removed.error();
    if (auto added = addMembers(session, group, wanted, done, cancel); !added)
        return added.error();
    if (!done.empty()) {
        session.run("UPDATE identity_group SET modify_index = modify_index + 1, shape = shape | ?2, updated = ?3 "
                    "WHERE id = ?1",
                    group, done.removeEntities.empty() ? 0 : GroupShape::Members, session.now);
        if (done.addEntities.empty() && done.removeEntities.empty()) // members tell of the group too
            session.changes.groups.push_back(group);
    }
    return done;
}

bool isAncestorOrSelf(store::Session &session, GroupId group, GroupId below)
{
    const auto above = ancestors(session, below);
    return group == below || above.find(group) != above.end();
}

void unlinkGroup(store::WriteSession &session, GroupId group)
{
    {
        store::Query row = session.query("SELECT parent FROM member_group WHERE child = ?", group);
        while (row.step())
            session.changes.subgroups.emplace_back(row.id<GroupId>(0), group);
    }
    std::vector<GroupId> children;
    {
        store::Query row = session.query("SELECT child FROM member_group WHERE parent = ?", group);
        while (row.step())
            children.push_back(row.id<GroupId>(0));
    }
    session.run("DELETE FROM member_group WHERE parent = ?", group);
    for (const GroupId child : children) { // the real server doesn't store them then: what else reads [] stays so
        session.run("UPDATE identity_group SET modify_index = modify_index + 1, shape = shape | ?2 WHERE id = ?1",
                    child, GroupShape::Parents);
        session.changes.subgroups.emplace_back(group, child);
    }
    session.run("DELETE FROM member_group WHERE child = ?", group);
    {
        store::Query row = session.query("SELECT entity FROM member_entity WHERE grp = ?", group);
        while (row.step())
            session.changes.members.emplace_back(group, row.id<EntityId>(0));
    }
    session.run("DELETE FROM member_entity WHERE grp = ?", group);
}

} // namespace kith::identity
