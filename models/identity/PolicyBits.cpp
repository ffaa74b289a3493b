// SPDX-License-Identifier: Apache-2.0
#include "identity/PolicyBits.h"

#include <utility>

namespace kith::identity {

PolicyBits::PolicyBits(const GroupsAbove &groups, std::vector<PolicyId> policies)
    : m_groups(groups)
    , m_policies(std::move(policies))
    , m_words((m_policies.size() + 63) / 64)
    , m_bits(groups.size() * m_words)
{
    std::int64_t end = 0;
    for (const PolicyId policy : m_policies)
        end = std::max(end, policy.value + 1);
    m_places.resize(static_cast<std::size_t>(end));
    for (std::size_t bit = 0; bit < m_policies.size(); ++bit)
        m_places[static_cast<std::size_t>(m_policies[bit].value)] = static_cast<std::uint16_t>(bit + 1);
    settle(std::vector<bool>(groups.size(), true), nullptr);
}

/// Computes the groups of `which` from those above them. Where there is a cycle it is done over until nothing changes:
/// bits are only ever added, so it ends.
void PolicyBits::settle(const std::vector<bool> &which, const GroupMove *move)
{
    const std::uint32_t target = move && move->target ? m_groups.indexOf(move->target.value) : GroupsAbove::None;
    const std::uint32_t from = move && move->from ? m_groups.indexOf(move->from.value) : GroupsAbove::None;
    std::vector<std::uint64_t> before(m_words);
    for (bool again = true; again;) {
        again = false;
        for (std::size_t index = 0; index < m_groups.size(); ++index) {
            if (!which[index])
                continue;
            std::uint64_t *bits = m_bits.data() + index * m_words;
            before.assign(bits, bits + m_words);
            for (const PolicyId policy : m_groups.at(index).policies)
                set(policy.value, bits);
            const bool moves =
                move && std::binary_search(move->groups.begin(), move->groups.end(), m_groups.at(index).id);
            for (const std::uint32_t parent : m_groups.parents(index)) {
                if (!moves || parent != from)
                    addRow(parent, bits);
            }
            if (moves && target != GroupsAbove::None)
                addRow(target, bits);
            again = again || (m_groups.hasCycle() && !std::equal(before.begin(), before.end(), bits));
        }
    }
}

PolicyBits PolicyBits::after(const GroupMove &move) const
{
    PolicyBits next = *this;
    std::vector<bool> below(m_groups.size());
    for (const GroupId group : move.groups) {
        if (const std::uint32_t index = m_groups.indexOf(group.value); index != GroupsAbove::None)
            below[index] = true;
    }
    for (bool again = true; again;) {
        again = false;
        for (std::size_t index = 0; index < m_groups.size(); ++index) {
            const auto parents = m_groups.parents(index);
            if (!below[index] &&
                std::any_of(parents.begin(), parents.end(), [&](auto parent) { return below[parent]; }))
                below[index] = again = true;
        }
        again = again && m_groups.hasCycle();
    }
    for (std::size_t index = 0; index < m_groups.size(); ++index) {
        if (below[index])
            std::fill_n(next.m_bits.begin() + static_cast<std::ptrdiff_t>(index * m_words), m_words, 0);
    }
    next.settle(below, &move);
    return next;
}

} // namespace kith::identity
