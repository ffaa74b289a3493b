// SPDX-License-Identifier: Apache-2.0
// How an IdTableModel comes from the rows it shows to others.
#include "connection/Async.h"
#include "connection/LetGo.h"
#include "items/IdTableModel.h"
#include "items/RowsDifference.h"

#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <iterator>
#include <optional>

namespace kith::items {

// A view of a million rows takes 14 to 80 ms for each signal about rows.
constexpr std::size_t MostSteps = 32;
// More than these are compared in another thread: what that takes, and the pages of memory for its lists, would hold a
// window up.
constexpr std::size_t MostComparedHere = 50'000;

/// How to come from the rows that are shown to others: step by step, or if these were too many at once. Has all lists
/// that it takes.
struct RowsUpdate {
    using Ids = std::shared_ptr<const std::vector<quint32>>;

    RowsUpdate(const Ids &before, Ids to);

    Ids after;
    std::optional<RowsDifference> steps;            ///< None: at once.
    std::shared_ptr<std::vector<quint32>> changing; ///< A copy of those that are shown, for the steps if there are any.
    Ids grown;                                      ///< Those that are shown, and behind them those that come.
    Ids order;                                      ///< Those that stay, and behind them those that go.
    std::optional<IdPlaces> places;                 ///< In `order`, unless that is `grown`.

private:
    static Ids joined(const Ids &first, const std::vector<quint32> &more);
};

RowsUpdate::RowsUpdate(const Ids &before, Ids to) : after(std::move(to)), steps(difference(*before, *after))
{
    if (steps->steps() == 0)
        return;
    if (steps->steps() <= MostSteps) {
        changing = std::make_shared<std::vector<quint32>>();
        changing->reserve(std::max(before->size(), after->size()));
        *changing = *before;
        return;
    }
    std::vector<quint32> added;
    for (const RowRange &range : steps->inserted)
        added.insert(added.end(), after->begin() + range.first, after->begin() + range.last + 1);
    grown = joined(before, added);
    order = joined(after, steps->removedIds);
    if (*order == *grown)
        order = grown;
    else
        places.emplace(*order, 0, order->size());
    steps.reset();
}

RowsUpdate::Ids RowsUpdate::joined(const Ids &first, const std::vector<quint32> &more)
{
    if (more.empty())
        return first;
    auto both = std::make_shared<std::vector<quint32>>();
    both->reserve(first->size() + more.size());
    both->insert(both->end(), first->begin(), first->end());
    both->insert(both->end(), more.begin(), more.end());
    return both;
}

void IdTableModel::updateRows(const Ids &after, const Then &then)
{
    Q_ASSERT(!m_upTo); // else there are more than are shown
    if (std::max(m_ids->size(), after->size()) <= MostComparedHere) {
        apply(RowsUpdate(m_ids, after));
        then();
        return;
    }
    using Update = std::shared_ptr<RowsUpdate>;
    const auto comparing = QtConcurrent::run(&m_comparing, [before = m_ids, after]() -> Result<Update> {
        return std::make_shared<RowsUpdate>(before, after);
    });
    connection::whenReady(comparing, this, [this, after, then, generation = m_generation](Result<Update> update) {
        if (generation == m_generation) {
            if (update)
                apply(**update);
            else
                resetRows(after); // there is no memory for a comparison
            growOr(then);
        }
        if (update)
            connection::letGo(std::move(*update));
    });
}

void IdTableModel::apply(const RowsUpdate &update)
{
    if (update.changing)
        applyInSteps(update);
    else if (!update.steps)
        applyAtOnce(update);
    Q_ASSERT(*m_ids == *update.after);
    m_ids = update.after;
}

void IdTableModel::applyInSteps(const RowsUpdate &update)
{
    const RowsDifference &difference = *update.steps;
    const std::vector<quint32> &after = *update.after;
    std::vector<quint32> &ids = *update.changing;
    m_ids = update.changing;
    m_idsChange = true;
    std::for_each(difference.removed.rbegin(), difference.removed.rend(), [&](const RowRange &range) {
        beginRemoveRows({}, range.first, range.last);
        ids.erase(ids.begin() + range.first, ids.begin() + range.last + 1);
        endRemoveRows();
    });
    for (const quint32 id : difference.moved)
        moveRow(ids, id, difference.kept);
    for (const RowRange &range : difference.inserted) {
        beginInsertRows({}, range.first, range.last);
        ids.insert(ids.begin() + range.first, after.begin() + range.first, after.begin() + range.last + 1);
        endInsertRows();
    }
    m_idsChange = false;
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

void IdTableModel::applyAtOnce(const RowsUpdate &update)
{
    if (update.grown->size() > m_ids->size()) {
        beginInsertRows({}, rowCount(), static_cast<int>(update.grown->size()) - 1);
        m_ids = update.grown;
        endInsertRows();
    }
    if (update.order != m_ids)
        permute(update);
    if (update.after->size() < m_ids->size()) {
        beginRemoveRows({}, static_cast<int>(update.after->size()), rowCount() - 1);
        m_ids = update.after;
        endRemoveRows();
    }
}

void IdTableModel::permute(const RowsUpdate &update)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    to.reserve(from.size());
    for (const QModelIndex &index : from)
        to.append(createIndex(static_cast<int>(update.places->of((*m_ids)[static_cast<std::size_t>(index.row())])),
                              index.column()));
    m_ids = update.order;
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

} // namespace kith::items
