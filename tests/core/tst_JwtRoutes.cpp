// SPDX-License-Identifier: Apache-2.0
#include "support/SigningKey.h"
#include "support/TestCore.h"
#include "support/WebServer.h"

#include <QTest>

using namespace kith;
using namespace kith::test;

namespace json = boost::json;

/// Expected answers are those of OpenBao 2.7.2.
class TestJwtRoutes : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestCore> m_core;
    const SigningKey m_key;

    QByteArray configure(json::object config) { return line(m_core->post("auth/jw/config", std::move(config))); }
    QByteArray saveRole(json::object changes)
    {
        json::object role{{"role_type", "jwt"}, {"user_claim", "sub"}, {"bound_audiences", "aud"}};
        for (const auto &[name, value] : changes)
            role[name] = value;
        return line(m_core->post("auth/jw/role/R", std::move(role)));
    }

private Q_SLOTS:
    void init()
    {
        m_core = std::make_unique<TestCore>();
        m_core->mount("jw", R"({"type":"jwt"})");
    }

    void refusesConfigurations()
    {
        const QByteArray source("400 exactly one of 'jwt_validation_pubkeys', 'jwks_url', 'jwks_pairs', "
                                "'oidc_discovery_url', or 'provider_config' must be set");
        const std::string pem = m_key.pem();
        QCOMPARE(configure({}), source);
        QCOMPARE(configure({{"jwt_validation_pubkeys", json::array()}}), source);
        QCOMPARE(configure({{"jwks_url", "http://x"}, {"oidc_discovery_url", "http://x"}}), source);
        QCOMPARE(configure({{"provider_config", json::object{{"a", "b"}}}}), source);
        QCOMPARE(configure({{"jwt_validation_pubkeys", "bad"}}),
                 QByteArray("400 error parsing public key: data does not contain any valid public keys"));
        QCOMPARE(configure({{"jwt_validation_pubkeys", pem}, {"jwt_supported_algs", "ES256,HS256"}}),
                 QByteArray("400 invalid jwt_supported_algs: unsupported signing algorithm \"HS256\""));
        QCOMPARE(configure({{"jwt_validation_pubkeys", pem}, {"oidc_client_id", "a"}}),
                 QByteArray("400 both 'oidc_client_id' and 'oidc_client_secret' must be set for OIDC"));
        QCOMPARE(configure({{"jwt_validation_pubkeys", pem}, {"oidc_client_id", "a"}, {"oidc_client_secret", "b"}}),
                 QByteArray("400 'oidc_discovery_url' must be set for OIDC"));
        QCOMPARE(configure({{"jwt_validation_pubkeys", pem}, {"provider_config", json::object{{"provider", "x"}}}}),
                 QByteArray("400 invalid provider_config: provider \"x\" not found in custom providers"));
        QCOMPARE(configure({{"jwt_validation_pubkeys", pem}, {"oidc_response_mode", "x"}}),
                 QByteArray("400 invalid response_mode: \"x\""));
        QCOMPARE(
            configure({{"jwt_validation_pubkeys", pem}, {"oidc_response_mode", "x"}, {"oidc_response_types", "y"}}),
            QByteArray("400 invalid response_types [y]. 'code' and 'id_token' are allowed"));
        for (const json::object &without : {json::object{{"a", "b"}}, json::object{{"provider", nullptr}}})
            QCOMPARE(configure({{"jwt_validation_pubkeys", pem}, {"provider_config", without}}),
                     QByteArray("400 invalid provider_config: 'provider' field not found in provider_config"));
        QCOMPARE(configure({{"jwt_validation_pubkeys", pem}, {"provider_config", json::object{{"provider", ""}}}}),
                 QByteArray("400 invalid provider_config: provider \"\" not found in custom providers"));
        QCOMPARE(configure({{"jwks_url", "http://127.0.0.1:9/"}, {"jwks_ca_pem", "x"}}),
                 QByteArray("400 error checking jwks_ca_pem"));
        QCOMPARE(configure({{"jwks_url", "http://127.0.0.1:9/"}}), QByteArray("400 error checking jwks URL"));
        QVERIFY(configure({{"oidc_discovery_url", "http://127.0.0.1:9"}})
                    .startsWith("400 error checking oidc discovery URL: Get "
                                "\"http://127.0.0.1:9/.well-known/openid-configuration\": "));
        QCOMPARE(line(m_core->get("auth/jw/config")), QByteArray("404"));
        QCOMPARE(configure({{"jwks_url", "http://127.0.0.1:9/"}, {"skip_jwks_validation", true}}),
                 QByteArray("200 (error checking jwks URL)"));
    }

    void keepsTheConfiguration()
    {
        QCOMPARE(configure({{"jwt_validation_pubkeys", m_key.pem()}, {"bound_issuer", "me"}, {"default_role", "R"}}),
                 QByteArray("204"));
        auto read = m_core->get("auth/jw/config");
        QCOMPARE(member(read, "bound_issuer"), QByteArray("\"me\""));
        QCOMPARE(member(read, "default_role"), QByteArray("\"r\""));
        QCOMPARE(member(read, "namespace_in_state"), QByteArray("true"));
        QCOMPARE(member(read, "jwt_supported_algs"), QByteArray("[]"));
        QCOMPARE(member(read, "oidc_client_secret"), QByteArray());
        QCOMPARE(configure({{"jwt_validation_pubkeys", m_key.pem()}, {"namespace_in_state", false}}),
                 QByteArray("204"));
        read = m_core->get("auth/jw/config");
        QCOMPARE(member(read, "bound_issuer"), QByteArray("\"\"")); // a write is the whole of it
        QCOMPARE(configure({{"jwt_validation_pubkeys", m_key.pem()}}), QByteArray("204"));
        QCOMPARE(member(m_core->get("auth/jw/config"), "namespace_in_state"), QByteArray("false"));
    }

    void asksTheProvider()
    {
        WebServer provider;
        const std::string url = provider.url();
        const json::object config{{"oidc_discovery_url", url}};
        QCOMPARE(configure(config), QByteArray("400 error checking oidc discovery URL: 404 Not Found: "));
        provider.put("/.well-known/openid-configuration", R"({"issuer":"other"})");
        QCOMPARE(configure(config),
                 "400 error checking oidc discovery URL: issuer did not match the returned issuer, expected \"" +
                     QByteArray::fromStdString(url) + "\" got \"other\"");
        provider.put("/.well-known/openid-configuration", json::serialize(json::object{{"issuer", url}}));
        QCOMPARE(configure(config), QByteArray("204"));
    }

    void refusesRoles_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *changes, const char *expected) {
            QTest::addRow("%s", changes) << QByteArray(changes) << QByteArray(expected);
        };
        row(R"({"role_type":"x"})", "400 invalid 'role_type': x");
        row(R"({"role_type":"oidc"})",
            "400 'allowed_redirect_uris' must be set if 'role_type' is 'oidc' or unspecified.");
        row(R"({"user_claim":""})", "400 a user claim must be defined on the role");
        row(R"({"bound_audiences":[]})", "400 must have at least one bound constraint when creating/updating a role");
        row(R"({"bound_claims_type":"x"})", "400 invalid 'bound_claims_type': x");
        row(R"({"callback_mode":"x"})", "400 invalid 'callback_mode': x");
        row(R"({"callback_mode":"x","oauth2_metadata":["y"],"user_claim":""})",
            "400 Unrecognized oauth2 metadata name y");
        row(R"({"bound_claims_type":"glob","bound_claims":{"a":["x*",1]}})", "400 claim is not a string: 1");
        row(R"({"bound_claims_type":"glob","bound_claims":{"a":[{"b":1}]}})", "400 claim is not a string: map[b:1]");
        row(R"({"bound_claims_type":"glob","bound_claims":{"a":{"b":1}}})",
            "400 claim is not a string or list: map[b:1]");
        row(R"({"bound_claims_type":"glob","bound_claims":{"a":null}})", "400 claim is not a string or list: <nil>");
        row(R"({"bound_claims":"x"})",
            "400 error converting input for field \"bound_claims\": '' expected type 'map[string]interface {}', got "
            "unconvertible type 'string'");
        row(R"({"claim_mappings":{"a":"b","c":"b"}})", "400 multiple keys are mapped to metadata key \"b\"");
        row(R"({"claim_mappings":{"a":"role"}})",
            "400 metadata key \"role\" is reserved and may not be a mapping destination");
        row(R"({"not_before_leeway":"x"})",
            "400 error converting input for field \"not_before_leeway\": time: invalid duration \"x\"");
        row(R"({"max_age":-1})",
            "400 error converting input for field \"max_age\": cannot provide negative value '-1'");
        row(R"({"callback_mode":"zz"})", "400 invalid 'callback_mode': zz");
        row(R"({"oauth2_metadata":["x"]})", "400 Unrecognized oauth2 metadata name x");
        row(R"({"ttl":500,"max_ttl":400})", "400 ttl should not be greater than max ttl");
        row(R"({"ttl":500,"max_ttl":400,"bound_audiences":[]})",
            "400 must have at least one bound constraint when creating/updating a role");
        row(R"({"ttl":500,"max_ttl":400,"token_policies_template_claims":true,"token_policies":"{{x.y}}"})",
            "400 ttl should not be greater than max ttl");
        row(R"({"token_policies_template_claims":true,"token_policies":"{{x.y}}","callback_mode":"zz"})",
            "400 invalid 'callback_mode': zz");
        row(R"({"token_policies_template_claims":true,"token_policies":"{{identity.x}}"})",
            "500 1 error occurred:\n\t* failed to parse template policy [0]: only fields such as {{.sub}} can be "
            "filled "
            "in: {{identity.x}}\n\n");
    }
    void refusesRoles()
    {
        QFETCH(QByteArray, changes);
        QFETCH(QByteArray, expected);
        QCOMPARE(saveRole(json::parse(changes.toStdString()).as_object()), expected);
        QCOMPARE(line(m_core->get("auth/jw/role/r")), QByteArray("404"));
    }

    void keepsRoles()
    {
        QCOMPARE(saveRole({}), QByteArray("204"));
        const QByteArray usual =
            R"({"token_bound_cidrs":[],"token_explicit_max_ttl":0,"token_max_ttl":0,"token_no_default_policy":false,)"
            R"("token_num_uses":0,"token_period":0,"token_policies":[],"token_strictly_bind_ip":false,"token_ttl":0,)"
            R"("token_type":"default","allowed_redirect_uris":null,"bound_audiences":["aud"],"bound_claims":null,)"
            R"("bound_claims_type":"string","bound_subject":"","callback_mode":"client","claim_mappings":null,)"
            R"("clock_skew_leeway":0,"expiration_leeway":0,"groups_claim":"","max_age":0,"not_before_leeway":0,)"
            R"("oauth2_metadata":null,"oidc_disable_confirmation":false,"oidc_scopes":null,"role_type":"jwt",)"
            R"("token_policies_template_claims":false,"user_claim":"sub","user_claim_json_pointer":false,)"
            R"("verbose_oidc_logging":false})";
        QCOMPARE(line(m_core->get("auth/jw/role/r")), "200 " + usual);
        QCOMPARE(saveRole({{"expiration_leeway", -5},
                           {"policies", "a,B"},
                           {"num_uses", 3},
                           {"claim_mappings", json::object()},
                           {"bound_claims", json::object{{"n", 5}}}}),
                 QByteArray("204"));
        const auto read = m_core->get("auth/jw/role/R");
        QCOMPARE(member(read, "expiration_leeway"), QByteArray("-5"));
        QCOMPARE(member(read, "policies"), QByteArray(R"(["a","b"])"));
        QCOMPARE(member(read, "token_policies"), QByteArray(R"(["a","b"])"));
        QCOMPARE(member(read, "num_uses"), QByteArray("3"));
        QCOMPARE(member(read, "claim_mappings"), QByteArray("{}"));
        QCOMPARE(member(read, "bound_claims"), QByteArray(R"({"n":5})"));
        // What isn't sent stays, but for the type.
        QCOMPARE(line(m_core->post("auth/jw/role/R", R"({"token_ttl":3})")),
                 QByteArray("400 'allowed_redirect_uris' must be set if 'role_type' is 'oidc' or unspecified."));
        QCOMPARE(line(m_core->post("auth/jw/role/R", R"({"role_type":"jwt","token_ttl":3})")), QByteArray("204"));
        QCOMPARE(member(m_core->get("auth/jw/role/R"), "bound_audiences"), QByteArray(R"(["aud"])"));
        QCOMPARE(member(m_core->get("auth/jw/role/R"), "bound_claims"), QByteArray(R"({"n":5})"));
        QCOMPARE(saveRole({{"bound_claims", nullptr}}), QByteArray("204"));
        QCOMPARE(member(m_core->get("auth/jw/role/R"), "bound_claims"), QByteArray("null"));
        QCOMPARE(line(m_core->list("auth/jw/role")), QByteArray(R"(200 {"keys":["r"]})"));
        QCOMPARE(line(m_core->remove("auth/jw/role/R")), QByteArray("204"));
        QCOMPARE(line(m_core->list("auth/jw/role")), QByteArray("404"));
    }
};

QTEST_GUILESS_MAIN(TestJwtRoutes)
#include "tst_JwtRoutes.moc"
