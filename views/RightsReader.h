// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/RemoteConnection.h"

#include <QTimer>

namespace kith::views {

class Permissions;

/// Asks the server what its token may do, and tells the permissions: of all at once, and of single objects when
/// somebody has asked for them for a moment.
class RightsReader : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive it.
    RightsReader(connection::RemoteConnection &connection, Permissions &permissions, QObject *parent = nullptr);

    void read(); ///< Anew: policies may be others now.

private:
    void want(connection::ObjectRef object);
    void askWanted();

    connection::RemoteConnection &m_connection;
    Permissions &m_permissions;
    std::vector<connection::ObjectRef> m_wanted;
    std::vector<connection::ObjectRef> m_asked; ///< Not to be asked for twice meanwhile.
    QTimer m_collecting;
    int m_generation = 0;
};

} // namespace kith::views
