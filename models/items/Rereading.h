// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

#include <QTimer>

#include <chrono>
#include <functional>

namespace kith::items {

/// When a model that holds the whole of something reads it again: after changes that concern it, while somebody looks.
/// Changes that come together are read together, and one reading is under way at a time: one that takes long is shown
/// all the same while changes go on. Belongs to its model's thread.
class Rereading
{
public:
    enum class Outcome { Read, Failed };

    /// `concerns` says whether a change makes what was read old; `read` begins a reading, whose end is to be told. The
    /// connection must outlive it.
    Rereading(connection::Connection &connection, std::chrono::milliseconds collecting,
              std::function<bool(const ChangeSet &)> concerns, std::function<void()> read);

    /// Nothing is read before; what changed while nobody looked is read when somebody does again.
    void setWatching(bool watching);
    /// A reading came to its end.
    void ended(Outcome outcome);

private:
    void begin();

    std::function<void()> m_read;
    QTimer m_collecting;
    bool m_watching = false;
    bool m_stale = true; ///< Something changed since the last reading began.
    bool m_underWay = false;
};

} // namespace kith::items
