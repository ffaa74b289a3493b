// SPDX-License-Identifier: Apache-2.0
#include "support/ConnectionFixture.h"

#include <QSignalSpy>

using namespace kith;
using namespace kith::connection;
using namespace kith::test;
namespace json = boost::json;
using core::Operation;

/// Two who change the same at the same moment, on a server that has no compare-and-set.
class TestRemoteWrites : public QObject, protected ConnectionFixture
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { close(); }
    void saysWhatMayBeOverwritten();
    void saysWhatCameAfter_data();
    void saysWhatCameAfter();
    void refusesWhatIsNotAsItWasSeen_data();
    void refusesWhatIsNotAsItWasSeen();
    void doesNotCryWolf();
    void readsWhatItWrites();
    void readsPoliciesAndMountsThatItWrites();
    void readsWhomItMerges_data();
    void readsWhomItMerges();
    void saysWhoMadeTheSameMeanwhile_data();
    void saysWhoMadeTheSameMeanwhile();
    void saysWhoMadeTheSameDuringAnImport_data() { saysWhoMadeTheSameMeanwhile_data(); }
    void saysWhoMadeTheSameDuringAnImport();
    void saysWhatIsLeftOfAHalfMadeObject();
    void stopsBetweenWholeUnits_data();
    void stopsBetweenWholeUnits();

private:
    json::array memberOf(const std::string &group) const
    {
        const core::Response read = m_server->get("identity/group/id/" + group);
        const json::value &ids = read.data->at("member_entity_ids");
        return ids.is_array() ? ids.as_array() : json::array();
    }
};

#define BEHIND_PROXY(proxy)                                                                                            \
    const auto proxy = openBehindProxy();                                                                              \
    if (!proxy)                                                                                                        \
    QSKIP("the server's program isn't installed")

void TestRemoteWrites::saysWhatMayBeOverwritten()
{
    BEHIND_PROXY(proxy);
    const std::string alice = create("entity", named("alice"));
    const std::string bob = create("entity", named("bob"));
    const std::string crew = create("group", named("crew"));
    QSignalSpy clashes(m_remote.get(), &RemoteConnection::clashed);
    // Somebody puts bob in after our look at the group: our list of members is without him.
    proxy->before("POST /v1/" + groupPath(crew).toLatin1(),
                  [&] { m_server->post("identity/group/id/" + crew, R"({"member_entity_ids":[")" + bob + "\"]}"); });
    const core::Response added = apply({updatePart(membersPath(crew), {{"add_entity_ids", json::array{alice}}})});
    QVERIFY2(added.ok(), line(added).constData());
    QCOMPARE(int(added.warnings.size()), 1);
    QVERIFY(QByteArray::fromStdString(added.warnings.front()).contains("may have been overwritten"));
    QCOMPARE(applyAnswers(added)[0].at("warnings").as_array().size(), 1U);
    QTRY_COMPARE(clashes.count(), 1);
    QCOMPARE(clashes.front().at(0).toString(), QStringLiteral("crew"));
    QCOMPARE(clashes.front().at(1).toBool(), true);
    QCOMPARE(memberOf(crew), json::array{alice}); // as feared: bob's place is lost, and it was said
}

void TestRemoteWrites::saysWhatCameAfter_data()
{
    QTest::addColumn<bool>("group");
    QTest::newRow("group") << true;
    QTest::newRow("entity") << false;
}

void TestRemoteWrites::saysWhatCameAfter()
{
    QFETCH(bool, group);
    BEHIND_PROXY(proxy);
    const std::string id = create(group ? "group" : "entity", named("it", {{"policies", json::array{"old"}}}));
    const QString path = group ? groupPath(id) : entityPath(id);
    QSignalSpy clashes(m_remote.get(), &RemoteConnection::clashed);
    // The second read of it is the one after our change.
    proxy->before(
        "GET /v1/" + path.toLatin1(), [&] { m_server->post(path.toStdString(), R"({"policies":["theirs"]})"); }, 1);
    const core::Response changed = apply({updatePart(path, {{"policies", json::array{"ours"}}})});
    QVERIFY2(changed.ok(), line(changed).constData());
    QCOMPARE(int(changed.warnings.size()), 1);
    QVERIFY(QByteArray::fromStdString(changed.warnings.front()).contains("policies isn't as it was written"));
    QTRY_COMPARE(clashes.count(), 1);
    QCOMPARE(clashes.front().at(1).toBool(), false);
    QCOMPARE(policiesOf(id), QStringList(QStringLiteral("theirs"))); // the mirror has it as it is
}

void TestRemoteWrites::refusesWhatIsNotAsItWasSeen_data()
{
    QTest::addColumn<QString>("data");
    QTest::addColumn<int>("status");
    QTest::newRow("another value than both") << QStringLiteral(R"({"policies":["ours"]})") << 412;
    QTest::newRow("already as it is wanted") << QStringLiteral(R"({"policies":["THEIRS"]})") << 200;
    QTest::newRow("another field") << QStringLiteral(R"({"disabled":true})") << 200;
}

/// Without a precondition, too: what is replaced has to be what the person saw.
void TestRemoteWrites::refusesWhatIsNotAsItWasSeen()
{
    QFETCH(QString, data);
    QFETCH(int, status);
    OPEN(int(RealServer::Kind::Bao));
    const std::string id = create("entity", named("it", {{"policies", json::array{"old"}}}));
    QVERIFY(m_server->post("identity/entity/id/" + id, R"({"policies":["theirs"]})").ok());
    const json::object body = json::parse(data.toStdString()).as_object();
    const core::Response first = apply({updatePart(entityPath(id), body)});
    QCOMPARE(first.status, status);
    if (status == 412) {
        QCOMPARE(json::serialize(first.data->at("expected").at("policies")), R"(["old"])");
        QCOMPARE(json::serialize(first.data->at("current").at("policies")), R"(["theirs"])");
        QVERIFY(m_server->get("identity/entity/id/" + id).data->at("policies").at(0) == "theirs");
        // Now it has been seen.
        QCOMPARE(policiesOf(id), QStringList(QStringLiteral("theirs")));
        QVERIFY(apply({updatePart(entityPath(id), body)}).ok());
    }
}

void TestRemoteWrites::doesNotCryWolf()
{
    OPEN(int(RealServer::Kind::Bao));
    const std::string alice = create("entity", named("alice"));
    const std::string crew = create("group", named("crew"));
    const std::string below = create("group", named("below"));
    const std::string above = create("group", named("above", {{"member_group_ids", json::array{crew}}}));
    const core::Response all = apply(
        {updatePart(membersPath(crew), {{"add_entity_ids", json::array{alice}}, {"add_group_ids", json::array{below}}}),
         updatePart(groupPath(crew), {{"policies", json::array{"B", "a", "b"}}}),
         updatePart(groupPath(crew), {{"metadata", {{"x", "y"}}}, {"name", "Crew"}}),
         updatePart(groupPath(crew), {{"policies", json::array()}, {"metadata", json::object()}}),
         updatePart(membersPath(above), {{"remove_group_ids", json::array{crew}}}),
         updatePart(entityPath(alice), {{"policies", "x,Y"}, {"metadata", {{"k", "v"}}}, {"disabled", true}}),
         updatePart(entityPath(alice), {{"policies", json::array()}, {"metadata", json::object()}})});
    QVERIFY2(all.ok(), line(all).constData());
    QVERIFY2(all.warnings.empty(), all.warnings.empty() ? "" : all.warnings.front().c_str());
}

void TestRemoteWrites::readsPoliciesAndMountsThatItWrites()
{
    BEHIND_PROXY(proxy);
    const auto policy = [this](const char *name) {
        const auto policies = await(directory().policies());
        const auto found = std::find_if(policies->begin(), policies->end(),
                                        [name](const PolicyRow &row) { return row.name == QLatin1String(name); });
        return found == policies->end() || !found->defined ? QString() : found->text;
    };
    proxy->forget();
    const QString text = QStringLiteral("path \"a\" { capabilities = [\"read\"] }");
    const QString path = QStringLiteral("sys/policies/acl/fresh");
    QVERIFY(apply({updatePart(path, {{"policy", toJson(text)}})}).ok());
    QCOMPARE(policy("fresh"), text);
    // The policy alone is read again, not everything.
    const QByteArray line = " /v1/" + path.toLatin1();
    QCOMPARE(proxy->requests(), std::vector<QByteArray>({"POST" + line, "GET" + line}));
    QVERIFY(apply({deletePart(path)}).ok());
    QCOMPARE(policy("fresh"), QString());

    const auto mounts = [this] { return await(directory().mounts())->size(); };
    const std::size_t before = mounts();
    proxy->forget();
    QVERIFY(apply({updatePart(QStringLiteral("sys/auth/corp"), {{"type", "userpass"}, {"description", "All"}})}).ok());
    QCOMPARE(mounts(), before + 1);
    QCOMPARE(proxy->requests(), std::vector<QByteArray>({"POST /v1/sys/auth/corp", "GET /v1/sys/auth"}));
    QVERIFY(apply({deletePart(QStringLiteral("sys/auth/corp"))}).ok());
    QCOMPARE(mounts(), before);
}

void TestRemoteWrites::readsWhomItMerges_data()
{
    QTest::addColumn<bool>("cut");
    QTest::newRow("answered") << false;
    QTest::newRow("done, but its answer never came") << true;
}

/// The two and their groups, not everything.
void TestRemoteWrites::readsWhomItMerges()
{
    QFETCH(bool, cut);
    BEHIND_PROXY(proxy);
    const std::string alice = create("entity", named("alice"));
    const std::string twin = create("entity", named("twin"));
    const std::string crew = create("group", named("crew", {{"member_entity_ids", json::array{twin}}}));
    waitForMirror();
    proxy->forget();
    if (cut)
        proxy->harm(FaultProxy::Fault::CutAfter, "POST /v1/identity/entity/merge");
    const core::Response merged = apply({updatePart(
        QStringLiteral("identity/entity/merge"), {{"from_entity_ids", json::array{twin}}, {"to_entity_id", alice}})});
    QVERIFY2(merged.ok(), line(merged).constData());
    const auto stays = await(directory().entity(object(alice).entity()));
    QVERIFY(stays);
    QCOMPARE(stays->mergedIds, QStringList(QString::fromStdString(twin)));
    QCOMPARE(int(stays->groups.size()), 1);
    QCOMPARE(stays->groups.front().group.name, QStringLiteral("crew"));
    QCOMPARE(memberOf(crew), json::array{alice});
    QCOMPARE(proxy->count("POST /v1/identity/entity/merge"), 1);
    QCOMPARE(proxy->count("list=true"), 0);
}

void TestRemoteWrites::readsWhatItWrites()
{
    BEHIND_PROXY(proxy);
    const std::string alice = create("entity", named("alice"));
    proxy->forget();
    QVERIFY(apply({updatePart(entityPath(alice), {{"disabled", true}})}).ok());
    const std::vector<QByteArray> lines = proxy->requests();
    const QByteArray path = " /v1/" + entityPath(alice).toLatin1();
    QCOMPARE(lines, std::vector<QByteArray>({"GET" + path, "POST" + path, "GET" + path}));
    QVERIFY(await(directory().entity(object(alice).entity()))->row.disabled);
}

void TestRemoteWrites::saysWhoMadeTheSameMeanwhile_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::newRow("entity") << QByteArray("entity");
    QTest::newRow("group") << QByteArray("group");
}

/// The server takes the second one for a change of the first.
void TestRemoteWrites::saysWhoMadeTheSameMeanwhile()
{
    QFETCH(QByteArray, kind);
    BEHIND_PROXY(proxy);
    const std::string path = "identity/" + kind.toStdString();
    std::string theirs;
    proxy->before("POST /v1/" + QByteArray::fromStdString(path),
                  [&] { theirs = m_server->create(path, R"({"name":"twin","policies":["theirs"]})"); });
    QSignalSpy clashes(m_remote.get(), &RemoteConnection::clashed);
    const core::Response made = apply({updatePart(
        QStringLiteral("kith/restore"), {{kind.toStdString(), named("twin", {{"policies", json::array{"ours"}}})}})});
    QCOMPARE(made.status, 400);
    QVERIFY2(QByteArray::fromStdString(made.errors.front()).contains("may have been overwritten"),
             line(made).constData());
    QTRY_COMPARE(clashes.count(), 1);
    QCOMPARE(clashes.front().at(0).toString(), QStringLiteral("twin"));
    QCOMPARE(clashes.front().at(1).toBool(), true);
    QVERIFY(m_server->get(path + "/id/" + theirs).ok()); // and it isn't deleted as if it were ours
}

void TestRemoteWrites::saysWhoMadeTheSameDuringAnImport()
{
    QFETCH(QByteArray, kind);
    BEHIND_PROXY(proxy);
    const std::string path = "identity/" + kind.toStdString();
    proxy->before("POST /v1/" + QByteArray::fromStdString(path),
                  [&] { m_server->create(path, R"({"name":"twin","policies":["theirs"]})"); });
    const std::string list = kind == "entity" ? "entities" : "groups";
    core::Request request;
    request.operation = Operation::Update;
    request.path = "kith/import";
    request.data["document"] = json::object{{list, json::array{named("twin", {{"policies", json::array{"ours"}}})}}};
    const auto answer = send(request);
    QVERIFY(answer);
    QCOMPARE(answer->status, 502);
    QCOMPARE(answer->data->at("failed").as_array().size(), 1U);
    const std::string problems = json::serialize(answer->data->at("problems"));
    QVERIFY2(problems.find("may have been overwritten") != problems.npos, problems.c_str());
}

void TestRemoteWrites::saysWhatIsLeftOfAHalfMadeObject()
{
    BEHIND_PROXY(proxy);
    const std::string crew = create("group", named("crew"));
    // It is made (GET its name, POST); then nothing more is allowed, so it can't be put into the group, nor go again.
    proxy->harm(FaultProxy::Fault::Answer, "/v1/identity/", 1000, 2,
                FaultProxy::status(403, R"({"errors":["permission denied"]})"));
    const core::Response made = apply({updatePart(
        QStringLiteral("kith/restore"), {{"entity", named("alice", {{"direct_group_ids", json::array{crew}}})}})});
    QCOMPARE(made.status, 403);
    QCOMPARE(made.errors.size(), 2U);
    QVERIFY2(QByteArray::fromStdString(made.errors.back()).contains("could not be deleted again"),
             line(made).constData());
    proxy->heal();
    QVERIFY(m_server->get("identity/entity/name/alice").ok());
}

void TestRemoteWrites::stopsBetweenWholeUnits_data()
{
    QTest::addColumn<int>("unit"); // parts; 0: nobody says
    QTest::addColumn<int>("done");
    QTest::newRow("each by itself") << 1 << 1;
    QTest::newRow("two together") << 2 << 2;
    QTest::newRow("all together") << 0 << 4;
}

/// Cancelled while the first part is under way, on a server that can't take back what is done.
void TestRemoteWrites::stopsBetweenWholeUnits()
{
    QFETCH(int, unit);
    QFETCH(int, done);
    BEHIND_PROXY(proxy);
    json::array parts;
    for (const char *name : {"a", "b", "c", "d"})
        parts.push_back(updatePart(QStringLiteral("identity/entity"), {{"name", name}}));
    core::Request request = applyRequest(std::move(parts));
    request.progress = std::make_shared<core::Progress>();
    if (unit > 0)
        request.data["unit"] = unit;
    proxy->before("POST /v1/identity/entity", [progress = request.progress] { progress->cancelled = true; });
    const auto answer = send(std::move(request));
    QVERIFY2(answer, why(answer).constData());
    QCOMPARE(int(m_server->ask(Operation::List, "identity/entity/name").data->at("keys").as_array().size()), done);
    QCOMPARE(int(applyAnswers(*answer).size()), done);
    QCOMPARE(answer->ok(), done == 4);
    if (!answer->ok())
        QVERIFY(answer->code == ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestRemoteWrites)
#include "tst_RemoteWrites.moc"
