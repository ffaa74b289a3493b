// SPDX-License-Identifier: Apache-2.0
#include "server/Url.h"

#include <charconv>

namespace kith::server {

namespace {

enum class Plus { Itself, Blank };

std::optional<std::string> decoded(std::string_view text, Plus plus)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::Blank) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            unsigned byte = 0;
            const char *first = text.data() + i + 1;
            if (text.size() - i < 3 || std::from_chars(first, first + 2, byte, 16).ptr != first + 2)
                return std::nullopt;
            out += static_cast<char>(byte);
            i += 2;
        }
    }
    return out;
}

std::string_view nextSegment(std::string_view &rest)
{
    const auto end = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return segment;
}

} // namespace

Target splitTarget(std::string_view target)
{
    if (!target.starts_with('/')) {
        const auto scheme = target.find("://");
        const auto path = scheme == std::string_view::npos ? scheme : target.find('/', scheme + 3);
        target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
    const auto mark = target.find('?');
    if (mark == std::string_view::npos)
        return {target, {}};
    return {target.substr(0, mark), target.substr(mark + 1)};
}

std::optional<std::string> decodePath(std::string_view text)
{
    return decoded(text, Plus::Itself);
}

std::optional<std::string> decodeQuery(std::string_view text)
{
    return decoded(text, Plus::Blank);
}

Pairs readPairs(std::string_view text)
{
    Pairs pairs;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty())
            continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = decodeQuery(pair.substr(0, equals));
        auto value = decodeQuery(pair.substr(std::min(equals + 1, pair.size())));
        if (name && value && pair.find(';') == std::string_view::npos)
            pairs.list.emplace_back(std::move(*name), std::move(*value));
        else
            pairs.clean = false;
    }
    return pairs;
}

std::string cleanPath(std::string_view path)
{
    std::vector<std::string_view> kept;
    for (std::string_view rest = path; !rest.empty();) {
        const std::string_view segment = nextSegment(rest);
        if (segment == ".." && !kept.empty())
            kept.pop_back();
        else if (!segment.empty() && segment != "." && segment != "..")
            kept.push_back(segment);
    }
    std::string out;
    for (const std::string_view segment : kept)
        out.append("/").append(segment);
    if (out.empty() || path.ends_with('/'))
        out += '/';
    return out;
}

bool isRelative(std::string_view path)
{
    while (!path.empty()) {
        const std::string_view segment = nextSegment(path);
        if (segment == "." || segment == "..")
            return true;
    }
    return false;
}

} // namespace kith::server
