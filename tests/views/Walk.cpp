// SPDX-License-Identifier: Apache-2.0
#include "Walk.h"

#include "items/RowsModel.h"
#include "views/Editor.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTabWidget>
#include <QTest>

namespace kith::test {

void Walk::settle()
{
    QVERIFY(QTest::qWaitFor([this] { return m_window.isReady() && !m_window.editor().isBusy(); }));
    QTest::qWait(30); // layouts
}

void Walk::go(const Stop &stop)
{
    m_window.navigator().go(stop.place);
    settle();
    if (stop.selected.empty())
        return;
    for (auto *view : m_window.findChildren<QAbstractItemView *>()) {
        auto *rows = qobject_cast<items::RowsModel *>(view->model());
        if (!rows || !view->isVisible())
            continue;
        view->setFocus();
        view->clearSelection();
        for (const connection::ObjectRef &object : stop.selected)
            view->selectionModel()->select(rows->indexOf(object.entity()),
                                           QItemSelectionModel::Select | QItemSelectionModel::Rows);
        break;
    }
    settle();
}

void Walk::visit(const Stop &stop)
{
    go(stop);
    m_look(m_window, stop.name);
    tabs(stop.name);
    emptied(stop.name);
}

void Walk::tabs(const QString &name)
{
    for (auto *tabs : m_window.findChildren<QTabWidget *>()) {
        if (!tabs->isVisible())
            continue;
        const int first = tabs->currentIndex();
        for (int tab = 0; tab < tabs->count(); ++tab) {
            if (tab == first || !tabs->isTabVisible(tab))
                continue;
            tabs->setCurrentIndex(tab);
            settle();
            m_look(m_window, QStringLiteral("%1-tab%2").arg(name).arg(tab));
        }
        tabs->setCurrentIndex(first);
    }
}

void Walk::emptied(const QString &name)
{
    for (auto *field : m_window.findChildren<QLineEdit *>()) {
        if (!field->isVisible() || !field->objectName().endsWith(QStringLiteral("Filter")))
            continue;
        field->setText(QStringLiteral("zzqq"));
        QTest::qWait(250); // it waits whether more is typed
        settle();
        m_look(m_window, name + QLatin1Char('-') + field->objectName());
        field->clear();
        QTest::qWait(250);
        settle();
    }
}

static QWidget *openedBeside(const QWidget &window)
{
    if (QWidget *popup = QApplication::activePopupWidget())
        return popup;
    for (QWidget *widget : QApplication::topLevelWidgets())
        if (widget != &window && widget->isVisible() && qobject_cast<QDialog *>(widget))
            return widget;
    return nullptr;
}

void Walk::dialogs(const Stop &stop)
{
    go(stop);
    for (QAction *menu : m_window.menuBar()->actions())
        for (QAction *action : menu->menu()->actions()) {
            const bool asks =
                action->text().contains(QStringLiteral("…")) || menu == m_window.menuBar()->actions().last();
            if (!asks || !action->isVisible() || !action->isEnabled() || m_opened.contains(action->objectName()))
                continue;
            dialog(action, stop.name);
            go(stop); // some lead to another page
        }
}

void Walk::dialog(QAction *action, const QString &name)
{
    action->trigger();
    m_opened << action->objectName();
    QWidget *opened = nullptr;
    if (QTest::qWaitFor([&] { return (opened = openedBeside(m_window)) != nullptr; }, 1000)) {
        QTest::qWait(150); // what it reads first
        for (auto *tabs : opened->findChildren<QTabWidget *>())
            for (int tab = 1; tab < tabs->count(); ++tab) {
                m_look(*opened, QStringLiteral("dialog-%1-tab%2").arg(action->objectName()).arg(tab - 1));
                tabs->setCurrentIndex(tab);
                QTest::qWait(30);
            }
        m_look(*opened, QStringLiteral("dialog-") + action->objectName());
        opened->close();
        QTest::qWait(10);
    } else {
        m_look(m_window, name + QLatin1Char('-') + action->objectName());
    }
}

} // namespace kith::test
