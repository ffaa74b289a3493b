// SPDX-License-Identifier: Apache-2.0
#include "connection/Answers.h"
#include "connection/VaultHttp.h"
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
    void leavesOpenWhatWasWaitedForTooLong();
    void takesNobodyElsesMountForItsOwn();
    void survivesFaults_data();
    void survivesFaults();
    void comesBackByItself_data();
    void comesBackByItself();
    void keepsWhatPerhapsWasDeleted();
    void knowsAnAliasThatWasDeleted();
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

/// The server may still be at it when nobody waits any longer: that nothing is to be seen yet says nothing.
void TestRemoteFaults::leavesOpenWhatWasWaitedForTooLong()
{
    const auto proxy = openBehindProxy(RealServer::Kind::Bao, 2);
    if (!proxy)
        QSKIP("the server's program isn't installed");
    const std::string old = create("entity", named("old-" + freshId()));
    proxy->harm(FaultProxy::Fault::Silence, "POST /v1/identity/entity");
    const json::object entity = named("slow-" + freshId(), {{"id", freshId()}});
    const auto made = send(applyRequest({updatePart(QStringLiteral("kith/restore"), {{"entity", entity}})}));
    QVERIFY(!made);
    QVERIFY2(isOutcomeUnknown(made.error()), made.error().wire.c_str());
    proxy->harm(FaultProxy::Fault::Silence, "DELETE");
    const auto deleted = send(applyRequest({deletePart(entityPath(old))}));
    QVERIFY(!deleted);
    QVERIFY2(isOutcomeUnknown(deleted.error()), deleted.error().wire.c_str());
}

/// Likewise on a kithd; what was read of it before comes along.
void TestRemoteFaults::keepsWhatPerhapsWasDeleted()
{
    close(); // the server of the others
    const auto proxy = openBehindProxy(RealServer::Kind::Kithd, 2);
    if (!proxy)
        QSKIP("kithd isn't built");
    const std::string name = "ada-" + freshId();
    const std::string ada = create("entity", named(name));
    readAnew();
    proxy->harm(FaultProxy::Fault::Silence, "kith/apply");
    const core::Response answer = apply({readPart(entityPath(ada)), deletePart(entityPath(ada))});
    QVERIFY(!answer.ok());
    QVERIFY(answer.data->at("outcome_unknown").as_bool());
    QCOMPARE(textIn(answer.data->at("responses").at(0).at("data").as_object(), "name"), name);
}

void TestRemoteFaults::knowsAnAliasThatWasDeleted()
{
    close(); // the server of the others
    const auto proxy = openBehindProxy(RealServer::Kind::Kithd);
    if (!proxy)
        QSKIP("kithd isn't built");
    const std::string accessor = userpass("corp-" + freshId());
    const std::string ada = create("entity", named("ada-" + freshId()));
    const auto addAlias = [&](const std::string &name) {
        const json::object body{{"name", name}, {"mount_accessor", accessor}, {"canonical_id", ada}};
        const core::Response made = elsewhere(core::Operation::Update, "identity/entity-alias", json::serialize(body));
        return QStringLiteral("identity/entity-alias/id/") +
               QString::fromStdString(textIn(made.data->as_object(), "id"));
    };
    const auto deletion = [&](const QString &alias) {
        proxy->harm(FaultProxy::Fault::CutAfter, "kith/apply");
        return apply({readPart(alias), deletePart(alias)});
    };
    const QString seen = addAlias("seen");
    readAnew();
    const core::Response known = deletion(seen);
    QVERIFY2(known.ok(), line(known).constData());
    const json::value &read = known.data->at("responses").at(0);
    QCOMPARE(textIn(read.at("data").as_object(), "name"), std::string("seen"));
    QCOMPARE(textIn(read.at("data").as_object(), "canonical_id"), ada);
    // One that was never read here: it is gone, and can't be brought back.
    const core::Response unseen = deletion(addAlias("unseen"));
    QVERIFY2(unseen.ok(), line(unseen).constData());
    QVERIFY(!unseen.data->at("responses").at(0).as_object().contains("data"));
    QVERIFY(!unseen.warnings.empty());
}

void TestRemoteFaults::takesNobodyElsesMountForItsOwn()
{
    const auto proxy = openBehindProxy(RealServer::Kind::Bao);
    if (!proxy)
        QSKIP("the server's program isn't installed");
    const std::string path = "theirs-" + freshId();
    elsewhere(core::Operation::Update, "sys/auth/" + path, R"({"type":"userpass"})");
    const QString mount = QStringLiteral("sys/auth/") + QString::fromStdString(path);
    const auto cut = [&](FaultProxy::Fault fault, const QString &where, json::object data) {
        proxy->harm(fault, "POST /v1/sys/auth/");
        return send(applyRequest({updatePart(where, std::move(data))}));
    };
    // Whether it was there before isn't known yet.
    const auto first = cut(FaultProxy::Fault::CutBefore, mount, {{"type", "userpass"}});
    QVERIFY(!first);
    QVERIFY2(isOutcomeUnknown(first.error()) && !isOutcomeUnseen(first.error()), first.error().wire.c_str());
    QVERIFY(send(requestOf(core::Operation::Read, "sys/auth")));
    const auto second = cut(FaultProxy::Fault::CutBefore, mount, {{"type", "userpass"}});
    QVERIFY(!second);
    QVERIFY2(isOutcomeUnseen(second.error()), second.error().wire.c_str());
    // Of what isn't in the list of mounts nothing follows from it.
    const auto tuned =
        cut(FaultProxy::Fault::CutBefore, mount + QStringLiteral("/tune"), {{"default_lease_ttl", "1h"}});
    QVERIFY(!tuned);
    QVERIFY2(isOutcomeUnknown(tuned.error()), tuned.error().wire.c_str());
    // One that is new is ours.
    const auto made = cut(FaultProxy::Fault::CutAfter, mount + QStringLiteral("-new"), {{"type", "userpass"}});
    QVERIFY2(made && made->ok(), made ? line(*made).constData() : made.error().wire.c_str());
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
