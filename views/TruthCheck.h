// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Look.h"
#include "connection/RemoteConnection.h"

#include <QTimer>

namespace kith::views {

/// Asks the server about what is looked at: compares the groups of an entity, as this program computes them, with what
/// the server itself says, and tells the outcome in words; and reads who put whom into external groups.
class TruthCheck : public QObject
{
    Q_OBJECT
public:
    /// The connection must outlive it.
    explicit TruthCheck(connection::RemoteConnection &connection, QObject *parent = nullptr);

    /// None: nothing is asked.
    void look(connection::ObjectRef object);

Q_SIGNALS:
    void said(const QString &text, kith::views::Tone tone); ///< Empty: nothing is known.

private:
    void compare();
    void tell(const connection::GroupComparison &groups);
    void tellNames(const QStringList &more, const QStringList &fewer);

    connection::RemoteConnection &m_connection;
    connection::ObjectRef m_object;
    int m_generation = 0;
    QTimer m_wait; ///< Whoever passes by with the arrow keys is not compared.
};

} // namespace kith::views
