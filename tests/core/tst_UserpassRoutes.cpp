// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::test;

namespace {

/// A member of `auth` as JSON text.
QByteArray granted(const core::Response &response, std::string_view name)
{
    const auto *value = response.auth ? response.auth->fields.if_contains(name) : nullptr;
    return value ? QByteArray::fromStdString(boost::json::serialize(*value)) : QByteArray();
}

} // namespace

/// Expected answers are those of OpenBao 2.7.2.
class TestUserpassRoutes : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestCore> m_core;

    core::Response logIn(const std::string &name, std::string_view json = R"({"password":"U*U"})")
    {
        return m_core->post("auth/up/login/" + name, json);
    }

private Q_SLOTS:
    void init()
    {
        m_core = std::make_unique<TestCore>();
        m_core->mount("up");
        // bcrypt of "U*U" with the least cost, made by another program
        QCOMPARE(
            line(m_core->post("auth/up/users/Joe",
                              R"({"password_hash":"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"})")),
            QByteArray("204"));
    }

    void refusesUsers_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *body, const char *expected) {
            QTest::addRow("%s", body) << QByteArray(body) << QByteArray(expected);
        };
        row("{}", "400 must provide either password or password_hash");
        row(R"({"password":""})", "400 must provide either password or password_hash");
        row(R"({"token_type":"weird"})", "400 must provide either password or password_hash");
        row(R"({"password":"pw","password_hash":"x"})", "400 only one of password or password_hash may be provided");
        row(R"({"password_hash":"x"})", "400 password_hash is not a valid bcrypt hash");
        row(R"({"password_hash":"$2b$04$abcdefghijklmnopqrstuuxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})",
            "400 bcrypt cost of 4 is too low, want 5 at minimum");
        row(R"({"password":"x","token_type":"weird"})", "400 invalid 'token_type' value \"weird\"");
        row(R"({"password":"x","token_type":"default-batch"})", "400 invalid 'token_type' value \"default-batch\"");
        row(R"({"password":"x","token_num_uses":-1})", "400 'token_num_uses' cannot be negative");
        row(R"({"password":"x","bound_cidrs":"zz","password_hash":"y"})",
            "400 only one of password or password_hash may be provided");
        row(R"({"bound_cidrs":"zz","password_hash":"y"})", "400 password_hash is not a valid bcrypt hash");
        row(R"({"password":"x","token_ttl":-1})",
            R"(400 error converting input for field "token_ttl": cannot provide negative value '-1')");
        row(R"({"password":"x","token_ttl":"10m","token_max_ttl":"5m"})",
            "400 'token_ttl' cannot be greater than 'token_max_ttl'");
        row(R"({"password":"x","token_type":"batch","token_num_uses":3,"token_period":60})",
            "400 'token_type' cannot be 'batch' or 'default_batch' when set to generate periodic tokens");
        row(R"({"password":"x","token_type":"batch","token_num_uses":3})",
            "400 'token_type' cannot be 'batch' or 'default_batch' when set to generate tokens with limited use "
            "count");
        row(R"({"password":"x","token_bound_cidrs":"10.0.0.0/8","token_strictly_bind_ip":true})",
            "400 'token_strictly_bind_ip' conflicts with 'token_bound_cidrs'; set only one");
        row(R"({"password":"x","token_bound_cidrs":"zz"})",
            R"(400 error parsing address "zz": Unable to convert "zz" to an IPv4 or IPv6 address, or a UNIX Socket)");
    }
    void refusesUsers()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, expected);
        QCOMPARE(line(m_core->post("auth/up/users/new", body.toStdString())), expected);
        QCOMPARE(line(m_core->get("auth/up/users/new")), QByteArray("404"));
    }

    void refusesLongPasswords()
    {
        const QByteArray body = "{\"password\":\"" + QByteArray(73, 'a') + "\"}";
        const QByteArray refused = "500 1 error occurred:\n\t* bcrypt: password length exceeds 72 bytes\n\n";
        QCOMPARE(line(m_core->post("auth/up/users/joe", body.toStdString())), refused);
        QCOMPARE(line(m_core->post("auth/up/users/joe/password", body.toStdString())), refused);
    }

    void keepsSettings()
    {
        TestCore &c = *m_core;
        QCOMPARE(member(c.get("auth/up/users/JOE"), "token_type"), QByteArray("\"default\""));
        QVERIFY(member(c.get("auth/up/users/joe"), "policies").isEmpty());
        c.post("auth/up/users/joe", R"({"policies":"B, a,a"})");
        QCOMPARE(member(c.get("auth/up/users/joe"), "policies"), QByteArray(R"(["a","b"])"));
        QCOMPARE(member(c.get("auth/up/users/joe"), "token_policies"), QByteArray(R"(["a","b"])"));
        c.post("auth/up/users/joe", R"({"ttl":"20m"})");
        QCOMPARE(member(c.get("auth/up/users/joe"), "ttl"), QByteArray("1200"));
        c.post("auth/up/users/joe", R"({"ttl":"20m","token_ttl":"5m"})");
        QCOMPARE(member(c.get("auth/up/users/joe"), "ttl"), QByteArray("300"));
        c.post("auth/up/users/joe", R"({"bound_cidrs":"1.2.3.4/32"})");
        QCOMPARE(member(c.get("auth/up/users/joe"), "bound_cidrs"), QByteArray(R"(["1.2.3.4"])"));
        c.post("auth/up/users/joe", R"({"bound_cidrs":[]})");
        QVERIFY(member(c.get("auth/up/users/joe"), "bound_cidrs").isEmpty());
        QCOMPARE(line(c.post("auth/up/users/joe/policies", R"({"token_policies":"x,y"})")), QByteArray("204"));
        QVERIFY(member(c.get("auth/up/users/joe"), "policies").isEmpty());
        QCOMPARE(member(c.get("auth/up/users/joe"), "token_policies"), QByteArray(R"(["x","y"])"));
        QCOMPARE(line(c.post("auth/up/users/joe", R"({"token_type":"default-service"})")),
                 QByteArray("400 invalid 'token_type' value \"default-service\""));
        QCOMPARE(line(c.post("auth/up/users/joe", R"({"password":""})")), QByteArray("204"));
        QCOMPARE(logIn("joe").status, 200);
    }

    void lists()
    {
        TestCore &c = *m_core;
        c.post("auth/up/users/JIM", R"({"password":"pw"})");
        QCOMPARE(line(c.list("auth/up/users")), QByteArray(R"(200 {"keys":["jim","joe"]})"));
        QCOMPARE(line(c.send(core::Operation::List, "auth/up/users", R"({"limit":"1"})")),
                 QByteArray(R"(200 {"keys":["jim"]})"));
        QCOMPARE(line(c.send(core::Operation::List, "auth/up/users", R"({"after":"jim","limit":"5"})")),
                 QByteArray(R"(200 {"keys":["joe"]})"));
        QCOMPARE(line(c.send(core::Operation::List, "auth/up/users", R"({"limit":"-1"})")),
                 QByteArray(R"(200 {"keys":["jim","joe"]})"));
        QCOMPARE(line(c.send(core::Operation::List, "auth/up/users", R"({"after":"zz"})")), QByteArray("404"));
        QCOMPARE(line(c.send(core::Operation::List, "auth/up/users", R"({"limit":"x"})")),
                 QByteArray("400 Field validation failed: error converting input for field \"limit\": '' cannot parse "
                            "value as 'int': strconv.ParseInt: invalid syntax"));
    }

    void changesPasswords()
    {
        TestCore &c = *m_core;
        QCOMPARE(line(c.post("auth/up/users/joe/password", "{}")),
                 QByteArray("400 must provide either password or password_hash"));
        QCOMPARE(line(c.post("auth/up/users/joe/password", R"({"password":"new"})")), QByteArray("204"));
        QCOMPARE(line(logIn("joe")), QByteArray("400 invalid username or password"));
        QCOMPARE(logIn("joe", R"({"password":"new"})").status, 200);
        for (const char *path : {"auth/up/users/nobody/password", "auth/up/users/nobody/policies"})
            QCOMPARE(line(c.post(path, R"({"password":"x"})")),
                     QByteArray("500 1 error occurred:\n\t* username does not exist\n\n"));
        QCOMPARE(line(c.remove("auth/up/users/nobody")), QByteArray("204"));
    }

    void logsIn()
    {
        TestCore &c = *m_core;
        c.post("auth/up/users/joe", R"({"token_policies":"tp","token_ttl":"10m","token_num_uses":3})");
        const core::Response login = logIn("JOE");
        QCOMPARE(login.status, 200);
        QCOMPARE(granted(login, "policies"), QByteArray(R"(["default","tp"])"));
        QCOMPARE(granted(login, "token_policies"), QByteArray(R"(["default","tp"])"));
        QCOMPARE(granted(login, "metadata"), QByteArray(R"({"username":"joe"})"));
        QCOMPARE(granted(login, "lease_duration"), QByteArray("600"));
        QCOMPARE(granted(login, "num_uses"), QByteArray("3"));
        QCOMPARE(granted(login, "orphan"), QByteArray("true"));
        QCOMPARE(granted(login, "renewable"), QByteArray("true"));
        QCOMPARE(granted(login, "token_type"), QByteArray("\"service\""));
        QVERIFY(granted(login, "client_token").startsWith("\"s."));
        QVERIFY(!login.data);
        c.post("auth/up/users/joe", R"({"token_num_uses":0,"token_type":"batch"})");
        const core::Response batch = logIn("joe");
        QVERIFY(granted(batch, "client_token").startsWith("\"b."));
        QCOMPARE(granted(batch, "accessor"), QByteArray("\"\""));
        QCOMPARE(granted(batch, "entity_id"), granted(login, "entity_id"));
    }

    void capsTimes()
    {
        m_core->post("auth/up/users/joe", R"({"token_ttl":"9999h"})");
        QCOMPARE(QByteArray::fromStdString(logIn("joe").warnings.at(0)),
                 QByteArray("TTL of \"9999h\" exceeded the effective max_ttl of \"768h\"; TTL value is capped "
                            "accordingly"));
        m_core->post("sys/auth/up/tune", R"({"default_lease_ttl":"2h"})");
        m_core->post("auth/up/users/joe", R"({"token_ttl":0})");
        QCOMPARE(granted(logIn("joe"), "lease_duration"), QByteArray("7200"));
        m_core->post("sys/auth/up/tune", R"({"token_type":"batch"})");
        QCOMPARE(granted(logIn("joe"), "token_type"), QByteArray("\"batch\""));
    }

    void refusesLogins()
    {
        QCOMPARE(line(logIn("joe", R"({"password":"bad"})")), QByteArray("400 invalid username or password"));
        QCOMPARE(line(logIn("nobody")), QByteArray("400 invalid username or password"));
        QCOMPARE(line(logIn("joe", "{}")), QByteArray("500 missing password"));
        QCOMPARE(line(logIn("nobody", "{}")), QByteArray("500 missing password"));
        QCOMPARE(line(logIn("joe", R"({"password":[1]})")),
                 QByteArray("500 Field validation failed: error converting input for field \"password\": '' expected "
                            "type 'string', got unconvertible type '[]interface {}'"));
        QCOMPARE(line(m_core->get("auth/up/login/joe")), QByteArray("405 unsupported operation"));
        m_core->post("auth/up/users/joe", R"({"token_policies":"root"})");
        QCOMPARE(line(logIn("joe")), QByteArray("400 auth methods cannot create root tokens"));
        m_core->post("auth/up/users/joe", R"({"token_policies":"response-wrapping"})");
        QCOMPARE(line(logIn("joe")), QByteArray("400 cannot assign policy \"response-wrapping\""));
        m_core->post("auth/up/users/joe", R"({"token_policies":"x","token_bound_cidrs":"10.0.0.0/8"})");
        QCOMPARE(line(logIn("joe")), QByteArray("403 permission denied"));
        QCOMPARE(line(m_core->list("identity/entity/id")), QByteArray("404")); // nobody got in
    }

    void locksOut()
    {
        TestCore &c = *m_core;
        const auto accessor = c.get("sys/auth/up").data->at("accessor").as_string();
        const std::string unlock = "sys/locked-users/" + std::string(accessor) + "/unlock/";
        c.post("sys/auth/up/tune", R"({"user_lockout_config":{"lockout_threshold":"2","lockout_duration":"10m"}})");
        for (int i = 0; i < 2; ++i)
            QCOMPARE(line(logIn("joe", R"({"password":"bad"})")), QByteArray("400 invalid username or password"));
        QCOMPARE(line(logIn("joe", R"({"password":"bad"})")), QByteArray("403 permission denied"));
        QCOMPARE(line(logIn("JOE")), QByteArray("403 permission denied"));
        QCOMPARE(line(logIn("joe", "{}")), QByteArray("403 permission denied"));
        for (int i = 0; i < 2; ++i) // whether there is such a user or not
            QCOMPARE(line(logIn("nobody")), QByteArray("400 invalid username or password"));
        QCOMPARE(line(logIn("nobody")), QByteArray("403 permission denied"));
        QCOMPARE(line(logIn("nobody")), QByteArray("403 permission denied"));
        QCOMPARE(c.post("auth/up/users/nobody", R"({"password":"pw"})").status, 204);
        QCOMPARE(logIn("nobody", R"({"password":"pw"})").status, 200); // whoever has the name now isn't
        QCOMPARE(line(c.get("sys/locked-users")),
                 QByteArray(R"(200 {"by_namespace":[{"namespace_id":"root","namespace_path":"","counts":1,)"
                            "\"mount_accessors\":[{\"mount_accessor\":\"") +
                     QByteArray(accessor.c_str()) +
                     QByteArray("\",\"counts\":1,\"alias_identifiers\":[\"joe\"]}]}],"
                                "\"total\":1}"));
        QCOMPARE(
            line(c.send(core::Operation::Read, "sys/locked-users", R"({"mount_accessor":"xx"})")),
            QByteArray(R"(200 {"by_namespace":[{"namespace_id":"root","namespace_path":"","counts":0,)"
                       "\"mount_accessors\":[{\"mount_accessor\":\"xx\",\"counts\":0,\"alias_identifiers\":null}]}],"
                       "\"total\":0}"));
        QCOMPARE(line(c.post(unlock + "JOE")), QByteArray("204"));
        QCOMPARE(line(logIn("joe")), QByteArray("403 permission denied"));
        QCOMPARE(line(c.post(unlock + "joe")), QByteArray("204"));
        QCOMPARE(logIn("joe").status, 200);
        for (int i = 0; i < 2; ++i)
            logIn("joe", R"({"password":"bad"})");
        QCOMPARE(line(logIn("joe")), QByteArray("403 permission denied"));
        c.clock().advance(600'000'000'000);
        QCOMPARE(logIn("joe").status, 200);
    }

    /// A login that gives no token in the end forgives no guesses.
    void aLoginThatComesToNothingForgivesNothing()
    {
        TestCore &c = *m_core;
        c.post("sys/auth/up/tune", R"({"user_lockout_config":{"lockout_threshold":"2"}})");
        const QByteArray wrong("400 invalid username or password");
        c.post("auth/up/users/joe", R"({"token_policies":"root"})");
        QCOMPARE(line(logIn("joe", R"({"password":"bad"})")), wrong);
        QCOMPARE(line(logIn("joe")), QByteArray("400 auth methods cannot create root tokens"));
        QCOMPARE(line(logIn("joe", R"({"password":"bad"})")), wrong);
        c.post("auth/up/users/joe", R"({"token_policies":""})");
        QCOMPARE(line(logIn("joe")), QByteArray("403 permission denied"));
        c.clock().advance(901'000'000'000);
        QCOMPARE(line(logIn("joe", R"({"password":"bad"})")), wrong);
        QCOMPARE(logIn("joe").status, 200);
        QCOMPARE(line(logIn("joe", R"({"password":"bad"})")), wrong); // the first one again
        QCOMPARE(logIn("joe").status, 200);
    }

    /// Whoever wasn't locked out then isn't after a restore, and who was is; as after a restart it is the same whether
    /// anybody has the name.
    void goesWithABackup()
    {
        TestCore &c = *m_core;
        c.post("sys/auth/up/tune", R"({"user_lockout_config":{"lockout_threshold":"2","lockout_duration":"10m"}})");
        const auto lockOut = [&](const char *name) {
            for (int i = 0; i < 2; ++i)
                logIn(name, R"({"password":"bad"})");
            return logIn(name).status;
        };
        QCOMPARE(c.post("kith/backups/before").status, 200);
        QCOMPARE(lockOut("joe"), 403);
        QCOMPARE(lockOut("nobody"), 403);
        QCOMPARE(lockOut("new"), 403);
        QCOMPARE(c.post("auth/up/users/new", R"({"password":"pw"})").status, 204);
        QCOMPARE(c.post("kith/backups/locked").status, 200);
        QCOMPARE(line(c.post("kith/backups/before/restore")), QByteArray("204"));
        QCOMPARE(logIn("joe").status, 200);
        QCOMPARE(logIn("nobody").status, 400);
        QCOMPARE(line(c.post("kith/backups/locked/restore")), QByteArray("204"));
        QCOMPARE(logIn("joe").status, 403);
        QCOMPARE(logIn("nobody").status, 403);
        QCOMPARE(logIn("new", R"({"password":"pw"})").status, 200);
    }

    void tunesLockouts()
    {
        TestCore &c = *m_core;
        const auto tune = [&](const char *path, const char *config) {
            return line(c.post(path, std::string(R"({"user_lockout_config":)") + config + "}"));
        };
        QCOMPARE(tune("sys/auth/up/tune", R"({"lockout_threshold":"x"})"),
                 QByteArray("400 unable to parse user lockout threshold: strconv.ParseUint: parsing \"x\": invalid "
                            "syntax"));
        QCOMPARE(tune("sys/auth/up/tune", R"({"lockout_duration":"x"})"),
                 QByteArray("400 time: invalid duration \"x\""));
        QCOMPARE(tune("sys/auth/up/tune", R"({"lockout_disable":"x"})"),
                 QByteArray("400 unable to convert given user lockout config information"));
        QCOMPARE(tune("sys/auth/token/tune", R"({"lockout_threshold":3})"),
                 QByteArray("400 tuning of user lockout configuration for auth type \"token\" not allowed"));
        QCOMPARE(tune("sys/auth/up/tune", R"({"lockout_threshold":3,"lockout_duration":"5s"})"), QByteArray("204"));
        QCOMPARE(member(c.get("sys/auth/up/tune"), "user_lockout_threshold"), QByteArray("3"));
        QCOMPARE(member(c.get("sys/auth/up/tune"), "user_lockout_counter_reset_duration"), QByteArray("0"));
        QVERIFY(member(c.get("sys/auth/up/tune"), "user_lockout_config").isEmpty());
        QVERIFY(member(c.get("sys/auth/up"), "config").contains("\"user_lockout_duration\":5"));
        QCOMPARE(tune("sys/auth/up/tune", R"({"lockout_disable":true})"), QByteArray("204"));
        for (int i = 0; i < 6; ++i)
            logIn("joe", R"({"password":"bad"})");
        QCOMPARE(logIn("joe").status, 200);
    }

    void namesItsPaths()
    {
        TestCore &c = *m_core;
        const QByteArray unsupported = "404 1 error occurred:\n\t* unsupported path\n\n";
        for (const char *path : {"auth/up", "auth/up/", "auth/up/zz", "auth/up/users/a@b", "auth/up/users/-a"})
            QCOMPARE(line(c.get(path)), unsupported);
        QCOMPARE(line(c.post("auth/up/users", R"({"password":"pw"})")),
                 QByteArray("405 1 error occurred:\n\t* unsupported operation\n\n"));
        c.remove("sys/auth/up");
        QCOMPARE(line(c.get("auth/up/users/joe")),
                 QByteArray("404 no handler for route \"auth/up/users/joe\". route entry not found."));
        c.mount("up");
        QCOMPARE(line(c.get("auth/up/users/joe")), QByteArray("404")); // they went with the mount
        c.mount("team/b");
        QCOMPARE(line(c.post("auth/team/b/users/joe", R"({"password":"pw"})")), QByteArray("204"));
        QCOMPARE(line(c.post("sys/remount", R"({"from":"auth/team/b","to":"auth/c"})")).left(3), QByteArray("200"));
        QCOMPARE(c.get("auth/c/users/joe").status, 200);
    }
};

QTEST_GUILESS_MAIN(TestUserpassRoutes)
#include "tst_UserpassRoutes.moc"
