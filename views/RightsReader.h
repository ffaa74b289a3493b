// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/RemoteConnection.h"

#include <QList>
#include <QTimer>

namespace kith::views {

class Permissions;

/// Asks the server what its token may do, and tells the permissions: of all at once, and of single objects and mounts
/// when somebody has asked for them for a moment.
class RightsReader : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive it.
    RightsReader(connection::RemoteConnection &connection, Permissions &permissions, QObject *parent = nullptr);

    void read(); ///< Anew: policies may be others now.

private:
    template <class Key>
    struct Asking {
        QList<Key> wanted;
        QList<Key> asked; ///< Not to be asked for twice meanwhile.
    };
    template <class Key>
    void want(Asking<Key> &asking, const Key &key);
    void askWanted();
    /// `ask` sends the question, `tell` takes its answer.
    template <class Key, class Ask, class Tell>
    void ask(Asking<Key> &asking, Ask ask, Tell tell);

    connection::RemoteConnection &m_connection;
    Permissions &m_permissions;
    Asking<connection::ObjectRef> m_objects;
    Asking<QString> m_mounts;
    QTimer m_collecting;
    int m_generation = 0;
};

} // namespace kith::views
