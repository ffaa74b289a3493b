// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::core;
using kith::test::line;
using kith::test::member;
using kith::test::TestCore;

namespace {

/// QCOMPARE for answers: moc can't read raw strings inside its macros.
void same(const QByteArray &actual, const QByteArray &expected)
{
    QCOMPARE(actual, expected);
}

} // namespace

class TestCapabilityRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void capabilities();
    void disabledComesBeforeFaulty();
    void decisionsAreExplained();
};

namespace {

// After the class: moc takes the /* in it for a comment.
constexpr const char *Tokens = R"(path "auth/token/*" { capabilities = ["create","read","update","delete","list"] })";

} // namespace

void TestCapabilityRoutes::capabilities()
{
    TestCore core;
    core.policy("tk", Tokens);
    const std::string token = core.token(R"({"policies":["tk"]})");
    const Response both =
        core.sendAs(token, Operation::Update, "sys/capabilities-self", R"({"paths":["auth/token/create","a"]})");
    same(line(both), R"(200 {"auth/token/create":["create","delete","list","read","update"],"a":["deny"]})");
    QVERIFY(both.body == Body::Merged);
    same(line(core.sendAs(token, Operation::Update, "sys/capabilities-self", R"({"path":"a"})")),
         R"(200 {"a":["deny"],"capabilities":["deny"]})");
    same(line(core.sendAs(token, Operation::Update, "sys/capabilities-self")), "400 paths must be supplied");
    same(line(core.post("sys/capabilities", R"({"paths":"a","token":")" + token + R"("})")),
         R"(200 {"a":["deny"],"capabilities":["deny"]})");
    same(line(core.post("sys/capabilities-self", R"({"paths":"a"})")), R"(200 {"a":["root"],"capabilities":["root"]})");
    same(line(core.post("sys/capabilities", R"({"paths":"a"})")), "500 1 error occurred:\n\t* no token found\n\n");
    same(line(core.post("sys/capabilities", R"({"paths":"a","token":"zz"})")),
         "400 1 error occurred:\n\t* invalid token\n\n");
    same(line(core.post("sys/capabilities-accessor", R"({"paths":"a","accessor":"zz"})")),
         "400 1 error occurred:\n\t* invalid accessor\n\n");
    same(line(core.post("sys/capabilities-accessor", R"({"paths":"a"})")), "400 missing accessor");
    // The token is looked at after the first path, and its form before anything.
    same(line(core.post("sys/capabilities", R"({"token":["x"]})")),
         "400 Field validation failed: error converting input for field \"token\": '' expected type 'string', got "
         "unconvertible type '[]interface {}'");
    same(line(core.post("sys/capabilities", R"({"token":5})")), "500 1 error occurred:\n\t* no token found\n\n");
    same(line(core.post("sys/capabilities", R"({"token":"zz","paths":["","a"]})")),
         "400 1 error occurred:\n\t* missing path\n\n");
    same(line(core.post("sys/capabilities", R"({"token":"zz","paths":["a",""]})")),
         "400 1 error occurred:\n\t* invalid token\n\n");
    same(line(core.get("sys/internal/ui/resultant-acl")), R"(200 {"root":true})");
    const Response rules = core.sendAs(token, Operation::Read, "sys/internal/ui/resultant-acl");
    QVERIFY(member(rules, "glob_paths").contains(R"("auth/token/":{"capabilities":["create","delete")"));
    QVERIFY(member(rules, "exact_paths").contains(R"("auth/token/lookup-self":{"capabilities":["read"]})"));
}

/// A token whose entity is disabled is none, also when a policy of it can't be filled in.
void TestCapabilityRoutes::disabledComesBeforeFaulty()
{
    TestCore core;
    core.policy("faulty", R"(path "kv/{{identity.entity.name}}" { capabilities = ["read"] })");
    core.post("auth/token/roles/any", R"({"allowed_entity_aliases":"*"})");
    const Response made = core.post("auth/token/create/any", R"({"entity_alias":"ann","policies":["faulty"]})");
    const std::string entity(made.auth->fields.at("entity_id").as_string());
    const std::string json =
        R"({"paths":"a","token":")" + std::string(made.auth->fields.at("client_token").as_string()) + "\"}";
    core.post("identity/entity/id/" + entity, R"({"name":"an/n"})");
    QVERIFY(line(core.post("sys/capabilities", json))
                .startsWith("403 1 error occurred:\n\t* error parsing templated policy"));
    core.post("identity/entity/id/" + entity, R"({"disabled":true})");
    same(line(core.post("sys/capabilities", json)), "400 1 error occurred:\n\t* invalid token\n\n");
}

void TestCapabilityRoutes::decisionsAreExplained()
{
    TestCore core;
    core.policy("wide", R"(path "kith/*" { capabilities = ["read"] })");
    core.policy("narrow", R"(path "kith/w*" { capabilities = ["deny"] })");
    const std::string al = core.create("identity/entity", R"({"name":"al","policies":["wide"]})");
    core.create("identity/group", R"({"name":"g","policies":["narrow"]})");
    const Response answer =
        core.post("kith/decision", R"({"entity":"al","operation":"read","path":"kith/who","group":"g"})");
    same(line(answer),
         R"(200 {"allowed":true,"verdict":"allowed","parameter":"","limit":null,"root":false,"sudo":false,)"
         R"("rule":{"path":"kith/*","capabilities":["read"],"policies":[{"name":"wide","line":1,)"
         R"("capabilities":["read"],"sources":[{"kind":"entity","chain":[],"chains":"1"}]}]},"beaten":[],)"
         R"("joined":{"allowed":false,"verdict":"missing_capability","parameter":"","limit":null,"root":false,)"
         R"("sudo":false,"rule":{"path":"kith/w*","capabilities":["deny"],"policies":[{"name":"narrow","line":1,)"
         R"("capabilities":["deny"],"sources":[{"kind":"group","chain":["g"],"chains":"1"}]}]},)"
         R"("beaten":[{"path":"kith/*","capabilities":["read"],"policies":[{"name":"wide","line":1,)"
         R"("capabilities":["read"],"sources":[{"kind":"entity","chain":[],"chains":"1"}]}]}]}})");
    const std::string token = core.token(R"({"policies":["default"]})");
    const auto verdict = [&](const std::string &more) {
        return member(core.post("kith/decision", R"({"token":")" + token + R"(",)" + more + "}"), "verdict");
    };
    same(verdict(R"("operation":"update","path":"/auth/token/renew-self")"), R"("allowed")");
    same(verdict(R"("operation":"read","path":"auth/token/renew-self")"), R"("missing_capability")");
    same(verdict(R"("operation":"read","path":"nowhere")"), R"("no_rule")");
    same(line(core.post("kith/decision", R"({"operation":"fly","path":"a"})")),
         "400 operation must be create, read, update, patch, delete, list or scan");
    QCOMPARE(core.post("kith/decision", R"({"entity":"nobody","operation":"read","path":"a"})").status, 404);
    same(member(core.post("kith/decision", R"({"operation":"read","path":"a"})"), "root"), "true");
}

QTEST_GUILESS_MAIN(TestCapabilityRoutes)
#include "tst_CapabilityRoutes.moc"
