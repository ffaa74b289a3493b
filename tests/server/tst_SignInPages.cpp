// SPDX-License-Identifier: Apache-2.0
#include "SignInFixture.h"
#include "core/VisitHeader.h"

#include <algorithm>

using namespace kith;
using namespace kith::test;

/// What the pages do for people, on a real core.
class TestSignInPages : public QObject, protected SignInFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void wholeFlow();
    void agreesOnce();
    void nobodyIsAskedWithoutThem();
    void askedAgain();
    void maxAge();
    void refusesToAgree();
    void countsForOneAnswer();
    void countsForItsOwnRequest();
    void somebodyElse();
    void headersOfAllPages();
    void cookie();
    void languages_data();
    void languages();
    void methods();
    void namespaces();
    void namespacesSideBySide();
    void requestsByForm();
    void asksTheCore();
};

void TestSignInPages::wholeFlow()
{
    const HttpAnswer first = open();
    QCOMPARE(first.status, 200);
    QCOMPARE(pageOf(first), Page::SignIn);
    QVERIFY(body(first).contains("wiki asks who you are"));
    const HttpAnswer second = signIn(first);
    QCOMPARE(second.status, 303);
    QCOMPARE(header(second, "Location"), QByteArray::fromStdString(target())); // no page holds the password
    const HttpAnswer third = open();
    QCOMPARE(pageOf(third), Page::Consent);
    for (const char *text : {"wiki wants", "profile: What others call you", "127.0.0.1:9", "signed in as joe"})
        QVERIFY2(body(third).contains(text), text);
    const HttpAnswer last = decide(third);
    QCOMPARE(pageOf(last), Page::Return);
    const Parameters told = toldAt(last);
    QCOMPARE(told.at("address"), std::string(Callback));
    QCOMPARE(told.at("state"), std::string("a&b<c"));
    const Response tokens = exchange(told.at("code"));
    QVERIFY2(tokens.ok() && !text(tokens, "id_token").empty(), line(tokens).constData());
    // The token of who has signed in isn't in any of it.
    for (const core::Request &asked : m_asked)
        for (const HttpAnswer *answer : {&first, &second, &third, &last})
            QVERIFY(asked.token.empty() || (answer->body.find(asked.token) == std::string::npos &&
                                            !header(*answer, "Set-Cookie").contains(asked.token.c_str())));
}

void TestSignInPages::agreesOnce()
{
    decide(consentPage());
    m_wish["state"] = "second";
    const HttpAnswer again = open();
    QCOMPARE(again.status, 303); // straight back
    QVERIFY(exchange(toldAt(again).at("code")).ok());
    // What more is wanted is asked for, and another client asks for itself.
    post("identity/oidc/scope/more", R"({"template":"{}"})");
    post("identity/oidc/provider/p", R"({"scopes_supported":"profile,more"})");
    m_wish["scope"] = "openid profile more";
    QCOMPARE(pageOf(open()), Page::Consent);
    m_wish["scope"] = "openid";
    QCOMPARE(open().status, 303);
    registerClient("identity/oidc/client/mail");
    m_wish["client_id"] = text(m_core->get("identity/oidc/client/mail"), "client_id");
    QCOMPARE(pageOf(open()), Page::Consent);
    m_wish["client_id"] = m_client;
    m_wish["prompt"] = "consent";
    QCOMPARE(pageOf(open()), Page::Consent);
}

void TestSignInPages::nobodyIsAskedWithoutThem()
{
    m_wish["prompt"] = "none";
    const HttpAnswer nobody = open();
    QCOMPARE(nobody.status, 303);
    QCOMPARE(toldAt(nobody).at("error"), std::string("login_required"));
    QCOMPARE(toldAt(nobody).at("state"), std::string("a&b<c"));
    m_wish.erase("prompt");
    const HttpAnswer page = consentPage();
    m_wish["prompt"] = "none";
    QCOMPARE(toldAt(open()).at("error"), std::string("consent_required"));
    m_wish.erase("prompt");
    decide(page);
    m_wish["prompt"] = "none";
    QVERIFY(toldAt(open()).count("code"));
    m_wish["max_age"] = "60";
    m_core->clock().advance(61 * Second);
    QCOMPARE(toldAt(open()).at("error"), std::string("login_required"));
}

void TestSignInPages::askedAgain()
{
    decide(consentPage());
    m_wish["prompt"] = "login";
    const HttpAnswer page = open();
    QCOMPARE(pageOf(page), Page::SignIn);
    QVERIFY(body(page).contains("sign in again"));
    QCOMPARE(signIn(page).status, 303);
    const HttpAnswer back = open(); // they agreed before
    QCOMPARE(pageOf(back), Page::Return);
    QVERIFY(toldAt(back).count("code"));
    QCOMPARE(pageOf(open()), Page::SignIn); // it counted once
}

void TestSignInPages::maxAge()
{
    decide(consentPage());
    m_wish["max_age"] = "30";
    QVERIFY(toldAt(open()).count("code"));
    m_core->clock().advance(31 * Second);
    const HttpAnswer page = open();
    QCOMPARE(pageOf(page), Page::SignIn);
    signIn(page);
    QVERIFY(toldAt(open()).count("code"));
    // Also when it is over while they think about it.
    m_wish["prompt"] = "consent";
    const HttpAnswer asked = open();
    m_core->clock().advance(31 * Second);
    QCOMPARE(pageOf(decide(asked)), Page::SignIn);
}

void TestSignInPages::refusesToAgree()
{
    const HttpAnswer page = decide(consentPage(), "deny");
    QCOMPARE(pageOf(page), Page::Return);
    QCOMPARE(toldAt(page).at("error"), std::string("access_denied"));
    QCOMPARE(toldAt(page).count("code"), 0U);
    QCOMPARE(pageOf(open()), Page::Consent); // nothing was agreed to
}

/// No is an answer too: who was asked to sign in for it is asked again the next time.
void TestSignInPages::countsForOneAnswer()
{
    m_wish["prompt"] = "login";
    const HttpAnswer page = consentPage();
    QCOMPARE(pageOf(page), Page::Consent);
    QCOMPARE(toldAt(decide(page, "deny")).at("error"), std::string("access_denied"));
    QCOMPARE(pageOf(open()), Page::SignIn);
}

/// What is answered meanwhile, to whoever asks, takes nothing away from it.
void TestSignInPages::countsForItsOwnRequest()
{
    decide(consentPage());
    m_wish["prompt"] = "login";
    QCOMPARE(signIn(open()).status, 303);
    m_wish["prompt"] = "none";
    QVERIFY(toldAt(open()).count("code"));
    m_wish["prompt"] = "login";
    const HttpAnswer last = open();
    QCOMPARE(pageOf(last), Page::Return);
    QVERIFY(toldAt(last).count("code"));
}

void TestSignInPages::somebodyElse()
{
    post("auth/userpass/users/ann", R"({"password":"pw"})");
    decide(consentPage());
    m_wish["prompt"] = "consent";
    const std::string before = m_cookie;
    QCOMPARE(decide(open(), "leave").status, 303);
    m_wish.erase("prompt");
    QCOMPARE(pageOf(open()), Page::SignIn);
    const core::Request &revoked = *std::find_if(m_asked.begin(), m_asked.end(), [](const core::Request &asked) {
        return asked.path == "auth/token/revoke-self";
    });
    QCOMPARE(m_core->sendAs(revoked.token, core::Operation::Read, "auth/token/lookup-self").status, 403);
    signIn(open(), "ann");
    QVERIFY(m_cookie != before);
    QCOMPARE(pageOf(open()), Page::Consent); // joe agreed, not ann
}

void TestSignInPages::headersOfAllPages()
{
    const HttpAnswer signInPage = open();
    const HttpAnswer redirect = signIn(signInPage);
    const HttpAnswer consent = open();
    const HttpAnswer last = decide(consent);
    m_wish["client_id"] = "x";
    for (const HttpAnswer &answer : {signInPage, redirect, consent, last, open()}) {
        const QByteArray policy = header(answer, "Content-Security-Policy");
        QVERIFY(policy.startsWith("default-src 'none'; style-src 'sha256-"));
        QVERIFY(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'") &&
                policy.contains("base-uri 'none'") && !policy.contains("unsafe") && !policy.contains("script"));
        QCOMPARE(header(answer, "X-Frame-Options"), "DENY");
        QCOMPARE(header(answer, "X-Content-Type-Options"), "nosniff");
        QCOMPARE(header(answer, "Cache-Control"), "no-store");
        QCOMPARE(header(answer, "Referrer-Policy"), "same-origin");
        QVERIFY(!body(answer).contains("<script") && !body(answer).contains("style=") &&
                !body(answer).contains(" on"
                                       "click"));
    }
}

void TestSignInPages::cookie()
{
    QByteArray set = header(open(), "Set-Cookie");
    QVERIFY(set.startsWith("kith-sign-in=") && set.endsWith("; Path=/ui/; HttpOnly; SameSite=Lax"));
    const std::string anonymous = m_cookie;
    QVERIFY(header(open(), "Set-Cookie").isEmpty());
    signIn(open());
    QVERIFY(m_cookie != anonymous); // nobody can have given it to them beforehand
    m_cookie.clear();
    m_channel = Channel::Tls;
    set = header(open(), "Set-Cookie");
    QVERIFY(set.startsWith("__Host-kith-sign-in=") && set.endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax"));
    m_cookie.clear();
    m_channel = Channel::Plain; // behind a proxy that speaks TLS
    m_core->core().setApiAddress("https://kith.example");
    QVERIFY(header(open(), "Set-Cookie").contains("; Secure;"));
    m_origin = "https://kith.example";
    QCOMPARE(signIn(open()).status, 303);
}

void TestSignInPages::languages_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("given");
    QTest::newRow("none") << ""
                          << "en";
    QTest::newRow("German") << "de"
                            << "de";
    QTest::newRow("Austrian") << "de-AT,de;q=0.9,en;q=0.8"
                              << "de";
    QTest::newRow("English first") << "en-GB, de;q=0.9"
                                   << "en";
    QTest::newRow("better later") << "en;q=0.5, de;q=0.75"
                                  << "de";
    QTest::newRow("others first") << "fr, it;q=0.9, de;q=0.1"
                                  << "de";
    QTest::newRow("not German") << "de;q=0, *"
                                << "en";
    QTest::newRow("nonsense") << ",;q=,;;"
                              << "en";
}

void TestSignInPages::languages()
{
    QFETCH(QString, asked);
    QFETCH(QString, given);
    m_language = asked.toStdString();
    const HttpAnswer page = open();
    QVERIFY(body(page).contains("<html lang=\"" + given.toLatin1() + "\">"));
    QVERIFY(body(page).contains(given == QLatin1String("de") ? "Anmelden" : "Sign in"));
    QCOMPARE(header(page, "Content-Language"), given.toLatin1());
    m_wish["ui_locales"] = "xx de-CH en";
    QVERIFY(body(open()).contains("<html lang=\"de\">"));
}

void TestSignInPages::methods()
{
    QVERIFY(body(open()).contains("name=\"other\" type=\"text\" value=\"userpass\""));
    m_core->mount("staff");
    post("auth/staff/users/eve", R"({"password":"pw"})");
    post("sys/auth/staff/tune", R"({"listing_visibility":"unauth","description":"Staff <only>"})");
    m_core->mount("machines", R"({"type":"approle","config":{"listing_visibility":"unauth"}})");
    HttpAnswer page = open();
    QVERIFY(body(page).contains("type=\"hidden\" name=\"method\" value=\"staff\""));
    QVERIFY2(!body(page).contains("\"userpass") && !body(page).contains("machines"), page.body.c_str());
    post("sys/auth/userpass/tune", R"({"listing_visibility":"unauth"})");
    page = open();
    QVERIFY(body(page).contains("<option value=\"staff\">Staff &lt;only&gt;</option>") &&
            body(page).contains("<option value=\"userpass\">userpass</option>"));
    const auto with = [&](const std::string &method) {
        return post({{"step", "sign-in"},
                     {"proof", proofOf(page)},
                     {"name", "eve"},
                     {"password", "pw"},
                     {"method", method},
                     {"other", ""}});
    };
    const HttpAnswer wrong = with("userpass");
    QCOMPARE(wrong.status, 400);
    QVERIFY(body(wrong).contains("<option value=\"userpass\" selected>"));
    QCOMPARE(with("staff").status, 303);
}

void TestSignInPages::namespaces()
{
    post("sys/namespaces/team", "{}");
    post("team/sys/auth/userpass", R"({"type":"userpass"})");
    post("team/auth/userpass/users/tim", R"({"password":"pw"})");
    registerClient("team/identity/oidc/client/wiki");
    m_place = "/ui/vault/team/identity/oidc/provider/default/authorize";
    m_wish["scope"] = "openid";
    QCOMPARE(open().status, 400); // the root's client
    m_wish["client_id"] = text(m_core->get("team/identity/oidc/client/wiki"), "client_id");
    const Response found = m_core->get("team/identity/oidc/provider/default/.well-known/openid-configuration");
    QCOMPARE(text(found, "authorization_endpoint"), "http://kith.test:8200" + m_place);
    QCOMPARE(signIn(open(), "joe").status, 400); // one of the root's people
    QCOMPARE(signIn(open(), "tim").status, 303);
    QVERIFY(toldAt(decide(open())).count("code"));
    // Who has signed in there hasn't in the root.
    m_place = "/ui/vault/identity/oidc/provider/default/authorize";
    m_wish["client_id"] = m_client;
    QCOMPARE(pageOf(open()), Page::SignIn);
    m_place = "/ui/vault/nowhere/identity/oidc/provider/default/authorize";
    QCOMPARE(open().status, 404);
}

/// Who signs in in a second namespace stays signed in in the first.
void TestSignInPages::namespacesSideBySide()
{
    post("sys/namespaces/team", "{}");
    post("team/sys/auth/userpass", R"({"type":"userpass"})");
    post("team/auth/userpass/users/tim", R"({"password":"pw"})");
    registerClient("team/identity/oidc/client/wiki");
    decide(consentPage());
    const std::string ofRoot = m_cookie;
    const std::string place = std::exchange(m_place, "/ui/vault/team/identity/oidc/provider/default/authorize");
    const Parameters wish = m_wish;
    m_wish["scope"] = "openid";
    m_wish["client_id"] = text(m_core->get("team/identity/oidc/client/wiki"), "client_id");
    const HttpAnswer page = open();
    QCOMPARE(pageOf(page), Page::SignIn);
    QVERIFY(m_cookie.substr(0, m_cookie.find('=')) != ofRoot.substr(0, ofRoot.find('=')));
    m_cookie = ofRoot + "; " + m_cookie; // a browser has both
    QCOMPARE(signIn(page, "tim").status, 303);
    m_cookie = ofRoot + "; " + m_cookie;
    QCOMPARE(pageOf(open()), Page::Consent);
    m_place = place;
    m_wish = wish;
    QVERIFY(toldAt(open()).count("code"));
}

void TestSignInPages::requestsByForm()
{
    HttpRequest http;
    http.method = "POST";
    http.target = m_place;
    http.body = query(m_wish);
    http.headers["content-type"] = {"application/x-www-form-urlencoded"};
    http.headers["origin"] = {"https://wiki.example"};
    const HttpAnswer answer = send(http);
    QCOMPARE(answer.status, 303);
    QCOMPARE(header(answer, "Location"), QByteArray::fromStdString(target()));
    http.body += "\r\nSet-Cookie: kith-sign-in=x";
    QCOMPARE(send(http).status, 400);
}

/// Every step is one of the core's own requests, from where the person is: so its door checks and records them.
void TestSignInPages::asksTheCore()
{
    m_asked.clear();
    signIn(open(), "joe", "guess");
    decide(consentPage());
    std::set<std::string> paths;
    for (const core::Request &asked : m_asked) {
        paths.insert(asked.path);
        QCOMPARE(asked.peer.address, std::string("192.0.2.7"));
        QVERIFY(!asked.headers.contains("cookie"));
        QCOMPARE(asked.headers.contains(core::VisitHeader), asked.path.starts_with("auth/")); // tokens that end with us
    }
    QCOMPARE(paths, (std::set<std::string>{"kith/authorization/p", "sys/internal/ui/mounts", "auth/userpass/login/joe",
                                           "identity/oidc/provider/p/authorize"}));
}

QTEST_GUILESS_MAIN(TestSignInPages)
#include "tst_SignInPages.moc"
