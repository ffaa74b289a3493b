// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ColumnsTable.h"
#include "Selection.h"

namespace kith::items {
class RowsModel;
}

namespace kith::views {

/// A table of people, dragged from. Who is selected stays so in another order and under another filter, as far as they
/// are in it.
class PeopleTable : public ColumnsTable
{
    Q_OBJECT
public:
    /// The model is the caller's and must outlive the table.
    explicit PeopleTable(items::RowsModel &model, QWidget *parent = nullptr);

    std::vector<connection::ObjectRef> selectedRefs() const; ///< In the table's order.
    std::vector<connection::ObjectRef> onScreen() const;
    items::CarriedObjects selected() const;
    Selection selection() const;
    connection::Rows<EntityId> selectedPeople() const; ///< In the table's order, shared.
    bool isOnlyOne(EntityId id) const;                 ///< It is selected, and nobody else.
    /// Selects it alone and scrolls to it. False: it isn't in the table.
    bool choose(EntityId id);

Q_SIGNALS:
    void opened(kith::connection::ObjectRef object); ///< Enter, or a double click.

protected:
    void startDrag(Qt::DropActions supported) override;

private:
    void rememberSelection();
    void selectAgain();

    items::RowsModel &m_people;
    std::vector<EntityId> m_remembered; ///< Who was selected when other rows came, until all of those are here.
    EntityId m_current;
};

} // namespace kith::views
