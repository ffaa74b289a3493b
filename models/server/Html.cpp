// SPDX-License-Identifier: Apache-2.0
#include "server/Html.h"

#include "store/Escapes.h"

#include <stdexcept>
#include <vector>

namespace kith::server {

namespace json = boost::json;

namespace {

using Scope = std::vector<const json::object *>; ///< The innermost last.

const json::value *find(const Scope &scope, std::string_view name)
{
    for (auto object = scope.rbegin(); object != scope.rend(); ++object)
        if (const json::value *value = (*object)->if_contains(name))
            return value;
    return nullptr;
}

void fill(std::string &out, std::string_view text, Scope &scope);

void fillSection(std::string &out, std::string_view inside, const json::value *value, Scope &scope)
{
    const auto once = [&](const json::value &each) {
        if (each.is_object())
            scope.push_back(&each.get_object());
        fill(out, inside, scope);
        if (each.is_object())
            scope.pop_back();
    };
    if (!value || value->is_null() || (value->is_bool() && !value->get_bool()))
        return;
    if (!value->is_array())
        return once(*value);
    for (const json::value &each : value->get_array())
        once(each);
}

void fill(std::string &out, std::string_view text, Scope &scope)
{
    while (!text.empty()) {
        const auto begin = text.find("{{");
        out += text.substr(0, begin);
        if (begin == std::string_view::npos)
            return;
        text.remove_prefix(begin + 2);
        const auto end = text.find("}}");
        if (end == std::string_view::npos)
            throw std::logic_error("a tag of a template isn't closed");
        std::string_view name = text.substr(0, end);
        text.remove_prefix(end + 2);
        if (!name.starts_with('#')) {
            const json::value *value = find(scope, name);
            if (value && value->is_string())
                out += escapedForHtml(value->get_string());
            continue;
        }
        name.remove_prefix(1);
        const std::string close = "{{/" + std::string(name) + "}}";
        const auto inside = text.find(close);
        if (inside == std::string_view::npos)
            throw std::logic_error("a section of a template isn't closed");
        fillSection(out, text.substr(0, inside), find(scope, name), scope);
        text.remove_prefix(inside + close.size());
    }
}

} // namespace

std::string fillTemplate(std::string_view text, const json::object &values)
{
    std::string out;
    Scope scope{&values};
    fill(out, text, scope);
    return out;
}

} // namespace kith::server
