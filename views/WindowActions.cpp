// SPDX-License-Identifier: Apache-2.0
#include "WindowActions.h"

#include <QMenuBar>
#include <QWidget>

namespace kith::views {

WindowActions::WindowActions(QWidget *window)
    : QObject(window)
    , newEntity(make("newEntity", tr("New &entity …"), QKeySequence::New))
    , newGroup(make("newGroup", tr("New &group …"), Qt::CTRL | Qt::SHIFT | Qt::Key_N))
    , newPolicy(make("newPolicy", tr("New &policy …")))
    , importDocument(make("import", tr("&Import …"), Qt::CTRL | Qt::Key_I))
    , exportDocument(make("export", tr("E&xport …"), Qt::CTRL | Qt::Key_E))
    , exportShown(make("exportShown", tr("Export &what is shown …"), Qt::CTRL | Qt::SHIFT | Qt::Key_E))
    , copyTo(make("copyTo", tr("Cop&y to another core …"), Qt::CTRL | Qt::SHIFT | Qt::Key_O))
    , connections(make("connections", tr("&Connections …"), Qt::CTRL | Qt::Key_O))
    , share(make("share", tr("S&hare this core …")))
    , unlock(make("unlock", tr("Unlock &secrets …")))
    , refresh(make("refresh", tr("&Refresh"), Qt::Key_F5))
    , lock(make("lock", tr("&Lock"), Qt::CTRL | Qt::Key_L))
    , quit(make("quit", tr("&Quit"), Qt::CTRL | Qt::Key_Q))
    , undo(make("undo", tr("&Undo"), Qt::CTRL | Qt::Key_Z))
    , redo(make("redo", tr("&Redo"), Qt::CTRL | Qt::SHIFT | Qt::Key_Z))
    , cut(make("cut", tr("Cu&t"), QKeySequence::Cut))
    , copy(make("copy", tr("&Copy"), QKeySequence::Copy))
    , paste(make("paste", tr("&Paste into group"), QKeySequence::Paste))
    , rename(make("rename", tr("Re&name"), Qt::Key_F2))
    , takeOut(make("takeOut", tr("Remo&ve from group"), Qt::Key_Delete))
    , remove(make("remove", tr("&Delete"), Qt::SHIFT | Qt::Key_Delete))
    , addToGroup(make("addToGroup", tr("&Add to group …"), Qt::CTRL | Qt::SHIFT | Qt::Key_A))
    , moveToGroup(make("moveToGroup", tr("&Move to group …"), Qt::CTRL | Qt::SHIFT | Qt::Key_M))
    , merge(make("merge", tr("Mer&ge with …"), Qt::CTRL | Qt::Key_J))
    , changeSeveral(make("changeSeveral", tr("C&hange several …"), Qt::CTRL | Qt::Key_B))
    , enable(make("enable", tr("Ena&ble")))
    , disable(make("disable", tr("D&isable")))
    , copyId(make("copyId", tr("C&opy id"), Qt::CTRL | Qt::SHIFT | Qt::Key_C))
    , entities(make("pageEntities", tr("&Entities"), Qt::CTRL | Qt::Key_1))
    , groups(make("pageGroups", tr("&Groups"), Qt::CTRL | Qt::Key_2))
    , aliases(make("pageAliases", tr("&Aliases"), Qt::CTRL | Qt::Key_3))
    , policies(make("pagePolicies", tr("&Policies"), Qt::CTRL | Qt::Key_4))
    , mounts(make("pageMounts", tr("&Mounts"), Qt::CTRL | Qt::Key_5))
    , groupsBeside(make("groupsBeside", tr("Groups be&side the table"), Qt::Key_F9))
    , columns(make("columns", tr("&Columns …"), Qt::CTRL | Qt::SHIFT | Qt::Key_L))
    , back(make("back", tr("&Back"), Qt::ALT | Qt::Key_Left))
    , forward(make("forward", tr("&Forward"), Qt::ALT | Qt::Key_Right))
    , find(make("find", tr("F&ind anything"), Qt::CTRL | Qt::Key_K))
    , filter(make("filter", tr("Fi&lter this page"), Qt::CTRL | Qt::Key_F))
    , filterBy(make("filterBy", tr("Filter b&y …"), Qt::CTRL | Qt::SHIFT | Qt::Key_F))
    , inspectToken(make("inspectToken", tr("What a &token has …"), Qt::CTRL | Qt::Key_T))
    , shortcuts(make("shortcuts", tr("&Keyboard shortcuts"), Qt::Key_F1))
    , news(make("news", tr("&What’s new")))
    , about(make("about", tr("&About Kith")))
{
    redo->setShortcuts({Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y});
    back->setShortcuts({Qt::ALT | Qt::Key_Left, Qt::Key_Escape, Qt::Key_Back});
    forward->setShortcuts({Qt::ALT | Qt::Key_Right, Qt::Key_Forward});
    for (QAction *special : {copyTo, connections, share, unlock, refresh, lock, inspectToken})
        special->setVisible(false); // whoever can do it shows it
    groupsBeside->setCheckable(true);
    groupsBeside->setIconText(tr("Groups"));
    groupsBeside->setToolTip(tr("The groups beside the table, to drag people onto (F9)"));
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
}

QAction *WindowActions::make(const char *name, const QString &text, const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(shortcut);
    return action;
}

static const char *const Refusal = "refusal";

void WindowActions::setRefusal(QAction *action, const QString &why)
{
    if (refusalOf(action) == why)
        return;
    action->setProperty(Refusal, why);
    action->setToolTip(why); // changed() tells the buttons
    for (QObject *place : action->associatedObjects())
        if (auto *menu = qobject_cast<QMenu *>(place))
            menu->setToolTipsVisible(true);
}

QString WindowActions::refusalOf(const QAction *action)
{
    return action->property(Refusal).toString();
}

void WindowActions::fill(QMenuBar &bar)
{
    const auto menu = [&bar](const QString &title, const QList<QAction *> &actions) {
        QMenu *opened = bar.addMenu(title);
        opened->setToolTipsVisible(true); // why something is greyed
        for (QAction *action : actions) {
            if (action)
                opened->addAction(action);
            else
                opened->addSeparator();
        }
    };
    menu(tr("&File"), {newEntity, newGroup, newPolicy, nullptr, importDocument, exportDocument, exportShown, copyTo,
                       nullptr, connections, share, unlock, lock, nullptr, quit});
    menu(tr("&Edit"), {undo, redo, nullptr, cut, copy, paste, nullptr, rename, addToGroup, moveToGroup, takeOut,
                       nullptr, changeSeveral, enable, disable, merge, remove, nullptr, copyId});
    menu(tr("&View"), {entities, groups, aliases, policies, mounts, nullptr, refresh, groupsBeside, columns, nullptr,
                       back, forward, nullptr, find, filter, filterBy, inspectToken});
    menu(tr("&Help"), {shortcuts, news, about});
}

QList<QAction *> WindowActions::forObjects()
{
    auto *first = new QAction(this);
    first->setSeparator(true);
    auto *second = new QAction(this);
    second->setSeparator(true);
    return {rename, addToGroup, moveToGroup,   takeOut, first,   cut,   copy,  paste,
            copyId, second,     changeSeveral, enable,  disable, merge, remove};
}

} // namespace kith::views
