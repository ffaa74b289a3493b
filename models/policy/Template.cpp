// SPDX-License-Identifier: Apache-2.0
#include "policy/Template.h"

#include "policy/Scalars.h"

#include <algorithm>
#include <array>

namespace kith::policy {

namespace {

bool takePrefix(std::string_view &text, std::string_view prefix)
{
    if (text.substr(0, prefix.size()) != prefix)
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::optional<std::string> filled(const std::string &text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<std::string> found(const TemplateMetadata &metadata, std::string_view key)
{
    const auto entry = metadata.find(key);
    return entry == metadata.end() ? std::nullopt : filled(entry->second);
}

/// id, name, or metadata.KEY of an entity or a group.
template <class Object>
std::optional<std::string> common(const Object &object, std::string_view selector)
{
    if (selector == "id")
        return filled(object.id);
    if (selector == "name")
        return filled(object.name);
    if (takePrefix(selector, "metadata."))
        return found(object.metadata, selector);
    return std::nullopt;
}

std::optional<std::string> aliasValue(const TemplateValues::Entity &entity, std::string_view selector)
{
    const std::size_t dot = selector.find('.');
    if (dot == std::string_view::npos)
        return std::nullopt;
    const std::string_view accessor = selector.substr(0, dot);
    const auto alias = std::find_if(entity.aliases.begin(), entity.aliases.end(),
                                    [&](const TemplateValues::Alias &a) { return a.accessor == accessor; });
    if (alias == entity.aliases.end())
        return std::nullopt;
    selector.remove_prefix(dot + 1);
    if (takePrefix(selector, "custom_metadata."))
        return found(alias->customMetadata, selector);
    return common(*alias, selector);
}

/// ids.ID.… or names.NAME.…: ids and names may hold dots, so every group is tried.
std::optional<std::string> groupValue(const std::vector<TemplateValues::Group> &groups, std::string_view selector)
{
    const bool byId = takePrefix(selector, "ids.");
    if (!byId && !takePrefix(selector, "names."))
        return std::nullopt;
    for (const TemplateValues::Group &group : groups) {
        if (!byId && !group.sameNamespace)
            continue;
        std::string_view rest = selector;
        if (takePrefix(rest, byId ? group.id : group.name) && takePrefix(rest, "."))
            return common(group, rest);
    }
    return std::nullopt;
}

std::optional<std::string> timeValue(std::string_view selector, Nanoseconds now)
{
    constexpr Nanoseconds second = 1'000'000'000;
    const Nanoseconds seconds = now / second;
    if (selector == "now")
        return std::to_string(seconds);
    const bool plus = takePrefix(selector, "now.plus.");
    if (!plus && !takePrefix(selector, "now.minus."))
        return std::nullopt;
    const auto duration = parseDuration(selector);
    if (!duration)
        return std::nullopt;
    return std::to_string(seconds + (plus ? *duration : -*duration) / second);
}

std::string_view forbiddenIn(std::string_view value, const Policy &policy)
{
    if (!policy.allowSlashes && value.find('/') != std::string_view::npos)
        return "/";
    if (policy.allowWildcards)
        return {};
    for (const std::string_view wildcard : {"*", "+"}) {
        if (value.find(wildcard) != std::string_view::npos)
            return wildcard;
    }
    return {};
}

/// None: the template can't be filled.
Result<std::optional<std::string>> renderPath(const Policy &policy, const PathRule &rule, const TemplateValues &values)
{
    const auto path = parseTemplate(rule.path);
    if (!path)
        return path.error();
    std::string rendered;
    for (const Template::Part &part : path->parts) {
        if (!part.directive) {
            rendered += part.text;
            continue;
        }
        const auto value = templateValue(part.text, values);
        if (!value)
            return std::optional<std::string>();
        if (const std::string_view forbidden = forbiddenIn(*value, policy); !forbidden.empty()) {
            return Error{ErrorCode::PermissionDenied,
                         403,
                         "error parsing templated policy \"" + policy.name + "\": failed to parse policy: path \"" +
                             rule.path + "\": template substitution contains forbidden value: \"" +
                             std::string(forbidden) + "\"",
                         {}};
        }
        rendered += *value;
    }
    return std::optional(std::move(rendered));
}

} // namespace

std::vector<std::string> Template::directives() const
{
    std::vector<std::string> list;
    for (const Part &part : parts) {
        if (part.directive && std::find(list.begin(), list.end(), part.text) == list.end())
            list.push_back(part.text);
    }
    return list;
}

bool Template::plain() const
{
    return std::none_of(parts.begin(), parts.end(), [](const Part &part) { return part.directive; });
}

Result<Template> parseTemplate(std::string_view text)
{
    const Error unbalanced = invalidRequest("unbalanced templating characters");
    Template result;
    const auto add = [&](bool directive, std::string_view part) {
        if (directive || !part.empty())
            result.parts.push_back({directive, std::string(part)});
    };
    while (true) {
        const std::size_t open = text.find("{{");
        const std::string_view literal = text.substr(0, open);
        if (literal.find("}}") != std::string_view::npos)
            return unbalanced;
        add(false, literal);
        if (open == std::string_view::npos)
            return result;
        const std::size_t close = text.find("}}", open + 2);
        if (close == std::string_view::npos)
            return unbalanced;
        const std::string_view inner = text.substr(open + 2, close - open - 2);
        if (inner.find("{{") != std::string_view::npos)
            return unbalanced;
        add(true, trimmed(inner));
        text.remove_prefix(close + 2);
    }
}

std::optional<std::string> templateValue(std::string_view directive, const TemplateValues &values)
{
    if (takePrefix(directive, "time."))
        return timeValue(directive, values.now);
    if (!values.entity)
        return std::nullopt;
    if (takePrefix(directive, "identity.groups."))
        return groupValue(values.groups, directive);
    if (!takePrefix(directive, "identity.entity."))
        return std::nullopt;
    if (takePrefix(directive, "aliases."))
        return aliasValue(*values.entity, directive);
    return common(*values.entity, directive);
}

Result<Policy> renderPolicy(const Policy &policy, const TemplateValues &values)
{
    Policy rendered = policy;
    rendered.rules.clear();
    for (const PathRule &rule : policy.rules) {
        if (!rule.templated) {
            rendered.rules.push_back(rule);
            continue;
        }
        auto path = renderPath(policy, rule, values);
        if (!path)
            return path.error();
        if (!*path)
            continue;
        PathRule filledRule = rule;
        filledRule.path = std::move(**path);
        filledRule.templated = false;
        rendered.rules.push_back(std::move(filledRule));
    }
    return rendered;
}

} // namespace kith::policy
