// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

namespace kith::connection {

/// Calls `function(Result<T>)` in the context's thread when the future is finished; a cancelled future arrives as
/// ErrorCode::Cancelled. Nothing is called when the context died first (QFuture::then(context) asserts then, Qt 6.4).
template <class T, class Function>
void whenReady(const QFuture<Result<T>> &future, QObject *context, Function function)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, function = std::move(function)]() mutable {
                         watcher->deleteLater();
                         if (watcher->isCanceled() || watcher->future().resultCount() == 0)
                             function(Result<T>(Error{ErrorCode::Cancelled, 0, "cancelled", {}}));
                         else
                             function(watcher->future().takeResult());
                     });
    watcher->setFuture(future);
}

/// The future's result. Waits: for a thread without an event loop. Cancelled when it gives none.
template <class T>
Result<T> blockOn(QFuture<Result<T>> future)
{
    future.waitForFinished();
    if (future.resultCount() == 0)
        return Error{ErrorCode::Cancelled, 0, "cancelled", {}};
    return future.takeResult();
}

} // namespace kith::connection
