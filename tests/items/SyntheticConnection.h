// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "connection/TableRows.h"

#include <QPromise>

#include <algorithm>
#include <functional>
#include <numeric>

namespace kith::test {

using namespace kith::connection;

/// As many made-up entities as one likes, with ids from 1 in their order; answers when the test says so, and counts
/// what it is asked for.
class SyntheticDirectory final : public Directory, public TableSource
{
public:
    explicit SyntheticDirectory(quint32 size)
    {
        std::vector<quint32> ids(size);
        std::iota(ids.begin(), ids.end(), 1);
        rows = std::make_shared<const std::vector<quint32>>(std::move(ids));
    }

    QFuture<Result<Rows<EntityId>>> entityRows(EntityQuery query) override
    {
        queries.append(query.filter);
        return later(failure ? Result<Rows<EntityId>>(*failure) : Rows<EntityId>(rows));
    }
    QFuture<Result<TableRows<EntityRow>>> entityTable(EntityQuery query) override
    {
        using Answer = Result<TableRows<EntityRow>>;
        queries.append(query.filter);
        ++tables;
        if (first == 0)
            return later(failure ? Answer(*failure) : Answer({Rows<EntityId>(rows), {}}));
        auto promise = std::make_shared<QPromise<Answer>>();
        promise->start();
        const auto part =
            std::make_shared<const std::vector<quint32>>(rows->begin(), rows->begin() + static_cast<int>(first));
        waiting.push_back([this, promise, part] {
            std::vector<EntityId> ids;
            for (const quint32 id : *part)
                ids.push_back(EntityId{id});
            promise->addResult(Answer({Rows<EntityId>(part), made(ids), TableRows<EntityRow>::Extent::First}));
        });
        waiting.push_back([promise, all = failure ? Answer(*failure) : Answer({Rows<EntityId>(rows), {}})] {
            promise->addResult(all);
            promise->finish();
        });
        return promise->future();
    }
    QFuture<Result<std::vector<EntityRow>>> entities(std::vector<EntityId> ids) override
    {
        ++batches;
        fetched += static_cast<int>(ids.size());
        return QtFuture::makeReadyFuture(Result<std::vector<EntityRow>>(made(ids)));
    }
    QFuture<Result<Counts>> counts() override { return none<Counts>(); }
    QFuture<Result<EntityDetail>> entity(EntityId) override { return none<EntityDetail>(); }
    QFuture<Result<PeopleSummary>> summary(std::vector<EntityId>) override { return none<PeopleSummary>(); }
    QFuture<Result<std::vector<EntityState>>> entityStates(std::vector<EntityId>) override
    {
        return none<std::vector<EntityState>>();
    }
    QFuture<Result<std::vector<GroupChild>>> groupChildren(GroupId, GroupFilter filter) override
    {
        ++childQuestions;
        childFilters.append(filter.text);
        return childrenFailure ? later(Result<std::vector<GroupChild>>(*childrenFailure)) : later(children);
    }
    QFuture<Result<std::vector<GroupRow>>> groups(std::vector<GroupId> ids) override
    {
        std::vector<GroupRow> values;
        for (const GroupId id : ids) {
            GroupRow row;
            row.id = id;
            row.name = QStringLiteral("group %1").arg(id.value);
            values.push_back(row);
        }
        return QtFuture::makeReadyFuture(Result<std::vector<GroupRow>>(std::move(values)));
    }
    QFuture<Result<GroupDetail>> group(GroupId) override { return none<GroupDetail>(); }
    QFuture<Result<GroupFilter>> filterGroups(QString text) override
    {
        groupFilter.text = text;
        return groupFilter.active() ? later(groupFilter) : none<GroupFilter>();
    }
    QFuture<Result<std::vector<GroupId>>> pathTo(GroupId group) override
    {
        return later(std::vector<GroupId>{group}); // all are roots
    }
    QFuture<Result<GroupIds>> withDescendants(std::vector<GroupId>) override { return none<GroupIds>(); }
    QFuture<Result<Rows<EntityId>>> memberRows(MemberQuery) override { return none<Rows<EntityId>>(); }
    QFuture<Result<TableRows<MemberRow>>> memberTable(MemberQuery) override
    {
        return later(TableRows<MemberRow>{Rows<EntityId>(rows), {}});
    }
    QFuture<Result<std::vector<MemberRow>>> firstMembers(GroupId, int) override
    {
        return none<std::vector<MemberRow>>();
    }
    QFuture<Result<std::vector<MemberRow>>> members(GroupId, std::vector<EntityId>) override
    {
        return none<std::vector<MemberRow>>();
    }
    QFuture<Result<Explanation>> explain(ObjectRef) override { return none<Explanation>(); }
    QFuture<Result<std::vector<std::vector<GroupRef>>>> chains(ObjectRef, GroupId, int) override
    {
        return none<std::vector<std::vector<GroupRef>>>();
    }
    QFuture<Result<Preview>> preview(Change) override { return none<Preview>(); }
    QFuture<Result<PolicyHolders>> whoHas(QString, int) override { return none<PolicyHolders>(); }
    QFuture<Result<std::vector<Hit>>> find(QString, int limit) override
    {
        const auto count = std::min<std::size_t>(hits.size(), static_cast<std::size_t>(limit));
        const std::vector<Hit> best(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(count));
        return later(failure ? Result<std::vector<Hit>>(*failure) : best);
    }
    QFuture<Result<std::optional<ObjectRef>>> byUuid(QString) override { return none<std::optional<ObjectRef>>(); }
    QFuture<Result<std::vector<ObjectRef>>> byUuids(std::vector<QString>) override
    {
        return none<std::vector<ObjectRef>>();
    }
    QFuture<Result<std::vector<QString>>> uuids(std::vector<ObjectRef>) override
    {
        return none<std::vector<QString>>();
    }
    QFuture<Result<Rows<AliasId>>> aliasRows(AliasQuery) override
    {
        return later(failure ? Result<Rows<AliasId>>(*failure) : Rows<AliasId>(aliasIds));
    }
    QFuture<Result<std::vector<AliasRow>>> aliases(std::vector<AliasId> ids) override
    {
        std::vector<AliasRow> values(ids.size());
        std::transform(ids.begin(), ids.end(), values.begin(), [](AliasId id) {
            AliasRow row;
            row.id = id;
            row.name.name = QStringLiteral("alias %1").arg(id.value);
            return row;
        });
        return QtFuture::makeReadyFuture(Result<std::vector<AliasRow>>(std::move(values)));
    }
    QFuture<Result<std::vector<PolicyRow>>> policies() override
    {
        ++policyQuestions;
        return later(failure ? Result<std::vector<PolicyRow>>(*failure) : policyRows);
    }
    QFuture<Result<std::vector<MountRow>>> mounts() override
    {
        ++mountQuestions;
        return later(failure ? Result<std::vector<MountRow>>(*failure) : mountRows);
    }

    void setRows(std::vector<quint32> ids) { rows = std::make_shared<const std::vector<quint32>>(std::move(ids)); }

    std::shared_ptr<const std::vector<quint32>> rows;
    QString prefix = QStringLiteral("person ");
    QStringList queries;
    int tables = 0; ///< Questions for first rows and values.
    int batches = 0;
    int fetched = 0;
    std::shared_ptr<const std::vector<quint32>> aliasIds = std::make_shared<const std::vector<quint32>>();
    std::vector<Hit> hits;            ///< Found for any text.
    std::vector<GroupChild> children; ///< Of whatever parent.
    std::optional<Error> childrenFailure;
    int childQuestions = 0;
    QStringList childFilters; ///< The text that each of these was asked with.
    GroupFilter groupFilter;  ///< Found for any text, if it is active.
    std::vector<PolicyRow> policyRows;
    int policyQuestions = 0;
    std::vector<MountRow> mountRows;
    int mountQuestions = 0;
    quint32 first = 0;            ///< Rows that come as an answer of their own; both wait in `waiting`.
    std::optional<Error> failure; ///< Of all rows, policies and mounts; the first rows come all the same.
    bool held = false;            ///< Answers about rows, children, policies and mounts wait in `waiting`.
    std::vector<std::function<void()>> waiting;

private:
    std::vector<EntityRow> made(const std::vector<EntityId> &ids) const
    {
        std::vector<EntityRow> values;
        for (const EntityId id : ids) {
            EntityRow row;
            row.id = id;
            row.name = QStringLiteral("%1%2").arg(prefix).arg(id.value);
            values.push_back(row);
        }
        return values;
    }
    template <class T>
    QFuture<Result<T>> later(T answer)
    {
        return later(Result<T>(std::move(answer)));
    }
    template <class T>
    QFuture<Result<T>> later(Result<T> answer)
    {
        if (!held)
            return QtFuture::makeReadyFuture(std::move(answer));
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        waiting.push_back([promise, answer = std::move(answer)] {
            promise->addResult(answer);
            promise->finish();
        });
        return promise->future();
    }
    template <class T>
    static QFuture<Result<T>> none()
    {
        return QtFuture::makeReadyFuture(Result<T>(Error{ErrorCode::NotFound, 404, "not made up", {}}));
    }
};

class SyntheticConnection final : public Connection
{
public:
    explicit SyntheticConnection(quint32 size) : synthetic(size) {}

    QString name() const override { return QStringLiteral("Synthetic"); }
    QString location() const override { return QStringLiteral("nowhere"); }
    QString otherWriter() const override { return {}; }
    QFuture<Result<core::Response>> send(core::Request) override
    {
        return QtFuture::makeReadyFuture(Result<core::Response>(core::Response::noContent()));
    }
    Directory &directory() override { return synthetic; }

    SyntheticDirectory synthetic;
};

} // namespace kith::test
