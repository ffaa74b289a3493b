// SPDX-License-Identifier: Apache-2.0
#include "server/Translation.h"

#include "core/Fields.h"
#include "server/Url.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::server {

namespace json = boost::json;
using core::Operation;

namespace {

constexpr std::string_view Prefix = "/v1/";
constexpr std::string_view MergePatch = "application/merge-patch+json";
constexpr std::string_view FormType = "application/x-www-form-urlencoded";

/// Reading ends with a request that is refused: thrown inside this file only.
struct Refused {
    HttpAnswer answer;
};

[[noreturn]] void refuse(HttpAnswer answer)
{
    throw Refused{std::move(answer)};
}

[[noreturn]] void refuse(int status, std::string_view text)
{
    refuse(HttpAnswer::error(status, text));
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return out;
}

HttpAnswer bareRefusal(std::string_view contentType, std::string_view body)
{
    HttpAnswer answer;
    answer.status = 400;
    answer.contentType = contentType;
    answer.body = body;
    answer.style = HttpAnswer::Style::Bare;
    answer.close = !body.empty();
    return answer;
}

HttpAnswer redirect(std::string_view method, std::string location)
{
    HttpAnswer answer;
    answer.status = 307;
    if (method == "GET" || method == "HEAD") {
        std::string escaped;
        for (const char c : location)
            escaped += c == '&'   ? "&amp;"
                       : c == '<' ? "&lt;"
                       : c == '>' ? "&gt;"
                       : c == '"' ? "&#34;"
                                  : std::string(1, c);
        answer.contentType = "text/html; charset=utf-8";
        answer.body = "<a href=\"" + escaped + "\">Temporary Redirect</a>.\n\n";
    }
    answer.headers.emplace_back("Location", std::move(location));
    return answer;
}

/// The path below /v1/, decoded.
std::string readPath(const HttpRequest &http, const Target &target)
{
    const auto path = decodePath(target.path);
    if (!path)
        refuse(bareRefusal("text/plain; charset=utf-8", "400 Bad Request"));
    if (!isPrintable(*path))
        refuse(bareRefusal({}, {}));
    if (std::string clean = cleanPath(target.path); clean != target.path && http.method != "CONNECT") {
        if (!target.query.empty())
            clean.append("?").append(target.query);
        refuse(redirect(http.method, std::move(clean)));
    }
    if (!path->starts_with(Prefix))
        refuse(HttpAnswer::noText(404));
    std::string below = path->substr(Prefix.size());
    if (isRelative(below))
        refuse(400, "relative paths not supported");
    return validUtf8(below);
}

/// Go's words for a truth.
bool readFlag(std::string_view value)
{
    for (const std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"})
        if (value == yes)
            return true;
    for (const std::string_view no : {"", "0", "f", "F", "FALSE", "false", "False"})
        if (value == no)
            return false;
    refuse(HttpAnswer::noText(400));
}

/// The query's pairs as data; of a name given more than once a list.
json::object readQuery(const Pairs &pairs)
{
    json::object data;
    for (const auto &[name, text] : pairs.list) {
        json::value value{json::string(validUtf8(text))};
        const std::string key = validUtf8(name);
        json::value *before = data.if_contains(key);
        if (!before)
            data.emplace(key, std::move(value));
        else if (before->is_array())
            before->get_array().push_back(std::move(value));
        else
            *before = json::array{std::move(*before), std::move(value)};
    }
    return data;
}

std::string_view first(const Pairs &pairs, std::string_view name)
{
    for (const auto &[key, value] : pairs.list)
        if (key == name)
            return value;
    return {};
}

/// GET is a read, a list or a scan; the query that chose it is no parameter.
Operation readOrList(const Pairs &query)
{
    const bool list = readFlag(first(query, "list"));
    const bool scan = readFlag(first(query, "scan"));
    if (list && scan)
        refuse(HttpAnswer::noText(400));
    return list ? Operation::List : scan ? Operation::Scan : Operation::Read;
}

void readFromQuery(core::Request &request, std::string_view method, std::string_view text)
{
    const Pairs query = readPairs(text);
    if (method == "GET")
        request.operation = readOrList(query);
    request.data = readQuery(query);
    request.data.erase("help");
    if (request.operation == Operation::List)
        request.data.erase("list");
    if (request.operation == Operation::Scan)
        request.data.erase("scan");
}

std::string_view goType(const json::value &value)
{
    if (store::keptNumber(value) || value.is_number())
        return "number";
    return value.is_array() ? "array" : value.is_bool() ? "bool" : "string";
}

json::object readJsonBody(std::string_view body, const store::JsonLimits &limits)
{
    auto value = store::readJson(body, limits);
    if (!value)
        refuse(400, value.error().wire);
    if (value->is_null())
        return {};
    if (!value->is_object())
        refuse(400, "failed to decode JSON input: json: cannot unmarshal " + std::string(goType(*value)) +
                        " into Go value of type map[string]interface {}");
    return std::move(value->get_object());
}

bool isForm(const HttpRequest &http)
{
    const std::string_view type = http.header("content-type");
    return lower(trimmed(type.substr(0, type.find(';')))) == FormType;
}

/// A form, unless it is JSON after all: then the real server reads that.
json::object readBody(const HttpRequest &http, const store::JsonLimits &limits)
{
    const std::string_view body = http.body;
    if (!isForm(http) || body.starts_with('{') || body.starts_with('['))
        return readJsonBody(body, limits);
    const Pairs form = readPairs(body);
    if (!form.clean)
        refuse(400, "error parsing form data");
    return readQuery(form);
}

/// Refuses a media type as Go's parser does; gives it without its parameters.
std::string readMediaType(std::string_view header)
{
    const std::string type = lower(trimmed(header.substr(0, header.find(';'))));
    if (type.empty())
        refuse(400, "mime: no media type");
    std::string_view rest = header.substr(std::min(header.find(';'), header.size()));
    while (!rest.empty()) {
        const std::string_view parameter = trimmed(rest.substr(1, rest.find(';', 1) - 1));
        const auto next = rest.find(';', 1);
        rest = next == std::string_view::npos ? std::string_view() : rest.substr(next);
        const auto equals = parameter.find('=');
        if ((parameter.empty() && !rest.empty()) ||
            (!parameter.empty() && (equals == std::string_view::npos || equals == 0)))
            refuse(400, "mime: invalid media parameter");
    }
    return type;
}

void readPatch(core::Request &request, const HttpRequest &http, const store::JsonLimits &limits)
{
    const std::string type = readMediaType(http.header("content-type"));
    if (type != MergePatch)
        refuse(415, "PATCH requires Content-Type of " + std::string(MergePatch) + ", provided " + type);
    request.operation = Operation::Patch;
    request.data = readJsonBody(http.body, limits);
}

std::string readToken(const HttpRequest &http)
{
    if (const std::string_view token = trimmed(http.header("x-vault-token")); !token.empty())
        return std::string(token);
    const auto values = http.headers.find("authorization");
    if (values == http.headers.end())
        return {};
    for (const std::string_view value : values->second)
        if (value.starts_with("Bearer "))
            return std::string(trimmed(value.substr(7)));
    return {};
}

std::string readNamespace(std::string_view header)
{
    header = trimmed(header);
    while (header.starts_with('/'))
        header.remove_prefix(1);
    while (header.ends_with('/'))
        header.remove_suffix(1);
    return header == "root" ? std::string() : std::string(header);
}

std::optional<std::int64_t> readWrapTtl(std::string_view header)
{
    header = trimmed(header);
    if (header.empty())
        return std::nullopt;
    const auto seconds = core::parseDuration(header);
    if (!seconds)
        refuse(400, "error parsing X-Vault-Wrap-TTL header: " + seconds.error().wire);
    if (*seconds < 0)
        refuse(400, "error parsing X-Vault-Wrap-TTL header: requested wrap ttl cannot be negative");
    return *seconds == 0 ? std::nullopt : std::optional(*seconds);
}

core::Request read(HttpRequest &http, const store::JsonLimits &limits)
{
    core::Request request;
    const Target target = splitTarget(http.target);
    request.path = readPath(http, target);
    const std::string_view method = http.method;
    if (method == "GET" || method == "HEAD" || method == "LIST" || method == "SCAN" || method == "DELETE") {
        request.operation = method == "HEAD"     ? Operation::Head
                            : method == "LIST"   ? Operation::List
                            : method == "SCAN"   ? Operation::Scan
                            : method == "DELETE" ? Operation::Delete
                                                 : Operation::Read;
        readFromQuery(request, method, target.query);
    } else if (method == "POST" || method == "PUT") {
        request.operation = Operation::Update;
        request.data = readBody(http, limits);
    } else if (method == "PATCH") {
        readPatch(request, http, limits);
    } else if (method == "OPTIONS") {
        refuse(400, "cannot handle internal-only request operation");
    } else {
        refuse(HttpAnswer::noText(405));
    }
    request.wrapTtl = readWrapTtl(http.header("x-vault-wrap-ttl"));
    request.token = readToken(http);
    request.ns = readNamespace(http.header("x-vault-namespace"));
    request.peer = std::move(http.peer);
    http.headers.erase("x-vault-token");
    http.headers.erase("authorization");
    for (auto &[name, values] : http.headers)
        request.headers.emplace(name, std::move(values));
    return request;
}

} // namespace

bool onlyReads(const HttpRequest &http)
{
    return http.method == "GET" && http.target.find("list=") == std::string::npos &&
           http.target.find("scan=") == std::string::npos && !http.target.starts_with("/v1/kith/");
}

std::variant<core::Request, HttpAnswer> toRequest(HttpRequest http, const store::JsonLimits &limits)
{
    try {
        return read(http, limits);
    } catch (Refused &refused) {
        return std::move(refused.answer);
    }
}

} // namespace kith::server
