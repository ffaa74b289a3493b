// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "views/MainWindow.h"

#include <QElapsedTimer>
#include <QTimer>

#include <functional>

/// Leads the window where the command line says: to a page, and to what is called so. Deletes itself when it has ended.
class Visit : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive it. Empty: nowhere else.
    Visit(kith::connection::Connection &connection, kith::views::MainWindow &window, QString page, QStringList select);

    /// The window finds its own first page before.
    void start();

Q_SIGNALS:
    void arrived(); ///< All of it is on the screen.
    void failed(const QString &reason);

private:
    void find(qsizetype index);
    void go();
    void whenReady(std::function<void()> next);
    void look();
    void end(const QString &reason);

    kith::connection::Connection &m_connection;
    kith::views::MainWindow &m_window;
    QString m_page;
    QStringList m_select;
    std::vector<kith::connection::ObjectRef> m_selected;
    QTimer m_look;
    QElapsedTimer m_waited;
    int m_readyTimes = 0; ///< How often in a row the window was found ready.
    std::function<void()> m_next;
};
