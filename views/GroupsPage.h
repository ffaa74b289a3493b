// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ObjectsPage.h"
#include "items/GroupTreeModel.h"
#include "items/MemberTableModel.h"

#include <QTimer>

class QLabel;
class QSplitter;

namespace kith::views {

class ElidedLabel;
class EmptyState;
class FilterField;
class GroupTree;
class PeopleTable;
class SegmentedControl;

/// Who belongs where: the hierarchy of groups, and the members of the chosen one.
class GroupsPage : public ObjectsPage
{
    Q_OBJECT
public:
    /// The connection must outlive the page.
    explicit GroupsPage(connection::Connection &connection, QWidget *parent = nullptr);
    ~GroupsPage() override;

    void show(const Place &place) override;
    std::vector<connection::ObjectRef> selectedRefs() const override;
    items::CarriedObjects selected() const override;
    QString selectionText() const override;
    void focusFilter() override;
    void focusContent() override;
    bool isReady() const override;
    void setActions(const QList<QAction *> &actions) override;
    void save(QSettings &settings) const override;
    void restore(const QSettings &settings) override;

    void setReadOnly(bool readOnly);
    connection::GroupRef currentGroup() const override { return m_group; }

Q_SIGNALS:
    void changeRequested(const kith::connection::Change &change); ///< Something was let go over a group.

private:
    enum class Focus { Tree, Members };
    QWidget *buildTreeSide();
    QWidget *buildMemberSide();
    void connectTree();
    void connectMembers();
    void showGroup(GroupId group);
    void chooseFirst();
    void chooseInTree(GroupId group);
    void selectPath(const std::vector<GroupId> &path);
    void showWantedMember();
    void askMembers();
    void readGroup();
    void updateTreeState();
    void updateMemberState();
    void changed(const ChangeSet &changes);

    connection::Connection &m_connection;
    items::GroupTreeModel m_groups;
    items::MemberTableModel m_members;
    QSplitter *m_splitter;
    GroupTree *m_tree;
    PeopleTable *m_table;
    FilterField *m_treeFilter;
    FilterField *m_memberFilter;
    ElidedLabel *m_title;
    SegmentedControl *m_depth;
    EmptyState *m_emptyTree = nullptr;
    EmptyState *m_emptyTable = nullptr;
    QTimer m_typingGroup;
    QTimer m_typingMember;
    connection::GroupRef m_group;
    GroupId m_wantedGroup; ///< To be chosen in the tree when the way there is loaded.
    EntityId m_wantedMember;
    Focus m_focus = Focus::Tree; ///< Which of the two selections counts.
    bool m_treeLoaded = false;
    bool m_following = false; ///< Selections change by show(), not by hand.
};

} // namespace kith::views
