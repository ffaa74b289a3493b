// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"
#include "store/Result.h"

#include <QFuture>
#include <QObject>

namespace kith::connection {

/// Read access to the identities of one core, for the item models and the inspector: always local, always quick.
/// Belongs to the thread that made it; calls return at once, answers arrive by the future (see whenReady).
/// Every call may fail with Cancelled, and with the errors of reading the file. Lists of rows come as ids in their
/// order; values are asked for in batches, by id. An id that is gone meanwhile is left out of a batch.
class Directory : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// How many there are of each, for the navigation.
    virtual QFuture<Result<Counts>> counts() = 0;

    virtual QFuture<Result<Rows<EntityId>>> entityRows(EntityQuery query) = 0;
    virtual QFuture<Result<std::vector<EntityRow>>> entities(std::vector<EntityId> ids) = 0;
    virtual QFuture<Result<EntityDetail>> entity(EntityId id) = 0;
    /// What these have in common, and where they differ.
    virtual QFuture<Result<PeopleSummary>> summary(std::vector<EntityId> ids) = 0;
    /// For changes of many of them.
    virtual QFuture<Result<std::vector<EntityState>>> entityStates(std::vector<EntityId> ids) = 0;

    /// Groups without a parent, or the subgroups of one, by name. With a filter only those it shows.
    virtual QFuture<Result<std::vector<GroupChild>>> groupChildren(GroupId parentOrNone, GroupFilter filter) = 0;
    virtual QFuture<Result<std::vector<GroupRow>>> groups(std::vector<GroupId> ids) = 0;
    virtual QFuture<Result<GroupDetail>> group(GroupId id) = 0;
    /// The groups whose name or metadata holds the text, and all above them: what a filtered tree shows. An empty text
    /// is no filter.
    virtual QFuture<Result<GroupFilter>> filterGroups(QString text) = 0;
    /// One chain from a group without parents down to `id` (root first, `id` last): where to show it in the tree.
    virtual QFuture<Result<std::vector<GroupId>>> pathTo(GroupId id) = 0;

    /// These groups and all below them: where they can't be put.
    virtual QFuture<Result<GroupIds>> withDescendants(std::vector<GroupId> ids) = 0;

    virtual QFuture<Result<Rows<EntityId>>> memberRows(MemberQuery query) = 0;
    virtual QFuture<Result<std::vector<MemberRow>>> members(GroupId group, std::vector<EntityId> ids) = 0;

    virtual QFuture<Result<Explanation>> explain(ObjectRef object) = 0;
    /// Up to `limit` chains by which the entity, or whoever is in the group, has what the carrier carries: shortest
    /// first. Those of a group begin with it.
    virtual QFuture<Result<std::vector<std::vector<GroupRef>>>> chains(ObjectRef object, GroupId carrier,
                                                                       int limit) = 0;
    /// What the change would do, without doing it. Never fails for a change that is refused: Preview::refusal says why.
    virtual QFuture<Result<Preview>> preview(Change change) = 0;

    /// Who has the policy, up to `limit` groups and entities. Never NotFound: an unknown policy has no holders.
    virtual QFuture<Result<PolicyHolders>> whoHas(QString policy, int limit) = 0;

    /// Objects whose name, alias, metadata or id matches, best first.
    virtual QFuture<Result<std::vector<Hit>>> find(QString text, int limit) = 0;

    /// The object with this UUID, if it is one of this core.
    virtual QFuture<Result<std::optional<ObjectRef>>> byUuid(QString uuid) = 0;
    /// The same for many, in the same order; none (false) for one that isn't there.
    virtual QFuture<Result<std::vector<ObjectRef>>> byUuids(std::vector<QString> uuids) = 0;
    /// UUIDs of objects, in the same order (empty for one that is gone): requests and mime data carry these.
    virtual QFuture<Result<std::vector<QString>>> uuids(std::vector<ObjectRef> objects) = 0;

    /// All aliases of entities that the query lets through.
    virtual QFuture<Result<Rows<AliasId>>> aliasRows(AliasQuery query) = 0;
    virtual QFuture<Result<std::vector<AliasRow>>> aliases(std::vector<AliasId> ids) = 0;

    /// All policies by name with their users, and all mounts: few enough to be whole.
    virtual QFuture<Result<std::vector<PolicyRow>>> policies() = 0;
    virtual QFuture<Result<std::vector<MountRow>>> mounts() = 0;
};

} // namespace kith::connection
