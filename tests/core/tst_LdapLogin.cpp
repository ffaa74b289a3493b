// SPDX-License-Identifier: Apache-2.0
#include "LdapFixture.h"

#include <QtConcurrent/QtConcurrentRun>

#include <set>

using namespace kith;
using namespace kith::test;

namespace json = boost::json;

namespace {

const QByteArray Wrong("400 ldap operation failed: failed to bind as user");

std::string group(const std::string &name, const std::string &attributes)
{
    return "dn: cn=" + name + "," + Groups + "\nchangetype: add\ncn: " + name + "\n" + attributes + "\n\n";
}

std::string groupOf(const std::string &name, const std::string &memberDn)
{
    return group(name, "objectClass: groupOfNames\nmember: " + memberDn);
}

std::string membership(const std::string &name, const char *how, const std::string &member)
{
    return "dn: cn=" + name + "," + Groups + "\nchangetype: modify\n" + how + ": member\nmember: " + dnOf(member) +
           "\n\n";
}

const std::string Odd = "p\xC3\xA4ss \"'\\*()&|!=<>;,#%\t\x01\xF0\x9F\x94\x91 ";
const std::string OddName = "a,b (c)* \\#+=\"<>;";

} // namespace

/// What logins get, on a real directory. What is expected is what Vault's documentation says of the method.
class TestLdapLogin : public QObject, private LdapFixture
{
    Q_OBJECT

    static std::string policies(const core::Response &response) { return field(response, "policies"); }
    core::Response renew(const core::Response &login)
    {
        return m_core->sendAs(field(login, "client_token"), core::Operation::Update, "auth/token/renew-self");
    }

    /// An external group for `name`, with a policy of that name.
    std::string outside(const std::string &name, const std::string &accessor)
    {
        const std::string id = m_core->create(
            "identity/group", json::object{{"name", "g-" + name}, {"type", "external"}, {"policies", "p-" + name}});
        m_core->create("identity/group-alias",
                       json::object{{"name", name}, {"mount_accessor", accessor}, {"canonical_id", id}});
        return id;
    }
    QByteArray members(const std::string &id)
    {
        return member(m_core->get("identity/group/id/" + id), "member_entity_ids");
    }

    /// The outside groups that a login of ann finds, by their policies.
    std::string found(const json::object &changes)
    {
        for (const char *name : {"dev", "posix", "unique", "inner", "outer"})
            outside(name, m_accessor);
        configure(changes);
        return field(logIn("ann", "secret"), "identity_policies");
    }

private Q_SLOTS:
    void initTestCase()
    {
        std::string ldif = person("ann", "secret") + person(OddName, Odd) +
                           person("win", "secret",
                                  "objectClass: adObject\nuserPrincipalName: win@corp.test\n"
                                  "tokenGroups:: AQUAAA==\ntokenGroups:: AQUAAf8=\n");
        ldif += groupOf("dev", dnOf("ann")) + groupOf("inner", dnOf("ann")) + groupOf("outer", "cn=inner," + Groups) +
                groupOf("odd", dnOf("u5")) + group("posix", "objectClass: posixGroup\ngidNumber: 7\nmemberUid: ann") +
                group("unique", "objectClass: groupOfUniqueNames\nuniqueMember: " + dnOf("ann")) +
                group("wingroup", "objectClass: posixGroup\nobjectClass: adObject\ngidNumber: 8\nobjectSid:: AQUAAf8=");
        ldif += "dn: ou=elsewhere," + Groups +
                "\nchangetype: add\nobjectClass: referral\nobjectClass: extensibleObject\nou: elsewhere\nref: "
                "ldap://127.0.0.1:1/ou=elsewhere,dc=kith,dc=test\n\n";
        for (int i = 0; i < 600; ++i)
            ldif += groupOf("many" + std::to_string(i), dnOf("u1"));
        startDirectory(ldif);
    }

    void init() { mountIt(); }

    void keepsItsConfiguration()
    {
        const auto usual = m_core->get("auth/ldap/config");
        QCOMPARE(member(usual, "url"), QByteArray("\"ldap://127.0.0.1\""));
        QCOMPARE(member(usual, "deny_null_bind"), QByteArray("true"));
        QCOMPARE(member(usual, "request_timeout"), QByteArray("90"));
        QCOMPARE(line(logIn("ann", "secret")), QByteArray("400 ldap backend not configured"));
        configure({{"request_timeout", "2m"}, {"max_page_size", 5}, {"userattr", "UID"}, {"token_ttl", "1h"}});
        QCOMPARE(line(m_core->post("auth/ldap/config", R"({"starttls":false})")), QByteArray("204"));
        const auto kept = m_core->get("auth/ldap/config");
        QCOMPARE(member(kept, "request_timeout"), QByteArray("120"));
        QCOMPARE(member(kept, "max_page_size"), QByteArray("5"));
        QCOMPARE(member(kept, "userattr"), QByteArray("\"uid\""));
        QCOMPARE(member(kept, "token_ttl"), QByteArray("3600"));
        for (const char *secret : {"bindpass", "client_tls_cert", "client_tls_key"})
            QCOMPARE(member(kept, secret), QByteArray());
        QVERIFY(!line(kept).contains("adminpass"));
        QCOMPARE(outcome(logIn("ann", "secret")), QByteArray("200")); // the password is still known
    }

    void refusesConfigurations_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *settings, const char *expected) {
            QTest::newRow(settings) << QByteArray(settings) << QByteArray(expected);
        };
        row("{\"url\":\"\"}", "400 at least one url must be provided");
        row("{\"url\":\"http://x\"}", "400 error parsing url \"http://x\"");
        row("{\"tls_min_version\":\"ssl3\"}", "400 invalid 'tls_min_version'");
        row("{\"tls_min_version\":\"tls13\"}",
            "400 'tls_max_version' must be greater than or equal to 'tls_min_version'");
        row("{\"certificate\":\"x\"}", "400 failed to parse server tls cert");
        row("{\"client_tls_key\":\"x\"}", "400 'client_tls_cert' and 'client_tls_key' must both be set");
        row("{\"userfilter\":\"({{.Password}}=1)\"}",
            "400 invalid 'userfilter': only {{.UserAttr}} and {{.Username}} can be filled in");
        row("{\"groupfilter\":\"{{if .UserDN}}\"}",
            "400 invalid 'groupfilter': only {{.UserDN}} and {{.Username}} can be filled in");
        row("{\"dereference_aliases\":\"no\"}", "400 invalid 'dereference_aliases': \"no\"");
        row("{\"userattr\":\"a)(b\"}", "400 invalid 'userattr': \"a)(b\"");
        row("{\"request_timeout\":0}", "400 'request_timeout' and 'connection_timeout' must be a second at least");
        row("{\"request_timeout\":86401}", "400 'request_timeout' and 'connection_timeout' must be a day at most");
        row("{\"connection_timeout\":1000000000}",
            "400 'request_timeout' and 'connection_timeout' must be a day at most");
        row("{\"max_page_size\":4294967296}", "400 'max_page_size' cannot be greater than 2147483647");
        row("{\"token_type\":\"x\"}", "400 invalid 'token_type' value \"x\"");
    }

    void refusesConfigurations()
    {
        QFETCH(QByteArray, settings);
        QFETCH(QByteArray, expected);
        QCOMPARE(line(m_core->post("auth/ldap/config", settings.toStdString())), expected);
        QCOMPARE(member(m_core->get("auth/ldap/config"), "url"), QByteArray("\"ldap://127.0.0.1\""));
    }

    void warnsOfConfigurations()
    {
        QVERIFY(line(m_core->post("auth/ldap/config", "{\"userfilter\":\"(mail={{.Username}})\"}"))
                    .contains("the userfilter doesn't look for the userattr"));
        QCOMPARE(line(m_core->post("auth/ldap/config", "{\"userfilter\":\"(&(CN={{.Username}})(mail=*))\"}")),
                 QByteArray("204"));
        QVERIFY(line(m_core->post("auth/ldap/config", R"({"insecure_tls":true})")).contains("insecure_tls"));
        QVERIFY(line(m_core->post("auth/ldap/config", "{\"url\":\"ldap://corp.test\"}")).contains("without starttls"));
    }

    void findsPeople_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("alias"); // or the refusal
        const char *noService = "{\"binddn\":\"\",\"bindpass\":\"\"}";
        const char *anonymous = "{\"binddn\":\"\",\"bindpass\":\"\",\"discoverdn\":true}";
        const auto row = [](const char *settings, const char *name, const char *alias) {
            QTest::addRow("%s %s", settings, name) << QByteArray(settings) << QByteArray(name) << QByteArray(alias);
        };
        row("{}", "ann", "ann");
        row("{}", "ANN", "ann");
        row(noService, "ann", "ann");
        row(anonymous, "ann", "ann");
        row("{\"username_as_alias\":true}", "ANN", "ANN");
        row("{\"userfilter\":\"(&({{.UserAttr}}={{.Username}})(sn=Somebody))\"}", "ann", "ann");
        row("{\"userfilter\":\"(&({{.UserAttr}}={{.Username}})(sn=Nobody))\"}", "ann", Wrong.constData());
        row("{\"userfilter\":\"(sn=Somebody)\"}", "ann", Wrong.constData()); // more than one
        row("{\"userfilter\":\"(((\"}", "ann",
            "400 ldap operation failed: failed to look for the user: Bad search filter");
        row("{\"upndomain\":\"corp.test\"}", "win", "win");
        row("{\"upndomain\":\"corp.test\"}", "ann", Wrong.constData());
        row("{\"bindpass\":\"x\"}", "ann", "400 ldap operation failed: the directory refused the configured binddn");
        row("{\"userdn\":\"ou=nowhere,dc=kith,dc=test\"}", "ann",
            "400 ldap operation failed: failed to look for the user: there is no ou=nowhere,dc=kith,dc=test");
        row("{\"userattr\":\"mail\",\"userfilter\":\"(uid={{.Username}})\"}", "ann",
            "400 ldap operation failed: missing entity alias attribute value: mail");
    }

    void findsPeople()
    {
        QFETCH(QByteArray, settings);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, alias);
        configure(json::parse(settings.toStdString()).as_object());
        const auto response = logIn(name.toStdString(), "secret");
        if (alias.startsWith("400")) {
            QCOMPARE(line(response), alias);
            return;
        }
        QVERIFY2(response.auth, line(response).constData());
        const auto entity = m_core->get("identity/entity/id/" + field(response, "entity_id"));
        const json::value kept = json::parse(member(entity, "aliases").toStdString()).at(0);
        QCOMPARE(QByteArray::fromStdString(std::string(kept.at("name").as_string())), alias);
        QCOMPARE(json::serialize(kept.at("metadata")), "{\"name\":\"" + name.toStdString() + "\"}");
        QCOMPARE(field(response, "metadata"), "{\"username\":\"" + name.toStdString() + "\"}");
        const auto token =
            m_core->sendAs(field(response, "client_token"), core::Operation::Read, "auth/token/lookup-self");
        QCOMPARE(member(token, "display_name"), "\"ldap-" + name + "\"");
        QVERIFY(!line(token).contains("secret"));
        QVERIFY2(!logIn(name.toStdString(), "Secret").auth, "another password");
    }

    void takesOddNamesAndPasswords()
    {
        for (const bool searches : {true, false}) {
            configure(searches ? json::object() : json::object{{"binddn", ""}, {"bindpass", ""}});
            const auto response = logIn(OddName, Odd);
            QVERIFY2(response.auth, line(response).constData());
            QCOMPARE(line(logIn(OddName, Odd.substr(0, Odd.size() - 1))), Wrong);
            QCOMPARE(line(logIn("ann", Odd)), Wrong);
        }
    }

    /// Nobody becomes somebody else, or any, by what the name says.
    void resistsInjection()
    {
        for (const bool searches : {true, false}) {
            configure(searches ? json::object() : json::object{{"binddn", ""}, {"bindpass", ""}});
            for (const std::string &name :
                 std::vector<std::string>{"*", "an*", "ann)(uid=ann", "x)(|(uid=ann)", "*)(uid=*))(|(uid=*",
                                          "ann," + People, "ann,x=y", std::string("ann\\2c"), "uid=ann", "ann+cn=x"})
                QCOMPARE(line(logIn(name, "secret")), Wrong);
            for (const std::string &name : {std::string("ann\0", 4), std::string("ann\0x", 5)})
                QVERIFY(line(logIn(name, "secret")).startsWith("400 invalid username"));
        }
        configure({{"groupfilter", "(memberUid={{.Username}})"}, {"username_as_alias", true}});
        const auto none = logIn(OddName, Odd);
        QVERIFY2(none.auth, line(none).constData());
        QCOMPARE(QByteArray::fromStdString(none.warnings.empty() ? "" : none.warnings.front()),
                 QByteArray("no LDAP groups found in groupDN \"ou=groups,dc=kith,dc=test\"; only policies from "
                            "locally-defined groups available"));
    }

    void refusesEmptyPasswords()
    {
        const QByteArray denied("400 password cannot be of zero length when passwordless binds are being denied");
        configure();
        QCOMPARE(line(logIn("ann", "")), denied);
        QCOMPARE(line(m_core->sendAs({}, core::Operation::Update, "auth/ldap/login/ann")), denied);
        configure({{"deny_null_bind", false}});
        QCOMPARE(line(logIn("ann", "")), Wrong); // slapd refuses it, too, unless it is told not to
    }

    void locksOut()
    {
        configure();
        for (const std::string name : {"ann", "nobody"}) {
            for (int i = 0; i < 5; ++i)
                QCOMPARE(line(logIn(i % 2 ? "ANN" == name ? "ann" : name : name, "x")), Wrong);
            QCOMPARE(line(logIn(name, "secret")), QByteArray("403 permission denied"));
        }
        QCOMPARE(line(logIn("ANN", "secret")), QByteArray("403 permission denied"));
        m_core->clock().advance(901'000'000'000);
        QCOMPARE(outcome(logIn("ann", "secret")), QByteArray("200"));
    }

    void locksOutAllSpellingsAtOnce()
    {
        configure();
        const std::string sharp = "stra\xC3\x9F"
                                  "e"; // to a directory it is strasse
        for (int i = 0; i < 5; ++i)
            QCOMPARE(line(logIn(i % 2 ? sharp : "STRASSE", "x")), Wrong);
        QCOMPARE(line(logIn(sharp, "x")), QByteArray("403 permission denied"));
        QCOMPARE(line(logIn("strasse", "x")), QByteArray("403 permission denied"));
        QCOMPARE(line(m_core->post("sys/locked-users/" + m_accessor + "/unlock/STRASSE")), QByteArray("204"));
        QCOMPARE(line(logIn(sharp, "x")), Wrong);
    }

    /// To a directory these are all ann; each would have five more guesses, and an entity.
    void takesOneSpellingOnly()
    {
        configure({{"username_as_alias", true}});
        for (const char *name : {"  ann", "ann  ", "an\xC2\xADn", "\xEF\xBD\x81\xEF\xBD\x8E\xEF\xBD\x8E"})
            for (const char *password : {"secret", "x"})
                QVERIFY(line(logIn(name, password)).startsWith("400 invalid username"));
        QCOMPARE(line(logIn("ann", std::string(4097, 'x'))), QByteArray("400 password is too long"));
    }

    void mapsPolicies()
    {
        configure({{"token_policies", "all"}});
        QCOMPARE(line(m_core->list("auth/ldap/users")), QByteArray("404"));
        QCOMPARE(line(m_core->post("auth/ldap/groups/DEV", R"({"policies":"Coders,all"})")), QByteArray("204"));
        QCOMPARE(line(m_core->post("auth/ldap/groups/own", R"({"policies":["mine"]})")), QByteArray("204"));
        QCOMPARE(line(m_core->post("auth/ldap/users/Ann", R"({"policies":"boss","groups":"Own, absent"})")),
                 QByteArray("204"));
        QCOMPARE(line(m_core->get("auth/ldap/groups/dev")), QByteArray(R"(200 {"policies":["all","coders"]})"));
        QCOMPARE(line(m_core->get("auth/ldap/users/ANN")),
                 QByteArray(R"(200 {"policies":["boss"],"groups":"own,absent"})"));
        QCOMPARE(line(m_core->list("auth/ldap/groups")), QByteArray(R"(200 {"keys":["dev","own"]})"));
        QCOMPARE(line(m_core->list("auth/ldap/users")), QByteArray(R"(200 {"keys":["ann"]})"));
        const auto ann = logIn("ann", "secret");
        QCOMPARE(policies(ann), std::string(R"(["all","boss","coders","default","mine"])"));
        QCOMPARE(policies(logIn("u2", "pw-u2")), std::string(R"(["all","default"])"));
        QCOMPARE(outcome(renew(ann)), QByteArray("200"));
        QCOMPARE(line(m_core->remove("auth/ldap/groups/dev")), QByteArray("204"));
        QCOMPARE(line(m_core->get("auth/ldap/groups/dev")), QByteArray("404"));
        const QByteArray changed(
            "500 1 error occurred:\n\t* failed to renew entry: policies have changed, not renewing\n\n");
        QCOMPARE(line(renew(ann)), changed);
        m_core->remove("auth/ldap/users/ann");
        QCOMPARE(policies(logIn("ann", "secret")), std::string(R"(["all","default"])"));

        configure({{"case_sensitive_names", true}});
        m_core->post("auth/ldap/users/Ann", R"({"policies":"boss"})");
        QCOMPARE(policies(logIn("ann", "secret")), std::string(R"(["all","default"])"));
        QCOMPARE(policies(logIn("Ann", "secret")), std::string(R"(["all","boss","default"])"));
        m_core->post("auth/ldap/users/ann", R"({"policies":"root"})");
        QCOMPARE(outcome(logIn("ann", "secret")), QByteArray("400 auth methods cannot create root tokens"));
    }

    void givesTokensAsConfigured()
    {
        configure({{"token_ttl", "10m"}, {"token_max_ttl", "20m"}, {"token_num_uses", 3}});
        const auto login = logIn("ann", "secret");
        QCOMPARE(field(login, "lease_duration"), std::string("600"));
        configure({{"token_type", "batch"}, {"token_num_uses", 0}});
        QCOMPARE(field(logIn("ann", "secret"), "token_type"), std::string("batch"));
        configure({{"token_bound_cidrs", "10.0.0.0/8"}});
        QCOMPARE(line(logIn("ann", "secret")), QByteArray("403 permission denied"));
    }

    void findsGroups_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("policies");
        const auto row = [](const char *settings, const char *policies) {
            QTest::newRow(settings) << QByteArray(settings) << QByteArray(policies);
        };
        row("{}", R"(["p-dev","p-inner","p-posix","p-unique"])");
        row("{\"anonymous_group_search\":true}", R"(["p-dev","p-inner","p-posix","p-unique"])");
        row("{\"binddn\":\"\",\"bindpass\":\"\"}", R"(["p-dev","p-inner","p-posix","p-unique"])");
        row("{\"groupfilter\":\"(&(objectClass=posixGroup)(memberUid={{.Username}}))\"}", R"(["p-posix"])");
        // By an attribute of the person, which here holds the groups of groups as well.
        row("{\"groupdn\":\"ou=people,dc=kith,dc=test\",\"groupfilter\":\"(uid={{.Username}})\","
            "\"groupattr\":\"memberOf\"}",
            R"(["p-dev","p-inner","p-outer"])");
        row("{\"groupattr\":\"description\"}", R"(["p-dev","p-inner","p-posix","p-unique"])"); // by their own names
        row("{\"max_page_size\":1}", R"(["p-dev","p-inner","p-posix","p-unique"])");
    }

    void findsGroups()
    {
        QFETCH(QByteArray, settings);
        QFETCH(QByteArray, policies);
        QCOMPARE(QByteArray::fromStdString(found(json::parse(settings.toStdString()).as_object())), policies);
    }

    void findsGroupsByIds()
    {
        const std::string id = outside("wingroup", m_accessor);
        configure({{"use_token_groups", true}});
        const auto login = logIn("win", "secret");
        QCOMPARE(field(login, "identity_policies"), std::string(R"(["p-wingroup"])"));
        QCOMPARE(policies(logIn("ann", "secret")), std::string(R"(["default"])"));
    }

    /// Half of somebody's groups would be the wrong rights.
    void refusesHalfAnswers()
    {
        const json::object themselves{{"binddn", ""}, {"bindpass", ""}}; // the administrator has no limits
        configure(themselves);
        QCOMPARE(line(logIn("u1", "pw-u1")),
                 QByteArray("400 ldap operation failed: failed to look for the user's groups: Size limit exceeded"));
        configure({{"binddn", ""}, {"bindpass", ""}, {"max_page_size", 100}});
        const std::string last = outside("many599", m_accessor);
        const auto login = logIn("u1", "pw-u1");
        QVERIFY2(login.auth, line(login).constData());
        QCOMPARE(members(last), "[\"" + QByteArray::fromStdString(field(login, "entity_id")) + "\"]");
        configure({{"groupdn", "ou=elsewhere," + Groups}}); // another server's, which isn't asked
        QVERIFY(line(logIn("ann", "secret"))
                    .startsWith("400 ldap operation failed: failed to look for the user's groups: Referral"));
        configure({{"userdn", "ou=elsewhere," + Groups}});
        QVERIFY(line(logIn("ann", "secret"))
                    .startsWith("400 ldap operation failed: failed to look for the user: Referral"));
        const std::string slow = "cn=slow,ou=codes,dc=kith,dc=test";
        configure({{"groupdn", slow}});
        QCOMPARE(line(logIn("ann", "secret")),
                 QByteArray("400 ldap operation failed: failed to look for the user's groups: Time limit exceeded"));
        configure({{"userdn", slow}});
        QCOMPARE(line(logIn("ann", "secret")),
                 QByteArray("400 ldap operation failed: failed to look for the user: Time limit exceeded"));
        configure({{"groupdn", "ou=nowhere," + Groups}});
        QVERIFY(line(logIn("ann", "secret")).contains("there is no ou=nowhere,"));
    }

    void followsOutsideGroups()
    {
        configure();
        const std::string other = m_core->mount("second", R"({"type":"ldap"})");
        configure({}, "second");
        const std::string odd = outside("ODD", m_accessor);
        const std::string late = outside("dev", m_accessor);
        const std::string inner = m_core->create("identity/group", json::object{{"name", "inside"}});
        const auto first = logIn("u3", "pw-u3");
        QVERIFY2(first.auth, line(first).constData());
        const QByteArray u3 = "[\"" + QByteArray::fromStdString(field(first, "entity_id")) + "\"]";
        m_core->post("identity/group/id/" + inner, "{\"member_entity_ids\":" + u3.toStdString() + "}");
        QCOMPARE(field(first, "identity_policies"), std::string("-"));
        QCOMPARE(members(odd), QByteArray("null"));

        // What the directory says counts at the next login or renewal, and not before.
        QVERIFY(m_slapd->change(membership("odd", "add", "u3")));
        QCOMPARE(members(odd), QByteArray("null"));
        const auto second = logIn("u3", "pw-u3");
        QCOMPARE(field(second, "identity_policies"), std::string(R"(["p-odd"])"));
        QCOMPARE(members(odd), u3);
        QVERIFY(m_slapd->change(membership("odd", "delete", "u3") + membership("dev", "add", "u3")));
        QCOMPARE(members(odd), u3);
        const auto renewed = renew(first); // also of a token whose login knew neither group
        QVERIFY2(renewed.auth, line(renewed).constData());
        QCOMPARE(members(odd), QByteArray("[]"));
        QCOMPARE(members(late), u3);
        QCOMPARE(members(inner), u3); // set by hand
        // A login on another mount takes nobody out of this one's groups.
        logIn("u3", "pw-u3", "second");
        QCOMPARE(members(late), u3);
        const std::string elsewhere = outside("inner", other);
        QCOMPARE(line(m_core->post("identity/group/id/" + late, R"({"member_entity_ids":[]})")),
                 QByteArray("400 member entities can't be set manually for external groups"));
        QVERIFY(m_slapd->change(membership("dev", "delete", "u3")));
        QCOMPARE(outcome(renew(second)), QByteArray("200"));
        QCOMPARE(members(late), QByteArray("[]"));
        QCOMPARE(members(elsewhere), QByteArray("null"));
    }

    /// The directory has the last word on who goes on.
    void asksAgainAtRenewals()
    {
        configure();
        QVERIFY(m_slapd->change(person("leaver", "secret")));
        const auto login = logIn("leaver", "secret");
        QCOMPARE(outcome(renew(login)), QByteArray("200"));
        const std::string accessor = field(login, "accessor");
        QCOMPARE(outcome(m_core->post("auth/token/renew-accessor", json::object{{"accessor", accessor}})),
                 QByteArray("200"));
        QCOMPARE(outcome(m_core->post("auth/token/renew", json::object{{"token", field(login, "client_token")}})),
                 QByteArray("200"));
        configure({{"url", "ldap://127.0.0.1:1"}});
        QVERIFY(line(renew(login)).startsWith("400 ldap operation failed: failed to connect"));
        configure();
        QVERIFY(m_slapd->change("dn: " + dnOf("leaver") +
                                "\nchangetype: modify\nreplace: userPassword\nuserPassword: other\n\n"));
        QCOMPARE(line(renew(login)), Wrong);
        QVERIFY(m_slapd->change("dn: " + dnOf("leaver") + "\nchangetype: delete\n\n"));
        QCOMPARE(line(renew(login)), Wrong);
        const auto still =
            m_core->sendAs(field(login, "client_token"), core::Operation::Read, "auth/token/lookup-self");
        QVERIFY2(still.ok(), line(still).constData());
    }

    void makesOneEntityOfEachPerson()
    {
        configure({{"groupdn", ""}});
        QThreadPool threads;
        threads.setMaxThreadCount(16); // as many as kithd lets log in at once
        std::vector<QFuture<std::string>> one;
        for (int i = 0; i < 200; ++i)
            one.push_back(QtConcurrent::run(&threads, [&] { return field(logIn("u7", "pw-u7"), "entity_id"); }));
        std::vector<QFuture<std::string>> many;
        for (int i = 1; i <= 1000; ++i)
            many.push_back(QtConcurrent::run(&threads, [this, i] {
                const std::string name = "u" + std::to_string(i);
                return field(logIn(name, "pw-" + name), "entity_id");
            }));
        std::set<std::string> entities;
        for (QFuture<std::string> &login : one)
            entities.insert(login.result());
        QCOMPARE(entities.size(), std::size_t{1});
        for (QFuture<std::string> &login : many)
            entities.insert(login.result());
        QCOMPARE(entities.size(), std::size_t{1000}); // u7 among them
        const auto listed = m_core->list("identity/entity/id");
        QCOMPARE(json::parse(member(listed, "keys").toStdString()).as_array().size(), std::size_t{1000});
    }
};

QTEST_GUILESS_MAIN(TestLdapLogin)
#include "tst_LdapLogin.moc"
