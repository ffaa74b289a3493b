// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteClient.h"

#include "connection/Diagnosis.h"
#include "connection/SignIn.h"
#include "connection/Transport.h"
#include "connection/VaultHttp.h"
#include "support/FaultProxy.h"
#include "support/LiveConnection.h"
#include "support/Processes.h"
#include "support/RealServer.h"
#include "support/TestCore.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <map>

using namespace kith;
using namespace kith::connection;
using namespace kith::test;
using core::Operation;

Q_DECLARE_METATYPE(kith::test::RealServer::Kind)

/// HTTP to real servers, and through a proxy that does harm.
class TestRemoteClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void speaks_data();
    void speaks();
    void signsIn_data();
    void signsIn();
    void noticesRevocation();
    void renews();
    void readsAreAskedAgain_data();
    void readsAreAskedAgain();
    void changesAreNotSentTwice_data();
    void changesAreNotSentTwice();
    void busyServersAreAskedAgain();
    void redirectsGoToTheClusterOnly();
    void readsAnswersInOnePiece();
    void goesThroughTheSystemsProxy();
    void cancels();
    void cancelsWithoutAFuture();
    void keepsAnswersApart();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();

private:
    static Result<core::Response> ask(RemoteClient &client, Operation operation, const std::string &path,
                                      std::string_view json = "{}");
};

void TestRemoteClient::initTestCase()
{
    qRegisterMetaType<Cause>();
}

Result<core::Response> TestRemoteClient::ask(RemoteClient &client, Operation operation, const std::string &path,
                                             std::string_view json)
{
    core::Request request;
    request.operation = operation;
    request.path = path;
    request.data = boost::json::parse(json).as_object();
    return client.ask(std::move(request));
}

static void addServers()
{
    QTest::addColumn<RealServer::Kind>("kind");
    QTest::newRow("kithd") << RealServer::Kind::Kithd;
    QTest::newRow("OpenBao") << RealServer::Kind::Bao;
    QTest::newRow("OpenBao, raft, TLS") << RealServer::Kind::BaoTls;
    QTest::newRow("OpenBao, namespace") << RealServer::Kind::BaoTeam;
}

#define START_SERVER(kind)                                                                                             \
    const auto server = RealServer::start(kind);                                                                       \
    if (!server)                                                                                                       \
    QSKIP("the server's program isn't installed")

void TestRemoteClient::speaks_data()
{
    addServers();
}

void TestRemoteClient::speaks()
{
    QFETCH(RealServer::Kind, kind);
    START_SERVER(kind);
    RemoteClient &client = server->client();
    const auto made = ask(client, Operation::Update, "identity/entity",
                          R"({"name":"Zoë / 100%","metadata":{"site":"京都"},"policies":["a","b"]})");
    QVERIFY2(made, why(made).constData());
    QCOMPARE(made->status, 200);
    const std::string id(made->data->at("id").as_string());
    const auto read = ask(client, Operation::Read, "identity/entity/name/Zoë / 100%");
    QVERIFY2(read, why(read).constData());
    QCOMPARE(read->status, 200);
    QCOMPARE(member(*read, "id"), QByteArray::fromStdString("\"" + id + "\""));
    QCOMPARE(member(*read, "metadata"), QByteArray(R"({"site":"京都"})"));
    QVERIFY(!read->requestId.empty());
    const auto listed = ask(client, Operation::List, "identity/entity/id");
    QVERIFY2(listed && listed->ok(), why(listed).constData());
    QCOMPARE(listed->data->at("key_info").at(id).at("name").as_string(), "Zoë / 100%");
    const auto changed = ask(client, Operation::Update, "identity/entity/id/" + id, R"({"disabled":true})");
    QVERIFY2(changed, why(changed).constData());
    QCOMPARE(changed->status, 204);
    const auto wrong = ask(client, Operation::Update, "identity/entity/id/" + id, R"({"policies":["root"]})");
    QVERIFY2(wrong, why(wrong).constData());
    QCOMPARE(line(*wrong), QByteArray("400 policies cannot contain root"));
    const auto removed = ask(client, Operation::Delete, "identity/entity/id/" + id);
    QVERIFY2(removed, why(removed).constData());
    QCOMPARE(removed->status, 204);
    QCOMPARE(ask(client, Operation::Read, "identity/entity/id/" + id)->status, 404);
    client.setToken("no-such-token");
    QCOMPARE(ask(client, Operation::Read, "identity/entity/id/" + id)->status, 403);
}

void TestRemoteClient::signsIn_data()
{
    addServers();
}

void TestRemoteClient::signsIn()
{
    QFETCH(RealServer::Kind, kind);
    START_SERVER(kind);
    const std::string accessor = server->userpass("people");
    server->post("auth/people/users/alice", R"({"password":"wonder-land"})");
    const std::string alice = server->create("identity/entity", R"({"name":"alice","policies":["readers"]})");
    server->create("identity/entity-alias",
                   R"({"name":"alice","canonical_id":")" + alice + R"(","mount_accessor":")" + accessor + "\"}");
    server->create("identity/group", R"({"name":"crew","policies":["crew"],"member_entity_ids":[")" + alice + "\"]}");
    RemoteClient client(server->profile());
    Credentials credentials{SignInMethod::Userpass, QStringLiteral("people"), QStringLiteral("alice"), "wonder-land"};
    const auto signedIn = await(signIn(client, credentials));
    QVERIFY2(signedIn, why(signedIn).constData());
    QCOMPARE(signedIn->entityUuid.toStdString(), alice);
    QCOMPARE(signedIn->identityPolicies, QStringList({QStringLiteral("crew"), QStringLiteral("readers")}));
    QVERIFY(signedIn->renewable);
    QVERIFY(signedIn->ttlSeconds > 0);
    QCOMPARE(client.token(), signedIn->token);

    credentials.secret = "wrong";
    const auto refused = await(signIn(client, credentials));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidRequest);
    QVERIFY(!QByteArray::fromStdString(refused.error().wire).contains("wrong"));
    credentials.mount = QStringLiteral("nowhere");
    QVERIFY(!await(signIn(client, credentials)));

    server->post("sys/auth/approle", R"({"type":"approle"})");
    server->post("auth/approle/role/ci", R"({"token_policies":["ci"]})");
    const QString role =
        QString::fromUtf8(server->get("auth/approle/role/ci/role-id").data->at("role_id").as_string().c_str());
    const QByteArray secret = server->post("auth/approle/role/ci/secret-id").data->at("secret_id").as_string().c_str();
    const auto machine = await(signIn(client, {SignInMethod::AppRole, {}, role, secret}));
    QVERIFY2(machine, why(machine).constData());
    QVERIFY(machine->policies.contains(QStringLiteral("ci")));

    const auto root = await(signIn(client, {SignInMethod::Token, {}, {}, server->token()}));
    QVERIFY2(root, why(root).constData());
    QCOMPARE(root->ttlSeconds, 0);
    const auto wrong = await(signIn(client, {SignInMethod::Token, {}, {}, "hvs.nothing"}));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, ErrorCode::PermissionDenied);
    QCOMPARE(client.token(), root->token);
}

void TestRemoteClient::noticesRevocation()
{
    START_SERVER(RealServer::Kind::Bao);
    const core::Response made = server->post("auth/token/create", R"({"ttl":"1h"})");
    const QByteArray token = made.auth->fields.at("client_token").as_string().c_str();
    RemoteClient client(server->profile());
    const auto signedIn = await(signIn(client, {SignInMethod::Token, {}, {}, token}));
    QVERIFY2(signedIn, why(signedIn).constData());
    TokenKeeper keeper(client, *signedIn);
    QSignalSpy spy(&keeper, &TokenKeeper::stateChanged);
    keeper.refused(); // for lack of rights: the token is good
    QTest::qWait(200);
    QCOMPARE(keeper.state(), TokenKeeper::State::Good);
    server->post("auth/token/revoke", "{\"token\":\"" + token.toStdString() + "\"}");
    keeper.refused();
    QTRY_COMPARE(keeper.state(), TokenKeeper::State::Revoked);
    QCOMPARE(spy.count(), 1);
}

void TestRemoteClient::renews()
{
    START_SERVER(RealServer::Kind::Bao);
    const core::Response made = server->post("auth/token/create", R"({"ttl":"3s","explicit_max_ttl":"6s"})");
    const QByteArray token = made.auth->fields.at("client_token").as_string().c_str();
    RemoteClient client(server->profile());
    const auto signedIn = await(signIn(client, {SignInMethod::Token, {}, {}, token}));
    QVERIFY2(signedIn, why(signedIn).constData());
    TokenKeeper keeper(client, *signedIn);
    QSignalSpy renewed(&keeper, &TokenKeeper::renewed);
    QTRY_VERIFY_WITH_TIMEOUT(renewed.count() > 0, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(keeper.state(), TokenKeeper::State::Expired, 20'000);
}

void TestRemoteClient::readsAreAskedAgain_data()
{
    QTest::addColumn<int>("fault");
    QTest::newRow("cut before the server has it") << int(FaultProxy::Fault::CutBefore);
    QTest::newRow("cut after the server has it") << int(FaultProxy::Fault::CutAfter);
    QTest::newRow("cut in the answer") << int(FaultProxy::Fault::CutInAnswer);
}

void TestRemoteClient::readsAreAskedAgain()
{
    QFETCH(int, fault);
    START_SERVER(RealServer::Kind::Bao);
    FaultProxy proxy(server->address());
    Profile profile = server->profile();
    profile.address = proxy.address();
    RemoteClient client(profile);
    client.setToken(server->token());
    proxy.harm(FaultProxy::Fault(fault), "sys/policies", 1);
    const auto answer = ask(client, Operation::Read, "sys/policies/acl/default");
    QVERIFY2(answer, why(answer).constData());
    QCOMPARE(answer->status, 200);
    QVERIFY(proxy.count("GET /v1/sys/policies/acl/default") >= 2);
    // Gone for good, it is said, and when it is back it works again.
    proxy.goDown();
    const auto down = ask(client, Operation::Read, "sys/policies/acl/default");
    QVERIFY(!down);
    QCOMPARE(down.error().code, ErrorCode::Unreachable);
    QCOMPARE(QString::fromStdString(down.error().where), proxy.address());
    proxy.heal();
    QVERIFY(ask(client, Operation::Read, "sys/policies/acl/default"));
}

void TestRemoteClient::changesAreNotSentTwice_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<bool>("done");
    QTest::addColumn<bool>("deletion");
    using Fault = FaultProxy::Fault;
    for (const bool deletion : {false, true})
        for (const auto &[name, fault, done] :
             {std::tuple("cut before the server has it", Fault::CutBefore, false),
              std::tuple("cut after the server has it", Fault::CutAfter, true),
              std::tuple("cut in the answer", Fault::CutInAnswer, true), std::tuple("garbage", Fault::Garbage, false),
              std::tuple("silence", Fault::Silence, false)})
            QTest::addRow("%s: %s", deletion ? "deletion" : "change", name) << int(fault) << done << deletion;
}

/// Nor are deletions, which have no body: Qt would send them again by itself.
void TestRemoteClient::changesAreNotSentTwice()
{
    QFETCH(int, fault);
    QFETCH(bool, done);
    QFETCH(bool, deletion);
    START_SERVER(RealServer::Kind::Bao);
    if (deletion)
        QVERIFY(server->post("identity/group", R"({"name":"once"})").ok());
    FaultProxy proxy(server->address());
    Profile profile = server->profile();
    profile.address = proxy.address();
    profile.timeoutSeconds = 2;
    RemoteClient client(profile);
    client.setToken(server->token());
    QVERIFY(ask(client, Operation::Read, "sys/health")); // a connection that is kept open
    const QByteArray method = deletion ? "DELETE" : "POST";
    proxy.harm(FaultProxy::Fault(fault), method, 1);
    const auto answer = deletion ? ask(client, Operation::Delete, "identity/group/name/once")
                                 : ask(client, Operation::Update, "identity/group", R"({"name":"once"})");
    QVERIFY(!answer);
    QVERIFY2(isOutcomeUnknown(answer.error()), why(answer).constData());
    QVERIFY(!QByteArray::fromStdString(answer.error().wire + answer.error().where).contains(server->token()));
    QCOMPARE(proxy.count(method + " /v1/identity/group"), 1);
    const auto groups = ask(client, Operation::Read, "identity/group/name/once");
    QVERIFY2(groups, why(groups).constData());
    QCOMPARE(groups->status, done != deletion ? 200 : 404);
}

void TestRemoteClient::busyServersAreAskedAgain()
{
    START_SERVER(RealServer::Kind::Bao);
    FaultProxy proxy(server->address());
    Profile profile = server->profile();
    profile.address = proxy.address();
    RemoteClient client(profile);
    client.setToken(server->token());
    proxy.harm(FaultProxy::Fault::Answer, "group", 2, 0,
               FaultProxy::status(429, R"({"errors":["request path \"identity/group\": rate limit quota exceeded"]})",
                                  "Retry-After: 1\r\n"));
    QElapsedTimer timer;
    timer.start();
    const auto answer = ask(client, Operation::Update, "identity/group", R"({"name":"busy"})");
    QVERIFY2(answer && answer->ok(), why(answer).constData());
    QVERIFY(timer.elapsed() >= 2000);
    QCOMPARE(proxy.count("POST"), 3);
    // Sealed: no use in asking again, and nothing but the server's words.
    proxy.forget();
    proxy.harm(FaultProxy::Fault::Answer, "", 1, 0, FaultProxy::status(503, R"({"errors":["Vault is sealed"]})"));
    QCOMPARE(line(*ask(client, Operation::Read, "identity/group/name/busy")), QByteArray("503 Vault is sealed"));
    QCOMPARE(int(proxy.requests().size()), 1);
    // A copy for disasters, and a standby for reads.
    for (const int status : {472, 473, 500}) {
        proxy.harm(FaultProxy::Fault::Answer, "", 1, 0, FaultProxy::status(status, R"({"errors":["no"]})"));
        QCOMPARE(ask(client, Operation::Read, "identity/group/name/busy")->status, status);
    }
}

void TestRemoteClient::redirectsGoToTheClusterOnly()
{
    START_SERVER(RealServer::Kind::Bao);
    FaultProxy leader(server->address());
    FaultProxy standby(server->address());
    Profile profile = server->profile();
    profile.address = standby.address();
    RemoteClient client(profile);
    client.setToken(server->token());
    const QByteArray there = "Location: " + leader.address().toLatin1() + "/v1/identity/group\r\n";
    standby.harm(FaultProxy::Fault::Answer, "POST", 1, 0, FaultProxy::status(307, {}, there));
    const auto answer = ask(client, Operation::Update, "identity/group", R"({"name":"led"})");
    QVERIFY2(answer && answer->ok(), why(answer).constData());
    QCOMPARE(leader.count("POST /v1/identity/group"), 1);
    // The next goes there at once, and when the leader is gone home again.
    QVERIFY(ask(client, Operation::Read, "identity/group/name/led"));
    QCOMPARE(leader.count("GET"), 1);
    leader.goDown();
    QVERIFY(ask(client, Operation::Read, "identity/group/name/led"));
    const auto back = ask(client, Operation::Update, "identity/group", R"({"name":"back"})");
    QVERIFY2(back && back->ok(), why(back).constData());
    // To a stranger nobody follows, and the stranger sees no token.
    standby.forget();
    standby.harm(FaultProxy::Fault::Answer, "POST", 1, 0,
                 FaultProxy::status(307, {}, "Location: http://stranger.invalid:8200/v1/identity/group\r\n"));
    const auto lost = ask(client, Operation::Update, "identity/group", R"({"name":"lost"})");
    QVERIFY(!lost);
    QCOMPARE(lost.error().code, ErrorCode::Unreachable);
    QVERIFY(!isOutcomeUnknown(lost.error()));
    QCOMPARE(standby.count("GET /v1/sys/leader"), 1);
}

/// Calls of the system that read something, of this process.
static qint64 systemReads()
{
    QFile file(QStringLiteral("/proc/self/io"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = file.readAll();
    const qsizetype at = all.indexOf("syscr: ");
    return all.mid(at + 7, all.indexOf('\n', at) - at - 7).toLongLong();
}

void TestRemoteClient::readsAnswersInOnePiece()
{
    START_SERVER(RealServer::Kind::Bao);
    const auto get = [&] { return ask(server->client(), Operation::Read, "sys/auth"); };
    QVERIFY(get()); // connected now
    constexpr int Times = 20;
    const qint64 before = systemReads();
    for (int i = 0; i < Times; ++i)
        QVERIFY(get());
    const qint64 each = (systemReads() - before) / Times;
    QVERIFY2(each < 60, QByteArray::number(each).constData()); // a head has some 300 bytes
}

void TestRemoteClient::goesThroughTheSystemsProxy()
{
    START_SERVER(RealServer::Kind::Bao);
    FaultProxy proxy(server->address());
    Profile profile = server->profile();
    profile.address = QStringLiteral("http://vault.example.invalid:8200");
    profile.proxy = ProxyUse::System;
    qputenv("http_proxy", proxy.address().toUtf8());
    RemoteClient through(profile);
    through.setToken(server->token());
    const auto answer = ask(through, Operation::Read, "sys/auth");
    profile.proxy = ProxyUse::None;
    RemoteClient past(profile);
    const auto none = ask(past, Operation::Read, "sys/auth");
    qunsetenv("http_proxy");
    QVERIFY2(answer, why(answer).constData());
    QCOMPARE(answer->status, 200);
    QCOMPARE(proxy.count("GET http://vault.example.invalid:8200/v1/sys/auth"), 1);
    QVERIFY(!none);
}

void TestRemoteClient::cancels()
{
    START_SERVER(RealServer::Kind::Bao);
    FaultProxy proxy(server->address());
    Profile profile = server->profile();
    profile.address = proxy.address();
    RemoteClient client(profile);
    client.setToken(server->token());
    proxy.harm(FaultProxy::Fault::Silence, "", 5);
    core::Request request;
    request.path = "identity/entity/id";
    request.progress = std::make_shared<core::Progress>();
    QTimer::singleShot(200, this, [] {});
    auto future = client.send(request);
    QTRY_COMPARE(int(proxy.requests().size()), 1);
    future.cancel();
    QTRY_VERIFY(future.isFinished());
    request.progress->cancelled = true;
    const auto answer = client.ask(request);
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::Cancelled);
}

/// Several questions are on their way in a connection, and some connections break.
void TestRemoteClient::keepsAnswersApart()
{
    START_SERVER(RealServer::Kind::Bao);
    constexpr quint64 Count = 120;
    for (quint64 number = 0; number < Count; ++number)
        QVERIFY(server->post("sys/policies/acl/p" + std::to_string(number), "{\"policy\":\"path \\\"a\\\" {}\"}").ok());
    FaultProxy proxy(server->address());
    Profile profile = server->profile();
    profile.address = proxy.address();
    RemoteClient client(profile);
    client.setToken(server->token());
    proxy.harm(FaultProxy::Fault::CutInAnswer, "sys/policies/acl/", 6, 40);
    const auto box = std::make_shared<AnswerBox>();
    std::map<quint64, QByteArray> answers;
    QObject context; // what comes after this test is for nobody
    connect(box.get(), &AnswerBox::answered, &context,
            [&](quint64 number, const std::shared_ptr<Result<core::Response>> &answer) {
                answers[number] += *answer ? line(**answer) : why(*answer);
            });
    for (quint64 number = 0; number < Count; ++number) {
        core::Request request;
        request.path = "sys/policies/acl/p" + std::to_string(number);
        client.send(std::move(request), box, number, Turn::Shared);
    }
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), std::size_t(Count), 30'000);
    for (const auto &[number, answer] : answers) {
        QVERIFY2(answer.startsWith("200"), answer.constData());
        QCOMPARE(answer.count("\"name\":\"p" + QByteArray::number(number) + '"'), 1);
    }
    QVERIFY(proxy.count("sys/policies/acl/p") >= int(Count) + 6); // what was cut was asked again
    QVERIFY(proxy.mostWaiting() > 0);
}

void TestRemoteClient::cancelsWithoutAFuture()
{
    START_SERVER(RealServer::Kind::Bao);
    FaultProxy proxy(server->address());
    Profile profile = server->profile();
    profile.address = proxy.address();
    RemoteClient client(profile);
    proxy.harm(FaultProxy::Fault::Silence);
    const auto box = std::make_shared<AnswerBox>();
    std::optional<Error> error;
    QObject context; // what comes after this test is for nobody
    connect(box.get(), &AnswerBox::answered, &context,
            [&](quint64, const std::shared_ptr<Result<core::Response>> &answer) { error = answer->error(); });
    core::Request request;
    request.path = "sys/health";
    const auto progress = request.progress = std::make_shared<core::Progress>();
    client.send(std::move(request), box, 1, Turn::Own);
    QTRY_COMPARE(proxy.count("sys/health"), 1);
    progress->cancelled = true;
    QTRY_VERIFY(error);
    QCOMPARE(error->code, ErrorCode::Cancelled);
}

void TestRemoteClient::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("no address") << QString() << Cause::BadAddress;
    QTest::newRow("another scheme") << QStringLiteral("ftp://127.0.0.1") << Cause::BadAddress;
    QTest::newRow("unknown host") << QStringLiteral("http://nobody.invalid:8200") << Cause::HostNotFound;
    QTest::newRow("nobody listens") << QStringLiteral("http://127.0.0.1:%1").arg(freePort()) << Cause::Refused;
}

void TestRemoteClient::saysWhatIsWrong()
{
    QFETCH(QString, address);
    QFETCH(Cause, cause);
    Profile profile;
    profile.address = address;
    auto future = diagnose(profile);
    future.waitForFinished();
    QCOMPARE(future.result().cause, cause);
}

QTEST_GUILESS_MAIN(TestRemoteClient)
#include "tst_RemoteClient.moc"
