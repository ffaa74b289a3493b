// SPDX-License-Identifier: Apache-2.0
// What was asked of a sign-in page, and whether it may be.
#include "server/SignInTurn.h"

#include "store/Base64.h"
#include "store/Escapes.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace kith::server {

namespace json = boost::json;
using core::Operation;

namespace {

constexpr std::string_view Folder = "/ui/vault/";
constexpr std::string_view ProviderFolder = "identity/oidc/provider/";
constexpr std::string_view Authorize = "/authorize";
constexpr std::int64_t Second = 1'000'000'000;
constexpr std::int64_t ProofLife = 1800; ///< Seconds: people are called to the telephone.

/// Of the client's request; `state` is nobody's but the client's.
constexpr std::string_view ForTheCore[] = {"client_id", "redirect_uri", "response_type",  "scope",
                                           "nonce",     "max_age",      "code_challenge", "code_challenge_method",
                                           "request",   "request_uri"};

bool hasTwice(const Pairs &pairs)
{
    std::set<std::string_view> names;
    for (const auto &pair : pairs.list)
        if (!names.insert(pair.first).second)
            return true;
    return false;
}

/// As browsers write an origin: without the port that its scheme has anyway.
std::string withoutUsualPort(std::string origin)
{
    for (const auto &[scheme, port] : {std::pair("https://", ":443"), std::pair("http://", ":80")})
        if (origin.starts_with(scheme) && origin.ends_with(port))
            origin.resize(origin.size() - std::string_view(port).size());
    return origin;
}

/// "https://host:port" of an address that begins so.
std::string originOf(std::string_view address)
{
    const auto begin = address.find("://");
    if (begin == std::string_view::npos)
        return {};
    return withoutUsualPort(foldCase(address.substr(0, address.find_first_of("/?#", begin + 3))));
}

} // namespace

core::Request SignInTurn::request(Operation operation, std::string path) const
{
    core::Request request;
    request.operation = operation;
    request.path = std::move(path);
    request.ns = m_ns;
    request.peer = m_http.peer;
    request.headers = m_http.headers;
    for (const char *secret : {"cookie", "authorization", "x-vault-token"})
        request.headers.erase(secret);
    for (const std::string_view name : ForTheCore)
        if (const std::string value = parameter(name); !value.empty())
            request.data[name] = value;
    return request;
}

std::string SignInTurn::parameter(std::string_view name) const
{
    return validUtf8(first(m_parameters, name));
}

std::string SignInTurn::field(std::string_view name) const
{
    return validUtf8(first(m_form, name));
}

SignInTurn::Stop SignInTurn::readPlace()
{
    const Target target = splitTarget(m_http.target);
    auto path = decodePath(target.path);
    if (!path || !path->starts_with(Folder) || !path->ends_with(Authorize) || isRelative(*path) || !isPrintable(*path))
        return message(404, "notFound");
    std::string_view rest = *path;
    rest.remove_prefix(Folder.size());
    rest.remove_suffix(Authorize.size());
    const auto folder = rest.rfind(ProviderFolder);
    if (folder == std::string_view::npos || (folder > 0 && rest[folder - 1] != '/'))
        return message(404, "notFound");
    m_ns = rest.substr(0, folder);
    m_provider = rest.substr(folder + ProviderFolder.size());
    if (m_provider.empty() || m_provider.find('/') != std::string::npos)
        return message(404, "notFound");
    m_target = target.path;
    if (!target.query.empty())
        m_target.append("?").append(target.query);
    if (m_http.method == "GET" || m_http.method == "POST")
        return std::nullopt;
    HttpAnswer refused = message(405, "badMethod");
    refused.headers.emplace_back("Allow", "GET, POST");
    return refused;
}

SignInTurn::Stop SignInTurn::readForm()
{
    if (m_http.method != "POST")
        return std::nullopt;
    if (m_http.body.size() > SignInPages::BodyLimit)
        return message(413, "tooLarge");
    if (mediaType(m_http) != FormType)
        return message(415, "badMethod");
    m_form = readPairs(m_http.body);
    return std::nullopt;
}

/// A client may have the browser post its request (OpenID Connect Core §3.1.2.1): that is asked for like any other.
SignInTurn::Stop SignInTurn::askedByForm()
{
    if (m_http.method != "POST" || !field("step").empty() || m_target.find('?') != std::string::npos)
        return std::nullopt;
    // It becomes part of a header.
    const auto isOfAddress = [](char c) { return c > ' ' && c < '\x7f'; };
    if (!std::all_of(m_http.body.begin(), m_http.body.end(), isOfAddress))
        return message(400, "badRequest", "a parameter can't be read, or stands twice");
    return sendTo(m_target + "?" + m_http.body);
}

SignInTurn::Stop SignInTurn::readParameters()
{
    m_parameters = readPairs(splitTarget(m_http.target).query);
    m_view = SignInView(m_http.header("accept-language"), parameter("ui_locales"));
    if (!m_parameters.clean || hasTwice(m_parameters))
        return message(400, "badRequest", "a parameter can't be read, or stands twice");
    return std::nullopt;
}

/// From here on the address that the client wants to be told at is known to be its own.
SignInTurn::Stop SignInTurn::checkRequest()
{
    core::Request check = request(Operation::Read, "kith/authorization/" + m_provider);
    check.data.erase("max_age"); // ours, as nobody has signed in
    const core::Response answer = m_pages.m_core(check);
    const json::object *data = answer.data ? answer.data->if_object() : nullptr;
    if (!data)
        return answer.status >= 500 ? message(503, "sealed") : message(404, "notFound");
    const bool mayTell = answer.ok() || store::flagIn(*data, "may_tell_client");
    if (!mayTell || !oidc::isAddressForBrowsers(parameter("redirect_uri")))
        return message(400, "badRequest",
                       mayTell ? "browsers can't be sent to its redirect_uri"
                               : store::textIn(*data, "error_description"));
    if (!answer.ok())
        return tellClient(store::textIn(*data, "error"), store::textIn(*data, "error_description"));
    m_asked = *data;
    m_secure = m_channel == Channel::Tls || store::textIn(m_asked, "address").starts_with("https://");
    return std::nullopt;
}

SignInTurn::Stop SignInTurn::readWishes()
{
    if (const std::string mode = parameter("response_mode"); !mode.empty() && mode != "query")
        return tellClient("invalid_request", "unsupported response_mode value");
    auto wishes = oidc::Wishes::read(parameter("prompt"), parameter("max_age"));
    if (!wishes)
        return tellClient("invalid_request", wishes.error().wire);
    m_wishes = *wishes;
    return std::nullopt;
}

SignInTurn::Stop SignInTurn::findVisit()
{
    const Nanoseconds now = m_pages.m_clock.now();
    m_request = m_pages.m_proofs.digest(m_target); // targets are long
    for (const oidc::Visit &ended : m_pages.m_visits.takeEnded(now))
        revoke(ended);
    const auto cookies = m_http.headers.find("cookie");
    const std::string wanted = cookieName() + "=";
    if (cookies != m_http.headers.end())
        for (std::string_view line : cookies->second)
            while (!line.empty()) {
                const auto end = std::min(line.find(';'), line.size());
                const std::string_view pair = line.substr(0, end);
                line.remove_prefix(std::min(line.find_first_not_of("; ", end), line.size()));
                if (pair.starts_with(wanted))
                    m_cookie = pair.substr(wanted.size());
            }
    m_visit = m_pages.m_visits.find(m_cookie, now);
    if (m_visit && m_visit->ns != m_ns)
        m_visit.reset();
    m_justSignedIn = m_visit && m_visit->signedInFor == m_request;
    if (m_cookie.empty()) { // so that forms can be told apart already
        m_cookie = store::randomBase62(43);
        m_isCookieNew = true;
    }
    return std::nullopt;
}

/// Whether the browser says that the form was on one of our pages (RFC 6454 §7).
bool SignInTurn::isFromHere() const
{
    const std::string origin = withoutUsualPort(foldCase(m_http.header("origin")));
    if (origin.empty())
        return m_http.header("sec-fetch-site") == "same-origin";
    const std::string here =
        originOf((m_channel == Channel::Tls ? "https://" : "http://") + std::string(m_http.header("host")));
    return origin == here || origin == originOf(store::textIn(m_asked, "address"));
}

/// What only we can know of a form that we made for this browser, for this request and step, at that time.
std::string SignInTurn::proof(std::string_view step, std::string_view time) const
{
    std::string what;
    for (const std::string_view part : {std::string_view(m_cookie), std::string_view(m_target), step, time})
        what.append(std::to_string(part.size())).append(":").append(part);
    return std::string(time) + "." + store::toHex(m_pages.m_proofs.digest(what));
}

std::string SignInTurn::newProof(std::string_view step)
{
    return proof(step, std::to_string(m_pages.m_clock.now() / Second));
}

bool SignInTurn::isProven(std::string_view step) const
{
    const std::string given = field("proof");
    const std::string_view time = std::string_view(given).substr(0, given.find('.'));
    std::int64_t made = 0;
    std::from_chars(time.data(), time.data() + time.size(), made);
    return !m_isCookieNew && store::equalSecrets(proof(step, time), given) &&
           m_pages.m_clock.now() / Second - made <= ProofLife;
}

std::vector<std::string> SignInTurn::scopeNames() const
{
    std::vector<std::string> names;
    if (const json::value *scopes = m_asked.if_contains("scopes"))
        for (const json::value &scope : scopes->as_array())
            names.push_back(store::textIn(scope.as_object(), "name"));
    return names;
}

} // namespace kith::server
