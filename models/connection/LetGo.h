// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QThreadPool>

#include <memory>

namespace kith::connection {

/// Destroys the value in another thread: of a million texts that takes longer than a window may stand still. Only for
/// values that belong to no thread.
template <class T>
void letGo(T value)
{
    auto held = std::make_shared<T>(std::move(value));
    QThreadPool::globalInstance()->start([last = std::move(held)]() mutable { last.reset(); });
}

} // namespace kith::connection
