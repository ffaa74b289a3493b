// SPDX-License-Identifier: Apache-2.0
// How JSON's texts are looked through. Internal to models/store.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace kith::store {

/// Inside the quotes of a text it is not itself.
constexpr bool needsEscape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

constexpr std::uint64_t EachByte = 0x0101010101010101;

inline std::uint64_t eightBytes(const char *at)
{
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// Whether one of eight bytes may need an escape: it is below a blank, '"' or '\\'. A byte after such a one may count
/// wrongly, which costs a closer look and no more.
inline bool anyNeedsEscape(std::uint64_t word)
{
    constexpr std::uint64_t tops = EachByte << 7;
    const auto hasZero = [](std::uint64_t bytes) { return (bytes - EachByte) & ~bytes & tops; };
    return (((word - EachByte * 0x20) & ~word & tops) | hasZero(word ^ EachByte * '"') |
            hasZero(word ^ EachByte * '\\')) != 0;
}

/// The front of a text that needs no escape.
struct PlainFront {
    std::size_t length = 0;
    bool ascii = true;
};
inline PlainFront plainFront(std::string_view text)
{
    PlainFront front;
    std::uint64_t all = 0;
    std::size_t i = 0;
    for (; text.size() - i >= 8; i += 8) {
        const std::uint64_t word = eightBytes(text.data() + i);
        if (anyNeedsEscape(word))
            break;
        all |= word;
    }
    for (; i < text.size() && !needsEscape(static_cast<unsigned char>(text[i])); ++i)
        all |= static_cast<unsigned char>(text[i]);
    return {i, (all & EachByte << 7) == 0};
}

} // namespace kith::store
