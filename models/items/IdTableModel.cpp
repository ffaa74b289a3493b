// SPDX-License-Identifier: Apache-2.0
#include "items/IdTableModel.h"

#include "items/RowsDifference.h"

#include <algorithm>
#include <iterator>

namespace kith::items {

namespace {

constexpr int MostAsked = 8192;

// A view writes some bytes for each row that comes, into memory that it has to be given first: half a million at once
// would hold the window up.
constexpr int MostAtOnce = 100'000;

/// Ids to be looked for in very many rows: a bit for each where they are dense.
class IdSet
{
public:
    explicit IdSet(std::vector<quint32> ids) : m_sorted(std::move(ids))
    {
        std::sort(m_sorted.begin(), m_sorted.end());
        if (m_sorted.empty() || m_sorted.back() - m_sorted.front() >= MostBits)
            return;
        m_bits.resize(m_sorted.back() - m_sorted.front() + 1);
        for (const quint32 id : m_sorted)
            m_bits[id - m_sorted.front()] = true;
    }
    bool contains(quint32 id) const
    {
        if (m_bits.empty())
            return std::binary_search(m_sorted.begin(), m_sorted.end(), id);
        return id >= m_sorted.front() && id <= m_sorted.back() && m_bits[id - m_sorted.front()];
    }

private:
    static constexpr quint32 MostBits = quint32{1} << 26;
    std::vector<quint32> m_sorted;
    std::vector<bool> m_bits;
};

std::vector<RowRange> inRanges(std::vector<int> rows)
{
    std::sort(rows.begin(), rows.end());
    std::vector<RowRange> ranges;
    for (const int row : rows) {
        if (!ranges.empty() && row <= ranges.back().last + 1)
            ranges.back().last = row;
        else
            ranges.push_back({row, row});
    }
    return ranges;
}

} // namespace

IdTableModel::IdTableModel(QObject *parent) : QAbstractTableModel(parent)
{
    m_comparing.setMaxThreadCount(1);
}

int IdTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_upTo.value_or(static_cast<int>(m_ids->size()));
}

quint32 IdTableModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? (*m_ids)[static_cast<std::size_t>(row)] : 0;
}

int IdTableModel::rowOfId(quint32 id) const
{
    const auto end = m_ids->begin() + rowCount();
    const auto at = std::find(m_ids->begin(), end, id);
    return id != 0 && at != end ? static_cast<int>(at - m_ids->begin()) : -1;
}

std::vector<quint32> IdTableModel::idsIn(const QItemSelection &selection) const
{
    std::vector<RowRange> ranges;
    std::size_t count = 0;
    for (const QItemSelectionRange &range : selection) {
        if (!range.isValid())
            continue;
        ranges.push_back({range.top(), std::min(range.bottom(), rowCount() - 1)});
        count += static_cast<std::size_t>(range.height());
    }
    std::sort(ranges.begin(), ranges.end(), [](RowRange a, RowRange b) { return a.first < b.first; });
    std::vector<quint32> ids;
    ids.reserve(count);
    int next = 0; // Ranges may overlap: of several columns, of rows selected one by one.
    for (const RowRange &range : ranges) {
        for (int row = std::max(range.first, next); row <= range.last; ++row)
            ids.push_back((*m_ids)[static_cast<std::size_t>(row)]);
        next = std::max(next, range.last + 1);
    }
    return ids;
}

std::shared_ptr<const std::vector<quint32>> IdTableModel::sharedIdsIn(const QItemSelection &selection) const
{
    const bool all = !m_idsChange && !m_upTo && selection.size() == 1 && selection.front().isValid() &&
                     selection.front().height() == rowCount();
    return all ? m_ids : std::make_shared<const std::vector<quint32>>(idsIn(selection));
}

std::vector<int> IdTableModel::rowsOf(std::vector<quint32> ids) const
{
    std::vector<int> rows;
    const IdSet wanted(std::move(ids));
    for (int row = 0; row < rowCount(); ++row) {
        if (wanted.contains((*m_ids)[static_cast<std::size_t>(row)]))
            rows.push_back(row);
    }
    return rows;
}

QItemSelection IdTableModel::selectionOfIds(const std::vector<quint32> &ids) const
{
    QItemSelection selection;
    for (const RowRange &range : inRanges(rowsOf(ids)))
        selection.append(QItemSelectionRange(index(range.first, 0), index(range.last, columnCount() - 1)));
    return selection;
}

void IdTableModel::askNothing()
{
    m_question = nullptr;
    start(true);
}

void IdTableModel::refresh()
{
    if (m_underWay)
        m_again = true;
    else
        start(m_shown == Shown::Older); // which wasn't answered
}

void IdTableModel::start(bool isNew)
{
    if (m_cancel)
        std::exchange(m_cancel, nullptr)();
    ++m_generation;
    m_again = false;
    if (isNew)
        m_shown = Shown::Older; // also without a question: what is here may be shown in part only
    if (!m_question) {
        m_underWay = false;
        take(Answer{nullptr}, isNew);
        return;
    }
    m_underWay = true;
    if (isNew)
        setLoading(true);
    const auto answered = [this, isNew, generation = m_generation](Answer answer) {
        if (generation != m_generation)
            return;
        if (answer.extent == Shown::First)
            takeFirst(answer);
        else
            take(std::move(answer), isNew);
    };
    m_cancel = m_question(answered, isNew);
}

/// All others are inserted behind them when they come.
void IdTableModel::takeFirst(const Answer &answer)
{
    answer.keepValues();
    m_shown = Shown::First;
    resetRows(*answer.rows);
}

void IdTableModel::take(Answer answer, bool isNew)
{
    auto &rows = answer.rows;
    if (!rows && rows.error().code == ErrorCode::NotFound) // what was asked about is gone, and so are its rows
        rows = Ids();
    if (!rows)
        return takeFailure(rows.error(), isNew);
    const int before = rowCount();
    if (answer.keepValues)
        answer.keepValues();
    showRows(*rows ? *rows : std::make_shared<const std::vector<quint32>>(), isNew,
             [this, isNew, before] { rowsShown(isNew, before); });
}

/// At once or, where they are very many, in later turns, so that they don't hold the window up.
void IdTableModel::showRows(const Ids &rows, bool isNew, const Then &then)
{
    const bool hasFirst = m_shown == Shown::First;
    if (isNew)
        m_shown = Shown::First;
    if (isNew && !hasFirst) {
        resetRows(rows);
    } else if (beginsWithShown(*rows)) {
        m_upTo = rowCount();
        m_ids = rows;
        showMore();
    } else {
        return updateRows(rows, then);
    }
    growOr(then);
}

void IdTableModel::growOr(const Then &then)
{
    if (m_upTo)
        growLater(then);
    else
        then();
}

void IdTableModel::showMore()
{
    const int all = static_cast<int>(m_ids->size());
    const int end = std::min(rowCount() + MostAtOnce, all);
    const auto upTo = end < all ? std::optional(end) : std::nullopt;
    if (end == rowCount()) {
        m_upTo = upTo;
        return;
    }
    beginInsertRows({}, rowCount(), end - 1);
    m_upTo = upTo;
    endInsertRows();
}

/// In turns of their own, unless another question is asked meanwhile.
void IdTableModel::growLater(Then then)
{
    const auto grow = [this, then = std::move(then), generation = m_generation] {
        if (generation != m_generation)
            return;
        showMore();
        if (m_upTo)
            growLater(then);
        else
            then();
    };
    QMetaObject::invokeMethod(this, grow, Qt::QueuedConnection);
}

void IdTableModel::rowsShown(bool isNew, int before)
{
    m_underWay = false;
    m_shown = Shown::All;
    if (isNew)
        setLoading(false);
    if (rowCount() != before)
        Q_EMIT countChanged();
    if (isNew)
        Q_EMIT loaded();
    goOn(false);
}

/// What was asked meanwhile is asked now.
void IdTableModel::goOn(bool isNew)
{
    if (m_again && !m_underWay)
        start(isNew);
    else if (!m_underWay)
        Q_EMIT caughtUp();
}

/// Rows that answer another question, or a few of very many, would pass for the answer: in the number, in a selection
/// of all, in an export.
void IdTableModel::takeFailure(const Error &error, bool isNew)
{
    m_underWay = false;
    if (isNew && !m_ids->empty()) {
        m_shown = Shown::Older;
        resetRows(std::make_shared<const std::vector<quint32>>());
        Q_EMIT countChanged();
    }
    if (isNew)
        setLoading(false);
    if (error.code != ErrorCode::Cancelled)
        Q_EMIT failed(error);
    goOn(isNew);
}

void IdTableModel::setLoading(bool loading)
{
    if (std::exchange(m_loading, loading) != loading)
        Q_EMIT loadingChanged();
}

void IdTableModel::resetRows(Ids rows)
{
    beginResetModel();
    m_ids = std::move(rows);
    m_upTo = m_ids->size() > MostAtOnce ? std::optional(MostAtOnce) : std::nullopt;
    m_asked.clear();
    endResetModel();
}

bool IdTableModel::beginsWithShown(const std::vector<quint32> &rows) const
{
    return rows.size() >= m_ids->size() && std::equal(m_ids->begin(), m_ids->end(), rows.begin());
}

std::vector<qint64> IdTableModel::batchAround(int row, std::size_t size)
{
    const std::size_t first = static_cast<std::size_t>(row) / size * size;
    const std::size_t end = std::min(first + size, static_cast<std::size_t>(rowCount()));
    if (m_asked.size() > MostAsked)
        m_asked.clear();
    std::vector<qint64> result;
    for (std::size_t at = first; at < end; ++at) {
        result.push_back((*m_ids)[at]);
        m_asked.insert((*m_ids)[at], static_cast<int>(at));
    }
    return result;
}

void IdTableModel::valuesChanged(const std::vector<qint64> &ids)
{
    std::vector<int> rows;
    std::vector<quint32> elsewhere;
    for (const qint64 id : ids) {
        const int row = m_asked.take(id);
        if (idAt(row) == id)
            rows.push_back(row);
        else
            elsewhere.push_back(static_cast<quint32>(id));
    }
    if (!elsewhere.empty()) {
        const std::vector<int> others = rowsOf(std::move(elsewhere));
        rows.insert(rows.end(), others.begin(), others.end());
    }
    for (const RowRange &range : inRanges(std::move(rows)))
        Q_EMIT dataChanged(index(range.first, 0), index(range.last, columnCount() - 1));
}

void IdTableModel::allValuesChanged()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

} // namespace kith::items
