// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/CoreKey.h"
#include "connection/Sharing.h"

namespace kith::views {

class MainWindow;

/// What the window on the local core has beside the pages: the key of its secrets, and sharing. Says what
/// can't be used without the key and how to bring it, asks nothing by itself, and shows where the core is shared.
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
    void tell(connection::CoreKey::State state);
    void unlock();
    void openKeychain();
    void share();
    void showSharing();

    MainWindow &m_window;
    connection::CoreKey m_key;
    connection::Sharing m_sharing;
    connection::CoreKey::State m_told = connection::CoreKey::State::Looking; ///< The last that was told.
    bool m_waiting = false; ///< For the desktop, which asks for its keychain's password.
};

} // namespace kith::views
