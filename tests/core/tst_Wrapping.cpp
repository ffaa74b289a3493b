// SPDX-License-Identifier: Apache-2.0
// Wrapped answers and cubbyholes. The answers are those of OpenBao 2.7.2.
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::test;
using core::Operation;
using core::Response;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

Response sendWrapped(TestCore &core, Operation operation, const std::string &path, std::string_view json = "{}",
                     std::int64_t seconds = 60, const std::string &token = "root")
{
    core::Request request;
    request.operation = operation;
    request.path = path;
    request.token = token;
    request.data = boost::json::parse(json).as_object();
    request.wrapTtl = seconds;
    return core.core().handle(request);
}

std::string wrappingToken(const Response &response)
{
    return response.wrapInfo ? std::string(response.wrapInfo->at("token").as_string()) : std::string();
}

std::string tokenJson(const std::string &token)
{
    return R"({"token":")" + token + R"("})";
}

const QByteArray Invalid = "400 wrapping token is not valid or does not exist";

} // namespace

class TestWrapping : public QObject
{
    Q_OBJECT

    TestCore m_core;
    std::string m_entity;

private Q_SLOTS:
    void initTestCase() { m_entity = m_core.create("identity/entity", R"({"name":"zoe"})"); }

    void answersWithATokenOnly()
    {
        const Response answer = sendWrapped(m_core, Operation::Read, "identity/entity/id/" + m_entity);
        QVERIFY(answer.wrapInfo);
        QVERIFY(!answer.data);
        QCOMPARE(answer.wrapInfo->at("ttl").as_int64(), 60);
        QCOMPARE(std::string(answer.wrapInfo->at("creation_path").as_string()), "identity/entity/id/" + m_entity);
        QVERIFY(!answer.wrapInfo->at("accessor").as_string().empty());
        const Response inside = m_core.post("auth/token/lookup", tokenJson(wrappingToken(answer)));
        QCOMPARE(member(inside, "policies"), QByteArray(R"(["response-wrapping"])"));
        QCOMPARE(member(inside, "num_uses"), QByteArray("1"));
        QCOMPARE(member(inside, "explicit_max_ttl"), QByteArray("60"));
        QCOMPARE(member(inside, "renewable"), QByteArray("false"));
    }

    void unwrapsOnce()
    {
        const std::string token = wrappingToken(sendWrapped(m_core, Operation::Read, "identity/entity/name/zoe"));
        const Response answer = m_core.post("sys/wrapping/unwrap", tokenJson(token));
        QCOMPARE(answer.status, 200);
        QCOMPARE(std::string(answer.data->at("id").as_string()), m_entity);
        QCOMPARE(line(m_core.post("sys/wrapping/unwrap", tokenJson(token))), Invalid);
    }

    void unwrapsForItself()
    {
        const std::string token = wrappingToken(sendWrapped(m_core, Operation::Read, "identity/entity/name/zoe"));
        const Response answer = m_core.sendAs(token, Operation::Update, "sys/wrapping/unwrap");
        QCOMPARE(answer.status, 200);
        QCOMPARE(std::string(answer.data->at("name").as_string()), std::string("zoe"));
        QCOMPARE(line(m_core.sendAs(token, Operation::Update, "sys/wrapping/unwrap")), Invalid);
    }

    void looksUpForAnybody()
    {
        const std::string token = wrappingToken(sendWrapped(m_core, Operation::Read, "identity/entity/name/zoe"));
        const Response info = m_core.sendAs("", Operation::Update, "sys/wrapping/lookup", tokenJson(token));
        QCOMPARE(member(info, "creation_path"), QByteArray("\"identity/entity/name/zoe\""));
        QCOMPARE(member(info, "creation_ttl"), QByteArray("60"));
        QCOMPARE(m_core.post("sys/wrapping/unwrap", tokenJson(token)).status, 200);
        QCOMPARE(line(m_core.sendAs("", Operation::Update, "sys/wrapping/lookup", tokenJson(token))), Invalid);
    }

    void wrapsWhatIsSent()
    {
        const Response answer = sendWrapped(m_core, Operation::Update, "sys/wrapping/wrap", R"({"a":"b","n":[1]})");
        QCOMPARE(line(m_core.post("sys/wrapping/unwrap", tokenJson(wrappingToken(answer)))),
                 QByteArray(R"(200 {"a":"b","n":[1]})"));
        QCOMPARE(line(m_core.post("sys/wrapping/wrap", R"({"a":"b"})")),
                 QByteArray("400 endpoint requires response wrapping to be used"));
    }

    void wrapsAgain()
    {
        const std::string first = wrappingToken(sendWrapped(m_core, Operation::Read, "identity/entity/name/zoe"));
        const Response again = m_core.post("sys/wrapping/rewrap", tokenJson(first));
        QCOMPARE(again.wrapInfo->at("ttl").as_int64(), 60);
        QCOMPARE(std::string(again.wrapInfo->at("creation_path").as_string()), std::string("identity/entity/name/zoe"));
        QCOMPARE(line(m_core.post("sys/wrapping/unwrap", tokenJson(first))), Invalid);
        QCOMPARE(m_core.post("sys/wrapping/unwrap", tokenJson(wrappingToken(again))).status, 200);
    }

    void wrapsATokenThatWasMade()
    {
        const Response answer =
            sendWrapped(m_core, Operation::Update, "auth/token/create", R"({"policies":["default"]})");
        const Response made = m_core.post("sys/wrapping/unwrap", tokenJson(wrappingToken(answer)));
        QVERIFY(made.auth);
        QCOMPARE(answer.wrapInfo->at("wrapped_accessor"), made.auth->fields.at("accessor"));
        const std::string token(made.auth->fields.at("client_token").as_string());
        QCOMPARE(m_core.sendAs(token, Operation::Read, "auth/token/lookup-self").status, 200);
    }

    void namesWhoeverSendsAToken()
    {
        const std::string token = wrappingToken(sendWrapped(m_core, Operation::Read, "identity/entity/name/zoe"));
        const Response again = sendWrapped(m_core, Operation::Update, "sys/wrapping/lookup", tokenJson(token));
        const Response known = m_core.post("auth/token/lookup", tokenJson(wrappingToken(again)));
        QCOMPARE(member(known, "display_name"), QByteArray("\"token\"")); // though nobody needs one there
    }

    void saysWhoMadeIt()
    {
        const std::string asker = m_core.token(R"({"display_name":"a b","policies":["root"]})");
        const auto shown = [&](const Response &answer, const char *name) {
            return member(m_core.post("auth/token/lookup", tokenJson(wrappingToken(answer))), name);
        };
        const Response first = sendWrapped(m_core, Operation::Read, "identity/entity/name/zoe", "{}", 60, asker);
        QCOMPARE(shown(first, "display_name"), QByteArray("\"token-a-b\""));
        QCOMPARE(shown(first, "path"), QByteArray("\"identity/entity/name/zoe\""));
        // Wrapped again, it keeps its time whatever is asked for.
        const Response again =
            sendWrapped(m_core, Operation::Update, "sys/wrapping/rewrap", tokenJson(wrappingToken(first)), 300);
        QCOMPARE(again.wrapInfo->at("ttl").as_int64(), 60);
        QCOMPARE(shown(again, "path"), QByteArray("\"sys/wrapping/rewrap\""));
        const Response third = m_core.post("sys/wrapping/rewrap", tokenJson(wrappingToken(again)));
        QCOMPARE(std::string(third.wrapInfo->at("creation_path").as_string()), std::string("identity/entity/name/zoe"));
        const Response brief =
            sendWrapped(m_core, Operation::Update, "sys/wrapping/rewrap", tokenJson(wrappingToken(third)), 20);
        QCOMPARE(brief.wrapInfo->at("ttl").as_int64(), 20);
        const std::string last = wrappingToken(brief);
        QCOMPARE(line(m_core.sendAs(last, Operation::Update, "sys/wrapping/unwrap", tokenJson(last))),
                 QByteArray("500 1 error occurred:\n\t* error decrementing wrapping token's use-count: invalid token "
                            "entry provided for use count decrementing\n\n"));
        QCOMPARE(line(m_core.post("sys/wrapping/unwrap", tokenJson(last))), Invalid);
    }

    /// Names that are looked up in lower case are so in the path.
    void foldsNames()
    {
        m_core.mount("up");
        m_core.post("auth/up/users/ann", R"({"password":"pw"})");
        const auto path = [&](Operation operation, const char *asked, const char *json = "{}") {
            const Response answer = sendWrapped(m_core, operation, asked, json);
            return answer.wrapInfo ? std::string(answer.wrapInfo->at("creation_path").as_string()) : std::string();
        };
        QCOMPARE(path(Operation::Read, "auth/up/users/ANN"), std::string("auth/up/users/ann"));
        QCOMPARE(path(Operation::Update, "auth/up/login/ANN", R"({"password":"pw"})"),
                 std::string("auth/up/login/ANN"));
        QCOMPARE(path(Operation::Read, "sys/policies/acl/Default"), std::string("sys/policies/acl/default"));
    }

    /// What isn't there any more has something to say in a kv 2, and so it is wrapped.
    void wrapsWhatIsGone()
    {
        m_core.post("sys/mounts/k2", R"({"type":"kv","options":{"version":"2"}})");
        m_core.post("k2/data/a", R"({"data":{"x":1}})");
        m_core.remove("k2/data/a");
        const std::string token = wrappingToken(sendWrapped(m_core, Operation::Read, "k2/data/a"));
        const Response inside = m_core.post("sys/wrapping/unwrap", tokenJson(token));
        QCOMPARE(inside.status, 404);
        QCOMPARE(member(inside, "data"), QByteArray("null"));
        QCOMPARE(line(m_core.post("sys/wrapping/unwrap", tokenJson(token))), Invalid);
        const std::string none =
            wrappingToken(sendWrapped(m_core, Operation::Patch, "k2/data/none", R"({"data":{"x":1}})"));
        const Response nothing = m_core.post("sys/wrapping/unwrap", tokenJson(none));
        QCOMPARE(nothing.status, 404);
        QVERIFY(nothing.body == core::Body::Bare && !nothing.data && nothing.errors.empty());
    }

    /// What is no envelope is none after the unwrapping.
    void wrapsWhatIsRaw()
    {
        m_core.post("identity/oidc/provider/p");
        const std::string token =
            wrappingToken(sendWrapped(m_core, Operation::Update, "identity/oidc/provider/p/token"));
        const Response inside = m_core.post("sys/wrapping/unwrap", tokenJson(token));
        QCOMPARE(
            line(inside),
            QByteArray(R"(400 {"error":"invalid_request","error_description":"client_id parameter is required"})"));
        QVERIFY(inside.body == core::Body::Raw);
    }

    void leavesRefusalsAlone()
    {
        QCOMPARE(line(sendWrapped(m_core, Operation::Read, "identity/entity/name/none")), QByteArray("404"));
        QCOMPARE(line(sendWrapped(m_core, Operation::Delete, "identity/entity/name/none")), QByteArray("204"));
        QCOMPARE(line(sendWrapped(m_core, Operation::List, "identity/group/id")), QByteArray("404 unsupported path"));
    }

    void refusesWhatIsNoWrappingToken()
    {
        QCOMPARE(line(m_core.post("sys/wrapping/unwrap", tokenJson("s.none"))), Invalid);
        QCOMPARE(line(m_core.post("sys/wrapping/unwrap", tokenJson("root"))), Invalid);
        QCOMPARE(line(m_core.sendAs("", Operation::Update, "sys/wrapping/unwrap")),
                 QByteArray("403 error validating wrapping token: token is empty"));
        const std::string token = wrappingToken(sendWrapped(m_core, Operation::Read, "identity/entity/name/zoe"));
        QCOMPARE(line(m_core.sendAs("", Operation::Update, "sys/wrapping/unwrap", tokenJson(token))),
                 QByteArray("403 permission denied"));
        // A list isn't about a wrapping token.
        QCOMPARE(line(m_core.sendAs("", Operation::List, "sys/wrapping/lookup")), QByteArray("403 permission denied"));
        QCOMPARE(line(m_core.list("sys/wrapping/lookup")),
                 QByteArray("404 1 error occurred:\n\t* unsupported path\n\n"));
        QCOMPARE(line(m_core.remove("sys/wrapping/lookup")), Invalid);
        m_core.clock().advance(61 * Second);
        QCOMPARE(line(m_core.post("sys/wrapping/unwrap", tokenJson(token))), Invalid);
    }

    void keepsACubbyholeForEachToken()
    {
        const std::string one = m_core.token(R"({"policies":["default"]})");
        const std::string other = m_core.token(R"({"policies":["default"]})");
        const auto as = [&](const std::string &token, Operation operation, const char *path, const char *json = "{}") {
            return line(m_core.sendAs(token, operation, path, json));
        };
        QCOMPARE(as(one, Operation::Update, "cubbyhole/a", R"({"x":1})"), QByteArray("204"));
        QCOMPARE(as(one, Operation::Read, "cubbyhole/a"), QByteArray(R"(200 {"x":1})"));
        QCOMPARE(as(other, Operation::Read, "cubbyhole/a"), QByteArray("404"));
        as(one, Operation::Update, "cubbyhole/d/e", R"({"y":1})");
        QCOMPARE(as(one, Operation::List, "cubbyhole"), QByteArray(R"(200 {"keys":["a","d/"]})"));
        QCOMPARE(as(one, Operation::Update, "cubbyhole/n"),
                 QByteArray("500 1 error occurred:\n\t* missing data fields\n\n"));
        QCOMPARE(as(one, Operation::Delete, "cubbyhole/a"), QByteArray("204"));
        QCOMPARE(as(one, Operation::Read, "cubbyhole/a"), QByteArray("404"));
        const std::string batch = m_core.token(R"({"policies":["default"],"type":"batch"})");
        QCOMPARE(as(batch, Operation::Read, "cubbyhole/a"),
                 QByteArray("400 cubbyhole operations are only supported by 'service' type tokens"));
        // Who can't have one is told so whatever the rules say, and a write to the mount itself is one to its folder.
        const std::string poor = m_core.token(R"({"policies":["nothing"],"no_default_policy":true,"type":"batch"})");
        QCOMPARE(as(poor, Operation::Update, "cubbyhole/a", R"({"x":1})"),
                 QByteArray("400 cubbyhole operations are only supported by 'service' type tokens"));
        QCOMPARE(as(other, Operation::Update, "cubbyhole", R"({"x":1})"),
                 QByteArray("500 1 error occurred:\n\t* missing path\n\n"));
        QCOMPARE(as(other, Operation::Read, "cubbyhole"),
                 QByteArray("403 1 error occurred:\n\t* permission denied\n\n"));
        m_core.post("auth/token/revoke", tokenJson(one));
        QCOMPARE(m_core.core()
                     .store()
                     .read([](store::Session &session) -> Result<std::int64_t> {
                         return session.integer("SELECT count(*) FROM cubbyhole WHERE path = x'642f65'").value_or(-1);
                     })
                     .value(),
                 std::int64_t(0));
    }
};

QTEST_GUILESS_MAIN(TestWrapping)
#include "tst_Wrapping.moc"
