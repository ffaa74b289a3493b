// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/MirrorStore.h"
#include "store/Session.h"

#include <string>
#include <unordered_set>
#include <vector>

namespace kith::connection {

/// Puts a batch into the rows of the mirror, inside one write: only what differs, and only what is newer than what is
/// there.
class MirrorWriter
{
public:
    MirrorWriter(store::WriteSession &session, MirrorStore::KnownObjects &entities, MirrorStore::KnownObjects &groups)
        : m_session(session), m_knownEntities(entities), m_knownGroups(groups)
    {}

    void run(const MirrorBatch &batch);

private:
    using Texts = std::vector<std::string>;

    void putMounts(const std::vector<MirrorMount> &mounts); ///< MirrorWriterPolicies.cpp
    void putPolicyNames(const Texts &names);
    void putPolicy(const MirrorBatch::Policy &policy);

    void putEntityList(Stamp asked, const std::vector<identity::EntityView> &entities);
    void putEntity(Stamp asked, const identity::EntityView &entity);
    std::string freeKey(const identity::EntityView &entity); ///< That of its name, taken from others.
    std::string freeKey(const identity::EntityAliasView &alias);
    bool hasKey(const identity::EntityView &entity); ///< Nobody has taken it meanwhile.
    bool hasKey(const identity::EntityAliasView &alias);
    void addEntity(const identity::EntityView &entity);
    void storeEntity(EntityId id, const identity::EntityView &before, const identity::EntityView &entity);
    void putAlias(EntityId owner, const identity::EntityAliasView &alias);
    void storeFacts(const identity::EntityAliasView &alias);
    void takeAlias(EntityId owner, AliasId alias);
    void putMerged(EntityId id, const Texts &uuids);
    void putMemberships(Stamp asked, const identity::EntityView &entity);
    void putWay(const MirrorBatch::Way &way); ///< As the next, in MirrorWriterChanges.cpp.
    void putChange(const MirrorBatch::Change &change);
    void putLastMember(const MirrorBatch::Change &change);
    identity::NewExternalChange known(const MirrorBatch::Change &change);
    void removeEntity(Stamp asked, const std::string &uuid);

    void putGroupList(Stamp asked, const std::vector<GroupLine> &groups); ///< MirrorWriterGroups.cpp
    void putGroup(Stamp asked, const identity::GroupView &group);
    bool isAsListed(GroupId id, const GroupLine &line);
    GroupId addGroup(const identity::GroupView &group);
    void storeGroup(GroupId id, const identity::GroupView &group);
    void storeGroupAlias(GroupId owner, const identity::GroupAliasView &alias);
    void removeGroup(Stamp asked, const std::string &uuid);
    void dropEdges(Stamp asked, const identity::GroupView &group);
    void addEdges(Stamp asked, const identity::GroupView &group);
    void addEdge(GroupId parent, GroupId child);

    EntityId entityId(const std::string &uuid);
    GroupId groupId(const std::string &uuid);
    /// The UUIDs in the rows that the list hasn't.
    static Texts missing(store::Query rows, const std::unordered_set<std::string> &listed);
    bool newer(const MirrorStore::KnownObjects &known, const std::string &uuid, Stamp asked) const;
    /// Whether what was asked for then is the last that is known of the object.
    static bool isLast(const MirrorStore::KnownObjects &known, const std::string &uuid, Stamp asked);
    /// Whether the object has been read after `asked`, so that its word on a membership counts more.
    bool knowsLater(const MirrorStore::KnownObjects &known, const std::string &uuid, Stamp asked) const;

    store::WriteSession &m_session;
    MirrorStore::KnownObjects &m_knownEntities;
    MirrorStore::KnownObjects &m_knownGroups;
};

} // namespace kith::connection
