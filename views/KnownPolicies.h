// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

#include <QHash>
#include <QStringListModel>

class QLineEdit;

namespace kith::views {

/// The names of all policies, for completing them and for telling those that are not defined. Reads them when first
/// asked for, and again when policies changed.
class KnownPolicies : public QObject
{
    Q_OBJECT
public:
    explicit KnownPolicies(connection::Connection &connection, QObject *parent = nullptr);

    enum class State { Unknown, Defined, Undefined };
    State state(const QString &name) const; ///< Unknown while they are being read.
    QStringListModel *names();              ///< The defined ones, by name. Owned by this.
    void wanted();                          ///< Reads them if that hasn't been done.

Q_SIGNALS:
    void changed();

private:
    void read();

    connection::Connection &m_connection;
    QStringListModel m_names;
    QHash<QString, bool> m_defined;
    bool m_wanted = false;
    bool m_read = false;
    int m_generation = 0;
};

/// Offers these while a part of one is typed.
void completeIn(QLineEdit &field, QStringListModel *names);

} // namespace kith::views
