// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QObject>

class QMenuBar;

namespace kith::views {

/// Everything that the window can do, with its words and shortcuts, in one menu each. The window connects them. Actions
/// live as long as this.
class WindowActions : public QObject
{
    Q_OBJECT
public:
    explicit WindowActions(QWidget *window);

    void fill(QMenuBar &bar);
    QList<QAction *> forObjects(); ///< What can be done with a selection, for context menus.
    /// Why it may not be done at all; empty: it may. Shown where the action is, greyed.
    static void setRefusal(QAction *action, const QString &why);
    static QString refusalOf(const QAction *action);

    QAction *const newEntity;
    QAction *const newGroup;
    QAction *const newPolicy;
    QAction *const importDocument;
    QAction *const exportDocument;
    QAction *const exportShown;
    QAction *const copyTo; ///< To another core; shown where there are any.
    QAction *const connections;
    QAction *const share;   ///< Of the local core; not shown otherwise.
    QAction *const unlock;  ///< Shown while the local core's secrets can't be read.
    QAction *const refresh; ///< Read the server anew; shown on a remote connection only, as the next one.
    QAction *const lock;    ///< Forget the token.
    QAction *const quit;
    QAction *const undo;
    QAction *const redo;
    QAction *const cut;
    QAction *const copy;
    QAction *const paste;
    QAction *const rename;
    QAction *const takeOut; ///< Out of the group in which the selection stands.
    QAction *const remove;  ///< Delete the objects themselves.
    QAction *const addToGroup;
    QAction *const moveToGroup;
    QAction *const merge;         ///< Two people who are one.
    QAction *const changeSeveral; ///< The same for many people at once.
    QAction *const enable;
    QAction *const disable;
    QAction *const copyId;
    QAction *const entities;
    QAction *const groups;
    QAction *const aliases;
    QAction *const policies;
    QAction *const mounts;
    QAction *const groupsBeside; ///< Checkable: on the page of entities.
    QAction *const columns;      ///< Which the table of the page shows.
    QAction *const back;
    QAction *const forward;
    QAction *const find;
    QAction *const filter;
    QAction *const filterBy;     ///< By more than a text.
    QAction *const inspectToken; ///< Shown on a remote connection only.
    QAction *const shortcuts;
    QAction *const news;
    QAction *const about;

private:
    QAction *make(const char *name, const QString &text, const QKeySequence &shortcut = {});
};

} // namespace kith::views
