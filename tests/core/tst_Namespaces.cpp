// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

#include <set>

using namespace kith;
using namespace kith::core;
using namespace kith::test;

namespace {

constexpr const char *Denied = "403 1 error occurred:\n\t* permission denied\n\n";

QByteArray textOf(const Response &response, std::string_view name)
{
    QByteArray value = member(response, name);
    return value.startsWith('"') ? value.mid(1, value.size() - 2) : value;
}

std::string authText(const Response &response, std::string_view name)
{
    return response.auth ? std::string(response.auth->fields.at(name).as_string()) : std::string();
}

std::string jsonOf(const boost::json::object &object)
{
    return boost::json::serialize(object);
}

/// How many rows each table has; but for those that only grow.
std::map<std::string, std::int64_t> rowsOf(TestCore &core)
{
    static std::set<std::string> texts; // of queries: their place in memory is the key of a cache
    std::map<std::string, std::int64_t> rows;
    auto counted = core.core().store().read([&](store::Session &session) -> Result<void> {
        std::vector<std::string> names;
        auto tables = session.query("SELECT name FROM sqlite_master WHERE type = 'table'");
        while (tables.step())
            names.emplace_back(tables.text(0));
        for (const std::string &name : names)
            if (name != "policy_name" && name != "sqlite_sequence")
                rows[name] = session.integer(*texts.insert("SELECT count(*) FROM " + name).first).value_or(-1);
        return {};
    });
    if (!counted)
        qFatal("%s", why(counted).constData());
    return rows;
}

} // namespace

/// Namespaces as the answers show them: one core with the namespaces team/, team/a/ and other/.
class TestNamespaces : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestCore> m_core;
    std::string m_id; // of team/

    Response in(const std::string &ns, Operation operation, std::string path, std::string_view json = "{}",
                const std::string &token = "root")
    {
        Request request;
        request.operation = operation;
        request.path = std::move(path);
        request.ns = ns;
        request.token = token;
        request.data = boost::json::parse(json).as_object();
        return m_core->core().handle(request);
    }
    Response read(const std::string &ns, std::string path, const std::string &token = "root")
    {
        return in(ns, Operation::Read, std::move(path), "{}", token);
    }
    Response write(const std::string &ns, std::string path, std::string_view json = "{}",
                   const std::string &token = "root")
    {
        return in(ns, Operation::Update, std::move(path), json, token);
    }
    /// A token of a namespace, with one policy of these rules.
    std::string tokenIn(const std::string &ns, const std::string &rules)
    {
        const boost::json::object policy{{"policy", boost::json::string(rules)}};
        const Response defined = write(ns, "sys/policies/acl/rules", boost::json::serialize(policy));
        if (!defined.ok())
            qFatal("%s", line(defined).constData());
        return authText(write(ns, "auth/token/create", R"({"policies":["rules"]})"), "client_token");
    }
    /// Somebody who logged in with userpass.
    Response logInTo(const std::string &ns)
    {
        write(ns, "sys/auth/up", R"({"type":"userpass"})");
        write(ns, "auth/up/users/joe", R"({"password":"pw","token_policies":"rules"})");
        return write(ns, "auth/up/login/joe", R"({"password":"pw"})", "");
    }

private Q_SLOTS:
    void init()
    {
        m_core = std::make_unique<TestCore>();
        m_id = textOf(write("", "sys/namespaces/team"), "id").toStdString();
        QCOMPARE(write("team", "sys/namespaces/a").status, 200);
        QCOMPARE(write("", "sys/namespaces/other").status, 200);
    }

    void makesAndShowsThem()
    {
        QVERIFY(QRegularExpression(QStringLiteral("^[0-9A-Za-z]{6}$")).match(QString::fromStdString(m_id)).hasMatch());
        const Response made = write("", "sys/namespaces/x", R"({"custom_metadata":{"a":"b"}})");
        QCOMPARE(member(made, "path"), QByteArray("\"x/\""));
        QCOMPARE(member(made, "custom_metadata"), QByteArray(R"({"a":"b"})"));
        QCOMPARE(member(made, "tainted"), QByteArray("false"));
        QCOMPARE(line(read("", "sys/namespaces/x/")), line(made));
        const Response again = write("", "sys/namespaces/x"); // replaces the metadata, nothing else
        QCOMPARE(member(again, "id"), member(made, "id"));
        QCOMPARE(member(again, "custom_metadata"), QByteArray("{}"));
        QCOMPARE(member(read("", "sys/namespaces/x"), "custom_metadata"), QByteArray("{}"));
        QCOMPARE(line(read("", "sys/namespaces/X")), QByteArray("404"));
        QCOMPARE(member(read("team", "sys/namespaces/a"), "path"), QByteArray("\"team/a/\""));
        QCOMPARE(line(read("", "sys/namespaces/a")), QByteArray("404"));
        QCOMPARE(line(write("none", "sys/namespaces/b")), QByteArray("404 namespace not found"));
        QCOMPARE(line(in("", Operation::Read, "sys/namespaces")),
                 QByteArray("405 1 error occurred:\n\t* unsupported operation\n\n"));
    }

    void patchesMetadata()
    {
        write("", "sys/namespaces/x", R"({"custom_metadata":{"a":"b"}})");
        const auto patched = [&](std::string_view json) { return in("", Operation::Patch, "sys/namespaces/x", json); };
        QCOMPARE(member(patched(R"({"custom_metadata":{"c":"d"}})"), "custom_metadata"),
                 QByteArray(R"({"a":"b","c":"d"})"));
        QCOMPARE(member(patched(R"({"custom_metadata":{"a":null}})"), "custom_metadata"), QByteArray(R"({"c":"d"})"));
        QCOMPARE(member(patched("{}"), "custom_metadata"), QByteArray(R"({"c":"d"})"));
        QCOMPARE(line(patched(R"({"custom_metadata":{"c":7}})")),
                 QByteArray("400 metadata patch can only have string or null values, got json.Number"));
        QCOMPARE(member(patched(R"({"custom_metadata":null})"), "custom_metadata"), QByteArray("{}"));
        QCOMPARE(line(write("", "sys/namespaces/x", R"({"custom_metadata":{"c":7}})")),
                 QByteArray("400 custom_metadata values must be strings"));
        QCOMPARE(line(in("", Operation::Patch, "sys/namespaces/none")), QByteArray("400 namespace not found"));
    }

    void refusesNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("text");
        for (const char *name : {"root", "sys", "audit", "auth", "cubbyhole", "identity", "kith"})
            QTest::newRow(name) << QString::fromLatin1(name)
                                << QByteArray("400 \"") + name +
                                       "/\" is a reserved path and cannot be used as a namespace name";
        QTest::newRow("slash") << QStringLiteral("a/b") << QByteArray("400 namespace name cannot contain /");
        QTest::newRow("space") << QStringLiteral("a b")
                               << QByteArray("400 \"a b\" contains space characters that cannot be used in a "
                                             "namespace name");
        QTest::newRow("plus") << QStringLiteral("a+")
                              << QByteArray("400 \"a+\" contains wildcard characters that cannot be used in a "
                                            "namespace name: '+'");
    }
    void refusesNames()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, text);
        QCOMPARE(line(write("", "sys/namespaces/" + name.toStdString())), text);
        if (name.contains(u' ') || name.contains(u'+')) // as of any name that nobody has
            QCOMPARE(line(read("", "sys/namespaces/" + name.toStdString())), QByteArray("404"));
        else
            QCOMPARE(line(in("", Operation::Delete, "sys/namespaces/" + name.toStdString())), text);
    }

    void listsAndScans()
    {
        write("team/a", "sys/namespaces/deep");
        QCOMPARE(member(in("", Operation::List, "sys/namespaces"), "keys"), QByteArray(R"(["other/","team/"])"));
        QCOMPARE(member(in("team", Operation::List, "sys/namespaces"), "keys"), QByteArray(R"(["a/"])"));
        QCOMPARE(member(in("", Operation::Scan, "sys/namespaces"), "keys"),
                 QByteArray(R"(["other/","team/","team/a/","team/a/deep/"])"));
        QCOMPARE(member(in("team", Operation::Scan, "sys/namespaces"), "keys"), QByteArray(R"(["a/","a/deep/"])"));
        const Response list = in("team", Operation::List, "sys/namespaces");
        QCOMPARE(list.data->at("key_info").at("a/").at("path").as_string().c_str(), "team/a/");
        QCOMPARE(line(in("other", Operation::List, "sys/namespaces")), QByteArray("404"));
        QCOMPARE(line(in("other", Operation::Scan, "sys/namespaces")), QByteArray("200 {}"));
    }

    void findsThemByHeaderAndPath_data()
    {
        QTest::addColumn<QString>("ns");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("found");
        const auto add = [](const char *ns, const char *path, bool found) {
            QTest::addRow("%s %s", ns, path) << QString::fromLatin1(ns) << QString::fromLatin1(path) << found;
        };
        add("team/a", "sys/mounts/kv", true);
        add("/team//a/", "sys/mounts/kv", true);
        add("team", "a/sys/mounts/kv", true);
        add("", "team/a/sys/mounts/kv", true);
        add("root", "team/a/sys/mounts/kv", true);
        add("team", "team/a/sys/mounts/kv", false);
        add("team", "sys/mounts/kv", false);
        add("", "root/team/a/sys/mounts/kv", false);
        add("team/A", "sys/mounts/kv", false);
    }
    void findsThemByHeaderAndPath()
    {
        QFETCH(QString, ns);
        QFETCH(QString, path);
        QFETCH(bool, found);
        QCOMPARE(line(write("team/a", "sys/mounts/kv", R"({"type":"kv"})")), QByteArray("204"));
        QCOMPARE(read(ns.toStdString(), path.toStdString()).status == 200, found);
    }

    void hasMountsOfItsOwn()
    {
        const Response mounts = read("team", "sys/mounts");
        QCOMPARE(mounts.data->as_object().size(), 3u);
        for (const auto &[path, type] : {std::pair("sys/", "ns_system"), std::pair("identity/", "ns_identity"),
                                         std::pair("cubbyhole/", "ns_cubbyhole")})
            QCOMPARE(mounts.data->at(path).at("type").as_string().c_str(), type);
        QCOMPARE(read("team", "sys/auth").data->at("token/").at("type").as_string().c_str(), "ns_token");
        write("team", "sys/mounts/kv", R"({"type":"kv"})");
        QCOMPARE(line(write("team", "kv/x", R"({"a":"1"})")), QByteArray("204"));
        QCOMPARE(line(read("", "team/kv/x")), QByteArray(R"(200 {"a":"1"})"));
        QCOMPARE(line(read("", "kv/x")), QByteArray("404 no handler for route \"kv/x\". route entry not found."));
        QCOMPARE(line(read("team/a", "kv/x")), QByteArray("404 no handler for route \"kv/x\". route entry not found."));
    }

    void staysOutOfTheWayOfMounts()
    {
        write("", "sys/mounts/kv", R"({"type":"kv"})");
        QCOMPARE(line(write("", "sys/namespaces/kv")),
                 QByteArray("400 new namespace conflicts with existing mount: kv/"));
        QCOMPARE(line(write("", "sys/mounts/team", R"({"type":"kv"})")), QByteArray("400 existing mount at team/"));
        QCOMPARE(line(write("", "sys/mounts/team/x", R"({"type":"kv"})")), QByteArray("400 existing mount at team/"));
        QCOMPARE(line(write("", "sys/auth/team", R"({"type":"userpass"})")), QByteArray("204"));
    }

    void movesSecretsBetweenThem()
    {
        const auto move = [&](const char *ns, const char *from, const char *to) {
            return line(write(ns, "sys/remount", jsonOf({{"from", from}, {"to", to}})));
        };
        write("team", "sys/mounts/kv", R"({"type":"kv"})");
        write("team", "kv/x", R"({"a":"1"})");
        QVERIFY(move("team", "kv", "a/kv2").startsWith("200"));
        QCOMPARE(line(read("team/a", "kv2/x")), QByteArray(R"(200 {"a":"1"})"));
        QCOMPARE(read("team", "sys/mounts/kv").status, 400);
        QCOMPARE(move("", "team/a/kv2", "team/a"), QByteArray("400 path already in use at \"team/a/\""));
        QCOMPARE(move("", "team/a/kv2", "other/cubbyhole/x"),
                 QByteArray("400 cannot remount to destination cubbyhole/x/"));
        QCOMPARE(move("", "team/a/none", "kv"), QByteArray("400 no matching mount at \"team/a/none/\""));
        QVERIFY(move("", "team/a/kv2", "kv").startsWith("200"));
        QCOMPARE(line(read("", "kv/x")), QByteArray(R"(200 {"a":"1"})"));
        write("team", "sys/auth/up", R"({"type":"userpass"})");
        QCOMPARE(move("", "team/auth/up", "auth/up"), QByteArray("400 cannot remount auth mount to another namespace"));
        QVERIFY(move("", "team/auth/up", "team/auth/up2").startsWith("200"));
    }

    void hasPoliciesOfItsOwn()
    {
        QCOMPARE(member(in("team", Operation::List, "sys/policies/acl"), "keys"), QByteArray(R"(["default"])"));
        write("team", "sys/policies/acl/p", jsonOf({{"policy", "path \"a\" { capabilities = [\"read\"] }"}}));
        QCOMPARE(line(read("", "sys/policies/acl/p")), QByteArray("404"));
        QCOMPARE(line(read("team/a", "sys/policies/acl/p")), QByteArray("404"));
        QCOMPARE(read("team", "sys/policies/acl/p").status, 200);
    }

    void leavesToTheRootWhatIsItsOwn()
    {
        const QByteArray misplaced = "400 operation only available in root namespace";
        for (const char *path : {"sys/audit", "sys/health", "sys/init", "kith/export", "kith/search", "sys/seal"}) {
            QCOMPARE(line(read("team", path)), misplaced);
            QCOMPARE(line(read("", std::string("team/") + path, "")), misplaced); // told to everybody
        }
        QCOMPARE(line(read("team", "sys/key-status")), QByteArray("400 namespace is not sealable"));
        QCOMPARE(line(read("team", "sys/key-status", "")), QByteArray("403 permission denied"));
        QCOMPARE(read("team", "sys/seal-status").status, 200);
    }

    void keepsIdentitiesApart()
    {
        const std::string mine = textOf(write("team", "identity/entity", R"({"name":"e"})"), "id").toStdString();
        const std::string root = textOf(write("", "identity/entity", R"({"name":"e"})"), "id").toStdString();
        QVERIFY(mine.ends_with("." + m_id) && mine.size() == 36 + 7);
        QVERIFY(root.size() == 36);
        for (const std::string &ns : {std::string(), std::string("team/a"), std::string("other")}) {
            QCOMPARE(line(read(ns, "identity/entity/id/" + mine)), QByteArray("404"));
            QCOMPARE(line(write(ns, "identity/lookup/entity", jsonOf({{"id", mine}}))), QByteArray("204"));
            QCOMPARE(line(write(ns, "identity/entity/id/" + mine)), QByteArray("400 entity not found from id"));
            QCOMPARE(line(in(ns, Operation::Delete, "identity/entity/id/" + mine)), QByteArray("204"));
            QCOMPARE(write(ns, "identity/group", jsonOf({{"member_entity_ids", boost::json::array{mine}}})).status,
                     500);
            QCOMPARE(line(in(ns, Operation::Update, "identity/entity/batch-delete",
                             jsonOf({{"entity_ids", boost::json::array{mine}}}))),
                     QByteArray("204"));
        }
        QCOMPARE(textOf(read("team", "identity/entity/name/e"), "id"), QByteArray::fromStdString(mine));
        QCOMPARE(member(read("team", "identity/entity/id/" + mine), "namespace_id"),
                 QByteArray::fromStdString("\"" + m_id + "\""));
        QCOMPARE(line(read("team", "identity/entity/id/" + root)), QByteArray("404"));
        QCOMPARE(write("team", "identity/group", jsonOf({{"member_entity_ids", boost::json::array{root}}})).status,
                 500);
        QCOMPARE(line(write("", "identity/entity/merge",
                            jsonOf({{"to_entity_id", root}, {"from_entity_ids", boost::json::array{mine}}}))),
                 QByteArray("400 entity id to merge from is invalid"));
        QCOMPARE(member(in("team", Operation::List, "identity/entity/id"), "keys"),
                 QByteArray::fromStdString("[\"" + mine + "\"]"));
        QCOMPARE(member(m_core->get("kith/check"), "findings"), QByteArray("[]"));
        const QByteArray named = textOf(write("team", "identity/group"), "name");
        QVERIFY(named.startsWith("group_") && named.endsWith("." + QByteArray::fromStdString(m_id)));
        QVERIFY(!line(write("", "kith/search", R"({"text":"group_"})")).contains(named));
    }

    void appliesAndRestoresInside()
    {
        const auto apply = [&](const std::string &path, const boost::json::object &data) {
            boost::json::object part{{"operation", "update"}, {"path", path}, {"data", data}};
            return write("team", "kith/apply", jsonOf({{"requests", boost::json::array{part}}}));
        };
        QCOMPARE(apply("identity/entity", {{"name", "e"}}).status, 200);
        QCOMPARE(line(read("", "identity/entity/name/e")), QByteArray("404"));
        const std::string made = textOf(read("team", "identity/entity/name/e"), "id").toStdString();
        const Response nested = apply("a/kith/apply", {{"requests", boost::json::array()}});
        QVERIFY(line(nested).contains("kith/apply can't be part of kith/apply"));

        const boost::json::object whole = read("team", "identity/entity/id/" + made).data->as_object();
        in("team", Operation::Delete, "identity/entity/id/" + made);
        QCOMPARE(line(write("", "kith/restore", jsonOf({{"entity", whole}}))),
                 QByteArray::fromStdString("400 " + made + " is no id of this namespace"));
        QCOMPARE(write("team", "kith/restore", jsonOf({{"entity", whole}})).status, 200);
        QCOMPARE(textOf(read("team", "identity/entity/name/e"), "id").toStdString(), made);
        QCOMPARE(member(m_core->get("kith/check"), "findings"), QByteArray("[]"));
    }

    void keepsAliasesToItsMounts()
    {
        write("team", "sys/auth/up", R"({"type":"userpass"})");
        const std::string accessor = read("team", "sys/auth").data->at("up/").at("accessor").as_string().c_str();
        const std::string alias = jsonOf({{"name", "n"}, {"mount_accessor", accessor}});
        QCOMPARE(line(write("", "identity/entity-alias", alias)),
                 QByteArray("403 matching mount is in a different namespace than request"));
        QVERIFY(textOf(write("team", "identity/entity-alias", alias), "id")
                    .endsWith(QByteArray::fromStdString("." + m_id)));
        const std::string byAlias = jsonOf({{"alias_name", "n"}, {"alias_mount_accessor", accessor}});
        QCOMPARE(line(write("", "identity/lookup/entity", byAlias)), QByteArray("204"));
        QCOMPARE(write("team", "identity/lookup/entity", byAlias).status, 200);
        const std::string group = textOf(write("team", "identity/group", R"({"type":"external"})"), "id").toStdString();
        const std::string groupAlias = jsonOf({{"name", "n"}, {"mount_accessor", accessor}, {"canonical_id", group}});
        QCOMPARE(line(write("", "identity/group-alias", groupAlias)),
                 QByteArray("400 invalid group ID given in 'canonical_id'"));
        QCOMPARE(write("team", "identity/group-alias", groupAlias).status, 200);
        QCOMPARE(line(write("", "identity/lookup/group", byAlias)), QByteArray("204"));
        QCOMPARE(write("team", "identity/lookup/group", byAlias).status, 200);
    }

    void logsIn()
    {
        const Response login = logInTo("team");
        const std::string token = authText(login, "client_token");
        QVERIFY(QRegularExpression(QStringLiteral("^s\\.[0-9A-Za-z]{24}\\.%1$").arg(QString::fromStdString(m_id)))
                    .match(QString::fromStdString(token))
                    .hasMatch());
        QVERIFY(authText(login, "accessor").ends_with("." + m_id));
        QVERIFY(authText(login, "entity_id").ends_with("." + m_id));
        const Response own = read("team", "auth/token/lookup-self", token);
        QCOMPARE(textOf(own, "namespace_path"), QByteArray("team/"));
        QCOMPARE(textOf(own, "display_name"), QByteArray("team-auth-up-joe"));
        QCOMPARE(textOf(own, "path"), QByteArray("auth/up/login/joe"));
        for (const char *ns : {"", "team/a", "other"}) // its own affairs it asks anywhere
            QCOMPARE(line(read(ns, "auth/token/lookup-self", token)), line(own));
        QCOMPARE(line(read("none", "auth/token/lookup-self", token)), QByteArray("404 namespace not found"));
        QCOMPARE(line(read("team", "auth/token/lookup-self", token.substr(0, 26))),
                 QByteArray("403 permission denied"));
        QCOMPARE(write("", "auth/up/login/joe", R"({"password":"pw"})", "").status, 403);
        QVERIFY(authText(write("", "team/auth/up/login/joe", R"({"password":"pw"})", ""), "accessor").ends_with(m_id));
    }

    void holdsTokensToTheirNamespaceAndThoseBelow()
    {
        const std::string all =
            "path \"*\" { capabilities = [\"read\",\"list\",\"create\",\"update\",\"delete\",\"sudo\"] }";
        const std::string token = tokenIn("team", all);
        QCOMPARE(read("team", "sys/mounts", token).status, 200);
        QCOMPARE(read("team/a", "sys/mounts", token).status, 200);
        for (const char *path :
             {"sys/mounts", "sys/namespaces/team", "identity/entity/id/x", "none/x", "cubbyhole/x"}) {
            QCOMPARE(line(read("", path, token)), QByteArray(Denied));
            QCOMPARE(line(read("other", path, token)), QByteArray(Denied));
        }
        const std::string below = tokenIn("team/a", all);
        QCOMPARE(line(read("team", "sys/mounts", below)), QByteArray(Denied));
        QCOMPARE(read("team", "a/sys/mounts", below).status, 200);
    }

    void readsRulesFromTheTokensNamespace()
    {
        const std::string token =
            tokenIn("", "path \"team/sys/mounts\" { capabilities = [\"read\"] } path \"team/a/+/mounts\" { "
                        "capabilities = [\"read\"] } path \"sys/capabilities-self\" { capabilities = [\"update\"] } "
                        "path \"team/sys/capabilities-self\" { capabilities = [\"update\"] }");
        QCOMPARE(read("team", "sys/mounts", token).status, 200);
        QCOMPARE(read("", "team/a/sys/mounts", token).status, 200);
        QCOMPARE(line(read("", "sys/mounts", token)), QByteArray(Denied));
        QCOMPARE(line(read("other", "sys/mounts", token)), QByteArray(Denied));
        QCOMPARE(member(write("team", "sys/capabilities-self", R"({"paths":["sys/mounts"]})", token), "sys/mounts"),
                 QByteArray(R"(["read"])"));
        QCOMPARE(
            member(write("", "sys/capabilities-self", R"({"paths":["team/sys/mounts"]})", token), "team/sys/mounts"),
            QByteArray(R"(["read"])"));
        QCOMPARE(member(write("", "sys/capabilities-self", R"({"paths":["sys/mounts"]})", token), "sys/mounts"),
                 QByteArray(R"(["deny"])"));
        const std::string inside = tokenIn("team", "path \"sys/mounts\" { capabilities = [\"read\"] }");
        const std::string asked = jsonOf({{"token", inside}, {"paths", boost::json::array{"sys/mounts"}}});
        QCOMPARE(member(write("team", "sys/capabilities", asked), "sys/mounts"), QByteArray(R"(["read"])"));
        QCOMPARE(member(write("", "sys/capabilities", asked), "sys/mounts"), QByteArray(R"(["deny"])"));
    }

    void findsTokensByThemselvesButNotByAccessor()
    {
        const Response made = write("team", "auth/token/create");
        QCOMPARE(made.auth->fields.at("policies"), boost::json::array({"default"})); // not root, of which there is none
        const std::string named = jsonOf({{"token", authText(made, "client_token")}});
        const std::string accessor = jsonOf({{"accessor", authText(made, "accessor")}});
        for (const char *ns : {"", "team", "other"})
            QCOMPARE(textOf(write(ns, "auth/token/lookup", named), "namespace_path"), QByteArray("team/"));
        const QByteArray elsewhere = "500 1 error occurred:\n\t* cannot lookup token in different namespace\n\n";
        for (const char *path : {"lookup-accessor", "renew-accessor", "revoke-accessor"})
            QCOMPARE(line(write("", std::string("auth/token/") + path, accessor)), elsewhere);
        QCOMPARE(write("team", "auth/token/lookup-accessor", accessor).status, 200);
        QCOMPARE(in("team", Operation::List, "auth/token/accessors").data->at("keys").as_array().size(), 1u);
        QCOMPARE(line(in("other", Operation::List, "auth/token/accessors")), QByteArray("404"));
        QCOMPARE(line(write("other", "auth/token/revoke", named)), QByteArray("204"));
        QCOMPARE(line(write("team", "auth/token/lookup", named)), QByteArray("403 bad token"));
    }

    void refusesTokensAcrossNamespaces()
    {
        QCOMPARE(line(write("team", "auth/token/create", R"({"policies":["root"]})")),
                 QByteArray("400 root tokens may not be created from a parent namespace"));
        QCOMPARE(line(write("team", "auth/token/create", R"({"id":"mine"})")),
                 QByteArray("400 token IDs can only be manually specified in the root namespace"));
        const std::string token = tokenIn("", "path \"team/auth/token/create\" { capabilities = [\"update\"] }");
        QCOMPARE(line(write("team", "auth/token/create", R"({"policies":["rules"]})", token)),
                 QByteArray("400 root or sudo privileges required to directly generate a token in a child namespace"));
        write("team", "auth/token/roles/r", R"({"orphan":true})");
        QCOMPARE(line(read("", "auth/token/roles/r")), QByteArray("404"));
        QCOMPARE(read("team", "auth/token/roles/r").status, 200);
    }

    void letsTheEntityOfAParentDoNothingBelow()
    {
        write("team", "sys/policies/acl/rules",
              jsonOf({{"policy", "path \"*\" { capabilities = [\"read\",\"update\",\"sudo\"] }"}}));
        const std::string token = authText(logInTo("team"), "client_token");
        const Response below = write("team/a", "auth/token/create", "{}", token);
        QVERIFY(below.auth);
        QCOMPARE(line(read("team/a", "sys/mounts", authText(below, "client_token"))),
                 QByteArray("403 permission denied"));
    }

    void sealsTheNamespaceIntoBatchTokens()
    {
        const Response made = write("team", "auth/token/create", R"({"type":"batch"})");
        const std::string token = authText(made, "client_token");
        QVERIFY(token.ends_with("." + m_id));
        QCOMPARE(textOf(read("team", "auth/token/lookup-self", token), "namespace_path"), QByteArray("team/"));
        for (const std::string &forged :
             {token.substr(0, token.size() - 7), token.substr(0, token.size() - 6) + "aaaaaa"})
            QCOMPARE(line(read("team", "auth/token/lookup-self", forged)), QByteArray("403 permission denied"));
        in("team", Operation::Delete, "sys/namespaces/a");
        in("", Operation::Delete, "sys/namespaces/team");
        write("", "sys/namespaces/team"); // perhaps under the row id that the old one had
        QCOMPARE(line(read("team", "auth/token/lookup-self", token)), QByteArray("403 permission denied"));
    }

    void hasACubbyholeInEach()
    {
        const std::string token = m_core->token(R"({"policies":["root"]})");
        QCOMPARE(line(write("team", "cubbyhole/x", R"({"a":"1"})", token)), QByteArray("204"));
        QCOMPARE(line(read("", "cubbyhole/x", token)), QByteArray("404"));
        QCOMPARE(line(read("team", "cubbyhole/x", token)), QByteArray(R"(200 {"a":"1"})"));
        QCOMPARE(member(in("team", Operation::List, "cubbyhole", "{}", token), "keys"), QByteArray(R"(["x"])"));
        QCOMPARE(line(in("", Operation::Delete, "cubbyhole/x", "{}", token)), QByteArray("204"));
        QCOMPARE(read("team", "cubbyhole/x", token).status, 200);
    }

    void wrapsAnswers()
    {
        const auto wrap = [&] {
            Request request;
            request.operation = Operation::Update;
            request.path = "sys/wrapping/wrap";
            request.ns = "team";
            request.token = "root";
            request.data = {{"a", "1"}};
            request.wrapTtl = 60;
            return m_core->core().handle(request).wrapInfo.value_or(boost::json::object());
        };
        for (const char *ns : {"", "team", "other"}) {
            const std::string token = wrap().at("token").as_string().c_str();
            QVERIFY(token.ends_with("." + m_id));
            QCOMPARE(line(write(ns, "sys/wrapping/unwrap", "{}", token)), QByteArray(R"(200 {"a":"1"})"));
        }
    }

    void namesLeasesApart()
    {
        logInTo("team");
        const Response leases = in("team", Operation::List, "sys/leases/lookup/auth/up/login/joe");
        const std::string name = leases.data->at("keys").at(0).as_string().c_str();
        QVERIFY(name.ends_with("." + m_id));
        const std::string lease = jsonOf({{"lease_id", "auth/up/login/joe/" + name}});
        QCOMPARE(write("team", "sys/leases/lookup", lease).status, 200);
        QCOMPARE(line(write("", "sys/leases/lookup", lease)), QByteArray("400 invalid lease"));
        QCOMPARE(line(in("", Operation::List, "sys/leases/lookup/auth/up")), QByteArray("404"));
        QCOMPARE(line(write("", "sys/leases/revoke-prefix/auth/up")), QByteArray("204"));
        QCOMPARE(write("team", "sys/leases/lookup", lease).status, 200);
        QCOMPARE(line(write("team", "sys/leases/revoke-prefix/auth/up")), QByteArray("204"));
        QCOMPARE(line(write("team", "sys/leases/lookup", lease)), QByteArray("400 invalid lease"));
    }

    void showsConsolesWhatTheyMaySee()
    {
        QCOMPARE(member(read("", "sys/internal/ui/namespaces"), "keys"), QByteArray(R"(["other/","team/"])"));
        QCOMPARE(line(read("other", "sys/internal/ui/namespaces")), QByteArray("200 {}"));
        const std::string token = tokenIn(
            "team", "path \"sys/mounts/x\" { capabilities = [\"read\"] } path \"a/*\" { capabilities = [\"read\"] }");
        QCOMPARE(member(read("", "sys/internal/ui/namespaces", token), "keys"), QByteArray(R"(["team/"])"));
        QCOMPARE(member(read("team", "sys/internal/ui/namespaces", token), "keys"), QByteArray(R"(["a/"])"));
        QCOMPARE(line(read("", "sys/internal/ui/mounts", token)), QByteArray(R"(200 {"auth":{},"secret":{}})"));
        QVERIFY(read("team", "sys/internal/ui/mounts", token).data->at("secret").as_object().contains("sys/"));
    }

    void namesItselfAsIssuer()
    {
        const auto ends = [&](const Response &response, const char *name, const char *end) {
            return textOf(response, name).endsWith(end);
        };
        const char *discovery = "identity/oidc/.well-known/openid-configuration";
        QVERIFY(ends(read("team", discovery, ""), "issuer", "/v1/team/identity/oidc"));
        QVERIFY(ends(read("", discovery, ""), "issuer", "/v1/identity/oidc"));
        QVERIFY(
            ends(read("team", "identity/oidc/provider/default"), "issuer", "/v1/team/identity/oidc/provider/default"));
        QCOMPARE(line(write("team", "identity/oidc/key/k")), QByteArray("204"));
        QCOMPARE(line(read("", "identity/oidc/key/k")), QByteArray("404"));
        QCOMPARE(member(in("", Operation::List, "identity/oidc/key"), "keys"), QByteArray(R"(["default"])"));
    }

    void deletesWithoutATrace()
    {
        const auto before = rowsOf(*m_core);
        write("", "sys/namespaces/gone");
        const std::string token = authText(logInTo("gone"), "client_token");
        write("gone", "sys/policies/acl/p", jsonOf({{"policy", "path \"a\" { capabilities = [\"read\"] }"}}));
        write("gone", "auth/token/create", R"({"policies":["p"]})");
        write("gone", "auth/token/roles/r", R"({"orphan":true})");
        write("gone", "sys/mounts/kv", R"({"type":"kv"})");
        write("gone", "kv/x", R"({"a":"1"})");
        write("gone", "cubbyhole/x", R"({"a":"1"})", m_core->token(R"({"policies":["root"],"ttl":"1h"})"));
        write("gone", "sys/auth/ar", R"({"type":"approle"})");
        write("gone", "auth/ar/role/r");
        write("gone", "auth/ar/role/r/secret-id");
        for (int i = 0; i < 6; ++i)
            write("gone", "auth/up/login/joe", R"({"password":"no"})", "");
        write("gone", "identity/oidc/key/k");
        const std::string entity =
            textOf(write("gone", "identity/entity", R"({"name":"e","policies":["p"]})"), "id").toStdString();
        const std::string child = textOf(write("gone", "identity/group", R"({"name":"c"})"), "id").toStdString();
        write("gone", "identity/group",
              jsonOf({{"name", "g"},
                      {"policies", boost::json::array{"p"}},
                      {"member_entity_ids", boost::json::array{entity}},
                      {"member_group_ids", boost::json::array{child}}}));
        write("gone", "identity/group", R"({"name":"x","type":"external"})");
        QVERIFY(rowsOf(*m_core) != before);

        QCOMPARE(line(in("", Operation::Delete, "sys/namespaces/gone")), QByteArray(R"(200 {"status":"in-progress"})"));
        m_core->clock().advance(2 * std::int64_t{3'600'000'000'000});
        m_core->post("auth/token/tidy");
        auto after = rowsOf(*m_core);
        QCOMPARE(after, before);
        QCOMPARE(line(read("gone", "sys/mounts")), QByteArray("404 namespace not found"));
        QCOMPARE(line(read("", "auth/token/lookup-self", token)), QByteArray("403 permission denied"));
        const Response again = in("", Operation::Delete, "sys/namespaces/gone");
        QCOMPARE(again.status, 200);
        QCOMPARE(again.warnings, std::vector<std::string>{"requested namespace does not exist"});
        QCOMPARE(member(m_core->get("kith/check"), "findings"), QByteArray("[]"));
    }

    void refusesToDeleteAParent()
    {
        QCOMPARE(line(in("", Operation::Delete, "sys/namespaces/team")),
                 QByteArray("400 unable to delete namespace containing child namespaces"));
        QCOMPARE(in("team", Operation::Delete, "sys/namespaces/a").status, 200);
        QCOMPARE(in("", Operation::Delete, "sys/namespaces/team").status, 200);
    }
};

QTEST_GUILESS_MAIN(TestNamespaces)
#include "tst_Namespaces.moc"
