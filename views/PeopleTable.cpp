// SPDX-License-Identifier: Apache-2.0
#include "PeopleTable.h"

#include "ObjectDrag.h"
#include "RowPainter.h"
#include "items/RowsModel.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>

#include <numeric>

namespace kith::views {

using connection::ObjectRef;

PeopleTable::PeopleTable(items::RowsModel &model, QWidget *parent) : QTableView(parent), m_people(model)
{
    setModel(&model);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setSortingEnabled(false); // it would sort at once; the pages say by what
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setSortIndicatorShown(true);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setStretchLastSection(true);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) { m_people.sort(column, order); });
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT opened(ObjectRef::of(m_people.entityAt(index.row()))); });
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] {
        if (!m_sharing && isVisible() && QApplication::mouseButtons() != Qt::NoButton)
            m_shares.clear();
    });
    setRowHeight();
}

void PeopleTable::setShares(std::vector<int> shares)
{
    m_shares = std::move(shares);
    shareWidth();
}

QByteArray PeopleTable::saveColumns() const
{
    return m_shares.empty() ? horizontalHeader()->saveState() : QByteArray();
}

void PeopleTable::restoreColumns(const QByteArray &state)
{
    if (!state.isEmpty() && horizontalHeader()->restoreState(state))
        m_shares.clear();
}

void PeopleTable::shareWidth()
{
    const int all = std::accumulate(m_shares.begin(), m_shares.end(), 0);
    const int least = 7 * fontMetrics().averageCharWidth();
    m_sharing = true;
    for (int column = 0; column < static_cast<int>(m_shares.size()); ++column)
        setColumnWidth(column, std::max(least, viewport()->width() * m_shares[static_cast<std::size_t>(column)] / all));
    m_sharing = false;
}

void PeopleTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    shareWidth();
}

void PeopleTable::setRowHeight()
{
    verticalHeader()->setMinimumSectionSize(kith::views::rowHeight(fontMetrics()));
    verticalHeader()->setDefaultSectionSize(kith::views::rowHeight(fontMetrics()));
}

int PeopleTable::selectedCount() const
{
    int count = 0;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        count += range.height();
    return count;
}

std::vector<ObjectRef> PeopleTable::selectedRefs() const
{
    std::vector<int> rows;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    std::vector<ObjectRef> refs;
    refs.reserve(rows.size());
    for (int row : rows)
        refs.push_back(ObjectRef::of(m_people.entityAt(row)));
    return refs;
}

bool PeopleTable::choose(EntityId id)
{
    const QModelIndex index = m_people.indexOf(id);
    if (!index.isValid())
        return false;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
    return true;
}

void PeopleTable::startDrag(Qt::DropActions)
{
    dragObjects(*this, selectedObjects(*this));
}

void PeopleTable::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentIndex().isValid()) {
        Q_EMIT opened(ObjectRef::of(m_people.entityAt(currentIndex().row())));
        return;
    }
    QTableView::keyPressEvent(event);
}

void PeopleTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionWasChanged();
}

void PeopleTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        setRowHeight();
}

} // namespace kith::views
