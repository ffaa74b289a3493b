// SPDX-License-Identifier: Apache-2.0
#include "auth/Cidr.h"

#include "store/Text.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <cstring>
#include <optional>

namespace kith::auth {

namespace {

struct Address {
    std::array<unsigned char, 16> bytes{};
    int bits = 0; ///< 32 or 128.
};

std::optional<Address> addressOf(std::string_view text)
{
    const std::string terminated(text);
    Address address;
    if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) {
        address.bits = 32;
        return address;
    }
    if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) != 1)
        return std::nullopt;
    address.bits = 128;
    constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (std::memcmp(address.bytes.data(), mapped.data(), mapped.size()) == 0) {
        std::memmove(address.bytes.data(), address.bytes.data() + 12, 4);
        address.bits = 32;
    }
    return address;
}

struct Block {
    Address address;
    int length = 0;
};

std::optional<Block> blockOf(std::string_view text)
{
    const auto slash = text.find('/');
    const auto address = addressOf(text.substr(0, slash));
    if (!address)
        return std::nullopt;
    Block block{*address, address->bits};
    if (slash == std::string_view::npos)
        return block;
    const std::string_view length = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), block.length);
    if (error != std::errc() || end != length.data() + length.size() || block.length < 0 ||
        block.length > address->bits)
        return std::nullopt;
    return block;
}

bool contains(const Block &block, const Address &address)
{
    if (block.address.bits != address.bits)
        return false;
    const auto whole = static_cast<std::size_t>(block.length / 8);
    if (std::memcmp(block.address.bytes.data(), address.bytes.data(), whole) != 0)
        return false;
    const int rest = block.length % 8;
    return rest == 0 || (block.address.bytes[whole] ^ address.bytes[whole]) >> (8 - rest) == 0;
}

} // namespace

Result<std::vector<std::string>> parseCidrs(const std::vector<std::string> &blocks)
{
    for (const std::string &block : blocks)
        if (!blockOf(block))
            return invalidRequest("error parsing address " + inQuotes(block) + ": Unable to convert " +
                                  inQuotes(block) + " to an IPv4 or IPv6 address, or a UNIX Socket");
    return blocks;
}

bool isWithin(const std::vector<std::string> &blocks, std::string_view address)
{
    const auto asked = addressOf(address);
    if (!asked)
        return false;
    for (const std::string &text : blocks)
        if (const auto block = blockOf(text); block && contains(*block, *asked))
            return true;
    return false;
}

} // namespace kith::auth
