// SPDX-License-Identifier: Apache-2.0
#include "items/IdTableModel.h"

#include "items/RowsDifference.h"

#include <algorithm>
#include <iterator>

namespace kith::items {

namespace {

// A view of a million rows takes 14 to 80 ms for each signal about rows.
constexpr std::size_t MostSteps = 32;

constexpr int MostAsked = 8192;

// So many are looked for one by one: half a millisecond each in a million rows, where a map of all takes ten.
constexpr std::size_t FewIds = 8;

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

int IdTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

quint32 IdTableModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_ids[static_cast<std::size_t>(row)] : 0;
}

int IdTableModel::rowOfId(quint32 id) const
{
    const auto at = std::find(m_ids.begin(), m_ids.end(), id);
    return id != 0 && at != m_ids.end() ? static_cast<int>(at - m_ids.begin()) : -1;
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
            ids.push_back(m_ids[static_cast<std::size_t>(row)]);
        next = std::max(next, range.last + 1);
    }
    return ids;
}

QItemSelection IdTableModel::selectionOfIds(const std::vector<quint32> &ids) const
{
    std::vector<int> rows;
    if (ids.size() <= FewIds) {
        std::transform(ids.begin(), ids.end(), std::back_inserter(rows), [this](quint32 id) { return rowOfId(id); });
        std::erase(rows, -1);
    } else {
        const IdPlaces places(m_ids, 0, m_ids.size());
        for (const quint32 id : ids) {
            const quint32 place = places.of(id);
            if (place != IdPlaces::None)
                rows.push_back(static_cast<int>(place));
        }
    }
    QItemSelection selection;
    for (const RowRange &range : inRanges(std::move(rows)))
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
        start(false);
}

void IdTableModel::start(bool isNew)
{
    if (m_cancel)
        std::exchange(m_cancel, nullptr)();
    ++m_generation;
    m_again = false;
    if (!m_question) {
        m_underWay = false;
        take(Answer{nullptr}, isNew);
        return;
    }
    m_underWay = true;
    if (isNew) {
        m_shown = Shown::Older;
        setLoading(true);
    }
    m_cancel = m_question([this, isNew, generation = m_generation](Answer answer) {
        if (generation != m_generation)
            return;
        if (answer.extent == Shown::First) {
            if (isNew)
                takeFirst(answer);
            return;
        }
        m_underWay = false;
        take(std::move(answer), isNew);
        if (m_again && !m_underWay)
            start(false);
    });
}

/// All others are inserted behind them when they come.
void IdTableModel::takeFirst(const Answer &answer)
{
    answer.keepValues();
    m_shown = Shown::First;
    resetRows(**answer.rows);
}

void IdTableModel::take(Answer answer, bool isNew)
{
    auto &rows = answer.rows;
    if (!rows && rows.error().code == ErrorCode::NotFound) // what was asked about is gone, and so are its rows
        rows = std::shared_ptr<const std::vector<quint32>>();
    if (!rows) {
        if (isNew)
            setLoading(false);
        if (rows.error().code != ErrorCode::Cancelled)
            Q_EMIT failed(rows.error());
        return;
    }
    static const std::vector<quint32> none;
    const std::vector<quint32> &after = *rows ? **rows : none;
    const int before = rowCount();
    if (answer.keepValues && isNew) // else what is shown has its values, and nobody would be told of these
        answer.keepValues();
    const Shown shown = std::exchange(m_shown, Shown::All);
    if (isNew && shown != Shown::First)
        resetRows(after);
    else if (!isNew || !appendRows(after))
        updateRows(after);
    if (isNew)
        setLoading(false);
    if (rowCount() != before)
        Q_EMIT countChanged();
    if (isNew)
        Q_EMIT loaded();
}

void IdTableModel::setLoading(bool loading)
{
    if (std::exchange(m_loading, loading) != loading)
        Q_EMIT loadingChanged();
}

void IdTableModel::resetRows(const std::vector<quint32> &rows)
{
    beginResetModel();
    m_ids = rows;
    m_asked.clear();
    endResetModel();
}

/// False: what is here isn't how they begin.
bool IdTableModel::appendRows(const std::vector<quint32> &rows)
{
    if (rows.size() < m_ids.size() || !std::equal(m_ids.begin(), m_ids.end(), rows.begin()))
        return false;
    if (rows.size() == m_ids.size())
        return true;
    beginInsertRows({}, rowCount(), static_cast<int>(rows.size()) - 1);
    m_ids = rows;
    endInsertRows();
    return true;
}

void IdTableModel::updateRows(const std::vector<quint32> &after)
{
    if (after == m_ids)
        return;
    const RowsDifference change = difference(m_ids, after);
    if (change.steps() <= MostSteps)
        applyInSteps(change, after);
    else
        applyAtOnce(change, after);
    Q_ASSERT(m_ids == after);
}

void IdTableModel::applyInSteps(const RowsDifference &difference, const std::vector<quint32> &after)
{
    for (auto range = difference.removed.rbegin(); range != difference.removed.rend(); ++range) {
        beginRemoveRows({}, range->first, range->last);
        m_ids.erase(m_ids.begin() + range->first, m_ids.begin() + range->last + 1);
        endRemoveRows();
    }
    for (const quint32 id : difference.moved)
        moveRow(id, difference.kept);
    for (const RowRange &range : difference.inserted) {
        beginInsertRows({}, range.first, range.last);
        m_ids.insert(m_ids.begin() + range.first, after.begin() + range.first, after.begin() + range.last + 1);
        endInsertRows();
    }
}

/// Puts the row behind the one that is before it in the end, which stands right already.
void IdTableModel::moveRow(quint32 id, const std::vector<quint32> &kept)
{
    const auto place = std::find(kept.begin(), kept.end(), id);
    const auto row = std::find(m_ids.begin(), m_ids.end(), id);
    const auto target =
        place == kept.begin() ? m_ids.begin() : std::next(std::find(m_ids.begin(), m_ids.end(), *std::prev(place)));
    const int from = static_cast<int>(row - m_ids.begin());
    const int to = static_cast<int>(target - m_ids.begin());
    if (!beginMoveRows({}, from, from, {}, to))
        return; // it stands there
    if (from < to)
        std::rotate(row, std::next(row), target);
    else
        std::rotate(target, row, std::next(row));
    endMoveRows();
}

void IdTableModel::applyAtOnce(const RowsDifference &difference, const std::vector<quint32> &after)
{
    const int before = rowCount();
    std::vector<quint32> added;
    for (const RowRange &range : difference.inserted)
        added.insert(added.end(), after.begin() + range.first, after.begin() + range.last + 1);
    if (!added.empty()) {
        beginInsertRows({}, before, before + static_cast<int>(added.size()) - 1);
        m_ids.insert(m_ids.end(), added.begin(), added.end());
        endInsertRows();
    }
    std::vector<quint32> order = after;
    order.insert(order.end(), difference.removedIds.begin(), difference.removedIds.end());
    if (order != m_ids)
        permute(std::move(order));
    if (!difference.removedIds.empty()) {
        beginRemoveRows({}, static_cast<int>(after.size()), rowCount() - 1);
        m_ids.resize(after.size());
        endRemoveRows();
    }
}

void IdTableModel::permute(std::vector<quint32> order)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const IdPlaces places(order, 0, order.size());
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    to.reserve(from.size());
    for (const QModelIndex &index : from)
        to.append(
            createIndex(static_cast<int>(places.of(m_ids[static_cast<std::size_t>(index.row())])), index.column()));
    m_ids = std::move(order);
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

std::vector<qint64> IdTableModel::batchAround(int row, std::size_t size)
{
    const std::size_t first = static_cast<std::size_t>(row) / size * size;
    const std::size_t end = std::min(first + size, m_ids.size());
    if (m_asked.size() > MostAsked)
        m_asked.clear();
    std::vector<qint64> result;
    for (std::size_t at = first; at < end; ++at) {
        result.push_back(m_ids[at]);
        m_asked.insert(m_ids[at], static_cast<int>(at));
    }
    return result;
}

void IdTableModel::valuesChanged(const std::vector<qint64> &ids)
{
    std::vector<int> rows;
    QSet<quint32> elsewhere;
    for (const qint64 id : ids) {
        const int row = m_asked.take(id);
        if (idAt(row) == id)
            rows.push_back(row);
        else
            elsewhere.insert(static_cast<quint32>(id));
    }
    if (!elsewhere.isEmpty()) {
        for (std::size_t row = 0; row < m_ids.size(); ++row) {
            if (elsewhere.contains(m_ids[row]))
                rows.push_back(static_cast<int>(row));
        }
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
