// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <unordered_set>
#include <vector>

namespace kith::identity {

/// A set of row ids: a bit for each id in use, since SQLite gives them out in order. Ids beyond reason (a damaged file)
/// are kept apart.
class RowIdSet
{
public:
    /// False: it is in it already.
    bool insert(std::int64_t id)
    {
        if (id < 0 || id >= Dense)
            return m_others.insert(id).second;
        const auto index = static_cast<std::size_t>(id);
        if (index >= m_bits.size())
            m_bits.resize(index + 1 + index / 2);
        if (m_bits[index])
            return false;
        m_bits[index] = true;
        return true;
    }
    bool contains(std::int64_t id) const
    {
        if (id < 0 || id >= Dense)
            return m_others.contains(id);
        const auto index = static_cast<std::size_t>(id);
        return index < m_bits.size() && m_bits[index];
    }

    /// Ascending, but for ids beyond reason, which come last.
    template <class Function>
    void forEach(Function &&function) const
    {
        for (std::size_t index = 0; index < m_bits.size(); ++index) {
            if (m_bits[index])
                function(static_cast<std::int64_t>(index));
        }
        for (const std::int64_t id : m_others)
            function(id);
    }

private:
    static constexpr std::int64_t Dense = std::int64_t{1} << 28;

    std::vector<bool> m_bits;
    std::unordered_set<std::int64_t> m_others;
};

} // namespace kith::identity
