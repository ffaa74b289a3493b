// SPDX-License-Identifier: Apache-2.0
#include "core/CallbackPages.h"

#include "core/Languages.h"
#include "store/Escapes.h"
#include "store/Json.h"
#include "store/Seal.h"

namespace kith::core {

namespace {

/// A text inside a script: nothing in it ends the script.
std::string scriptText(const std::string &text)
{
    std::string json;
    store::appendJsonText(json, text);
    std::string out;
    for (const char c : json)
        out += c == '<' ? "\\u003c" : std::string(1, c);
    return out;
}

std::string_view acceptedBy(const Request &request)
{
    const auto found = request.headers.find("accept-language");
    return found == request.headers.end() || found->second.empty() ? std::string_view() : found->second.front();
}

} // namespace

struct CallbackPages::Texts {
    const char *language;
    const char *signedIn;
    const char *close;
    const char *notSignedIn;
    const char *isItYou;
    const char *somebodyWaits;
    const char *address;
    const char *role;
    const char *signIn;
    const char *signingIn;
    const char *moment;
};

const CallbackPages::Texts CallbackPages::English{
    "en",
    "Signed in",
    "You can close this window.",
    "Not signed in",
    "Is it you who signs in?",
    "Somebody is waiting to be signed in as you. Go on only if that is you yourself; if it isn't, close this page.",
    "From the address",
    "With the role",
    "Sign in",
    "Signing in",
    "This takes a moment."};

const CallbackPages::Texts CallbackPages::German{
    "de",
    "Angemeldet",
    "Sie können dieses Fenster schließen.",
    "Nicht angemeldet",
    "Melden Sie sich gerade an?",
    "Jemand wartet darauf, als Sie angemeldet zu werden. Fahren Sie nur fort, wenn Sie das selbst sind; sonst "
    "schließen Sie diese Seite.",
    "Von der Adresse",
    "Mit der Rolle",
    "Anmelden",
    "Sie werden angemeldet",
    "Das dauert einen Augenblick."};

CallbackPages::CallbackPages(const Request &request)
    : m_texts(preferredLanguage(acceptedBy(request)) == "de" ? German : English)
{}

/// `body` is HTML. Pages load nothing, stand in no other page, and tell no other server where they were.
Response CallbackPages::page(int status, const char *title, const std::string &body, const std::string &scripts) const
{
    Response response = Response::of(boost::json::value(boost::json::string(
        std::string("<!DOCTYPE html>\n<html lang=\"") + m_texts.language +
        "\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
        escapedForHtml(title) +
        "</title>\n<style>body{font:16px/1.5 system-ui,sans-serif;max-width:32em;margin:12vh auto;padding:0 1em;"
        "color:#222;background:#fff}h1{font-size:20px}dt{color:#666}dd{margin:0 0 .5em}button{font:inherit;"
        "padding:.5em 1.2em}@media(prefers-color-scheme:dark){body{color:#eee;background:#1e1e1e}dt{color:#aaa}}"
        "</style>\n</head>\n<body>\n<h1>" +
        escapedForHtml(title) + "</h1>\n" + body + "\n</body>\n</html>\n")));
    response.status = status;
    response.body = Body::Raw;
    response.headers = {
        {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; script-src " + scripts +
                                        "; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"}};
    return response;
}

Response CallbackPages::signedIn() const
{
    return page(200, m_texts.signedIn, "<p>" + escapedForHtml(m_texts.close) + "</p>");
}

Response CallbackPages::refusal(const Error &error) const
{
    return page(error.status, m_texts.notSignedIn, "<p>" + escapedForHtml(error.wire) + "</p>");
}

Response CallbackPages::confirmation(const std::string &peer, const std::string &role,
                                     const std::vector<std::pair<std::string, std::string>> &again) const
{
    std::string body = "<p>" + escapedForHtml(m_texts.somebodyWaits) + "</p>\n<dl><dt>" +
                       escapedForHtml(m_texts.address) + "</dt><dd>" + escapedForHtml(peer) + "</dd><dt>" +
                       escapedForHtml(m_texts.role) + "</dt><dd>" + escapedForHtml(role) +
                       "</dd></dl>\n<form method=\"get\">\n";
    for (const auto &[name, value] : again)
        body +=
            "<input type=\"hidden\" name=\"" + escapedForHtml(name) + "\" value=\"" + escapedForHtml(value) + "\">\n";
    body += "<button name=\"confirmation\" value=\"1\">" + escapedForHtml(m_texts.signIn) + "</button>\n</form>";
    return page(200, m_texts.isItYou, body);
}

Response CallbackPages::handOver(const std::string &mount, const std::string &state) const
{
    const std::string once = store::randomBase62(20);
    return page(
        200, m_texts.signingIn,
        "<p>" + escapedForHtml(m_texts.moment) + "</p>\n<script nonce=\"" + once +
            "\">if (window.opener) window.opener.postMessage({source: 'oidc-callback', path: " + scriptText(mount) +
            ", code: \"no_code\", state: " + scriptText(state) + "}, window.origin);</script>",
        "'nonce-" + once + "'");
}

} // namespace kith::core
