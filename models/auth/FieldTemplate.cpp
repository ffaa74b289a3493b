// SPDX-License-Identifier: Apache-2.0
#include "auth/FieldTemplate.h"

#include <algorithm>
#include <cctype>

namespace kith::auth {

namespace {

constexpr std::string_view Begin = "{{";
constexpr std::string_view End = "}}";

/// The path between the braces: ".a.b" as {"a", "b"}. Nothing: it is none.
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

} // namespace

std::optional<std::string> filledIn(std::string_view text, const TemplateFields &fields)
{
    std::string out;
    for (auto begin = text.find(Begin); begin != std::string_view::npos; begin = text.find(Begin)) {
        const auto end = text.find(End, begin);
        if (end == std::string_view::npos)
            return std::nullopt;
        const auto path = templatePath(text.substr(begin + Begin.size(), end - begin - Begin.size()));
        const auto value = path ? fields(*path) : std::nullopt;
        if (!value)
            return std::nullopt;
        out.append(text.substr(0, begin)).append(*value);
        text.remove_prefix(end + End.size());
    }
    return out.append(text);
}

} // namespace kith::auth
