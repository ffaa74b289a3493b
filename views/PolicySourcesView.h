// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PolicyCards.h"
#include "connection/Connection.h"

#include <QWidget>

class QLineEdit;
class QProgressBar;
class QTimer;

namespace kith::views {

class SegmentedControl;

/// Every policy of an object with every way in which it has it, by policy or by source, with a filter.
class PolicySourcesView : public QWidget
{
    Q_OBJECT
public:
    explicit PolicySourcesView(connection::Connection &connection, QWidget *parent = nullptr);

    /// Asks for the object's policies; shows them when setName() told whose they are.
    void setObject(connection::ObjectRef object);
    void setName(const QString &name);
    int policyCount() const;
    bool isLoading() const;
    /// All that is shown now, as plain text.
    QString copyText() const;

Q_SIGNALS:
    void openObject(kith::connection::ObjectRef object);
    void countChanged();
    void loaded();
    void copied(); ///< The text is on the clipboard.

private:
    void build();
    void refresh();
    void follow(const QString &target);
    void openWays(const QString &target);
    QString emptyText() const;

    connection::Connection &m_connection;
    items::PolicySourcesModel *m_model;
    SegmentedControl *m_grouping;
    QLineEdit *m_filter;
    CardView *m_cards;
    QProgressBar *m_busy;
    QTimer *m_refresh;
    QTimer *m_slow; ///< Runs while something loads; when it ends, that is shown.
    QString m_name;
    QString m_failure;
    OpenWays m_open;
    bool m_nameless = false; ///< Between setObject and setName: what is shown is still the last object's.
    CardView::Scroll m_scroll = CardView::Scroll::Top; ///< What the next refresh does with the place.
};

} // namespace kith::views
