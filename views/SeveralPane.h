// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CardView.h"
#include "connection/Connection.h"

#include <QTimer>

class QAction;
class QLabel;
class QProgressBar;

namespace kith::views {

/// What the inspector shows of several people: what all of them have, and where they differ. Reads again whenever
/// something changed.
class SeveralPane : public QWidget
{
    Q_OBJECT
public:
    /// The connection must outlive it.
    explicit SeveralPane(connection::Connection &connection, QWidget *parent = nullptr);
    ~SeveralPane() override;

    void showPeople(connection::Rows<EntityId> people); ///< Nobody: nothing is read any more.
    bool isReady() const { return !m_loading; }
    void setActions(const QList<QAction *> &actions); ///< What can be done with them, as buttons.

Q_SIGNALS:
    void openObject(kith::connection::ObjectRef object); ///< A link was followed.
    void ready();

private:
    void load();
    void readNames();
    void ask(std::vector<EntityId> people);
    void tell(connection::PeopleSummary summary);
    void show(Result<std::vector<Card>> cards);

    connection::Connection &m_connection;
    connection::Rows<EntityId> m_people;
    bool m_loading = false;
    QFuture<Result<connection::PeopleSummary>> m_asked;
    int m_generation = 0;
    QLabel *m_title;
    QLabel *m_names;
    QProgressBar *m_busy;
    QWidget *m_buttons;
    CardView *m_cards;
    QTimer m_slow;
    QTimer m_reload;
};

/// The cards of a summary. Any thread.
std::vector<Card> summaryCards(const connection::PeopleSummary &summary);

} // namespace kith::views
