// SPDX-License-Identifier: Apache-2.0
#include "items/RowsDifference.h"

#include <algorithm>

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
