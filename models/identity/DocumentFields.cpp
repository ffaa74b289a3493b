// SPDX-License-Identifier: Apache-2.0
#include "identity/DocumentFields.h"

#include "store/GoText.h"

namespace kith::identity {

namespace {

namespace json = boost::json;

const char *kindName(const json::value &value)
{
    switch (value.kind()) {
    case json::kind::null:
        return "null";
    case json::kind::bool_:
        return "a truth value";
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
        return "a number";
    case json::kind::string:
        return store::isText(value) ? "a text" : "a number";
    case json::kind::array:
        return "a list";
    case json::kind::object:
        return "an object";
    }
    return "something else";
}

std::string element(std::string_view key, std::size_t index)
{
    return std::string(key) + "[" + std::to_string(index) + "]";
}

std::string labelOf(const json::object &object, const std::string &kind)
{
    const json::value *name = object.if_contains("name");
    if (kind.empty() || !name || !store::isText(*name))
        return kind;
    return kind + " " + shownName({name->get_string().data(), name->get_string().size()});
}

} // namespace

DocumentFields::DocumentFields(const json::object &object, std::string place, std::string kind, Problems &problems)
    : m_object(object), m_place(std::move(place)), m_label(labelOf(object, kind)), m_problems(problems)
{}

std::string DocumentFields::placeOf(std::string_view key) const
{
    return m_place.empty() || key.empty() ? m_place + std::string(key) : m_place + "." + std::string(key);
}

void DocumentFields::error(std::string code, std::string_view key, std::string text)
{
    m_problems.add({Problem::Severity::Error, std::move(code), placeOf(key), m_label, std::move(text)});
}

void DocumentFields::warning(std::string code, std::string_view key, std::string text)
{
    m_problems.add({Problem::Severity::Warning, std::move(code), placeOf(key), m_label, std::move(text)});
}

void DocumentFields::wrongType(std::string_view key, const char *expected, const json::value &found)
{
    error("wrong-type", key, std::string("expected ") + expected + ", found " + kindName(found));
}

const json::value *DocumentFields::find(std::string_view key)
{
    m_known.push_back(key);
    const json::value *value = m_object.if_contains({key.data(), key.size()});
    return value && !value->is_null() ? value : nullptr;
}

const json::value *DocumentFields::typed(std::string_view key, json::kind kind, const char *expected)
{
    const json::value *value = find(key);
    if (!value || value->kind() == kind)
        return value;
    wrongType(key, expected, *value);
    return nullptr;
}

std::optional<std::string> DocumentFields::text(std::string_view key)
{
    const json::value *value = typed(key, json::kind::string, "a text");
    if (value && !store::isText(*value)) {
        wrongType(key, "a text", *value);
        return std::nullopt;
    }
    return value ? std::optional(std::string(value->get_string())) : std::nullopt;
}

std::optional<bool> DocumentFields::flag(std::string_view key)
{
    const json::value *value = typed(key, json::kind::bool_, "true or false");
    return value ? std::optional(value->get_bool()) : std::nullopt;
}

const json::array *DocumentFields::list(std::string_view key)
{
    const json::value *value = typed(key, json::kind::array, "a list");
    return value ? &value->get_array() : nullptr;
}

const json::object *DocumentFields::object(std::string_view key)
{
    const json::value *value = typed(key, json::kind::object, "an object");
    return value ? &value->get_object() : nullptr;
}

std::optional<std::vector<std::pair<std::size_t, std::string>>> DocumentFields::texts(std::string_view key)
{
    const json::array *values = list(key);
    if (!values)
        return std::nullopt;
    std::vector<std::pair<std::size_t, std::string>> out;
    out.reserve(values->size());
    for (std::size_t i = 0; i < values->size(); ++i) {
        const json::value &value = (*values)[i];
        if (store::isText(value))
            out.emplace_back(i, std::string(value.get_string()));
        else
            wrongType(element(key, i), "a text", value);
    }
    return out;
}

StoredMetadata DocumentFields::metadata(std::string_view key)
{
    const json::object *pairs = object(key);
    if (!pairs)
        return std::nullopt;
    Metadata out;
    for (const auto &pair : *pairs) {
        const std::string name(pair.key());
        if (store::isText(pair.value()))
            out.emplace(name, std::string(pair.value().get_string()));
        else
            wrongType(std::string(key) + "." + name, "a text", pair.value());
    }
    return out;
}

void DocumentFields::warnUnknown()
{
    for (const auto &pair : m_object) {
        const std::string_view key(pair.key().data(), pair.key().size());
        if (std::find(m_known.begin(), m_known.end(), key) == m_known.end())
            warning("unknown-key", shownName(key), "a document has no such key; it is ignored");
    }
}

} // namespace kith::identity
