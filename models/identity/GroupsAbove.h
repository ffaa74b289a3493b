// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Graph.h"

#include <cstdint>
#include <span>
#include <vector>

namespace kith::identity {

/// Some groups and every group above them, each once, as flat arrays: parents before their children, so that what
/// groups inherit is computed in one pass. For questions about many people; Ancestry is for one. Valid as long as the
/// graph.
class GroupsAbove
{
public:
    static constexpr std::uint32_t None = UINT32_MAX;

    /// Groups of `starts` (row ids) that don't exist are left out.
    GroupsAbove(const Graph &graph, const std::vector<std::uint32_t> &starts);

    std::size_t size() const { return m_groups.size(); }
    const Graph::Group &at(std::size_t index) const { return *m_groups[index]; }
    /// None: the group isn't among them.
    std::uint32_t indexOf(std::int64_t group) const
    {
        const auto id = static_cast<std::size_t>(group);
        return group > 0 && id < m_indexes.size() ? m_indexes[id] - 1 : None;
    }
    std::span<const std::uint32_t> parents(std::size_t index) const
    {
        return std::span(m_parents).subspan(m_starts[index], m_starts[index + 1] - m_starts[index]);
    }
    /// Only damaged data has a cycle; a parent may then come after its child.
    bool hasCycle() const { return m_hasCycle; }

private:
    struct Step {
        const Graph::Group *group;
        std::size_t nextParent;
    };
    void take(const Graph &graph, std::int64_t start);
    void finish();

    std::vector<const Graph::Group *> m_groups;
    std::vector<std::uint32_t> m_indexes; // by row id: index + 1; 0: not met; OnTheWay
    std::vector<std::size_t> m_starts;    // into m_parents, one more than groups
    std::vector<std::uint32_t> m_parents;
    std::vector<Step> m_way;
    bool m_hasCycle = false;
};

} // namespace kith::identity
