// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::test;

class TestMountRoutes : public QObject
{
    Q_OBJECT

    /// For requests that are refused and so leave nothing behind.
    std::unique_ptr<TestCore> m_refusing;

private Q_SLOTS:
    void initTestCase()
    {
        m_refusing = std::make_unique<TestCore>();
        m_refusing->post("sys/auth/a/b", R"({"type":"userpass"})");
    }

    void showsWhatEveryCoreHas()
    {
        TestCore c;
        const core::Response auth = c.get("sys/auth");
        QVERIFY(auth.data->as_object().size() == 1);
        const auto &token = auth.data->at("token/");
        QCOMPARE(token.at("type").as_string().c_str(), "token");
        QCOMPARE(token.at("config").at("token_type").as_string().c_str(), "default-service");
        QVERIFY(token.at("options").is_null());
        QVERIFY(QRegularExpression(QStringLiteral("^auth_token_[0-9a-f]{8}$"))
                    .match(QString::fromUtf8(token.at("accessor").as_string().c_str()))
                    .hasMatch());
        const core::Response mounts = c.get("sys/mounts");
        for (const char *path : {"cubbyhole/", "identity/", "sys/"})
            QVERIFY(mounts.data->as_object().contains(path));
        QVERIFY(mounts.data->at("cubbyhole/").at("local").as_bool());
        QCOMPARE(member(c.get("sys/mounts/identity"), "config"),
                 QByteArray(R"({"default_lease_ttl":0,"max_lease_ttl":0,"force_no_cache":false,)"
                            R"("passthrough_request_headers":["Authorization"]})"));
        QCOMPARE(member(c.get("sys/mounts/identity/entity/id"), "type"), QByteArray("\"identity\"")); // what it is in
        QCOMPARE(line(c.get("sys/auth/token/x")), QByteArray("400 No auth engine at token/x/"));
        QCOMPARE(line(c.get("sys/mounts/none")), QByteArray("400 No secret engine mount at none/"));
        QCOMPARE(line(c.get("sys/auth/none")), QByteArray("400 No auth engine at none/"));
        QCOMPARE(line(c.get("sys/auth/none/tune")), QByteArray("400 cannot fetch sysview for path \"auth/none/\""));
    }

    void enables()
    {
        TestCore c;
        QCOMPARE(
            line(c.post("sys/auth/team/github",
                        R"({"type":"github","description":"d","local":"true","seal_wrap":true,"options":{"a":"b"},)"
                        R"("config":{"default_lease_ttl":"1h","max_lease_ttl":7200,"token_type":"batch"}})")),
            QByteArray("204"));
        const core::Response read = c.get("sys/auth/team/github");
        QCOMPARE(line(c.get("sys/auth/team/github/")), line(read));
        QVERIFY(QRegularExpression(QStringLiteral("^\"auth_github_[0-9a-f]{8}\"$"))
                    .match(QString::fromUtf8(member(read, "accessor")))
                    .hasMatch());
        QCOMPARE(member(read, "local"), QByteArray("true"));
        QCOMPARE(member(read, "seal_wrap"), QByteArray("true"));
        QCOMPARE(member(read, "options"), QByteArray(R"({"a":"b"})"));
        QCOMPARE(read.data->at("config").at("default_lease_ttl").as_int64(), 3600);
        QCOMPARE(read.data->at("config").at("max_lease_ttl").as_int64(), 7200);
        QCOMPARE(read.data->at("config").at("token_type").as_string().c_str(), "batch");
        QVERIFY(c.get("sys/auth").data->as_object().contains("team/github/"));
    }

    /// The exact name counts where it is there too, also with nothing behind it.
    void takesNamesInAnyCase()
    {
        TestCore c;
        c.post("sys/auth/up", R"({"type":"userpass","config":{"Default_Lease_TTL":"1h","MAX_LEASE_TTL":"2h",)"
                              R"("Token_Type":"batch","token_type":null}})");
        const boost::json::object config = c.get("sys/auth/up").data->at("config").as_object();
        QCOMPARE(config.at("default_lease_ttl").as_int64(), 3600);
        QCOMPARE(config.at("max_lease_ttl").as_int64(), 7200);
        QCOMPARE(config.at("token_type").as_string().c_str(), "default-service");
    }

    /// Command lines tune auth methods by this path.
    void tunesAuthMethodsAmongTheMounts()
    {
        TestCore c;
        c.mount("up");
        QCOMPARE(line(c.post("sys/mounts/auth/up/tune", R"({"description":"d"})")), QByteArray("204"));
        QCOMPARE(member(c.get("sys/mounts/auth/up/tune"), "description"), QByteArray("\"d\""));
        QCOMPARE(member(c.get("sys/mounts/auth/up"), "type"), QByteArray("\"userpass\""));
        QCOMPARE(line(c.post("sys/mounts/auth/none/tune", R"({"description":"d"})")),
                 QByteArray("400 tune of path \"auth/none/\" failed: no mount entry found"));
    }

    void refusesToEnable_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char *path, const char *body, const char *answer) {
            QTest::addRow("%s %s", path, body) << QByteArray(path) << QByteArray(body) << QByteArray(answer);
        };
        row("x", "{}", "400 backend type must be specified as a string");
        row("x", R"({"type":"nonsense"})", "400 plugin not found in the catalog: nonsense");
        row("x", R"({"type":"kv"})", "400 plugin not found in the catalog: kv");
        row("x", R"({"type":"token"})", "400 token credential backend cannot be instantiated");
        row("a/b", R"({"type":"nonsense"})", "400 path is already in use at a/b/");
        row("a/b/c", R"({"type":"ldap"})", "400 path is already in use at a/b/");
        row("a", R"({"type":"ldap"})", "400 path is already in use at a/b/");
        row("token", R"({"type":"ldap"})", "400 path is already in use at token/");
        row("x/", R"({"type":"ldap"})", "400 cannot write to a path ending in '/'");
        row("x", R"({"type":"ldap","config":{"default_lease_ttl":"abc"}})",
            "400 unable to parse default TTL of abc: time: invalid duration \"abc\"");
        row("x", R"({"type":"ldap","config":{"max_lease_ttl":"zz"}})",
            "400 unable to parse max TTL of zz: time: invalid duration \"zz\"");
        row("x", R"({"type":"ldap","config":{"default_lease_ttl":"3h","max_lease_ttl":"1h"}})",
            "400 given default lease TTL greater than given max lease TTL");
        row("x", R"({"type":"ldap","config":{"default_lease_ttl":"99999h"}})",
            "400 given default lease TTL greater than system max lease TTL of 2764800");
        row("x", R"({"type":"ldap","config":{"default_lease_ttl":1.5}})",
            "400 unable to parse default TTL of 1.5: time: missing unit in duration \"1.5\"");
        row("x", R"({"type":"ldap","config":{"listing_visibility":1.5}})", "400 invalid listing_visibility 1.5");
        row("x", R"({"type":"ldap","config":{"listing_visibility":5}})", "400 invalid listing_visibility 5");
        row("x", R"({"type":"ldap","config":{"default_lease_ttl":true}})",
            "400 unable to convert given auth config information");
        row("x", R"({"type":"zz","config":{"token_type":"bad"}})", "400 invalid value for 'token_type'");
        row("x", R"({"type":"ldap","config":{"listing_visibility":"zzz"}})", "400 invalid listing_visibility zzz");
        row("x", R"({"type":"ldap","config":{"Listing_Visibility":"zzz"}})", "400 invalid listing_visibility zzz");
        for (const char *config :
             {R"({"default_lease_ttl":"zz","listing_visibility":[]})", R"({"plugin_version":true})",
              R"({"user_lockout_config":5})", R"({"user_lockout_config":{"lockout_threshold":"3"}})",
              R"({"user_lockout_config":{"lockout_threshold":-3}})",
              R"({"user_lockout_config":{"lockout_duration":"5m"}})",
              R"({"user_lockout_config":{"lockout_counter_reset":1.5}})",
              R"({"user_lockout_config":{"disable_lockout":"true"}})", R"({"force_no_cache":"x"})",
              R"({"Force_No_Cache":"x"})", R"({"User_Lockout_Config":{"Lockout_Threshold":"x"}})",
              R"({"passthrough_request_headers":5})", R"({"allowed_response_headers":[[]]})",
              R"({"allowed_response_headers":[true]})"})
            row("x", (R"({"type":"zz","config":)" + QByteArray(config) + "}").constData(),
                "400 unable to convert given auth config information");
    }
    void refusesVersionsOfPlugins_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char *version, const QByteArray &answer) {
            QTest::addRow("%s", version) << QByteArray(version) << "400 " + answer;
        };
        const QByteArray missing = "plugin not found in the catalog: ldap, version=";
        row("5", missing + "v5.0.0");
        row("3.0", missing + "v3.0.0");
        row(R"("1.02.003")", missing + "v1.2.3");
        row(R"("1.2.3.4.5")", missing + "v1.2.3.4.5");
        row(R"("5m")", missing + "v5.0.0-m");
        row(R"("v1.2.3-rc.1+x.y")", missing + "v1.2.3-rc.1+x.y");
        row(R"("1.0.0-")", missing + "v1.0.0--");
        row(R"("1-a-b")", missing + "v1.0.0-a-b");
        row(R"("1.2.3~a")", missing + "v1.2.3-~a");
        row("1e+300", missing + "v1.0.0-e+300");
        row(R"("latest")", missing + "latest");
        row(R"("99999999999999999999")",
            "version \"99999999999999999999\" is not a valid semantic version: error parsing version: "
            "strconv.ParseInt: parsing \"99999999999999999999\": value out of range");
        for (const char *odd : {"x", "v", "V1", "1..2", "1.2.3.-1", " 1.0", "1.0.0+", "1+2+3", "1_a", "-5"})
            row(("\"" + QByteArray(odd) + "\"").constData(),
                "version \"" + QByteArray(odd) + "\" is not a valid semantic version: malformed version: " + odd);
    }
    void refusesVersionsOfPlugins()
    {
        QFETCH(QByteArray, version);
        QFETCH(QByteArray, answer);
        TestCore &c = *m_refusing;
        const QByteArray body = R"({"type":"ldap","config":{"plugin_version":)" + version + "}}";
        QCOMPARE(line(c.post("sys/auth/x", body.toStdString())), answer);
        answer.replace("ldap", "userpass");
        QCOMPARE(line(c.post("sys/auth/a/b/tune", (R"({"plugin_version":)" + version + "}").toStdString())), answer);
    }

    /// The one that is built in is there; others of what every core has can't be asked for.
    void takesTheVersionThatIsBuiltIn()
    {
        TestCore c;
        const auto enable = [&](const char *path, const char *type, const char *version) {
            return line(c.post(path, R"({"type":")" + std::string(type) + R"(","config":{"plugin_version":")" +
                                         version + R"("}})"));
        };
        QCOMPARE(enable("sys/auth/x", "ldap", "2.7.2+builtin.bao"), QByteArray("204"));
        QCOMPARE(enable("sys/mounts/x", "kv", ""), QByteArray("204"));
        QCOMPARE(line(c.post("sys/auth/x/tune", R"({"plugin_version":"v2.7.2+builtin.bao"})")), QByteArray("204"));
        QCOMPARE(line(c.post("sys/auth/x/tune", R"({"plugin_version":""})")),
                 QByteArray("400 version \"\" is not a valid semantic version: malformed version: "));
        QCOMPARE(enable("sys/auth/x", "ldap", "5"), QByteArray("400 path is already in use at x/"));
        QCOMPARE(enable("sys/auth/y", "zz", "5"),
                 QByteArray("400 plugin not found in the catalog: zz, version=v5.0.0"));
        QCOMPARE(enable("sys/auth/y", "token", "5"),
                 QByteArray("400 cannot select non-builtin version of auth plugin token"));
        QCOMPARE(enable("sys/mounts/y", "kv", "5"),
                 QByteArray("400 cannot select non-builtin version of secrets plugin kv"));
    }
    void refusesToEnable()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, answer);
        TestCore &c = *m_refusing;
        QCOMPARE(line(c.post("sys/auth/" + path.toStdString(), body.toStdString())), answer);
        QCOMPARE(c.get("sys/auth").data->as_object().size(), std::size_t{2});
    }

    void disables()
    {
        TestCore c;
        c.post("sys/auth/up", R"({"type":"userpass"})");
        const QByteArray before = member(c.get("sys/auth/up"), "accessor");
        QCOMPARE(line(c.remove("sys/auth/up")), QByteArray("204"));
        QCOMPARE(line(c.remove("sys/auth/up")), QByteArray("204"));
        QCOMPARE(line(c.remove("sys/auth/token")), QByteArray("400 token credential backend cannot be disabled"));
        c.post("sys/auth/up", R"({"type":"userpass"})");
        QVERIFY(member(c.get("sys/auth/up"), "accessor") != before);
    }

    void tunes()
    {
        TestCore c;
        const auto tune = [&](const char *json) { return line(c.post("sys/auth/up/tune", json)); };
        QCOMPARE(tune("{}"), QByteArray("400 tune of path \"auth/up/\" failed: no mount entry found"));
        c.post("sys/auth/up", R"({"type":"userpass"})");
        QCOMPARE(line(c.get("sys/auth/up/tune")),
                 QByteArray(R"(200 {"default_lease_ttl":2764800,"max_lease_ttl":2764800,"force_no_cache":false,)"
                            R"("token_type":"default-service","description":""})"));
        QCOMPARE(tune(R"({"default_lease_ttl":"1h","max_lease_ttl":"2h","description":"new","options":{"a":"b"},)"
                      R"("audit_non_hmac_request_keys":"x,y","listing_visibility":"unauth"})"),
                 QByteArray("204"));
        const core::Response read = c.get("sys/auth/up/tune");
        QCOMPARE(member(read, "default_lease_ttl"), QByteArray("3600"));
        QCOMPARE(member(read, "audit_non_hmac_request_keys"), QByteArray(R"(["x","y"])"));
        QCOMPARE(member(read, "options"), QByteArray(R"({"a":"b"})"));
        QCOMPARE(tune(R"({"default_lease_ttl":"3h"})"),
                 QByteArray("400 backend max lease TTL of 7200 would be less than backend default lease TTL of 10800"));
        QCOMPARE(tune(R"({"default_lease_ttl":"abc"})"), QByteArray("400 time: invalid duration \"abc\""));
        QCOMPARE(tune(R"({"listing_visibility":"bad"})"), QByteArray("400 invalid listing_visibility bad"));
        QCOMPARE(tune(R"({"token_type":"bad"})"), QByteArray("400 invalid value for 'token_type'"));
        QCOMPARE(tune(R"({"default_lease_ttl":"system","options":{"c":"d"},"listing_visibility":"","description":""})"),
                 QByteArray("204"));
        const core::Response again = c.get("sys/auth/up/tune");
        QCOMPARE(member(again, "default_lease_ttl"), QByteArray("2764800"));
        QCOMPARE(member(again, "options"), QByteArray(R"({"a":"b","c":"d"})"));
        QCOMPARE(member(again, "listing_visibility"), QByteArray());
        QCOMPARE(member(c.get("sys/auth/up"), "description"), QByteArray("\"\""));
        QCOMPARE(line(c.post("sys/auth/token/tune", R"({"token_type":"batch"})")),
                 QByteArray("400 'token_type' cannot be set for 'token' or 'ns_token' auth mounts"));
    }

    void readsListsOfConfigs()
    {
        TestCore c;
        const auto keys = [&](const char *value) {
            c.post("sys/mounts/kv",
                   std::string(R"({"type":"kv","config":{"audit_non_hmac_request_keys":)") + value + "}}");
            const core::Response read = c.get("sys/mounts/kv/tune");
            c.remove("sys/mounts/kv");
            return member(read, "audit_non_hmac_request_keys");
        };
        QCOMPARE(keys(R"("a, b")"), QByteArray(R"(["a","b"])"));
        QCOMPARE(keys(R"(["a"," b",5])"), QByteArray(R"(["a"," b","5"])"));
        QCOMPARE(keys(R"([null,1.5])"), QByteArray(R"(["","1.5"])"));
        QCOMPARE(keys(R"("")"), QByteArray());
        QCOMPARE(line(c.post("sys/mounts/kv", R"({"type":"kv","config":{"allowed_response_headers":5}})")),
                 QByteArray("400 unable to convert given mount config information"));
        c.post("sys/mounts/kv", R"({"type":"kv","config":{"default_lease_ttl":"2h"}})");
        QCOMPARE(line(c.post("sys/mounts/kv/tune", R"({"max_lease_ttl":"-5"})")),
                 QByteArray("400 backend max lease TTL of -5 would be less than backend default lease TTL of 7200"));
    }

    void protectsWhatEveryCoreHas()
    {
        TestCore c;
        QCOMPARE(line(c.remove("sys/mounts/identity")), QByteArray("400 cannot unmount \"identity/\""));
        QCOMPARE(line(c.remove("sys/mounts/none")), QByteArray("204"));
        QCOMPARE(line(c.post("sys/mounts/identity/x", R"({"type":"kv"})")),
                 QByteArray("400 cannot mount \"identity/x/\""));
        QCOMPARE(line(c.post("sys/mounts/x", R"({"type":"identity"})")),
                 QByteArray("400 mount type of \"identity\" is not mountable"));
        QCOMPARE(line(c.post("sys/mounts/x", R"({"type":"nosuch"})")),
                 QByteArray("400 plugin not found in the catalog: nosuch"));
        QCOMPARE(line(c.post("sys/mounts/x")), QByteArray("400 backend type must be specified as a string"));
    }

    void movesAuthMethodsWithTheirAliases()
    {
        TestCore c;
        c.post("sys/auth/a", R"({"type":"ldap"})");
        c.post("sys/auth/b", R"({"type":"ldap"})");
        const auto move = [&](const std::string &from, const std::string &to) {
            return line(c.post("sys/remount", "{\"from\":\"" + from + "\",\"to\":\"" + to + "\"}"));
        };
        QCOMPARE(line(c.post("sys/remount")),
                 QByteArray("400 both 'from' and 'to' path must be specified as a string"));
        QCOMPARE(move("identity", "x"), QByteArray("400 cannot remount \"identity/\""));
        QCOMPARE(move("auth/token", "auth/x"), QByteArray("400 cannot remount \"auth/token/\""));
        QCOMPARE(move("x", "y"), QByteArray("400 no matching mount at \"x/\""));
        QCOMPARE(move("auth/x", "auth/y"), QByteArray("400 no matching mount at \"auth/x/\""));
        QCOMPARE(move("auth/a", "x"), QByteArray("400 cannot remount auth mount to non-auth mount \"x/\""));
        QCOMPARE(move("auth/a", "auth/b/c"), QByteArray("400 path already in use at \"auth/b/\""));
        const std::string accessor = boost::json::value_to<std::string>(c.get("sys/auth/a").data->at("accessor"));
        const std::string alias =
            c.create("identity/group-alias", "{\"name\":\"n\",\"mount_accessor\":\"" + accessor + "\"}");
        QCOMPARE(move("auth/a", "auth/moved").left(3), QByteArray("200"));
        QCOMPARE(member(c.get("identity/group-alias/id/" + alias), "mount_path"), QByteArray("\"auth/moved/\""));
    }
};

QTEST_GUILESS_MAIN(TestMountRoutes)
#include "tst_MountRoutes.moc"
