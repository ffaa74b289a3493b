// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Pane.h"
#include "items/GroupTreeModel.h"

class QAction;

namespace kith::views {

class EmptyState;
class FilterField;
class GroupTree;
class Permissions;

/// The hierarchy of groups under a title and a filter: to look for a group, to drag it, and to drop onto it.
class HierarchyPane : public Pane
{
    Q_OBJECT
public:
    /// `name`: what its tree and filter are called beside others ("group": "groupTree"). The connection must outlive
    /// the pane.
    HierarchyPane(connection::Connection &connection, const QString &title, const QString &name,
                  QWidget *parent = nullptr);
    ~HierarchyPane() override;

    GroupTree &tree() { return *m_tree; }
    FilterField &filter() { return *m_filter; }
    connection::GroupRef current() const; ///< None as long as nobody chose one.

    /// Unfolds the way to the group and makes it the current one; takes the filter away when that hides it.
    void choose(GroupId group);
    /// The first one, if none is chosen and there is one.
    void chooseFirst();
    /// What was current is gone.
    void forgetCurrent() { m_current = {}; }

    std::vector<connection::ObjectRef> selectedRefs() const; ///< Each group once, in however many places it is.
    items::CarriedObjects selected() const;
    bool isReady() const { return m_loaded && !m_wanted; }
    void setPermissions(Permissions &permissions); ///< Outlives the pane.
    void setActions(const QList<QAction *> &actions);

Q_SIGNALS:
    void currentChanged(kith::GroupId group); ///< By hand, or by choose().
    void chosen(kith::GroupId group);         ///< By hand only; also the current one again.
    void selectionChanged();
    void opened(kith::connection::ObjectRef object);              ///< Enter.
    void changeRequested(const kith::connection::Change &change); ///< Something was let go over a group.
    void newWanted();                                             ///< The first step of an empty hierarchy.
    void lookUpWanted();                                          ///< The same where groups may not be listed.
    void said(const QString &text); ///< Why groups are missing beside those that are shown.
    void loaded();                  ///< It is shown: for the first time, or filtered otherwise.

private:
    void build(const QString &title, const QString &name);
    void connectModel();
    void applyFilter();
    void selectPath(const std::vector<GroupId> &path);
    void updateState();

    connection::Connection &m_connection;
    items::GroupTreeModel m_groups;
    GroupTree *m_tree;
    FilterField *m_filter;
    EmptyState *m_empty = nullptr;
    Permissions *m_permissions = nullptr;
    GroupId m_current;
    GroupId m_wanted; ///< To be chosen when the way there is loaded.
    bool m_loaded = false;
    bool m_following = false; ///< The tree changes by choose(), not by hand.
};

} // namespace kith::views
