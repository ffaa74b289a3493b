// SPDX-License-Identifier: Apache-2.0
#include "store/GoText.h"

#include "store/Json.h"
#include "store/Text.h"

#include <array>
#include <charconv>
#include <map>

namespace kith::store {

namespace json = boost::json;

namespace {

std::string numberText(const json::value &value)
{
    if (value.is_int64())
        return std::to_string(value.get_int64());
    if (value.is_uint64())
        return std::to_string(value.get_uint64());
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value.get_double());
    return {text.data(), end.ptr};
}

} // namespace

std::string scalarText(const json::value &value)
{
    if (const auto number = keptNumber(value))
        return std::string(*number);
    if (const json::string *text = value.if_string())
        return {text->data(), text->size()};
    if (const bool *flag = value.if_bool())
        return *flag ? "1" : "0";
    return value.is_null() ? std::string() : numberText(value);
}

std::string goText(const json::value &value)
{
    std::string text;
    if (const json::array *items = value.if_array()) {
        for (const json::value &item : *items)
            text.append(text.empty() ? "" : " ").append(goText(item));
        return "[" + text + "]";
    }
    if (const json::object *members = value.if_object()) {
        std::map<std::string, std::string> sorted;
        for (const auto &member : *members)
            sorted.emplace(member.key(), goText(member.value()));
        for (const auto &[key, item] : sorted)
            text.append(text.empty() ? "" : " ").append(key).append(":").append(item);
        return "map[" + text + "]";
    }
    if (value.is_bool())
        return value.get_bool() ? "true" : "false";
    return value.is_null() ? "<nil>" : scalarText(value);
}

std::string quotedCharacter(std::string_view text)
{
    if (text.starts_with('\''))
        return "'\\''";
    if (text.starts_with('"'))
        return "'\"'";
    std::string quoted = inQuotes(text.substr(0, firstCodePoint(text).length));
    quoted.front() = quoted.back() = '\'';
    return quoted;
}

std::string_view goTypeOf(const json::value &value)
{
    if (value.is_object())
        return "object";
    if (value.is_array())
        return "array";
    if (value.is_bool())
        return "bool";
    if (value.is_null())
        return "null";
    return isText(value) ? "string" : "number";
}

std::string_view goInterfaceOf(const json::value &value)
{
    if (value.is_array())
        return "[]interface {}";
    if (value.is_object())
        return "map[string]interface {}";
    if (value.is_bool())
        return "bool";
    if (value.is_null())
        return "<nil>";
    return isText(value) ? "string" : "json.Number";
}

bool isText(const json::value &value)
{
    return value.is_string() && !keptNumber(value);
}

} // namespace kith::store
