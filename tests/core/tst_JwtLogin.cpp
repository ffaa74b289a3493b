// SPDX-License-Identifier: Apache-2.0
#include "support/SigningKey.h"
#include "support/TestCore.h"
#include "support/WebServer.h"

#include <QTest>
#include <QtConcurrent/QtConcurrentRun>

#include <functional>

using namespace kith;
using namespace kith::test;

namespace json = boost::json;

/// Expected answers are those of OpenBao 2.7.2.
class TestJwtLogin : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestCore> m_core;
    std::string m_accessor;
    const SigningKey m_key;

    std::int64_t now() const { return m_core->clock().now() / 1'000'000'000; }

    void role(json::object changes = {})
    {
        json::object settings{{"role_type", "jwt"}, {"user_claim", "sub"}, {"bound_audiences", "aud"}};
        for (const auto &[name, value] : changes)
            settings[name] = value;
        m_core->remove("auth/jw/role/r");
        QCOMPARE(line(m_core->post("auth/jw/role/r", std::move(settings))), QByteArray("204"));
    }

    /// Usual claims, with changes; null takes one away.
    json::object claims(const json::object &changes = {}) const
    {
        json::object all{{"sub", "joe"}, {"aud", "aud"}, {"iat", now()}, {"exp", now() + 300}};
        for (const auto &[name, value] : changes)
            all[name] = value;
        for (const auto &[name, value] : changes)
            if (value.is_null())
                all.erase(name);
        return all;
    }

    core::Response send(const std::string &token)
    {
        return m_core->sendAs({}, core::Operation::Update, "auth/jw/login",
                              json::serialize(json::object{{"role", "r"}, {"jwt", token}}));
    }
    core::Response logIn(const json::object &changes = {}) { return send(m_key.sign(claims(changes))); }
    /// "200", or the error.
    QByteArray outcome(const core::Response &response) const { return response.auth ? "200" : line(response); }

    std::string group(const std::string &name, const std::string &outside)
    {
        const std::string id = m_core->create("identity/group", json::object{{"name", name}, {"type", "external"}});
        m_core->create("identity/group-alias",
                       json::object{{"name", outside}, {"mount_accessor", m_accessor}, {"canonical_id", id}});
        return id;
    }
    QByteArray members(const std::string &group)
    {
        return member(m_core->get("identity/group/id/" + group), "member_entity_ids");
    }

    /// Logs in, and does something while another server is asked for its keys.
    core::Response logInWhile(const std::function<void()> &change)
    {
        WebServer provider;
        provider.put("/jwks", json::serialize(json::object{{"keys", json::array{m_key.jwk("a")}}}));
        m_core->post("auth/jw/config", json::object{{"jwks_url", provider.url() + "/jwks"}});
        provider.hang(true);
        const int before = provider.requests();
        const std::string token = m_key.sign(claims());
        QFuture<core::Response> login = QtConcurrent::run([&] { return send(token); });
        [&] { QTRY_COMPARE(provider.requests(), before + 1); }();
        change();
        provider.hang(false);
        return login.result();
    }

private Q_SLOTS:
    void init()
    {
        m_core = std::make_unique<TestCore>();
        m_accessor = m_core->mount("jw", R"({"type":"jwt"})");
        QCOMPARE(line(m_core->post("auth/jw/config", json::object{{"jwt_validation_pubkeys", m_key.pem()}})),
                 QByteArray("204"));
        role();
    }

    void logsIn()
    {
        role({{"token_policies", "tp"}, {"claim_mappings", json::object{{"mail", "email"}, {"/a/b", "deep"}}}});
        const auto response = logIn({{"mail", "joe@x"}, {"a", json::object{{"b", "c"}}}});
        QVERIFY2(response.auth, line(response).constData());
        const json::object &auth = response.auth->fields;
        QCOMPARE(json::serialize(auth.at("policies")), std::string(R"(["default","tp"])"));
        QCOMPARE(json::serialize(auth.at("metadata")), std::string(R"({"deep":"c","email":"joe@x","role":"r"})"));
        const std::string entity(auth.at("entity_id").as_string());
        const auto found = m_core->get("identity/entity/id/" + entity);
        QVERIFY(member(found, "aliases").contains(R"("name":"joe")"));
        QVERIFY(member(found, "aliases").contains(R"("mount_type":"jwt")"));
        const auto token = m_core->sendAs(std::string(auth.at("client_token").as_string()), core::Operation::Read,
                                          "auth/token/lookup-self");
        QCOMPARE(member(token, "display_name"), QByteArray("\"jw-joe\""));
        QCOMPARE(logIn().auth->fields.at("entity_id"), json::value(entity));
    }

    void knowsAUsualRole()
    {
        m_core->post("auth/jw/config", json::object{{"jwt_validation_pubkeys", m_key.pem()}, {"default_role", "R"}});
        const auto body = json::serialize(json::object{{"jwt", m_key.sign(claims())}});
        QCOMPARE(outcome(m_core->sendAs({}, core::Operation::Update, "auth/jw/login", body)), QByteArray("200"));
    }

    void refusesRequests()
    {
        const auto sent = [this](std::string_view body) {
            return line(m_core->sendAs({}, core::Operation::Update, "auth/jw/login", body));
        };
        QCOMPARE(sent("{}"), QByteArray("400 missing role"));
        QCOMPARE(sent(R"({"role":"zz","jwt":"x"})"), QByteArray("400 role \"zz\" could not be found"));
        QCOMPARE(sent(R"({"role":"Zz","jwt":"x"})"), QByteArray("400 role \"zz\" could not be found"));
        QCOMPARE(sent(R"({"role":"R"})"), QByteArray("400 missing token"));
        QCOMPARE(sent(R"({"role":"r","jwt":{}})"),
                 QByteArray("400 Field validation failed: error converting input for field \"jwt\": '' expected type "
                            "'string', got unconvertible type 'map[string]interface {}'"));
        m_core->post("auth/jw/role/browser",
                     R"({"role_type":"oidc","user_claim":"sub","allowed_redirect_uris":"app:x"})");
        QCOMPARE(sent(R"({"role":"browser","jwt":"x"})"), QByteArray("400 role with oidc role_type is not allowed"));
        role({{"token_bound_cidrs", "10.0.0.0/8"}});
        QCOMPARE(line(logIn()), QByteArray("403 permission denied"));
        m_core->mount("other", R"({"type":"jwt"})");
        QCOMPARE(line(m_core->sendAs({}, core::Operation::Update, "auth/other/login", R"({"role":"r","jwt":"x"})")),
                 QByteArray("400 could not load configuration"));
    }

    void refusesForgeries()
    {
        const QByteArray bad("400 error validating token: error verifying token signature: ");
        const QByteArray unknown(bad + "no known key successfully validated the token signature");
        QCOMPARE(line(send("x")), bad + "go-jose/go-jose: compact JWS format must have three parts");
        QCOMPARE(line(send("a.b.c")), bad + "illegal base64 data at input byte 0");
        QCOMPARE(line(send(SigningKey().sign(claims()))), unknown);
        std::string token = m_key.sign(claims());
        token.replace(token.size() - 5, 5, "AAAAA");
        QCOMPARE(line(send(token)), unknown);
        const std::string unsignedHead = "eyJhbGciOiJub25lIn0"; // {"alg":"none"}
        QCOMPARE(line(send(unsignedHead + token.substr(token.find('.'), token.rfind('.') - token.find('.') + 1))),
                 unknown);
        QCOMPARE(line(m_core->post("identity/lookup/entity",
                                   json::object{{"alias_name", "joe"}, {"alias_mount_accessor", m_accessor}})),
                 QByteArray("204"));
        m_core->post("auth/jw/config",
                     json::object{{"jwt_validation_pubkeys", m_key.pem()}, {"jwt_supported_algs", "RS256"}});
        QCOMPARE(line(logIn()),
                 QByteArray("400 error validating token: invalid algorithm (alg) header parameter: token "
                            "signed with unexpected algorithm"));
    }

    void checksTimes_data()
    {
        QTest::addColumn<QByteArray>("leeways"); // of expiration, beginning, clocks
        QTest::addColumn<QByteArray>("offsets"); // to now; null: not there
        QTest::addColumn<QByteArray>("expected");
        const QByteArray good("200");
        const QByteArray begin("400 error validating token: invalid not before (nbf) claim: token not yet valid");
        const QByteArray end("400 error validating token: invalid expiration time (exp) claim: token is expired");
        const QByteArray future(
            "400 error validating token: invalid issued at (iat) claim: token issued in the future");
        const QByteArray none("400 error validating token: no issued at (iat), not before (nbf), or expiration time "
                              "(exp) claims in token");
        const auto row = [](const char *leeways, const char *offsets, const QByteArray &expected) {
            QTest::addRow("%s %s", leeways, offsets) << QByteArray(leeways) << QByteArray(offsets) << expected;
        };
        const char *usual = "[0,0,0]";
        row(usual, R"({"exp":-59})", good);
        row(usual, R"({"exp":-61})", end);
        row(usual, R"({"iat":59})", good);
        row(usual, R"({"iat":61})", begin);
        row(usual, R"({"iat":61,"nbf":0})", future);
        row(usual, R"({"nbf":59})", good);
        row(usual, R"({"nbf":61})", begin);
        row(usual, R"({"exp":-900,"nbf":900})", begin);
        row(usual, R"({"exp":null})", good);
        row(usual, R"({"exp":null,"iat":-209})", good);
        row(usual, R"({"exp":null,"iat":-211})", end);
        row(usual, R"({"iat":null})", begin); // it lasts longer than 150 seconds from now
        row(usual, R"({"iat":null,"exp":209})", good);
        row(usual, R"({"iat":null,"exp":211})", begin);
        row(usual, R"({"iat":null,"exp":null})", none);
        row(usual, R"({"iat":null,"exp":null,"nbf":0})", good);
        const char *own = "[10,20,30]";
        row(own, R"({"exp":-29})", good);
        row(own, R"({"exp":-31})", end);
        row(own, R"({"exp":null,"iat":-39})", good);
        row(own, R"({"exp":null,"iat":-41})", end);
        row(own, R"({"iat":null,"exp":49})", good);
        row(own, R"({"iat":null,"exp":51})", begin);
        const char *nothing = "[-1,-1,-1]";
        row(nothing, R"({"exp":-1})", end);
        row(nothing, R"({"iat":1})", begin);
        row(nothing, R"({"exp":null,"iat":-1})", end);
    }
    void checksTimes()
    {
        QFETCH(QByteArray, leeways);
        QFETCH(QByteArray, offsets);
        QFETCH(QByteArray, expected);
        const json::array given = json::parse(leeways.toStdString()).as_array();
        role({{"expiration_leeway", given[0]}, {"not_before_leeway", given[1]}, {"clock_skew_leeway", given[2]}});
        json::object changes = json::parse(offsets.toStdString()).as_object();
        for (auto &[name, value] : changes)
            if (!value.is_null())
                value = value.as_int64() + now();
        QCOMPARE(outcome(logIn(changes)), expected);
    }

    void checksClaims_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *settings, const char *changes, const char *expected) {
            QTest::addRow("%s %s", settings, changes)
                << QByteArray(settings) << QByteArray(changes) << QByteArray(expected);
        };
        const char *audience = "400 error validating token: invalid audience (aud) claim: audience claim does not "
                               "match any expected audience";
        row("{}", R"({"aud":["x","aud"]})", "200");
        row("{}", R"({"aud":[]})", audience);
        row("{}", R"({"aud":null})", audience);
        row("{}", R"({"aud":5})",
            "400 error validating token: go-jose/go-jose/jwt: expected string or array value to unmarshal to Audience");
        row("{}", R"({"aud":5,"exp":"5"})",
            "400 error validating token: go-jose/go-jose/jwt: expected string or array value to unmarshal to Audience");
        row("{}", R"({"exp":"5"})",
            "400 error validating token: go-jose/go-jose/jwt: expected number value to unmarshal NumericDate");
        row("{}", R"({"sub":null})", "400 claim \"sub\" not found in token");
        row("{}", R"({"sub":5})",
            "400 error validating token: json: cannot unmarshal number into Go struct field Claims.sub of type string");
        row("{}", R"({"sub":""})", "500 missing name in alias");
        row(R"({"bound_subject":"ann"})", "{}", "400 error validating token: invalid subject (sub) claim");
        row(R"({"bound_subject":"joe","bound_audiences":[]})", "{}",
            "400 audience claim found in JWT but no audiences bound to the role");
        row(R"({"bound_subject":"joe","bound_audiences":[]})", R"({"aud":null})", "200");
        const char *plain = R"({"bound_claims":{"d":["e",5,true]}})";
        const char *mismatch =
            "400 error validating claims: claim \"d\" does not match any associated bound claim values";
        row(plain, R"({"d":"e"})", "200");
        row(plain, R"({"d":["x","e"]})", "200");
        row(plain, R"({"d":5})", "200");
        row(plain, R"({"d":5.0})", "200");
        row(plain, R"({"d":true})", "200");
        row(plain, R"({"d":"5"})", mismatch);
        row(plain, R"({"d":[5]})", mismatch); // as the real server: no number in a list
        row(plain, R"({"d":["5",true]})", "200");
        row(plain, R"({"d":5.7})", "200"); // and cuts numbers
        row(R"({"bound_claims":{"d":9007199254740993}})", R"({"d":9007199254740992})", mismatch);
        row(R"({"bound_claims":{"d":9007199254740992}})", R"({"d":9007199254740993})", "200");
        row(R"({"bound_claims":{"d":[["e"],null]}})", R"({"d":[["e"]]})", mismatch);
        row(R"({"bound_claims":{"d":[["e"],null]}})", R"({"d":[null]})", "200");
        row(plain, R"({"d":[]})", mismatch);
        row(plain, "{}", "400 error validating claims: claim \"d\" is missing");
        row(plain, R"({"d":{"e":1}})",
            "400 error validating claims: received claim is not a string, bool, int or list: map[e:1]");
        row(R"({"bound_claims":{"d":"e"},"groups_claim":"g"})", R"({"g":["a",null]})",
            "400 value <nil> in groups claim could not be parsed as string");
        row(R"({"bound_claims":{"d":"e"},"user_claim":"u"})", "{}", "400 claim \"u\" not found in token");
        const char *globs = R"({"bound_claims_type":"glob","bound_claims":{"d":["e*","*x"]}})";
        row(globs, R"({"d":"exx"})", "200");
        row(globs, R"({"d":"yx"})", "200");
        row(globs, R"({"d":"ye"})", mismatch);
        row(globs, R"({"d":5})", mismatch);
        const char *pointer = R"({"bound_claims":{"/a/0":"e","/b~1c":"f"}})";
        row(pointer, R"({"a":["e"],"b/c":"f"})", "200");
        row(pointer, R"({"a":["f"],"b/c":"f"})",
            "400 error validating claims: claim \"/a/0\" does not match any associated bound claim values");
        row(R"({"user_claim":"/u/v","user_claim_json_pointer":true})", R"({"u":{"v":"x"}})", "200");
        row(R"({"user_claim":"/u/v"})", R"({"u":{"v":"x"}})", "400 claim \"/u/v\" not found in token");
        row(R"({"user_claim":"/u/v"})", R"({"/u/v":"x"})", "200");
        row(R"({"claim_mappings":{"m":"k"}})", R"({"m":5})", "400 error converting claim 'm' to string");
        row(R"({"groups_claim":"g"})", "{}", "400 failed to fetch groups: \"g\" claim not found in token");
        row(R"({"groups_claim":"g"})", R"({"g":"a"})", "200");
        row(R"({"groups_claim":"g"})", R"({"g":["a",1]})", "400 value 1 in groups claim could not be parsed as string");
        row(R"({"groups_claim":"g"})", R"({"g":{"a":1}})", "400 \"g\" claim could not be converted to string list");
        row(R"({"groups_claim":"/x/y"})", R"({"x":{"y":["a"]}})", "200");
        row(R"({"token_policies":"root"})", "{}", "400 auth methods cannot create root tokens");
    }
    void checksClaims()
    {
        QFETCH(QByteArray, settings);
        QFETCH(QByteArray, changes);
        QFETCH(QByteArray, expected);
        role(json::parse(settings.toStdString()).as_object());
        QCOMPARE(outcome(logIn(json::parse(changes.toStdString()).as_object())), expected);
    }

    /// Only afterwards can a claim that is no text be bound as a pattern.
    void refusesWhatIsNoPattern()
    {
        role({{"bound_claims", json::object{{"d", json::array{"e", 5, true}}}}});
        m_core->post("auth/jw/role/r", json::object{{"role_type", "jwt"}, {"bound_claims_type", "glob"}});
        QCOMPARE(outcome(logIn({{"d", json::array{5, "e"}}})), QByteArray("200"));
        const QByteArray wrong = "400 error validating claims: received claim is not a glob string: ";
        QCOMPARE(outcome(logIn({{"d", 5}})), wrong + "%!e(json.Number=5)xpVal");
        QCOMPARE(
            outcome(logIn({{"d", json::array()}})),
            QByteArray("400 error validating claims: claim \"d\" does not match any associated bound claim values"));
        const json::array odd{json::array{"a", true}, json::object{{"y", nullptr}, {"x", 1}}};
        role({{"bound_claims", json::object{{"d", odd}}}});
        m_core->post("auth/jw/role/r", json::object{{"role_type", "jwt"}, {"bound_claims_type", "glob"}});
        QCOMPARE(outcome(logIn({{"d", "e"}})), wrong + "[%!e(string=a) %!e(bool=true)]xpVal");
        role({{"bound_claims", json::object{{"d", json::array{odd[1]}}}}});
        m_core->post("auth/jw/role/r", json::object{{"role_type", "jwt"}, {"bound_claims_type", "glob"}});
        QCOMPARE(outcome(logIn({{"d", "e"}})),
                 wrong + "map[%!e(string=x):%!e(json.Number=1) %!e(string=y):%!e(<nil>)]xpVal");
    }

    /// Where a browser can't post, the real server answers without a word, and wraps that.
    void wrapsWhatSaysNothing()
    {
        core::Request request;
        request.operation = core::Operation::Update;
        request.path = "auth/jw/oidc/callback";
        QCOMPARE(m_core->core().handle(request).status, 405);
        request.wrapTtl = 60;
        const core::Response wrapped = m_core->core().handle(request);
        QCOMPARE(wrapped.status, 200);
        QVERIFY(wrapped.wrapInfo);
    }

    void fillsInPolicies()
    {
        role({{"token_policies", json::array{"to-{{ .sub }}", "{{.org.unit}}", "plain"}},
              {"token_policies_template_claims", true}});
        const auto response = logIn({{"org", json::object{{"unit", "ops"}}}});
        QVERIFY2(response.auth, line(response).constData());
        QCOMPARE(json::serialize(response.auth->fields.at("policies")),
                 std::string(R"(["default","ops","plain","to-joe"])"));
    }

    void followsOutsideGroups()
    {
        role({{"groups_claim", "g"}});
        const std::string dev = group("dev", "developers");
        const std::string ops = group("ops", "operators");
        const auto first = logIn({{"g", json::array{"developers", "nobody"}}});
        QVERIFY2(first.auth, line(first).constData());
        const QByteArray joe =
            "[" + QByteArray::fromStdString(json::serialize(first.auth->fields.at("entity_id"))) + "]";
        QCOMPARE(members(dev), joe);
        QCOMPARE(members(ops), QByteArray("null")); // nobody ever was in it
        logIn({{"g", "operators"}});
        QCOMPARE(members(dev), QByteArray("[]"));
        QCOMPARE(members(ops), joe);

        // A renewal stands for the login that made the token, also when a later one has changed the groups.
        const std::string token(first.auth->fields.at("client_token").as_string());
        const auto renewed = m_core->sendAs(token, core::Operation::Update, "auth/token/renew-self");
        QVERIFY2(renewed.auth, line(renewed).constData());
        QCOMPARE(members(dev), joe);
        QCOMPARE(members(ops), QByteArray("[]"));
        // A group that had no alias at that login is not entered by renewing it.
        const auto early = logIn({{"g", json::array{"developers", "latecomers"}}});
        const std::string late = group("late", "latecomers");
        m_core->sendAs(std::string(early.auth->fields.at("client_token").as_string()), core::Operation::Update,
                       "auth/token/renew-self");
        QCOMPARE(members(late), QByteArray("null"));
        // One that has lost its alias is left at the next login.
        QCOMPARE(members(dev), joe);
        const auto alias = member(m_core->get("identity/group/id/" + dev), "alias");
        m_core->remove("identity/group-alias/id/" + std::string(json::parse(alias.toStdString()).at("id").as_string()));
        QCOMPARE(members(dev), joe);
        logIn({{"g", "developers"}});
        QCOMPARE(members(dev), QByteArray("[]"));

        // A renewal enters them also for somebody who has lost his alias, and with it that way to log in.
        QCOMPARE(members(ops), QByteArray("[]"));
        const auto other = logIn({{"g", "operators"}});
        const std::string id(other.auth->fields.at("entity_id").as_string());
        const auto aliases = member(m_core->get("identity/entity/id/" + id), "aliases");
        m_core->remove("identity/entity-alias/id/" +
                       std::string(json::parse(aliases.toStdString()).at(0).at("id").as_string()));
        logIn({{"g", json::array()}});
        m_core->sendAs(std::string(early.auth->fields.at("client_token").as_string()), core::Operation::Update,
                       "auth/token/renew-self");
        m_core->sendAs(std::string(other.auth->fields.at("client_token").as_string()), core::Operation::Update,
                       "auth/token/renew-self");
        QCOMPARE(members(ops), "[\"" + QByteArray::fromStdString(id) + "\"]");

        m_core->remove("auth/jw/role/r");
        QCOMPARE(
            line(m_core->sendAs(token, core::Operation::Update, "auth/token/renew-self")),
            QByteArray("500 1 error occurred:\n\t* failed to renew entry: role r does not exist during renewal\n\n"));
    }

    void entersAThousandGroupsInOneCommit()
    {
        role({{"groups_claim", "g"}});
        json::array names;
        const auto made = m_core->core().store().write([&](store::WriteSession &session) -> Result<void> {
            for (int i = 0; i < 1000; ++i) {
                const std::string name = "g" + std::to_string(i);
                session.run("INSERT INTO identity_group (uuid, namespace, name, name_key, external, created, updated) "
                            "VALUES (?1, 1, ?1, ?1, 1, 0, 0)",
                            name);
                session.run("INSERT INTO group_alias (uuid, grp, accessor, name, name_key, created, updated) "
                            "VALUES (?1, last_insert_rowid(), ?2, ?1, ?1, 0, 0)",
                            name, m_accessor);
                names.emplace_back(name);
            }
            session.changes.everything = true;
            return {};
        });
        QVERIFY2(made, why(made).constData());
        const auto read = [&](const char *sql) {
            return *m_core->core().store().read(
                [&](store::Session &session) -> Result<std::int64_t> { return session.integer(sql).value_or(-1); });
        };
        const auto members = [&] { return read("SELECT count(*) FROM member_entity"); };
        const auto commits = [&] { return read("SELECT value FROM revision"); };
        const std::int64_t before = commits();
        QCOMPARE(outcome(logIn({{"g", names}})), QByteArray("200"));
        QCOMPARE(members(), std::int64_t{1000});
        QCOMPARE(commits(), before + 1);
        QCOMPARE(outcome(logIn({{"g", names}})), QByteArray("200")); // nothing changes: nothing is committed of groups
        QCOMPARE(commits(), before + 1);
        QCOMPARE(outcome(logIn({{"g", json::array{"g7"}}})), QByteArray("200"));
        QCOMPARE(members(), std::int64_t{1});
        QCOMPARE(commits(), before + 2);
    }

    void fetchesKeys()
    {
        WebServer provider;
        const auto publish = [&](const json::array &keys) {
            provider.put("/jwks", json::serialize(json::object{{"keys", keys}}));
        };
        const SigningKey next(SigningKey::Kind::Rsa);
        publish({m_key.jwk("a")});
        QCOMPARE(line(m_core->post("auth/jw/config", json::object{{"jwks_url", provider.url() + "/jwks"}})),
                 QByteArray("204"));
        const int before = provider.requests();
        QCOMPARE(outcome(send(m_key.sign(claims(), "ES256", {{"kid", "a"}}))), QByteArray("200"));
        QCOMPARE(outcome(send(m_key.sign(claims()))), QByteArray("200"));
        QCOMPARE(provider.requests(), before + 1); // once for both
        publish({next.jwk("b")});
        QCOMPARE(outcome(send(m_key.sign(claims()))), QByteArray("200")); // as far as is known it is good
        QCOMPARE(outcome(send(next.sign(claims(), "RS256", {{"kid", "b"}}))), QByteArray("200"));
        QCOMPARE(provider.requests(), before + 2);
        const QByteArray bad("400 error validating token: error verifying token signature: ");
        QCOMPARE(outcome(send(m_key.sign(claims()))), bad + "failed to verify id token signature");
        QCOMPARE(outcome(send(next.sign(claims(), "RS256", {{"kid", "c"}}))),
                 bad + "failed to verify id token signature");
        QCOMPARE(outcome(send("x")),
                 bad + "oidc: malformed jwt: go-jose/go-jose: compact JWS format must have three parts");
        provider.put("/jwks", "x");
        QCOMPARE(outcome(send(next.sign(claims(), "RS256"))), QByteArray("200"));
        QVERIFY(outcome(send(m_key.sign(claims()))).startsWith(bad + "fetching keys oidc: failed to decode keys: "));
    }

    void looksAtTheRoleOnceMore_data()
    {
        QTest::addColumn<QByteArray>("change"); // empty: the role is removed
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("removed") << QByteArray() << QByteArray("400 role \"r\" could not be found");
        QTest::newRow("bound") << QByteArray(R"({"bound_subject":"ann"})")
                               << QByteArray("400 error validating token: invalid subject (sub) claim");
        QTest::newRow("for browsers") << QByteArray(R"({"role_type":"oidc","allowed_redirect_uris":"app:x"})")
                                      << QByteArray("400 role with oidc role_type is not allowed");
        QTest::newRow("elsewhere") << QByteArray(R"({"token_bound_cidrs":"10.0.0.0/8"})")
                                   << QByteArray("403 permission denied");
        QTest::newRow("policies") << QByteArray(R"({"token_policies":"new"})") << QByteArray("200");
    }
    void looksAtTheRoleOnceMore()
    {
        QFETCH(QByteArray, change);
        QFETCH(QByteArray, expected);
        const auto login = logInWhile([&] {
            if (change.isEmpty())
                m_core->remove("auth/jw/role/r");
            else
                role(json::parse(change.toStdString()).as_object());
        });
        QCOMPARE(outcome(login), expected);
        if (expected == "200")
            QCOMPARE(json::serialize(login.auth->fields.at("policies")), std::string(R"(["default","new"])"));
    }

    void refusesWhenTheKeysAreOthersByNow()
    {
        const auto login = logInWhile([&] {
            m_core->post("auth/jw/config", json::object{{"jwt_validation_pubkeys", SigningKey().pem()}});
        });
        QCOMPARE(outcome(login),
                 QByteArray("400 error validating token: the keys of this mount were changed meanwhile"));
    }

    void discoversKeys()
    {
        WebServer provider;
        const std::string url = provider.url();
        provider.put("/jwks", json::serialize(json::object{{"keys", json::array{m_key.jwk("a")}}}));
        provider.put("/.well-known/openid-configuration",
                     json::serialize(json::object{{"issuer", url}, {"jwks_uri", url + "/jwks"}}));
        QCOMPARE(line(m_core->post("auth/jw/config", json::object{{"oidc_discovery_url", url}, {"bound_issuer", url}})),
                 QByteArray("204"));
        QCOMPARE(outcome(logIn({{"iss", url}})), QByteArray("200"));
        QCOMPARE(outcome(logIn({{"iss", "other"}})),
                 QByteArray("400 error validating token: invalid issuer (iss) claim"));
    }

    /// The first logins come at once, before the keys are known.
    void manyWaitForTheKeysAShortTime()
    {
        WebServer provider;
        provider.put("/jwks", json::serialize(json::object{{"keys", json::array{m_key.jwk("a")}}}));
        m_core->post("auth/jw/config", json::object{{"jwks_url", provider.url() + "/jwks"}});
        const int before = provider.requests();
        QThreadPool threads;
        threads.setMaxThreadCount(16);
        std::vector<QFuture<QByteArray>> logins;
        for (int i = 0; i < 200; ++i)
            logins.push_back(QtConcurrent::run(&threads, [&] { return outcome(send(m_key.sign(claims()))); }));
        for (QFuture<QByteArray> &login : logins)
            QCOMPARE(login.result(), QByteArray("200"));
        QCOMPARE(provider.requests(), before + 1);
        QCOMPARE(m_core->list("identity/entity/id").data->at("keys").as_array().size(), std::size_t(1));
    }

    /// Somebody's server that hangs must not take the threads that others are answered by.
    void letsOnlyFewWait()
    {
        WebServer provider;
        QCOMPARE(line(m_core->post("auth/jw/config", json::object{{"jwks_url", provider.url() + "/jwks"},
                                                                  {"skip_jwks_validation", true}})),
                 QByteArray("200 (error checking jwks URL)"));
        provider.hang(true);
        const std::string token = m_key.sign(claims());
        QThreadPool threads;
        threads.setMaxThreadCount(12);
        std::vector<QFuture<QByteArray>> logins;
        QElapsedTimer time;
        time.start();
        for (int i = 0; i < 12; ++i)
            logins.push_back(QtConcurrent::run(&threads, [&] { return outcome(send(token)); }));
        int refused = 0;
        for (QFuture<QByteArray> &login : logins)
            refused += login.result().endsWith("too many logins wait for the keys of this mount") ? 1 : 0;
        QCOMPARE(refused, 4);
        QVERIFY(time.elapsed() < 30'000); // those who waited share one answer, after 10 seconds
    }
};

QTEST_GUILESS_MAIN(TestJwtLogin)
#include "tst_JwtLogin.moc"
