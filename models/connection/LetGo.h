// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QThreadPool>

#include <memory>

namespace kith::connection {

/// Has small pieces of memory joined to free neighbours when they are freed. By itself glibc joins all that any thread
/// has freed of late when the next large piece is freed: after millions, that took up to 100 ms of a turn of the
/// window. For a program with a window, at its start.
void freeInSmallSteps();

/// Destroys the value, if nobody else holds it, in another thread: of a million texts that takes longer than a window
/// may stand still. Only for values that belong to no thread. After the application has gone, as what the clipboard
/// holds is let go, there are no other threads: the value is destroyed here.
template <class T>
void letGo(std::shared_ptr<T> value)
{
    if (QThreadPool *pool = QThreadPool::globalInstance())
        pool->start([last = std::move(value)]() mutable { last.reset(); });
}

/// The same value, for holders that needn't know of it: the last of them lets it go so.
template <class T>
std::shared_ptr<T> lettingGo(std::shared_ptr<T> value)
{
    T *const held = value.get();
    return {held, [value = std::move(value)](T *) mutable { letGo(std::move(value)); }};
}

} // namespace kith::connection
