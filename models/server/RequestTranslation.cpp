// SPDX-License-Identifier: Apache-2.0
#include "server/Translation.h"

#include "core/Fields.h"
#include "core/RootPaths.h"
#include "server/Url.h"
#include "store/Escapes.h"
#include "store/GoText.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::server {

namespace json = boost::json;
using core::Operation;

namespace {

constexpr std::string_view Prefix = "/v1/";
constexpr std::string_view MergePatch = "application/merge-patch+json";

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
        answer.contentType = "text/html; charset=utf-8";
        answer.body = "<a href=\"" + escapedForHtml(location) + "\">Temporary Redirect</a>.\n\n";
    }
    answer.headers.emplace_back("Location", std::move(location));
    return answer;
}

/// A quick look: most paths needn't be taken apart.
bool mayBeUnclean(std::string_view path)
{
    return path.find("//") != std::string_view::npos || path.find("/.") != std::string_view::npos;
}

/// Go's words for a truth.
std::optional<bool> truth(std::string_view value)
{
    for (const std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"})
        if (value == yes)
            return true;
    for (const std::string_view no : {"", "0", "f", "F", "FALSE", "false", "False"})
        if (value == no)
            return false;
    return std::nullopt;
}

/// Pairs as data; of a name given more than once a list.
json::object toData(const Pairs &pairs)
{
    json::object data;
    for (const auto &[name, text] : pairs.list) {
        json::value value(json::string(validUtf8(text))); // in braces it would be a list
        const std::string key = validUtf8(name);
        json::value *before = data.if_contains(key);
        if (!before)
            data.emplace(key, std::move(value));
        else if (before->is_array())
            before->get_array().push_back(std::move(value));
        else
            *before = json::array({std::move(*before), std::move(value)});
    }
    return data;
}

/// Whether the parameters of a media type are `name=value`, as Go's parser wants them.
bool goodParameters(std::string_view rest)
{
    while (!rest.empty()) {
        const auto next = std::min(rest.find(';', 1), rest.size());
        const std::string_view parameter = trimmed(rest.substr(1, next - 1));
        rest.remove_prefix(next);
        const auto equals = parameter.find('=');
        if (parameter.empty() ? !rest.empty() : equals == std::string_view::npos || equals == 0)
            return false;
    }
    return true;
}

void takeToken(const HttpRequest &http, core::Request &request)
{
    request.authorization = http.header("authorization");
    request.token = trimmed(http.header("x-vault-token"));
    const auto values = http.headers.find("authorization");
    if (!request.token.empty() || values == http.headers.end())
        return;
    for (const std::string_view value : values->second)
        if (value.starts_with("Bearer ")) {
            request.token = trimmed(value.substr(7));
            request.bearer = true;
            return;
        }
}

std::string namespaceOf(std::string_view header)
{
    header = trimmed(header);
    while (header.starts_with('/'))
        header.remove_prefix(1);
    while (header.ends_with('/'))
        header.remove_suffix(1);
    return header.empty() || header == "root" ? std::string() : std::string(header) + "/";
}

/// What is answered whether there are engines or not.
bool isOutside(std::string_view path)
{
    for (const std::string_view place : {"sys/health", "sys/seal-status", "sys/init", "sys/unseal", "sys/leader"})
        if (path == place)
            return true;
    return false;
}

/// Of these what can only be read.
bool isOnlyRead(std::string_view path)
{
    return path == "sys/seal-status" || path == "sys/leader";
}

/// What can only be done: other methods are refused before anybody is asked for a token.
bool isAnAct(std::string_view path)
{
    return path == "sys/seal" || path == "sys/step-down";
}

/// The Go type that the real server reads the body into; its name is in the refusal of what doesn't fit.
std::string_view bodyType(std::string_view path)
{
    return path == "sys/init"     ? "http.InitRequest"
           : path == "sys/unseal" ? "http.UnsealRequest"
                                  : "map[string]interface {}";
}

/// What a GET is: a read, a list or a scan. Nothing: that isn't said in Go's words, or both are said.
std::optional<Operation> readingOf(const Pairs &query)
{
    const auto list = truth(first(query, "list"));
    const auto scan = truth(first(query, "scan"));
    if (!list || !scan || (*list && *scan))
        return std::nullopt;
    return *list ? Operation::List : *scan ? Operation::Scan : Operation::Read;
}

bool asksForHelp(std::string_view method, const Pairs &query)
{
    return method == "HELP" || !first(query, "help").empty();
}

/// Reads one request. Each step is false when the answer stands already: then there is a refusal.
class Reader
{
public:
    Reader(HttpRequest &http, const store::JsonLimits &limits) : m_http(http), m_limits(limits) {}

    std::variant<core::Request, HttpAnswer> read();

private:
    bool refuse(HttpAnswer answer)
    {
        m_refusal = std::move(answer);
        return false;
    }
    bool refuse(int status, std::string_view text) { return refuse(HttpAnswer::error(status, text)); }

    bool path(const Target &target);
    bool operation(std::string_view query);
    bool operationOutside(std::string_view query);
    bool parameters(std::string_view query);
    bool jsonBody();
    bool body();
    bool patch();
    bool wrapTtl();
    bool sense();

    HttpRequest &m_http;
    const store::JsonLimits &m_limits;
    core::Request m_request;
    bool m_relative = false;
    std::optional<HttpAnswer> m_refusal;
};

/// The path below /v1/, decoded.
bool Reader::path(const Target &target)
{
    auto path = decodePath(target.path);
    if (!path)
        return refuse(bareRefusal("text/plain; charset=utf-8", "400 Bad Request"));
    if (!isPrintable(*path))
        return refuse(bareRefusal({}, {}));
    if (path->starts_with(Prefix) && !trimmed(m_http.header("x-vault-namespace")).empty() &&
        core::placementOf(path->substr(Prefix.size())) == core::Placement::Unplaced)
        return refuse(400, "operation unavailable in namespaces");
    const Pairs query = readPairs(target.query);
    if (m_http.method == "GET" && path->starts_with(Prefix) && !readingOf(query)) // [Q] before all else
        return refuse(HttpAnswer::noText(400));
    m_request.help = asksForHelp(m_http.method, query);
    if (target.path == "/v1/sys" && !m_request.help) {
        std::string folder = "/v1/sys/";
        if (!target.query.empty())
            folder.append("?").append(target.query);
        return refuse(redirect(m_http.method, std::move(folder)));
    }
    if (mayBeUnclean(target.path) && m_http.method != "CONNECT" && !m_request.help) {
        std::string clean = cleanPath(target.path);
        const bool differs = clean != target.path;
        if (!target.query.empty())
            clean.append("?").append(target.query);
        if (differs)
            return refuse(redirect(m_http.method, std::move(clean)));
    }
    if (!path->starts_with(Prefix))
        return refuse(HttpAnswer::noText(404));
    path->erase(0, Prefix.size());
    m_relative = isRelative(*path);
    m_request.path = validUtf8(*path);
    return true;
}

/// What is wrong with a request that could be read.
bool Reader::sense()
{
    if (m_relative)
        return refuse(400, "relative paths not supported");
    if (m_request.help)
        return true;
    if (m_http.method == "OPTIONS" && isAnAct(m_request.path))
        return refuse(HttpAnswer::noText(405));
    if (m_http.method == "OPTIONS")
        return refuse(400, "cannot handle internal-only request operation");
    return true;
}

/// GET is a read, a list or a scan; the query that chose it is no parameter.
bool Reader::parameters(std::string_view text)
{
    const Pairs query = readPairs(text);
    m_request.data = toData(query);
    m_request.data.erase("help");
    if (m_request.operation == Operation::Read) {
        m_request.operation = *readingOf(query);
        if (m_request.operation != Operation::Read)
            m_request.data.erase(m_request.operation == Operation::List ? "list" : "scan");
    }
    return true;
}

bool Reader::jsonBody()
{
    auto value = store::readJson(m_http.body, m_limits);
    if (!value)
        return refuse(400, value.error().wire);
    if (value->is_null())
        return true;
    if (!value->is_object())
        return refuse(400, "failed to decode JSON input: json: cannot unmarshal " +
                               std::string(store::goTypeOf(*value)) + " into Go value of type " +
                               std::string(bodyType(m_request.path)));
    m_request.data = std::move(value->get_object());
    return true;
}

/// A form, unless it is JSON after all: then the real server reads that.
bool Reader::body()
{
    const std::string_view body = m_http.body;
    if (trimmed(mediaType(m_http)) != FormType || body.starts_with('{') || body.starts_with('['))
        return jsonBody();
    const Pairs form = readPairs(body);
    if (!form.clean)
        return refuse(400, "error parsing form data");
    m_request.data = toData(form);
    return true;
}

bool Reader::patch()
{
    const std::string_view header = m_http.header("content-type");
    const auto end = std::min(header.find(';'), header.size());
    const std::string type = lower(trimmed(header.substr(0, end)));
    if (type.empty())
        return refuse(400, "mime: no media type");
    if (!goodParameters(header.substr(end)))
        return refuse(400, "mime: invalid media parameter");
    if (type != MergePatch)
        return refuse(415, "PATCH requires Content-Type of " + std::string(MergePatch) + ", provided " + type);
    return jsonBody();
}

/// What is answered outside the engines takes the method as it is, and no wrapping.
bool Reader::operationOutside(std::string_view query)
{
    const std::string &method = m_http.method;
    const bool writes = method == "POST" || method == "PUT";
    if (method != "GET" && ((method != "HEAD" && !writes) || isOnlyRead(m_request.path)))
        return refuse(HttpAnswer::noText(405));
    m_request.operation = method == "GET" ? Operation::Read : method == "HEAD" ? Operation::Head : Operation::Update;
    if (m_request.operation == Operation::Update)
        return jsonBody(); // whatever its Content-Type says
    m_request.data = toData(readPairs(query));
    return true;
}

bool Reader::operation(std::string_view query)
{
    constexpr std::pair<std::string_view, Operation> Methods[] = {
        {"GET", Operation::Read},    {"POST", Operation::Update}, {"PUT", Operation::Update},
        {"LIST", Operation::List},   {"SCAN", Operation::Scan},   {"DELETE", Operation::Delete},
        {"PATCH", Operation::Patch}, {"HEAD", Operation::Head}};
    const auto *method = std::find_if(std::begin(Methods), std::end(Methods),
                                      [&](const auto &known) { return known.first == m_http.method; });
    if (method == std::end(Methods)) // OPTIONS can be read, but isn't carried out
        return m_http.method == "OPTIONS" || refuse(HttpAnswer::noText(405));
    m_request.operation = method->second;
    if (m_request.operation == Operation::Update)
        return body();
    return m_request.operation == Operation::Patch ? patch() : parameters(query);
}

bool Reader::wrapTtl()
{
    const std::string_view header = trimmed(m_http.header("x-vault-wrap-ttl"));
    if (header.empty())
        return true;
    const auto seconds = core::parseDuration(header);
    if (!seconds)
        return refuse(400, "error parsing X-Vault-Wrap-TTL header: " + seconds.error().wire);
    if (*seconds < 0)
        return refuse(400, "error parsing X-Vault-Wrap-TTL header: requested wrap ttl cannot be negative");
    if (*seconds > 0)
        m_request.wrapTtl = *seconds;
    return true;
}

std::variant<core::Request, HttpAnswer> Reader::read()
{
    const Target target = splitTarget(m_http.target);
    if (!path(target))
        return std::move(*m_refusal);
    // [Q] Who asks for help gets that, whatever the method and the body say.
    const bool good = m_request.help              ? sense()
                      : isOutside(m_request.path) ? operationOutside(target.query)
                                                  : operation(target.query) && wrapTtl() && sense();
    if (!good)
        return std::move(*m_refusal);
    takeToken(m_http, m_request);
    m_request.ns = namespaceOf(m_http.header("x-vault-namespace"));
    m_request.peer = std::move(m_http.peer);
    // No secrets for whoever logs headers.
    m_http.headers.erase("x-vault-token");
    m_http.headers.erase("authorization");
    m_request.headers = std::move(m_http.headers);
    m_request.form = core::DataForm::Text;
    return std::move(m_request);
}

} // namespace

std::optional<HttpAnswer> refusedHere(const HttpRequest &http, const ServerOptions &options)
{
    const Target target = splitTarget(http.target);
    const std::string_view path = target.path;
    if (asksForHelp(http.method, readPairs(target.query)))
        return std::nullopt;
    if (path.starts_with(Prefix) && isAnAct(path.substr(Prefix.size())) && http.method != "POST" &&
        http.method != "PUT")
        return HttpAnswer::noText(405);
    if (http.method == "LIST" || http.method == "SCAN")
        return std::nullopt;
    const auto isOneOf = [&](std::initializer_list<std::string_view> places) {
        return std::find(places.begin(), places.end(), path) != places.end();
    };
    const bool rekey = isOneOf({"/v1/sys/rekey/init", "/v1/sys/rekey/update", "/v1/sys/rekey/verify"});
    const bool root = isOneOf({"/v1/sys/generate-root/attempt", "/v1/sys/generate-root/update"});
    if ((rekey && !options.openRekey) || (root && !options.openGenerateRoot))
        return HttpAnswer::error(405, "unsupported operation");
    return std::nullopt;
}

std::variant<core::Request, HttpAnswer> toRequest(HttpRequest http, const store::JsonLimits &limits)
{
    return Reader(http, limits).read();
}

} // namespace kith::server
