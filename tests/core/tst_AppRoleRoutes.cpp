// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

#include <future>
#include <thread>

using namespace kith;
using namespace kith::test;

namespace {

std::string dataText(const core::Response &response, std::string_view name)
{
    return response.data ? std::string(response.data->at(name).as_string()) : std::string();
}

QByteArray granted(const core::Response &response, std::string_view name)
{
    const auto *value = response.auth ? response.auth->fields.if_contains(name) : nullptr;
    return value ? QByteArray::fromStdString(boost::json::serialize(*value)) : QByteArray();
}

QByteArray wrapped(const char *status, const QByteArray &text)
{
    return QByteArray(status) + " 1 error occurred:\n\t* " + text + "\n\n";
}

} // namespace

/// Expected answers are those of OpenBao 2.7.2.
class TestAppRoleRoutes : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestCore> m_core;
    std::atomic<int> m_logins = 0;

    core::Response post(const std::string &path, std::string_view json = "{}")
    {
        return m_core->post("auth/ar/" + path, json);
    }
    core::Response get(const std::string &path) { return m_core->get("auth/ar/" + path); }

    std::string roleId(const std::string &role) { return dataText(get("role/" + role + "/role-id"), "role_id"); }
    std::string secret(const std::string &role, std::string_view json = "{}")
    {
        return dataText(post("role/" + role + "/secret-id", json), "secret_id");
    }

    /// In turn as the server asks, without waiting, and as everybody else does.
    core::Response logIn(const std::string &roleId, const std::string &secret, const std::string &from = "127.0.0.1")
    {
        core::Request request;
        request.operation = core::Operation::Update;
        request.path = "auth/ar/login";
        request.token = "root";
        request.peer.address = from;
        request.data = {{"role_id", roleId}, {"secret_id", secret}};
        if (++m_logins % 2 == 0)
            return m_core->core().handle(request);
        std::promise<core::Response> answer;
        if (!m_core->core().handleLater(request,
                                        [&](core::Response response) { answer.set_value(std::move(response)); }))
            qFatal("a login is one write");
        return answer.get_future().get();
    }

private Q_SLOTS:
    void init()
    {
        m_core = std::make_unique<TestCore>();
        m_core->mount("ar", R"({"type":"approle"})");
        QCOMPARE(line(post("role/r")), QByteArray("204"));
    }

    void showsRoles()
    {
        QCOMPARE(member(get("role/R"), "bind_secret_id"), QByteArray("true"));
        QCOMPARE(member(get("role/r"), "secret_id_bound_cidrs"), QByteArray("null"));
        QCOMPARE(member(get("role/r"), "token_bound_cidrs"), QByteArray("[]"));
        QCOMPARE(roleId("r").size(), 36UL);
        post("role/R2", R"({"policies":"a,B","period":"5m","bound_cidr_list":"1.1.1.1/32","local_secret_ids":true})");
        QCOMPARE(member(get("role/r2"), "policies"), QByteArray(R"(["a","b"])"));
        QCOMPARE(member(get("role/r2"), "period"), QByteArray("300"));
        QCOMPARE(member(get("role/r2"), "token_period"), QByteArray("300"));
        QCOMPARE(member(get("role/r2"), "secret_id_bound_cidrs"), QByteArray(R"(["1.1.1.1/32"])"));
        QCOMPARE(line(post("role/R2", R"({"local_secret_ids":false})")),
                 QByteArray("400 local_secret_ids can only be modified during role creation"));
        QCOMPARE(line(m_core->list("auth/ar/role")), QByteArray(R"(200 {"keys":["r","r2"]})"));
        QCOMPARE(line(m_core->send(core::Operation::List, "auth/ar/role", R"({"after":"r","limit":1})")),
                 QByteArray(R"(200 {"keys":["r2"]})"));
        QCOMPARE(line(get("role/none")), QByteArray("404"));
        QCOMPARE(line(m_core->remove("auth/ar/role/none")), QByteArray("204"));
        QCOMPARE(line(post("role/x", R"({"token_max_ttl":"8784h"})")),
                 QByteArray("200 (token_max_ttl is greater than the backend mount's maximum TTL value; issued tokens' "
                            "max TTL value will be truncated)"));
    }

    void refusesRoles_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *body, const QByteArray &expected) {
            QTest::addRow("%s", body) << QByteArray(body) << expected;
        };
        row(R"({"bind_secret_id":false})", wrapped("500", "at least one constraint should be enabled on the role"));
        row(R"({"role_id":""})", "400 invalid role_id supplied, or failed to generate a role_id");
        row(R"({"role_id":"taken"})", wrapped("500", "role_id already in use"));
        row(R"({"secret_id_num_uses":-1})", "400 secret_id_num_uses cannot be negative");
        row(R"({"token_num_uses":-1,"token_type":"batch","token_period":"1h"})",
            "400 'token_num_uses' cannot be negative");
        row(R"({"secret_id_num_uses":-1,"secret_id_bound_cidrs":"x"})",
            wrapped("500", "failed to validate CIDR blocks: invalid CIDR address: x"));
        row(R"({"role_id":"taken","token_type":"default-service"})", wrapped("400", "role_id already in use"));
        row(R"({"secret_id_ttl":-1})",
            R"(400 error converting input for field "secret_id_ttl": cannot provide negative value '-1')");
        row(R"({"secret_id_bound_cidrs":"1.2.3.4"})",
            wrapped("500", "failed to validate CIDR blocks: invalid CIDR address: 1.2.3.4"));
        row(R"({"token_ttl":"2h","token_max_ttl":"1h"})", "400 'token_ttl' cannot be greater than 'token_max_ttl'");
    }
    void refusesRoles()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, expected);
        post("role/q", R"({"role_id":"taken"})");
        QCOMPARE(line(post("role/x", body.toStdString())), expected);
        QCOMPARE(line(get("role/x")), QByteArray("404"));
    }

    void changesSingleSettings_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QByteArray>("missing");
        const auto row = [](const char *path, const char *body, const char *before, const char *after,
                            const char *missing) {
            QTest::newRow(path) << QByteArray(path) << QByteArray(body) << QByteArray(before) << QByteArray(after)
                                << QByteArray(missing);
        };
        row("policies", R"({"policies":"B,a"})", R"({"token_policies":[]})",
            R"({"token_policies":["a","b"],"policies":["a","b"]})", "400 missing token_policies");
        row("period", R"({"period":"7"})", R"({"token_period":0})", R"({"token_period":7,"period":7})",
            "400 missing period");
        row("secret-id-bound-cidrs", R"({"secret_id_bound_cidrs":"10.0.0.0/8"})", R"({"secret_id_bound_cidrs":null})",
            R"({"secret_id_bound_cidrs":["10.0.0.0/8"]})", "204");
        row("token-bound-cidrs", R"({"token_bound_cidrs":"10.0.0.0/8"})", R"({"token_bound_cidrs":null})",
            R"({"token_bound_cidrs":["10.0.0.0/8"]})", "204");
        row("secret-id-num-uses", R"({"secret_id_num_uses":"7"})", R"({"secret_id_num_uses":0})",
            R"({"secret_id_num_uses":7})", "400 missing secret_id_num_uses");
        row("secret-id-ttl", R"({"secret_id_ttl":"7"})", R"({"secret_id_ttl":0})", R"({"secret_id_ttl":7})",
            "400 missing secret_id_ttl");
        row("token-num-uses", R"({"token_num_uses":"7"})", R"({"token_num_uses":0})", R"({"token_num_uses":7})",
            "400 missing token_num_uses");
        row("token-ttl", R"({"token_ttl":"7"})", R"({"token_ttl":0})", R"({"token_ttl":7})", "400 missing token_ttl");
        row("token-max-ttl", R"({"token_max_ttl":"7"})", R"({"token_max_ttl":0})", R"({"token_max_ttl":7})",
            "400 missing token_max_ttl");
    }
    void changesSingleSettings()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QByteArray, missing);
        const std::string place = "role/r/" + path.toStdString();
        QCOMPARE(line(get(place)), "200 " + before);
        QCOMPARE(line(post(place, body.toStdString())), QByteArray("204"));
        QCOMPARE(line(get(place)), "200 " + after);
        QCOMPARE(line(post(place)), missing);
        QCOMPARE(line(m_core->remove("auth/ar/" + place)), QByteArray("204"));
        QCOMPARE(line(get(place)), "200 " + before);
        const std::string nowhere = "role/none/" + path.toStdString();
        QCOMPARE(line(get(nowhere)), QByteArray("404"));
        QCOMPARE(line(post(nowhere, body.toStdString())), wrapped("404", "unsupported path"));
        QCOMPARE(line(m_core->remove("auth/ar/" + nowhere)), QByteArray("204"));
    }

    void refusesSingleSettings()
    {
        post("role/r", R"({"token_ttl":"1h","token_max_ttl":"2h"})");
        QCOMPARE(line(post("role/r/token-max-ttl", R"({"token_max_ttl":"1m"})")),
                 QByteArray("400 token_max_ttl should be greater than or equal to token_ttl"));
        QCOMPARE(line(post("role/r/token-ttl", R"({"token_ttl":"3h"})")),
                 QByteArray("400 token_ttl should not be greater than token_max_ttl"));
        QCOMPARE(line(post("role/r/secret-id-num-uses", R"({"secret_id_num_uses":-4})")),
                 QByteArray("400 secret_id_num_uses cannot be negative"));
        QCOMPARE(line(post("role/r/secret-id-bound-cidrs", R"({"secret_id_bound_cidrs":"zz"})")),
                 QByteArray("400 failed to validate CIDR blocks: invalid CIDR address: zz"));
        QCOMPARE(line(post("role/r/token-bound-cidrs", R"({"token_bound_cidrs":"zz"})")),
                 QByteArray("400 failed to parse token_bound_cidrs: error parsing address \"zz\": Unable to convert "
                            "\"zz\" to an IPv4 or IPv6 address, or a UNIX Socket"));
        QCOMPARE(line(get("role/r/bound-cidr-list")),
                 QByteArray("200 {\"bound_cidr_list\":null} (The \"bound_cidr_list\" field is deprecated and will be "
                            "removed. Please use \"secret_id_bound_cidrs\" instead.)"));
        QCOMPARE(line(post("role/r/local-secret-ids", R"({"local_secret_ids":true})")),
                 wrapped("405", "unsupported operation"));
        QCOMPARE(line(post("role/r/role-id", R"({"role_id":""})")), QByteArray("400 missing role_id"));
        QCOMPARE(line(post("role/none/role-id", R"({"role_id":"x"})")), wrapped("404", "unsupported path"));
        post("role/q", R"({"bind_secret_id":false,"token_bound_cidrs":"127.0.0.1"})");
        QCOMPARE(line(m_core->remove("auth/ar/role/q/token-bound-cidrs")),
                 wrapped("500", "at least one constraint should be enabled on the role"));
    }

    void refusesSecretIds_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *body, const QByteArray &expected) {
            QTest::addRow("%s", body) << QByteArray(body) << expected;
        };
        row(R"({"num_uses":5})", "400 num_uses cannot be higher than the role's secret_id_num_uses");
        row(R"({"num_uses":0})", "400 num_uses cannot be higher than the role's secret_id_num_uses");
        row(R"({"num_uses":-1})", "400 num_uses cannot be negative");
        row(R"({"ttl":61})", "400 ttl cannot be longer than the role's secret_id_ttl");
        row(R"({"ttl":0})", "400 ttl cannot be longer than the role's secret_id_ttl");
        row(R"({"ttl":-1})", "400 Field validation failed: error converting input for field \"ttl\": cannot provide "
                             "negative value '-1'");
        row(R"({"cidr_list":"11.0.0.0/8"})",
            wrapped("500", "failed to verify subset relationship between CIDR blocks on the role [\"10.0.0.0/8\"] and "
                           "CIDR blocks on the secret ID [\"11.0.0.0/8\"]: %!w(<nil>)"));
        row(R"({"cidr_list":"zz"})", wrapped("500", "failed to validate CIDR blocks: invalid CIDR address: zz"));
        row(R"({"token_bound_cidrs":"zz"})",
            wrapped("500", "failed to validate token CIDR blocks: invalid CIDR address: zz"));
        row(R"({"metadata":"zz"})",
            "400 failed to parse metadata: failed to parse the input: invalid <key,value> format");
    }
    void refusesSecretIds()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, expected);
        post("role/r", R"({"secret_id_bound_cidrs":"10.0.0.0/8","secret_id_num_uses":3,"secret_id_ttl":60})");
        QCOMPARE(line(post("role/r/secret-id", body.toStdString())), expected);
        QCOMPARE(line(m_core->list("auth/ar/role/r/secret-id")), QByteArray("404"));
    }

    void handlesSecretIds()
    {
        QCOMPARE(line(post("role/none/secret-id")), QByteArray("404 role \"none\" does not exist"));
        QCOMPARE(line(m_core->list("auth/ar/role/none/secret-id")), QByteArray("400 role \"none\" does not exist"));
        QCOMPARE(line(post("role/r/custom-secret-id")), QByteArray("400 missing secret_id"));
        const core::Response made =
            post("role/r/custom-secret-id", "{\"secret_id\":\"abc\",\"metadata\":\"{\\\"k\\\":\\\"v\\\"}\",\"cidr_"
                                            "list\":\"127.0.0.1/32\",\"ttl\":\"1h\",\"num_uses\":3}");
        QCOMPARE(member(made, "secret_id_num_uses") + member(made, "secret_id_ttl"), QByteArray("33600"));
        QCOMPARE(line(post("role/r/custom-secret-id", R"({"secret_id":"abc"})")),
                 wrapped("500", "failed to store secret_id: SecretID is already registered"));
        const std::string accessor = dataText(made, "secret_id_accessor");
        QCOMPARE(line(m_core->list("auth/ar/role/r/secret-id")),
                 QByteArray("200 {\"keys\":[\"") + accessor.c_str() + "\"]}");
        const core::Response found = post("role/r/secret-id/lookup", R"({"secret_id":"abc"})");
        QCOMPARE(member(found, "metadata"), QByteArray(R"({"k":"v"})"));
        QCOMPARE(member(found, "creation_time"), QByteArray("\"2026-11-22T08:00:00Z\""));
        QCOMPARE(member(found, "expiration_time"), QByteArray("\"2026-11-22T09:00:00Z\""));
        const std::string byAccessor = "{\"secret_id_accessor\":\"" + accessor + "\"}";
        QCOMPARE(line(post("role/r/secret-id-accessor/lookup", byAccessor)), line(found));
        QCOMPARE(line(post("role/r/secret-id/lookup", R"({"secret_id":"none"})")), QByteArray("204"));
        QCOMPARE(line(post("role/none/secret-id/lookup", R"({"secret_id":"abc"})")),
                 wrapped("500", "role \"none\" does not exist"));
        QCOMPARE(line(post("role/r/secret-id-accessor/lookup", R"({"secret_id_accessor":"xx"})")),
                 QByteArray("404 {\"error\":\"failed to find accessor entry for secret_id_accessor: \\\"xx\\\"\"}"));
        post("role/q");
        QCOMPARE(line(post("role/q/secret-id-accessor/lookup", byAccessor)), QByteArray("204"));
        QCOMPARE(line(post("role/q/secret-id-accessor/destroy", byAccessor)),
                 QByteArray("403 invalid secret id accessor"));
        QCOMPARE(line(post("role/r/secret-id-accessor/destroy", R"({"secret_id_accessor":"xx"})")),
                 wrapped("500", "failed to find accessor entry for secret_id_accessor: \"xx\""));
        QCOMPARE(line(post("role/r/secret-id-accessor/destroy", byAccessor)), QByteArray("204"));
        QCOMPARE(line(post("role/r/secret-id/destroy", R"({"secret_id":"abc"})")), QByteArray("204"));
        QCOMPARE(line(post("role/r/secret-id/destroy")), QByteArray("400 missing secret_id"));
        post("role/b", R"({"bind_secret_id":false,"secret_id_bound_cidrs":"127.0.0.0/8"})");
        QCOMPARE(line(post("role/b/secret-id")), QByteArray("400 bind_secret_id is not set on the role"));
        const core::Response tidied = post("tidy/secret-id");
        QCOMPARE(tidied.status, 202);
        QCOMPARE(tidied.warnings.size(), 1UL);
    }

    void logsIn()
    {
        post("role/MiX", R"({"token_policies":"tp"})");
        const std::string id = roleId("mix");
        const std::string sid = secret("mix", "{\"metadata\":\"{\\\"a\\\":\\\"b\\\"}\"}");
        const core::Response login = logIn(id, sid);
        QCOMPARE(granted(login, "metadata"), QByteArray(R"({"a":"b","role_name":"mix"})"));
        QCOMPARE(granted(login, "policies"), QByteArray(R"(["default","tp"])"));
        const std::string entity(login.auth->fields.at("entity_id").as_string());
        const QByteArray aliases = member(m_core->get("identity/entity/id/" + entity), "aliases");
        QVERIFY(aliases.contains(QByteArray("\"name\":\"") + id.c_str()));
        QVERIFY(aliases.contains("\"metadata\":{\"a\":\"b\",\"role_name\":\"mix\"}"));
        QCOMPARE(granted(logIn(id, secret("mix")), "entity_id"), granted(login, "entity_id"));
        m_core->remove("auth/ar/role/mix");
        QCOMPARE(line(logIn(id, sid)), QByteArray("400 invalid role or secret ID"));
    }

    void refusesLogins()
    {
        const std::string id = roleId("r");
        const std::string sid = secret("r");
        QCOMPARE(line(logIn(id, "bad")), QByteArray("400 invalid role or secret ID"));
        QCOMPARE(line(logIn("bad", sid)), QByteArray("400 invalid role or secret ID"));
        QCOMPARE(line(logIn(id, "")), QByteArray("400 missing secret_id"));
        QCOMPARE(line(logIn("", sid)), QByteArray("500 missing role_id"));
        QCOMPARE(line(logIn(" ", sid)), QByteArray("500 missing role_id"));
        QCOMPARE(logIn(" " + id, sid + "\n").status, 200);
        post("role/r", R"({"secret_id_ttl":60})");
        const std::string brief = secret("r");
        QCOMPARE(logIn(id, brief).status, 200);
        m_core->clock().advance(60'000'000'000);
        QCOMPARE(line(logIn(id, brief)), QByteArray("400 invalid role or secret ID"));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(line(logIn(id, "bad")), QByteArray("400 invalid role or secret ID"));
        QCOMPARE(logIn(id, sid).status, 200); // forgives
        for (int i = 0; i < 5; ++i)
            QCOMPARE(line(logIn(id, "bad")), QByteArray("400 invalid role or secret ID"));
        QCOMPARE(line(logIn(id, sid)), QByteArray("403 permission denied"));
        QCOMPARE(line(logIn(id, "")), QByteArray("403 permission denied"));
        for (int i = 0; i < 4; ++i) // whether there is such a role or not
            QCOMPARE(line(logIn("bad", sid)), QByteArray("400 invalid role or secret ID"));
        QCOMPARE(line(logIn("bad", sid)), QByteArray("403 permission denied"));
        QCOMPARE(line(logIn("worse", "")), QByteArray("400 missing secret_id"));
        post("role/r/role-id", R"({"role_id":"bad"})"); // the guesses of a name that nobody had don't count for it
        QCOMPARE(logIn("bad", sid).status, 200);
    }

    /// A login that gives no token in the end forgives no guesses.
    void aLoginThatComesToNothingForgivesNothing()
    {
        const std::string id = roleId("r");
        const std::string sid = secret("r");
        post("role/r", R"({"token_policies":"root"})");
        for (int i = 0; i < 4; ++i)
            QCOMPARE(line(logIn(id, "bad")), QByteArray("400 invalid role or secret ID"));
        QCOMPARE(line(logIn(id, sid)), QByteArray("400 auth methods cannot create root tokens"));
        QCOMPARE(line(logIn(id, "bad")), QByteArray("400 invalid role or secret ID"));
        post("role/r", R"({"token_policies":""})");
        QCOMPARE(line(logIn(id, sid)), QByteArray("403 permission denied"));
    }

    /// Whoever guesses must not keep others from writing, nor wait for them.
    void refusesGuessesWithoutTheWriter()
    {
        const std::string id = roleId("r");
        const std::string sid = secret("r");
        std::promise<void> release;
        std::promise<void> begun;
        std::thread writer([&] {
            const auto done = m_core->core().store().write([&](store::WriteSession &) -> Result<void> {
                begun.set_value();
                release.get_future().wait();
                return {};
            });
            QVERIFY(done);
        });
        begun.get_future().wait();
        auto guesses = std::async(std::launch::async, [&] {
            return line(logIn(id, "bad")) + line(logIn(id, "worse")) + line(logIn("nobody", "bad"));
        });
        const bool answered = guesses.wait_for(std::chrono::seconds(10)) == std::future_status::ready;
        release.set_value();
        writer.join();
        QVERIFY(answered);
        QCOMPARE(guesses.get(), QByteArray("400 invalid role or secret ID").repeated(3));
        for (int i = 0; i < 2; ++i) // each guess counts once
            QCOMPARE(line(logIn(id, "bad")), QByteArray("400 invalid role or secret ID"));
        QCOMPARE(logIn(id, sid).status, 200);
        for (int i = 0; i < 5; ++i)
            logIn(id, "bad");
        QCOMPARE(line(logIn(id, sid)), QByteArray("403 permission denied"));
    }

    void heedsAddresses()
    {
        post("role/r", R"({"secret_id_bound_cidrs":"10.0.0.0/8"})");
        const std::string id = roleId("r");
        const std::string sid = secret("r");
        QCOMPARE(line(logIn(id, sid)), QByteArray("400 source address \"127.0.0.1\" unauthorized by CIDR restrictions "
                                                  "on the role: %!w(<nil>)"));
        QCOMPARE(logIn(id, sid, "10.1.2.3").status, 200);
        const std::string narrow = secret("r", R"({"cidr_list":"10.1.0.0/16"})");
        QCOMPARE(line(logIn(id, narrow, "10.2.0.1")),
                 QByteArray("400 source address \"10.2.0.1\" unauthorized through CIDR restrictions on the secret ID"));
        const std::string few = secret("r", R"({"cidr_list":"10.1.0.0/16","num_uses":2})");
        QCOMPARE(line(logIn(id, few, "10.2.0.1")),
                 QByteArray("400 source address \"10.2.0.1\" unauthorized by CIDR restrictions on the secret ID: "
                            "%!w(<nil>)"));
        post("role/r", R"({"secret_id_bound_cidrs":["10.1.0.0/24","10.3.0.0/16"]})"); // each login compares them anew
        QCOMPARE(line(logIn(id, narrow, "10.1.0.1")),
                 QByteArray("500 failed to verify subset relationship between CIDR blocks on the role "
                            "[\"10.1.0.0/24\" \"10.3.0.0/16\"] and CIDR blocks on the secret ID [\"10.1.0.0/16\"]: "
                            "%!w(<nil>)"));
        QCOMPARE(logIn(id, sid, "10.3.2.1").status, 200);
        post("role/q", R"({"bind_secret_id":false,"secret_id_bound_cidrs":"127.0.0.0/8"})");
        QCOMPARE(logIn(roleId("q"), "").status, 200);
        QCOMPARE(logIn(roleId("q"), "whatever").status, 200);
    }

    void usesUpSecrets()
    {
        post("role/r", R"({"secret_id_num_uses":8})");
        const std::string id = roleId("r");
        const std::string sid = secret("r");
        std::atomic<int> good = 0;
        std::vector<std::jthread> threads;
        for (int i = 0; i < 6; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 2; ++n)
                    good += logIn(id, sid).status == 200 ? 1 : 0;
            });
        threads.clear();
        QCOMPARE(good.load(), 8);
        QCOMPARE(line(m_core->list("auth/ar/role/r/secret-id")), QByteArray("404"));
    }
};

QTEST_GUILESS_MAIN(TestAppRoleRoutes)
#include "tst_AppRoleRoutes.moc"
