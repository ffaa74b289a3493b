// SPDX-License-Identifier: Apache-2.0
#include "policy/KeyFilter.h"

#include "policy/Scalars.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::policy {

namespace {

Error refused(std::string_view before, const std::string &why)
{
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    return invalidRequest("unable to parse template: template: template:" + std::to_string(line) + ": " + why);
}

/// Why an action that is neither `.key` nor `.path` isn't understood.
std::string problemOf(std::string_view action)
{
    if (action.empty())
        return "missing value for command";
    if (const std::size_t pipe = action.find('|'); pipe != std::string_view::npos)
        action = trimmed(action.substr(pipe + 1));
    const std::string_view word = action.substr(0, std::min(action.find_first_of(" .|()\"`"), action.size()));
    if (word.empty())
        return "unexpected " + inQuotes(action.substr(0, 1)) + " in command";
    return "function " + inQuotes(word) + " not defined";
}

bool isField(std::string_view action)
{
    return action.size() > 1 && action.front() == '.' && std::all_of(action.begin() + 1, action.end(), [](char c) {
               return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
           });
}

} // namespace

Result<std::string> renderKeyFilter(std::string_view text, std::string_view path, std::string_view key)
{
    std::string out;
    std::size_t at = 0;
    while (true) {
        const std::size_t open = text.find("{{", at);
        out += text.substr(at, open == std::string_view::npos ? open : open - at);
        if (open == std::string_view::npos)
            return out;
        const std::size_t close = text.find("}}", open + 2);
        if (close == std::string_view::npos) {
            const std::string_view rest = trimmed(text.substr(open + 2));
            const bool field = rest.empty() || rest.front() == '.';
            return refused(text, field ? "unclosed action" : problemOf(rest));
        }
        const std::string_view action = trimmed(text.substr(open + 2, close - open - 2));
        if (action == ".key")
            out += key;
        else if (action == ".path")
            out += path;
        else if (isField(action))
            out += "<no value>";
        else
            return refused(text.substr(0, close), problemOf(action));
        at = close + 2;
    }
}

} // namespace kith::policy
