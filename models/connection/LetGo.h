// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QThreadPool>

#include <memory>

namespace kith::connection {

/// Destroys the value in another thread: of a million texts that takes longer than a window may stand still. Only for
/// values that belong to no thread. After the application has gone, as what the clipboard holds is let go, there are no
/// other threads: the value is destroyed here.
template <class T>
void letGo(T value)
{
    QThreadPool *pool = QThreadPool::globalInstance();
    if (!pool)
        return;
    auto held = std::make_shared<T>(std::move(value));
    pool->start([last = std::move(held)]() mutable { last.reset(); });
}

} // namespace kith::connection
