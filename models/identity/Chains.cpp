// SPDX-License-Identifier: Apache-2.0
#include "identity/Ancestry.h"

#include <algorithm>
#include <bitset>

namespace kith::identity {

namespace {

/// How much longer than the shortest a listed chain may be.
constexpr std::size_t Longer = 1024;
constexpr std::uint32_t Unreachable = UINT32_MAX;

/// Which lengths the ways from a group to the carrier have, in edges: bit k stands for shortest + k.
struct Lengths {
    std::uint32_t shortest = Unreachable;
    std::bitset<Longer> longer;

    bool has(std::uint32_t length) const
    {
        return shortest != Unreachable && length >= shortest && length - shortest < Longer && longer[length - shortest];
    }
    void addWaysThrough(const Lengths &parent)
    {
        if (parent.shortest == Unreachable)
            return;
        const std::uint32_t through = parent.shortest + 1;
        if (through < shortest) {
            const std::size_t shift = shortest == Unreachable ? Longer : shortest - through;
            longer = (shift < Longer ? longer << shift : std::bitset<Longer>()) | parent.longer;
            shortest = through;
        } else if (through - shortest < Longer) {
            longer |= parent.longer << (through - shortest);
        }
    }
};

} // namespace

// Depth first for one length after the other, only into groups from which the carrier can be reached in exactly the
// steps that are left: every dive ends in a chain, so the cost follows the chains that are asked for.
std::vector<std::vector<GroupId>> Ancestry::chainsTo(GroupId carrier, std::size_t limit) const
{
    const auto found =
        std::find_if(m_groups.begin(), m_groups.end(), [&](const Graph::Group *group) { return group->id == carrier; });
    if (found == m_groups.end())
        return {};
    const auto target = static_cast<std::uint32_t>(found - m_groups.begin());

    const std::vector<std::uint32_t> order = childrenFirst();
    std::vector<std::uint32_t> position(m_groups.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        position[order[i]] = i;
    std::vector<Lengths> lengths(m_groups.size());
    lengths[target].shortest = 0;
    lengths[target].longer.set(0);
    for (auto child = order.rend() - position[target]; child != order.rend(); ++child) {
        for (std::uint32_t edge = m_edgeStart[*child]; edge < m_edgeStart[*child + 1]; ++edge) {
            if (position[m_edges[edge]] > position[*child])
                lengths[*child].addWaysThrough(lengths[m_edges[edge]]);
        }
    }

    std::uint32_t shortest = Unreachable;
    for (std::size_t i = 0; i < m_groups.size() && isDirect(i); ++i)
        shortest = std::min(shortest, lengths[i].shortest);
    std::vector<std::vector<GroupId>> chains;
    struct Step {
        std::uint32_t group;
        std::uint32_t edge;
    };
    std::vector<Step> path;
    for (std::uint32_t length = shortest; length - shortest < Longer && chains.size() < limit; ++length) {
        for (std::uint32_t start = 0; start < m_groups.size() && isDirect(start); ++start) {
            if (!lengths[start].has(length))
                continue;
            path.assign(1, {start, m_edgeStart[start]});
            while (!path.empty() && chains.size() < limit) {
                Step &last = path.back();
                const auto left = static_cast<std::uint32_t>(length + 1 - path.size());
                if (left == 0) {
                    std::vector<GroupId> &chain = chains.emplace_back();
                    for (const Step &step : path)
                        chain.push_back(m_groups[step.group]->id);
                    path.pop_back();
                } else if (last.group == target || last.edge == m_edgeStart[last.group + 1]) {
                    path.pop_back();
                } else {
                    const std::uint32_t parent = m_edges[last.edge++];
                    if (position[parent] > position[last.group] && lengths[parent].has(left - 1))
                        path.push_back({parent, m_edgeStart[parent]});
                }
            }
        }
    }
    return chains;
}

} // namespace kith::identity
