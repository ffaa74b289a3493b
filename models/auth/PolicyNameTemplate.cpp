// SPDX-License-Identifier: Apache-2.0
#include "auth/PolicyNameTemplate.h"

#include "store/GoText.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>

namespace kith::auth {

namespace json = boost::json;

namespace {

constexpr std::string_view Begin = "{{";
constexpr std::string_view End = "}}";

/// The path of claims between the braces: ".a.b" as {"a", "b"}. Nothing: it is none.
std::optional<std::vector<std::string>> templatePath(std::string_view inside)
{
    const auto first = inside.find_first_not_of(" \t");
    const auto last = inside.find_last_not_of(" \t");
    if (first == std::string_view::npos || inside[first] != '.')
        return std::nullopt;
    std::vector<std::string> path;
    for (const char c : inside.substr(first, last - first + 1)) {
        if (c == '.')
            path.emplace_back();
        else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')
            path.back().push_back(c);
        else
            return std::nullopt;
    }
    const bool whole = std::none_of(path.begin(), path.end(), [](const std::string &name) { return name.empty(); });
    return whole ? std::optional(std::move(path)) : std::nullopt;
}

/// Runs `fill(path)` for each place of a template and gives the text with what it returned. Nothing: it is none.
template <class Fill>
std::optional<std::string> filledIn(std::string_view text, Fill &&fill)
{
    std::string out;
    for (auto begin = text.find(Begin); begin != std::string_view::npos; begin = text.find(Begin)) {
        const auto end = text.find(End, begin);
        if (end == std::string_view::npos)
            return std::nullopt;
        const auto path = templatePath(text.substr(begin + Begin.size(), end - begin - Begin.size()));
        if (!path)
            return std::nullopt;
        out.append(text.substr(0, begin)).append(fill(*path));
        text.remove_prefix(end + End.size());
    }
    return out.append(text);
}

/// As Go prints a claim inside a template.
std::string claimText(const json::object &claims, const std::vector<std::string> &path)
{
    const json::object *object = &claims;
    const json::value *value = nullptr;
    for (const std::string &name : path) {
        value = object ? object->if_contains(name) : nullptr;
        object = value ? value->if_object() : nullptr;
    }
    return value && !value->is_null() ? store::goText(*value) : "<no value>";
}

} // namespace

Result<void> checkPolicyTemplates(const std::vector<std::string> &names)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!filledIn(names[i], [](const auto &) { return std::string(); }))
            return rawError("failed to parse template policy [" + std::to_string(i) +
                            "]: only fields such as {{.sub}} can be filled in: " + names[i]);
    return {};
}

std::string filledPolicyName(const std::string &name, const json::object &claims)
{
    return filledIn(name, [&](const auto &path) { return claimText(claims, path); }).value_or(name);
}

} // namespace kith::auth
