// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Graph.h"

#include <unordered_map>
#include <vector>

namespace kith::identity {

/// All groups whose members belong to some groups: those and every group below them, each once, with its shortest way
/// up. Ordered by the length of the way, then by its names. A value, valid as long as the graph.
class Descent
{
public:
    struct Step {
        const Graph::Group *group;
        GroupId next; ///< The group above on the shortest way; none: it is one of the targets.
    };

    Descent(const Graph &graph, std::vector<GroupId> targets);

    const std::vector<Step> &steps() const { return m_steps; }
    bool contains(GroupId id) const { return m_index.contains(id); }

    /// From `id` (first) up to the nearest target (last). Of several as short, the one whose names come first.
    /// Empty if `id` isn't in it.
    std::vector<GroupId> chain(GroupId id) const;

private:
    std::vector<Step> m_steps;
    std::unordered_map<GroupId, std::size_t> m_index;
};

} // namespace kith::identity
