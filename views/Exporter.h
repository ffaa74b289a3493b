// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

namespace kith::views {

/// Writes the whole core into a file as an identity document. Belongs to the window, which must outlive it.
class Exporter : public QObject
{
    Q_OBJECT
public:
    Exporter(connection::Connection &connection, QWidget *window);

    void start();                    ///< Asks for the file's name first.
    void write(const QString &file); ///< Without asking. A file that is there is replaced when all is written.

Q_SIGNALS:
    void done(const QString &file);
    void failed(const QString &reason);

private:
    connection::Connection &m_connection;
    QWidget *m_window;
};

} // namespace kith::views
