// SPDX-License-Identifier: Apache-2.0
// What the browser gets from a sign-in page.
#include "server/SignInTurn.h"

#include "jose/Hashes.h"
#include "store/Json.h"

namespace kith::server {

namespace json = boost::json;
using core::Operation;

namespace {

/// Whom people know: the host of a web address, else the scheme of an application of its own.
std::string hostOf(const std::string &uri)
{
    const auto begin = uri.find("://");
    if (!uri.starts_with("http") || begin == std::string::npos)
        return uri.substr(0, uri.find(':'));
    const std::string authority = uri.substr(begin + 3, uri.find_first_of("/?", begin + 3) - begin - 3);
    const auto at = authority.rfind('@');
    return at == std::string::npos ? authority : authority.substr(at + 1);
}

} // namespace

HttpAnswer sendTo(std::string address)
{
    HttpAnswer answer;
    answer.status = 303;
    answer.headers.emplace_back("Location", std::move(address));
    addPageHeaders(answer);
    return answer;
}

std::string pathIn(std::string text)
{
    const auto first = text.find_first_not_of("/ ");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of("/ ") - first + 1);
}

HttpAnswer SignInTurn::signInPage(int status, std::string_view alert)
{
    const std::string client = clientName();
    const bool wrong = alert == "wrong" || alert == "missing";
    const std::string name = m_form.list.empty() ? parameter("login_hint") : field("name");
    json::object form{{"action", m_target},
                      {"proof", newProof("sign-in")},
                      {"nameLabel", m_view.text("name")},
                      {"name", name},
                      {"passwordLabel", m_view.text("password")},
                      {"submit", m_view.text("submit")},
                      {"wrong", wrong},
                      {"atName", name.empty()},
                      {"atPassword", !name.empty()}};
    addMethods(form);
    json::object values{{"title", m_view.text("signIn")},
                        {"say", {{"text", m_view.text(m_visit ? "signInAgain" : "signInFor", {{"client", client}})}}},
                        {"signIn", std::move(form)}};
    if (!alert.empty())
        values["alert"] = {{"text", m_view.text(alert)}};
    HttpAnswer answer = m_view.page(status, std::move(values));
    setCookie(answer);
    return answer;
}

/// Those that are tuned to be shown to everybody; any other can be typed, as its path is nobody's to know.
void SignInTurn::addMethods(json::object &form)
{
    const core::Response answer = m_pages.m_core(request(Operation::Read, "sys/internal/ui/mounts"));
    const std::string before = m_form.list.empty() ? (m_visit ? m_visit->method : "") : pathIn(field("method"));
    std::string typed = pathIn(field("other"));
    json::array methods;
    if (answer.ok() && answer.data)
        for (const auto &mount : answer.data->at("auth").as_object()) {
            const json::object &shown = mount.value().as_object();
            const std::string type = store::textIn(shown, "type");
            if (type != "userpass" && type != "ldap")
                continue;
            const std::string path = pathIn(mount.key());
            const std::string description = store::textIn(shown, "description");
            methods.push_back(
                {{"path", path}, {"name", description.empty() ? path : description}, {"chosen", path == before}});
        }
    const bool none = methods.empty();
    if (none && typed.empty())
        typed = before.empty() ? "userpass" : before;
    form["other"] = {{"summary", m_view.text("otherMethod")},
                     {"label", m_view.text("otherLabel")},
                     {"hint", m_view.text("otherHint")},
                     {"path", typed},
                     {"folded", !none},
                     {"open", !typed.empty()}};
    if (methods.size() == 1)
        form["only"] = methods.front();
    else if (!none)
        form["choice"] = {{"label", m_view.text("method")}, {"methods", std::move(methods)}};
}

HttpAnswer SignInTurn::consentPage(int status, std::string_view alert)
{
    const std::string client = clientName();
    json::array scopes;
    for (const json::value &scope : m_asked.at("scopes").as_array()) {
        const std::string name = store::textIn(scope.as_object(), "name");
        const std::string description = store::textIn(scope.as_object(), "description");
        scopes.emplace_back(json::object{
            {"text",
             description.empty() ? name : m_view.text("scope", {{"name", name}, {"description", description}})}});
    }
    json::object values{{"title", m_view.text("consent")},
                        {"say", {{"text", m_view.text("consentFor", {{"client", client}})}}},
                        {"consent",
                         {{"action", m_target},
                          {"proof", newProof("consent")},
                          {"identity", m_view.text("identity")},
                          {"scopes", std::move(scopes)},
                          {"destination", m_view.text("destination", {{"host", hostOf(parameter("redirect_uri"))}})},
                          {"allow", m_view.text("allow")},
                          {"deny", m_view.text("deny")},
                          {"signedInAs", m_view.text("signedInAs", {{"person", m_visit->person}})},
                          {"leave", m_view.text("leave")}}}};
    if (!alert.empty())
        values["alert"] = {{"text", m_view.text(alert)}};
    return m_view.page(status, std::move(values));
}

std::string SignInTurn::clientName() const
{
    const std::string name = store::textIn(m_asked, "client_name");
    return name.empty() ? hostOf(parameter("redirect_uri")) : name;
}

HttpAnswer SignInTurn::message(int status, std::string_view text, std::string_view detail)
{
    return m_view.page(
        status, {{"title", m_view.text("refused")}, {"alert", {{"text", m_view.text(text, {{"detail", detail}})}}}});
}

/// The same request once more, so that a page that is loaded again sends no password.
HttpAnswer SignInTurn::again()
{
    HttpAnswer answer = sendTo(m_target);
    setCookie(answer);
    return answer;
}

/// Each namespace has its own, so that nobody has to leave one to sign in in another.
std::string SignInTurn::cookieName() const
{
    constexpr std::size_t Enough = 12;
    const std::string name = m_secure ? "__Host-kith-sign-in" : "kith-sign-in";
    return m_ns.empty() ? name : name + "-" + jose::sha256InBase64Url(m_ns).substr(0, Enough);
}

void SignInTurn::setCookie(HttpAnswer &answer) const
{
    if (!m_isCookieNew)
        return;
    // Lax: the browser comes from the client's site, and must be known then.
    answer.headers.emplace_back("Set-Cookie", cookieName() + "=" + m_cookie +
                                                  (m_secure ? "; Path=/; Secure" : "; Path=/ui/") +
                                                  "; HttpOnly; SameSite=Lax");
}

HttpAnswer SignInTurn::tellClient(std::string_view error, std::string_view description)
{
    return back(
        oidc::answerAddress(parameter("redirect_uri"),
                            {{"error", error}, {"error_description", description}, {"state", parameter("state")}}));
}

/// Browsers let a form lead to our own pages alone, whatever it is redirected to: from one the way goes on by a page.
HttpAnswer SignInTurn::back(const std::string &address)
{
    if (m_justSignedIn) // a sign-in counts for one answer, whether that is yes or no
        m_pages.m_visits.answered(m_cookie);
    if (m_http.method == "GET" && !m_justSignedIn)
        return sendTo(address);
    const std::string client = clientName();
    return m_view.page(200, {{"title", m_view.text("returning", {{"client", client}})},
                             {"say", {{"text", m_view.text("returningSay")}}},
                             {"return", {{"address", address}, {"continue", m_view.text("continue")}}}});
}

} // namespace kith::server
