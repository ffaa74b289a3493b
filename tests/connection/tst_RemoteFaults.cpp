// SPDX-License-Identifier: Apache-2.0
#include "connection/Answers.h"
#include "support/ConnectionFixture.h"

using namespace kith;
using namespace kith::connection;
using namespace kith::test;
namespace json = boost::json;
using Phase = MirrorState::Phase;

/// A connection to a real server behind a proxy that does harm: nothing is lost, nothing is sent twice, and it comes
/// back by itself.
class TestRemoteFaults : public QObject, protected ConnectionFixture
{
    Q_OBJECT
private Q_SLOTS:
    void cleanupTestCase() { close(); }
    void saysWhatIsDone();
    void survivesFaults_data();
    void survivesFaults();
    void comesBackByItself_data();
    void comesBackByItself();
};

void TestRemoteFaults::saysWhatIsDone()
{
    const auto proxy = openBehindProxy();
    if (!proxy)
        QSKIP("the server's program isn't installed");
    std::vector<std::string> people;
    json::array parts;
    for (const char *name : {"a", "b", "c"}) {
        people.push_back(create("entity", named(name)));
        parts.emplace_back(updatePart(entityPath(people.back()), {{"disabled", true}}));
    }
    proxy->harm(FaultProxy::Fault::CutAfter, "POST", 1, 1);
    const core::Response half = apply(parts);
    QCOMPARE(half.status, 502);
    QCOMPARE(half.data->at("failed_request").to_number<int>(), 1);
    QCOMPARE(int(half.data->at("responses").as_array().size()), 1);
    QVERIFY(half.data->at("outcome_unknown").as_bool());
    // What became of it is in the mirror: two are done, the third can be tried again.
    const auto disabled = [&](int at) {
        return await(m_connection->directory().entity(object(people[std::size_t(at)]).entity()))->row.disabled;
    };
    QVERIFY(disabled(0) && disabled(1) && !disabled(2));
    QVERIFY(apply({parts[2]}).ok());
    QVERIFY(disabled(2));
}

void TestRemoteFaults::survivesFaults_data()
{
    using Fault = FaultProxy::Fault;
    QTest::addColumn<int>("fault");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("skip");
    const auto rows = [](const char *name, Fault fault, const QByteArray &answer = {}) {
        for (int skip = 0; skip < 6; ++skip)
            QTest::addRow("%s, step %d", name, skip) << int(fault) << answer << skip;
    };
    const auto says = [&](const char *name, int status, const QByteArray &headers = {}) {
        rows(name, Fault::Answer, FaultProxy::status(status, R"({"errors":["no"]})", headers));
    };
    rows("cut before", Fault::CutBefore);
    rows("cut after", Fault::CutAfter);
    rows("cut in the answer", Fault::CutInAnswer);
    rows("garbage", Fault::Garbage);
    rows("late", Fault::Late);
    rows("silence", Fault::Silence);
    rows("sealed", Fault::Answer, FaultProxy::status(503, R"({"errors":["Vault is sealed"]})"));
    says("busy", 429, "Retry-After: 1\r\n");
    says("a copy for disasters", 472);
    says("a standby for reads", 473);
    says("an error of its own", 500);
    says("a gateway without a server", 502);
}

/// A move of somebody between two groups, hit at each request that it takes: nothing is lost, nothing sent twice.
void TestRemoteFaults::survivesFaults()
{
    QFETCH(int, fault);
    QFETCH(QByteArray, answer);
    QFETCH(int, skip);
    const auto proxy = openBehindProxy(RealServer::Kind::Bao, 2); // one server for all rows
    if (!proxy)
        QSKIP("the server's program isn't installed");
    const std::string tag = freshId();
    const std::string alice = create("entity", named("alice-" + tag));
    const std::string bob = create("entity", named("bob-" + tag));
    const std::string here = create("group", named("here-" + tag, {{"member_entity_ids", json::array{alice, bob}}}));
    const std::string there = create("group", named("there-" + tag, {{"member_entity_ids", json::array{bob}}}));
    const json::array parts{updatePart(membersPath(there), {{"add_entity_ids", json::array{alice}}}),
                            updatePart(membersPath(here), {{"remove_entity_ids", json::array{alice}}})};
    proxy->forget();
    proxy->harm(FaultProxy::Fault(fault), "identity/group/id/", 1, skip, answer);
    const auto done = send(applyRequest(parts));
    const int most = answer.contains(" 429 ") ? 2 : 1; // who was busy hasn't done it
    QVERIFY(proxy->count("POST /v1/" + groupPath(there).toLatin1()) <= most);
    QVERIFY(proxy->count("POST /v1/" + groupPath(here).toLatin1()) <= most);
    proxy->heal();
    const auto has = [&](const std::string &group, const std::string &who) {
        const core::Response read = m_server->get("identity/group/id/" + group);
        return member(read, "member_entity_ids").contains(QByteArray::fromStdString(who));
    };
    QVERIFY(has(here, bob) && has(there, bob));
    QVERIFY(has(here, alice) || has(there, alice)); // never in none
    if (done && done->ok())
        QVERIFY(has(there, alice) && !has(here, alice));
    else
        QVERIFY(!(done ? failureText(done) : done.error().wire).empty());
    if (answer.contains(" 429 ") || fault == int(FaultProxy::Fault::Late))
        QVERIFY2(done && done->ok(), "a moment's wait would have done");
    // The same once more brings it to its end.
    const core::Response again = apply(parts);
    QVERIFY2(again.ok(), line(again).constData());
    QVERIFY(has(there, alice) && !has(here, alice));
    QTRY_COMPARE(await(directory().group(object(there).group()))->row.directMembers, 2);
}

void TestRemoteFaults::comesBackByItself_data()
{
    using Fault = FaultProxy::Fault;
    QTest::addColumn<int>("fault");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status"); // of the problem that is said
    const auto says = [](const char *name, int status, const char *body = R"({"errors":["no"]})") {
        QTest::newRow(name) << int(Fault::Answer) << FaultProxy::status(status, body) << status;
    };
    QTest::newRow("gone") << int(Fault::None) << QByteArray() << 0;
    QTest::newRow("cut") << int(Fault::CutInAnswer) << QByteArray() << 0;
    QTest::newRow("silence") << int(Fault::Silence) << QByteArray() << 0;
    QTest::newRow("garbage") << int(Fault::Garbage) << QByteArray() << 200;
    says("sealed", 503, R"({"errors":["Vault is sealed"]})");
    says("busy", 429);
    says("a copy for disasters", 472);
    says("a standby for reads", 473);
    says("an error of its own", 500);
    says("the wrong kind of server", 405);
}

void TestRemoteFaults::comesBackByItself()
{
    QFETCH(int, fault);
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    const auto proxy = openBehindProxy(RealServer::Kind::Bao, 2);
    if (!proxy)
        QSKIP("the server's program isn't installed");
    const qint64 before = await(directory().counts())->entities;
    if (fault == int(FaultProxy::Fault::None))
        proxy->goDown();
    else
        proxy->harm(FaultProxy::Fault(fault), "", 1'000'000, 0, answer);
    m_remote->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(m_remote->mirror().phase, Phase::Failed, 30'000);
    QCOMPARE(m_remote->mirror().problem->status, status);
    QVERIFY(!m_remote->mirror().problem->wire.empty() || status == 405);
    QCOMPARE(await(directory().counts())->entities, before); // what was known stays in sight
    core::Request request;
    request.path = "identity/entity/name/x";
    const auto asked = send(request);
    QVERIFY(!asked || asked->status == status);
    m_server->create("identity/entity", "{\"name\":\"" + freshId() + "\"}");
    proxy->heal();
    waitForMirror();
    QVERIFY(!m_remote->mirror().problem);
    QCOMPARE(await(directory().counts())->entities, before + 1);
}

QTEST_GUILESS_MAIN(TestRemoteFaults)
#include "tst_RemoteFaults.moc"
