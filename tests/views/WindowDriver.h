// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "views/Editor.h"
#include "views/MainWindow.h"
#include "views/Navigator.h"

#include <QAction>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace kith::test {

inline QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

/// A window, and short words for what tests do with it. What it remembers lies in a folder of its own.
class WindowDriver
{
protected:
    WindowDriver() { qputenv("XDG_STATE_HOME", m_state.path().toUtf8()); }

    /// The connection must outlive the window.
    void openWindow(connection::Connection &connection)
    {
        m_window = std::make_unique<views::MainWindow>(connection);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        settle();
    }
    template <class Widget>
    Widget *find(const char *name, QWidget *in = nullptr)
    {
        auto *widget = (in ? in : m_window.get())->findChild<Widget *>(text(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }
    void settle()
    {
        QVERIFY(QTest::qWaitFor([this] { return m_window->isReady() && !m_window->editor().isBusy(); }, m_patience));
    }
    QString message() { return find<QLabel>("messageText")->accessibleName(); } ///< What the message bar says.

    int m_patience = 5000; ///< Milliseconds that settle() waits.
    QTemporaryDir m_state;
    std::unique_ptr<views::MainWindow> m_window;
};

} // namespace kith::test
