// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace kith::auth {

/// A block of network addresses: "10.0.0.0/8", "2001:db8::/32"; an address alone is a block of one. A value.
class AddressBlock
{
public:
    /// Nothing: it isn't one. IPv4 in IPv6's clothes ("::ffff:1.2.3.4") counts as IPv4.
    static std::optional<AddressBlock> parse(std::string_view text);

    /// As the real server shows it: a block of one without its length, IPv6 in lower case.
    std::string text() const;
    /// Whether all of `other` lies inside it.
    bool contains(const AddressBlock &other) const;

private:
    std::array<unsigned char, 16> m_bytes{};
    int m_size = 4;   // bytes of an address: 4 or 16
    int m_length = 0; // bits that all its addresses have in common
};

} // namespace kith::auth
