// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Pane.h"
#include "TableExport.h"
#include "items/MemberTableModel.h"

class QAction;

namespace kith::views {

class ElidedLabel;
class EmptyState;
class FilterField;
class PeopleTable;
class SegmentedControl;

/// Who is in one group, directly or with its subgroups.
class MembersPane : public Pane
{
    Q_OBJECT
public:
    /// The connection must outlive the pane.
    explicit MembersPane(connection::Connection &connection, QWidget *parent = nullptr);
    ~MembersPane() override;

    PeopleTable &table() { return *m_table; }
    SegmentedControl &depth() { return *m_depth; }

    const connection::GroupRef &group() const { return m_group; }
    void showGroup(const connection::GroupRef &group); ///< None: nobody.
    /// Chooses somebody, as soon as this group is shown and the table holds them.
    void choose(GroupId in, EntityId person);
    void clearSelection();
    QString selectionText() const; ///< "3 selected of 14"
    bool isReady() const;
    std::optional<ShownTable> shownMembers() const; ///< None: no group is chosen.

Q_SIGNALS:
    void chosen(kith::EntityId person); ///< By hand.
    void opened(kith::EntityId person); ///< Enter, or a double click.
    void selectionChanged();
    void shown();                   ///< Whom choose() asked for is chosen.
    void gone();                    ///< The group doesn't exist any more.
    void said(const QString &text); ///< Why rows that stay could not be read anew.

private:
    void build();
    void connectTable();
    void askMembers();
    void readGroup();
    void showWanted();
    void updateState();
    void changed(const ChangeSet &changes);

    connection::Connection &m_connection;
    items::MemberTableModel m_members;
    PeopleTable *m_table;
    FilterField *m_filter;
    ElidedLabel *m_title;
    SegmentedControl *m_depth;
    EmptyState *m_empty = nullptr;
    connection::GroupRef m_group;
    GroupId m_wantedIn;
    EntityId m_wanted;
    bool m_following = false; ///< The selection changes by choose(), not by hand.
};

} // namespace kith::views
