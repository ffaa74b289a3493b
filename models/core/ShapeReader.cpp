// SPDX-License-Identifier: Apache-2.0
#include "core/ShapeReader.h"

#include "store/GoText.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

/// 8-4-4-4-12 hexadecimal digits in lower case; outside the root namespace "." and the namespace's id follow.
bool isId(std::string_view text)
{
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (text.size() < form.size() || (text.size() > form.size() && text[form.size()] != '.'))
        return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const char c = text[i];
        const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (form[i] == '-' ? c != '-' : !digit)
            return false;
    }
    return true;
}

} // namespace

const json::value *ShapeReader::find(std::string_view name) const
{
    const json::value *value = m_object.if_contains(name);
    return value && !value->is_null() ? value : nullptr;
}

void ShapeReader::fail(std::string_view name, std::string_view must)
{
    if (!m_wrong)
        m_wrong = invalidRequest(placeOf(name) + " must be " + std::string(must));
}

void ShapeReader::takeOver(const ShapeReader &other)
{
    if (!m_wrong)
        m_wrong = other.m_wrong;
}

std::string ShapeReader::requiredId(std::string_view name)
{
    std::string id = text(name);
    if (!isId(id))
        fail(name, "a UUID in lower case");
    return id;
}

std::string ShapeReader::requiredText(std::string_view name)
{
    std::string value = text(name);
    if (value.empty())
        fail(name, "a text that isn't empty");
    return value;
}

std::string ShapeReader::text(std::string_view name)
{
    const json::value *value = find(name);
    if (!value)
        return {};
    if (!store::isText(*value)) {
        fail(name, "a text");
        return {};
    }
    return std::string(value->get_string());
}

bool ShapeReader::flag(std::string_view name)
{
    const json::value *value = find(name);
    if (value && !value->is_bool())
        fail(name, "true or false");
    return value && value->is_bool() && value->get_bool();
}

std::int64_t ShapeReader::count(std::string_view name)
{
    const json::value *value = find(name);
    if (!value)
        return 0;
    if (!value->is_int64() || value->get_int64() < 0) {
        fail(name, "a whole number");
        return 0;
    }
    return value->get_int64();
}

Nanoseconds ShapeReader::time(std::string_view name)
{
    const std::string given = text(name);
    if (given.empty())
        return 0;
    const auto parsed = fromRfc3339(given);
    if (!parsed)
        fail(name, "a time like 2026-11-22T08:00:00.5Z");
    return parsed.value_or(0);
}

std::optional<std::vector<std::string>> ShapeReader::texts(std::string_view name)
{
    const json::value *value = find(name);
    if (!value)
        return std::nullopt;
    std::vector<std::string> all;
    const json::array *items = value->if_array();
    if (!items || !std::all_of(items->begin(), items->end(), store::isText)) {
        fail(name, "a list of texts");
        return all;
    }
    all.reserve(items->size());
    for (const json::value &item : *items)
        all.emplace_back(item.get_string());
    return all;
}

identity::StoredMetadata ShapeReader::metadata(std::string_view name)
{
    const json::value *value = find(name);
    if (!value)
        return std::nullopt;
    identity::Metadata pairs;
    if (!value->is_object()) {
        fail(name, "an object of texts");
        return pairs;
    }
    for (const auto &[key, item] : value->get_object()) {
        if (store::isText(item))
            pairs.emplace(key, item.get_string());
        else
            fail(name, "an object of texts");
    }
    return pairs;
}

const json::object *ShapeReader::object(std::string_view name)
{
    const json::value *value = find(name);
    if (!value)
        return nullptr;
    if (!value->is_object()) {
        fail(name, "an object");
        return nullptr;
    }
    return value->get_object().empty() ? nullptr : &value->get_object();
}

std::vector<const json::object *> ShapeReader::objects(std::string_view name)
{
    std::vector<const json::object *> all;
    const json::value *value = find(name);
    if (!value)
        return all;
    const json::array *items = value->if_array();
    if (!items || !std::all_of(items->begin(), items->end(), [](const json::value &i) { return i.is_object(); })) {
        fail(name, "a list of objects");
        return all;
    }
    for (const json::value &item : *items)
        all.push_back(&item.get_object());
    return all;
}

} // namespace kith::core
