// SPDX-License-Identifier: Apache-2.0
#include "PeopleTable.h"

#include "ObjectDrag.h"
#include "RowPainter.h"
#include "items/RowsModel.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStyleOptionHeaderV2>

#include <algorithm>

namespace kith::views {

using connection::ObjectRef;

static constexpr int ReadableName = 14;     ///< In average characters.
static constexpr int MostRemembered = 2000; ///< People; more, scattered over another order, would hold the window up.

namespace {

/// Its texts stand where those of the cells below do.
class PeopleHeader : public QHeaderView
{
public:
    explicit PeopleHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent) {}

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        QStyleOptionHeaderV2 option;
        initStyleOption(&option);
        initStyleOptionForIndex(&option, section);
        option.rect = rect;
        style()->drawControl(QStyle::CE_HeaderSection, &option, painter, this);
        option.rect = rect.adjusted(indent(), 0, -indent(), 0);
        QStyleOptionHeaderV2 part = option;
        part.rect = style()->subElementRect(QStyle::SE_HeaderLabel, &option, this);
        style()->drawControl(QStyle::CE_HeaderLabel, &part, painter, this);
        if (option.sortIndicator == QStyleOptionHeader::None)
            return;
        part.rect = style()->subElementRect(QStyle::SE_HeaderArrow, &option, this);
        style()->drawPrimitive(QStyle::PE_IndicatorHeaderArrow, &part, painter, this);
    }

    QSize sectionSizeFromContents(int section) const override
    {
        return QHeaderView::sectionSizeFromContents(section) + QSize(2 * indent(), 0);
    }

private:
    int indent() const
    {
        return std::max(0, CellPadding - style()->pixelMetric(QStyle::PM_HeaderMargin, nullptr, this));
    }
};

} // namespace

PeopleTable::PeopleTable(items::RowsModel &model, QWidget *parent) : QTableView(parent), m_people(model)
{
    setHorizontalHeader(new PeopleHeader(this));
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
            endSharing();
    });
    connect(&m_people, &QAbstractItemModel::modelAboutToBeReset, this, &PeopleTable::rememberSelection);
    connect(&m_people, &QAbstractItemModel::modelReset, this, &PeopleTable::selectAgain); // after the selection's own
    setRowHeight();
}

void PeopleTable::rememberSelection()
{
    m_remembered.clear();
    m_current = m_people.entityAt(currentIndex().row());
    if (selectedCount() <= MostRemembered)
        m_remembered = m_people.entitiesIn(selectionModel()->selection());
}

void PeopleTable::selectAgain()
{
    if (m_remembered.empty())
        return;
    selectionModel()->select(m_people.selectionOf(std::exchange(m_remembered, {})), QItemSelectionModel::Select);
    const QModelIndex current = m_people.indexOf(m_current);
    if (!current.isValid())
        return;
    selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    scrollTo(current);
}

void PeopleTable::setColumns(std::vector<Column> columns)
{
    m_columns = std::move(columns);
    shareWidth();
}

std::vector<ObjectRef> PeopleTable::onScreen() const
{
    std::vector<ObjectRef> people;
    if (!isVisible() || m_people.rowCount() == 0)
        return people;
    const int bottom = rowAt(viewport()->height() - 1);
    const int last = bottom < 0 ? m_people.rowCount() - 1 : bottom;
    for (int row = std::max(0, rowAt(0)); row <= last; ++row)
        if (const EntityId person = m_people.entityAt(row))
            people.push_back(ObjectRef::of(person));
    return people;
}

QByteArray PeopleTable::saveColumns() const
{
    return m_columns.empty() ? horizontalHeader()->saveState() : QByteArray();
}

void PeopleTable::restoreColumns(const QByteArray &state)
{
    if (!state.isEmpty() && horizontalHeader()->restoreState(state))
        m_columns.clear();
}

int PeopleTable::neededWidth(int column) const
{
    const int text = fontMetrics().horizontalAdvance(m_columns[static_cast<std::size_t>(column)].longest);
    return std::max(horizontalHeader()->sectionSizeHint(column), text + 2 * CellPadding + 1);
}

/// Somebody set a width: what was hidden for want of room is theirs to scroll to.
void PeopleTable::endSharing()
{
    const std::size_t count = std::exchange(m_columns, {}).size();
    for (std::size_t i = 0; i < count; ++i)
        setColumnHidden(static_cast<int>(i), false);
}

/// For those columns that are shown; a name needs more than its title to be told from others.
int PeopleTable::roomNeeded() const
{
    const int name = fontMetrics().averageCharWidth() * ReadableName + 2 * CellPadding;
    int room = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (!isColumnHidden(static_cast<int>(i)))
            room += m_columns[i].share > 0 ? name : neededWidth(static_cast<int>(i));
    return room;
}

void PeopleTable::hideWhatHasNoRoom()
{
    std::vector<std::pair<int, int>> going;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        setColumnHidden(static_cast<int>(i), false);
        if (m_columns[i].goes > 0)
            going.emplace_back(m_columns[i].goes, static_cast<int>(i));
    }
    std::sort(going.begin(), going.end());
    for (const auto &[order, column] : going)
        if (roomNeeded() > viewport()->width())
            setColumnHidden(column, true);
}

void PeopleTable::shareWidth()
{
    if (m_columns.empty())
        return;
    m_sharing = true;
    hideWhatHasNoRoom();
    int left = viewport()->width();
    int shares = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        shares += isColumnHidden(static_cast<int>(i)) ? 0 : m_columns[i].share;
    std::vector<bool> tight(m_columns.size(), false); // Gets what it needs, the others share the rest.
    for (bool again = true; again;) {
        again = false;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const int share = m_columns[i].share;
            const int needed = neededWidth(static_cast<int>(i));
            if (tight[i] || isColumnHidden(static_cast<int>(i)) || (share > 0 && left * share / shares >= needed))
                continue;
            tight[i] = again = true;
            left -= needed;
            shares -= share;
        }
    }
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const int column = static_cast<int>(i);
        if (isColumnHidden(column))
            continue;
        setColumnWidth(column, tight[i] ? neededWidth(column) : left * m_columns[i].share / shares);
    }
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
    const std::vector<EntityId> people = m_people.entitiesIn(selectionModel()->selection());
    std::vector<ObjectRef> refs;
    refs.reserve(people.size());
    for (EntityId id : people)
        refs.push_back(ObjectRef::of(id));
    return refs;
}

items::CarriedObjects PeopleTable::selected() const
{
    return m_people.carried(selectionModel()->selection());
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
    dragObjects(*this, selected());
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
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        setRowHeight();
        shareWidth();
    }
}

} // namespace kith::views
