// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

namespace kith::views {

/// Notices that nobody is at the desk: no key and no mouse in this program for a while, or the desktop locks its
/// screen (the session's screen saver or logind say so; without a bus nothing is told).
class LockWatcher : public QObject
{
    Q_OBJECT
public:
    enum class Reason { Idle, Screen };

    static constexpr int IdleMs = 10 * 60 * 1000;

    /// Needs the application object.
    explicit LockWatcher(int idleMs = IdleMs, QObject *parent = nullptr);

Q_SIGNALS:
    void left(kith::views::LockWatcher::Reason reason);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private Q_SLOTS:
    void screenSaverChanged(bool active);
    void sessionLocked();

private:
    QTimer m_idle;
};

} // namespace kith::views
