// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

#include <QDialog>

class QLabel;

namespace kith::views {

class CardView;

/// Who has a policy: the groups that give it, with their way up to a group that carries it, and the people, with the
/// way in which they have it. Reads again whenever something changed. Not modal; show() it, it deletes itself.
class PolicyHoldersDialog : public QDialog
{
    Q_OBJECT
public:
    PolicyHoldersDialog(connection::Connection &connection, const QString &policy, QWidget *parent = nullptr);

Q_SIGNALS:
    void openObject(kith::connection::ObjectRef object); ///< A link was followed.

private:
    void load();
    void showHolders(const connection::PolicyHolders &holders);

    connection::Connection &m_connection;
    const QString m_policy;
    QLabel *m_state;
    CardView *m_cards;
    quint64 m_generation = 0;
    QFuture<Result<connection::PolicyHolders>> m_asked;
};

} // namespace kith::views
