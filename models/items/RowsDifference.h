// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <vector>

namespace kith::items {

struct RowRange {
    int first = 0;
    int last = 0;
    friend bool operator==(const RowRange &, const RowRange &) = default;
};

/// How to come from one order of ids to another, with as few rows touched as can be. No id may stand in one of them
/// twice.
struct RowsDifference {
    std::vector<RowRange> removed;        ///< In the old numbering, rising.
    std::vector<quint32> moved;           ///< Ids in both that change places, in their new order.
    std::vector<RowRange> inserted;       ///< In the new numbering, rising.
    std::vector<quint32> kept;            ///< Ids in both, in their new order.
    std::vector<quint32> removedIds = {}; ///< In the old order.

    std::size_t steps() const { return removed.size() + moved.size() + inserted.size(); }
};

/// Takes time of the order of n log n in the rows between the first and the last that differ: some tens of milliseconds
/// for 1,000,000. For a few changes in many rows it takes as long as comparing them, and may touch a row more.
RowsDifference difference(const std::vector<quint32> &before, const std::vector<quint32> &after);

/// Places of ids in a list: an array where they are dense, a hash where they aren't.
class IdPlaces
{
public:
    static constexpr quint32 None = 0xffffffff;

    /// Of the rows from `first` to before `end`.
    IdPlaces(const std::vector<quint32> &ids, std::size_t first, std::size_t end);
    quint32 of(quint32 id) const; ///< None: it isn't there.

private:
    quint32 m_lowest = 0;
    std::vector<quint32> m_dense;
    std::vector<std::pair<quint32, quint32>> m_sorted; // (id, place)
};

} // namespace kith::items
