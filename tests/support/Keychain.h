// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace kith::test {

/// A message bus of the test's own, at first without a keychain on it; start() puts a real one there (gnome-keyring,
/// unlocked, empty). Once a process, and it stays until the process ends: GLib ends a process whose session bus goes.
class Keychain
{
public:
    static Keychain &instance();

    bool hasBus() const { return m_bus.state() == QProcess::Running; } ///< False: dbus-daemon isn't installed.
    bool start();                                                      ///< False: gnome-keyring isn't installed.
    /// From now on it would ask for its passphrase. Not to be taken back.
    bool lock();
    /// For processes that are started: where the bus is.
    QString address() const { return m_address; }

private:
    Keychain();
    bool appears(const QString &service) const; ///< Waits until it stands on the bus.

    QTemporaryDir m_folder;
    QString m_address;
    QProcess m_bus;
    QProcess m_keyring;
};

} // namespace kith::test
