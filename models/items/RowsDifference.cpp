// SPDX-License-Identifier: Apache-2.0
#include "items/RowsDifference.h"

#include <algorithm>
#include <optional>

namespace kith::items {

namespace {

/// Which of the places form a longest rising subsequence: these rows stay, the others move.
std::vector<bool> longestRising(const std::vector<quint32> &places)
{
    std::vector<quint32> ends; // ends[k]: the index that ends the best sequence of length k + 1
    std::vector<quint32> previous(places.size());
    for (quint32 i = 0; i < places.size(); ++i) {
        auto at = ends.end();
        if (!ends.empty() && places[ends.back()] > places[i])
            at = std::lower_bound(ends.begin(), ends.end(), places[i],
                                  [&](quint32 index, quint32 place) { return places[index] < place; });
        previous[i] = at == ends.begin() ? IdPlaces::None : *(at - 1);
        if (at == ends.end())
            ends.push_back(i);
        else
            *at = i;
    }
    std::vector<bool> result(places.size());
    for (quint32 i = ends.empty() ? IdPlaces::None : ends.back(); i != IdPlaces::None; i = previous[i])
        result[i] = true;
    return result;
}

void append(std::vector<RowRange> &ranges, std::size_t row)
{
    const int at = static_cast<int>(row);
    if (!ranges.empty() && ranges.back().last + 1 == at)
        ranges.back().last = at;
    else
        ranges.push_back({at, at});
}

// In fewer rows than these the exact way is as quick.
constexpr std::size_t ManyRows = 4096;
// With more changes than this, or more of them side by side, it is the exact way's.
constexpr std::size_t FewChanges = 64;
constexpr std::size_t FewSideBySide = 16;

using Ids = std::vector<quint32>;

/// Rows that differ between two long lists which are nearly the same.
struct Edits {
    std::vector<std::size_t> gone; // rows of the one
    std::vector<std::size_t> came; // rows of the other
};

/// Runs along both lists at once; where they differ it looks a few rows ahead for where they agree again. None: they
/// differ too much. A view asks after every change, so many rows must not take longer than reading them.
std::optional<Edits> edits(const Ids &before, std::size_t row, std::size_t oldEnd, const Ids &after, std::size_t newEnd)
{
    Edits result;
    std::size_t place = row;
    const auto agree = [&](std::size_t gone, std::size_t came) {
        if (gone > oldEnd - row || came > newEnd - place)
            return false;
        const bool oldOver = row + gone == oldEnd;
        const bool newOver = place + came == newEnd;
        return oldOver || newOver ? oldOver && newOver : before[row + gone] == after[place + came];
    };
    while (row < oldEnd || place < newEnd) {
        const std::size_t length = std::min(oldEnd - row, newEnd - place);
        const auto from = before.begin() + static_cast<std::ptrdiff_t>(row);
        const auto differs = std::mismatch(from, from + static_cast<std::ptrdiff_t>(length),
                                           after.begin() + static_cast<std::ptrdiff_t>(place));
        row += static_cast<std::size_t>(differs.first - from);
        place += static_cast<std::size_t>(differs.first - from);
        std::size_t gone = 0;
        std::size_t came = 0;
        for (std::size_t both = 0; !agree(gone, came);) {
            // (0, 1), (1, 0), (0, 2), (1, 1), …: the nearest place where they agree
            if (came == 0) {
                came = ++both;
                gone = 0;
            } else {
                --came;
                ++gone;
            }
            if (both > FewSideBySide)
                return std::nullopt;
        }
        for (; gone > 0; --gone)
            result.gone.push_back(row++);
        for (; came > 0; --came)
            result.came.push_back(place++);
        if (result.gone.size() + result.came.size() > FewChanges)
            return std::nullopt;
    }
    return result;
}

RowsDifference fromEdits(const Edits &edits, const Ids &before, const Ids &after)
{
    const auto isAmong = [](quint32 id, const std::vector<std::size_t> &rows, const Ids &ids) {
        return std::any_of(rows.begin(), rows.end(), [&](std::size_t row) { return ids[row] == id; });
    };
    RowsDifference result;
    for (const std::size_t row : edits.gone) {
        if (isAmong(before[row], edits.came, after))
            continue;
        append(result.removed, row);
        result.removedIds.push_back(before[row]);
    }
    std::size_t next = 0;
    const auto keepUpTo = [&](std::size_t row) {
        result.kept.insert(result.kept.end(), after.begin() + static_cast<std::ptrdiff_t>(next),
                           after.begin() + static_cast<std::ptrdiff_t>(row));
    };
    result.kept.reserve(after.size());
    for (const std::size_t row : edits.came) {
        if (isAmong(after[row], edits.gone, before)) {
            result.moved.push_back(after[row]);
            continue;
        }
        append(result.inserted, row);
        keepUpTo(row);
        next = row + 1;
    }
    keepUpTo(after.size());
    return result;
}

/// The rows of `whole` that aren't in `part`, if all others are, in the same order; else none. Very many people who
/// come or go at once stay in order: a map of all places would take ten times as long.
std::optional<std::vector<RowRange>> leftOut(const Ids &whole, std::size_t first, std::size_t end, const Ids &part,
                                             std::size_t partEnd)
{
    std::vector<RowRange> rows;
    std::size_t place = first;
    for (std::size_t row = first; row < end; ++row) {
        if (place < partEnd && whole[row] == part[place])
            ++place;
        else if (end - row <= partEnd - place)
            return std::nullopt;
        else
            append(rows, row);
    }
    return place == partEnd ? std::optional(rows) : std::nullopt;
}

} // namespace

IdPlaces::IdPlaces(const std::vector<quint32> &ids, std::size_t first, std::size_t end)
{
    if (first >= end)
        return;
    const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(first);
    const auto stop = ids.begin() + static_cast<std::ptrdiff_t>(end);
    const auto [lowest, highest] = std::minmax_element(begin, stop);
    m_lowest = *lowest;
    const std::size_t span = std::size_t{*highest} - *lowest + 1;
    if (span <= 8 * (end - first) + 1024) {
        m_dense.assign(span, None);
        for (std::size_t row = first; row < end; ++row)
            m_dense[ids[row] - m_lowest] = static_cast<quint32>(row);
        return;
    }
    m_sorted.reserve(end - first);
    for (std::size_t row = first; row < end; ++row)
        m_sorted.emplace_back(ids[row], static_cast<quint32>(row));
    std::sort(m_sorted.begin(), m_sorted.end());
}

quint32 IdPlaces::of(quint32 id) const
{
    if (!m_dense.empty())
        return id >= m_lowest && id - m_lowest < m_dense.size() ? m_dense[id - m_lowest] : None;
    const auto at = std::lower_bound(m_sorted.begin(), m_sorted.end(), std::pair{id, quint32{0}});
    return at != m_sorted.end() && at->first == id ? at->second : None;
}

RowsDifference difference(const std::vector<quint32> &before, const std::vector<quint32> &after)
{
    const auto [oldFirst, newFirst] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    const auto first = static_cast<std::size_t>(oldFirst - before.begin());
    std::size_t oldEnd = before.size();
    std::size_t newEnd = after.size();
    while (oldEnd > first && newEnd > first && before[oldEnd - 1] == after[newEnd - 1]) {
        --oldEnd;
        --newEnd;
    }
    if (std::min(oldEnd, newEnd) - first > ManyRows) {
        if (const auto few = edits(before, first, oldEnd, after, newEnd))
            return fromEdits(*few, before, after);
    }
    if (const auto removed = leftOut(before, first, oldEnd, after, newEnd)) {
        RowsDifference result{*removed, {}, {}, after};
        for (const RowRange &range : *removed)
            result.removedIds.insert(result.removedIds.end(), before.begin() + range.first,
                                     before.begin() + range.last + 1);
        return result;
    }
    if (const auto inserted = leftOut(after, first, newEnd, before, oldEnd))
        return {{}, {}, *inserted, before};
    const IdPlaces oldPlaces(before, first, oldEnd);
    const IdPlaces newPlaces(after, first, newEnd);

    RowsDifference result;
    std::vector<quint32> keptPlaces;
    for (std::size_t row = first; row < oldEnd; ++row) {
        const quint32 place = newPlaces.of(before[row]);
        if (place != IdPlaces::None) {
            keptPlaces.push_back(place);
        } else {
            append(result.removed, row);
            result.removedIds.push_back(before[row]);
        }
    }
    const std::vector<bool> stays = longestRising(keptPlaces);
    std::vector<bool> moves(newEnd - first);
    for (std::size_t i = 0; i < keptPlaces.size(); ++i)
        moves[keptPlaces[i] - first] = !stays[i];

    result.kept.assign(after.begin(), after.begin() + static_cast<std::ptrdiff_t>(first));
    for (std::size_t row = first; row < newEnd; ++row) {
        if (oldPlaces.of(after[row]) == IdPlaces::None) {
            append(result.inserted, row);
            continue;
        }
        result.kept.push_back(after[row]);
        if (moves[row - first])
            result.moved.push_back(after[row]);
    }
    result.kept.insert(result.kept.end(), after.begin() + static_cast<std::ptrdiff_t>(newEnd), after.end());
    return result;
}

} // namespace kith::items
