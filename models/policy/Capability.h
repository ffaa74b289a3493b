// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::policy {

/// What a rule can grant on a path; in the order of their names.
enum class Capability : std::uint8_t { Create, Delete, Deny, List, Patch, Read, Scan, Sudo, Update };

inline constexpr int CapabilityCount = 9;

std::string_view capabilityName(Capability capability);
std::optional<Capability> capabilityOf(std::string_view name); ///< Case-sensitive, as in a policy.

/// A set of capabilities.
class Capabilities
{
public:
    constexpr Capabilities() = default;
    constexpr Capabilities(std::initializer_list<Capability> list)
    {
        for (const Capability capability : list)
            insert(capability);
    }

    constexpr bool has(Capability capability) const { return (m_bits >> static_cast<int>(capability) & 1) != 0; }
    constexpr bool empty() const { return m_bits == 0; }
    constexpr void insert(Capability capability)
    {
        m_bits = static_cast<std::uint16_t>(m_bits | 1U << static_cast<int>(capability));
    }
    constexpr Capabilities united(Capabilities other) const { return Capabilities(m_bits | other.m_bits); }
    constexpr Capabilities common(Capabilities other) const { return Capabilities(m_bits & other.m_bits); }
    constexpr Capabilities without(Capabilities other) const { return Capabilities(m_bits & ~other.m_bits); }

    std::vector<std::string> names() const; ///< Sorted.

    friend constexpr bool operator==(Capabilities, Capabilities) = default;

private:
    constexpr explicit Capabilities(unsigned bits) : m_bits(static_cast<std::uint16_t>(bits)) {}
    std::uint16_t m_bits = 0;
};

} // namespace kith::policy
