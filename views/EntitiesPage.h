// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ObjectsPage.h"
#include "items/EntityTableModel.h"

#include <QTimer>

class QHBoxLayout;
class QLabel;

namespace kith::views {

class DropDrawer;
class EmptyState;
class FilterBar;
class FilterField;
class HierarchyPane;
class PeopleTable;
class WindowMemory;

/// Who is there: all people in a table, sorted by its header, filtered as one types; and the groups, to drag them onto,
/// beside it or over it while somebody is carried.
class EntitiesPage : public ObjectsPage
{
    Q_OBJECT
public:
    /// The connection must outlive the page.
    explicit EntitiesPage(connection::Connection &connection, QWidget *parent = nullptr);
    ~EntitiesPage() override;

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
    std::optional<ShownTable> shown() const override;
    void save(QSettings &settings) const override;
    void restore(const QSettings &settings) override;

    void openFilters();                   ///< The menu of them.
    void setMemory(WindowMemory &memory); ///< Where filters are kept; outlives the page.
    /// The action that shows and hides the groups beside the table; it gets a button on the page.
    void setGroupsAction(QAction *action);

Q_SIGNALS:
    void openWanted(kith::connection::ObjectRef group); ///< On the page where it is at home.

private:
    enum class Focus { People, Groups };
    QWidget *buildTable();
    void connectTable();
    void connectGroups();
    bool isFiltered() const;
    void showWanted();
    void uncoverWanted();
    void updateState();
    void chose();

    connection::Connection &m_connection;
    items::EntityTableModel m_model;
    PeopleTable *m_table;
    FilterField *m_filter;
    FilterBar *m_bar; ///< Conditions beside it.
    HierarchyPane *m_groups;
    DropDrawer *m_drawer;
    Permissions *m_permissions = nullptr;
    QHBoxLayout *m_tools = nullptr; ///< Above the table.
    QLabel *m_count;
    EmptyState *m_empty;
    QTimer m_slow;                 ///< Runs while an answer is waited for: at its end one is told.
    EntityId m_wanted;             ///< To be chosen as soon as the table holds it.
    bool m_mayBeHidden = false;    ///< By the filters: seen when no rows are on their way any more.
    Focus m_focus = Focus::People; ///< Which of the two selections counts.
    bool m_following = false;      ///< The selection changes by show(), not by hand.
};

} // namespace kith::views
