// SPDX-License-Identifier: Apache-2.0
// How an IdTableModel comes from the rows it shows to others.
#include "items/IdTableModel.h"
#include "items/RowsDifference.h"

#include <algorithm>
#include <iterator>

namespace kith::items {

// A view of a million rows takes 14 to 80 ms for each signal about rows.
constexpr std::size_t MostSteps = 32;

void IdTableModel::updateRows(const Ids &after)
{
    Q_ASSERT(!m_upTo); // else there are more than are shown
    const RowsDifference change = difference(*m_ids, *after);
    if (change.steps() <= MostSteps)
        applyInSteps(change, *after);
    else
        applyAtOnce(change, *after);
    Q_ASSERT(*m_ids == *after);
    m_ids = after;
    m_idsChange = false;
}

/// A list of the model's own, which may differ from any that was found.
std::vector<quint32> &IdTableModel::ownIds()
{
    auto own = std::make_shared<std::vector<quint32>>(*m_ids);
    m_ids = own;
    m_idsChange = true;
    return *own;
}

void IdTableModel::applyInSteps(const RowsDifference &difference, const std::vector<quint32> &after)
{
    std::vector<quint32> &ids = ownIds();
    for (auto range = difference.removed.rbegin(); range != difference.removed.rend(); ++range) {
        beginRemoveRows({}, range->first, range->last);
        ids.erase(ids.begin() + range->first, ids.begin() + range->last + 1);
        endRemoveRows();
    }
    for (const quint32 id : difference.moved)
        moveRow(ids, id, difference.kept);
    for (const RowRange &range : difference.inserted) {
        beginInsertRows({}, range.first, range.last);
        ids.insert(ids.begin() + range.first, after.begin() + range.first, after.begin() + range.last + 1);
        endInsertRows();
    }
}

/// Puts the row behind the one that is before it in the end, which stands right already.
void IdTableModel::moveRow(std::vector<quint32> &ids, quint32 id, const std::vector<quint32> &kept)
{
    const auto place = std::find(kept.begin(), kept.end(), id);
    const auto row = std::find(ids.begin(), ids.end(), id);
    const auto target =
        place == kept.begin() ? ids.begin() : std::next(std::find(ids.begin(), ids.end(), *std::prev(place)));
    const int from = static_cast<int>(row - ids.begin());
    const int to = static_cast<int>(target - ids.begin());
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
    std::vector<quint32> added;
    for (const RowRange &range : difference.inserted)
        added.insert(added.end(), after.begin() + range.first, after.begin() + range.last + 1);
    if (!added.empty()) {
        const int before = rowCount();
        beginInsertRows({}, before, before + static_cast<int>(added.size()) - 1);
        std::vector<quint32> &ids = ownIds();
        ids.insert(ids.end(), added.begin(), added.end());
        endInsertRows();
    }
    std::vector<quint32> order = after;
    order.insert(order.end(), difference.removedIds.begin(), difference.removedIds.end());
    if (order != *m_ids)
        permute(std::move(order));
    if (!difference.removedIds.empty()) {
        beginRemoveRows({}, static_cast<int>(after.size()), rowCount() - 1);
        ownIds().resize(after.size());
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
            createIndex(static_cast<int>(places.of((*m_ids)[static_cast<std::size_t>(index.row())])), index.column()));
    m_ids = std::make_shared<const std::vector<quint32>>(std::move(order));
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

} // namespace kith::items
