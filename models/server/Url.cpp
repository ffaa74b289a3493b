// SPDX-License-Identifier: Apache-2.0
#include "server/Url.h"

#include "store/Escapes.h"

#include <algorithm>

namespace kith::server {

namespace {

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

std::string_view first(const Pairs &pairs, std::string_view name)
{
    for (const auto &[key, value] : pairs.list)
        if (key == name)
            return value;
    return {};
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
