// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteConnection.h"
#include "support/LiveConnection.h"
#include "support/RealServer.h"
#include "support/Shared.h"
#include "support/TestCore.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <random>
#include <thread>

using namespace kith;
using namespace kith::connection;
using namespace kith::test;
namespace json = boost::json;
using core::Operation;

/// The real organisation on a real OpenBao: how long its mirror takes, and whether what Kith explains is what the
/// server does. Takes minutes, so only with KITH_LONG=1.
class TestRemoteOrganisation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isReadQuickly();
    void explainsAsTheLocalCore();
    void loginsGetWhatIsExplained();
    void cleanupTestCase();

private:
    json::object ask(Connection &connection, const std::string &path, json::object data);
    std::vector<std::string> pathsToRead();
    qint64 readBare(const std::vector<std::string> &paths);
    /// Milliseconds from the beginning; -1: it didn't come to that.
    struct Reading {
        qint64 open = -1;
        qint64 names = -1;
        qint64 firstPage = -1;
        qint64 whole = -1;
    };
    Reading readMirror();

    std::unique_ptr<RealServer> m_server;
    std::unique_ptr<LiveConnection> m_local;
    std::unique_ptr<RemoteConnection> m_remote;
    json::array m_people;
};

void TestRemoteOrganisation::initTestCase()
{
    if (qEnvironmentVariableIntValue("KITH_LONG") == 0)
        QSKIP("takes minutes: set KITH_LONG=1");
    avoidGlibInThreads(); // as the programs do
    const QByteArray document = sharedFile(QStringLiteral("data/kubernetes-org-rich.json"));
    if (document.isEmpty())
        QSKIP("the organisation isn't beside the project");
    m_server = RealServer::start(RealServer::Kind::Bao);
    if (!m_server || !m_server->load(QStringLiteral("kubernetes-org-rich.json")))
        QSKIP("bao or the loader isn't installed");
    m_local = std::make_unique<LiveConnection>();
    m_people = json::parse(std::string_view(document.data(), std::size_t(document.size()))).at("entities").as_array();
    m_local->post("kith/import", json::serialize(json::object{{"document", document.toStdString()}}));
}

void TestRemoteOrganisation::cleanupTestCase()
{
    m_remote.reset();
    m_local.reset();
    m_server.reset();
}

json::object TestRemoteOrganisation::ask(Connection &connection, const std::string &path, json::object data)
{
    core::Request request;
    request.operation = Operation::Update;
    request.path = path;
    request.data = std::move(data);
    const auto answer = await(connection.send(std::move(request)));
    if (!answer || !answer->ok() || !answer->data)
        qFatal("%s: %s", path.c_str(), answer ? line(*answer).constData() : why(answer).constData());
    return answer->data->as_object();
}

/// The same reads on as many connections, with nothing behind them: milliseconds.
qint64 TestRemoteOrganisation::readBare(const std::vector<std::string> &paths)
{
    const QUrl url(m_server->address());
    std::atomic<std::size_t> next = 0;
    QElapsedTimer timer;
    timer.start();
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&] {
            QTcpSocket socket;
            socket.connectToHost(url.host(), quint16(url.port()));
            socket.waitForConnected();
            for (std::size_t at = next++; at < paths.size(); at = next++) {
                socket.write("GET /v1/" + QByteArray::fromStdString(paths[at]) +
                             " HTTP/1.1\r\nHost: x\r\nX-Vault-Token: " + m_server->token() + "\r\n\r\n");
                QByteArray answer;
                qsizetype whole = -1;
                while (whole < 0 || answer.size() < whole) {
                    if (!socket.waitForReadyRead(10'000))
                        return;
                    answer += socket.readAll();
                    const qsizetype end = answer.indexOf("\r\n\r\n");
                    const qsizetype length = answer.toLower().indexOf("content-length: ");
                    if (whole < 0 && end >= 0 && length >= 0)
                        whole = end + 4 +
                                answer.mid(length + 16, answer.indexOf("\r\n", length) - length - 16).toLongLong();
                    else if (end >= 0 && length < 0 && answer.endsWith("0\r\n\r\n"))
                        whole = answer.size();
                }
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    return timer.elapsed();
}

/// What a mirror holds, each object by a read of its own.
std::vector<std::string> TestRemoteOrganisation::pathsToRead()
{
    std::vector<std::string> paths{"sys/auth", "identity/entity/id?list=true", "identity/group/id?list=true",
                                   "sys/policies/acl?list=true"};
    for (const auto &[list, base] :
         {std::pair("sys/policies/acl", "sys/policies/acl/"), std::pair("identity/group/id", "identity/group/id/"),
          std::pair("identity/entity/id", "identity/entity/id/")}) {
        const core::Response listed = m_server->ask(Operation::List, list);
        for (const json::value &key : listed.data->at("keys").as_array())
            paths.push_back(base + std::string(key.as_string()));
    }
    return paths;
}

TestRemoteOrganisation::Reading TestRemoteOrganisation::readMirror()
{
    m_remote.reset();
    Reading reading;
    QElapsedTimer timer;
    timer.start();
    RemoteOptions options;
    options.profile = m_server->profile();
    options.token = m_server->token();
    options.refreshSeconds = 0;
    auto opened = await(RemoteConnection::open(options));
    if (!opened)
        return reading;
    m_remote = std::move(*opened);
    reading.open = timer.elapsed();
    QObject looking;        // the connections go with it
    const auto look = [&] { // as a table does that shows them
        const auto rows = reading.firstPage < 0 ? await(m_remote->directory().entityRows({})) : Rows<EntityId>();
        if (reading.firstPage < 0 && rows && rows->size() == int(m_people.size()))
            reading.firstPage = timer.elapsed();
    };
    connect(m_remote.get(), &RemoteConnection::firstPage, &looking, [&] {
        reading.names = timer.elapsed();
        look();
    });
    connect(m_remote.get(), &Connection::changed, &looking, look);
    if (QTest::qWaitFor([&] { return m_remote->mirror().phase == MirrorState::Phase::Current; }, 240'000))
        reading.whole = timer.elapsed();
    return reading;
}

/// In turn, so that both have the same machine.
void TestRemoteOrganisation::isReadQuickly()
{
    const std::vector<std::string> paths = pathsToRead();
    std::vector<double> ratios;
    for (int turn = 0; turn < 9; ++turn) {
        const qint64 bare = readBare(paths);
        const Reading reading = readMirror();
        ratios.push_back(double(reading.whole) / double(bare));
        qInfo("%d reads: bare %lld ms; open %lld ms, names %lld ms, first page %lld ms, whole mirror %lld ms (%.2f "
              "times bare)",
              int(paths.size()), bare, reading.open, reading.names, reading.firstPage, reading.whole, ratios.back());
        QVERIFY(reading.firstPage > 0 && reading.whole > 0);
#if !defined(__SANITIZE_ADDRESS__)
        QVERIFY(reading.firstPage < 1000);
        QVERIFY(reading.whole < 10'000);
#endif
    }
    std::sort(ratios.begin(), ratios.end());
    const double median = ratios[ratios.size() / 2];
    qInfo("in the median %.2f times bare", median); // wanted: 1.5 on a machine that does nothing else
#if !defined(__SANITIZE_ADDRESS__)
    QVERIFY(median < 2); // others may be at work beside it
#endif
}

void TestRemoteOrganisation::explainsAsTheLocalCore()
{
    QVERIFY(m_remote);
    int policies = 0;
    for (const json::value &person : m_people) {
        const std::string name(person.at("name").as_string());
        json::object ours = ask(*m_remote, "kith/explain", {{"entity", name}});
        json::object local = ask(m_local->connection(), "kith/explain", {{"entity", name}});
        QVERIFY2(ours.at("policies") == local.at("policies"), name.c_str());
        policies += int(ours.at("policies").as_array().size());
    }
    qInfo("%d people, %d policies, all explained alike", int(m_people.size()), policies);
}

void TestRemoteOrganisation::loginsGetWhatIsExplained()
{
    QVERIFY(m_remote);
    std::vector<std::pair<std::string, json::object>> withAlias; // the entity, its alias
    for (const json::value &person : m_people)
        if (!person.at("aliases").as_array().empty() &&
            !(person.as_object().contains("disabled") && person.at("disabled").as_bool()))
            withAlias.emplace_back(person.at("name").as_string(), person.at("aliases").at(0).as_object());
    std::mt19937 random(20261122);
    std::shuffle(withAlias.begin(), withAlias.end(), random);
    withAlias.resize(std::min<std::size_t>(withAlias.size(), 200));
    RemoteClient client(m_server->profile());
    int policies = 0;
    for (const auto &[name, alias] : withAlias) {
        const std::string mount(alias.at("mount").as_string());
        const std::string user(alias.at("name").as_string());
        const auto made = m_server->post("auth/" + mount + "/users/" + user, R"({"password":"pass-word"})");
        QVERIFY2(made.ok(), line(made).constData());
        const auto signedIn = await(signIn(client, {SignInMethod::UserAndPassword, QString::fromStdString(mount),
                                                    QString::fromStdString(user), "pass-word"}));
        QVERIFY2(signedIn, why(signedIn).constData());
        const json::object explained = ask(*m_remote, "kith/explain", {{"entity", name}});
        QStringList expected;
        for (const json::value &policy : explained.at("policies").as_array())
            expected += QString::fromUtf8(policy.at("name").as_string().c_str());
        expected.sort();
        QCOMPARE(signedIn->identityPolicies, expected);
        policies += int(expected.size());
    }
    qInfo("%d logins, %d policies, every one as explained", int(withAlias.size()), policies);
}

QTEST_GUILESS_MAIN(TestRemoteOrganisation)
#include "tst_RemoteOrganisation.moc"
