// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/TableRows.h"
#include "identity/Identities.h"

#include <QFutureWatcher>
#include <QThreadPool>
#include <QtConcurrent/QtConcurrentRun>

#include <atomic>
#include <memory>
#include <vector>

namespace kith::identity {
class AliasIndex;
class PeopleFilter;
} // namespace kith::identity

namespace kith::connection {

/// Reads a core that is open in this program, on a few threads of its own. Cancelling a future ends the long reads
/// early. Its destruction cancels what waits and waits for what runs.
class LocalDirectory final : public Directory, public TableSource
{
    Q_OBJECT
public:
    /// The identities must outlive the directory.
    explicit LocalDirectory(identity::Identities &identities);
    ~LocalDirectory() override;

    QFuture<Result<Counts>> counts() override;
    QFuture<Result<Rows<EntityId>>> entityRows(EntityQuery query) override;
    QFuture<Result<TableRows<EntityRow>>> entityTable(EntityQuery query) override;
    QFuture<Result<std::vector<EntityRow>>> entities(std::vector<EntityId> ids) override;
    QFuture<Result<EntityDetail>> entity(EntityId id) override;
    QFuture<Result<PeopleSummary>> summary(std::vector<EntityId> ids) override;
    QFuture<Result<std::vector<EntityState>>> entityStates(std::vector<EntityId> ids) override;
    QFuture<Result<std::vector<GroupChild>>> groupChildren(GroupId parentOrNone, GroupFilter filter) override;
    QFuture<Result<std::vector<GroupRow>>> groups(std::vector<GroupId> ids) override;
    QFuture<Result<GroupDetail>> group(GroupId id) override;
    QFuture<Result<GroupFilter>> filterGroups(QString text) override;
    QFuture<Result<std::vector<GroupId>>> pathTo(GroupId id) override;
    QFuture<Result<GroupIds>> withDescendants(std::vector<GroupId> ids) override;
    QFuture<Result<Rows<EntityId>>> memberRows(MemberQuery query) override;
    QFuture<Result<TableRows<MemberRow>>> memberTable(MemberQuery query) override;
    QFuture<Result<std::vector<MemberRow>>> firstMembers(GroupId group, int count) override;
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

    /// Runs `function(QPromise<Answer> &, Cancel &)`, which adds as many results as it likes, in one of the pools.
    template <class Answer, class Function>
    QFuture<Answer> stream(QThreadPool &pool, Function function);
    /// Runs `function(Cancel &)` -> Result<T> in a pool, m_pool if none is named.
    template <class Function>
    auto run(Function function, QThreadPool *pool = nullptr) -> QFuture<std::invoke_result_t<Function, Cancel &>>;
    /// Runs `function(const identity::Snapshot &, Cancel &)` -> Result<T>, likewise.
    template <class Function>
    auto read(Function function, QThreadPool *pool = nullptr)
        -> QFuture<std::invoke_result_t<Function, const identity::Snapshot &, Cancel &>>;

    identity::Identities &m_identities;
    std::shared_ptr<identity::AliasIndex> m_aliases;
    std::shared_ptr<identity::PeopleFilter> m_filter;
    QThreadPool m_pool;
    QThreadPool m_tables; ///< Rows that somebody waits for don't stand behind what an inspector reads.
    std::vector<std::shared_ptr<Cancel>> m_running; // waiting or running
};

template <class Answer, class Function>
QFuture<Answer> LocalDirectory::stream(QThreadPool &pool, Function function)
{
    auto cancel = std::make_shared<Cancel>(false);
    QFuture<Answer> future =
        QtConcurrent::run(&pool, [cancel, function = std::move(function)](QPromise<Answer> &promise) mutable {
            if (!promise.isCanceled() && !*cancel)
                function(promise, *cancel);
        });
    m_running.push_back(cancel);
    auto *watcher = new QFutureWatcher<Answer>(this);
    connect(watcher, &QFutureWatcherBase::canceled, this, [cancel] { *cancel = true; });
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, cancel] {
        std::erase(m_running, cancel);
        watcher->deleteLater();
    });
    watcher->setFuture(future);
    return future;
}

template <class Function>
auto LocalDirectory::run(Function function, QThreadPool *pool) -> QFuture<std::invoke_result_t<Function, Cancel &>>
{
    using Answer = std::invoke_result_t<Function, Cancel &>;
    return stream<Answer>(pool ? *pool : m_pool,
                          [function = std::move(function)](QPromise<Answer> &promise, Cancel &cancel) mutable {
                              promise.addResult(function(cancel));
                          });
}

template <class Function>
auto LocalDirectory::read(Function function, QThreadPool *pool)
    -> QFuture<std::invoke_result_t<Function, const identity::Snapshot &, Cancel &>>
{
    using Answer = std::invoke_result_t<Function, const identity::Snapshot &, Cancel &>;
    auto ask = [&identities = m_identities, function = std::move(function)](Cancel &cancel) -> Answer {
        return identities.read(
            [&](const identity::Snapshot &snapshot) -> Answer { return function(snapshot, cancel); });
    };
    return run(std::move(ask), pool);
}

} // namespace kith::connection
