// SPDX-License-Identifier: Apache-2.0
#include "items/PolicySourcesPrivate.h"
#include "items/RowsDifference.h"

#include <algorithm>

namespace kith::items {

void PolicySourcesModel::Private::reset()
{
    q->beginResetModel();
    tops = grouped();
    keys.clear();
    q->endResetModel();
}

void PolicySourcesModel::Private::update()
{
    PolicyTops after = grouped();
    applyRows(after);
    for (std::size_t row = 0; row < tops.size(); ++row) {
        if (after[row])
            updateValues(*tops[row], *after[row]);
    }
}

std::vector<quint32> PolicySourcesModel::Private::keysOf(const PolicyTops &list)
{
    std::vector<quint32> result;
    for (const auto &top : list) {
        const auto known = keys.constFind(top->key);
        result.push_back(known != keys.constEnd() ? *known : *keys.insert(top->key, static_cast<quint32>(keys.size())));
    }
    return result;
}

/// Brings the first level to that of `after`; new rows are moved out of it.
void PolicySourcesModel::Private::applyRows(PolicyTops &after)
{
    const RowsDifference change = difference(keysOf(tops), keysOf(after));
    for (auto range = change.removed.rbegin(); range != change.removed.rend(); ++range) {
        q->beginRemoveRows({}, range->first, range->last);
        tops.erase(tops.begin() + range->first, tops.begin() + range->last + 1);
        renumber();
        q->endRemoveRows();
    }
    for (const quint32 key : change.moved)
        moveRow(key, change.kept);
    for (const RowRange &range : change.inserted) {
        q->beginInsertRows({}, range.first, range.last);
        tops.insert(tops.begin() + range.first, std::make_move_iterator(after.begin() + range.first),
                    std::make_move_iterator(after.begin() + range.last + 1));
        renumber();
        q->endInsertRows();
    }
}

void PolicySourcesModel::Private::moveRow(quint32 key, const std::vector<quint32> &kept)
{
    const std::vector<quint32> now = keysOf(tops);
    const auto rowOf = [&](quint32 wanted) {
        return static_cast<int>(std::find(now.begin(), now.end(), wanted) - now.begin());
    };
    const auto place = std::find(kept.begin(), kept.end(), key);
    const int from = rowOf(key);
    const int to = place == kept.begin() ? 0 : rowOf(*std::prev(place)) + 1;
    if (!q->beginMoveRows({}, from, from, {}, to))
        return; // it stands there
    const auto begin = tops.begin();
    if (from < to)
        std::rotate(begin + from, begin + from + 1, begin + to);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    renumber();
    q->endMoveRows();
}

void PolicySourcesModel::Private::updateValues(PolicyTop &top, PolicyTop &newer)
{
    const QModelIndex index = q->createIndex(top.row, 0, nullptr);
    const int before = static_cast<int>(top.below.size());
    const int now = static_cast<int>(newer.below.size());
    const bool changed = !(top.value == newer.value) || before != now;
    top.value = std::move(newer.value);
    if (now < before) {
        q->beginRemoveRows(index, now, before - 1);
        top.below.resize(newer.below.size());
        q->endRemoveRows();
    } else if (now > before) {
        q->beginInsertRows(index, before, now - 1);
        top.below.insert(top.below.end(), newer.below.begin() + before, newer.below.end());
        q->endInsertRows();
    }
    if (top.below != newer.below) {
        top.below = std::move(newer.below);
        Q_EMIT q->dataChanged(q->index(0, 0, index), q->index(now - 1, 0, index));
    }
    if (changed)
        Q_EMIT q->dataChanged(index, index);
}

void PolicySourcesModel::Private::renumber()
{
    for (std::size_t row = 0; row < tops.size(); ++row)
        tops[row]->row = static_cast<int>(row);
}

} // namespace kith::items
