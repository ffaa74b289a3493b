// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ObjectsPage.h"
#include "connection/Connection.h"

class QSplitter;

namespace kith::views {

class HierarchyPane;
class MembersPane;

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
    Selection selection() const override;
    connection::Rows<EntityId> selectedPeople() const override;
    std::vector<connection::ObjectRef> onScreen() const override;
    QString selectionText() const override;
    connection::GroupRef currentGroup() const override;
    void focusFilter() override;
    void focusContent() override;
    bool isReady() const override;
    void setActions(const QList<QAction *> &actions) override;
    void setPermissions(Permissions &permissions) override;
    ColumnsTable *table() override;
    std::optional<ShownTable> shown() const override; ///< The members of the chosen group.
    void save(QSettings &settings) const override;
    void restore(const QSettings &settings) override;

private:
    enum class Focus { Tree, Members };
    void connectHierarchy();
    void connectMembers();
    bool hasChosenMembers() const;
    void completeSource(connection::GroupRef &source) const;

    HierarchyPane *m_hierarchy;
    MembersPane *m_members;
    QSplitter *m_splitter;
    Focus m_focus = Focus::Tree; ///< Which of the two selections counts.
};

} // namespace kith::views
