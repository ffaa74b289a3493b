// SPDX-License-Identifier: Apache-2.0
#include "LockWatcher.h"

#include <QApplication>
#include <QDBusConnection>
#include <QEvent>

namespace kith::views {

LockWatcher::LockWatcher(std::chrono::milliseconds idle, QObject *parent) : QObject(parent)
{
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, [this] { Q_EMIT left(Reason::Idle); });
    setIdle(idle);
    qApp->installEventFilter(this);
    QDBusConnection session = QDBusConnection::sessionBus();
    for (const char *saver : {"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"})
        session.connect(QString(), QString(), QString::fromLatin1(saver), QStringLiteral("ActiveChanged"), this,
                        SLOT(screenSaverChanged(bool)));
    QDBusConnection::systemBus().connect(QStringLiteral("org.freedesktop.login1"), QString(),
                                         QStringLiteral("org.freedesktop.login1.Session"), QStringLiteral("Lock"), this,
                                         SLOT(sessionLocked()));
}

void LockWatcher::setIdle(std::chrono::milliseconds idle)
{
    m_idle.setInterval(idle);
    m_idle.stop();
    restart();
}

void LockWatcher::restart()
{
    if (m_idle.interval() > 0)
        m_idle.start();
}

bool LockWatcher::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::DragMove:
        restart();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void LockWatcher::screenSaverChanged(bool active)
{
    if (active)
        Q_EMIT left(Reason::Screen);
}

void LockWatcher::sessionLocked()
{
    Q_EMIT left(Reason::Screen);
}

} // namespace kith::views
