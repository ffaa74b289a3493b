// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/BigCount.h"
#include "identity/Graph.h"

#include <cstdint>
#include <vector>

namespace kith::identity {

/// All groups that somebody is in who is directly in some groups: those and every group above them, each once, in the
/// order of their shortest chains: by length, then name by name. The cost follows the number of groups, not of chains.
/// A value, valid as long as the graph.
class Ancestry
{
public:
    /// Groups of `direct` that don't exist are left out, repeated ones count once.
    Ancestry(const Graph &graph, std::vector<GroupId> direct);

    std::size_t size() const { return m_groups.size(); }
    const Graph::Group &at(std::size_t index) const { return *m_groups[index]; }
    bool isDirect(std::size_t index) const { return m_previous[index] == None; }

    /// The shortest chain: the direct group first, at(index) last. Of several as short, the one whose names come first.
    template <class Groups = std::vector<GroupId>>
    Groups chain(std::size_t index) const
    {
        std::size_t length = 0;
        for (auto step = static_cast<std::uint32_t>(index); step != None; step = m_previous[step])
            ++length;
        Groups groups(length);
        for (auto step = static_cast<std::uint32_t>(index); step != None; step = m_previous[step])
            groups[--length] = m_groups[step]->id;
        return groups;
    }

    /// For each group the exact number of chains that lead to it. In data with a cycle (only damage makes one) the
    /// edges that close it count nothing.
    std::vector<BigCount> counts() const;

    /// The first `limit` chains that end in `carrier`, shortest first, then by names.
    std::vector<std::vector<GroupId>> chainsTo(GroupId carrier, std::size_t limit) const;

private:
    static constexpr std::uint32_t None = UINT32_MAX;

    /// Children before their parents; edges against this order close a cycle.
    std::vector<std::uint32_t> childrenFirst() const;

    std::vector<const Graph::Group *> m_groups;
    std::vector<std::uint32_t> m_previous;  // on the shortest chain
    std::vector<std::uint32_t> m_edgeStart; // into m_edges, one more than groups
    std::vector<std::uint32_t> m_edges;     // indexes of the parents, by name
};

} // namespace kith::identity
