// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

#include <QWidget>

class QLabel;

namespace kith::views {

class CardView;

/// Who has a policy: the groups that give it, with their way up to a group that carries it, and the people, with the
/// way in which they have it. Reads again whenever something changed while it is seen.
class PolicyHolders : public QWidget
{
    Q_OBJECT
public:
    explicit PolicyHolders(connection::Connection &connection, QWidget *parent = nullptr);

    void setPolicy(const QString &policy); ///< Empty: none.

Q_SIGNALS:
    void openObject(kith::connection::ObjectRef object); ///< A link was followed.
    void counted(int people);                            ///< Who has it, whatever the way.

protected:
    void showEvent(QShowEvent *event) override;

private:
    void load();
    void showHolders(const connection::PolicyHolders &holders);

    connection::Connection &m_connection;
    QString m_policy;
    QLabel *m_state;
    CardView *m_cards;
    bool m_stale = true;
    quint64 m_generation = 0;
    QFuture<Result<connection::PolicyHolders>> m_asked;
};

} // namespace kith::views
