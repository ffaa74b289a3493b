// SPDX-License-Identifier: Apache-2.0
#include "store/Json.h"

#include "store/JsonBytes.h"

#include <array>
#include <charconv>
#include <vector>

namespace kith::store {

namespace json = boost::json;

namespace {

constexpr char NumberMark = '\xFF';

void appendEscape(std::string &out, unsigned char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        out += "\\u00";
        out += digits[c >> 4];
        out += digits[c & 15];
    }
}

template <class Number>
void appendNumber(std::string &out, Number number)
{
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
    out.append(text.data(), end.ptr);
}

void appendScalar(std::string &out, const json::value &value)
{
    switch (value.kind()) {
    case json::kind::null:
        out += "null";
        return;
    case json::kind::bool_:
        out += value.get_bool() ? "true" : "false";
        return;
    case json::kind::int64:
        appendNumber(out, value.get_int64());
        return;
    case json::kind::uint64:
        appendNumber(out, value.get_uint64());
        return;
    case json::kind::double_:
        appendNumber(out, value.get_double());
        return;
    default:
        if (const auto number = keptNumber(value))
            out += *number;
        else
            appendJsonText(out, std::string_view(value.get_string().data(), value.get_string().size()));
    }
}

} // namespace

std::optional<std::string_view> keptNumber(const json::value &value)
{
    const json::string *text = value.if_string();
    if (!text || text->empty() || text->front() != NumberMark)
        return std::nullopt;
    return std::string_view(text->data() + 1, text->size() - 1);
}

void appendJsonText(std::string &out, std::string_view text)
{
    out += '"';
    for (;;) {
        const std::size_t plain = plainFront(text).length;
        out.append(text, 0, plain);
        if (plain == text.size())
            break;
        appendEscape(out, static_cast<unsigned char>(text[plain]));
        text.remove_prefix(plain + 1);
    }
    out += '"';
}

void appendJson(std::string &out, const json::value &value)
{
    if (const json::array *items = value.if_array()) {
        out += '[';
        for (const json::value &item : *items) {
            if (&item != items->data())
                out += ',';
            appendJson(out, item);
        }
        out += ']';
    } else if (const json::object *members = value.if_object()) {
        out += '{';
        for (auto member = members->begin(); member != members->end(); ++member) {
            if (member != members->begin())
                out += ',';
            appendJsonText(out, member->key());
            out += ':';
            appendJson(out, member->value());
        }
        out += '}';
    } else {
        appendScalar(out, value);
    }
}

std::string toJson(const json::value &value)
{
    std::string out;
    appendJson(out, value);
    return out;
}

std::string textIn(const boost::json::object &object, std::string_view name)
{
    const boost::json::value *value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t numberIn(const boost::json::object &object, std::string_view name)
{
    const boost::json::value *value = object.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

bool flagIn(const boost::json::object &object, std::string_view name, bool usual)
{
    const boost::json::value *value = object.if_contains(name);
    return value && value->is_bool() ? value->get_bool() : usual;
}

std::vector<std::string> textsIn(const boost::json::object &object, std::string_view name)
{
    std::vector<std::string> texts;
    const boost::json::value *value = object.if_contains(name);
    if (value && value->is_array())
        for (const boost::json::value &item : value->get_array())
            if (item.is_string())
                texts.emplace_back(item.get_string());
    return texts;
}

} // namespace kith::store
