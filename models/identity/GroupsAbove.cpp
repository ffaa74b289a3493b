// SPDX-License-Identifier: Apache-2.0
#include "identity/GroupsAbove.h"

namespace kith::identity {

namespace {

constexpr std::uint32_t OnTheWay = UINT32_MAX;

} // namespace

GroupsAbove::GroupsAbove(const Graph &graph, const std::vector<std::uint32_t> &starts)
    : m_indexes(static_cast<std::size_t>(graph.groupIdEnd()))
{
    for (const std::uint32_t start : starts)
        take(graph, start);
    finish();
}

/// Depth first: a group is numbered once all groups above it are.
void GroupsAbove::take(const Graph &graph, std::int64_t start)
{
    const auto meet = [&](std::int64_t id) {
        const Graph::Group *group = graph.group(GroupId{id});
        if (!group)
            return;
        std::uint32_t &index = m_indexes[static_cast<std::size_t>(id)];
        m_hasCycle = m_hasCycle || index == OnTheWay;
        if (index != 0)
            return;
        index = OnTheWay;
        m_way.push_back({group, 0});
    };
    meet(start);
    while (!m_way.empty()) {
        Step &step = m_way.back();
        if (step.nextParent < step.group->parents.size()) {
            meet(step.group->parents[step.nextParent++].value);
            continue;
        }
        m_groups.push_back(step.group);
        m_indexes[static_cast<std::size_t>(step.group->id.value)] = static_cast<std::uint32_t>(m_groups.size());
        m_way.pop_back();
    }
}

void GroupsAbove::finish()
{
    m_starts.reserve(m_groups.size() + 1);
    for (const Graph::Group *group : m_groups) {
        m_starts.push_back(m_parents.size());
        for (const GroupId parent : group->parents) {
            if (const std::uint32_t index = indexOf(parent.value); index != None)
                m_parents.push_back(index);
        }
    }
    m_starts.push_back(m_parents.size());
}

} // namespace kith::identity
