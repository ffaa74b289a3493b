// SPDX-License-Identifier: Apache-2.0
#include "core/GoBody.h"

#include "store/GoText.h"
#include "store/Json.h"

#include <algorithm>
#include <limits>

namespace kith::core {

namespace json = boost::json;

namespace {

bool sameLetters(std::string_view one, std::string_view other)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [&](char left, char right) { return lower(left) == lower(right); });
}

} // namespace

/// Go takes a member's name in any case.
const json::value *GoBody::sent(std::string_view name) const
{
    for (const auto &member : m_call.request().data)
        if (sameLetters(name, {member.key().data(), member.key().size()}) && !member.value().is_null())
            return &member.value();
    return nullptr;
}

void GoBody::fail(std::string_view name, const json::value &value, std::string_view type)
{
    if (m_wrong)
        return;
    std::string what = "number";
    if (const auto number = store::keptNumber(value))
        what += type == "int" ? " " + std::string(*number) : std::string();
    else if (value.is_string())
        what = "string";
    else if (value.is_bool())
        what = "bool";
    else if (value.is_object())
        what = "object";
    else if (value.is_array())
        what = "array";
    m_wrong = invalidRequest("failed to decode JSON input: json: cannot unmarshal " + what + " into Go struct field " +
                             std::string(m_struct) + "." + std::string(name) + " of type " + std::string(type));
}

std::string GoBody::text(std::string_view name)
{
    const json::value *value = sent(name);
    if (!value)
        return {};
    if (store::isText(*value))
        return {value->get_string().data(), value->get_string().size()};
    fail(name, *value, "string");
    return {};
}

int GoBody::number(std::string_view name)
{
    const json::value *value = sent(name);
    if (!value)
        return 0;
    if (const auto *number = value->if_int64())
        if (*number >= std::numeric_limits<int>::min() && *number <= std::numeric_limits<int>::max())
            return static_cast<int>(*number);
    fail(name, *value, "int");
    return 0;
}

bool GoBody::flag(std::string_view name)
{
    const json::value *value = sent(name);
    if (!value)
        return false;
    if (const bool *flag = value->if_bool())
        return *flag;
    fail(name, *value, "bool");
    return false;
}

std::size_t GoBody::listSize(std::string_view name)
{
    const json::value *value = sent(name);
    if (!value)
        return 0;
    if (const json::array *list = value->if_array())
        return list->size();
    fail(name, *value, "[]string");
    return 0;
}

} // namespace kith::core
