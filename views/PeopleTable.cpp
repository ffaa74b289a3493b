// SPDX-License-Identifier: Apache-2.0
#include "PeopleTable.h"

#include "ObjectDrag.h"
#include "items/RowsModel.h"

namespace kith::views {

using connection::ObjectRef;

static constexpr int MostRemembered = 2000; ///< People; more, scattered over another order, would hold the window up.

PeopleTable::PeopleTable(items::RowsModel &model, QWidget *parent) : ColumnsTable(model, parent), m_people(model)
{
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT opened(ObjectRef::of(m_people.entityAt(index.row()))); });
    connect(this, &ColumnsTable::enterPressed, this,
            [this](int row) { Q_EMIT opened(ObjectRef::of(m_people.entityAt(row))); });
    connect(&m_people, &QAbstractItemModel::modelAboutToBeReset, this, &PeopleTable::rememberSelection);
    connect(&m_people, &QAbstractItemModel::modelReset, this, &PeopleTable::selectAgain); // after the selection's own
    for (auto signal : {&items::RowsModel::countChanged, &items::RowsModel::loaded})      // behind the first rows
        connect(&m_people, signal, this, &PeopleTable::selectAgain);
    connect(this, &PeopleTable::selectionWasChanged, this, [this] { m_remembered.clear(); }); // others are chosen
}

void PeopleTable::rememberSelection()
{
    if (!m_remembered.empty())
        return; // not all rows came in which they may have been
    m_current = m_people.entityAt(currentIndex().row());
    if (selectedCount() <= MostRemembered)
        m_remembered = m_people.entitiesIn(selectionModel()->selection());
}

void PeopleTable::selectAgain()
{
    if (m_remembered.empty())
        return;
    const QItemSelection selection = m_people.selectionOf(m_remembered);
    std::size_t found = 0;
    for (const QItemSelectionRange &range : selection)
        found += static_cast<std::size_t>(range.height());
    if (found < m_remembered.size() && !m_people.hasAllRows())
        return; // a part of them would pass for a choice
    m_remembered.clear();
    selectionModel()->select(selection, QItemSelectionModel::Select);
    if (const QModelIndex current = m_people.indexOf(m_current); current.isValid()) {
        selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
        scrollTo(current);
    }
}

std::vector<ObjectRef> PeopleTable::onScreen() const
{
    std::vector<ObjectRef> people;
    for (int row = firstOnScreen(); row <= lastOnScreen(); ++row)
        if (const EntityId person = m_people.entityAt(row))
            people.push_back(ObjectRef::of(person));
    return people;
}

std::vector<ObjectRef> PeopleTable::selectedRefs() const
{
    return selectedPeople().mapped([](EntityId id) { return ObjectRef::of(id); });
}

items::CarriedObjects PeopleTable::selected() const
{
    return m_people.carried(selectionModel()->selection());
}

Selection PeopleTable::selection() const
{
    const auto count = static_cast<std::size_t>(selectedCount());
    if (count <= items::RowsModel::MostHeld)
        return Selection::of(selected());
    return {count, 0, {}, m_people.sourceOfMany()};
}

connection::Rows<EntityId> PeopleTable::selectedPeople() const
{
    return m_people.peopleIn(selectionModel()->selection());
}

bool PeopleTable::isOnlyOne(EntityId id) const
{
    return selectedCount() == 1 && selectedPeople().at(0) == id;
}

bool PeopleTable::choose(EntityId id)
{
    return chooseRow(m_people.rowOf(id));
}

void PeopleTable::startDrag(Qt::DropActions)
{
    dragObjects(*this, selected());
}

} // namespace kith::views
