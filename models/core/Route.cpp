// SPDX-License-Identifier: Apache-2.0
#include "core/Route.h"

#include <algorithm>

namespace kith::core {

namespace {

using Captures = std::map<std::string, std::string, std::less<>>;

bool isWordChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isGenericName(std::string_view text)
{
    if (text.empty() || !isWordChar(text.front()) || !isWordChar(text.back()))
        return false;
    for (const char c : text)
        if (!isWordChar(c) && c != '-' && c != '.')
            return false;
    return true;
}

bool matchRest(std::string_view pattern, std::string_view path, Captures &captures);

/// `:name+` and `:name*` take as much as they can, as a greedy regular expression does.
bool matchAnything(std::string_view name, std::string_view after, std::string_view path, std::size_t least,
                   Captures &captures)
{
    for (std::size_t length = path.size() + 1; length-- > least;) {
        if (matchRest(after, path.substr(length), captures)) {
            captures.insert_or_assign(std::string(name), std::string(path.substr(0, length)));
            return true;
        }
    }
    return false;
}

bool matchRest(std::string_view pattern, std::string_view path, Captures &captures)
{
    if (pattern.empty())
        return path.empty();
    if (pattern == "/")
        return path.empty() || path == "/";
    if (pattern.front() != ':') {
        const auto length = std::min(pattern.find(':'), pattern.size());
        if (length == pattern.size() && pattern.ends_with('/'))
            return path == pattern || path == pattern.substr(0, length - 1);
        return path.starts_with(pattern.substr(0, length)) &&
               matchRest(pattern.substr(length), path.substr(length), captures);
    }
    const auto end = std::min(pattern.find_first_of("/+*"), pattern.size());
    const std::string_view name = pattern.substr(1, end - 1);
    if (end < pattern.size() && pattern[end] != '/')
        return matchAnything(name, pattern.substr(end + 1), path, pattern[end] == '+' ? 1 : 0, captures);
    const auto length = std::min(path.find('/'), path.size());
    if (!isGenericName(path.substr(0, length)) || !matchRest(pattern.substr(end), path.substr(length), captures))
        return false;
    captures.insert_or_assign(std::string(name), std::string(path.substr(0, length)));
    return true;
}

} // namespace

std::optional<Captures> match(std::string_view pattern, std::string_view path)
{
    Captures captures;
    return matchRest(pattern, path, captures) ? std::optional(std::move(captures)) : std::nullopt;
}

namespace {

Result<Response> notAllowed(const Call &, Engine &)
{
    Response response;
    response.status = 405;
    return response;
}

Result<Response> noSuchPath(const Call &, Engine &)
{
    return Error{ErrorCode::UnsupportedPath, 404, "unsupported path", {}};
}

constexpr Operation Operations[] = {Operation::Read, Operation::Update, Operation::Patch, Operation::Delete,
                                    Operation::List, Operation::Scan,   Operation::Head};

} // namespace

std::vector<Endpoint> unsupportedPath()
{
    std::vector<Endpoint> endpoints;
    for (const Operation operation : Operations)
        endpoints.push_back({operation, EngineHandler(noSuchPath)});
    return endpoints;
}

std::vector<Endpoint> andNothingElse(std::vector<Endpoint> endpoints)
{
    for (const Operation operation : Operations)
        if (std::none_of(endpoints.begin(), endpoints.end(),
                         [&](const Endpoint &endpoint) { return endpoint.operation == operation; }))
            endpoints.push_back({operation, EngineHandler(notAllowed)});
    return endpoints;
}

Response notFound()
{
    Response response;
    response.status = 404;
    return response;
}

Response tidyStarted()
{
    Response response;
    response.status = 202;
    response.warnings.emplace_back("Tidy operation successfully started. Any information from the operation will be "
                                   "printed to OpenBao's server logs.");
    return response;
}

Response listOf(boost::json::array keys, boost::json::object keyInfo)
{
    if (keys.empty())
        return notFound();
    boost::json::object data{{"keys", std::move(keys)}};
    if (!keyInfo.empty())
        data["key_info"] = std::move(keyInfo);
    return Response::of(std::move(data));
}

} // namespace kith::core
