// SPDX-License-Identifier: Apache-2.0
#include "store/Text.h"

#include "store/Base64.h"
#include "store/Seal.h"

#include "store/Clock.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <clocale>
#include <cstdio>
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
locale_t unicode()
{
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
}

char32_t lower(char32_t codePoint)
{
    return static_cast<char32_t>(towlower_l(static_cast<wint_t>(codePoint), unicode()));
}

/// What the C library calls printable although it shows nothing: spaces, format characters, private use.
constexpr std::array<std::pair<char32_t, char32_t>, 27> invisible{{
    {0xA0, 0xA0},       {0xAD, 0xAD},         {0x600, 0x605},     {0x61C, 0x61C},     {0x6DD, 0x6DD},
    {0x70F, 0x70F},     {0x890, 0x891},       {0x8E2, 0x8E2},     {0x1680, 0x1680},   {0x180E, 0x180E},
    {0x2000, 0x200F},   {0x202A, 0x202F},     {0x205F, 0x2064},   {0x2066, 0x206F},   {0x3000, 0x3000},
    {0xE000, 0xF8FF},   {0xFEFF, 0xFEFF},     {0xFFF9, 0xFFFB},   {0x110BD, 0x110BD}, {0x110CD, 0x110CD},
    {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3},   {0x1D173, 0x1D17A}, {0xE0001, 0xE0001}, {0xE0020, 0xE007F},
    {0xF0000, 0xFFFFD}, {0x100000, 0x10FFFD},
}};

bool isPrintable(char32_t codePoint)
{
    if (codePoint < 0x80)
        return codePoint >= 0x20 && codePoint != 0x7F;
    const auto within = [&](const auto &range) { return codePoint >= range.first && codePoint <= range.second; };
    return iswprint_l(static_cast<wint_t>(codePoint), unicode()) != 0 &&
           std::none_of(invisible.begin(), invisible.end(), within);
}

void appendEscaped(std::string &out, char32_t codePoint, bool valid)
{
    if (codePoint == '"' || codePoint == '\\') {
        out.push_back('\\');
        append(out, codePoint);
    } else if (valid && isPrintable(codePoint)) {
        append(out, codePoint);
    } else if (codePoint >= '\a' && codePoint <= '\r') {
        out.push_back('\\');
        out.push_back("abtnvfr"[codePoint - '\a']);
    } else {
        std::array<char, 12> escape{};
        const char *form = !valid || codePoint < 0x80 ? "\\x%02x" : codePoint < 0x10000 ? "\\u%04x" : "\\U%08x";
        const int length = std::snprintf(escape.data(), escape.size(), form, static_cast<unsigned>(codePoint));
        out.append(escape.data(), static_cast<std::size_t>(length));
    }
}

/// Decimal digits beyond ASCII: the first of each script's ten.
constexpr std::array<char32_t, 36> zeros{0x660,  0x6F0,  0x7C0,  0x966,  0x9E6,  0xA66,  0xAE6,  0xB66,  0xBE6,
                                         0xC66,  0xCE6,  0xD66,  0xDE6,  0xE50,  0xED0,  0xF20,  0x1040, 0x1090,
                                         0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
                                         0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10};

/// Marks and numbers that the C library counts among the letters.
constexpr std::array<std::pair<char32_t, char32_t>, 4> notLetters{
    {{0x300, 0x36F}, {0x483, 0x489}, {0x2160, 0x2182}, {0x24B6, 0x24E9}}};

} // namespace

CodePoint firstCodePoint(std::string_view text)
{
    const Decoded next = decode(text);
    return {next.codePoint, next.length, next.valid};
}

void appendUtf8(std::string &out, char32_t codePoint)
{
    const bool character = codePoint <= 0x10FFFF && (codePoint < 0xD800 || codePoint > 0xDFFF);
    append(out, character ? codePoint : Replacement);
}

bool contains(const std::vector<std::string> &texts, std::string_view text)
{
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool isLetter(char32_t codePoint)
{
    if (codePoint < 0x80)
        return (codePoint | 0x20) >= 'a' && (codePoint | 0x20) <= 'z';
    const auto within = [&](const auto &range) { return codePoint >= range.first && codePoint <= range.second; };
    return iswalpha_l(static_cast<wint_t>(codePoint), unicode()) != 0 && !isDigit(codePoint) &&
           std::none_of(notLetters.begin(), notLetters.end(), within);
}

bool isDigit(char32_t codePoint)
{
    if (codePoint < 0x80)
        return codePoint >= '0' && codePoint <= '9';
    return std::any_of(zeros.begin(), zeros.end(),
                       [&](char32_t zero) { return codePoint >= zero && codePoint <= zero + 9; });
}

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

/// How much of the front is plain ASCII without controls: nearly every text is that and no more.
static std::size_t plainLength(std::string_view text)
{
    const auto other = std::find_if(text.begin(), text.end(), [](char c) { return c < ' ' || c == 0x7f; });
    return static_cast<std::size_t>(other - text.begin());
}

std::string validUtf8(std::string_view text)
{
    std::string valid;
    valid.reserve(text.size());
    const std::size_t plain = plainLength(text);
    valid.append(text, 0, plain);
    text.remove_prefix(plain);
    while (!text.empty()) {
        const Decoded next = decode(text);
        append(valid, next.codePoint);
        text.remove_prefix(next.length);
    }
    return valid;
}

bool isPrintable(std::string_view text)
{
    text.remove_prefix(plainLength(text));
    while (!text.empty()) {
        const Decoded next = decode(text);
        if (!isPrintable(next.codePoint))
            return false;
        text.remove_prefix(next.length);
    }
    return true;
}

std::string inQuotes(std::string_view text)
{
    std::string out = "\"";
    while (!text.empty()) {
        const Decoded next = decode(text);
        appendEscaped(out, next.valid ? next.codePoint : static_cast<unsigned char>(text.front()), next.valid);
        text.remove_prefix(next.length);
    }
    return out + "\"";
}

std::string randomHex(std::size_t count)
{
    return store::toHex(store::randomBytes(count));
}

namespace {

/// Random bytes for names that many requests need. Each is given once and then forgotten; secrets are made of
/// store::randomBytes().
class Stock
{
public:
    ~Stock() { store::wipe(m_bytes); }
    std::array<unsigned char, 16> take()
    {
        std::array<unsigned char, 16> taken{};
        if (m_left < taken.size()) {
            m_bytes = store::randomBytes(64 * taken.size());
            m_left = m_bytes.size();
        }
        m_left -= taken.size();
        std::copy_n(m_bytes.begin() + static_cast<std::ptrdiff_t>(m_left), taken.size(), taken.begin());
        std::fill_n(m_bytes.begin() + static_cast<std::ptrdiff_t>(m_left), taken.size(), '\0');
        return taken;
    }

private:
    std::string m_bytes;
    std::size_t m_left = 0;
};

} // namespace

std::string newUuid()
{
    constexpr std::string_view digits = "0123456789abcdef";
    thread_local Stock stock;
    std::array<unsigned char, 16> bytes = stock.take();
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | 0x40U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
    std::string uuid;
    uuid.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            uuid += '-';
        uuid += digits[bytes[i] >> 4U];
        uuid += digits[bytes[i] & 15U];
    }
    return uuid;
}

namespace {

/// `number` with `width` digits, to `place`.
void putDigits(char *place, std::int64_t number, int width)
{
    for (int i = width - 1; i >= 0; --i, number /= 10)
        place[i] = static_cast<char>('0' + number % 10);
}

/// The quotient rounded down, and what is left.
std::pair<std::int64_t, std::int64_t> split(std::int64_t whole, std::int64_t part)
{
    const std::int64_t quotient = whole / part;
    const std::int64_t rest = whole % part;
    return rest < 0 ? std::pair(quotient - 1, rest + part) : std::pair(quotient, rest);
}

} // namespace

std::string toRfc3339(Nanoseconds time)
{
    const auto [seconds, fraction] = split(time, 1'000'000'000);
    const auto [days, second] = split(seconds, 86400);
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
    std::array<char, 32> text{};
    std::string_view("0000-00-00T00:00:00.000000000Z").copy(text.data(), text.size());
    putDigits(text.data(), static_cast<int>(date.year()), 4);
    putDigits(text.data() + 5, static_cast<unsigned>(date.month()), 2);
    putDigits(text.data() + 8, static_cast<unsigned>(date.day()), 2);
    putDigits(text.data() + 11, second / 3600, 2);
    putDigits(text.data() + 14, second / 60 % 60, 2);
    putDigits(text.data() + 17, second % 60, 2);
    putDigits(text.data() + 20, fraction, 9);
    std::size_t length = fraction == 0 ? 19 : 29;
    while (fraction != 0 && text[length - 1] == '0')
        --length;
    text[length] = 'Z';
    return std::string(text.data(), length + 1);
}

/// The number that `count` digits are; -1: something else is among them.
static int digitsAt(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size())
        return -1;
    int number = 0;
    for (const char digit : text.substr(at, count)) {
        if (digit < '0' || digit > '9')
            return -1;
        number = number * 10 + (digit - '0');
    }
    return number;
}

/// Seconds to be taken away; none: `zone` isn't one.
static std::optional<std::int64_t> offsetOf(std::string_view zone)
{
    if (zone == "Z" || zone == "z")
        return 0;
    const int hours = digitsAt(zone, 1, 2);
    const int minutes = digitsAt(zone, 4, 2);
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || hours < 0 || minutes < 0)
        return std::nullopt;
    return (hours * 60 + minutes) * (zone[0] == '-' ? -60 : 60);
}

// By hand: a mirror reads two a person, and sscanf() with timegm() takes ten times as long.
std::optional<Nanoseconds> fromRfc3339(std::string_view text)
{
    const int year = digitsAt(text, 0, 4);
    const int month = digitsAt(text, 5, 2);
    const int day = digitsAt(text, 8, 2);
    const int hour = digitsAt(text, 11, 2);
    const int minute = digitsAt(text, 14, 2);
    const int second = digitsAt(text, 17, 2);
    // The years are what nanoseconds in 64 bits can hold.
    if (year < 1678 || year > 2261 || month < 0 || day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 60)
        return std::nullopt;
    const auto date = std::chrono::year(year) / month / day;
    if (!date.ok())
        return std::nullopt;
    if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    Nanoseconds fraction = 0;
    std::size_t i = 19;
    if (i < text.size() && text[i] == '.') {
        const std::size_t begin = ++i;
        for (Nanoseconds unit = 100'000'000; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, unit /= 10)
            fraction += (text[i] - '0') * unit;
        if (i == begin)
            return std::nullopt;
    }
    const std::optional<std::int64_t> offset = offsetOf(text.substr(i));
    if (!offset)
        return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    return (seconds - *offset) * 1'000'000'000 + fraction;
}

} // namespace kith
