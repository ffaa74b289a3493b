// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "FileExport.h"
#include "connection/Connection.h"

class QWidget;

namespace kith::views {

/// Writes the whole core into a file as an identity document.
class Exporter : public FileExport
{
    Q_OBJECT
public:
    Exporter(connection::Connection &connection, QWidget *window);

    void start();                    ///< Asks for the file's name first.
    void write(const QString &file); ///< Without asking. A file that is there is replaced.

Q_SIGNALS:
    void done(const QString &file);

private:
    void save(const QString &file, std::string text);

    connection::Connection &m_connection;
    QWidget *m_window;
};

} // namespace kith::views
