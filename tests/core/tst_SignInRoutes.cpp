// SPDX-License-Identifier: Apache-2.0
#include "SignInFixture.h"

#include <QtConcurrent/QtConcurrentRun>

#include <set>

using namespace kith;
using namespace kith::test;

constexpr Nanoseconds Second = 1'000'000'000;

/// Expected answers are those of OpenBao 2.7.2.
class TestSignInRoutes : public QObject
{
    Q_OBJECT

    std::unique_ptr<SignInFixture> m_at;

    QByteArray refusal(const std::string &text) const
    {
        return QByteArray::fromStdString("400 Error exchanging oidc code: \"Provider.Exchange: " + text + "\".");
    }

private Q_SLOTS:
    void init() { m_at = std::make_unique<SignInFixture>(); }

    void sendsPeopleToTheProvider()
    {
        m_at->role({{"oidc_scopes", json::array{"openid", "groups", "groups", "a b"}}, {"max_age", "1h"}});
        auto query = m_at->begin();
        QCOMPARE(query["client_id"], std::string("cid"));
        QCOMPARE(query["redirect_uri"], std::string(SignInFixture::Redirect));
        QCOMPARE(query["response_type"], std::string("code"));
        QCOMPARE(query["scope"], std::string("openid+groups+a+b"));
        QCOMPARE(query["max_age"], std::string("3600"));
        QCOMPARE(query["code_challenge_method"], std::string("S256"));
        QCOMPARE(query["code_challenge"].size(), std::size_t(43));
        QCOMPARE(query["state"].size(), std::size_t(23));
        QCOMPARE(query["nonce"].size(), std::size_t(22));
        QVERIFY(!query.contains("response_mode"));
        auto other = m_at->begin();
        for (const char *name : {"state", "nonce", "code_challenge"})
            QVERIFY(query[name] != other[name]);
        m_at->document = {{"authorization_endpoint", m_at->provider().url() + "/authorize?tenant=x"}};
        m_at->config({{"oidc_client_id", "a b:c/+"}});
        QVERIFY(SignInFixture::url(m_at->ask()).find("/authorize?tenant=x&client_id=a+b%3Ac%2F%2B&code_challenge=") !=
                std::string::npos); // of the addresses of before nothing is kept
    }

    void refusesToSend()
    {
        const auto asked = [this](const json::object &changes) { return line(m_at->ask(changes)); };
        QCOMPARE(asked({{"redirect_uri", nullptr}}), QByteArray("400 missing redirect_uri"));
        QCOMPARE(asked({{"role", "zz"}}), QByteArray("400 role \"zz\" could not be found"));
        QVERIFY(!SignInFixture::url(m_at->ask({{"role", ""}})).empty()); // the usual one
        QCOMPARE(asked({{"redirect_uri", json::array{"x"}}}),
                 QByteArray("400 Field validation failed: error converting input for field \"redirect_uri\": '' "
                            "expected type 'string', got unconvertible type '[]interface {}'"));
        QCOMPARE(asked({{"client_nonce", std::string(5000, 'x')}}),
                 QByteArray("400 client_nonce or redirect_uri is too long"));
        m_at->config({{"default_role", nullptr}});
        QCOMPARE(asked({{"role", nullptr}}), QByteArray("400 missing role"));
        m_at->config({{"oidc_client_id", nullptr}, {"oidc_client_secret", nullptr}});
        QCOMPARE(asked({}), QByteArray("400 OIDC login is not configured for this mount"));
        m_at->core().mount("bare", R"({"type":"oidc"})");
        QCOMPARE(line(m_at->core().sendAs({}, core::Operation::Update, "auth/bare/oidc/auth_url")),
                 QByteArray("400 could not load configuration"));
        QCOMPARE(SignInFixture::outcome(m_at->callback({{"state", "x"}}, "bare")),
                 QByteArray("400 Could not load configuration"));
    }

    void knowsItsAddresses_data()
    {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<bool>("good");
        QTest::newRow("as it is") << "https://x.y/cb?a=b" << true;
        QTest::newRow("without its query") << "https://x.y/cb" << false;
        QTest::newRow("another letter") << "https://X.y/cb?a=b" << false;
        QTest::newRow("a port of its own") << "https://x.y:443/cb?a=b" << false;
        QTest::newRow("loopback, any port") << "http://127.0.0.1:71/cb" << true;
        QTest::newRow("loopback, no port") << "http://127.0.0.1/cb" << true;
        QTest::newRow("loopback, port that is none") << "http://127.0.0.1:x/cb" << false;
        QTest::newRow("loopback, a user") << "http://u@127.0.0.1:1/cb" << false;
        QTest::newRow("loopback, another path") << "http://127.0.0.1:1/cb/" << false;
        QTest::newRow("localhost is another") << "http://localhost:1/cb" << false;
        QTest::newRow("IPv6") << "http://[::1]:6/six" << true;
        QTest::newRow("an application's") << "custom://x/y" << true;
        QTest::newRow("LOCALHOST") << "http://LOCALHOST:1/host" << false;
        QTest::newRow("localhost") << "http://localhost:9/host" << true;
    }
    void knowsItsAddresses()
    {
        QFETCH(QString, asked);
        QFETCH(bool, good);
        m_at->role(
            {{"allowed_redirect_uris", json::array{"https://x.y/cb?a=b", "http://127.0.0.1:70/cb", "http://[::1]:5/six",
                                                   "custom://x/y", "http://localhost/host"}}});
        const std::string url = SignInFixture::url(m_at->ask({{"redirect_uri", asked.toStdString()}}));
        QCOMPARE(!url.empty(), good);
    }

    void namesTheNamespaceInTheState()
    {
        m_at->role({{"allowed_redirect_uris", "https://h/cb?a=b"}});
        auto query = m_at->begin({{"redirect_uri", "https://h/cb?namespace=n1%2Fn2&a=b"}});
        QCOMPARE(query["redirect_uri"], std::string("https://h/cb?a=b"));
        QVERIFY(query["state"].ends_with(",ns=n1/n2"));
        QCOMPARE(SignInFixture::outcome(m_at->comeBack(query["state"].substr(0, 23))), QByteArray("200"));
        m_at->config({{"namespace_in_state", false}});
        QVERIFY(SignInFixture::url(m_at->ask({{"redirect_uri", "https://h/cb?namespace=n1&a=b"}})).empty());
    }

    void signsIn()
    {
        m_at->role({{"token_policies", "tp"},
                    {"groups_claim", "groups"},
                    {"claim_mappings", json::object{{"mail", "email"}}},
                    {"oauth2_metadata", json::array{"access_token", "refresh_token"}}});
        const std::string accessor(m_at->core().get("sys/auth/oi").data->get_object().at("accessor").as_string());
        const std::string group = m_at->core().create("identity/group", R"({"name":"dev","type":"external"})");
        m_at->core().create(
            "identity/group-alias",
            json::object{{"name", "developers"}, {"mount_accessor", accessor}, {"canonical_id", group}});
        m_at->person = json::object{{"sub", "joe"}, {"mail", "joe@x"}, {"groups", json::array{"developers"}}};
        m_at->claims = {{"mail", "old@x"}};
        auto query = m_at->begin();
        const auto response = m_at->comeBack(query["state"]);
        QVERIFY2(response.auth, line(response).constData());
        const json::object &auth = response.auth->fields;
        QCOMPARE(json::serialize(auth.at("policies")), std::string(R"(["default","tp"])"));
        QCOMPARE(json::serialize(auth.at("metadata")),
                 std::string(R"({"email":"joe@x","oauth2_access_token":"at","oauth2_refresh_token":"rt","role":"r"})"));
        const std::string entity(auth.at("entity_id").as_string());
        QCOMPARE(member(m_at->core().get("identity/group/id/" + group), "member_entity_ids"),
                 "[\"" + QByteArray::fromStdString(entity) + "\"]");
        const auto aliases = member(m_at->core().get("identity/entity/id/" + entity), "aliases");
        QVERIFY(aliases.contains(R"("metadata":{"email":"joe@x","role":"r"})")); // no tokens in it
        const auto explained = m_at->core().post("kith/explain", json::object{{"entity", entity}});
        const QByteArray external = member(explained, "external");
        const QByteArray ends = R"("mount":"oi","alias":"joe","since":"2026-11-22T08:00:00Z",)"
                                R"("refreshed":"2026-11-22T08:00:00Z"}])";
        QVERIFY2(external.endsWith(ends), external.constData());
        auto posted = m_at->posted();
        QCOMPARE(posted["grant_type"], std::string("authorization_code"));
        QCOMPARE(posted["code"], std::string("co"));
        QCOMPARE(posted["redirect_uri"], std::string(SignInFixture::Redirect));
        QCOMPARE(jose::sha256InBase64Url(posted["code_verifier"]), query["code_challenge"]);
        QVERIFY(!posted.contains("client_secret"));
        QCOMPARE(m_at->authorization(), std::string("Basic Y2lkOnMlMkZj")); // cid:s%2Fc
    }

    void provesItselfAsTheProviderWants()
    {
        m_at->wantsSecretInBody = true;
        QCOMPARE(SignInFixture::outcome(m_at->signIn()), QByteArray("200"));
        QCOMPARE(m_at->posted()["client_secret"], std::string("s/c"));
        QVERIFY(m_at->authorization().empty());
        m_at->document = {{"token_endpoint_auth_methods_supported", json::array{"client_secret_post"}}};
        m_at->config();
        m_at->begin();
        const int before = m_at->provider().requests();
        const std::string state = m_at->begin()["state"];
        m_at->comeBack(state);
        QCOMPARE(m_at->provider().requests(), before + 3); // it was told so: one for tokens, the keys, userinfo
    }

    void aStateIsGoodOnce()
    {
        const QByteArray expired("400 Expired or missing OAuth state.");
        const std::string state = m_at->begin()["state"];
        QCOMPARE(SignInFixture::outcome(m_at->callback({{"code", "co"}})), expired);
        m_at->core().mount("other", R"({"type":"oidc"})");
        m_at->core().post("auth/other/config", json::object{{"oidc_discovery_url", m_at->provider().url()}});
        QCOMPARE(SignInFixture::outcome(m_at->callback({{"state", state}, {"code", "co"}}, "other")), expired);
        QCOMPARE(SignInFixture::outcome(m_at->comeBack(state)), QByteArray("200"));
        QCOMPARE(SignInFixture::outcome(m_at->comeBack(state)), expired);
        // Whatever came of it.
        const std::string empty = m_at->begin()["state"];
        QCOMPARE(SignInFixture::outcome(m_at->callback({{"state", empty}})),
                 QByteArray("400 No code or id_token received."));
        QCOMPARE(SignInFixture::outcome(m_at->comeBack(empty)), expired);
        const std::string denied = m_at->begin()["state"];
        QCOMPARE(SignInFixture::outcome(m_at->callback({{"state", denied}, {"error", "access_denied"}})),
                 QByteArray("400 access_denied"));
        QCOMPARE(SignInFixture::outcome(m_at->comeBack(denied)), expired);
        const std::string odd = m_at->begin()["state"];
        QCOMPARE(SignInFixture::outcome(m_at->callback({{"state", odd}, {"error", "login_required"}})),
                 QByteArray("400 An unknown error occurred during OIDC authentication. Check server logs for details"));
    }

    void aStateIsGoodForTenMinutes()
    {
        const std::string inTime = m_at->begin()["state"];
        m_at->core().clock().advance(599 * Second);
        QCOMPARE(SignInFixture::outcome(m_at->comeBack(inTime)), QByteArray("200"));
        const std::string late = m_at->begin()["state"];
        m_at->core().clock().advance(600 * Second);
        QCOMPARE(SignInFixture::outcome(m_at->comeBack(late)), QByteArray("400 Expired or missing OAuth state."));
    }

    void whoeverBeganEndsIt()
    {
        const auto begun = [this] { return m_at->begin({{"client_nonce", "n"}})["state"]; };
        QCOMPARE(SignInFixture::outcome(m_at->comeBack(begun())), QByteArray("400 invalid client_nonce"));
        QCOMPARE(SignInFixture::outcome(m_at->callback({{"state", begun()}, {"code", "co"}, {"client_nonce", "m"}})),
                 QByteArray("400 invalid client_nonce"));
        QCOMPARE(SignInFixture::outcome(m_at->callback({{"state", begun()}, {"code", "co"}, {"client_nonce", "n"}})),
                 QByteArray("200"));
    }

    void readsIdentityTokens_data()
    {
        QTest::addColumn<QByteArray>("changes"); // of times: seconds from now
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *changes, const char *expected) {
            QTest::addRow("%s", changes) << QByteArray(changes) << QByteArray(expected);
        };
        const char *nonce = "nonce: invalid nonce";
        row(R"({"nonce":"bad"})", nonce);
        row(R"({"nonce":null,"aud":"x"})", nonce);
        row(R"({"iss":"x","exp":-1})", ": oidc: id token issued by a different provider, expected ");
        row(R"({"exp":-10,"sub":null})", ": oidc: token is expired (Token Expiry: ");
        row(R"({"exp":null})", ": oidc: token is expired (Token Expiry: ");
        row(R"({"nbf":100})", "200");
        row(R"({"nbf":400})", ": oidc: current time ");
        row(R"({"iat":null})", "200");
        row(R"({"iat":59})", "200");
        row(R"({"iat":100,"sub":null})", " current time ");
        row(R"({"sub":null,"aud":"x"})", ": sub: missing required claim");
        row(R"({"sub":5})", ": oidc: failed to unmarshal claims: json: cannot unmarshal number into Go struct field "
                            "idToken.sub of type string");
        row(R"({"aud":[]})", ": aud: missing required claim");
        row(R"({"aud":5})", ": oidc: failed to unmarshal claims: json: cannot unmarshal number into Go value of type "
                            "[]string");
        row(R"({"aud":"x"})",
            ": one audience (x) which is not the client_id (cid) and authorized party (%!s(<nil>)) is "
            "not equal client_id (cid): invalid authorized party (azp)");
        row(R"({"aud":["x","cid"]})", ": multiple audiences and authorized party (%!s(<nil>)) is not equal client_id "
                                      "(cid): invalid authorized party (azp)");
        row(R"({"aud":["x","cid"],"azp":"cid"})", "200");
        row(R"({"azp":"x"})", ": authorized party (x) is not equal client_id (cid): invalid authorized party (azp)");
    }
    void readsIdentityTokens()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QByteArray, expected);
        json::object claims = json::parse(changes.toStdString()).as_object();
        for (const char *name : {"exp", "nbf", "iat"})
            if (json::value *time = claims.if_contains(name); time && time->is_int64())
                *time = time->get_int64() + m_at->now();
        m_at->claims = claims;
        const QByteArray said = SignInFixture::outcome(m_at->signIn());
        if (expected == "200")
            QCOMPARE(said, expected);
        else
            QVERIFY2(said.startsWith("400 Error exchanging oidc code: \"Provider.Exchange: id_token failed "
                                     "verification: Provider.VerifyIDToken: invalid id_token") &&
                         said.contains(expected),
                     said.constData());
    }

    void readsSignatures()
    {
        const std::string verification("id_token failed verification: Provider.VerifyIDToken: invalid id_token: ");
        const SigningKey other;
        m_at->signer = &other;
        QCOMPARE(SignInFixture::outcome(m_at->signIn()),
                 refusal(verification +
                         "failed to verify signature: failed to verify id token signature: invalid signature"));
        m_at->signer = nullptr;
        m_at->config({{"jwt_supported_algs", nullptr}}); // only what every provider can
        QCOMPARE(SignInFixture::outcome(m_at->signIn()),
                 refusal(verification + R"(oidc: malformed jwt: unexpected signature algorithm \"ES256\"; expected )" +
                         R"([\"RS256\"]: unsupported signing algorithm)"));
        m_at->config();
        m_at->claims = {{"at_hash", jose::halfHash(jose::SignatureAlgorithm::Es256, "at")},
                        {"c_hash", jose::halfHash(jose::SignatureAlgorithm::Es256, "co")}};
        QCOMPARE(SignInFixture::outcome(m_at->signIn()), QByteArray("200"));
        m_at->claims["at_hash"] = "x";
        QCOMPARE(SignInFixture::outcome(m_at->signIn()),
                 refusal("access_token failed verification: VerifyAccessToken: verifyHashClaim: access_token hash does "
                         "not match value in id_token"));
        m_at->claims = {{"c_hash", "x"}};
        QCOMPARE(SignInFixture::outcome(m_at->signIn()),
                 refusal("code hash failed verification: VerifyAccessToken: verifyHashClaim: authorization code hash "
                         "does not match value in id_token"));
    }

    void readsTokenAnswers_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](int status, const char *body, const char *expected) {
            QTest::addRow("%d %s", status, body) << status << QByteArray(body) << QByteArray(expected);
        };
        row(500, "boom", "oauth2: cannot fetch token: 500 Internal Server Error\\nResponse: boom");
        row(400, R"({"error":"invalid_grant"})", R"(oauth2: \"invalid_grant\")");
        row(400, R"({"error":"invalid_grant","error_description":"old","error_uri":"http:u"})",
            R"(oauth2: \"invalid_grant\" \"old\" \"http:u\")");
        row(200, R"({"error":"e","access_token":"a"})", R"(oauth2: \"e\")");
        row(200, "{}", "oauth2: server response missing access_token: access_token is missing");
        row(302, "", "oauth2: cannot fetch token: 302 Found\\nResponse: ");
    }
    void readsTokenAnswers()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, expected);
        // A code, a verifier and a secret go nowhere else.
        m_at->token = WebAnswer{status, {"Location: " + m_at->provider().url() + "/elsewhere"}, body.toStdString()};
        QCOMPARE(SignInFixture::outcome(m_at->signIn()),
                 refusal("unable to exchange auth code with provider: " + expected.toStdString()));
    }

    void needsAnIdentityToken()
    {
        m_at->token = WebAnswer{200, {}, R"({"access_token":"a"})"};
        QCOMPARE(SignInFixture::outcome(m_at->signIn()),
                 refusal("id_token is missing from auth code exchange: id_token is missing"));
        m_at->token = WebAnswer{200, {}, R"({"access_token":"a","id_token":"x"})"};
        QCOMPARE(SignInFixture::outcome(m_at->signIn()),
                 refusal("id_token failed verification: Provider.VerifyIDToken: invalid id_token: oidc: malformed jwt: "
                         "oidc: malformed jwt, expected 3 parts got 1"));
    }

    void checksTheRole_data()
    {
        QTest::addColumn<QByteArray>("role");
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *role, const char *claims, const char *expected) {
            QTest::addRow("%s %s", role, claims) << QByteArray(role) << QByteArray(claims) << QByteArray(expected);
        };
        row(R"({"bound_subject":"ann","user_claim":"mail"})", "{}", "400 sub claim does not match bound subject");
        row(R"({"user_claim":"mail","groups_claim":"g"})", "{}", "400 claim \"mail\" not found in token");
        row(R"({"user_claim":"/a/b","user_claim_json_pointer":true})", R"({"a":{"b":"deep"}})", "200");
        row(R"({"user_claim":"mail"})", R"({"mail":""})", "500 missing name in alias");
        row(R"({"groups_claim":"g","bound_claims":{"b":"c"}})", "{}",
            "400 failed to fetch groups: \"g\" claim not found in token");
        row(R"({"bound_claims":{"b":"c"}})", "{}", "400 error validating claims: claim \"b\" is missing");
        row(R"({"bound_claims":{"b":"c"}})", R"({"b":"c"})", "200");
        row(R"({"claim_mappings":{"m":"n"}})", R"({"m":5})", "400 error converting claim 'm' to string");
        row(R"({"token_bound_cidrs":"10.0.0.0/8"})", "{}", "403 permission denied");
        row(R"({"role_type":"jwt","bound_audiences":"cid"})", "{}", "200"); // [Q]
        const char *verification = "400 Error exchanging oidc code: \"Provider.Exchange: id_token failed verification: "
                                   "Provider.VerifyIDToken: ";
        const auto verified = [&](const char *role, const char *claims, const char *why) {
            row(role, claims, (QByteArray(verification) + why).constData());
        };
        verified(R"({"bound_audiences":"z"})", "{}",
                 "invalid id_token audiences: verifyAudiences: invalid id_token audiences: invalid audience\".");
        row(R"({"bound_audiences":["z","cid"]})", "{}", "200");
        verified(R"({"max_age":60})", "{}",
                 "missing auth_time claim when max age was requested: missing required claim\".");
        row(R"({"max_age":"100000h"})", R"({"auth_time":1700000000})", "200");
    }
    void checksTheRole()
    {
        QFETCH(QByteArray, role);
        QFETCH(QByteArray, claims);
        QFETCH(QByteArray, expected);
        m_at->role(json::parse(role.toStdString()).as_object());
        m_at->claims = json::parse(claims.toStdString()).as_object();
        QCOMPARE(SignInFixture::outcome(m_at->signIn()), expected);
    }

    void knowsHowLongAgoSomebodyProvedHimself()
    {
        m_at->role({{"max_age", 60}});
        m_at->claims = {{"auth_time", m_at->now() - 119}}; // a minute for the clocks
        QCOMPARE(SignInFixture::outcome(m_at->signIn()), QByteArray("200"));
        m_at->claims = {{"auth_time", m_at->now() - 122}};
        QVERIFY(SignInFixture::outcome(m_at->signIn()).contains("is beyond max age (60 / "));
    }

    void userinfoIsOfTheSamePerson_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<bool>("counts");
        QTest::newRow("his") << QByteArray(R"({"sub":"joe","mail":"m"})") << true;
        QTest::newRow("another's") << QByteArray(R"({"sub":"jim","mail":"m"})") << false;
        QTest::newRow("nobody's") << QByteArray(R"({"mail":"m"})") << false;
        QTest::newRow("another issuer's") << QByteArray(R"({"sub":"joe","iss":"x","mail":"m"})") << false;
    }
    void userinfoIsOfTheSamePerson()
    {
        QFETCH(QByteArray, said);
        QFETCH(bool, counts);
        m_at->role({{"claim_mappings", json::object{{"mail", "m"}}}});
        m_at->person = json::parse(said.toStdString()).as_object();
        const auto response = m_at->signIn();
        QVERIFY2(response.auth, line(response).constData());
        QCOMPARE(response.auth->fields.at("metadata").as_object().contains("m"), counts);
    }

    void takesManyGroups()
    {
        m_at->role({{"groups_claim", "groups"}});
        json::array groups;
        for (int i = 0; i < 2000; ++i)
            groups.emplace_back("g" + std::to_string(i));
        m_at->claims = {{"groups", groups}};
        QCOMPARE(SignInFixture::outcome(m_at->signIn()), QByteArray("200"));
    }

    void looksAtTheRoleOnceMore()
    {
        const std::string state = m_at->begin()["state"];
        m_at->provider().hang(true);
        const int before = m_at->provider().requests();
        QFuture<core::Response> login = QtConcurrent::run([&] { return m_at->comeBack(state); });
        [&] { QTRY_COMPARE(m_at->provider().requests(), before + 1); }();
        m_at->role({{"bound_subject", "ann"}});
        m_at->provider().hang(false);
        QCOMPARE(SignInFixture::outcome(login.result()), QByteArray("400 sub claim does not match bound subject"));
        const std::string orphan = m_at->begin()["state"];
        m_at->core().remove("auth/oi/role/r");
        QCOMPARE(SignInFixture::outcome(m_at->comeBack(orphan)), QByteArray("400 Role could not be found"));
    }

    /// A provider that hangs must not take the threads that others are answered by.
    void aProviderThatHangsHoldsUpNobody()
    {
        m_at->core().mount("up");
        m_at->core().post("auth/up/users/ann", R"({"password":"pw"})");
        std::vector<std::string> states;
        for (int i = 0; i < 12; ++i)
            states.push_back(m_at->begin()["state"]);
        m_at->provider().hang(true);
        QThreadPool threads;
        threads.setMaxThreadCount(12);
        QElapsedTimer time;
        time.start();
        std::vector<QFuture<QByteArray>> logins;
        for (const std::string &state : states)
            logins.push_back(
                QtConcurrent::run(&threads, [&] { return SignInFixture::outcome(m_at->comeBack(state)); }));
        const auto other =
            m_at->core().sendAs({}, core::Operation::Update, "auth/up/login/ann", R"({"password":"pw"})");
        QVERIFY2(other.auth, line(other).constData());
        QVERIFY(time.elapsed() < 9'000);
        int refused = 0;
        for (QFuture<QByteArray> &login : logins)
            refused += login.result() == "400 too many logins wait for the provider of this mount" ? 1 : 0;
        QCOMPARE(refused, 4); // eight of a mount wait at once
        QVERIFY(time.elapsed() < 30'000);
    }

    void manyLoginsAtOnce_data()
    {
        QTest::addColumn<bool>("samePerson");
        QTest::addColumn<std::size_t>("entities");
        QTest::newRow("of one person") << true << std::size_t(1);
        QTest::newRow("of 200 people") << false << std::size_t(200);
    }
    void manyLoginsAtOnce()
    {
        QFETCH(bool, samePerson);
        QFETCH(std::size_t, entities);
        std::vector<std::pair<std::string, std::string>> begun; // state, code
        for (int i = 0; i < 200; ++i) {
            auto query = m_at->begin();
            begun.emplace_back(query["state"], query["nonce"] + "@" + (samePerson ? "joe" : "joe" + std::to_string(i)));
        }
        QThreadPool threads;
        threads.setMaxThreadCount(8); // so many of a mount ask at once
        std::vector<QFuture<core::Response>> logins;
        for (const auto &one : begun)
            logins.push_back(QtConcurrent::run(&threads, [this, one] {
                return m_at->callback({{"state", one.first}, {"code", one.second}});
            }));
        std::set<std::string> ids;
        for (QFuture<core::Response> &login : logins) {
            const auto response = login.result();
            QVERIFY2(response.auth, line(response).constData());
            ids.emplace(response.auth->fields.at("entity_id").as_string());
        }
        QCOMPARE(ids.size(), entities);
        QCOMPARE(m_at->core().list("identity/entity/id").data->at("keys").as_array().size(), entities);
    }
};

QTEST_GUILESS_MAIN(TestSignInRoutes)
#include "tst_SignInRoutes.moc"
