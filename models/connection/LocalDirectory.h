// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Directory.h"

#include <QThreadPool>

#include <atomic>
#include <memory>
#include <vector>

namespace kith::identity {
class AliasIndex;
class Identities;
struct Snapshot;
} // namespace kith::identity

namespace kith::connection {

/// Reads a core that is open in this program, on a few threads of its own. Cancelling a future ends the long reads
/// early. Its destruction cancels what waits and waits for what runs.
class LocalDirectory final : public Directory
{
    Q_OBJECT
public:
    /// The identities must outlive the directory.
    explicit LocalDirectory(identity::Identities &identities);
    ~LocalDirectory() override;

    QFuture<Result<Counts>> counts() override;
    QFuture<Result<Rows<EntityId>>> entityRows(EntityQuery query) override;
    QFuture<Result<std::vector<EntityRow>>> entities(std::vector<EntityId> ids) override;
    QFuture<Result<EntityDetail>> entity(EntityId id) override;
    QFuture<Result<std::vector<GroupChild>>> groupChildren(GroupId parentOrNone, GroupFilter filter) override;
    QFuture<Result<std::vector<GroupRow>>> groups(std::vector<GroupId> ids) override;
    QFuture<Result<GroupDetail>> group(GroupId id) override;
    QFuture<Result<GroupFilter>> filterGroups(QString text) override;
    QFuture<Result<std::vector<GroupId>>> pathTo(GroupId id) override;
    QFuture<Result<GroupIds>> withDescendants(std::vector<GroupId> ids) override;
    QFuture<Result<Rows<EntityId>>> memberRows(MemberQuery query) override;
    QFuture<Result<std::vector<MemberRow>>> members(GroupId group, std::vector<EntityId> ids) override;
    QFuture<Result<Explanation>> explain(ObjectRef object) override;
    QFuture<Result<std::vector<std::vector<GroupRef>>>> chains(ObjectRef object, GroupId carrier, int limit) override;
    QFuture<Result<Preview>> preview(Change change) override;
    QFuture<Result<PolicyHolders>> whoHas(QString policy, int limit) override;
    QFuture<Result<std::vector<Hit>>> find(QString text, int limit) override;
    QFuture<Result<std::optional<ObjectRef>>> byUuid(QString uuid) override;
    QFuture<Result<std::vector<ObjectRef>>> byUuids(std::vector<QString> uuids) override;
    QFuture<Result<std::vector<QString>>> uuids(std::vector<ObjectRef> objects) override;
    QFuture<Result<Rows<AliasId>>> aliasRows(AliasQuery query) override;
    QFuture<Result<std::vector<AliasRow>>> aliases(std::vector<AliasId> ids) override;
    QFuture<Result<std::vector<PolicyRow>>> policies() override;
    QFuture<Result<std::vector<MountRow>>> mounts() override;

private:
    using Cancel = std::atomic<bool>;

    /// Runs `function(Cancel &)` -> Result<T> in the pool.
    template <class Function>
    auto run(Function function) -> QFuture<std::invoke_result_t<Function, Cancel &>>;
    /// Runs `function(const identity::Snapshot &, Cancel &)` -> Result<T> in the pool.
    template <class Function>
    auto read(Function function) -> QFuture<std::invoke_result_t<Function, const identity::Snapshot &, Cancel &>>;

    identity::Identities &m_identities;
    std::shared_ptr<identity::AliasIndex> m_aliases;
    QThreadPool m_pool;
    std::vector<std::shared_ptr<Cancel>> m_running; // waiting or running
};

} // namespace kith::connection
