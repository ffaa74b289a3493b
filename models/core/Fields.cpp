// SPDX-License-Identifier: Apache-2.0
#include "core/Fields.h"

#include "identity/PolicyList.h"
#include "store/Base64.h"
#include "store/GoText.h"
#include "store/Json.h"

#include <array>
#include <charconv>
#include <cmath>

namespace kith::core {

namespace json = boost::json;
using identity::trimmed;
using store::goText;
using store::scalarText;

namespace {

std::string unconvertible(std::string_view place, std::string_view wanted, const json::value &value)
{
    return "'" + std::string(place) + "' expected type '" + std::string(wanted) + "', got unconvertible type '" +
           std::string(store::goInterfaceOf(value)) + "'";
}

bool isScalar(const json::value &value)
{
    return !value.is_array() && !value.is_object();
}

Result<FieldValue> toText(const json::value &value)
{
    if (!isScalar(value))
        return invalidRequest(unconvertible("", "string", value));
    return FieldValue(scalarText(value));
}

Result<FieldValue> toBool(const json::value &value)
{
    if (!isScalar(value))
        return invalidRequest(unconvertible("", "bool", value));
    if (const bool *flag = value.if_bool())
        return FieldValue(*flag);
    const std::string text = scalarText(value);
    for (const std::string_view yes : {"1", "t", "T", "true", "TRUE", "True"})
        if (text == yes)
            return FieldValue(true);
    for (const std::string_view no : {"", "0", "f", "F", "false", "FALSE", "False"})
        if (text == no)
            return FieldValue(false);
    return invalidRequest("'' cannot parse value as 'bool': strconv.ParseBool: invalid syntax");
}

Result<FieldValue> toInt(const json::value &value)
{
    if (!isScalar(value))
        return invalidRequest(unconvertible("", "int", value));
    const std::string text = scalarText(value);
    std::int64_t number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = end.ptr == text.data() + text.size();
    if (!text.empty() && (end.ec != std::errc() || !whole))
        return invalidRequest(
            "'' cannot parse value as 'int': strconv.ParseInt: " +
            std::string(end.ec == std::errc::result_out_of_range && whole ? "value out of range" : "invalid syntax"));
    return FieldValue(number);
}

Result<FieldValue> toSignedDuration(const json::value &value)
{
    if (!isScalar(value) || value.is_bool())
        return invalidRequest("could not parse duration from input");
    const std::string text = scalarText(value);
    auto seconds = parseDuration(text);
    if (!seconds)
        return seconds.error();
    return FieldValue(*seconds);
}

Result<FieldValue> toDuration(const json::value &value)
{
    auto seconds = toSignedDuration(value);
    if (const auto *count = seconds ? std::get_if<std::int64_t>(&*seconds) : nullptr; count && *count < 0)
        return invalidRequest("cannot provide negative value '" + std::to_string(*count) + "'");
    return seconds;
}

/// A list, or what is in its place, as texts. The real server words what is none in one of two ways.
Result<FieldValue> toTexts(const json::value &value, bool valuesToo)
{
    std::vector<std::string> items;
    if (value.is_null() || (value.is_object() && value.get_object().empty()))
        return FieldValue(std::move(items));
    const json::array single = value.is_array() ? json::array() : json::array{value};
    const json::array &list = value.is_array() ? value.get_array() : single;
    items.reserve(list.size());
    std::string problems;
    std::size_t count = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (store::isText(list[i])) {
            items.push_back(trimmed(list[i].get_string()));
        } else if (isScalar(list[i])) {
            items.push_back(trimmed(scalarText(list[i])));
        } else {
            const std::string problem = unconvertible("[" + std::to_string(i) + "]", "string", list[i]);
            problems += valuesToo ? "\n* " + problem + ", value: '" + goText(list[i]) + "'" : "\n" + problem;
            ++count;
        }
    }
    if (count == 0)
        return FieldValue(std::move(items));
    const std::string head =
        valuesToo ? std::to_string(count) + " error(s) decoding:" : "decoding failed due to the following error(s):";
    return invalidRequest(head + "\n" + problems);
}

Result<FieldValue> toList(const json::value &value)
{
    if (!value.is_string())
        return toTexts(value, true);
    std::vector<std::string> items;
    const std::string text = scalarText(value);
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        items.push_back(trimmed(rest.substr(0, comma)));
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return FieldValue(std::move(items));
}

/// A text in place of a list is its only item, and an empty one is none.
std::vector<std::string> asOneText(const json::value &value)
{
    std::string text = scalarText(value);
    return text.empty() ? std::vector<std::string>() : std::vector<std::string>{std::move(text)};
}

/// Adds the members of an object; false when one isn't a scalar.
bool addMembers(const json::value &value, std::map<std::string, std::string> &pairs)
{
    if (value.is_null())
        return true;
    const json::object *members = value.if_object();
    if (!members)
        return false;
    for (const auto &member : *members) {
        if (!isScalar(member.value()))
            return false;
        pairs[std::string(member.key())] = scalarText(member.value());
    }
    return true;
}

Result<FieldValue> toPairs(const json::value &value)
{
    if (value.is_null())
        return FieldValue(Pairs());
    const json::array single = value.is_array() ? json::array() : json::array{value};
    const json::array &items = value.is_array() ? value.get_array() : single;
    std::map<std::string, std::string> pairs;
    bool objects = true;
    for (const json::value &item : items)
        objects = objects && addMembers(item, pairs);
    if (objects)
        return FieldValue(Pairs(std::move(pairs)));

    std::string problems;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (!isScalar(items[i]))
            problems += "\n" + unconvertible("[" + std::to_string(i) + "]", "string", items[i]);
    if (!problems.empty())
        return invalidRequest("decoding failed due to the following error(s):\n" + problems);
    pairs.clear();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string text = scalarText(items[i]);
        const auto equals = text.find('=');
        if (equals == std::string::npos)
            return invalidRequest("invalid key pair at index " + std::to_string(i));
        pairs[trimmed(text.substr(0, equals))] = trimmed(text.substr(equals + 1));
    }
    return FieldValue(Pairs(std::move(pairs)));
}

/// Adds what is in an object, or in a list of such, or of such lists; false when something else is there.
bool addObjects(const json::value &value, json::object &all)
{
    if (const json::object *members = value.if_object())
        for (const auto &member : *members)
            all[member.key()] = member.value();
    const json::array *items = value.if_array();
    const auto addItem = [&](const json::value &item) { return addObjects(item, all); };
    return value.is_null() || value.is_object() || (items && std::all_of(items->begin(), items->end(), addItem));
}

Result<FieldValue> toObject(const json::value &value)
{
    if (value.is_null())
        return FieldValue(json::value(json::object()));
    if (json::object all; value.is_array() && addObjects(value, all)) // [Q] a list of objects is their union
        return FieldValue(json::value(std::move(all)));
    if (value.is_object())
        return FieldValue(value);
    const json::array *items = value.if_array();
    for (std::size_t i = 0; items && i < items->size(); ++i)
        if (json::object none; !addObjects((*items)[i], none))
            return invalidRequest(unconvertible("[" + std::to_string(i) + "]", "map[string]interface {}", (*items)[i]));
    return invalidRequest(unconvertible("", "map[string]interface {}", value));
}

Result<FieldValue> toType(FieldType type, const json::value &value)
{
    switch (type) {
    case FieldType::Text:
        return toText(value);
    case FieldType::Bool:
        return toBool(value);
    case FieldType::Int:
        return toInt(value);
    case FieldType::Duration:
        return toDuration(value);
    case FieldType::SignedDuration:
        return toSignedDuration(value);
    case FieldType::List:
        return toList(value);
    case FieldType::Texts:
        return value.is_string() ? FieldValue(asOneText(value)) : toTexts(value, false);
    case FieldType::Pairs:
        return toPairs(value);
    case FieldType::Object:
        return toObject(value);
    case FieldType::Any:
    case FieldType::InPath:
        return FieldValue(value);
    }
    return FieldValue(value);
}

/// Seconds in Go's unit, or nothing.
std::optional<double> unitSeconds(std::string_view unit)
{
    struct Unit {
        std::string_view name;
        double seconds;
    };
    constexpr std::array units{Unit{"ns", 1e-9}, Unit{"us", 1e-6}, Unit{"\u00b5s", 1e-6}, Unit{"ms", 1e-3},
                               Unit{"s", 1},     Unit{"m", 60},    Unit{"h", 3600}};
    for (const Unit &known : units)
        if (known.name == unit)
            return known.seconds;
    return std::nullopt;
}

/// What Go's durations hold.
constexpr double MostSeconds = 9223372036.854775807;

Result<std::int64_t> wholeSeconds(std::int64_t number, std::int64_t unit)
{
    if (std::abs(static_cast<double>(number)) * static_cast<double>(unit) > MostSeconds)
        return invalidRequest("multiplication of durations resulted in overflow, one operand may be too large");
    return number * unit;
}

bool isNumberPart(char c)
{
    return (c >= '0' && c <= '9') || c == '.';
}

/// As Go's durations quote a text: other bytes than ASCII's letters as \x00.
std::string goQuoted(std::string_view text)
{
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            quoted.append(1, '\\').append(1, c);
        else if (byte >= ' ' && byte < 0x80)
            quoted += c;
        else
            quoted.append("\\x").append(store::toHex(std::string_view(&c, 1)));
    }
    return quoted + "\"";
}

Result<std::int64_t> goDuration(std::string_view whole)
{
    const std::string quoted = goQuoted(whole);
    std::string_view rest = whole;
    const bool negative = rest.starts_with('-');
    if (negative || rest.starts_with('+'))
        rest.remove_prefix(1);
    if (rest.empty())
        return invalidRequest("time: invalid duration " + quoted);
    double seconds = 0;
    while (!rest.empty()) {
        double number = 0;
        const auto end = std::from_chars(rest.data(), rest.data() + rest.size(), number, std::chars_format::fixed);
        if (!isNumberPart(rest.front()) || end.ec != std::errc() || number > 9.2e18)
            return invalidRequest("time: invalid duration " + quoted);
        rest.remove_prefix(static_cast<std::size_t>(end.ptr - rest.data()));
        std::size_t length = 0;
        while (length < rest.size() && !isNumberPart(rest[length]))
            ++length;
        if (length == 0)
            return invalidRequest("time: missing unit in duration " + quoted);
        const auto unit = unitSeconds(rest.substr(0, length));
        if (!unit)
            return invalidRequest("time: unknown unit \"" + std::string(rest.substr(0, length)) + "\" in duration " +
                                  quoted);
        seconds += number * *unit;
        rest.remove_prefix(length);
    }
    if (seconds > MostSeconds)
        return invalidRequest("time: invalid duration " + quoted);
    return static_cast<std::int64_t>(negative ? -seconds : seconds);
}

} // namespace

Result<std::int64_t> parseDuration(std::string_view text)
{
    if (text.empty())
        return 0;
    std::int64_t number = 0;
    const char *last = text.data() + text.size();
    const auto whole = std::from_chars(text.data(), last, number);
    if (whole.ec == std::errc() && whole.ptr == last)
        return wholeSeconds(number, 1);
    if (!text.ends_with('d'))
        return goDuration(text);
    if (whole.ec == std::errc() && whole.ptr == last - 1)
        return wholeSeconds(number, 86400);
    if (text.find_first_not_of("0123456789.-+") == text.size() - 1)
        return invalidRequest("strconv.ParseInt: parsing \"" + std::string(text.substr(0, text.size() - 1)) +
                              "\": invalid syntax");
    return goDuration(text);
}

Result<std::optional<FieldValue>> convert(const Field &field, const json::value &value)
{
    if (field.type == FieldType::Duration && value.is_null())
        return std::optional<FieldValue>();
    auto converted = toType(field.type, value);
    if (converted)
        return std::optional(std::move(*converted));
    std::string text =
        "error converting input for field \"" + std::string(field.name) + "\": " + converted.error().wire;
    if (converted.error().wire.starts_with("invalid key pair"))
        text += " in field \"" + std::string(field.name) + "\"";
    return invalidRequest(std::move(text));
}

} // namespace kith::core
