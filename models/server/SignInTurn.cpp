// SPDX-License-Identifier: Apache-2.0
#include "server/SignInTurn.h"

#include "core/VisitHeader.h"
#include "store/Json.h"
#include "store/Text.h"

namespace kith::server {

namespace json = boost::json;
using core::Operation;

namespace {

constexpr std::int64_t Second = 1'000'000'000;

} // namespace

bool SignInPages::own(std::string_view target)
{
    return splitTarget(target).path.starts_with("/ui/");
}

HttpAnswer SignInPages::answer(const HttpRequest &http, Channel channel)
{
    return SignInTurn(*this, http, channel).run();
}

HttpAnswer SignInTurn::run()
{
    for (const Step step :
         {&SignInTurn::readPlace, &SignInTurn::readForm, &SignInTurn::askedByForm, &SignInTurn::readParameters,
          &SignInTurn::checkRequest, &SignInTurn::readWishes, &SignInTurn::findVisit})
        if (auto answer = (this->*step)())
            return std::move(*answer);
    return m_http.method == "POST" ? posted() : proceed();
}

HttpAnswer SignInTurn::proceed()
{
    switch (oidc::nextStep(m_wishes, m_visit ? &*m_visit : nullptr, m_request, parameter("client_id"), scopeNames(),
                           m_pages.m_clock.now())) {
    case oidc::Step::SignIn:
        return signInPage(200);
    case oidc::Step::Consent:
        return consentPage();
    case oidc::Step::LoginRequired:
        return tellClient("login_required", "nobody has signed in");
    case oidc::Step::ConsentRequired:
        return tellClient("consent_required", "nobody has agreed yet");
    case oidc::Step::Grant:
        break;
    }
    return grant();
}

HttpAnswer SignInTurn::posted()
{
    const std::string step = field("step");
    const bool ofConsent = step == "consent";
    if (!ofConsent && step != "sign-in")
        return message(400, "badMethod");
    const char *wrong = !isFromHere() ? "foreign" : !isProven(step) ? "outdated" : nullptr;
    if (wrong)
        return ofConsent && m_visit ? consentPage(403, wrong) : signInPage(403, wrong);
    return ofConsent ? decide() : signIn();
}

HttpAnswer SignInTurn::signIn()
{
    const std::string name = field("name");
    const std::string typed = pathIn(field("other"));
    const std::string method = typed.empty() ? pathIn(field("method")) : typed;
    std::string path = "auth/" + method + "/login/" + name;
    if (name.empty() || field("password").empty() || method.empty())
        return signInPage(400, "missing");
    if (isRelative(path) || !isPrintable(path) || name.ends_with('/'))
        return signInPage(400, "wrong");
    core::Request login = request(Operation::Update, std::move(path));
    login.data = {{"password", field("password")}};
    login.headers[core::VisitHeader] = {"1"};
    const core::Response answer = m_pages.m_core(login);
    if (answer.ok() && answer.auth && !store::textIn(answer.auth->fields, "client_token").empty()) {
        openVisit(*answer.auth, method, name);
        return again();
    }
    // Whoever doesn't exist, is locked out or disabled is told nothing else than who mistypes.
    return answer.status >= 500 ? signInPage(503, "unavailable") : signInPage(400, "wrong");
}

void SignInTurn::openVisit(const core::Auth &auth, const std::string &method, const std::string &name)
{
    oidc::Visit visit;
    visit.token = store::textIn(auth.fields, "client_token");
    visit.ns = m_ns;
    visit.entity = store::textIn(auth.fields, "entity_id");
    visit.person = name;
    visit.method = method;
    const Nanoseconds now = m_pages.m_clock.now();
    visit.signedIn = now;
    const std::int64_t seconds = store::numberIn(auth.fields, "lease_duration");
    visit.expires = now + (seconds > 0 ? seconds * Second : oidc::Visits::Longest);
    visit.signedInFor = m_request;
    if (m_visit && m_visit->entity == visit.entity)
        visit.agreed = m_visit->agreed;
    closeVisit();
    m_cookie = m_pages.m_visits.open(std::move(visit), now);
    m_isCookieNew = true;
}

void SignInTurn::closeVisit()
{
    if (const auto visit = m_pages.m_visits.close(m_cookie))
        revoke(*visit);
    m_visit.reset();
}

void SignInTurn::revoke(const oidc::Visit &visit)
{
    core::Request end;
    end.operation = Operation::Update;
    end.path = "auth/token/revoke-self";
    end.ns = visit.ns;
    end.token = visit.token;
    end.peer = m_http.peer;
    m_pages.m_core(end); // may be gone already
}

HttpAnswer SignInTurn::decide()
{
    if (!m_visit)
        return signInPage(400, "ended");
    const std::string decision = field("decision");
    if (decision == "leave") {
        closeVisit();
        return again();
    }
    if (decision != "allow")
        return tellClient("access_denied", "the person did not agree");
    m_pages.m_visits.agree(m_cookie, parameter("client_id"), scopeNames());
    m_visit->agree(parameter("client_id"), scopeNames());
    m_wishes.consent = false; // which this was
    return proceed();
}

/// The core's own rules come last, with the token of whoever signed in: it may have been revoked, they disabled.
HttpAnswer SignInTurn::grant()
{
    core::Request ask = request(Operation::Read, "identity/oidc/provider/" + m_provider + "/authorize");
    ask.token = m_visit->token;
    const core::Response answer = m_pages.m_core(ask);
    const json::object *data = answer.data ? answer.data->if_object() : nullptr;
    if (answer.ok() && data)
        return back(oidc::answerAddress(parameter("redirect_uri"),
                                        {{"code", store::textIn(*data, "code")}, {"state", parameter("state")}}));
    const std::string error = data ? store::textIn(*data, "error") : std::string();
    if (error == "max_age_violation")
        return m_wishes.nothing ? tellClient("login_required", "the sign-in is too old") : signInPage(200);
    if (!error.empty())
        return tellClient(error, store::textIn(*data, "error_description"));
    if (answer.status != 403)
        return answer.status == 503 ? message(503, "sealed") : tellClient("server_error", "internal error");
    closeVisit();
    if (m_wishes.nothing || m_justSignedIn) // so it wouldn't help to do it again
        return tellClient(m_justSignedIn ? "access_denied" : "login_required", "permission denied");
    return signInPage(403, "ended");
}

} // namespace kith::server
