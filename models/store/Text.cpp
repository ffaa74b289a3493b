// SPDX-License-Identifier: Apache-2.0
#include "store/Text.h"

#include "store/Clock.h"

#include <openssl/rand.h>

#include <array>
#include <clocale>
#include <ctime>
#include <cwctype>
#include <stdexcept>

namespace kith {

namespace {

constexpr char32_t Replacement = 0xFFFD;

struct Decoded {
    char32_t codePoint;
    std::size_t length; ///< Bytes used; at least 1.
    bool valid;
};

/// The code point at the front of `text`, which isn't empty. RFC 3629: no overlong forms, surrogates, or > U+10FFFF.
Decoded decode(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80)
        return {first, 1, true};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length)
        return {Replacement, 1, false};
    char32_t codePoint = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80)
            return {Replacement, 1, false};
        codePoint = codePoint << 6 | (byte(i) & 0x3F);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    if (codePoint < smallest[length] || codePoint > 0x10FFFF || (codePoint >= 0xD800 && codePoint <= 0xDFFF))
        return {Replacement, 1, false};
    return {codePoint, length, true};
}

void append(std::string &out, char32_t c)
{
    const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

/// The C library's own tables, without touching the process's locale. Built into glibc, so it always exists.
char32_t lower(char32_t codePoint)
{
    static const locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return unicode ? static_cast<char32_t>(towlower_l(static_cast<wint_t>(codePoint), unicode)) : codePoint;
}

} // namespace

std::string foldCase(std::string_view text)
{
    std::string folded;
    folded.reserve(text.size());
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text.front());
        if (first < 0x80) {
            folded.push_back(static_cast<char>(first >= 'A' && first <= 'Z' ? first + 32 : first));
            text.remove_prefix(1);
            continue;
        }
        const Decoded next = decode(text);
        if (next.valid)
            append(folded, lower(next.codePoint));
        else
            folded.push_back(text.front());
        text.remove_prefix(next.length);
    }
    return folded;
}

std::string validUtf8(std::string_view text)
{
    std::string valid;
    valid.reserve(text.size());
    while (!text.empty()) {
        const Decoded next = decode(text);
        append(valid, next.codePoint);
        text.remove_prefix(next.length);
    }
    return valid;
}

std::string randomHex(std::size_t count)
{
    std::string bytes(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char *>(bytes.data()), static_cast<int>(count)) != 1)
        throw std::runtime_error("the system's random generator failed");
    std::string hex;
    hex.reserve(2 * count);
    for (const char byte : bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        hex.push_back(digits[static_cast<unsigned char>(byte) >> 4]);
        hex.push_back(digits[byte & 15]);
    }
    return hex;
}

std::string newUuid()
{
    std::string hex = randomHex(16);
    hex[12] = '4';
    constexpr std::string_view variants = "89ab";
    hex[16] = variants[static_cast<unsigned char>(hex[16]) % 4];
    for (const std::size_t dash : {20U, 16U, 12U, 8U})
        hex.insert(dash, 1, '-');
    return hex;
}

std::string toRfc3339(Nanoseconds time)
{
    constexpr Nanoseconds second = 1'000'000'000;
    Nanoseconds fraction = time % second;
    if (fraction < 0)
        fraction += second;
    const auto seconds = static_cast<std::time_t>((time - fraction) / second);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::string result(text.data(), length);
    if (fraction != 0) {
        std::string digits = std::to_string(fraction);
        digits.insert(0, 9 - digits.size(), '0');
        digits.erase(digits.find_last_not_of('0') + 1);
        result += "." + digits;
    }
    return result + "Z";
}

} // namespace kith
