// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/CoreKey.h"
#include "connection/Sharing.h"

namespace kith::views {

class MainWindow;

/// What the window on the local core has beside the pages: the key of its secrets, and sharing. Asks for a passphrase
/// where one is needed, says what can't be used without, and shows where the core is shared.
class LocalCoreGuide : public QObject
{
    Q_OBJECT
public:
    /// All must outlive it, except that the window may be closed before.
    LocalCoreGuide(connection::LocalConnection &connection, connection::Secrets &secrets, MainWindow &window);

    /// Looks for the key.
    void start() { m_key.find(); }

    connection::CoreKey &key() { return m_key; }
    connection::Sharing &sharing() { return m_sharing; }

private:
    void showKey();
    void unlock();
    void share();
    void showSharing();

    MainWindow &m_window;
    connection::CoreKey m_key;
    connection::Sharing m_sharing;
    bool m_asked = false; ///< At the start: once.
};

} // namespace kith::views
