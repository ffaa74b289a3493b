// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

#include <future>
#include <thread>

using namespace kith;
using namespace kith::core;
using kith::test::line;
using kith::test::member;
using kith::test::TestCore;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;
constexpr const char *Denied = "403 1 error occurred:\n\t* permission denied\n\n";

QByteArray read(TestCore &core, const std::string &token, const std::string &path)
{
    return line(core.sendAs(token, Operation::Read, path));
}

/// A person with a token of their own: an entity with an alias, as a token role makes it.
struct Person {
    std::string token;
    std::string entity;
};

Person person(TestCore &core, const std::string &name, const std::string &policies = R"(["default"])")
{
    core.post("auth/token/roles/people", R"({"allowed_entity_aliases":"*","orphan":true})");
    const Response made =
        core.post("auth/token/create/people", R"({"entity_alias":")" + name + R"(","policies":)" + policies + "}");
    if (!made.auth)
        qFatal("%s", line(made).constData());
    return {std::string(made.auth->fields.at("client_token").as_string()),
            std::string(made.auth->fields.at("entity_id").as_string())};
}

} // namespace

class TestDoor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nobodyComesInWithoutAToken();
    void rulesDecide();
    void whatDoesNotExistIsToldOnlyToWhoMay();
    void sudoIsAskedFor();
    void groupsGiveRightsAtOnce();
    void policiesOfInheritedGroupsCount();
    void aChangedPolicyActsAtOnce();
    void disabledDeletedMerged();
    void templatesAreFilledIn();
    void aForbiddenValueLocksOut();
    void usesRunOut();
    void theLastUseFindsNoToken();
    void refusalsOfDisabledPeopleCount();
    void writesToMountsAreWritesToTheirFolders();
    void usesRunOutOnceAmongMany();
    void answersAtOnceWhatNeedsNoWaiting();
    void whatIsOneWriteIsAnsweredLater();
    void addressesBind();
    void parametersAreChecked();
    void limitsAreSet();
    void keysAreHidden();
    void applyDecidesEachPart();
    void policiesEnd();
    void revocationActsAtOnceUnderLoad();
    void aRequestHasAnId();
};

void TestDoor::nobodyComesInWithoutAToken()
{
    TestCore core;
    QCOMPARE(read(core, "", "identity/entity/id"), QByteArray("403 permission denied"));
    QCOMPARE(read(core, "s.nope", "identity/entity/id/x"), QByteArray("403 permission denied"));
    QCOMPARE(read(core, "b.nope", "no/such/path"), QByteArray("403 permission denied"));
    const std::string token = core.token(R"({"policies":["default"],"ttl":"1m"})");
    QCOMPARE(core.sendAs(token, Operation::Read, "auth/token/lookup-self").status, 200);
    core.clock().advance(60 * Second);
    QCOMPARE(read(core, token, "auth/token/lookup-self"), QByteArray("403 permission denied"));
}

void TestDoor::rulesDecide()
{
    TestCore core;
    core.policy("p", R"(path "identity/entity/name/*" { capabilities = ["read"] }
                        path "identity/entity/name/secret" { capabilities = ["deny"] }
                        path "identity/group/id/" { capabilities = ["list"] })");
    core.post("identity/entity", R"({"name":"al"})");
    core.post("identity/group", R"({"name":"g"})");
    const std::string token = core.token(R"({"policies":["p"]})");
    QCOMPARE(core.sendAs(token, Operation::Read, "identity/entity/name/al").status, 200);
    QCOMPARE(read(core, token, "identity/entity/name/nobody"), QByteArray("404"));
    QCOMPARE(read(core, token, "identity/entity/name/secret"), QByteArray(Denied));
    QCOMPARE(line(core.sendAs(token, Operation::Update, "identity/entity/name/al")), QByteArray(Denied));
    QCOMPARE(line(core.sendAs(token, Operation::Delete, "identity/entity/name/al")), QByteArray(Denied));
    QCOMPARE(core.sendAs(token, Operation::List, "identity/group/id").status, 200);
    QCOMPARE(line(core.sendAs(token, Operation::List, "identity/entity/id")), QByteArray(Denied));
    QCOMPARE(line(core.sendAs(token, Operation::Head, "identity/entity/name/al")), QByteArray(Denied));
}

void TestDoor::whatDoesNotExistIsToldOnlyToWhoMay()
{
    TestCore core;
    core.policy("p", R"(path "nope/*" { capabilities = ["read"] } path "identity/nope" { capabilities = ["read"] })");
    const std::string token = core.token(R"({"policies":["p"]})");
    QCOMPARE(read(core, token, "other/x"), QByteArray(Denied));
    QCOMPARE(read(core, token, "nope/x"), QByteArray("404 no handler for route \"nope/x\". route entry not found."));
    QCOMPARE(read(core, token, "identity/nope"), QByteArray("404 1 error occurred:\n\t* unsupported path\n\n"));
}

void TestDoor::sudoIsAskedFor()
{
    TestCore core;
    core.policy("plain", R"(path "auth/token/accessors/" { capabilities = ["list"] })");
    core.policy("sudo", R"(path "auth/token/accessors/" { capabilities = ["list", "sudo"] })");
    QCOMPARE(line(core.sendAs(core.token(R"({"policies":["plain"]})"), Operation::List, "auth/token/accessors")),
             QByteArray(Denied));
    QCOMPARE(core.sendAs(core.token(R"({"policies":["sudo"]})"), Operation::List, "auth/token/accessors").status, 200);
}

void TestDoor::groupsGiveRightsAtOnce()
{
    TestCore core;
    core.policy("g", R"(path "identity/lookup/entity" { capabilities = ["update"] })");
    const Person al = person(core, "al");
    const auto asks = [&] { return core.sendAs(al.token, Operation::Update, "identity/lookup/entity").status; };
    QCOMPARE(asks(), 403);
    const std::string group = core.create("identity/group", R"({"name":"g","policies":["g"]})");
    core.post("identity/group/id/" + group, R"({"member_entity_ids":[")" + al.entity + R"("]})");
    QCOMPARE(asks(), 400); // allowed, but nothing to look up was named
    core.post("identity/group/id/" + group, R"({"policies":[]})");
    QCOMPARE(asks(), 403);
    core.post("identity/entity/id/" + al.entity, R"({"policies":["g"]})");
    QCOMPARE(asks(), 400);
    const Response own = core.sendAs(al.token, Operation::Read, "auth/token/lookup-self");
    QCOMPARE(member(own, "identity_policies"), QByteArray(R"(["g"])"));
    QCOMPARE(member(own, "policies"), QByteArray(R"(["default"])"));
}

void TestDoor::policiesOfInheritedGroupsCount()
{
    TestCore core;
    core.policy("top", R"(path "kith/who" { capabilities = ["read"] })");
    const Person al = person(core, "al");
    std::string below = core.create("identity/group", R"({"member_entity_ids":[")" + al.entity + R"("]})");
    for (int i = 0; i < 5; ++i)
        below = core.create("identity/group", R"({"member_group_ids":[")" + below + R"("]})");
    const auto asks = [&] { return core.sendAs(al.token, Operation::Read, "kith/who").status; };
    QCOMPARE(asks(), 403);
    core.post("identity/group/id/" + below, R"({"policies":["top"]})");
    QCOMPARE(asks(), 400);
    core.post("identity/group/id/" + below, R"({"member_group_ids":[]})");
    QCOMPARE(asks(), 403);
}

void TestDoor::aChangedPolicyActsAtOnce()
{
    TestCore core;
    const std::string token = core.token(R"({"policies":["p"],"no_default_policy":true})");
    const auto asks = [&] { return core.sendAs(token, Operation::Read, "auth/token/lookup-self").status; };
    QCOMPARE(asks(), 403);
    core.policy("p", R"(path "auth/token/lookup-self" { capabilities = ["read"] })");
    QCOMPARE(asks(), 200);
    core.policy("p", R"(path "auth/token/*" { capabilities = ["update"] })");
    QCOMPARE(asks(), 403);
    core.policy("p", R"(path "auth/token/*" { capabilities = ["read"] })");
    QCOMPARE(asks(), 200);
    core.remove("sys/policies/acl/p");
    QCOMPARE(asks(), 403);
}

void TestDoor::disabledDeletedMerged()
{
    TestCore core;
    const Person al = person(core, "al");
    const Person bo = person(core, "bo");
    const auto asks = [&](const Person &who) { return read(core, who.token, "auth/token/lookup-self").left(3); };
    QCOMPARE(asks(al), QByteArray("200"));
    core.post("identity/entity/id/" + al.entity, R"({"disabled":true})");
    QCOMPARE(read(core, al.token, "auth/token/lookup-self"), QByteArray("403 permission denied"));
    for (const char *open : {"identity/oidc/.well-known/keys", "sys/internal/ui/mounts"}) // where nobody needs a token
        QCOMPARE(read(core, al.token, open), QByteArray("403 permission denied"));
    Request wrapping;
    wrapping.operation = Operation::Update;
    wrapping.path = "sys/wrapping/wrap";
    wrapping.token = "root";
    wrapping.wrapTtl = 60;
    const Response wrapped = core.core().handle(wrapping);
    const std::string lookup = boost::json::serialize(boost::json::object{{"token", wrapped.wrapInfo->at("token")}});
    QCOMPARE(line(core.sendAs(al.token, Operation::Update, "sys/wrapping/lookup", lookup)),
             QByteArray("403 permission denied"));
    QCOMPARE(core.sendAs("", Operation::Update, "sys/wrapping/lookup", lookup).status, 200);
    QCOMPARE(read(core, al.token, "sys/leader").left(3), QByteArray("200"));
    core.post("identity/entity/id/" + al.entity, R"({"disabled":false})");
    QCOMPARE(read(core, al.token, "identity/oidc/.well-known/keys").left(3), QByteArray("200"));
    QCOMPARE(asks(al), QByteArray("200"));
    const std::string into = core.create("identity/entity", R"({"name":"one","policies":["default"]})");
    core.post("identity/entity/merge",
              R"({"from_entity_ids":[")" + bo.entity + R"("],"to_entity_id":")" + into + R"("})");
    QCOMPARE(asks(bo), QByteArray("200"));
    core.remove("identity/entity/id/" + into);
    QCOMPARE(read(core, bo.token, "auth/token/lookup-self"), QByteArray("403 permission denied"));
    core.remove("identity/entity/id/" + al.entity);
    QCOMPARE(read(core, al.token, "auth/token/lookup-self"), QByteArray("403 permission denied"));
}

void TestDoor::templatesAreFilledIn()
{
    TestCore core;
    const Person al = person(core, "al");
    const Person bo = person(core, "bo");
    const std::string own = "identity/entity/id/" + al.entity;
    QCOMPARE(core.sendAs(al.token, Operation::Read, own).status, 200); // by the default policy
    QCOMPARE(core.sendAs(bo.token, Operation::Read, own).status, 403);

    const std::string group = core.create("identity/group", R"({"name":"top","metadata":{"room":"r1"}})");
    const std::string below = core.create("identity/group", R"({"member_entity_ids":[")" + al.entity + R"("]})");
    core.policy("t", R"(path "kith/{{identity.entity.metadata.place}}" { capabilities = ["read"] }
                        path "sys/policies/acl/{{identity.groups.names.top.metadata.room}}" { capabilities = ["read"] }
                        path "sys/policies/acl/{{identity.groups.ids.)" +
                         group + R"(.name}}" { capabilities = ["read"] })");
    core.post(own, R"({"policies":["t"],"metadata":{"place":"who"}})");
    QCOMPARE(core.sendAs(al.token, Operation::Read, "kith/who").status, 400);
    QCOMPARE(core.sendAs(al.token, Operation::Read, "sys/policies/acl/r1").status, 403);
    core.post("identity/group/id/" + group, R"({"member_group_ids":[")" + below + R"("]})");
    QCOMPARE(core.sendAs(al.token, Operation::Read, "sys/policies/acl/r1").status, 404);
    QCOMPARE(core.sendAs(al.token, Operation::Read, "sys/policies/acl/top").status, 404);
    core.post(own, R"({"metadata":{}})");
    QCOMPARE(core.sendAs(al.token, Operation::Read, "kith/who").status, 403);

    const std::string accessor = test::member(core.get("sys/auth/token"), "accessor").replace("\"", "").toStdString();
    core.policy("a", R"(path "kith/{{identity.entity.aliases.)" + accessor + R"(.name}}" { capabilities = ["read"] })");
    core.post(own, R"({"policies":["a"]})");
    QCOMPARE(core.sendAs(al.token, Operation::Read, "kith/al").status, 404);
}

void TestDoor::aForbiddenValueLocksOut()
{
    TestCore core;
    const Person al = person(core, "al");
    core.post("identity/entity/id/" + al.entity, R"({"name":"a/b"})");
    QCOMPARE(read(core, al.token, "auth/token/lookup-self"), QByteArray("400 Forbidden"));
    QCOMPARE(read(core, al.token, "no/such"), QByteArray("400 Forbidden"));
    QCOMPARE(
        line(core.post("sys/capabilities", R"({"token":")" + al.token + R"(","paths":"a"})")),
        QByteArray("403 1 error occurred:\n\t* error parsing templated policy \"default\": failed to parse policy: "
                   "path \"identity/entity/name/{{identity.entity.name}}\": template substitution contains "
                   "forbidden value: \"/\"\n\n"));
    core.post("identity/entity/id/" + al.entity, R"({"name":"ab"})");
    QCOMPARE(core.sendAs(al.token, Operation::Read, "auth/token/lookup-self").status, 200);
}

void TestDoor::usesRunOut()
{
    TestCore core;
    const std::string token = core.token(R"({"policies":["default"],"num_uses":3})");
    const auto left = [&] { return member(core.sendAs(token, Operation::Read, "auth/token/lookup-self"), "num_uses"); };
    QCOMPARE(left(), QByteArray("2"));
    QCOMPARE(read(core, token, "identity/entity/id/x"), QByteArray(Denied)); // counts too
    QCOMPARE(left(), QByteArray("-1"));
    QCOMPARE(read(core, token, "auth/token/lookup-self"), QByteArray("403 permission denied"));
    QCOMPARE(line(core.post("auth/token/lookup", R"({"token":")" + token + R"("})")), QByteArray("403 bad token"));
}

/// The last use is one already: the token isn't found any more while its request is under way.
void TestDoor::theLastUseFindsNoToken()
{
    TestCore core;
    const auto last = [&](Operation operation, const char *path, const std::string &json = "{}") {
        const Response made = core.post("auth/token/create", R"({"policies":["all"],"num_uses":1,"ttl":"1h"})");
        const std::string accessor(made.auth->fields.at("accessor").as_string());
        std::string data = json;
        if (const auto place = data.find("ACCESSOR"); place != std::string::npos)
            data.replace(place, 8, accessor);
        return core.sendAs(std::string(made.auth->fields.at("client_token").as_string()), operation, path, data);
    };
    core.policy("all", R"(path "*" { capabilities = ["read","update","sudo"] })");
    const std::string own = R"({"accessor":"ACCESSOR","paths":["a"]})";
    QCOMPARE(line(last(Operation::Update, "auth/token/renew-self")), QByteArray("400 token not found"));
    QCOMPARE(line(last(Operation::Update, "auth/token/renew-accessor", own)),
             QByteArray("400 1 error occurred:\n\t* invalid request\n\n"));
    QCOMPARE(line(last(Operation::Update, "auth/token/revoke-accessor", own)), QByteArray("400 token not found"));
    QCOMPARE(member(last(Operation::Update, "auth/token/lookup-accessor", own), "num_uses"), QByteArray("-1"));
    QCOMPARE(line(last(Operation::Read, "sys/internal/ui/resultant-acl")), QByteArray(Denied));
    QCOMPARE(line(last(Operation::Update, "sys/capabilities-accessor", own)),
             QByteArray("400 1 error occurred:\n\t* invalid token\n\n"));
    QCOMPARE(line(last(Operation::Update, "sys/capabilities-self", R"({"paths":[""]})")),
             QByteArray("400 1 error occurred:\n\t* missing path\n\n"));
    QCOMPARE(line(last(Operation::Update, "sys/capabilities-self")), QByteArray("400 paths must be supplied"));
}

/// Also what is refused because of the entity is a use.
void TestDoor::refusalsOfDisabledPeopleCount()
{
    TestCore core;
    core.post("auth/token/roles/few", R"({"allowed_entity_aliases":"*","token_num_uses":5})");
    const Response made = core.post("auth/token/create/few", R"({"entity_alias":"ann","policies":["default"]})");
    QVERIFY(made.auth);
    const std::string token(made.auth->fields.at("client_token").as_string());
    const std::string entity(made.auth->fields.at("entity_id").as_string());
    const auto left = [&] {
        return member(core.post("auth/token/lookup", R"({"token":")" + token + R"("})"), "num_uses");
    };
    core.post("identity/entity/id/" + entity, R"({"disabled":true})");
    QCOMPARE(read(core, token, "auth/token/lookup-self"), QByteArray("403 permission denied"));
    QCOMPARE(left(), QByteArray("4"));
    core.remove("identity/entity/id/" + entity);
    QCOMPARE(read(core, token, "auth/token/lookup-self"), QByteArray("403 permission denied"));
    QCOMPARE(left(), QByteArray("3"));
    QCOMPARE(read(core, token, "sys/internal/ui/mounts"), QByteArray("403 permission denied"));
    QCOMPARE(left(), QByteArray("3"));
    core.mount("up");
    core.post("auth/up/users/bob", R"({"password":"pw"})");
    QCOMPARE(line(core.sendAs(token, Operation::Update, "auth/up/login/bob", R"({"password":"pw"})")),
             QByteArray("403 permission denied"));
    QCOMPARE(core.sendAs("bad", Operation::Update, "auth/up/login/bob", R"({"password":"pw"})").status, 200);
}

/// A write to a mount without its slash is asked of the rules with it.
void TestDoor::writesToMountsAreWritesToTheirFolders()
{
    TestCore core;
    core.post("sys/mounts/kv", R"({"type":"kv"})");
    core.policy("folder", R"(path "kv/*" { capabilities = ["create","update","read"] })");
    core.policy("mount", R"(path "kv" { capabilities = ["create","update","read"] })");
    const std::string folder = core.token(R"({"policies":["folder"]})");
    const std::string mount = core.token(R"({"policies":["mount"]})");
    QCOMPARE(line(core.sendAs(folder, Operation::Update, "kv", R"({"a":1})")), QByteArray("400 missing path"));
    QCOMPARE(line(core.sendAs(mount, Operation::Update, "kv", R"({"a":1})")), QByteArray(Denied));
    QCOMPARE(read(core, folder, "kv"), QByteArray(Denied));
}

void TestDoor::answersAtOnceWhatNeedsNoWaiting()
{
    TestCore core;
    const std::string id = core.create("identity/entity", R"({"name":"al"})");
    const auto atOnce = [&](Operation operation, const std::string &path, const std::string &token = "root",
                            boost::json::object data = {}) {
        Request request;
        request.operation = operation;
        request.path = path;
        request.token = token;
        request.data = std::move(data);
        const auto response = core.core().handleAtOnce(request);
        return response ? line(*response).left(3) : QByteArray("-");
    };
    QCOMPARE(atOnce(Operation::Read, "identity/entity/id/" + id), QByteArray("200"));
    QCOMPARE(atOnce(Operation::Read, "identity/entity/id/nobody"), QByteArray("404"));
    QCOMPARE(atOnce(Operation::Read, "identity/entity/id/" + id, "s.nope"), QByteArray("403"));
    QCOMPARE(atOnce(Operation::Update, "identity/lookup/entity", "root", {{"name", "al"}}), QByteArray("200"));
    QCOMPARE(atOnce(Operation::Update, "identity/entity", "root", {{"name", "al"}}), QByteArray("-"));
    QCOMPARE(atOnce(Operation::List, "identity/entity/id"), QByteArray("-"));
    QCOMPARE(atOnce(Operation::Read, "kith/explain"), QByteArray("-"));
    const std::string limited = core.token(R"({"policies":["default"],"num_uses":2})");
    QCOMPARE(atOnce(Operation::Read, "auth/token/lookup-self", limited), QByteArray("-"));
    // That didn't count.
    QCOMPARE(member(core.sendAs(limited, Operation::Read, "auth/token/lookup-self"), "num_uses"), QByteArray("1"));
}

void TestDoor::whatIsOneWriteIsAnsweredLater()
{
    TestCore core;
    const auto later = [&](const std::string &path, boost::json::object data, const std::string &token = "root") {
        Request request;
        request.operation = Operation::Update;
        request.path = path;
        request.token = token;
        request.data = std::move(data);
        std::promise<Response> answer;
        if (!core.core().handleLater(request, [&](Response response) { answer.set_value(std::move(response)); }))
            return QByteArray("-");
        const Response response = answer.get_future().get();
        return line(response).left(3) + (response.requestId.size() == 36 ? "" : " without an id");
    };
    QCOMPARE(later("identity/entity", {{"name", "al"}, {"metadata", {{"a", "b"}}}}), QByteArray("200"));
    QCOMPARE(member(core.get("identity/entity/name/al"), "metadata"), QByteArray(R"({"a":"b"})"));
    QCOMPARE(later("identity/entity", {{"id", "nobody"}}), QByteArray("400"));
    QCOMPARE(later("identity/entity", {{"name", "bo"}, {"metadata", 1}}), QByteArray("400"));
    QCOMPARE(core.get("identity/entity/name/bo").status, 404);
    // Refusals and what is more than one write are left to others.
    QCOMPARE(later("identity/entity", {{"name", "bo"}}, core.token(R"({"policies":["default"]})")), QByteArray("-"));
    QCOMPARE(later("identity/entity", {{"name", "bo"}}, core.token(R"({"policies":["root"],"num_uses":2})")),
             QByteArray("-"));
    QCOMPARE(later("identity/lookup/entity", {{"name", "al"}}), QByteArray("-"));
    QCOMPARE(later("auth/token/create", {}), QByteArray("-"));
    QCOMPARE(later("kith/apply", {{"requests", boost::json::array()}}), QByteArray("-"));
    QCOMPARE(core.get("identity/entity/name/bo").status, 404);
}

void TestDoor::usesRunOutOnceAmongMany()
{
    TestCore core;
    const std::string token = core.token(R"({"policies":["default"],"num_uses":10})");
    std::atomic<int> granted = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 5; ++n)
                    if (core.sendAs(token, Operation::Read, "auth/token/lookup-self").status == 200)
                        ++granted;
            });
    }
    QCOMPARE(granted.load(), 10);
}

void TestDoor::addressesBind()
{
    TestCore core;
    core.post("auth/token/roles/near", R"({"token_bound_cidrs":["10.0.0.0/8"]})");
    const Response made = core.post("auth/token/create/near", R"({"policies":["default"]})");
    QVERIFY(made.auth);
    Request request;
    request.token = made.auth->fields.at("client_token").as_string();
    request.path = "auth/token/lookup-self";
    QCOMPARE(line(core.core().handle(request)), QByteArray("403 permission denied"));
    request.peer.address = "10.1.2.3";
    QCOMPARE(core.core().handle(request).status, 200);
    request.peer.address = "11.1.2.3";
    QCOMPARE(line(core.core().handle(request)), QByteArray("403 permission denied"));
}

void TestDoor::parametersAreChecked()
{
    TestCore core;
    core.policy("p", R"(path "identity/entity" { capabilities = ["update"]
                          allowed_parameters = { "name" = ["x*"], "metadata" = [] }
                          required_parameters = ["name"] })");
    const std::string token = core.token(R"({"policies":["p"]})");
    const auto status = [&](const char *json) {
        return core.sendAs(token, Operation::Update, "identity/entity", json).status;
    };
    QCOMPARE(status(R"({"name":"xa"})"), 200);
    QCOMPARE(status(R"({"name":"ya"})"), 403);
    QCOMPARE(status(R"({"name":"xb","policies":["a"]})"), 403);
    QCOMPARE(status(R"({"name":"xb","metadata":{"a":"b"}})"), 200);
    QCOMPARE(status(R"({"metadata":{"a":"b"}})"), 403);
}

void TestDoor::limitsAreSet()
{
    TestCore core;
    core.policy("p", R"(path "identity/entity/id" { capabilities = ["list"] pagination_limit = 5 })");
    core.post("identity/entity", R"({"name":"x"})");
    const std::string token = core.token(R"({"policies":["p"]})");
    const auto status = [&](const char *json) {
        return core.sendAs(token, Operation::List, "identity/entity/id", json).status;
    };
    QCOMPARE(status("{}"), 200);
    QCOMPARE(status(R"({"limit":"5"})"), 200);
    QCOMPARE(status(R"({"limit":"6"})"), 403);
    QCOMPARE(status(R"({"limit":"max"})"), 200);
    QCOMPARE(status(R"({"limit":"-1"})"), 403);
}

void TestDoor::keysAreHidden()
{
    TestCore core;
    core.policy("a-public", "# nothing");
    core.policy("b-secret", "# nothing");
    core.policy("p", R"(path "sys/policies/acl/" { capabilities = ["list"]
                          list_scan_response_keys_filter_path = "sys/policies/acl/{{ .key }}" }
                        path "sys/policies/acl/a-*" { capabilities = ["read"] })");
    const std::string token = core.token(R"({"policies":["p"]})");
    QCOMPARE(member(core.sendAs(token, Operation::List, "sys/policies/acl"), "keys"), QByteArray(R"(["a-public"])"));
    core.remove("sys/policies/acl/a-public");
    QCOMPARE(line(core.sendAs(token, Operation::List, "sys/policies/acl")), QByteArray("404"));
}

void TestDoor::applyDecidesEachPart()
{
    TestCore core;
    core.policy("p", R"(path "kith/apply" { capabilities = ["update"] }
                        path "identity/entity" { capabilities = ["update"] })");
    const std::string token = core.token(R"({"policies":["p"]})");
    const auto apply = [&](const std::string &requests) {
        return core.sendAs(token, Operation::Update, "kith/apply", R"({"requests":[)" + requests + "]}");
    };
    const std::string entity = R"({"operation":"update","path":"identity/entity","data":{"name":"al"}})";
    const std::string group = R"({"operation":"update","path":"identity/group","data":{"name":"g"}})";
    const Response refused = apply(entity + "," + group);
    QCOMPARE(refused.status, 403);
    QCOMPARE(member(refused, "failed_request"), QByteArray("1"));
    QCOMPARE(core.get("identity/entity/name/al").status, 404);
    QCOMPARE(apply(entity).status, 200);
    QCOMPARE(core.get("identity/entity/name/al").status, 200);
}

void TestDoor::policiesEnd()
{
    TestCore core;
    core.post("sys/policies/acl/p", R"({"policy":"path \"kith/who\" { capabilities = [\"read\"] }","ttl":"60s"})");
    const std::string token = core.token(R"({"policies":["p"]})");
    QCOMPARE(core.sendAs(token, Operation::Read, "kith/who").status, 400);
    core.clock().advance(61 * Second);
    QCOMPARE(core.sendAs(token, Operation::Read, "kith/who").status, 403);
}

void TestDoor::revocationActsAtOnceUnderLoad()
{
    TestCore core;
    for (int round = 0; round < 20; ++round) {
        const std::string token = core.token(R"({"policies":["default"]})");
        std::atomic<bool> revoked = false;
        std::atomic<int> late = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 3; ++i)
                threads.emplace_back([&] {
                    for (int n = 0; n < 50; ++n) {
                        const bool before = revoked;
                        if (core.sendAs(token, Operation::Read, "auth/token/lookup-self").ok() && before)
                            ++late;
                    }
                });
            core.post("auth/token/revoke", R"({"token":")" + token + R"("})");
            revoked = true;
        }
        QCOMPARE(late.load(), 0);
    }
}

void TestDoor::aRequestHasAnId()
{
    TestCore core;
    const std::string first = core.get("identity/entity/id/x").requestId;
    QCOMPARE(first.size(), std::size_t(36));
    QVERIFY(core.get("identity/entity/id/x").requestId != first);
}

QTEST_GUILESS_MAIN(TestDoor)
#include "tst_Door.moc"
