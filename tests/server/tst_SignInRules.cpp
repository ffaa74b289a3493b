// SPDX-License-Identifier: Apache-2.0
#include "SignInFixture.h"

#include <algorithm>

using namespace kith;
using namespace kith::test;

/// Each rule of the pages is broken here once.
class TestSignInRules : public QObject, protected SignInFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void wrongProof();
    void oldProof();
    void foreignOrigin_data();
    void foreignOrigin();
    void usualPorts_data();
    void usualPorts();
    void withoutCookie();
    void notToldTheClient_data();
    void notToldTheClient();
    void toldTheClient_data();
    void toldTheClient();
    void wrongNamesAndPasswords();
    void lockedOut();
    void disabledBetweenTheSteps();
    void endsWithItsToken();
    void endsByTime();
    void notAssigned();
    void refusedOnReturn();
    void nothingBreaksOut();
    void otherRequests();

private:
    /// Whoever has that name at userpass.
    void disable(const std::string &name)
    {
        const Response found = m_core->post(
            "identity/lookup/entity",
            boost::json::object{{"alias_name", name},
                                {"alias_mount_accessor", text(m_core->get("sys/auth/userpass"), "accessor")}});
        post("identity/entity/id/" + text(found, "id"), R"({"disabled":true})");
    }
};

void TestSignInRules::wrongProof()
{
    const HttpAnswer page = open();
    const std::string good = proofOf(page);
    const std::string otherStep = proofOf(consentPage());
    const std::string mine = m_cookie;
    m_cookie.clear();
    const std::string ofAnother = proofOf(open());
    m_cookie = mine;
    for (const std::string &proof : {std::string(), std::string("x"), good + "0", "9" + good, otherStep, ofAnother}) {
        const HttpAnswer answer =
            post({{"step", "sign-in"}, {"proof", proof}, {"name", "joe"}, {"password", "pw"}, {"other", "userpass"}});
        QCOMPARE(answer.status, 403);
        QVERIFY(alert(answer).starts_with("This page was open for too long"));
        const HttpAnswer consent = post({{"step", "consent"}, {"proof", proof}, {"decision", "allow"}});
        QVERIFY(proof == otherStep || (consent.status == 403 && pageOf(consent) == Page::Consent));
    }
    // A proof is of one request.
    const std::string proof = proofOf(open());
    m_wish["scope"] = "openid";
    QCOMPARE(post({{"step", "consent"}, {"proof", proof}, {"decision", "allow"}}).status, 403);
    m_asked.clear();
    QCOMPARE(post({{"step", "else"}}).status, 400);
}

void TestSignInRules::oldProof()
{
    const HttpAnswer page = open();
    m_core->clock().advance(1801 * Second);
    const HttpAnswer late = signIn(page);
    QCOMPARE(late.status, 403);
    QVERIFY(alert(late).starts_with("This page was open for too long"));
    m_core->clock().advance(1800 * Second);
    QCOMPARE(signIn(late).status, 303);
}

void TestSignInRules::foreignOrigin_data()
{
    QTest::addColumn<QString>("origin");
    for (const char *origin : {"https://evil.example", "null", "http://kith.test", "https://kith.test:8200",
                               "http://kith.test:8200.evil.example", ""})
        QTest::newRow(*origin ? origin : "none") << QString::fromLatin1(origin);
}

void TestSignInRules::foreignOrigin()
{
    QFETCH(QString, origin);
    const HttpAnswer page = open();
    m_origin = origin.toStdString();
    m_asked.clear();
    const HttpAnswer answer = signIn(page);
    QCOMPARE(answer.status, 403);
    QVERIFY(alert(answer).starts_with("The form did not come from this page"));
    for (const core::Request &asked : m_asked)
        QVERIFY(!asked.path.starts_with("auth/"));
    m_origin = Origin;
    const HttpAnswer consent = consentPage();
    m_origin = origin.toStdString();
    QCOMPARE(decide(consent).status, 403);
}

void TestSignInRules::usualPorts_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<bool>("good");
    QTest::newRow("asked with it") << "kith.test:443"
                                   << ""
                                   << "https://kith.test" << true;
    QTest::newRow("said with it") << "kith.test"
                                  << ""
                                  << "https://kith.test:443" << true;
    QTest::newRow("told with it") << "inner:8200"
                                  << "https://Kith.example:443/x"
                                  << "https://kith.example" << true;
    QTest::newRow("of the other scheme") << "kith.test:80"
                                         << ""
                                         << "https://kith.test" << false;
    QTest::newRow("longer") << "kith.test:4430"
                            << ""
                            << "https://kith.test" << false;
}

/// Browsers leave the port out of an origin that its scheme has anyway.
void TestSignInRules::usualPorts()
{
    QFETCH(QString, host);
    QFETCH(QString, address);
    QFETCH(QString, origin);
    QFETCH(bool, good);
    m_channel = Channel::Tls;
    m_host = host.toStdString();
    m_core->core().setApiAddress(address.toStdString());
    m_origin = origin.toStdString();
    QCOMPARE(signIn(open()).status, good ? 303 : 403);
}

void TestSignInRules::withoutCookie()
{
    const HttpAnswer page = open();
    m_cookie.clear();
    QCOMPARE(signIn(page).status, 403);
    const HttpAnswer consent = consentPage();
    m_cookie.clear();
    const HttpAnswer answer = decide(consent);
    QCOMPARE(answer.status, 403);
    QCOMPARE(pageOf(answer), Page::SignIn);
}

void TestSignInRules::notToldTheClient_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("no client") << "client_id"
                               << "";
    QTest::newRow("unknown client") << "client_id"
                                    << "x";
    QTest::newRow("no address") << "redirect_uri"
                                << "";
    QTest::newRow("other address") << "redirect_uri"
                                   << "https://evil.example/cb";
    QTest::newRow("other path") << "redirect_uri"
                                << "http://127.0.0.1:9/cb/../x";
    QTest::newRow("more than the address") << "redirect_uri"
                                           << "http://127.0.0.1:9/cb?x=y";
    QTest::newRow("host in the port") << "redirect_uri"
                                      << "http://127.0.0.1:9@evil.example/cb";
    QTest::newRow("script") << "redirect_uri"
                            << "javascript:alert(1)";
    QTest::newRow("fragment") << "redirect_uri"
                              << "http://127.0.0.1:9/cb#x";
}

void TestSignInRules::notToldTheClient()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    // Nobody checks what is registered.
    registerClient("identity/oidc/client/wiki", {Callback, "javascript:alert(1)", "http://127.0.0.1:9/cb#x"});
    m_wish[name.toStdString()] = value.toStdString();
    for (const char *prompt : {"", "none"}) {
        m_wish["prompt"] = prompt;
        const HttpAnswer answer = open();
        QCOMPARE(answer.status, 400);
        QCOMPARE(pageOf(answer), Page::Message);
        QVERIFY(header(answer, "Location").isEmpty() && !body(answer).contains("href"));
        QVERIFY(!alert(answer).empty());
    }
}

void TestSignInRules::toldTheClient_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("error");
    QTest::newRow("no openid") << "scope"
                               << "profile"
                               << "invalid_request";
    QTest::newRow("no type") << "response_type"
                             << ""
                             << "invalid_request";
    QTest::newRow("other type") << "response_type"
                                << "token"
                                << "unsupported_response_type";
    QTest::newRow("other mode") << "response_mode"
                                << "fragment"
                                << "invalid_request";
    QTest::newRow("method") << "code_challenge_method"
                            << "S512"
                            << "invalid_request";
    QTest::newRow("prompt") << "prompt"
                            << "none login"
                            << "invalid_request";
    QTest::newRow("unknown prompt") << "prompt"
                                    << "create"
                                    << "invalid_request";
    QTest::newRow("age") << "max_age"
                         << "x"
                         << "invalid_request";
    QTest::newRow("no age") << "max_age"
                            << "0"
                            << "invalid_request";
    QTest::newRow("object") << "request"
                            << "x"
                            << "request_not_supported";
    QTest::newRow("object elsewhere") << "request_uri"
                                      << "x"
                                      << "request_uri_not_supported";
}

void TestSignInRules::toldTheClient()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, error);
    m_wish["code_challenge"] = std::string(43, 'c');
    m_wish[name.toStdString()] = value.toStdString();
    const HttpAnswer answer = open();
    QCOMPARE(answer.status, 303);
    const Parameters told = toldAt(answer);
    QCOMPARE(told.at("address"), std::string(Callback));
    QCOMPARE(QString::fromStdString(told.at("error")), error);
    QVERIFY(!told.at("error_description").empty());
    QCOMPARE(told.at("state"), std::string("a&b<c"));
    QVERIFY(!told.count("code"));
}

void TestSignInRules::wrongNamesAndPasswords()
{
    const auto told = [&](const std::string &name, const std::string &password, const std::string &method) {
        const HttpAnswer answer = signIn(open(), name, password, method);
        QByteArray page = body(answer);
        page.replace(QByteArray::fromStdString("value=\"" + name + "\""), "value=\"\"");
        page.replace(QByteArray::fromStdString(proofOf(answer)), "");
        return QByteArray::number(answer.status) + page;
    };
    const QByteArray wrong = told("joe", "no", "userpass");
    QVERIFY(wrong.startsWith("400") && wrong.contains("aria-invalid"));
    QCOMPARE(told("nobody", "no", "userpass"), wrong);
    QCOMPARE(told("../joe", "pw", "userpass"), wrong);
    QVERIFY(told("joe", "pw", "nowhere").contains("The name or the password is not right"));
    QVERIFY(told("joe", "pw", "token/../userpass").contains("The name or the password is not right"));
    QVERIFY(told("", "pw", "userpass").contains("Enter your name"));
    QVERIFY(told("joe", "", "userpass").contains("Enter your name"));
    QCOMPARE(pageOf(open()), Page::SignIn);
}

void TestSignInRules::lockedOut()
{
    for (int i = 0; i < 5; ++i)
        QCOMPARE(signIn(open(), "joe", "no").status, 400);
    const HttpAnswer locked = signIn(open());
    QCOMPARE(locked.status, 400);
    QVERIFY(alert(locked).starts_with("The name or the password is not right, or"));
    m_core->clock().advance(16 * 60 * Second);
    QCOMPARE(signIn(open()).status, 303);
}

void TestSignInRules::disabledBetweenTheSteps()
{
    const HttpAnswer page = consentPage();
    disable("joe");
    const HttpAnswer answer = decide(page);
    QCOMPARE(toldAt(answer).at("error"), std::string("access_denied"));
    QVERIFY(!toldAt(answer).count("code"));
    const HttpAnswer again = signIn(open());
    QCOMPARE(again.status, 400);
    QVERIFY(alert(again).starts_with("The name or the password is not right"));
}

void TestSignInRules::endsWithItsToken()
{
    decide(consentPage());
    const core::Request &login = m_asked.back();
    QVERIFY(!login.token.empty());
    m_core->sendAs(std::string(login.token), core::Operation::Update, "auth/token/revoke-self");
    const HttpAnswer page = open();
    QCOMPARE(pageOf(page), Page::SignIn);
    QVERIFY(alert(page).starts_with("You are no longer signed in"));
}

void TestSignInRules::endsByTime()
{
    decide(consentPage());
    m_core->clock().advance(8 * 3600 * Second - Second);
    QVERIFY(toldAt(open()).count("code"));
    const std::string token = m_asked.back().token;
    m_core->clock().advance(Second);
    QCOMPARE(pageOf(open()), Page::SignIn);
    QCOMPARE(m_core->sendAs(token, core::Operation::Read, "auth/token/lookup-self").status, 403); // revoked
}

void TestSignInRules::notAssigned()
{
    post("identity/oidc/assignment/none", R"({"entity_ids":[]})");
    post("identity/oidc/client/wiki", R"({"assignments":"none"})");
    QCOMPARE(toldAt(decide(consentPage())).at("error"), std::string("access_denied"));
}

/// A form led here, and from there browsers follow no redirection to somebody else.
void TestSignInRules::refusedOnReturn()
{
    decide(consentPage());
    m_wish["prompt"] = "login";
    signIn(open());
    disable("joe");
    const HttpAnswer answer = open();
    QCOMPARE(pageOf(answer), Page::Return);
    QCOMPARE(toldAt(answer).at("error"), std::string("access_denied"));
}

void TestSignInRules::nothingBreaksOut()
{
    const std::string evil = "\"><script>alert('x')</script>{{proof}}";
    m_core->post("identity/oidc/scope/profile",
                 boost::json::object{{"template", "{}"}, {"description", "<b>&{person}\"'{{proof}}"}});
    m_wish["state"] = evil;
    m_wish["login_hint"] = evil;
    const HttpAnswer page = open();
    QVERIFY(body(page).contains("value=\"&#34;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;{{proof}}\""));
    const HttpAnswer wrong = signIn(page, evil, "no", evil);
    signIn(wrong);
    const HttpAnswer consent = open();
    QVERIFY(body(consent).contains("profile: &lt;b&gt;&amp;{person}&#34;&#39;{{proof}}"));
    for (const HttpAnswer &answer : {page, wrong, consent, decide(consent)})
        QVERIFY(!body(answer).contains("<script") && !body(answer).contains("<b>"));
    m_wish["client_id"] = "\r\nx: y";
    QCOMPARE(open().status, 400);
}

void TestSignInRules::otherRequests()
{
    const auto status = [&](const char *method, const std::string &target) {
        HttpRequest http;
        http.method = method;
        http.target = target;
        return send(std::move(http)).status;
    };
    QCOMPARE(status("PUT", target()), 405);
    QCOMPARE(status("HEAD", target()), 405);
    QCOMPARE(status("GET", target() + "&nonce=again"), 400);
    QCOMPARE(status("GET", target() + "&x=%zz"), 400);
    for (const char *place :
         {"/ui/", "/ui/vault/", "/ui/vault/identity/oidc/provider/authorize",
          "/ui/vault/identity/oidc/provider/a/b/authorize", "/ui/vault/xidentity/oidc/provider/p/authorize",
          "/ui/vault/../identity/oidc/provider/p/authorize", "/ui/vault/identity/oidc/provider/no/authorize"})
        QVERIFY2(status("GET", std::string(place) + "?" + query(m_wish)) >= 400, place);
    QCOMPARE(post({{"step", "sign-in"}}, "text/plain").status, 415);
    QCOMPARE(post({{"step", "sign-in"}, {"x", std::string(17'000, 'x')}}).status, 413);
    QVERIFY(server::SignInPages::own("/ui/x") && server::SignInPages::own("http://h/ui/x?y"));
    QVERIFY(!server::SignInPages::own("/v1/ui/x") && !server::SignInPages::own("/uix"));
    // A sealed core lets nobody in.
    const HttpAnswer page = open();
    QVERIFY(m_core->post("sys/seal").ok());
    QCOMPARE(open().status, 503);
    QCOMPARE(signIn(page).status, 503);
}

QTEST_GUILESS_MAIN(TestSignInRules)
#include "tst_SignInRules.moc"
