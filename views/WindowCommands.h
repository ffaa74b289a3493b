// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AddToGroupDialog.h"
#include "connection/Connection.h"
#include "connection/RemoteTruth.h"

#include <QPointer>

class QAction;

namespace kith::views {

class Editor;
class ObjectsPage;
class WindowActions;

/// Joins the actions on a selection with the editor, and keeps them enabled as they make sense.
class WindowCommands : public QObject
{
    Q_OBJECT
public:
    /// All must outlive this.
    WindowCommands(QWidget *window, connection::Connection &connection, Editor &editor, WindowActions &actions);

    void setPage(ObjectsPage *page);                  ///< Whose selection is meant; null: none.
    void setRights(const connection::Rights &rights); ///< What is refused anyway is greyed. At first: nothing.
    void update();                                    ///< The selection, or what may be done, is another.
    void apply(const connection::Change &change);

Q_SIGNALS:
    void renameWanted();
    void said(const QString &text); ///< Something small was done.

private:
    void connectActions();
    void updateTexts(bool editable);
    void enable(QAction *action, bool possible, bool allowed);
    std::vector<EntityId> selectedPeople() const;
    void pickGroup(AddToGroupDialog::Gesture gesture);
    void takeOut();
    void remove();
    enum class Clip { Copy, Cut };
    void toClipboard(Clip clip);
    void paste();
    void copyIds();
    void create(connection::ObjectKind kind);

    QWidget *m_window;
    connection::Connection &m_connection;
    Editor &m_editor;
    WindowActions &m_actions;
    connection::Rights m_rights;
    QPointer<ObjectsPage> m_page;
};

} // namespace kith::views
