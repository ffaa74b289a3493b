// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "WindowCore.h"
#include "views/Editor.h"
#include "views/MainWindow.h"
#include "views/Navigator.h"

#include <QAction>
#include <QLabel>
#include <QTemporaryDir>

#include <memory>

namespace kith::test {

inline QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

/// A window on a WindowCore, and short words for what tests do with it. A base of the test's class.
class CoreWindow
{
protected:
    CoreWindow() { qputenv("XDG_STATE_HOME", m_state.path().toUtf8()); }

    /// Of what is in m_core.
    void openWindow()
    {
        m_window = std::make_unique<views::MainWindow>(m_core->connection());
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        settle();
    }
    void closeAll()
    {
        m_window.reset();
        m_core.reset();
    }
    template <class Widget>
    Widget *find(const char *name)
    {
        auto *widget = m_window->findChild<Widget *>(text(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }
    void settle()
    {
        QVERIFY(QTest::qWaitFor([this] { return m_window->isReady() && !m_window->editor().isBusy(); }));
    }
    void trigger(const char *action)
    {
        find<QAction>(action)->trigger();
        settle();
    }
    QString message() { return find<QLabel>("messageText")->accessibleName(); } ///< What the message bar says.
    void addAlias(const QString &owner, const QString &accessor, const char *name)
    {
        m_core->post(
            "identity/entity-alias",
            {{"name", name}, {"canonical_id", owner.toStdString()}, {"mount_accessor", accessor.toStdString()}});
    }

    std::unique_ptr<WindowCore> m_core;
    std::unique_ptr<views::MainWindow> m_window;

private:
    QTemporaryDir m_state;
};

} // namespace kith::test
