// SPDX-License-Identifier: Apache-2.0
#include "NamespaceFixture.h"

#include <set>

using namespace kith;
using namespace kith::core;
using namespace kith::test;

namespace {

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
class TestNamespaces : public QObject, private NamespaceFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeNamespaces(); }

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
        for (const char *number : {"7", "1.0", "1e3", "10000000000000000000000"}) {
            const std::string json = R"({"custom_metadata":{"c":)" + std::string(number) + "}}";
            QCOMPARE(line(patched(json)),
                     QByteArray("400 metadata patch can only have string or null values, got json.Number"));
            QCOMPARE(line(write("", "sys/namespaces/x", json)),
                     QByteArray("400 custom_metadata values must be strings"));
        }
        QCOMPARE(member(patched(R"({"custom_metadata":null})"), "custom_metadata"), QByteArray("{}"));
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
        const Response moved = write("team", "sys/remount", R"({"from":"kv","to":"a/kv2"})");
        for (const char *ns : {"", "team", "other"}) // told in the root's words, wherever it was asked for
            QCOMPARE(
                member(read(ns, "sys/remount/status/" + textOf(moved, "migration_id").toStdString()), "migration_info"),
                QByteArray(R"({"source_mount":"team/kv/","target_mount":"team/a/kv2/","status":"success"})"));
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

    void asksAboutTokensOfOthers()
    {
        const std::string root =
            authText(write("", "auth/token/create", R"({"policies":["default"]})"), "client_token");
        const Response made = write("team", "auth/token/create", R"({"policies":["default"]})");
        const std::string mine = authText(made, "client_token");
        const QByteArray across = "500 1 error occurred:\n\t* cannot renew a token across namespaces\n\n";
        QCOMPARE(line(write("team", "auth/token/renew", jsonOf({{"token", root}}))), across);
        QCOMPARE(write("", "auth/token/renew", jsonOf({{"token", mine}})).status, 200);
        QCOMPARE(member(write("team", "auth/token/lookup", jsonOf({{"token", root}})), "expire_time"),
                 QByteArray("null"));
        QVERIFY(member(write("team", "auth/token/lookup", jsonOf({{"token", mine}})), "expire_time") != "null");
        // Of those that nobody has, whose they would be says the form.
        const QByteArray elsewhere = "500 1 error occurred:\n\t* cannot lookup token in different namespace\n\n";
        const QByteArray unknown = "400 1 error occurred:\n\t* invalid accessor\n\n";
        for (const char *path :
             {"auth/token/lookup-accessor", "auth/token/renew-accessor", "sys/capabilities-accessor"}) {
            const auto asked = [&](const std::string &ns, const std::string &accessor) {
                return line(write(ns, path, jsonOf({{"accessor", accessor}, {"path", "a"}})));
            };
            QCOMPARE(asked("team", "nope"), elsewhere);
            QCOMPARE(asked("team", "s.aaaaaaaaaaaaaaaaaaaaaaaa"), elsewhere);
            QCOMPARE(asked("team", "a.b"), unknown);
            QCOMPARE(asked("team", "x." + m_id), unknown);
            QCOMPARE(asked("", "nope"), unknown);
            QCOMPARE(asked("", "x." + m_id), elsewhere);
        }
        for (const char *path : {"sys/generate-root-token/attempt", "sys/rotate/root/init"})
            QCOMPARE(line(write("team", path)), QByteArray("400 namespace is not sealable"));
        QCOMPARE(member(read("", "sys/locked-users"), "by_namespace").count("namespace_id"), 4);
        const Response locked = in("", Operation::Read, "sys/locked-users", R"({"mount_accessor":"x"})");
        QCOMPARE(member(locked, "by_namespace").count("namespace_id"), 1);
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
        for (const char *path : {"sys/leader", "sys/seal-status"}) {
            QCOMPARE(read("none", path, "").status, 200);
            QCOMPARE(line(write("", std::string("team/") + path, "{}", "")), QByteArray("405 unsupported operation"));
        }
    }

    void tellsWhatIsMissingFirst()
    {
        QCOMPARE(line(write("", "team/")), QByteArray("404 no handler for route \"\". route entry not found."));
        QCOMPARE(line(in("", Operation::List, "team/")),
                 QByteArray("404 no handler for route \"\". route entry not found."));
        QCOMPARE(line(write("", "team/kv/")), QByteArray("400 cannot write to a path ending in '/'"));
        QCOMPARE(line(write("none", "kv/")), QByteArray("404 namespace not found"));
        QCOMPARE(line(write("team", "sys/audit/x/")), QByteArray("400 operation only available in root namespace"));
        write("team", "sys/auth/here", R"({"type":"userpass","local":true})");
        const std::string accessor = textOf(read("team", "sys/auth/here"), "accessor").toStdString();
        QCOMPARE(line(write("", "identity/group-alias", jsonOf({{"name", "x"}, {"mount_accessor", accessor}}))),
                 QByteArray("400 mount accessor \"") + accessor.c_str() + "\" is a local mount");
        QCOMPARE(line(write("", "sys/seal")), QByteArray("204"));
        const QByteArray sealed = "503 Vault is sealed";
        for (const char *path : {"sys/audit", "sys/health", "sys/leader", "sys/seal-status"})
            QCOMPARE(line(read("", std::string("team/") + path, "")), sealed);
        QCOMPARE(line(read("team", "sys/audit", "")), sealed);
        QCOMPARE(line(write("none", "kv/", "{}", "")), sealed);
        QCOMPARE(read("team", "sys/leader", "").status, 200);
    }

    /// What the root asks of all its people and groups isn't answered about others', whose id it knows.
    void explainsNobodyElse()
    {
        const std::string mine =
            textOf(write("team", "identity/entity", R"({"name":"far","policies":["shared"]})"), "id").toStdString();
        const boost::json::object group{
            {"name", "far"}, {"policies", {"shared"}}, {"member_entity_ids", boost::json::array{mine}}};
        const std::string theirs = textOf(write("team", "identity/group", jsonOf(group)), "id").toStdString();
        const std::string near =
            textOf(write("", "identity/entity", R"({"name":"near","policies":["shared"]})"), "id").toStdString();
        for (const char *kind : {"entity", "group"}) {
            const std::string &id = kind == std::string("entity") ? mine : theirs;
            const QByteArray nobody = QByteArray("404 no ") + kind + " has the name or id \"" + id.c_str() + "\"";
            QCOMPARE(line(write("", "kith/explain", jsonOf({{kind, id}}))), nobody);
            boost::json::object whether{{"path", "a"}, {"operation", "read"}};
            whether["entity"] = near;
            whether[kind] = id;
            QCOMPARE(line(write("", "kith/decision", jsonOf(whether))), nobody);
            QCOMPARE(member(write("", "kith/search", jsonOf({{"text", id}})), "hits"), QByteArray("[]"));
        }
        QCOMPARE(write("", "kith/explain", jsonOf({{"entity", near}})).status, 200);
        const Response who = write("", "kith/who", R"({"policy":"shared"})");
        QCOMPARE(member(who, "entity_count"), QByteArray("1"));
        QCOMPARE(member(who, "group_count"), QByteArray("0"));
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
