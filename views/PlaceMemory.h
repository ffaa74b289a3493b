// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "WindowMemory.h"
#include "connection/Connection.h"

namespace kith::views {

/// Where one is, in the terms that hold until the next start, and the way back there.
class PlaceMemory : public QObject
{
    Q_OBJECT
public:
    /// All must outlive this.
    PlaceMemory(connection::Connection &connection, Navigator &navigator, WindowMemory &memory,
                QObject *parent = nullptr);

    void note();    ///< The navigator is somewhere else.
    void save();    ///< What note() found last; nothing as long as it is still on the way to what was saved before.
    void restore(); ///< Goes to what was saved, as soon as it is there, unless one has gone somewhere meanwhile.

private:
    void goThere();
    bool hasMoved() const;

    connection::Connection &m_connection;
    Navigator &m_navigator;
    WindowMemory &m_memory;
    std::optional<WindowMemory::Spot> m_spot;
    std::optional<WindowMemory::Spot> m_wanted; ///< To be restored.
};

} // namespace kith::views
