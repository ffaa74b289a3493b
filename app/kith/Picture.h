// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Options.h"
#include "views/MainWindow.h"

#include <QElapsedTimer>
#include <QTimer>

/// kith --grab: goes to the page, selects, waits until all is there, and draws the window into the file.
class Picture : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive the picture.
    Picture(const Options &options, kith::connection::Connection &connection, kith::views::MainWindow &window);

    void start();

Q_SIGNALS:
    void drawn();
    void failed(const QString &reason);

private:
    void find(qsizetype index);
    void go();
    void look();

    Options m_options;
    kith::connection::Connection &m_connection;
    kith::views::MainWindow &m_window;
    std::vector<kith::connection::ObjectRef> m_selected;
    QTimer m_look;
    QElapsedTimer m_waited;
    bool m_led = false;   ///< The page and the selection that were asked for are set.
    int m_readyTimes = 0; ///< How often in a row the window was found ready.
};
