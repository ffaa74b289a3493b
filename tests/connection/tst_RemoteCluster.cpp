// SPDX-License-Identifier: Apache-2.0
#include "support/ConnectionFixture.h"
#include "support/RealCluster.h"

#include <QElapsedTimer>

using namespace kith;
using namespace kith::connection;
using namespace kith::test;
namespace json = boost::json;
using core::Operation;
using Phase = MirrorState::Phase;

/// A cluster of three whose leader is killed in the middle, seen from a client of a standby. Takes minutes, so only
/// with KITH_LONG=1.
class TestRemoteCluster : public QObject, protected ConnectionFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void mirrorsThroughAnElection();
    void changesThroughAnElection();
    void copiesThroughAnElection();
    void cleanupTestCase() { m_cluster.reset(); }

private:
    static constexpr int People = 1500;
    void killTheLeader();
    json::object read(const std::string &path);

    std::unique_ptr<RealCluster> m_cluster;
    int m_killed = -1;
    int m_asked = -1; ///< The standby that the connection goes to.
    std::vector<std::string> m_people;
};

void TestRemoteCluster::initTestCase()
{
    if (qEnvironmentVariableIntValue("KITH_LONG") == 0)
        QSKIP("takes minutes: set KITH_LONG=1");
    m_cluster = RealCluster::start();
    if (!m_cluster)
        QSKIP("bao isn't installed");
    const int leader = m_cluster->leader();
    for (int i = 0; i < People; ++i) {
        const core::Response made =
            m_cluster->ask(leader, Operation::Update, "identity/entity", "{\"name\":\"p" + std::to_string(i) + "\"}");
        m_people.emplace_back(made.data->at("id").as_string());
    }
}

void TestRemoteCluster::init()
{
    m_asked = m_cluster->standby();
    open(m_cluster->profile(m_asked), m_cluster->token());
}

void TestRemoteCluster::cleanup()
{
    close();
    if (m_killed >= 0)
        m_cluster->revive(std::exchange(m_killed, -1));
}

void TestRemoteCluster::killTheLeader()
{
    m_killed = m_cluster->leader();
    QVERIFY(m_killed >= 0 && m_killed != m_asked);
    m_cluster->kill(m_killed);
}

json::object TestRemoteCluster::read(const std::string &path)
{
    return m_cluster->ask(m_cluster->leader(), Operation::Read, path).data->as_object();
}

void TestRemoteCluster::mirrorsThroughAnElection()
{
    QCOMPARE(await(directory().counts())->entities, People);
    m_cluster->ask(m_cluster->leader(), Operation::Update, "identity/entity/id/" + m_people.back(),
                   R"({"policies":["late"]})");
    const QDateTime before = m_remote->readAt();
    m_remote->refresh();
    QTRY_VERIFY(m_remote->mirror().phase == Phase::Reading && m_remote->mirror().done > 0);
    QVERIFY(m_remote->mirror().done < People);
    killTheLeader();
    QElapsedTimer timer;
    timer.start();
    bool failed = false;
    connect(m_remote.get(), &RemoteConnection::mirrorChanged, this, [&] {
        if (m_remote->mirror().phase == Phase::Failed && !std::exchange(failed, true))
            qInfo("after %lld ms: %s", timer.elapsed(), m_remote->mirror().problem->wire.c_str());
    });
    QTRY_VERIFY_WITH_TIMEOUT(m_remote->readAt() > before, 120'000);
    qInfo("the mirror was whole again %lld ms after the leader was killed", timer.elapsed());
    QCOMPARE(await(directory().counts())->entities, People);
    QCOMPARE(policiesOf(m_people.back()), QStringList(QStringLiteral("late")));
}

/// Everybody moves from one group to another, with one request each; what failed is sent again until it is done.
void TestRemoteCluster::changesThroughAnElection()
{
    json::array all(m_people.begin(), m_people.end());
    const std::string from = create("group", named("from", {{"member_entity_ids", all}}));
    const std::string to = create("group", named("to"));
    json::array parts;
    for (int i = 0; i < 40; ++i) {
        const json::array one{m_people[std::size_t(i)]};
        parts.emplace_back(updatePart(membersPath(to), {{"add_entity_ids", one}}));
        parts.emplace_back(updatePart(membersPath(from), {{"remove_entity_ids", one}}));
    }
    core::Request request = applyRequest(parts);
    request.progress = std::make_shared<core::Progress>();
    auto future = m_connection->send(request);
    QTRY_VERIFY_WITH_TIMEOUT(request.progress->done >= 20 || future.isFinished(), 60'000);
    QVERIFY2(!future.isFinished(),
             future.result() ? line(*future.result()).left(300).constData() : why(future.result()).constData());
    killTheLeader();
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 120'000);
    auto answer = future.result();
    int attempts = 1;
    for (QElapsedTimer timer; !(answer && answer->ok()); ++attempts) {
        if (!timer.isValid())
            timer.start();
        const QByteArray words = answer ? line(*answer).left(200) : why(answer);
        qInfo("attempt %d: %s", attempts, words.constData());
        QVERIFY(!words.isEmpty());
        QVERIFY2(timer.elapsed() < 90'000, "the cluster doesn't come back");
        QTest::qWait(500);
        answer = send(applyRequest(parts));
    }
    qInfo("done at attempt %d", attempts);
    const auto members = [&](const std::string &group) {
        std::set<std::string> ids;
        const json::object shown = read("identity/group/id/" + group);
        for (const json::value &id : shown.at("member_entity_ids").as_array())
            ids.insert(std::string(id.as_string()));
        return ids;
    };
    // Everybody is in exactly one of the two.
    const auto here = members(from);
    const auto there = members(to);
    QCOMPARE(int(there.size()), 40);
    QCOMPARE(int(here.size()), People - 40);
    for (int i = 0; i < People; ++i)
        QCOMPARE(there.contains(m_people[std::size_t(i)]), i < 40);
    readAnew();
    QCOMPARE(await(directory().group(object(to).group()))->row.directMembers, 40);
}

void TestRemoteCluster::copiesThroughAnElection()
{
    json::array entities;
    json::array names;
    for (int i = 0; i < 200; ++i) {
        const std::string name = "copied-" + std::to_string(i);
        entities.push_back({{"name", name}, {"policies", json::array{"copied"}}});
        names.emplace_back(name);
    }
    const json::object document{{"entities", entities},
                                {"groups", json::array{{{"name", "all"}, {"member_entities", names}}}}};
    core::Request request;
    request.operation = Operation::Update;
    request.path = "kith/import";
    request.data = {{"document", document}};
    request.progress = std::make_shared<core::Progress>();
    auto future = m_connection->send(request);
    QTRY_VERIFY_WITH_TIMEOUT(request.progress->done >= 60, 60'000);
    killTheLeader();
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 180'000);
    auto answer = future.result();
    QVERIFY2(answer, why(answer).constData());
    QVERIFY(!answer->ok());
    QVERIFY(!answer->data->at("failed").as_array().empty());
    qInfo("done %lld, failed %d: %s", static_cast<long long>(answer->data->at("done").to_number<qint64>()),
          int(answer->data->at("failed").as_array().size()), answer->errors.front().c_str());
    request.progress.reset();
    for (QElapsedTimer timer; !(answer && answer->ok());) {
        if (!timer.isValid())
            timer.start();
        QVERIFY2(timer.elapsed() < 120'000, "the cluster doesn't come back");
        readAnew(); // the plan is made from what is there by now
        answer = send(request);
    }
    readAnew();
    const auto again = send(request);
    QVERIFY2(again && again->ok() && again->data->at("nothing_to_do").as_bool(), why(again).constData());
    QCOMPARE(await(directory().counts())->entities, People + 200);
    QCOMPARE(read("identity/group/name/all").at("member_entity_ids").as_array().size(), 200U);
}

QTEST_GUILESS_MAIN(TestRemoteCluster)
#include "tst_RemoteCluster.moc"
