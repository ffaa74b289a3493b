// SPDX-License-Identifier: Apache-2.0
#include "World.h"

#include "policy/PolicyNames.h"
#include "store/Text.h"

#include <cstdlib>

namespace kith::test {

namespace {

template <class T>
T orAbort(Result<T> result)
{
    if (!result)
        qFatal("%s", why(result).constData());
    return std::move(*result);
}

} // namespace

World::World()
{
    store::OpenOptions options;
    options.file = m_folder.filePath(QStringLiteral("core.kith")).toStdString();
    options.clock = &clock;
    m_store = orAbort(store::Store::open(options));
    m_identities = orAbort(identity::Identities::open(*m_store));
}

World::~World()
{
    m_identities.reset();
}

void World::write(const std::function<void(store::WriteSession &)> &function)
{
    if (m_open) {
        function(*m_open);
        return;
    }
    const Result<void> written = m_store->write([&](store::WriteSession &session) -> Result<void> {
        function(session);
        return {};
    });
    if (!written)
        qFatal("%s", why(written).constData());
}

EntityId World::addEntity(const std::string &name)
{
    EntityId id;
    write([&](store::WriteSession &session) {
        session.run("INSERT INTO entity (uuid, namespace, name, name_key, created, updated) VALUES (?, 1, ?, ?, ?, ?)",
                    newUuid(), name, foldCase(name), session.now, session.now);
        id = EntityId{session.lastRowId()};
        session.changes.entities.push_back(id);
    });
    return id;
}

GroupId World::addGroup(const std::string &name)
{
    GroupId id;
    write([&](store::WriteSession &session) {
        session.run("INSERT INTO identity_group (uuid, namespace, name, name_key, created, updated) "
                    "VALUES (?, 1, ?, ?, ?, ?)",
                    newUuid(), name, foldCase(name), session.now, session.now);
        id = GroupId{session.lastRowId()};
        session.changes.groups.push_back(id);
    });
    return id;
}

void World::setExternal(GroupId group)
{
    write([&](store::WriteSession &session) {
        session.run("UPDATE identity_group SET external = 1 WHERE id = ?", group);
        session.changes.groups.push_back(group);
    });
}

void World::addMember(GroupId group, EntityId entity)
{
    write([&](store::WriteSession &session) {
        session.run("INSERT OR IGNORE INTO member_entity (grp, entity) VALUES (?, ?)", group, entity);
        session.changes.members.emplace_back(group, entity);
    });
}

void World::removeMember(GroupId group, EntityId entity)
{
    write([&](store::WriteSession &session) {
        session.run("DELETE FROM member_entity WHERE grp = ? AND entity = ?", group, entity);
        session.changes.members.emplace_back(group, entity);
    });
}

void World::addSubgroup(GroupId parent, GroupId child)
{
    write([&](store::WriteSession &session) {
        session.run("INSERT OR IGNORE INTO member_group (parent, child) VALUES (?, ?)", parent, child);
        session.changes.subgroups.emplace_back(parent, child);
    });
}

void World::removeSubgroup(GroupId parent, GroupId child)
{
    write([&](store::WriteSession &session) {
        session.run("DELETE FROM member_group WHERE parent = ? AND child = ?", parent, child);
        session.changes.subgroups.emplace_back(parent, child);
    });
}

void World::addPolicy(EntityId entity, const std::string &policy)
{
    write([&](store::WriteSession &session) {
        session.run("INSERT OR IGNORE INTO entity_policy (entity, policy) VALUES (?, ?)", entity,
                    policy::internPolicy(session, policy));
        session.changes.entities.push_back(entity);
    });
}

void World::addPolicy(GroupId group, const std::string &policy)
{
    write([&](store::WriteSession &session) {
        session.run("INSERT OR IGNORE INTO group_policy (grp, policy) VALUES (?, ?)", group,
                    policy::internPolicy(session, policy));
        session.changes.groups.push_back(group);
    });
}

void World::definePolicy(const std::string &policy, const std::string &text)
{
    write([&](store::WriteSession &session) {
        const PolicyId id = policy::internPolicy(session, policy);
        session.run("INSERT OR REPLACE INTO acl_policy (namespace, policy, text, updated) VALUES (1, ?, ?, ?)", id,
                    text, session.now);
        session.changes.policies.push_back(id);
    });
}

void World::rename(GroupId group, const std::string &name)
{
    write([&](store::WriteSession &session) {
        session.run("UPDATE identity_group SET name = ?, name_key = ? WHERE id = ?", name, foldCase(name), group);
        session.changes.groups.push_back(group);
    });
}

void World::removeGroup(GroupId group)
{
    write([&](store::WriteSession &session) {
        {
            auto members = session.query("SELECT entity FROM member_entity WHERE grp = ?", group);
            while (members.step())
                session.changes.members.emplace_back(group, members.id<EntityId>(0));
        }
        session.run("DELETE FROM identity_group WHERE id = ?", group);
        session.changes.groups.push_back(group);
    });
}

void World::addAlias(EntityId entity, const std::string &accessor, const std::string &name)
{
    write([&](store::WriteSession &session) {
        session.run("INSERT INTO entity_alias (uuid, entity, accessor, name, name_key, created, updated) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    newUuid(), entity, accessor, name, foldCase(name), session.now, session.now);
        session.changes.entities.push_back(entity);
    });
}

void World::setMetadata(EntityId entity, const std::string &json)
{
    write([&](store::WriteSession &session) {
        session.run("UPDATE entity SET metadata = ?, updated = ? WHERE id = ?", json, session.now, entity);
        session.changes.entities.push_back(entity);
    });
}

void World::removeEntity(EntityId entity)
{
    write([&](store::WriteSession &session) {
        session.run("DELETE FROM entity WHERE id = ?", entity);
        session.changes.entities.push_back(entity);
    });
}

} // namespace kith::test
