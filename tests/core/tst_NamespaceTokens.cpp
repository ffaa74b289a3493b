// SPDX-License-Identifier: Apache-2.0
#include "NamespaceFixture.h"

using namespace kith;
using namespace kith::core;
using namespace kith::test;

/// Who gets in where: logins, tokens, wrapping and leases of one core with the namespaces team/, team/a/ and other/.
class TestNamespaceTokens : public QObject, private NamespaceFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeNamespaces(); }

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

    /// [Q] Who asks for their own token without naming it is told its lease in every namespace, else in its own only.
    void tellsTheLeaseOfWhoeverAsks()
    {
        const std::string token = tokenIn("", R"(path "*" { capabilities = ["update"] })");
        const std::string own = jsonOf({{"token", boost::json::string(token)}});
        const auto tellsLease = [&](const char *ns, const std::string &json) {
            return write(ns, "auth/token/lookup", json, token).data->as_object().contains("renewable");
        };
        QVERIFY(tellsLease("team", "{}"));
        QVERIFY(tellsLease("", own));
        QVERIFY(!tellsLease("team", own));
        QVERIFY(!tellsLease("team", R"({"token":""})"));
    }

    /// The namespace that a token names says which rules are asked; one that names none is asked for where it was sent.
    void asksAboutATokenInItsNamespace()
    {
        const std::string all = "path \"*\" { capabilities = [\"read\",\"update\",\"sudo\"] }";
        const std::string top = tokenIn("", all);
        const std::string team = tokenIn("team", all);
        const std::string below = tokenIn("team/a", all);
        const auto status = [&](const char *ns, const char *path, const std::string &asks, const std::string &about) {
            return write(ns, std::string("auth/token/") + path, jsonOf({{"token", about}}), asks).status;
        };
        for (const char *path : {"lookup", "renew"}) {
            for (const char *ns : {"", "team", "team/a", "other"}) {
                for (const std::string &asks : {top, team, below})
                    QCOMPARE(status(ns, path, asks, below), 200);
                QCOMPARE(status(ns, path, below, team), 403);
            }
            QCOMPARE(status("", path, team, top), 403);
            QCOMPARE(status("other", path, team, "s.aaaaaaaaaaaaaaaaaaaaaaaa"), 403);
        }
        QCOMPARE(line(write("", "auth/token/lookup", R"({"token":""})", team)), QByteArray(Denied));
        QCOMPARE(textOf(write("other", "auth/token/lookup", "{}", team), "id").toStdString(), team);
        QCOMPARE(status("team", "renew", top, top), 500);
        for (const char *path : {"revoke", "revoke-orphan"}) {
            QCOMPARE(status("team/a", path, below, team), 403);
            QCOMPARE(status("other", path, team, authText(write("team/a", "auth/token/create"), "client_token")), 204);
        }
        QCOMPARE(status("team", "revoke-orphan", "root", top), 204);
        QCOMPARE(line(read("", "auth/token/lookup-self", top)), QByteArray("403 permission denied"));
    }

    void unwrapsWhereTheTokenIsFrom()
    {
        const std::string team = tokenIn("team", "path \"*\" { capabilities = [\"update\"] }");
        const auto wrapped = [&](const char *ns, const char *path, const std::string &asks) {
            Request request;
            request.operation = Operation::Update;
            request.path = path;
            request.ns = ns;
            request.token = asks;
            request.wrapTtl = 60;
            const Response response = m_core->core().handle(request);
            return response.wrapInfo ? std::string(response.wrapInfo->at("token").as_string())
                                     : line(response).toStdString();
        };
        for (const char *ns : {"", "team", "other"})
            QCOMPARE(line(write(ns, "sys/wrapping/unwrap",
                                jsonOf({{"token", wrapped("", "sys/wrapping/wrap", "root")}}), team)),
                     QByteArray("200 {}"));
        QCOMPARE(QByteArray(wrapped("other", "auth/token/lookup", team).c_str()).right(7),
                 QByteArray(("." + m_id).c_str()));
        QVERIFY(wrapped("team", "auth/token/lookup-self", "root").find('.', 2) == std::string::npos);
        // The token asks about itself, and in the root.
        QVERIFY(wrapped("team", "sys/wrapping/lookup", wrapped("", "sys/wrapping/wrap", "root")).find('.', 2) ==
                std::string::npos);
    }

    void forgetsTokensThatAreUsedUpElsewhere()
    {
        for (const auto &[from, at] : {std::pair("", "team"), std::pair("team", "")}) {
            const Response made = write(from, "auth/token/create", R"({"policies":["default"],"num_uses":1})");
            read(at, "kv/x", authText(made, "client_token"));
            QCOMPARE(line(write(from, "auth/token/lookup", jsonOf({{"token", authText(made, "client_token")}}))),
                     QByteArray("403 bad token"));
            QVERIFY(
                write(from, "auth/token/lookup-accessor", jsonOf({{"accessor", authText(made, "accessor")}})).status >=
                400);
        }
    }

    void knowsTheLeaseOfBatchTokensEverywhere()
    {
        const std::string batch =
            jsonOf({{"token", authText(write("", "auth/token/create", R"({"policies":["default"],"type":"batch"})"),
                                       "client_token")}});
        const Response shown = write("team", "auth/token/lookup", batch);
        QVERIFY(member(shown, "expire_time") != "null");
        QVERIFY(shown.data->as_object().contains("issue_time"));
        QCOMPARE(line(write("team", "auth/token/renew", batch)), QByteArray("400 batch tokens cannot be renewed"));
    }

    /// Of a namespace without tokens, whatever is asked beside.
    void listsNoAccessors()
    {
        QCOMPARE(line(in("other", Operation::List, "auth/token/accessors", R"({"after":"x"})")), QByteArray("404"));
        const Response some = in("", Operation::List, "auth/token/roles", R"({"after":"x"})");
        QCOMPARE(some.status, 200);
    }

    void refusesTokensAcrossNamespaces()
    {
        const std::string rules = "path \"*\" { capabilities = [\"update\",\"sudo\"] }";
        for (const std::string &asks : {std::string("root"), tokenIn("", rules)})
            for (const char *json :
                 {R"({"policies":["root"]})", R"({"policies":["root"],"type":"zz"})",
                  R"({"policies":["root","default"],"id":"mine"})", R"({"policies":["root"],"num_uses":-1})"})
                QCOMPARE(line(write("team", "auth/token/create", json, asks)),
                         QByteArray("400 root tokens may not be created from a parent namespace"));
        QCOMPARE(line(write("team", "auth/token/create", R"({"id":"mine"})")),
                 QByteArray("400 token IDs can only be manually specified in the root namespace"));
        const std::string inside = tokenIn("team", "path \"auth/token/create\" { capabilities = [\"update\"] }");
        QCOMPARE(line(write("team", "auth/token/create", R"({"id":"mine"})", inside)),
                 QByteArray("400 root or sudo privileges required to specify token id"));
        const std::string token = tokenIn("", "path \"team/auth/token/create\" { capabilities = [\"update\"] }");
        QCOMPARE(line(write("team", "auth/token/create", R"({"policies":["root"]})", token)),
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

    void listsCubbyholesByFolders()
    {
        const std::string token = m_core->token(R"({"policies":["root"]})");
        for (const char *ns : {"", "team", "team/a"}) {
            for (const char *path : {"cubbyhole/a", "cubbyhole/a/b", "cubbyhole/a/b/c", "cubbyhole/d/e/f"})
                QCOMPARE(line(write(ns, path, R"({"x":"1"})", token)), QByteArray("204"));
            const auto keys = [&](const char *path) {
                const Response list = in(ns, Operation::List, path, "{}", token);
                return list.ok() ? member(list, "keys") : line(list);
            };
            for (const char *top : {"cubbyhole", "cubbyhole/"})
                QCOMPARE(keys(top), QByteArray(R"(["a","a/","d/"])"));
            QCOMPARE(keys("cubbyhole/a"), QByteArray(R"(["b","b/"])"));
            QCOMPARE(keys("cubbyhole/a/"), QByteArray(R"(["b","b/"])"));
            QCOMPARE(keys("cubbyhole/a/b"), QByteArray(R"(["c"])"));
            QCOMPARE(keys("cubbyhole/d"), QByteArray(R"(["e/"])"));
            QCOMPARE(keys("cubbyhole/zz"), QByteArray("404"));
        }
        QCOMPARE(member(in("", Operation::List, "team/a/cubbyhole/d/e", "{}", token), "keys"), QByteArray(R"(["f"])"));
    }

    /// At a renewal, to whoever has a token of the same namespace.
    void tellsIdentityPoliciesOfItsOwn()
    {
        const Response login = logInTo("team");
        const std::string token = authText(login, "client_token");
        const std::string byToken = jsonOf({{"token", token}});
        const std::string byAccessor = jsonOf({{"accessor", authText(login, "accessor")}});
        QVERIFY(write("team", "identity/entity/id/" + authText(login, "entity_id"), R"({"policies":["ep"]})").ok());
        const std::string admin = tokenIn("team", "path \"auth/token/*\" { capabilities = [\"create\", \"update\"] }");
        const auto told = [](const Response &renewed) {
            if (!renewed.auth)
                return line(renewed);
            const auto *own = renewed.auth->fields.if_contains("identity_policies");
            return QByteArray::fromStdString((own ? boost::json::serialize(*own) : "none") + " of " +
                                             boost::json::serialize(renewed.auth->fields.at("policies")));
        };
        const QByteArray all(R"(["ep"] of ["default","ep","rules"])");
        const QByteArray tokens(R"(none of ["default","rules"])");
        QCOMPARE(told(write("team", "auth/token/renew-self", "{}", token)), all);
        QCOMPARE(told(write("", "auth/token/renew-self", "{}", token)), all);
        QCOMPARE(told(write("team", "auth/token/renew", byToken, admin)), all);
        QCOMPARE(told(write("team", "auth/token/renew-accessor", byAccessor, admin)), all);
        QCOMPARE(told(write("team", "auth/token/renew", byToken)), tokens);
        QCOMPARE(told(write("team", "auth/token/renew-accessor", byAccessor)), tokens);
        QCOMPARE(told(write("", "auth/token/renew", byToken)), tokens);
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
};

QTEST_GUILESS_MAIN(TestNamespaceTokens)
#include "tst_NamespaceTokens.moc"
