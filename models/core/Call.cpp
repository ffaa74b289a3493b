// SPDX-License-Identifier: Apache-2.0
#include "core/Call.h"

#include <algorithm>
#include <stdexcept>

namespace kith::core {

template <class T>
const T *Call::value(std::string_view name, std::initializer_list<FieldType> types) const
{
    const auto field = std::find_if(m_fields->begin(), m_fields->end(), [&](const Field &f) { return f.name == name; });
    if (field == m_fields->end() || std::find(types.begin(), types.end(), field->type) == types.end())
        throw std::logic_error("the route doesn't declare " + std::string(name));
    const auto found = m_values.find(name);
    return found == m_values.end() ? nullptr : &std::get<T>(found->second);
}

namespace {

template <class T>
std::optional<T> copied(const T *value)
{
    return value ? std::optional<T>(*value) : std::nullopt;
}

} // namespace

const identity::MountEntry &Call::mount() const
{
    if (!m_mount)
        throw std::logic_error("no mount at " + m_request.path);
    return *m_mount;
}

bool Call::has(std::string_view name) const
{
    return m_values.find(name) != m_values.end();
}

bool Call::isNull(std::string_view name) const
{
    const auto *sent = m_request.data.if_contains(name);
    return sent && sent->is_null();
}

std::optional<std::string> Call::text(std::string_view name) const
{
    return copied(value<std::string>(name, {FieldType::Text, FieldType::InPath}));
}

std::optional<bool> Call::flag(std::string_view name) const
{
    return copied(value<bool>(name, {FieldType::Bool}));
}

std::optional<std::int64_t> Call::number(std::string_view name) const
{
    return copied(value<std::int64_t>(name, {FieldType::Int}));
}

std::optional<std::int64_t> Call::seconds(std::string_view name) const
{
    return copied(value<std::int64_t>(name, {FieldType::Duration, FieldType::SignedDuration}));
}

std::optional<std::vector<std::string>> Call::list(std::string_view name) const
{
    return copied(value<std::vector<std::string>>(name, {FieldType::List, FieldType::Texts}));
}

std::optional<Pairs> Call::pairs(std::string_view name) const
{
    return copied(value<Pairs>(name, {FieldType::Pairs}));
}

std::optional<boost::json::object> Call::object(std::string_view name) const
{
    const auto *found = value<boost::json::value>(name, {FieldType::Object});
    return found ? std::optional(found->as_object()) : std::nullopt;
}

const boost::json::value *Call::any(std::string_view name) const
{
    return value<boost::json::value>(name, {FieldType::Any});
}

} // namespace kith::core
