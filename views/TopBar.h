// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace kith::views {

class SearchField;
class WindowActions;

/// The line above everything: which core this is, the search, undo and redo, and what can be made.
class TopBar : public QWidget
{
    Q_OBJECT
public:
    /// All must outlive the bar.
    TopBar(connection::Connection &connection, WindowActions &actions, QWidget *parent);

    SearchField &search() { return *m_search; }
    void setMark(const QColor &colour);                         ///< The connection's; invalid: none.
    void setBadge(const QString &text, const QString &toolTip); ///< Beside the name; empty: nothing.

Q_SIGNALS:
    void badgeClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showConnection();

    connection::Connection &m_connection;
    QLabel *m_name;
    QToolButton *m_badge;
    QColor m_mark;
    SearchField *m_search;
};

} // namespace kith::views
