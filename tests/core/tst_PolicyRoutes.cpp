// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::core;
using kith::test::line;
using kith::test::member;
using kith::test::TestCore;

class TestPolicyRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theBuiltInOnesAreThere();
    void aPolicyIsWrittenReadListedDeleted();
    void versionsAreChecked();
    void patchKeepsWhatItDoesNotMention();
    void someCannotBeChanged();
    void policiesExpire();
    void textMayBeBase64();
    void whatCannotBeParsedIsNotKept();
    void foldersAreListed();
    void mistakesAreToldInOrder();
    void theOldPath();
};

namespace {

constexpr Nanoseconds Second = 1'000'000'000;
constexpr const char *Text = R"({"policy":"path \"a\" { capabilities = [\"read\"] }"})";

/// One step of a story: what is sent, and the line that answers it.
struct Step {
    Operation operation;
    const char *path;
    const char *data;
    const char *answer;
};

/// QCOMPARE for answers: moc can't read raw strings inside its macros.
void same(const QByteArray &actual, const QByteArray &expected)
{
    QCOMPARE(actual, expected);
}

void tell(TestCore &core, const std::vector<Step> &steps)
{
    for (const Step &step : steps)
        same(line(core.send(step.operation, step.path, step.data)), step.answer);
}

} // namespace

void TestPolicyRoutes::theBuiltInOnesAreThere()
{
    TestCore core;
    const Response policy = core.get("sys/policies/acl/default");
    QCOMPARE(policy.status, 200);
    same(member(policy, "version"), "1");
    QVERIFY(member(policy, "policy").contains("identity/entity/id/{{identity.entity.id}}"));
    QCOMPARE(core.get("sys/policies/acl/response-wrapping").status, 200);
    same(line(core.list("sys/policies/acl")), R"(200 {"keys":["default","root"]})");
    same(line(core.get("sys/policies/acl/root")),
         R"(200 {"allow_slashes_in_identity_templates":false,)"
         R"("allow_wildcards_in_identity_templates":false,"cas_required":false,)"
         R"("name":"root","policy":"","version":0})");
}

void TestPolicyRoutes::aPolicyIsWrittenReadListedDeleted()
{
    TestCore core;
    tell(core, {{Operation::Read, "sys/policies/acl/P1", "{}", "404"},
                {Operation::Update, "sys/policies/acl/P1", Text, "204"},
                {Operation::Read, "sys/policies/acl/p1", "{}",
                 R"(200 {"allow_slashes_in_identity_templates":false,"allow_wildcards_in_identity_templates":false,)"
                 R"("cas_required":false,"modified":"2026-11-22T08:00:00Z","name":"p1",)"
                 R"("policy":"path \"a\" { capabilities = [\"read\"] }","version":1})"},
                {Operation::Update, "sys/policies/acl/a/b", Text, "204"},
                {Operation::List, "sys/policies/acl", "{}", R"(200 {"keys":["a/b","default","p1","root"]})"},
                {Operation::List, "sys/policies/acl/p1", "{}", "404"},
                {Operation::Read, "sys/policies/acl", "{}", "405 1 error occurred:\n\t* unsupported operation\n\n"},
                {Operation::Delete, "sys/policies/acl/p1", "{}", "204"},
                {Operation::Delete, "sys/policies/acl/p1", "{}", "204"},
                {Operation::Read, "sys/policies/acl/p1", "{}", "404"},
                {Operation::Update, "sys/policies/acl/p1", "{}", "400 'policy' parameter not supplied or empty"}});
}

void TestPolicyRoutes::versionsAreChecked()
{
    TestCore core;
    const auto with = [](const std::string &more) { return R"({"policy":"# x",)" + more + "}"; };
    const auto post = [&](const std::string &more) { return line(core.post("sys/policies/acl/p", with(more))); };
    same(post(R"("cas":1)"), "400 check-and-set parameter 1 did not match the current version 0");
    same(post(R"("cas":0)"), "204");
    same(post(R"("cas":0)"), "400 check-and-set parameter 0 did not match the current version 1");
    same(post(R"("cas":-1)"), "400 check-and-set parameter set to -1 on existing entry");
    same(post(R"("cas":"1")"), "204");
    same(post(R"("cas_required":true)"), "400 check-and-set parameter required for this call");
    same(post(R"("cas_required":true,"cas":2)"), "204");
    same(post(R"("zz":1)"), "400 check-and-set parameter required for this call");
    same(post(R"("cas":3)"), "204");
    same(member(core.get("sys/policies/acl/p"), "cas_required"), "false");
    same(post(R"("zz":1)"), "204");
    QCOMPARE(core.remove("sys/policies/acl/p").status, 204);
    same(post(R"("cas":-1)"), "204");
    same(member(core.get("sys/policies/acl/p"), "version"), "1");
}

void TestPolicyRoutes::patchKeepsWhatItDoesNotMention()
{
    TestCore core;
    const auto patch = [&](std::string_view data) {
        return line(core.send(Operation::Patch, "sys/policies/acl/p", data));
    };
    same(patch("{}"), "400 policy not found");
    QCOMPARE(core.post("sys/policies/acl/p", R"({"policy":"# x","cas_required":true,"cas":0})").status, 204);
    QCOMPARE(core.send(Operation::Patch, "sys/policies/acl/p", "{}").status, 200);
    QCOMPARE(
        core.send(Operation::Patch, "sys/policies/acl/p", R"({"allow_slashes_in_identity_templates":true})").status,
        200);
    const Response read = core.get("sys/policies/acl/p");
    same(member(read, "policy"), R"("# x")");
    same(member(read, "cas_required"), "true");
    same(member(read, "allow_slashes_in_identity_templates"), "true");
    same(member(read, "version"), "3");
    same(patch(R"({"cas":1})"), "400 check-and-set parameter 1 did not match the current version 3");
    same(patch(R"({"policy":""})"), "400 'policy' parameter not supplied or empty");
}

void TestPolicyRoutes::someCannotBeChanged()
{
    TestCore core;
    tell(core, {{Operation::Update, "sys/policies/acl/ROOT", Text, "400 cannot update \"root\" policy"},
                {Operation::Delete, "sys/policies/acl/Root", "{}", "400 cannot delete \"root\" policy"},
                {Operation::Update, "sys/policies/acl/response-wrapping", Text,
                 "400 cannot update \"response-wrapping\" policy"},
                {Operation::Delete, "sys/policies/acl/Response-Wrapping", "{}",
                 "400 cannot delete \"response-wrapping\" policy"},
                {Operation::Delete, "sys/policies/acl/Default", "{}", "400 cannot delete default policy"},
                {Operation::Update, "sys/policies/acl/default", Text, "204"}});
}

void TestPolicyRoutes::policiesExpire()
{
    TestCore core;
    const auto post = [&](const std::string &more) {
        return line(core.post("sys/policies/acl/p", R"({"policy":"# x",)" + more + "}"));
    };
    const QByteArray elapsed = "400 refusing to update policy as expiration time has already elapsed";
    same(post(R"("ttl":"1h","expiration":"2030-01-01T00:00:00Z")"),
         "400 cannot supply both 'expiration' and 'ttl' for policies");
    same(post(R"("ttl":0)"), elapsed);
    same(post(R"("expiration":"2020-01-01T00:00:00Z")"), elapsed);
    same(post(R"("ttl":-2)"), "400 Field validation failed: error converting input for field \"ttl\": cannot provide "
                              "negative value '-2'");
    same(post(R"("expiration":"zz")"),
         "400 Field validation failed: error converting input for field \"expiration\": could not "
         "parse string as date and time");
    const QByteArray unreadable = "400 Field validation failed: error converting input for field \"expiration\": ";
    for (const char *odd : {"true", "[]", "{}"})
        same(post((R"("expiration":)" + std::string(odd)).c_str()),
             unreadable + "could not parse time from input type");
    same(post(R"("expiration":5.5)"), unreadable + R"(strconv.ParseInt: parsing "5.5": invalid syntax)");
    same(post(R"("expiration":99999999999999999999)"),
         unreadable + R"(strconv.ParseInt: parsing "99999999999999999999": value out of range)");
    same(post(R"("expiration":1893456000)"), "204");
    same(member(core.get("sys/policies/acl/p"), "expiration"), R"("2030-01-01T00:00:00Z")");
    same(post(R"("ttl":"1m")"), "204");
    same(member(core.get("sys/policies/acl/p"), "expiration"), R"("2026-11-22T08:01:00Z")");
    core.clock().advance(60 * Second);
    same(line(core.get("sys/policies/acl/p")), "404");
    same(line(core.list("sys/policies/acl")), R"(200 {"keys":["default","root"]})");
    same(post(R"("cas":0)"), "204");
    same(member(core.get("sys/policies/acl/p"), "version"), "1");
}

void TestPolicyRoutes::textMayBeBase64()
{
    TestCore core;
    QCOMPARE(core.post("sys/policies/acl/p", R"({"policy":"cGF0aCAiYSIg\ne30=\n"})").status, 204);
    same(member(core.get("sys/policies/acl/p"), "policy"), R"("path \"a\" {}")");
    // A word of four letters is base64 as well.
    same(line(core.post("sys/policies/acl/p", R"({"policy":"path"})")),
         "400 failed to parse policy: At 1:1: illegal char");
}

void TestPolicyRoutes::whatCannotBeParsedIsNotKept()
{
    TestCore core;
    QCOMPARE(core.post("sys/policies/acl/p", Text).status, 204);
    same(line(core.post("sys/policies/acl/p", R"({"policy":"path \"x\" {"})")),
         "400 failed to parse policy: At 1:12: object expected closing RBRACE got: EOF");
    same(member(core.get("sys/policies/acl/p"), "version"), "1");
}

/// Names with slashes stand in folders; a slash at the end is none of a name.
void TestPolicyRoutes::foldersAreListed()
{
    TestCore core;
    for (const char *name : {"a", "a/b", "a/c/d"})
        core.post(std::string("sys/policies/acl/") + name, Text);
    same(line(core.list("sys/policies/acl/A")), R"(200 {"keys":["a/b","a/c/d"]})");
    same(line(core.list("sys/policies/acl/a/c")), R"(200 {"keys":["a/c/d"]})");
    same(line(core.list("sys/policies/acl/a/b")), "404");
    same(line(core.list("sys/policy/a/c")), R"(200 {"keys":["a/c/d"],"policies":["a/c/d"]})");
    same(line(core.list("sys/policy/none")), R"(200 {"policies":null})");
    same(line(core.remove("sys/policies/acl/default/")), "400 cannot delete default policy");
    same(line(core.remove("sys/policies/acl/a/b/")), "204");
    same(line(core.list("sys/policies/acl/a")), R"(200 {"keys":["a/c/d"]})");
}

void TestPolicyRoutes::mistakesAreToldInOrder()
{
    TestCore core;
    const auto patch = [&](const char *name, const char *json) {
        return line(core.send(Operation::Patch, std::string("sys/policies/acl/") + name, json));
    };
    const char *both = R"({"ttl":"1h","expiration":"2030-01-01T00:00:00Z"})";
    same(patch("none", both), "400 policy not found");
    same(patch("default", both), "400 cannot supply both 'expiration' and 'ttl' for policies");
    same(patch("root", both), "400 'policy' parameter not supplied or empty");
    same(line(core.post("sys/policies/acl/none", both)), "400 'policy' parameter not supplied or empty");
}

void TestPolicyRoutes::theOldPath()
{
    TestCore core;
    same(line(core.post("sys/policy/p", R"({"policy":"# x"})")), "204");
    const Response withRules = core.post("sys/policy/p", R"({"rules":"# y"})");
    QCOMPARE(withRules.status, 200);
    QCOMPARE(withRules.warnings, std::vector<std::string>{"'rules' is deprecated, please use 'policy' instead"});
    same(member(core.get("sys/policy/p"), "rules"), R"("# y")");
    same(member(core.get("sys/policy/p"), "policy"), QByteArray());
    const QByteArray listed = R"(200 {"keys":["default","p","root"],"policies":["default","p","root"]})";
    same(line(core.get("sys/policy")), listed);
    QVERIFY(core.get("sys/policy").body == Body::Merged); // old clients read `policies` at the top
    same(line(core.list("sys/policy")), listed);
    same(line(core.send(Operation::Patch, "sys/policy/p")), "405 1 error occurred:\n\t* unsupported operation\n\n");
    same(line(core.remove("sys/policy/p")), "204");
    same(line(core.get("sys/policies/acl/p")), "404");
}

QTEST_GUILESS_MAIN(TestPolicyRoutes)
#include "tst_PolicyRoutes.moc"
