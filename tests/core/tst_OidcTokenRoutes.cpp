// SPDX-License-Identifier: Apache-2.0
#include "OidcAnswers.h"
#include "store/Base64.h"
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::test;
using core::Operation;

namespace {

constexpr const char *Keys = "identity/oidc/.well-known/keys";

std::string kidOf(const std::string &jwt)
{
    const auto parsed = oidc::parseJwt(jwt);
    return parsed ? parsed->kid : std::string();
}

} // namespace

/// Expected answers are those of OpenBao 2.7.2.
class TestOidcTokenRoutes : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestCore> m_core;
    std::string m_entity;
    std::string m_token; ///< Of somebody with an entity.

    core::Response post(const std::string &path, std::string_view json = "{}")
    {
        return m_core->post("identity/oidc/" + path, json);
    }
    core::Response get(const std::string &path) { return m_core->get("identity/oidc/" + path); }
    std::string identityToken(const std::string &role)
    {
        return text(m_core->sendAs(m_token, Operation::Read, "identity/oidc/token/" + role), "token");
    }
    QByteArray introspected(const std::string &token, const std::string &client = {})
    {
        const auto answer =
            m_core->post("identity/oidc/introspect", boost::json::object{{"token", token}, {"client_id", client}});
        return member(answer, "active") + " " + member(answer, "error");
    }
    std::size_t publishedKeys()
    {
        const auto answer = m_core->sendAs({}, Operation::Read, Keys);
        return answer.data ? answer.data->at("keys").as_array().size() : 99;
    }

private Q_SLOTS:
    void init()
    {
        m_core = std::make_unique<TestCore>();
        m_core->core().setApiAddress("https://kith.example:8200/");
        const std::string accessor = m_core->mount("up");
        m_core->policy("oidc", "path \"identity/oidc/*\" { capabilities = [\"read\", \"update\"] }");
        m_entity = m_core->create("identity/entity", R"({"name":"joe","metadata":{"k":"v"}})");
        m_core->create("identity/entity-alias",
                       boost::json::object{{"name", "joe"}, {"canonical_id", m_entity}, {"mount_accessor", accessor}});
        // bcrypt of "U*U" with the least cost
        m_core->post(
            "auth/up/users/joe",
            R"({"password_hash":"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW","token_policies":"oidc"})");
        const auto login = m_core->post("auth/up/login/joe", R"({"password":"U*U"})");
        m_token = login.auth->fields.at("client_token").as_string();
        QCOMPARE(line(post("key/k", R"({"algorithm":"ES256","allowed_client_ids":"*"})")), QByteArray("204"));
        QCOMPARE(line(post("role/r", R"({"key":"k","client_id":"c","ttl":"1h"})")), QByteArray("204"));
    }

    void givesTokens_data()
    {
        QTest::addColumn<QByteArray>("algorithm");
        for (const oidc::Algorithm algorithm : oidc::AllAlgorithms)
            QTest::newRow(oidc::algorithmName(algorithm).data()) << QByteArray(oidc::algorithmName(algorithm).data());
    }
    void givesTokens()
    {
        QFETCH(QByteArray, algorithm);
        QCOMPARE(line(post("key/k", "{\"algorithm\":\"" + algorithm.toStdString() + "\"}")), QByteArray("204"));
        const auto answer = m_core->sendAs(m_token, Operation::Read, "identity/oidc/token/r");
        QCOMPARE(member(answer, "client_id"), QByteArray("\"c\""));
        QCOMPARE(member(answer, "ttl"), QByteArray("3600"));
        const std::string jwt = text(answer, "token");
        const auto parsed = oidc::parseJwt(jwt);
        QVERIFY2(parsed, why(parsed).constData());
        QCOMPARE(QByteArray(oidc::algorithmName(parsed->algorithm).data()), algorithm);
        const std::int64_t now = m_core->clock().now() / 1'000'000'000;
        QCOMPARE(claimsOf(jwt), (boost::json::object{{"aud", "c"},
                                                     {"exp", now + 3600},
                                                     {"iat", now},
                                                     {"iss", "https://kith.example:8200/v1/identity/oidc"},
                                                     {"namespace", "root"},
                                                     {"sub", m_entity}}));
        QCOMPARE(introspected(jwt), QByteArray("true "));
        QCOMPARE(introspected(jwt, "c"), QByteArray("true "));
    }

    void refusesTokens()
    {
        QCOMPARE(line(get("token/none")), QByteArray("400 role \"none\" not found"));
        QCOMPARE(line(get("token/r")), QByteArray("400 no entity associated with the request's token"));
        QCOMPARE(line(post("key/k", R"({"allowed_client_ids":"d"})")), QByteArray("204"));
        QCOMPARE(line(m_core->sendAs(m_token, Operation::Read, "identity/oidc/token/r")),
                 QByteArray("400 the key \"k\" does not list the client ID of the role \"r\" as an allowed client ID"));
        QVERIFY(line(post("token/r")).startsWith("405"));
    }

    void putsClaimsIntoTokens()
    {
        QCOMPARE(line(post("role/r", "{\"template\":\"{\\\"k\\\": {{identity.entity.metadata.k}}, \\\"g\\\": "
                                     "{{identity.entity.groups.names}} }\"}")),
                 QByteArray("204"));
        QCOMPARE(claimsOf(identityToken("r")).at("g"), boost::json::value(nullptr));
        const std::string inner =
            m_core->create("identity/group", boost::json::object{{"name", "inner"}, {"member_entity_ids", {m_entity}}});
        m_core->create("identity/group", boost::json::object{{"name", "outer"}, {"member_group_ids", {inner}}});
        const auto claims = claimsOf(identityToken("r"));
        QCOMPARE(claims.at("k"), boost::json::value("v"));
        QCOMPARE(claims.at("g"), (boost::json::value{"inner", "outer"}));
    }

    void saysWhyATokenIsNoGood()
    {
        const std::string jwt = identityToken("r");
        const QByteArray claims = "false \"error validating claims: go-jose/go-jose/jwt: validation failed, ";
        QCOMPARE(introspected({}), QByteArray("false \"error parsing token: go-jose/go-jose: compact JWS format must "
                                              "have three parts\""));
        QCOMPARE(introspected(jwt, "d"), claims + "invalid audience claim (aud)\"");
        QCOMPARE(introspected(jwt.substr(0, jwt.rfind('.') + 1)),
                 QByteArray("false \"unable to validate the token signature\""));
        // The same claims, signed by somebody else who knows the key's name.
        const std::string forged =
            oidc::signedJwt(oidc::KeyPair::make(oidc::Algorithm::Es256), kidOf(jwt), claimsOf(jwt));
        QCOMPARE(introspected(forged), QByteArray("false \"unable to validate the token signature\""));
        post("config", "{\"issuer\":\"https://other.example\"}");
        QCOMPARE(introspected(jwt), claims + "invalid issuer claim (iss)\"");
        post("config", R"({"issuer":""})");
        m_core->post("identity/entity/id/" + m_entity, R"({"disabled":true})");
        QCOMPARE(introspected(jwt), QByteArray("false \"entity is disabled\""));
        m_core->post("identity/entity/id/" + m_entity, R"({"disabled":false})");
        m_core->clock().advance(3'661'000'000'000);
        QCOMPARE(introspected(jwt), claims + "token is expired (exp)\"");
    }

    void rotates()
    {
        const std::string before = identityToken("r");
        QCOMPARE(publishedKeys(), std::size_t(2));
        QCOMPARE(line(post("key/k/rotate")), QByteArray("204"));
        const std::string after = identityToken("r");
        QVERIFY(kidOf(before) != kidOf(after));
        QCOMPARE(publishedKeys(), std::size_t(3));
        QCOMPARE(introspected(before), QByteArray("true "));
        QCOMPARE(line(post("key/k/rotate", R"({"verification_ttl":0})")), QByteArray("204"));
        QCOMPARE(introspected(after), QByteArray("false \"unable to validate the token signature\""));
        QCOMPARE(introspected(before), QByteArray("true "));
        QCOMPARE(line(post("key/none/rotate")), QByteArray("400 no named key found at \"none\""));
        QVERIFY(line(post("key/k/rotate", R"({"verification_ttl":-1})"))
                    .startsWith("400 Field validation failed: error converting input for field"));
    }

    void publishesTheKeysOfRoles()
    {
        post("key/unused", R"({"algorithm":"EdDSA"})");
        QCOMPARE(publishedKeys(), std::size_t(2)); // k's
        post("role/d", R"({"key":"unused"})");
        QCOMPARE(publishedKeys(), std::size_t(4));
        m_core->remove("identity/oidc/role/d");
        m_core->remove("identity/oidc/role/r");
        const auto answer = m_core->sendAs({}, Operation::Read, Keys);
        QCOMPARE(answer.body, core::Body::Raw);
        QCOMPARE(boost::json::serialize(*answer.data), std::string(R"({"keys":[]})"));
        QCOMPARE(header(answer, "Cache-Control"), std::string());
    }

    void isDiscovered()
    {
        const auto answer = m_core->sendAs({}, Operation::Read, "identity/oidc/.well-known/openid-configuration");
        QCOMPARE(header(answer, "Cache-Control"), std::string("max-age=3600"));
        QCOMPARE(boost::json::serialize(*answer.data),
                 std::string(R"({"issuer":"https://kith.example:8200/v1/identity/oidc",)"
                             R"("jwks_uri":"https://kith.example:8200/v1/identity/oidc/.well-known/keys",)"
                             R"("response_types_supported":["id_token"],"subject_types_supported":["public"],)"
                             R"("id_token_signing_alg_values_supported":)"
                             R"(["RS256","RS384","RS512","ES256","ES384","ES512","EdDSA"]})"));
        for (const char *path : {".well-known/x", ".well-known/", "provider/default/.well-known/"})
            QCOMPARE(line(m_core->sendAs({}, Operation::Read, std::string("identity/oidc/") + path)),
                     QByteArray("404 unsupported path"));
        QCOMPARE(line(m_core->sendAs({}, Operation::List, "identity/oidc/.well-known")),
                 QByteArray("404 unsupported path"));
        QVERIFY(line(m_core->sendAs({}, Operation::Read, "identity/oidc/.well-known")).startsWith("403"));
        QCOMPARE(line(m_core->sendAs({}, Operation::List, "identity/oidc/.well-known/keys")),
                 QByteArray("405 unsupported operation"));
    }

    void keepsWhatIsInUse()
    {
        QCOMPARE(line(m_core->remove("identity/oidc/key/k")),
                 QByteArray("400 unable to delete key \"k\" because it is currently referenced by these roles: r"));
        QCOMPARE(line(m_core->remove("identity/oidc/key/default")),
                 QByteArray("400 deletion of key \"default\" not allowed"));
        QCOMPARE(line(post("key/k", R"({"verification_ttl":"59m"})")),
                 QByteArray("400 unable to update key \"k\" because it is currently referenced by one or more roles "
                            "with a token ttl greater than 3540 seconds"));
        post("client/a", R"({"key":"k","id_token_ttl":"2h"})");
        m_core->remove("identity/oidc/role/r");
        QCOMPARE(line(m_core->remove("identity/oidc/key/k")),
                 QByteArray("400 unable to delete key \"k\" because it is currently referenced by these clients: a"));
        QCOMPARE(line(post("key/k", R"({"verification_ttl":"1h"})")),
                 QByteArray("400 unable to update key \"k\" because it is currently referenced by one or more clients "
                            "with an id_token_ttl greater than 3600 seconds"));
        m_core->remove("identity/oidc/client/a");
        QCOMPARE(line(m_core->remove("identity/oidc/key/k")), QByteArray("204"));
        QCOMPARE(line(get("key/k")), QByteArray("404"));
    }

    void refusesSettings_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *path, const char *body, const char *expected) {
            QTest::addRow("%s %s", path, body) << QByteArray(path) << QByteArray(body) << "400 " + QByteArray(expected);
        };
        row("key/n", R"({"algorithm":"HS256"})", "unknown signing algorithm \"HS256\"");
        row("key/n", R"({"algorithm":null})", "unknown signing algorithm \"\"");
        row("key/n", R"({"rotation_period":"59s","verification_ttl":"1h","algorithm":"x"})",
            "rotation_period must be at least one minute");
        row("key/n", R"({"rotation_period":"1m","verification_ttl":"601s","algorithm":"x"})",
            "verification_ttl cannot be longer than 10x rotation_period");
        row("role/n", "{}", "the key parameter is required");
        row("role/n", "{\"key\":\"none\",\"template\":\"{\",\"ttl\":\"99d\"}",
            "error parsing template JSON: unexpected end of JSON input");
        row("role/n", R"({"key":"none","ttl":"99d"})", "cannot find key \"none\"");
        row("role/n", R"({"key":"k","ttl":"25h"})",
            "a role's token ttl cannot be longer than the verification_ttl of the key it references");
        row("role/n", R"({"key":"k","ttl":-1})",
            R"(error converting input for field "ttl": cannot provide negative value '-1')");
        row("config", R"({"issuer":"https://a/b"})",
            "invalid issuer, which must include only a scheme, host, and optional port (e.g. "
            "https://example.com:8200)");
    }
    void refusesSettings()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, expected);
        QCOMPARE(line(post(path.toStdString(), body.toStdString())), expected);
    }

    void usesTheBuiltInKey()
    {
        QCOMPARE(line(get("key/default")),
                 QByteArray(R"(200 {"algorithm":"RS256","allowed_client_ids":["*"],"rotation_period":86400,)"
                            R"("verification_ttl":86400})"));
        QCOMPARE(line(post("role/d", R"({"key":"default"})")), QByteArray("204"));
        QCOMPARE(introspected(identityToken("d")), QByteArray("true "));
        QCOMPARE(member(m_core->list("identity/oidc/key"), "keys"), QByteArray(R"(["default","k"])"));
        QCOMPARE(text(get("role/d"), "client_id").size(), std::size_t(26));
    }

    void needsRights()
    {
        const std::string other = m_core->token(R"({"policies":["none"],"no_parent":true})");
        for (const char *path : {"identity/oidc/token/r", "identity/oidc/key/k", "identity/oidc/config"})
            QVERIFY(line(m_core->sendAs(other, Operation::Read, path)).startsWith("403"));
        QVERIFY(line(m_core->sendAs(other, Operation::Update, "identity/oidc/introspect")).startsWith("403"));
    }
};

QTEST_GUILESS_MAIN(TestOidcTokenRoutes)
#include "tst_OidcTokenRoutes.moc"
