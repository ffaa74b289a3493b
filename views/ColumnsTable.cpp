// SPDX-License-Identifier: Apache-2.0
#include "ColumnsTable.h"

#include "RowPainter.h"

#include <QApplication>
#include <QDataStream>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMenu>
#include <QStyleOptionHeaderV2>

#include <algorithm>

namespace kith::views {

static constexpr int ReadableName = 14; ///< In average characters.

namespace {

/// Its texts stand where those of the cells below do.
class CellHeader : public QHeaderView
{
public:
    explicit CellHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent) {}

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

ColumnsTable::ColumnsTable(QAbstractItemModel &model, QWidget *parent) : QTableView(parent)
{
    setHorizontalHeader(new CellHeader(this));
    setModel(&model);
    // To paint a title as that of a selected column a header asks each row of the selection, also of a million.
    horizontalHeader()->setSelectionModel(new QItemSelectionModel(&model, horizontalHeader()));
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
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
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, &model, &QAbstractItemModel::sort);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] {
        if (!m_sharing && isVisible() && QApplication::mouseButtons() != Qt::NoButton)
            endSharing();
    });
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, &ColumnsTable::askForColumns);
    setRowHeight();
}

void ColumnsTable::setColumns(std::vector<Column> columns)
{
    m_first = std::move(columns);
    m_columns = m_first;
    shareWidth();
}

static constexpr quint32 ColumnsForm = 0x4b430001; ///< Of what saveColumns() gives.

QByteArray ColumnsTable::saveColumns() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    QList<int> order;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual)
        order.append(horizontalHeader()->logicalIndex(visual));
    out << ColumnsForm << m_off << order << (m_columns.empty() ? horizontalHeader()->saveState() : QByteArray());
    return state;
}

void ColumnsTable::restoreColumns(const QByteArray &state)
{
    QDataStream in(state);
    quint32 form = 0;
    QSet<int> off;
    QList<int> order;
    QByteArray widths;
    in >> form >> off >> order >> widths;
    if (form != ColumnsForm || in.status() != QDataStream::Ok || order.size() != horizontalHeader()->count())
        return;
    if (!widths.isEmpty() && horizontalHeader()->restoreState(widths))
        m_columns.clear();
    for (int visual = 0; visual < order.size(); ++visual)
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(order[visual]), visual);
    for (const int column : off)
        setColumnShown(column, false);
    shareWidth();
}

void ColumnsTable::setColumnShown(int column, bool shown)
{
    if (column <= 0 || column >= horizontalHeader()->count() || shown == isColumnShown(column))
        return;
    if (shown)
        m_off.remove(column);
    else
        m_off.insert(column);
    setColumnHidden(column, !shown);
    shareWidth();
}

std::vector<int> ColumnsTable::columnsInOrder() const
{
    std::vector<int> columns;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual)
        if (const int column = horizontalHeader()->logicalIndex(visual); isColumnShown(column))
            columns.push_back(column);
    return columns;
}

void ColumnsTable::asFirst()
{
    m_off.clear();
    for (int column = 0; column < horizontalHeader()->count(); ++column) {
        setColumnHidden(column, false);
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column), column);
    }
    m_columns = m_first;
    shareWidth();
}

void ColumnsTable::askForColumns()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("columnsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 0; column < horizontalHeader()->count(); ++column) {
        QAction *action = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(isColumnShown(column));
        action->setEnabled(column > 0);
        connect(action, &QAction::toggled, this, [this, column](bool shown) { setColumnShown(column, shown); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("&All as at first")), &QAction::triggered, this, &ColumnsTable::asFirst);
    menu->popup(horizontalHeader()->mapToGlobal(QPoint(0, horizontalHeader()->height())));
}

int ColumnsTable::neededWidth(int column) const
{
    const Column &asked = m_columns[static_cast<std::size_t>(column)];
    const QFontMetrics metrics(asked.face == Face::Fixed ? fixedFont(font()) : font());
    const int text = metrics.horizontalAdvance(asked.longest);
    return std::max(horizontalHeader()->sectionSizeHint(column), text + 2 * CellPadding + 1);
}

/// Somebody set a width: what was hidden for want of room is theirs to scroll to.
void ColumnsTable::endSharing()
{
    const std::size_t count = std::exchange(m_columns, {}).size();
    for (std::size_t i = 0; i < count; ++i)
        setColumnHidden(static_cast<int>(i), !isColumnShown(static_cast<int>(i)));
}

/// For those columns that are shown; a name needs more than its title to be told from others.
int ColumnsTable::roomNeeded() const
{
    const int name = fontMetrics().averageCharWidth() * ReadableName + 2 * CellPadding;
    int room = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (!isColumnHidden(static_cast<int>(i)))
            room += m_columns[i].share > 0 ? std::max(name, neededWidth(static_cast<int>(i)))
                                           : neededWidth(static_cast<int>(i));
    return room;
}

void ColumnsTable::hideWhatHasNoRoom()
{
    std::vector<std::pair<int, int>> going;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        setColumnHidden(static_cast<int>(i), !isColumnShown(static_cast<int>(i)));
        if (m_columns[i].goes > 0 && isColumnShown(static_cast<int>(i)))
            going.emplace_back(m_columns[i].goes, static_cast<int>(i));
    }
    std::sort(going.begin(), going.end());
    for (const auto &[order, column] : going)
        if (roomNeeded() > viewport()->width())
            setColumnHidden(column, true);
}

void ColumnsTable::shareWidth()
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

void ColumnsTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    shareWidth();
}

void ColumnsTable::setRowHeight()
{
    verticalHeader()->setMinimumSectionSize(kith::views::rowHeight(fontMetrics()));
    verticalHeader()->setDefaultSectionSize(kith::views::rowHeight(fontMetrics()));
}

int ColumnsTable::firstOnScreen() const
{
    return isVisible() && model()->rowCount() > 0 ? std::max(0, rowAt(0)) : 0;
}

int ColumnsTable::lastOnScreen() const
{
    if (!isVisible() || model()->rowCount() == 0)
        return -1;
    const int bottom = rowAt(viewport()->height() - 1);
    return bottom < 0 ? model()->rowCount() - 1 : bottom;
}

bool ColumnsTable::chooseRow(int row)
{
    const QModelIndex index = model()->index(row, 0);
    if (!index.isValid())
        return false;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
    return true;
}

int ColumnsTable::selectedCount() const
{
    int count = 0;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        count += range.height();
    return count;
}

void ColumnsTable::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentIndex().isValid())
        Q_EMIT enterPressed(currentIndex().row());
    else if (event->matches(QKeySequence::MoveToNextLine) && currentIndex().isValid() &&
             !selectionModel()->hasSelection())
        setCurrentIndex(currentIndex()); // what got the focus by Tab is the first to be chosen
    else
        QTableView::keyPressEvent(event);
}

void ColumnsTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionWasChanged();
}

void ColumnsTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        setRowHeight();
        shareWidth();
    }
}

} // namespace kith::views
