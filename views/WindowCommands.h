// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AddToGroupDialog.h"
#include "connection/Connection.h"

#include <QPointer>

#include <map>

class QAction;
class QShortcut;

namespace kith::views {

class Editor;
class ObjectsPage;
enum class Act;
struct Selection;
class WindowActions;

/// Joins the actions on a selection with the editor, and keeps them enabled as they make sense.
class WindowCommands : public QObject
{
    Q_OBJECT
public:
    /// All must outlive this.
    WindowCommands(QWidget *window, connection::Connection &connection, Editor &editor, WindowActions &actions);

    void setPage(ObjectsPage *page); ///< Whose selection is meant; null: none.
    void update();                   ///< The selection, or what may be done, is another.
    void apply(connection::Change change);

Q_SIGNALS:
    void renameWanted();
    void said(const QString &text); ///< Something small was done, or why something may not be done.

private:
    void connectActions();
    void updateHistory();
    void updateMembers(const Selection &selected);
    QString refusal(Act act, const Selection &selected) const;
    void enable(QAction *action, bool possible, const QString &refusal);
    void explainKeys(QAction *action, bool possible);
    std::vector<EntityId> selectedPeople() const;
    void pickGroup(AddToGroupDialog::Gesture gesture);
    void takeOut();
    void remove();
    enum class Clip { Copy, Cut };
    void toClipboard(Clip clip);
    void readNames(items::CarriedObjects objects, Clip clip);
    void put(items::CarriedObjects objects, Clip clip);
    void paste();
    void copyIds();
    void merge();
    void changeSeveral();
    void create(connection::ObjectKind kind);

    QWidget *m_window;
    connection::Connection &m_connection;
    Editor &m_editor;
    WindowActions &m_actions;
    QPointer<ObjectsPage> m_page;
    int m_clip = 0; ///< What was copied before doesn't take the place of what was copied last.
    std::map<QAction *, QShortcut *> m_explained; ///< The keys of what is refused say why.
};

} // namespace kith::views
