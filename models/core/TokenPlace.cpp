// SPDX-License-Identifier: Apache-2.0
#include "core/TokenPlace.h"

#include <algorithm>

namespace kith::core {

namespace {

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool isAboutAsker(const Request &request)
{
    return isOneOf(request.path, {"auth/token/lookup-self", "auth/token/renew-self", "auth/token/revoke-self",
                                  "sys/wrapping/lookup", "sys/wrapping/unwrap", "sys/wrapping/rewrap"}) ||
           (request.path == "auth/token/lookup" && !request.data.contains("token"));
}

/// Empty: none.
std::string_view namedToken(const Request &request)
{
    if (!isOneOf(request.path,
                 {"auth/token/lookup", "auth/token/renew", "auth/token/revoke", "auth/token/revoke-orphan"}))
        return {};
    const boost::json::value *named = request.data.if_contains("token");
    return named && named->is_string() ? std::string_view(named->get_string()) : std::string_view();
}

/// The namespace that a token says it is of; null: it says none.
const identity::Namespace *placeIn(std::string_view token, const std::vector<identity::Namespace> &all)
{
    constexpr std::size_t ShortId = 6; // what a token of the root ends in is longer, and needs no search
    const auto dot = token.rfind('.');
    if (dot == std::string_view::npos || token.size() - dot - 1 != ShortId)
        return nullptr;
    const auto place = std::find_if(all.begin(), all.end(), [&](const identity::Namespace &each) {
        return each.parent && each.shortId == token.substr(dot + 1);
    });
    return place == all.end() ? nullptr : &*place;
}

} // namespace

const identity::Namespace *placeOfToken(const Request &request, const identity::MountTable &mounts)
{
    const std::vector<identity::Namespace> &all = mounts.namespaces();
    if (!isAboutAsker(request))
        return placeIn(namedToken(request), all);
    const identity::Namespace *place = placeIn(request.token, all);
    return place || request.token.empty() ? place : &all.front();
}

} // namespace kith::core
