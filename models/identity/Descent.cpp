// SPDX-License-Identifier: Apache-2.0
#include "identity/Descent.h"

#include <algorithm>

namespace kith::identity {

Descent::Descent(const Graph &graph, std::vector<GroupId> targets)
{
    // Breadth first downwards gives the length of each group's shortest way up. Of the groups above it that are one
    // step nearer the first by name is the next on the way, since a way is compared from its lower end.
    std::unordered_map<GroupId, std::uint32_t> distance;
    std::vector<GroupId> order;
    for (const GroupId target : targets) {
        if (graph.group(target) && distance.emplace(target, 0).second)
            order.push_back(target);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::uint32_t below = distance.at(order[i]) + 1;
        for (const GroupId child : graph.group(order[i])->children) {
            if (distance.emplace(child, below).second)
                order.push_back(child);
        }
    }
    std::stable_sort(order.begin(), order.end(), [&](GroupId a, GroupId b) {
        const std::uint32_t left = distance.at(a);
        const std::uint32_t right = distance.at(b);
        return left != right ? left < right : graph.before(a, b);
    });
    m_steps.reserve(order.size());
    for (const GroupId id : order) {
        const std::uint32_t length = distance.at(id);
        GroupId next;
        for (const GroupId parent : graph.group(id)->parents) {
            const auto above = distance.find(parent);
            if (length > 0 && above != distance.end() && above->second + 1 == length) {
                next = parent;
                break;
            }
        }
        m_index.emplace(id, m_steps.size());
        m_steps.push_back({graph.group(id), next});
    }
}

std::vector<GroupId> Descent::chain(GroupId id) const
{
    std::vector<GroupId> chain;
    for (auto step = m_index.find(id); step != m_index.end(); step = m_index.find(id)) {
        chain.push_back(id);
        id = m_steps[step->second].next;
    }
    return chain;
}

} // namespace kith::identity
