// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "MessageBar.h"
#include "connection/Connection.h"

#include <QTimer>

namespace kith::views {

class Editor;
struct Conflict;
struct PartlyDone;
class Navigator;

/// Says in the message bar what the editor did and what it could not do, with the way forward, and whether all is
/// saved.
class EditorMessages : public QObject
{
    Q_OBJECT
public:
    /// All must outlive this.
    EditorMessages(connection::Connection &connection, Editor &editor, Navigator &navigator, MessageBar &messages,
                   QObject *parent = nullptr);

    void showWriter(); ///< Whether somebody else writes to the core.

private:
    void connectResults();
    void showConflict(const Conflict &conflict);
    void showFailures(const PartlyDone &done);
    void showState();
    Message::Action undoAction() const;

    connection::Connection &m_connection;
    Editor &m_editor;
    Navigator &m_navigator;
    MessageBar &m_messages;
    QTimer m_busy;
};

} // namespace kith::views
