// SPDX-License-Identifier: Apache-2.0
#include "server/Http.h"

#include "store/Json.h"

#include <algorithm>

namespace kith::server {

std::string_view HttpRequest::header(std::string_view name) const
{
    const auto found = headers.find(std::string(name));
    return found == headers.end() ? std::string_view() : std::string_view(found->second.front());
}

bool HttpAnswer::hasHeader(std::string_view name) const
{
    return std::any_of(headers.begin(), headers.end(), [&](const auto &header) { return header.first == name; });
}

HttpAnswer HttpAnswer::json(int status, std::string body)
{
    HttpAnswer answer;
    answer.status = status;
    answer.contentType = "application/json";
    answer.body = std::move(body);
    return answer;
}

HttpAnswer HttpAnswer::error(int status, std::string_view text)
{
    std::string body = R"({"errors":[)";
    store::appendJsonText(body, text);
    return json(status, body + "]}\n");
}

HttpAnswer HttpAnswer::noText(int status)
{
    return json(status, "{\"errors\":[]}\n");
}

std::string mediaType(const HttpRequest &http)
{
    const std::string_view type = http.header("content-type");
    return lower(type.substr(0, type.find(';')));
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return out;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace kith::server
