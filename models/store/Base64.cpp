// SPDX-License-Identifier: Apache-2.0
#include "store/Base64.h"

#include <cstdint>

namespace kith::store {

namespace {

using Decoded = tl::expected<std::string, std::size_t>;

constexpr std::string_view Standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view ForUrls = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encoded(std::string_view bytes, std::string_view digits)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char byte : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(byte);
        for (count += 8; count >= 6; count -= 6)
            text.push_back(digits[bits >> (count - 6) & 63]);
    }
    if (count > 0)
        text.push_back(digits[bits << (6 - count) & 63]);
    return text;
}

/// Decodes digits up to the first that isn't one, which is at `end` then.
std::string decoded(std::string_view text, std::string_view digits, std::size_t &end, std::size_t &used)
{
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (end = 0, used = 0; end < text.size(); ++end) {
        if (text[end] == '\n' || text[end] == '\r')
            continue;
        const std::size_t digit = digits.find(text[end]);
        if (digit == digits.npos)
            break;
        ++used;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<char>(bits >> count & 0xFF));
        }
    }
    return bytes;
}

/// Where the last group of four begins, of which some are missing.
std::size_t lastGroup(std::string_view text, std::size_t used)
{
    std::size_t at = 0;
    for (std::size_t digits = used - used % 4;; ++at) {
        if (at == text.size() || (text[at] != '\n' && text[at] != '\r' && digits-- == 0))
            return at;
    }
}

} // namespace

std::string toBase64(std::string_view bytes)
{
    std::string text = encoded(bytes, Standard);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::string toBase64Url(std::string_view bytes)
{
    return encoded(bytes, ForUrls);
}

Decoded fromBase64(std::string_view text)
{
    std::size_t end = 0;
    std::size_t used = 0;
    std::string bytes = decoded(text, Standard, end, used);
    std::size_t padding = 0;
    std::size_t at = end;
    for (; at < text.size(); ++at) {
        if (text[at] == '=' && padding < 2)
            ++padding;
        else if (text[at] != '\n' && text[at] != '\r')
            return tl::make_unexpected(used % 4 == 2 && padding == 1 ? at - 1 : at);
    }
    if (padding > 0 && used % 4 < 2)
        return tl::make_unexpected(end);
    if (used % 4 == 1 || (used + padding) % 4 != 0)
        return tl::make_unexpected(padding > 0 ? at : lastGroup(text, used));
    return bytes;
}

Decoded fromBase64Url(std::string_view text)
{
    std::size_t end = 0;
    std::size_t used = 0;
    std::string bytes = decoded(text, ForUrls, end, used);
    if (end < text.size())
        return tl::make_unexpected(end);
    if (used % 4 == 1)
        return tl::make_unexpected(lastGroup(text, used));
    return bytes;
}

std::string toHex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const char byte : bytes) {
        text.push_back(digits[static_cast<unsigned char>(byte) >> 4]);
        text.push_back(digits[byte & 15]);
    }
    return text;
}

Decoded fromHex(std::string_view text)
{
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
    };
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (digit(text[i]) < 0 || (i % 2 == 0 && i + 1 == text.size()))
            return tl::make_unexpected(i);
        if (i % 2 == 1)
            bytes.push_back(static_cast<char>(digit(text[i - 1]) << 4 | digit(text[i])));
    }
    return bytes;
}

} // namespace kith::store
