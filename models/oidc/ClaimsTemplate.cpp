// SPDX-License-Identifier: Apache-2.0
#include "oidc/ClaimsTemplate.h"

#include "policy/Scalars.h"
#include "store/Base64.h"
#include "store/GoText.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>
#include <array>

namespace kith::oidc {

namespace json = boost::json;
using policy::TemplateValues;

namespace {

constexpr std::array<std::string_view, 10> Reserved{"iat",       "aud",   "exp",       "iss",     "sub",
                                                    "namespace", "nonce", "auth_time", "at_hash", "c_hash"};

constexpr const char *White = " \t\r\n";

bool takePrefix(std::string_view &text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

Error noValue()
{
    return invalidRequest("no value could be found for one of the template directives");
}

json::object objectOf(const policy::TemplateMetadata &metadata)
{
    json::object object;
    for (const auto &[key, value] : metadata)
        object.emplace(key, value);
    return object;
}

/// `metadata` and `metadata.KEY`; of a key that isn't there an empty text.
std::optional<json::value> metadataValue(const policy::TemplateMetadata &metadata, std::string_view selector)
{
    if (selector.empty())
        return objectOf(metadata);
    if (!takePrefix(selector, "."))
        return std::nullopt;
    const auto found = metadata.find(selector);
    return json::value(json::string(found == metadata.end() ? std::string() : found->second));
}

/// Of an alias on the mount with that accessor; of one that isn't there everything is empty.
Result<json::value> aliasValue(const TemplateValues::Entity &entity, std::string_view selector)
{
    const auto dot = selector.find('.');
    if (dot == std::string_view::npos)
        return invalidRequest("invalid alias selector");
    static const TemplateValues::Alias none;
    const TemplateValues::Alias *alias = &none;
    for (const TemplateValues::Alias &each : entity.aliases)
        if (each.accessor == selector.substr(0, dot))
            alias = &each;
    selector.remove_prefix(dot + 1);
    if (selector == "id" || selector == "name")
        return json::value(json::string(selector == "id" ? alias->id : alias->name));
    std::optional<json::value> value;
    if (takePrefix(selector, "metadata"))
        value = metadataValue(alias->metadata, selector);
    else if (takePrefix(selector, "custom_metadata"))
        value = metadataValue(alias->customMetadata, selector);
    return value ? Result<json::value>(std::move(*value)) : noValue();
}

json::value groupList(const std::vector<TemplateValues::Group> &groups, bool byId)
{
    if (groups.empty())
        return nullptr;
    json::array list;
    for (const TemplateValues::Group &group : groups)
        list.emplace_back(byId ? group.id : group.name);
    return list;
}

Result<json::value> timeValue(std::string_view selector, Nanoseconds now)
{
    constexpr Nanoseconds second = 1'000'000'000;
    if (selector == "now")
        return json::value(now / second);
    const std::string_view whole = selector;
    const bool plus = takePrefix(selector, "now.plus.");
    if (!plus && !takePrefix(selector, "now.minus."))
        return invalidRequest("invalid time selector " + inQuotes(whole));
    const auto duration = policy::parseDuration(selector);
    if (!duration)
        return invalidRequest("invalid duration: " + duration.error().wire);
    return json::value((now + (plus ? *duration : -*duration)) / second);
}

Result<json::value> valueOf(std::string_view directive, const TemplateValues &values)
{
    static const TemplateValues::Entity nobody;
    const TemplateValues::Entity &entity = values.entity ? *values.entity : nobody;
    if (takePrefix(directive, "time."))
        return timeValue(directive, values.now);
    if (directive.starts_with("identity.groups."))
        return invalidRequest("string contains groups template directives but no groups were provided");
    if (!takePrefix(directive, "identity.entity."))
        return noValue();
    if (directive == "id" || directive == "name")
        return json::value(json::string(directive == "id" ? entity.id : entity.name));
    if (directive == "groups.ids" || directive == "groups.names")
        return groupList(values.groups, directive == "groups.ids");
    if (takePrefix(directive, "aliases."))
        return aliasValue(entity, directive);
    if (takePrefix(directive, "metadata"))
        if (auto value = metadataValue(entity.metadata, directive))
            return std::move(*value);
    return noValue();
}

Result<std::string> rendered(std::string_view text, const TemplateValues &values)
{
    const auto parsed = policy::parseTemplate(text);
    if (!parsed)
        return parsed.error();
    std::string out;
    for (const policy::Template::Part &part : parsed->parts) {
        if (!part.directive) {
            out += part.text;
            continue;
        }
        const auto value = valueOf(part.text, values);
        if (!value)
            return value.error();
        store::appendJson(out, *value);
    }
    return out;
}

/// What the JSON reader says of a body, as it is said of a template.
std::string inWords(const Error &error)
{
    std::string_view text = error.wire;
    takePrefix(text, "failed to decode JSON input: ");
    return std::string(text == "unexpected EOF" ? "unexpected end of JSON input" : text);
}

std::size_t endOfDigits(std::string_view text, std::size_t at)
{
    const std::size_t end = text.find_first_not_of("0123456789", at);
    return std::min(end, text.size());
}

/// Its longest beginning that is a number; none: the text's end.
std::size_t endOfNumber(std::string_view text, std::size_t at)
{
    const auto isAt = [&](std::string_view any) {
        return at < text.size() && any.find(text[at]) != std::string_view::npos;
    };
    at += isAt("-") ? 1 : 0;
    const std::size_t whole = isAt("0") ? at + 1 : endOfDigits(text, at);
    if (whole == at)
        return text.size();
    at = whole;
    if (isAt(".")) {
        const std::size_t fraction = endOfDigits(text, at + 1);
        if (fraction == at + 1)
            return text.size();
        at = fraction;
    }
    if (isAt("eE")) {
        ++at;
        at += isAt("+-") ? 1 : 0;
        const std::size_t exponent = endOfDigits(text, at);
        return exponent == at ? text.size() : exponent;
    }
    return at;
}

/// Of an object, a list or a text.
std::size_t endOfEnclosed(std::string_view text, std::size_t at)
{
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = at; i < text.size(); ++i) {
        const char character = text[i];
        if (quoted && character == '\\')
            ++i;
        else if (character == '"')
            quoted = !quoted;
        else if (!quoted && (character == '{' || character == '['))
            ++depth;
        else if (!quoted && (character == '}' || character == ']'))
            --depth;
        if (!quoted && depth == 0)
            return i + 1;
    }
    return text.size();
}

/// Where the value ends that the text begins with; the text's end when it begins with something else.
std::size_t endOfValue(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(White);
    for (const std::string_view word : {"true", "false", "null"})
        if (text.substr(begin).starts_with(word))
            return begin + word.size();
    if (std::string_view("{[\"").find(text[begin]) != std::string_view::npos)
        return endOfEnclosed(text, begin);
    return endOfNumber(text, begin);
}

/// Fails when the text is empty or goes on after its value, too: the reader of bodies lets both pass.
Result<json::object> asObject(const std::string &text)
{
    const auto fail = [](const std::string &why) { return invalidRequest("error parsing template JSON: " + why); };
    if (text.find_first_not_of(White) == std::string::npos)
        return fail("unexpected end of JSON input");
    const std::size_t end = endOfValue(text);
    auto value = store::readJson(std::string_view(text).substr(0, end), store::JsonLimits());
    if (!value)
        return fail(inWords(value.error()));
    if (const std::size_t more = text.find_first_not_of(White, end); more != std::string::npos)
        return fail("invalid character " + store::quotedCharacter(std::string_view(text).substr(more)) +
                    " after top-level value");
    if (value->is_null())
        return json::object();
    if (!value->is_object())
        return fail("json: cannot unmarshal " + std::string(store::goTypeOf(*value)) +
                    " into Go value of type map[string]interface {}");
    return std::move(value->get_object());
}

} // namespace

std::string templateText(std::string_view given)
{
    auto decoded = store::fromBase64(given);
    return decoded ? std::move(*decoded) : std::string(given);
}

Result<void> checkTemplate(std::string_view text)
{
    if (text.empty())
        return {};
    const auto json = rendered(text, TemplateValues());
    if (!json)
        return invalidRequest("error parsing template: " + json.error().wire);
    const auto object = asObject(*json);
    if (!object)
        return object.error();
    for (const std::string_view name : Reserved)
        if (object->contains(name)) {
            std::string all;
            for (const std::string_view each : Reserved)
                all.append(all.empty() ? "" : ", ").append(each);
            return invalidRequest("top level key " + inQuotes(name) + " not allowed. Restricted keys: " + all);
        }
    return {};
}

Result<json::object> claimsOf(std::string_view text, const TemplateValues &values)
{
    if (text.empty())
        return json::object();
    const auto json = rendered(text, values);
    if (!json)
        return invalidRequest("error parsing template: " + json.error().wire);
    auto object = asObject(*json);
    if (object)
        for (const std::string_view name : Reserved)
            object->erase(name);
    return object;
}

} // namespace kith::oidc
