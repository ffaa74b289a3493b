// SPDX-License-Identifier: Apache-2.0
#include "policy/Scalars.h"

#include "store/Text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <optional>
#include <utility>

namespace kith::policy {

namespace {

constexpr Nanoseconds Second = 1'000'000'000;
constexpr Nanoseconds Longest = std::numeric_limits<Nanoseconds>::max();

Error numberError(std::string_view function, std::string_view text, std::string_view why)
{
    return invalidRequest("strconv." + std::string(function) + ": parsing " + inQuotes(text) + ": " + std::string(why));
}

/// Takes the sign, the base prefix and the separators off; the digits are checked by whoever converts them.
struct Digits {
    bool negative = false;
    int base = 10;
    std::string text;
    bool valid = true;
};

Digits digitsOf(std::string_view text)
{
    Digits digits;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        digits.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    bool separators = false;
    if (text.size() > 1 && text.front() == '0') {
        const char letter = static_cast<char>(text[1] | 0x20);
        digits.base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
        const bool lettered = letter == 'x' || letter == 'b' || letter == 'o';
        text.remove_prefix(lettered ? 2 : 1);
        separators = true;
    }
    bool afterDigit = separators;
    for (const char c : text) {
        if (c == '_') {
            digits.valid = digits.valid && separators && afterDigit;
            afterDigit = false;
            continue;
        }
        digits.text.push_back(c);
        afterDigit = true;
    }
    digits.valid = digits.valid && !digits.text.empty() && text.back() != '_';
    return digits;
}

Result<std::int64_t> convert(std::string_view text, const Digits &digits)
{
    std::uint64_t value = 0;
    const char *end = digits.text.data() + digits.text.size();
    const auto [stop, error] = std::from_chars(digits.text.data(), end, value, digits.base);
    if (!digits.valid || stop != end || error == std::errc::invalid_argument)
        return numberError("ParseInt", text, "invalid syntax");
    const auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) + (digits.negative ? 1 : 0);
    if (error == std::errc::result_out_of_range || value > limit)
        return numberError("ParseInt", text, "value out of range");
    return digits.negative ? static_cast<std::int64_t>(~value + 1) : static_cast<std::int64_t>(value);
}

struct Unit {
    std::string_view name;
    Nanoseconds length;
};
constexpr std::array<Unit, 8> units{{{"ns", 1},
                                     {"us", 1'000},
                                     {"\xC2\xB5s", 1'000},
                                     {"\xCE\xBCs", 1'000},
                                     {"ms", 1'000'000},
                                     {"s", Second},
                                     {"m", 60 * Second},
                                     {"h", 3600 * Second}}};

/// As Go's package time quotes: byte by byte, whatever the encoding.
std::string bytesInQuotes(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || byte < 0x20) {
            out += "\\x";
            out.push_back(digits[byte >> 4]);
            out.push_back(digits[byte & 15]);
            continue;
        }
        if (c == '"' || c == '\\')
            out.push_back('\\');
        out.push_back(c);
    }
    out.push_back('"');
    return out;
}

Error durationError(std::string_view what, std::string_view text)
{
    return invalidRequest("time: " + std::string(what) + " duration " + bytesInQuotes(text));
}

bool isDecimal(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes digits off the front. None: there are more than fit.
std::optional<std::uint64_t> takeNumber(std::string_view &text)
{
    std::uint64_t value = 0;
    for (; !text.empty() && isDecimal(text.front()); text.remove_prefix(1)) {
        if (value > (std::uint64_t{1} << 63) / 10)
            return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(text.front() - '0');
        if (value > std::uint64_t{1} << 63)
            return std::nullopt;
    }
    return value;
}

/// Digits after the point count as a share of the unit; what doesn't fit any more is cut off.
long double takeFraction(std::string_view &text)
{
    long double value = 0;
    long double scale = 1;
    for (; !text.empty() && isDecimal(text.front()); text.remove_prefix(1)) {
        if (scale >= 1e18L)
            continue;
        value = value * 10 + (text.front() - '0');
        scale *= 10;
    }
    return value / scale;
}

Result<Nanoseconds> goDuration(const std::string_view whole)
{
    std::string_view text = whole;
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    if (text == "0")
        return 0;
    if (text.empty())
        return durationError("invalid", whole);
    long double total = 0;
    while (!text.empty()) {
        if (text.front() != '.' && !isDecimal(text.front()))
            return durationError("invalid", whole);
        const std::size_t before = text.size();
        const auto number = takeNumber(text);
        if (!number)
            return durationError("invalid", whole);
        bool any = text.size() != before;
        long double fraction = 0;
        if (!text.empty() && text.front() == '.') {
            text.remove_prefix(1);
            any = any || (!text.empty() && isDecimal(text.front()));
            fraction = takeFraction(text);
        }
        if (!any)
            return durationError("invalid", whole);
        const std::string_view name = text.substr(0, std::min(text.find_first_of(".0123456789"), text.size()));
        if (name.empty())
            return durationError("missing unit in", whole);
        const auto *unit = std::find_if(units.begin(), units.end(), [&](const Unit &u) { return u.name == name; });
        if (unit == units.end())
            return invalidRequest("time: unknown unit " + bytesInQuotes(name) + " in duration " + bytesInQuotes(whole));
        text.remove_prefix(name.size());
        total += (static_cast<long double>(*number) + fraction) * static_cast<long double>(unit->length);
        if (total > static_cast<long double>(Longest))
            return durationError("invalid", whole);
    }
    const auto length = static_cast<Nanoseconds>(total);
    return negative ? -length : length;
}

/// Reads `count` digits; none if they aren't.
std::optional<int> takeDigits(std::string_view &text, std::size_t count)
{
    int value = 0;
    if (text.size() < count)
        return std::nullopt;
    for (std::size_t i = 0; i < count; ++i) {
        if (!isDecimal(text[i]))
            return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view &text, char c)
{
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

/// Days since 1970 of a date of the Gregorian calendar.
std::int64_t daysOf(int year, int month, int day)
{
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    return date.ok() ? std::chrono::sys_days(date).time_since_epoch().count()
                     : std::numeric_limits<std::int64_t>::min();
}

/// Seconds east of UTC: "Z" or "+hh:mm".
std::optional<int> takeOffset(std::string_view &text)
{
    if (take(text, 'Z'))
        return 0;
    const bool negative = !text.empty() && text.front() == '-';
    if (!take(text, '+') && !take(text, '-'))
        return std::nullopt;
    const auto hours = takeDigits(text, 2);
    if (!hours || *hours > 24 || !take(text, ':'))
        return std::nullopt;
    const auto minutes = takeDigits(text, 2);
    if (!minutes || *minutes > 60)
        return std::nullopt;
    return (*hours * 60 + *minutes) * 60 * (negative ? -1 : 1);
}

Nanoseconds timeOf(std::int64_t seconds, Nanoseconds fraction)
{
    constexpr std::int64_t limit = Longest / Second - 1;
    return std::clamp(seconds, -limit, limit) * Second + fraction;
}

std::optional<Nanoseconds> rfc3339(std::string_view text)
{
    const auto year = takeDigits(text, 4);
    const auto month = year && take(text, '-') ? takeDigits(text, 2) : std::nullopt;
    const auto day = month && take(text, '-') ? takeDigits(text, 2) : std::nullopt;
    const auto hour = day && take(text, 'T') ? takeDigits(text, 2) : std::nullopt;
    const auto minute = hour && take(text, ':') ? takeDigits(text, 2) : std::nullopt;
    const auto second = minute && take(text, ':') ? takeDigits(text, 2) : std::nullopt;
    if (!second || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    Nanoseconds fraction = 0;
    if (text.size() > 1 && (text.front() == '.' || text.front() == ',') && isDecimal(text[1])) {
        text.remove_prefix(1);
        Nanoseconds place = Second;
        for (; !text.empty() && isDecimal(text.front()); text.remove_prefix(1))
            fraction += (text.front() - '0') * (place /= 10);
    }
    const auto offset = takeOffset(text);
    const std::int64_t days = daysOf(*year, *month, *day);
    if (!offset || !text.empty() || days == std::numeric_limits<std::int64_t>::min())
        return std::nullopt;
    return timeOf(days * 86400 + (*hour * 60 + *minute) * 60 + *second - *offset, fraction);
}

} // namespace

Result<std::int64_t> parseInteger(std::string_view text)
{
    return convert(text, digitsOf(text));
}

Result<std::int64_t> parseDecimal(std::string_view text)
{
    Digits digits;
    std::string_view rest = text;
    if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) {
        digits.negative = rest.front() == '-';
        rest.remove_prefix(1);
    }
    digits.text = rest;
    digits.valid = !rest.empty();
    return convert(text, digits);
}

Result<double> parseFloat(std::string_view text)
{
    // Only what the scanner calls a number comes here, so it holds no sign of infinity and no spaces.
    double value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (stop != text.data() + text.size() || error == std::errc::invalid_argument)
        return numberError("ParseFloat", text, "invalid syntax");
    if (error == std::errc::result_out_of_range && text.find("e-") == std::string_view::npos)
        return numberError("ParseFloat", text, "value out of range");
    return value;
}

Result<Nanoseconds> secondsToDuration(std::int64_t seconds)
{
    if (seconds > Longest / Second || seconds < -(Longest / Second))
        return invalidRequest("multiplication of durations resulted in overflow, one operand may be too large");
    return seconds * Second;
}

Result<Nanoseconds> parseDuration(std::string_view text)
{
    if (text.empty())
        return 0;
    if (text.back() == 'd') {
        const auto days = parseDecimal(text.substr(0, text.size() - 1));
        if (!days)
            return days.error();
        return secondsToDuration(*days > Longest / 86400 || *days < -(Longest / 86400)
                                     ? std::numeric_limits<std::int64_t>::max()
                                     : *days * 86400);
    }
    if (const auto seconds = parseDecimal(text))
        return secondsToDuration(*seconds);
    return goDuration(text);
}

Result<Nanoseconds> parseTime(std::string_view text)
{
    if (text.empty())
        return 0;
    if (const auto time = rfc3339(text))
        return *time;
    if (const auto seconds = parseDecimal(text))
        return timeOf(*seconds, 0);
    return invalidRequest("could not parse string as date and time");
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view Blank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(Blank);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(Blank) + 1 - first);
}

} // namespace kith::policy
