// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "WindowCore.h"
#include "WindowDriver.h"

#include <memory>

namespace kith::test {

/// A window on a WindowCore, and short words for what tests do with it. A base of the test's class.
class CoreWindow : protected WindowDriver
{
protected:
    /// Of what is in m_core.
    void openWindow() { WindowDriver::openWindow(m_core->connection()); }
    void closeAll()
    {
        m_window.reset();
        m_core.reset();
    }
    void trigger(const char *action)
    {
        find<QAction>(action)->trigger();
        settle();
    }
    void addAlias(const QString &owner, const QString &accessor, const char *name)
    {
        m_core->post(
            "identity/entity-alias",
            {{"name", name}, {"canonical_id", owner.toStdString()}, {"mount_accessor", accessor.toStdString()}});
    }

    std::unique_ptr<WindowCore> m_core;
};

} // namespace kith::test
