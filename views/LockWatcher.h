// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace kith::views {

/// Notices that nobody is at the desk: no key and no mouse in this program for a while, or the desktop locks its
/// screen (the session's screen saver or logind say so; without a bus nothing is told).
class LockWatcher : public QObject
{
    Q_OBJECT
public:
    enum class Reason { Idle, Screen };

    /// Zero: only the screen is watched. Needs the application object.
    explicit LockWatcher(std::chrono::milliseconds idle, QObject *parent = nullptr);

    void setIdle(std::chrono::milliseconds idle);

Q_SIGNALS:
    void left(kith::views::LockWatcher::Reason reason);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private Q_SLOTS:
    void screenSaverChanged(bool active);
    void sessionLocked();

private:
    void restart();

    QTimer m_idle;
};

} // namespace kith::views
