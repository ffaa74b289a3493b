// SPDX-License-Identifier: Apache-2.0
#include "identity/Ancestry.h"

#include <algorithm>

namespace kith::identity {

namespace {

/// Somebody is rarely in more groups.
constexpr std::size_t Usual = 96;

/// Group -> index: a hash table made for a few dozen groups, since zeroing an array of all groups for each question
/// would cost more than the question.
class IndexOfGroup
{
public:
    IndexOfGroup() : m_slots(256) {}

    /// The index of the group, or `next`, which it has from then on.
    std::uint32_t insert(GroupId id, std::uint32_t next)
    {
        if (std::size_t{next} * 2 >= m_slots.size())
            grow();
        const auto number = static_cast<std::uint32_t>(id.value); // CopyOnWrite::MaxId fits
        Slot &slot = place(number);
        if (slot.id == 0)
            slot = {number, next};
        return slot.index;
    }

private:
    struct Slot {
        std::uint32_t id = 0;
        std::uint32_t index = 0;
    };
    Slot &place(std::uint32_t id)
    {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t at = static_cast<std::size_t>(id * 0x9E3779B97F4A7C15U >> 32) & mask;
        while (m_slots[at].id != 0 && m_slots[at].id != id)
            at = (at + 1) & mask;
        return m_slots[at];
    }
    void grow()
    {
        std::vector<Slot> old(m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot &slot : old) {
            if (slot.id != 0)
                place(slot.id) = slot;
        }
    }
    std::vector<Slot> m_slots; // a power of two, at most half full
};

} // namespace

Ancestry::Ancestry(const Graph &graph, std::vector<GroupId> direct)
{
    // Breadth first, with the direct groups and each group's parents in the order of their names: within a length, a
    // group is then met first from the chain whose names come first, so the order of discovery is that of the chains.
    std::erase_if(direct, [&](GroupId id) { return !graph.group(id); });
    std::sort(direct.begin(), direct.end(), [&](GroupId a, GroupId b) { return graph.before(a, b); });
    direct.erase(std::unique(direct.begin(), direct.end()), direct.end());

    m_groups.reserve(Usual);
    m_previous.reserve(Usual);
    m_edgeStart.reserve(Usual);
    m_edges.reserve(Usual);
    IndexOfGroup indexes;
    for (const GroupId id : direct) {
        indexes.insert(id, static_cast<std::uint32_t>(m_groups.size()));
        m_groups.push_back(graph.group(id));
        m_previous.push_back(None);
    }
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        m_edgeStart.push_back(static_cast<std::uint32_t>(m_edges.size()));
        for (const GroupId parent : m_groups[i]->parents) {
            const auto next = static_cast<std::uint32_t>(m_groups.size());
            const std::uint32_t index = indexes.insert(parent, next);
            if (index == next) {
                m_groups.push_back(graph.group(parent));
                m_previous.push_back(static_cast<std::uint32_t>(i));
            }
            m_edges.push_back(index);
        }
    }
    m_edgeStart.push_back(static_cast<std::uint32_t>(m_edges.size()));
}

std::vector<std::uint32_t> Ancestry::childrenFirst() const
{
    const std::size_t count = m_groups.size();
    std::vector<std::uint32_t> waitingFor(count, 0);
    for (const std::uint32_t parent : m_edges)
        ++waitingFor[parent];
    std::vector<std::uint32_t> order;
    order.reserve(count);
    constexpr std::uint32_t taken = UINT32_MAX;
    const auto take = [&](std::uint32_t index) {
        waitingFor[index] = taken;
        order.push_back(index);
    };
    std::size_t done = 0;
    for (std::size_t first = 0; first < count; ++first) {
        // The first pass takes what nothing below it reaches. A later group that is still waiting once all before it
        // are worked off, and everything that became free, stands in a cycle: it goes as if it were free.
        if (first == 0) {
            for (std::uint32_t i = 0; i < count; ++i) {
                if (waitingFor[i] == 0)
                    take(i);
            }
        }
        for (; done < order.size(); ++done) {
            const std::uint32_t child = order[done];
            for (std::uint32_t edge = m_edgeStart[child]; edge < m_edgeStart[child + 1]; ++edge) {
                std::uint32_t &waits = waitingFor[m_edges[edge]];
                if (waits != taken && --waits == 0)
                    take(m_edges[edge]);
            }
        }
        if (waitingFor[first] != taken)
            take(static_cast<std::uint32_t>(first));
    }
    return order;
}

std::vector<BigCount> Ancestry::counts() const
{
    std::vector<BigCount> counts(m_groups.size());
    const std::vector<std::uint32_t> order = childrenFirst();
    std::vector<std::uint32_t> position(m_groups.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        position[order[i]] = i;
    for (const std::uint32_t child : order) {
        if (isDirect(child))
            counts[child] += 1;
        for (std::uint32_t edge = m_edgeStart[child]; edge < m_edgeStart[child + 1]; ++edge) {
            if (position[m_edges[edge]] > position[child])
                counts[m_edges[edge]] += counts[child];
        }
    }
    return counts;
}

} // namespace kith::identity
