// SPDX-License-Identifier: Apache-2.0
#include "auth/AddressBlock.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace kith::auth {

namespace {

constexpr std::array<unsigned char, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::optional<int> numberOf(std::string_view text)
{
    int number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || text.front() == '-' || end.ec != std::errc() || end.ptr != text.data() + text.size())
        return std::nullopt;
    return number;
}

} // namespace

std::optional<AddressBlock> AddressBlock::parse(std::string_view text)
{
    const auto slash = text.find('/');
    const std::string address(text.substr(0, slash));
    AddressBlock block;
    int shift = 0;
    if (inet_pton(AF_INET, address.c_str(), block.m_bytes.data()) != 1) {
        if (inet_pton(AF_INET6, address.c_str(), block.m_bytes.data()) != 1)
            return std::nullopt;
        block.m_size = 16;
        if (std::equal(mappedPrefix.begin(), mappedPrefix.end(), block.m_bytes.begin())) {
            std::rotate(block.m_bytes.begin(), block.m_bytes.begin() + 12, block.m_bytes.end());
            block.m_size = 4;
            shift = 96;
        }
    }
    block.m_length = block.m_size * 8;
    if (slash == std::string_view::npos)
        return block;
    const auto length = numberOf(text.substr(slash + 1));
    if (!length || *length < shift || *length - shift > block.m_length)
        return std::nullopt;
    block.m_length = *length - shift;
    return block;
}

std::string AddressBlock::text() const
{
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    inet_ntop(m_size == 4 ? AF_INET : AF_INET6, m_bytes.data(), buffer.data(), buffer.size());
    std::string text = buffer.data();
    if (m_length < m_size * 8)
        text += "/" + std::to_string(m_length);
    return text;
}

bool AddressBlock::contains(const AddressBlock &other) const
{
    if (other.m_size != m_size || other.m_length < m_length)
        return false;
    for (int bit = 0; bit < m_length; ++bit) {
        const auto byte = static_cast<std::size_t>(bit / 8);
        if ((m_bytes[byte] ^ other.m_bytes[byte]) >> (7 - bit % 8) & 1)
            return false;
    }
    return true;
}

} // namespace kith::auth
