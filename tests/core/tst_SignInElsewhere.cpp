// SPDX-License-Identifier: Apache-2.0
#include "SignInFixture.h"

using namespace kith;
using namespace kith::test;

/// Logins that begin in one place and are done in another: a browser that comes back to the server itself, a browser
/// that posts, another device.
class TestSignInElsewhere : public QObject
{
    Q_OBJECT

    static constexpr const char *Own = "https://kith.example/v1/auth/oi/oidc/callback";
    const QByteArray Expired{"400 Expired or missing OAuth state."};
    const QByteArray Pending{"400 authorization_pending"};

    std::unique_ptr<SignInFixture> m_at;

    void direct(const json::object &changes = {})
    {
        json::object role{{"callback_mode", "direct"}, {"allowed_redirect_uris", Own}};
        SignInFixture::merge(role, changes);
        m_at->role(role);
    }
    std::string begin() { return m_at->begin({{"redirect_uri", Own}, {"client_nonce", "n"}})["state"]; }
    core::Response confirm(const std::string &state, const json::object &changes = {})
    {
        json::object parameters{{"state", state}, {"code", "co"}, {"confirmation", "1"}};
        SignInFixture::merge(parameters, changes);
        return m_at->callback(parameters);
    }
    core::Response post(const json::object &parameters)
    {
        return m_at->core().sendAs({}, core::Operation::Update, "auth/oi/oidc/callback", json::serialize(parameters));
    }
    /// "200 Title" of a page.
    static QByteArray page(const core::Response &response)
    {
        const QString text = QString::fromStdString(SignInFixture::pageOf(response));
        return QByteArray::number(response.status) + " " + text.section("<h1>", 1).section("</h1>", 0, 0).toUtf8();
    }
    static bool says(const core::Response &response, const char *text)
    {
        return SignInFixture::pageOf(response).find(text) != std::string::npos;
    }

    void deviceIs(json::object answer, int status = 200)
    {
        m_at->device = WebAnswer{status, {}, json::serialize(answer)};
    }
    core::Response askDevice() { return m_at->ask({{"redirect_uri", nullptr}, {"client_nonce", "n"}}); }
    std::string beginDevice()
    {
        const auto response = askDevice();
        return response.data ? std::string(response.data->at("state").as_string()) : std::string();
    }
    void tokenIs(int status, const char *body) { m_at->token = WebAnswer{status, {}, body}; }

private Q_SLOTS:
    void init() { m_at = std::make_unique<SignInFixture>(); }

    void isRecognisedInABrowserAndLoggedInElsewhere()
    {
        direct({{"token_policies", "tp"}});
        QCOMPARE(line(m_at->ask({{"redirect_uri", Own}})), QByteArray("400 missing client_nonce"));
        const auto asked = m_at->ask({{"redirect_uri", Own}, {"client_nonce", "n"}});
        QCOMPARE(member(asked, "poll_interval"), QByteArray("\"5\""));
        const std::string state = begin();
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Pending);
        // Nobody is signed in by following a link that somebody else sent.
        const auto question = m_at->comeBack(state);
        QCOMPARE(page(question), QByteArray("200 Is it you who signs in?"));
        QVERIFY(says(question, "<dd>r</dd>"));
        QVERIFY(says(question, "name=\"code\" value=\"co\""));
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Pending);
        QCOMPARE(page(confirm(state)), QByteArray("200 Signed in"));
        QCOMPARE(SignInFixture::outcome(confirm(state)), Expired);
        const auto login = m_at->poll(state);
        QVERIFY2(login.auth, line(login).constData());
        QCOMPARE(json::serialize(login.auth->fields.at("policies")), std::string(R"(["default","tp"])"));
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Expired);
    }

    void pagesAreSafe()
    {
        direct();
        const auto question = m_at->callback({{"state", begin()}, {"code", "<script>\"'&"}});
        QVERIFY(says(question, "value=\"&lt;script&gt;&#34;&#39;&amp;\""));
        QVERIFY(!says(question, "<script"));
        std::map<std::string, std::string> headers(question.headers.begin(), question.headers.end());
        QVERIFY(headers["Content-Security-Policy"].find("script-src 'none'") != std::string::npos);
        QVERIFY(headers["Content-Security-Policy"].find("frame-ancestors 'none'") != std::string::npos);
        QCOMPARE(headers["Referrer-Policy"], std::string("no-referrer"));
    }

    void whoeverBeganPolls()
    {
        direct({{"oidc_disable_confirmation", true}});
        const std::string state = begin();
        QCOMPARE(page(m_at->comeBack(state)), QByteArray("200 Signed in")); // it wasn't asked
        QCOMPARE(SignInFixture::outcome(m_at->poll(state, "m")), QByteArray("400 invalid client_nonce"));
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Expired); // one guess
        const std::string late = begin();
        m_at->comeBack(late);
        m_at->core().clock().advance(600'000'000'000);
        QCOMPARE(SignInFixture::outcome(m_at->poll(late)), Expired);
    }

    /// Whatever was said when the browser came back.
    void whoPollsIsLoggedInByWhatTheMountSaysNow()
    {
        const auto recognised = [this] {
            direct({{"token_policies", "old"}});
            std::string state = begin();
            confirm(state);
            return state;
        };
        std::string state = recognised();
        direct({{"token_policies", "new"}});
        const auto login = m_at->poll(state);
        QVERIFY2(login.auth, line(login).constData());
        QCOMPARE(json::serialize(login.auth->fields.at("policies")), std::string(R"(["default","new"])"));
        state = recognised();
        direct({{"bound_subject", "ann"}});
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), QByteArray("400 sub claim does not match bound subject"));
        state = recognised();
        direct({{"token_bound_cidrs", "10.0.0.0/8"}});
        QCOMPARE(line(m_at->poll(state)), QByteArray("403 permission denied"));
        state = recognised();
        m_at->config({{"oidc_client_id", "another"}});
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)),
                 QByteArray("400 The configuration of this mount was changed meanwhile."));
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Expired);
    }

    /// Its id may be given to the next one.
    void endsWithItsMount()
    {
        direct();
        const std::string state = begin();
        QCOMPARE(page(confirm(state)), QByteArray("200 Signed in"));
        QCOMPARE(line(m_at->core().remove("sys/auth/oi")), QByteArray("204"));
        m_at->core().mount("oi", R"({"type":"oidc"})");
        m_at->config();
        direct({{"token_policies", "tp"}});
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Expired);
    }

    void endsWhenABackupIsRestored()
    {
        direct();
        const std::string state = begin();
        QCOMPARE(page(confirm(state)), QByteArray("200 Signed in"));
        QCOMPARE(m_at->core().post("kith/backups/now").status, 200);
        QCOMPARE(line(m_at->core().post("kith/backups/now/restore")), QByteArray("204"));
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Expired);
    }

    void asksTheProviderOnlySoOftenForOne()
    {
        direct();
        const std::string state = begin();
        m_at->token = WebAnswer{400, {}, R"({"error":"invalid_grant"})"};
        for (int i = 0; i < 3; ++i)
            QVERIFY(says(confirm(state), "invalid_grant"));
        m_at->token.reset();
        QVERIFY(says(confirm(state), "Expired or missing OAuth state."));
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Pending);
    }

    void tellsTheBrowserWhatWentWrong()
    {
        direct({{"bound_subject", "ann"}});
        const std::string state = begin();
        const auto refused = confirm(state);
        QCOMPARE(page(refused), QByteArray("400 Not signed in"));
        QVERIFY(says(refused, "OpenBao login failed. sub claim does not match bound subject"));
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Pending); // he may try again
        QVERIFY(says(confirm(state, {{"code", nullptr}, {"error", "access_denied"}}), "access_denied"));
        m_at->token = WebAnswer{400, {}, R"({"error":"<b>"})"};
        QVERIFY(says(confirm(state), "&lt;b&gt;"));
        direct({{"token_bound_cidrs", "10.0.0.0/8"}});
        QCOMPARE(line(confirm(state)), QByteArray("403 permission denied"));
        m_at->core().remove("auth/oi/role/r");
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), QByteArray("400 Role could not be found"));
    }

    void aBrowserPosts()
    {
        m_at->role({{"allowed_redirect_uris", Own}});
        QCOMPARE(line(post({{"state", begin()}, {"code", "co"}})), QByteArray("405"));
        m_at->config({{"oidc_response_mode", "form_post"}, {"oidc_response_types", "id_token"}});
        auto query = m_at->begin({{"redirect_uri", Own}});
        QCOMPARE(query["response_type"], std::string("id_token"));
        QCOMPARE(query["response_mode"], std::string("form_post"));
        QVERIFY(!query.contains("code_challenge"));
        const auto taken = post({{"state", query["state"]}, {"id_token", m_at->idToken()}});
        QCOMPARE(page(taken), QByteArray("200 Signing in"));
        QVERIFY(says(taken, "path: \"oi\", code: \"no_code\", state: \"st_"));
        const auto login = m_at->callback({{"state", query["state"]}, {"code", "no_code"}});
        QVERIFY2(login.auth, line(login).constData());
        QCOMPARE(page(post({{"state", query["state"]}})), QByteArray("400 Not signed in"));

        const auto bad = [&](const json::object &claims) {
            m_at->claims = claims;
            const std::string state = begin();
            post({{"state", state}, {"id_token", m_at->idToken()}});
            return SignInFixture::outcome(m_at->callback({{"state", state}, {"client_nonce", "n"}}));
        };
        const QByteArray prefix("400 Token verification failed. Provider.VerifyIDToken: invalid id_token");
        QCOMPARE(bad({{"nonce", "z"}}), prefix + " nonce: invalid nonce");
        QVERIFY(bad({{"aud", "z"}}).startsWith(prefix));
        QCOMPARE(bad({}), QByteArray("200"));
        const std::string state = begin();
        QVERIFY(SignInFixture::outcome(m_at->callback({{"state", state}, {"code", "c"}, {"client_nonce", "n"}}))
                    .contains("should not be using the implicit flow"));
        QCOMPARE(page(post({{"state", begin()}, {"id_token", std::string(300'000, 'x')}})),
                 QByteArray("400 Not signed in"));
    }

    void aBrowserPostsForSomebodyElsewhere()
    {
        direct();
        m_at->config({{"oidc_response_mode", "form_post"}, {"oidc_response_types", "id_token"}});
        const std::string state = begin();
        QCOMPARE(page(post({{"state", state}, {"id_token", m_at->idToken()}})),
                 QByteArray("200 Is it you who signs in?"));
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Pending);
        QCOMPARE(page(m_at->callback({{"state", state}, {"confirmation", "1"}})), QByteArray("200 Signed in"));
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), QByteArray("200"));
    }

    /// A token would come without what binds the login to who began it.
    void onlyACodeComesWhereACodeWasAskedFor()
    {
        m_at->role({{"allowed_redirect_uris", Own}});
        m_at->config({{"oidc_response_mode", "form_post"}});
        const std::string state = begin();
        QCOMPARE(page(post({{"state", state}, {"id_token", m_at->idToken()}})), QByteArray("200 Signing in"));
        QCOMPARE(SignInFixture::outcome(m_at->callback({{"state", state}, {"code", "no_code"}, {"client_nonce", "n"}})),
                 QByteArray("400 No code or id_token received."));
    }

    void aBrowserPostsACode()
    {
        const char *const inNamespace = "https://h/v1/a/b/auth/m/oidc/callback?next=/oidc/callback";
        m_at->role({{"allowed_redirect_uris",
                     json::array{Own, "https://h/ui/vault/auth/a/b/oidc/callback", inNamespace, "x:y"}}});
        m_at->config({{"oidc_response_mode", "form_post"}});
        const std::string state = begin();
        QCOMPARE(page(post({{"state", state}, {"code", "posted"}})), QByteArray("200 Signing in"));
        QCOMPARE(SignInFixture::outcome(m_at->callback({{"state", state}, {"code", "no_code"}, {"client_nonce", "n"}})),
                 QByteArray("200"));
        QCOMPARE(m_at->posted()["code"], std::string("posted"));
        const auto deep = m_at->begin({{"redirect_uri", "https://h/ui/vault/auth/a/b/oidc/callback"}})["state"];
        QVERIFY(says(post({{"state", deep}, {"code", "c"}}), "path: \"a/b\""));
        const auto below = m_at->begin({{"redirect_uri", inNamespace}})["state"];
        QVERIFY(says(post({{"state", below}, {"code", "c"}}), "path: \"m\""));
        const auto elsewhere = m_at->begin({{"redirect_uri", "x:y"}})["state"];
        QVERIFY(says(post({{"state", elsewhere}, {"code", "c"}}), "Invalid redirect path."));
    }

    void speaksTheBrowsersLanguage()
    {
        direct();
        const auto shown = [this](const char *languages, const char *state, bool confirmed = false) {
            core::Request request;
            request.operation = core::Operation::Read;
            request.path = "auth/oi/oidc/callback";
            request.data = json::object{{"state", state}, {"code", "co"}};
            if (confirmed)
                request.data["confirmation"] = "1";
            request.headers["accept-language"] = {languages};
            return m_at->core().core().handle(std::move(request));
        };
        const std::string state = begin();
        QCOMPARE(page(shown("fr, de-AT;q=0.9, en;q=0.5", state.c_str())), QByteArray("200 Melden Sie sich gerade an?"));
        QVERIFY(says(shown("de", state.c_str()), "<html lang=\"de\">"));
        QVERIFY(says(shown("de", state.c_str()), "Mit der Rolle</dt><dd>r</dd>"));
        QCOMPARE(page(shown("en, de;q=0.9", state.c_str())), QByteArray("200 Is it you who signs in?"));
        QVERIFY(says(shown("fr", state.c_str()), "<html lang=\"en\">"));
        tokenIs(400, R"({"error":"invalid_grant"})");
        QCOMPARE(page(shown("de", state.c_str(), true)), QByteArray("400 Nicht angemeldet"));
        m_at->token.reset();
        QCOMPARE(page(shown("de", state.c_str(), true)), QByteArray("200 Angemeldet"));
    }

    void anotherDevice()
    {
        m_at->role({{"callback_mode", "device"}, {"oidc_scopes", "groups"}});
        deviceIs({{"device_code", "dc"}, {"user_code", "UC"}, {"verification_uri", "http://v/"}, {"interval", 7}});
        QCOMPARE(line(m_at->ask()), QByteArray("400 missing client_nonce"));
        const auto asked = askDevice();
        QCOMPARE(member(asked, "auth_url"), QByteArray("\"http://v/\""));
        QCOMPARE(member(asked, "user_code"), QByteArray("\"UC\""));
        QCOMPARE(member(asked, "poll_interval"), QByteArray("\"7\""));
        const std::string state(asked.data->at("state").as_string());
        m_at->claims = {{"nonce", nullptr}};
        tokenIs(400, R"({"error":"authorization_pending"})");
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Pending);
        QCOMPARE(m_at->posted()["device_code"], std::string("dc"));
        // The provider is asked only as often as it wants to be.
        const int asks = m_at->provider().requests();
        const auto after = [&](std::int64_t seconds) {
            m_at->core().clock().advance(seconds * 1'000'000'000);
            return SignInFixture::outcome(m_at->poll(state));
        };
        tokenIs(400, R"({"error":"slow_down"})");
        QCOMPARE(after(6), Pending);
        QCOMPARE(m_at->provider().requests(), asks);
        QCOMPARE(after(1), QByteArray("400 slow_down"));
        QCOMPARE(m_at->provider().requests(), asks + 1);
        m_at->token.reset();
        QCOMPARE(after(11), Pending);
        QCOMPARE(m_at->provider().requests(), asks + 1);
        QCOMPARE(after(1), QByteArray("200"));
        QCOMPARE(SignInFixture::outcome(m_at->poll(state)), Expired);
        const std::string denied = beginDevice();
        tokenIs(400, R"({"error":"access_denied"})");
        QCOMPARE(SignInFixture::outcome(m_at->poll(denied)), QByteArray("400 authorization failed: access_denied"));
        QCOMPARE(SignInFixture::outcome(m_at->poll(denied)), Expired);
        tokenIs(200, R"({"access_token":"a"})");
        QCOMPARE(SignInFixture::outcome(m_at->poll(beginDevice())),
                 QByteArray("400 Token verification failed. No id_token found in response."));
        QCOMPARE(SignInFixture::outcome(m_at->callback({{"state", beginDevice()}, {"code", "c"}})),
                 QByteArray("400 invalid client_nonce"));
    }

    /// Where the real server looks at nothing of it.
    void aDevicesTokenIsLookedAtAsAnother()
    {
        m_at->role({{"callback_mode", "device"}});
        deviceIs({{"device_code", "dc"}, {"verification_uri_complete", "http://v/?c=UC"}});
        QVERIFY(!askDevice().data->get_object().contains("user_code"));
        const auto said = [this](const json::object &claims) {
            m_at->claims = claims;
            return SignInFixture::outcome(m_at->poll(beginDevice()));
        };
        const QByteArray prefix("400 Token verification failed. Provider.VerifyIDToken: invalid id_token: ");
        QVERIFY(said({{"aud", "x"}}).startsWith(prefix + "one audience (x)"));
        QVERIFY(said({{"exp", 5}}).startsWith(prefix + "oidc: token is expired"));
        const SigningKey other;
        m_at->signer = &other;
        QVERIFY(said({}).startsWith(prefix + "failed to verify signature"));
    }

    void aDeviceEndpointFails()
    {
        m_at->role({{"callback_mode", "device"}});
        deviceIs({{"error", "bad"}}, 400);
        QCOMPARE(line(askDevice()), QByteArray("500 error authorizing device: 400 Bad Request: {\"error\":\"bad\"}"));
        deviceIs({});
        QVERIFY(line(askDevice()).startsWith("500 the issuer's response"));
        m_at->document = {{"device_authorization_endpoint", nullptr}};
        m_at->config({{"oidc_discovery_url", m_at->provider().url()}, {"oidc_discovery_ca_pem", ""}});
        m_at->core().mount("again", R"({"type":"oidc"})");
        m_at->core().post("auth/again/config", json::object{{"oidc_discovery_url", m_at->provider().url()},
                                                            {"oidc_client_id", "c"},
                                                            {"oidc_client_secret", "s"}});
        m_at->core().post(
            "auth/again/role/r",
            json::object{{"user_claim", "sub"}, {"callback_mode", "device"}, {"allowed_redirect_uris", Own}});
        QCOMPARE(line(m_at->core().sendAs({}, core::Operation::Update, "auth/again/oidc/auth_url",
                                          R"({"role":"r","client_nonce":"n"})")),
                 QByteArray("500 no device auth endpoint url discovered"));
    }
};

QTEST_GUILESS_MAIN(TestSignInElsewhere)
#include "tst_SignInElsewhere.moc"
