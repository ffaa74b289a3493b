// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QRegularExpression>
#include <QTest>

using namespace kith;
using namespace kith::core;
using kith::test::line;
using kith::test::member;
using kith::test::TestCore;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;
/// QCOMPARE for answers: moc can't read raw strings inside its macros.
void same(const QByteArray &actual, const QByteArray &expected)
{
    QCOMPARE(actual, expected);
}

QByteArray field(const Response &response, std::string_view name)
{
    const auto *value = response.auth ? response.auth->fields.if_contains(name) : nullptr;
    return value ? QByteArray::fromStdString(boost::json::serialize(*value)) : QByteArray();
}

std::string secretOf(const Response &response)
{
    return response.auth ? std::string(response.auth->fields.at("client_token").as_string()) : std::string();
}

/// The answer to a creation: policies, seconds and warnings, or the refusal.
QByteArray outcome(const Response &response)
{
    if (!response.auth)
        return line(response);
    QByteArray text = field(response, "policies") + " " + field(response, "lease_duration");
    for (const std::string &warning : response.warnings)
        text += " (" + QByteArray::fromStdString(warning) + ")";
    return text;
}

struct Case {
    const char *json;
    const char *outcome;
};

} // namespace

class TestTokenRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aCreationAnswersInFull();
    void rootMay();
    void whoHasNoSudoMayLess();
    void sudoMayMore();
    void aLookUpTellsAll();
    void renewals();
    void refusedRenewals();
    void revocations();
    void accessorsAreListed();
    void rolesAreKept();
    void rolesRestrict();
    void rolesOfBatchTokens();
    void aliasesByRole();
    void batchTokens();
    void leases();
    void noLeaseIsIrrevocable();
    void theFirstTokenIsKept();
};

// Behind the class: moc takes what looks like a comment in a text for one.
namespace {

constexpr const char *Tokens = R"(path "auth/token/*" { capabilities = ["create","read","update","delete","list"] })";
constexpr const char *TokensSudo =
    R"(path "auth/token/*" { capabilities = ["create","read","update","delete","list","sudo"] })";

} // namespace

void TestTokenRoutes::aCreationAnswersInFull()
{
    TestCore core;
    core.policy("a", "# nothing");
    const Response made = core.post("auth/token/create", R"({"policies":["a"],"meta":{"k":1},"num_uses":2})");
    QCOMPARE(made.status, 200);
    QVERIFY(!made.data);
    QVERIFY(QRegularExpression(QStringLiteral("^\"s\\.[A-Za-z0-9]{24}\"$"))
                .match(QString::fromUtf8(field(made, "client_token")))
                .hasMatch());
    for (const auto &[name, value] : {std::pair("policies", R"(["a","default"])"),
                                      {"token_policies", R"(["a","default"])"},
                                      {"metadata", R"({"k":"1"})"},
                                      {"lease_duration", "2764800"},
                                      {"renewable", "true"},
                                      {"entity_id", "\"\""},
                                      {"token_type", "\"service\""},
                                      {"orphan", "true"}, // the process has no token that could be its parent
                                      {"mfa_requirement", "null"},
                                      {"num_uses", "2"}})
        same(field(made, name), value);
    QCOMPARE(made.auth->fields.size(), std::size_t(12));
}

void TestTokenRoutes::rootMay()
{
    TestCore core;
    const std::string root = core.token();
    for (
        const Case &one : {
            Case{"{}", R"(["root"] 0)"},
            {R"({"policies":["a","ROOT"]})", R"(["root"] 0)"},
            {R"({"policies":["B"," a"]})",
             R"(["a","b","default"] 2764800 (Policy "a" does not exist) (Policy "b" does not exist))"},
            {R"({"policies":""})", R"(["root"] 0)"},
            {R"({"policies":" "})", R"(["default"] 2764800)"},
            {R"({"policies":"a,b"})", R"(["a,b","default"] 2764800 (Policy "a,b" does not exist))"},
            {R"({"policies":["default"],"ttl":"1000h"})",
             R"(["default"] 2764800 (TTL of "1000h" exceeded the effective max_ttl of "768h"; TTL value is capped )"
             R"(accordingly))"},
            {R"({"policies":["default"],"lease":"90"})", R"(["default"] 90)"},
            {R"({"policies":["default"],"ttl":"60","explicit_max_ttl":"30"})",
             R"(["default"] 30 (TTL of "1m" exceeded the effective max_ttl of "30s"; TTL value is capped accordingly))"},
            {R"({"period":"3h"})", R"(["root"] 10800)"},
            {R"({"ttl":""})", R"(["root"] 0)"},
            {R"({"ttl":"-1s"})", "400 ttl must be positive"},
            {R"({"ttl":"zz"})", "400 time: invalid duration \"zz\""},
            {R"({"explicit_max_ttl":"-1s"})", "400 explicit_max_ttl must be positive"},
            {R"({"period":"-1s"})", "400 period must be positive"},
            {R"({"num_uses":-1})", "400 number of uses cannot be negative"},
            {R"({"type":"zz"})", "400 invalid 'token_type' value"},
            {R"({"type":"batch"})", "400 batch tokens cannot be root tokens"},
            {R"({"type":"batch","period":"1h","num_uses":1})", "400 batch tokens cannot have \"num_uses\" set"},
            {R"({"type":"batch","period":"zz","num_uses":1})", "400 batch tokens cannot have \"num_uses\" set"},
            {R"({"type":"batch","policies":["default"],"explicit_max_ttl":"0","period":"2h","num_uses":1})",
             R"(["default"] 7200)"}, // the first that is given hides the others
            {R"({"type":"batch","policies":["default"],"period":"0"})", R"(["default"] 2764800)"},
            {R"({"type":"batch","policies":["default"],"explicit_max_ttl":0,"period":"zz"})",
             "400 time: invalid duration \"zz\""},
            {R"({"policies":[5,{"a":1},["b"]]})",
             "400 Field validation failed: error converting input for field \"policies\": decoding failed due to the "
             "following error(s):\n\n'[1]' expected type 'string', got unconvertible type 'map[string]interface "
             "{}'\n'[2]' expected type 'string', got unconvertible type '[]interface {}'"},
            {R"({"type":"batch","period":"zz"})", "400 'period' value could not be parsed"},
            {R"({"type":"batch","explicit_max_ttl":"1h","num_uses":1})",
             "400 batch tokens cannot have \"explicit_max_ttl\" set"},
            {R"({"policies":["response-wrapping"]})", "400 cannot assign policy \"response-wrapping\""},
            {R"({"entity_alias":"x"})", "400 'entity_alias' is only allowed in combination with token role"},
            {R"({"id":"s.abc","ttl":"zz"})", "400 time: invalid duration \"zz\""},
            {R"({"id":"s.abc"})", "400 custom token ID cannot have the 's.' prefix"},
            {R"({"id":"hvs.abc"})", "400 custom token ID cannot have the 'hvs.' prefix"},
            {R"({"id":"a.b"})", "400 custom token ID cannot have a '.' in the value"},
            {R"({"num_uses":3,"foo":1})", R"(["root"] 0 (Endpoint ignored these unrecognized parameters: [foo]))"},
        })
        same(outcome(core.sendAs(root, Operation::Update, "auth/token/create", one.json)), one.outcome);
    QVERIFY(
        outcome(core.post("auth/token/create", R"({"id":"mine"})")).startsWith(R"(["root"] 0 (Supplying a custom)"));
    same(outcome(core.post("auth/token/create", R"({"id":"mine"})")), "400 cannot create a token with a duplicate ID");
    QCOMPARE(core.sendAs("mine", Operation::Read, "auth/token/lookup-self").status, 200);
    same(line(core.post("auth/token/create/nope", R"({"type":"zz"})")), "400 unknown role nope");
    const std::string expiring = core.token(R"({"ttl":"1h"})");
    same(outcome(core.sendAs(expiring, Operation::Update, "auth/token/create")),
         "400 expiring root tokens cannot create non-expiring root tokens");
    same(outcome(core.sendAs(expiring, Operation::Update, "auth/token/create", R"({"explicit_max_ttl":"2h"})")),
         R"(["root"] 7200)");
}

void TestTokenRoutes::whoHasNoSudoMayLess()
{
    TestCore core;
    core.policy("tk", Tokens);
    core.policy("other", "# nothing");
    const std::string token = core.token(R"({"policies":["tk","other"]})");
    for (const Case &one : {
             Case{R"({"policies":["tk"]})", R"(["default","tk"] 2764800)"},
             {"{}", R"(["default","other","tk"] 2764800)"},
             {R"({"no_default_policy":true})", R"(["other","tk"] 2764800)"},
             {R"({"policies":["tk"],"no_default_policy":true})", R"(["tk"] 2764800)"},
             {R"({"policies":["foreign"]})", "400 child policies must be subset of parent"},
             {R"({"policies":["root"]})", "400 child policies must be subset of parent"},
             {R"({"policies":["response-wrapping"]})", "400 child policies must be subset of parent"},
             {R"({"no_parent":true})", "400 root or sudo privileges required to create orphan token"},
             {R"({"period":"1h"})", "400 root or sudo privileges required to create periodic token"},
             {R"({"id":"abc"})", "400 root or sudo privileges required to specify token id"},
         })
        same(outcome(core.sendAs(token, Operation::Update, "auth/token/create", one.json)), one.outcome);
    QCOMPARE(field(core.sendAs(token, Operation::Update, "auth/token/create"), "orphan"), QByteArray("false"));
    QCOMPARE(field(core.sendAs(token, Operation::Update, "auth/token/create-orphan"), "orphan"), QByteArray("true"));
    same(outcome(core.sendAs(token, Operation::Update, "auth/token/create-orphan", R"({"no_parent":true})")),
         "400 root or sudo privileges required to create orphan token"); // though it would be one anyway
    const std::string limited = core.token(R"({"policies":["tk"],"num_uses":5})");
    same(outcome(core.sendAs(limited, Operation::Update, "auth/token/create")),
         "400 restricted use token cannot generate child tokens");
    const std::string batch = core.token(R"({"policies":["tk"],"type":"batch"})");
    same(outcome(core.sendAs(batch, Operation::Update, "auth/token/create")),
         "400 batch tokens cannot create more tokens");
}

void TestTokenRoutes::sudoMayMore()
{
    TestCore core;
    core.policy("tks", TokensSudo);
    core.policy("other", "# nothing");
    const std::string token = core.token(R"({"policies":["tks"]})");
    for (const Case &one : {
             Case{R"({"policies":["other"]})", R"(["default","other"] 2764800)"},
             {R"({"policies":["other"],"no_default_policy":true})", R"(["other"] 2764800)"},
             {"{}", R"(["default","tks"] 2764800)"},
             {R"({"policies":["root"]})", "400 root tokens may not be created without parent token being root"},
             {R"({"period":"1h"})", R"(["default","tks"] 3600)"},
         })
        same(outcome(core.sendAs(token, Operation::Update, "auth/token/create", one.json)), one.outcome);
    const Response orphan = core.sendAs(token, Operation::Update, "auth/token/create", R"({"no_parent":true})");
    QCOMPARE(field(orphan, "orphan"), QByteArray("true"));
    core.post("auth/token/revoke", R"({"token":")" + token + R"("})");
    QCOMPARE(core.sendAs(secretOf(orphan), Operation::Read, "auth/token/lookup-self").status, 200);
}

void TestTokenRoutes::aLookUpTellsAll()
{
    TestCore core;
    const std::string token = core.token(
        R"({"policies":["default"],"ttl":"1h","meta":{"b":"c"},"display_name":"x y/z..\u00e9","num_uses":9})");
    core.clock().advance(3 * Second);
    Response looked = core.post("auth/token/lookup", R"({"token":")" + token + R"("})");
    QVERIFY(looked.data);
    boost::json::object &data = looked.data->as_object();
    QCOMPARE(data["accessor"].as_string().size(), std::size_t(24));
    data["accessor"] = "ACCESSOR";
    same(line(looked),
         QByteArray(R"(200 {"id":"TOKEN","accessor":"ACCESSOR","policies":["default"],"path":"auth/token/create",)"
                    R"("meta":{"b":"c"},"display_name":"token-x-y-z--","num_uses":9,"orphan":true,)"
                    R"("creation_time":1795334400,"creation_ttl":3600,"expire_time":"2026-11-22T09:00:00Z",)"
                    R"("ttl":3597,"explicit_max_ttl":0,"entity_id":"","type":"service","renewable":true,)"
                    R"("issue_time":"2026-11-22T08:00:00Z"})")
             .replace("TOKEN", QByteArray::fromStdString(token)));
    for (const auto &[given, shown] : {std::pair("a.b", "token-a-b"),
                                       {"a_b", "token-a-b"},
                                       {"a--", "token-a-"},
                                       {" a ", "token--a"},
                                       {"\xc3\xa9", "token-"},
                                       {"-", "token-"},
                                       {"", "token"}}) {
        const std::string named = core.token(R"({"display_name":")" + std::string(given) + R"("})");
        same(member(core.sendAs(named, Operation::Read, "auth/token/lookup-self"), "display_name"),
             "\"" + QByteArray(shown) + "\"");
    }
    const std::string accessor = member(looked, "accessor").toStdString();
    const Response own = core.sendAs(token, Operation::Read, "auth/token/lookup-self");
    const Response byAccessor =
        core.post("auth/token/lookup-accessor", R"({"accessor":)" + member(own, "accessor").toStdString() + "}");
    same(member(byAccessor, "id"), "\"\"");
    same(member(byAccessor, "num_uses"), "8");
    same(line(core.post("auth/token/lookup", R"({"token":"zz"})")), "403 bad token");
    same(line(core.send(Operation::Read, "auth/token/lookup", R"({"token":"zz"})")), "403 bad token");
    same(line(core.post("auth/token/lookup-accessor", R"({"accessor":"zz"})")),
         "400 1 error occurred:\n\t* invalid accessor\n\n");
    same(line(core.post("auth/token/lookup-accessor")), "400 1 error occurred:\n\t* missing accessor\n\n");
}

void TestTokenRoutes::renewals()
{
    TestCore core;
    const std::string token = core.token(R"({"policies":["default"],"ttl":"1h","explicit_max_ttl":"2h","num_uses":9})");
    const auto renew = [&](const char *json) {
        return core.sendAs(token, Operation::Update, "auth/token/renew-self", json);
    };
    core.clock().advance(10 * Second);
    const Response renewed = renew(R"({"increment":100})");
    same(field(renewed, "lease_duration"), "100");
    same(field(renewed, "num_uses"), "9");
    same(field(renew("{}"), "lease_duration"), "100"); // as the last time
    same(outcome(renew(R"({"increment":"5000h"})")),
         R"(["default"] 7190 (TTL of "5000h" exceeded the effective max_ttl of "1h59m50s"; TTL value is capped )"
         R"(accordingly))");
    const Response looked = core.post("auth/token/lookup", R"({"token":")" + token + R"("})");
    same(member(looked, "last_renewal_time"), "1795334410");
    same(member(looked, "last_renewal"), R"("2026-11-22T08:00:10Z")");
    same(member(looked, "creation_ttl"), "3600");
    same(member(looked, "ttl"), "7190");
    core.clock().advance(7190 * Second);
    same(line(renew("{}")), "403 permission denied");

    const std::string periodic = core.token(R"({"policies":["default"],"period":"1h"})");
    core.clock().advance(3599 * Second);
    same(outcome(core.post("auth/token/renew", R"({"token":")" + periodic + R"(","increment":5})")),
         R"(["default"] 3600)");
    same(member(core.post("auth/token/lookup", R"({"token":")" + periodic + R"("})"), "period"), "3600");

    // What its role says now counts, whatever a token was made with.
    core.post("auth/token/roles/r", R"({"token_explicit_max_ttl":"2h"})");
    const Response made = core.post("auth/token/create/r", R"({"policies":["default"],"period":"1h"})");
    const std::string json =
        R"({"token":")" + std::string(made.auth->fields.at("client_token").as_string()) + R"(","increment":9000})";
    core.post("auth/token/roles/r", R"({"token_explicit_max_ttl":"3h"})");
    same(field(core.post("auth/token/renew", json), "lease_duration"), "9000");
    core.post("auth/token/roles/r", R"({"token_period":"7200"})");
    same(field(core.post("auth/token/renew", json), "lease_duration"), "7200");
}

void TestTokenRoutes::refusedRenewals()
{
    TestCore core;
    const std::string fixed = core.token(R"({"policies":["default"],"ttl":"1h","renewable":false})");
    const std::string root = core.token();
    const std::string batch = core.token(R"({"policies":["default"],"type":"batch"})");
    const auto renew = [&](const std::string &token) {
        return line(core.post("auth/token/renew", R"({"token":")" + token + R"("})"));
    };
    same(renew(fixed), "400 lease is not renewable");
    same(renew(root), "400 lease is not renewable");
    same(renew(batch), "400 batch tokens cannot be renewed");
    same(renew("zz"), "400 token not found");
    same(renew(""), "400 missing token ID");
    const Response own = core.sendAs(fixed, Operation::Read, "auth/token/lookup-self");
    const auto byAccessor = [&](const std::string &accessor) {
        return line(core.post("auth/token/renew-accessor", R"({"accessor":)" + accessor + "}"));
    };
    same(byAccessor(member(own, "accessor").toStdString()), "400 1 error occurred:\n\t* invalid request\n\n");
    same(byAccessor("\"zz\""), "400 1 error occurred:\n\t* invalid accessor\n\n");
    same(byAccessor("\"\""), "400 1 error occurred:\n\t* missing accessor\n\n");
}

void TestTokenRoutes::revocations()
{
    TestCore core;
    core.policy("tk", Tokens);
    const std::string parent = core.token(R"({"policies":["tk"]})");
    const auto child = [&] { return secretOf(core.sendAs(parent, Operation::Update, "auth/token/create")); };
    const auto lives = [&](const std::string &token) {
        return core.sendAs(token, Operation::Read, "auth/token/lookup-self").ok();
    };
    const std::string first = child();
    const std::string second = child();
    same(line(core.post("auth/token/revoke", R"({"token":")" + first + R"("})")), "204");
    QVERIFY(!lives(first) && lives(second));
    const Response own = core.sendAs(second, Operation::Read, "auth/token/lookup-self");
    same(line(core.post("auth/token/revoke-accessor", R"({"accessor":)" + member(own, "accessor").toStdString() + "}")),
         "204");
    QVERIFY(!lives(second));
    const std::string third = child();
    same(line(core.sendAs(third, Operation::Update, "auth/token/revoke-self")), "204");
    QVERIFY(!lives(third));
    const std::string fourth = child();
    same(line(core.sendAs(fourth, Operation::Update, "auth/token/revoke-orphan", R"({"token":"zz"})")),
         "400 root or sudo privileges required to revoke and orphan");
    same(line(core.post("auth/token/revoke-orphan", R"({"token":")" + parent + R"("})")), "204");
    QVERIFY(!lives(parent) && lives(fourth));
    same(line(core.post("auth/token/revoke", R"({"token":"zz"})")), "204");
    same(line(core.post("auth/token/revoke")), "400 missing token ID");
    same(line(core.post("auth/token/revoke-accessor", R"({"accessor":"zz"})")),
         "200 (No token found with this accessor)");
    same(line(core.post("auth/token/revoke-accessor")), "400 1 error occurred:\n\t* missing accessor\n\n");
    same(line(core.post("auth/token/revoke-orphan", R"({"token":"zz"})")), "400 token to revoke not found");
    same(line(core.post("auth/token/revoke-orphan")), "400 missing token ID");
}

void TestTokenRoutes::accessorsAreListed()
{
    TestCore core;
    same(line(core.list("auth/token/accessors")), "404");
    const std::string token = core.token(R"({"policies":["default"],"ttl":"60s"})");
    const Response own = core.sendAs(token, Operation::Read, "auth/token/lookup-self");
    same(member(core.list("auth/token/accessors"), "keys"), "[" + member(own, "accessor") + "]");
    core.clock().advance(60 * Second);
    same(line(core.list("auth/token/accessors")), "404");
    const Response tidied = core.post("auth/token/tidy");
    QCOMPARE(tidied.status, 202);
    QCOMPARE(tidied.warnings.size(), std::size_t(1));
}

void TestTokenRoutes::rolesAreKept()
{
    TestCore core;
    same(line(core.get("auth/token/roles/r")), "404");
    same(line(core.post("auth/token/roles/r")), "204");
    same(line(core.get("auth/token/roles/r")),
         R"(200 {"name":"r","allowed_policies":[],"allowed_policies_glob":[],"disallowed_policies":[],)"
         R"("disallowed_policies_glob":[],"allowed_entity_aliases":null,"orphan":false,"renewable":true,)"
         R"("path_suffix":"","explicit_max_ttl":0,"period":0,"token_explicit_max_ttl":0,"token_period":0,)"
         R"("token_no_default_policy":false,"token_type":"default-service"})");
    same(line(core.post("auth/token/roles/r", R"({"allowed_policies":"a,B","token_period":"1h","path_suffix":"suf",)"
                                              R"("token_bound_cidrs":["127.0.0.1"],"token_num_uses":4})")),
         "204");
    core.post("auth/token/roles/r", R"({"orphan":true})"); // keeps the rest
    same(line(core.get("auth/token/roles/r")),
         R"(200 {"name":"r","allowed_policies":["a","b"],"allowed_policies_glob":[],"disallowed_policies":[],)"
         R"("disallowed_policies_glob":[],"allowed_entity_aliases":null,"orphan":true,"renewable":true,)"
         R"("path_suffix":"suf","explicit_max_ttl":0,"period":0,"token_explicit_max_ttl":0,"token_period":3600,)"
         R"("token_no_default_policy":false,"token_type":"default-service","token_bound_cidrs":["127.0.0.1"],)"
         R"("token_num_uses":4})");
    same(member(core.list("auth/token/roles"), "keys"), R"(["r"])");
    same(line(core.post("auth/token/roles/r", R"({"path_suffix":"a/b"})")),
         "400 given role path suffix contains invalid characters; must match \\w[\\w-.]+\\w");
    same(line(core.post("auth/token/roles/r", R"({"path_suffix":"ab"})")),
         "400 given role path suffix contains invalid characters; must match \\w[\\w-.]+\\w");
    same(line(core.post("auth/token/roles/r", R"({"path_suffix":"a-/-b.."})")),
         "400 given role path suffix contains invalid characters; must match \\w[\\w-.]+\\w");
    same(line(core.post("auth/token/roles/suffixed", R"({"path_suffix":"!a-b"})")), "204"); // somewhere in it
    same(line(core.post("auth/token/roles/suffixed", R"({"path_suffix":1e300})")), "204");
    core.remove("auth/token/roles/suffixed");
    same(line(core.post("auth/token/roles/r", R"({"path_suffix":"a..b"})")),
         "400 error registering path suffix: path cannot contain parent references");
    same(line(core.post("auth/token/roles/r", R"({"token_type":null,"token_num_uses":-1})")),
         "400 Invalid 'token_type' value: null");
    same(line(core.post("auth/token/roles/r", R"({"token_type":"zz","token_num_uses":-1})")),
         "400 error parsing role fields: 'token_num_uses' cannot be negative");
    core.post("auth/token/roles/batch", R"({"token_type":"batch","orphan":true,"renewable":false})");
    same(line(core.post("auth/token/roles/batch", R"({"token_period":"1h","token_type":"zz"})")),
         "400 invalid 'token_type' value \"zz\"");
    same(line(core.post("auth/token/roles/batch", R"({"token_period":"1h"})")),
         "400 error parsing role fields: 'token_type' cannot be 'batch' or 'default_batch' when set to generate "
         "periodic tokens");
    core.remove("auth/token/roles/batch");
    same(line(core.post("auth/token/roles/r", R"({"token_type":"zz"})")), "400 invalid 'token_type' value \"zz\"");
    same(line(core.post("auth/token/roles/r", R"({"token_num_uses":-1,"token_type":"zz"})")),
         "400 error parsing role fields: 'token_num_uses' cannot be negative");
    same(line(core.post("auth/token/roles/r", R"({"token_period":"-5s"})")),
         "400 error converting input for field \"token_period\": cannot provide negative value '-5'");
    same(line(core.post("auth/token/roles/r", R"({"token_bound_cidrs":"nope"})")),
         "400 error parsing role fields: error parsing address \"nope\": Unable to convert \"nope\" to an IPv4 or "
         "IPv6 address, or a UNIX Socket");
    same(line(core.remove("auth/token/roles/r")), "204");
    same(line(core.remove("auth/token/roles/r")), "204");
    same(line(core.list("auth/token/roles")), "404");
}

void TestTokenRoutes::rolesRestrict()
{
    TestCore core;
    for (const char *name : {"a", "b", "c", "x1"})
        core.policy(name, "# nothing");
    const auto with = [&](const char *role, const char *json) {
        core.remove("auth/token/roles/r");
        core.post("auth/token/roles/r", role);
        return outcome(core.post("auth/token/create/r", json));
    };
    same(with(R"({"allowed_policies":"a,b"})", R"({"policies":["a"]})"), R"(["a","default"] 2764800)");
    same(with(R"({"allowed_policies":"a,b"})", "{}"), R"(["a","b","default"] 2764800)");
    same(with(R"({"allowed_policies":"a,b"})", R"({"policies":["c"]})"),
         R"(400 token policies (["c" "default"]) must be subset of the role's allowed policies (["a" "b" "default"]) )"
         R"(or glob policies ([]))");
    same(with(R"({"allowed_policies_glob":"x*"})", R"({"policies":["x1"]})"), R"(["default","x1"] 2764800)");
    same(with(R"({"allowed_policies_glob":"x*"})", "{}"), R"(["default"] 2764800)");
    same(with(R"({"disallowed_policies":"a"})", R"({"policies":["a"]})"),
         "400 token policy \"a\" is disallowed by this role");
    same(with(R"({"disallowed_policies_glob":"x*"})", R"({"policies":["x1"]})"),
         "400 token policy \"x1\" is disallowed by this role");
    same(with(R"({"disallowed_policies":"default"})", R"({"policies":["a"]})"), R"(["a"] 2764800)");
    same(with(R"({"disallowed_policies":"default"})", "{}"), R"(["root"] 0)");
    same(with(R"({"disallowed_policies":"b"})", R"({"policies":["a","default"],"no_default_policy":true})"),
         R"(["a"] 2764800)");
    same(with(R"({"allowed_policies":"a"})", R"({"policies":["a","default"],"no_default_policy":true})"),
         R"(400 token policies (["a" "default"]) must be subset of the role's allowed policies (["a"]) or glob )"
         R"(policies ([]))");
    same(with(R"({"allowed_policies":"a","token_no_default_policy":true})", "{}"), R"(["a"] 2764800)");
    same(with(R"({"token_no_default_policy":true})", R"({"policies":["b"]})"), R"(["b","default"] 2764800)");
    same(with(R"({"token_explicit_max_ttl":"1h"})", R"({"policies":["a"],"explicit_max_ttl":"2h"})"),
         R"(["a","default"] 3600 (Explicit max TTL specified both during creation call and in role; using the )"
         R"(lesser value of 3600 seconds) (TTL of "768h" exceeded the effective max_ttl of "1h"; TTL value is )"
         R"(capped accordingly))");
    same(with(R"({"token_period":"1h"})", R"({"policies":["a"],"period":"30m"})"),
         R"(["a","default"] 1800 (Period specified both during creation call and in role; using the lesser value )"
         R"(of 1800 seconds))");
    core.post("auth/token/roles/r", R"({"path_suffix":"end","token_num_uses":4,"orphan":true,"renewable":false})");
    const Response made = core.post("auth/token/create/r", R"({"policies":["default"],"num_uses":9})");
    same(field(made, "num_uses"), "4");
    same(field(made, "renewable"), "false");
    const Response own = core.sendAs(secretOf(made), Operation::Read, "auth/token/lookup-self");
    same(member(own, "path"), "\"auth/token/create/r/end\"");
    same(member(own, "role"), "\"r\"");
}

void TestTokenRoutes::rolesOfBatchTokens()
{
    TestCore core;
    const auto role = [&](const char *json) { return line(core.post("auth/token/roles/r", json)); };
    const QByteArray refusal = "400 'token_type' cannot be 'batch' when role is set to generate ";
    same(role(R"({"token_type":"batch"})"), refusal + "non-orphan tokens");
    same(role(R"({"token_type":"batch","orphan":true})"), refusal + "renewable tokens");
    same(role(R"({"token_type":"batch","orphan":true,"token_period":"1h"})"), refusal + "periodic tokens");
    same(role(R"({"token_type":"batch","orphan":true,"renewable":false,"token_explicit_max_ttl":"1h"})"),
         refusal + "tokens with an explicit max TTL");
    same(role(R"({"token_type":"batch","orphan":true,"renewable":false,"token_num_uses":2})"), "204");
    same(role("{}"), "400 error parsing role fields: 'token_type' cannot be 'batch' or 'default_batch' when set to "
                     "generate tokens with limited use count");
    const Response made = core.post("auth/token/create/r", R"({"policies":["default"],"type":"service"})");
    same(field(made, "token_type"), "\"batch\"");
    same(field(made, "num_uses"), "2");
}

void TestTokenRoutes::aliasesByRole()
{
    TestCore core;
    core.post("auth/token/roles/r", R"({"allowed_entity_aliases":"Web-*","orphan":true})");
    const auto make = [&](const char *alias) {
        return core.post("auth/token/create/r",
                         R"({"policies":["default"],"entity_alias":")" + std::string(alias) + "\"}");
    };
    const Response first = make("web-1");
    const Response second = make("WEB-1");
    QCOMPARE(first.status, 200);
    QCOMPARE(field(first, "entity_id").size(), 38);
    same(field(second, "entity_id"), field(first, "entity_id"));
    same(line(make("db-1")), "400 invalid 'entity_alias' value");
    const std::string entity = std::string(first.auth->fields.at("entity_id").as_string());
    core.post("identity/entity/id/" + entity, R"({"policies":["ep"]})");
    const Response third = make("web-1");
    same(field(third, "identity_policies"), R"(["ep"])");
    same(field(third, "policies"), R"(["default","ep"])");
    same(field(third, "token_policies"), R"(["default"])");
    core.post("identity/entity/id/" + entity, R"({"disabled":true})");
    same(line(make("web-1")), "403 entity from given entity alias is disabled");
    core.post("auth/token/roles/none");
    same(line(core.post("auth/token/create/none", R"({"entity_alias":"x"})")), "400 invalid 'entity_alias' value");
}

void TestTokenRoutes::batchTokens()
{
    TestCore core;
    core.policy("tk", Tokens);
    const std::string parent = core.token(R"({"policies":["tk"]})");
    const Response made =
        core.sendAs(parent, Operation::Update, "auth/token/create", R"({"type":"batch","ttl":"1h","meta":{"a":"b"}})");
    const std::string batch = secretOf(made);
    QVERIFY(batch.starts_with("b."));
    same(field(made, "accessor"), "\"\"");
    same(field(made, "renewable"), "false");
    const Response own = core.sendAs(batch, Operation::Read, "auth/token/lookup-self");
    same(member(own, "type"), "\"batch\"");
    same(member(own, "orphan"), "false");
    same(member(own, "meta"), R"({"a":"b"})");
    same(line(core.post("auth/token/revoke", R"({"token":")" + batch + R"("})")), "400 batch tokens cannot be revoked");
    core.post("auth/token/roles/most", R"({"disallowed_policies":"p3"})");
    const auto byRole = [&](const char *json) { return field(core.post("auth/token/create/most", json), "policies"); };
    same(byRole("{}"), R"(["root"])");
    same(byRole(R"({"policies":[" "]})"), R"(["default"])"); // not the parent's, as it was
    same(byRole(R"({"policies":[" "],"no_default_policy":true})"), R"(["root"])");
    core.post("auth/token/roles/few",
              R"({"token_type":"batch","orphan":true,"renewable":false,"allowed_policies_glob":"p*"})");
    const Response none = core.post("auth/token/create/few", R"({"no_default_policy":true})");
    same(field(none, "policies"), "[]");
    same(member(core.post("auth/token/lookup", R"({"token":")" + secretOf(none) + R"("})"), "policies"), "null");
    // What hides its uses has them told once.
    const Response counted = core.post("auth/token/create", R"({"type":"batch","policies":["default"],)"
                                                            R"("explicit_max_ttl":"0","num_uses":1})");
    same(field(counted, "num_uses"), "1");
    for (int use = 0; use < 2; ++use)
        same(member(core.sendAs(secretOf(counted), Operation::Read, "auth/token/lookup-self"), "num_uses"), "0");
    core.post("auth/token/revoke", R"({"token":")" + parent + R"("})");
    same(line(core.sendAs(batch, Operation::Read, "auth/token/lookup-self")), "403 permission denied");
}

void TestTokenRoutes::leases()
{
    TestCore core;
    const std::string token = core.token(R"({"policies":["default"],"ttl":"1h"})");
    same(member(core.list("sys/leases/lookup"), "keys"), R"(["auth/"])");
    same(member(core.list("sys/leases/lookup/auth/token"), "keys"), R"(["create/"])");
    const Response leases = core.list("sys/leases/lookup/auth/token/create");
    QVERIFY(leases.data);
    const std::string id = "auth/token/create/" + std::string(leases.data->at("keys").as_array().front().as_string());
    const std::string json = R"({"lease_id":")" + id + "\"}";
    const Response lease = core.post("sys/leases/lookup", json);
    same(member(lease, "ttl"), "3600");
    same(member(lease, "path"), "\"auth/token/create\"");
    same(line(core.post("sys/leases/renew", json)), "400 tokens cannot be renewed through this endpoint");
    same(line(core.post("sys/leases/lookup", R"({"lease_id":"nope"})")), "400 invalid lease");
    same(line(core.post("sys/leases/lookup")), "400 lease_id must be specified");
    same(line(core.post("sys/leases/renew", R"({"lease_id":"nope"})")), "400 lease not found");
    same(line(core.post("sys/leases/revoke", R"({"lease_id":"nope"})")), "204");
    same(line(core.post("sys/leases/revoke", json)), "204");
    same(line(core.sendAs(token, Operation::Read, "auth/token/lookup-self")), "403 permission denied");
    same(line(core.post("sys/leases/lookup", R"({"lease_id":null})")), "400 lease_id must be specified");
    same(line(core.post("sys/leases/revoke", R"({"lease_id":"nope","sync":false})")), "202");
    same(line(core.post("sys/leases/revoke-prefix/none", R"({"sync":false})")), "202");
    same(line(core.post("sys/leases/revoke-force/none", R"({"sync":"x"})")), "204");
    same(line(core.post("sys/leases/revoke-prefix/none", R"({"sync":"x"})")),
         "400 Field validation failed: error converting input for field \"sync\": '' cannot parse value as 'bool': "
         "strconv.ParseBool: invalid syntax");
    const std::string second = core.token(R"({"policies":["default"]})");
    same(line(core.post("sys/leases/revoke-prefix/auth/token/create")), "204");
    same(line(core.sendAs(second, Operation::Read, "auth/token/lookup-self")), "403 permission denied");
}

/// Every lease is a token: none is left that couldn't be revoked. The rest of the answers is OpenBao's.
void TestTokenRoutes::noLeaseIsIrrevocable()
{
    TestCore core;
    const auto ask = [&](const char *json) { return core.send(Operation::Read, "sys/leases", json); };
    same(line(ask("{}")), "404");
    same(line(ask(R"({"type":"expired","limit":"x"})")), "404");
    const Response none = ask(R"({"type":"Irrevocable","limit":"None"})");
    same(member(none, "lease_count"), "0");
    same(member(none, "leases"), "[]");
    same(member(ask(R"({"type":"irrevocable","limit":"+3"})"), "leases"), "[]");
    same(line(ask(R"({"type":"irrevocable","limit":"x"})")),
         "500 1 error occurred:\n\t* invalid 'limit' provided: strconv.Atoi: parsing \"x\": invalid syntax\n\n");
    same(line(ask(R"({"type":"irrevocable","limit":"+-3"})")),
         "500 1 error occurred:\n\t* invalid 'limit' provided: strconv.Atoi: parsing \"+-3\": invalid syntax\n\n");
    same(line(ask(R"({"type":"irrevocable","limit":"99999999999999999999"})")),
         "500 1 error occurred:\n\t* invalid 'limit' provided: strconv.Atoi: parsing \"99999999999999999999\": value "
         "out of range\n\n");
    same(line(ask(R"({"type":"irrevocable","limit":"0"})")),
         "500 1 error occurred:\n\t* limit must be 'none' or a positive integer\n\n");
    const auto count = [&](const std::string &token, const char *json) {
        return core.sendAs(token, Operation::Read, "sys/leases/count", json);
    };
    same(member(count("root", R"({"type":"irrevocable"})"), "counts"), "{}");
    same(line(count("root", "{}")), "404");
    core.policy("reads", R"(path "sys/leases*" { capabilities = ["read"] })");
    const std::string reader = core.token(R"({"policies":["reads"]})");
    same(line(core.sendAs(reader, Operation::Read, "sys/leases", R"({"type":"irrevocable"})")),
         "403 1 error occurred:\n\t* permission denied\n\n"); // which takes sudo
    same(member(count(reader, R"({"type":"irrevocable"})"), "lease_count"), "0");
}

void TestTokenRoutes::theFirstTokenIsKept()
{
    QTemporaryDir folder;
    const store::SecretKey key = store::SecretKey::random();
    for (int run = 0; run < 2; ++run) {
        CoreOptions options;
        options.file.file = folder.filePath(QStringLiteral("core.kith")).toStdString();
        options.firstToken = "first";
        options.rootKey = key;
        const auto opened = Core::open(std::move(options));
        QVERIFY2(opened, test::why(opened));
        Request request;
        request.token = "first";
        request.path = "auth/token/lookup-self";
        const Response own = (*opened)->handle(request);
        same(member(own, "policies"), R"(["root"])");
        same(member(own, "orphan"), "true");
        same(member(own, "expire_time"), "null");
        same(member(own, "path"), "\"auth/token/create\"");
    }
}

QTEST_GUILESS_MAIN(TestTokenRoutes)
#include "tst_TokenRoutes.moc"
