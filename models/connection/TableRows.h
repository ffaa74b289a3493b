// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Async.h"
#include "connection/Directory.h"

#include <memory>

namespace kith::connection {

/// The rows of a table that somebody looks at.
template <class Row>
struct TableRows {
    enum class Extent {
        First, ///< The first of many; the next answer has all.
        All,
    };
    Rows<EntityId> rows;
    std::vector<Row> values; ///< Of the first of them, so that they can be shown at once; or none.
    Extent extent = Extent::All;
};

/// A directory that knows the first rows of long tables long before all are found. Its answers about tables have one
/// result or two: the first rows come before, where they are known so early (see whenEach).
class TableSource
{
public:
    virtual ~TableSource() = default;

    virtual QFuture<Result<TableRows<EntityRow>>> entityTable(EntityQuery query) = 0;
    virtual QFuture<Result<TableRows<MemberRow>>> memberTable(MemberQuery query) = 0;
    /// Up to `count` direct members of a group, the first by name.
    virtual QFuture<Result<std::vector<MemberRow>>> firstMembers(GroupId group, int count) = 0;
};

/// Calls `function(Result<T>)` in the context's thread for each result as it comes. A future that is cancelled on its
/// way gives ErrorCode::Cancelled at its end. Nothing is called when the context died first.
template <class T, class Function>
void whenEach(const QFuture<Result<T>> &future, QObject *context, Function function)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    const auto give = std::make_shared<Function>(std::move(function));
    QObject::connect(watcher, &QFutureWatcherBase::resultReadyAt, context,
                     [watcher, give](int index) { (*give)(watcher->resultAt(index)); });
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, give] {
        watcher->deleteLater();
        if (watcher->isCanceled() || watcher->future().resultCount() == 0)
            (*give)(Result<T>(Error{ErrorCode::Cancelled, 0, "cancelled", {}}));
    });
    watcher->setFuture(future);
}

} // namespace kith::connection
