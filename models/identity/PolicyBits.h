// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/GroupsAbove.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace kith::identity {

/// Which groups move where: they leave `from` and come under `target`; either may be none.
struct GroupMove {
    GroupId target;
    GroupId from;
    std::vector<GroupId> groups; ///< Sorted.
};

/// For each of some groups, which of a few policies whoever is in it has by it, one bit a policy. So the policies of
/// somebody in several groups are a few words or-ed together. Valid as long as the groups.
class PolicyBits
{
public:
    /// Of more policies the bits of 100,000 groups would fill memory: ask for some after the others.
    static constexpr std::size_t MostPolicies = 2048;

    /// At most MostPolicies, each once.
    PolicyBits(const GroupsAbove &groups, std::vector<PolicyId> policies);

    /// The same after a move. The target and all moved groups must be among the groups, and the target not below one
    /// that moves.
    PolicyBits after(const GroupMove &move) const;

    std::size_t words() const { return m_words; }
    const std::vector<PolicyId> &policies() const { return m_policies; } ///< In the order of the bits.

    /// Adds what whoever is in the group has. `bits` holds words().
    void addGroup(std::int64_t group, std::uint64_t *bits) const
    {
        const std::uint32_t index = m_groups.indexOf(group);
        if (index != GroupsAbove::None)
            addRow(index, bits);
    }
    /// Adds the policies (row ids) that are among these.
    void addPolicies(std::span<const std::uint32_t> policies, std::uint64_t *bits) const
    {
        for (const std::uint32_t policy : policies)
            set(policy, bits);
    }

private:
    void set(std::int64_t policy, std::uint64_t *bits) const
    {
        const auto id = static_cast<std::size_t>(policy);
        if (policy > 0 && id < m_places.size() && m_places[id] != 0)
            bits[(m_places[id] - 1) / 64] |= std::uint64_t{1} << (m_places[id] - 1) % 64;
    }
    void addRow(std::size_t index, std::uint64_t *bits) const
    {
        const std::size_t words = m_words; // a member might be changed through `bits`, says the language
        const std::uint64_t *row = m_bits.data() + index * words;
        for (std::size_t word = 0; word < words; ++word)
            bits[word] |= row[word];
    }
    void settle(const std::vector<bool> &which, const GroupMove *move);

    const GroupsAbove &m_groups;
    std::vector<PolicyId> m_policies;
    std::size_t m_words = 0;
    std::vector<std::uint16_t> m_places; // by row id of the policy: bit + 1; 0: none of these
    std::vector<std::uint64_t> m_bits;
};

} // namespace kith::identity
