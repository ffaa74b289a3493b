// SPDX-License-Identifier: Apache-2.0
#include "server/Client.h"
#include "server/Server.h"
#include "server/SignInPages.h"
#include "server/WorkerPool.h"
#include "support/Support.h"

#include <QTest>

#include <array>
#include <atomic>
#include <functional>
#include <future>
#include <sys/resource.h>
#include <thread>
#include <vector>

using namespace kith;
using namespace kith::test;
using namespace std::chrono_literals;
using server::ServerOptions;

/// The HTTP door on real sockets, in front of a handler that says what it was asked.
class TestServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answers();
    void keepsConnections();
    void answersPipelinedRequestsInOrder();
    void sayWhoAsks();
    void malformed_data();
    void malformed();
    void halfARequestIsEnded();
    void slowHeadersAreEnded();
    void slowBodiesAreEnded();
    void idleConnectionsAreEnded();
    void connectionsThatSayNothingAreEnded();
    void largeBodiesAreRefusedEarly();
    void largeChunkedBodiesAreRefused();
    void endlessChunkedBodiesAreCutOff();
    void allBodiesTogetherHaveALimit();
    void largeHeadersAreRefused();
    void oneAddressHasALimit();
    void idleConnectionsMakeRoom();
    void whoeverIsTooManyIsTurnedAway();
    void thousandConnections();
    void slowRequestsHoldUpNobody();
    void loginsLeaveRoomForOthers();
    void stopFinishesWhatIsUnderWay();
    void stopDoesNotWaitForHalfRequests();
    void stopsInTheMiddleOfMuch();
    void reloadsInTheMiddleOfMuch();
    void clientsThatGoAwayLeaveNothing();
    void takenPlacesAreSaid();
    void pagesHaveTheirOwnPlace();
    void shortcutsAreTried();

private:
    struct Door {
        explicit Door(ServerOptions options = {}, std::size_t threads = 8);
        int port() const { return server->port(); }
        server::WorkerPool workers;
        std::unique_ptr<server::Server> server;
    };
    static ServerOptions limited(const std::function<void(server::ServerLimits &)> &change)
    {
        ServerOptions options;
        change(options.limits);
        return options;
    }
    static core::Response handle(const core::Request &request);
};

namespace {

/// Closed until a test opens it: requests to "gate" wait there.
struct Gate {
    std::promise<void> promise;
    std::shared_future<void> opened = promise.get_future().share();
    std::atomic<int> waiting = 0;
};
std::shared_ptr<Gate> gate;

/// Four that come and ask as fast as they can, each time on a connection of its own.
struct Crowd {
    explicit Crowd(int port)
    {
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([this, port] {
                while (!over) {
                    Client client(port);
                    if (client.send(request("GET /v1/x")) && statusOf(client.answer(200ms)) == 200)
                        ++answers;
                }
            });
    }
    ~Crowd()
    {
        over = true;
        for (std::thread &thread : threads)
            thread.join();
    }
    std::atomic<int> answers = 0;
    std::atomic<bool> over = false;
    std::vector<std::thread> threads;
};

bool waitFor(const std::function<bool()> &done)
{
    return QTest::qWaitFor(done, 10'000);
}

} // namespace

core::Response TestServer::handle(const core::Request &request)
{
    if (request.path.ends_with("gate")) {
        const auto held = gate;
        ++held->waiting;
        held->opened.wait();
    }
    core::Response response = core::Response::of(
        {{"path", request.path}, {"operation", static_cast<int>(request.operation)}, {"data", request.data}});
    response.requestId = "id";
    return response;
}

TestServer::Door::Door(ServerOptions options, std::size_t threads) : workers(threads)
{
    gate = std::make_shared<Gate>();
    options.port = 0;
    auto started = server::Server::start(std::move(options), workers, &TestServer::handle);
    if (!started)
        qFatal("%s", why(started).constData());
    server = std::move(*started);
}

void TestServer::answers()
{
    const Door door;
    Client client(door.port());
    const QByteArray answer = client.ask(request("POST /v1/a/b", {}, R"({"k":1.50})"));
    QCOMPARE(statusOf(answer), 200);
    QVERIFY(answer.contains("\r\nCache-Control: no-store\r\n"));
    QVERIFY(answer.contains("\r\nContent-Type: application/json\r\n"));
    QVERIFY(answer.contains("\r\nStrict-Transport-Security: max-age=31536000; includeSubDomains\r\n"));
    QVERIFY2(bodyOf(answer).contains(R"("data":{"path":"a/b","operation":2,"data":{"k":1.50}})"), answer.constData());
    QVERIFY(bodyOf(answer).endsWith("}\n"));
}

void TestServer::keepsConnections()
{
    const Door door;
    Client client(door.port());
    for (int i = 0; i < 50; ++i) {
        const QByteArray path = "/v1/x" + QByteArray::number(i);
        QVERIFY(client.ask(request((i % 2 ? "GET " : "POST ") + path)).contains("\"path\":\"" + path.mid(4) + "\""));
    }
    QVERIFY(client.ask(request("GET /v1/last", "Connection: close\r\n")).contains("last"));
    QVERIFY(client.closes());
}

void TestServer::answersPipelinedRequestsInOrder()
{
    const Door door;
    Client client(door.port());
    QByteArray all;
    for (int i = 0; i < 20; ++i)
        all += request((i % 3 ? "GET /v1/p" : "PUT /v1/p") + QByteArray::number(i), {}, i % 3 ? "" : "{}");
    QVERIFY(client.send(all));
    for (int i = 0; i < 20; ++i)
        QVERIFY(client.answer().contains("\"p" + QByteArray::number(i) + "\""));
}

void TestServer::sayWhoAsks()
{
    core::Peer peer;
    server::WorkerPool workers(2);
    ServerOptions options;
    options.port = 0;
    const auto started = server::Server::start(options, workers, [&peer](const core::Request &request) {
        peer = request.peer;
        return core::Response::noContent();
    });
    QVERIFY2(started, why(started));
    Client client((*started)->port());
    QCOMPARE(statusOf(client.ask(request("GET /v1/x"))), 204);
    QCOMPARE(peer.address.c_str(), "127.0.0.1");
    QVERIFY(peer.port > 0);
}

void TestServer::malformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("garbage") << QByteArray("garbage\r\n\r\n");
    QTest::newRow("binary") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n");
    QTest::newRow("no version") << QByteArray("GET /v1/x\r\n\r\n");
    QTest::newRow("no host") << QByteArray("GET /v1/x HTTP/1.1\r\n\r\n");
    QTest::newRow("header without colon") << QByteArray("GET /v1/x HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n");
    QTest::newRow("negative length") << QByteArray("POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n");
    QTest::newRow("length that is no number")
        << QByteArray("POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n");
    QTest::newRow("bad chunk") << QByteArray(
        "POST /v1/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
    QTest::newRow("bad escape") << request("GET /v1/a%zz");
    QTest::newRow("control character in the path") << request("GET /v1/a%00b");
}

void TestServer::malformed()
{
    QFETCH(QByteArray, bytes);
    const Door door;
    Client client(door.port());
    QVERIFY(client.send(bytes));
    const QByteArray answer = client.answer(3s);
    // Refused, or not even answered; never taken.
    QVERIFY2(answer.isEmpty() || (statusOf(answer) >= 400 && statusOf(answer) < 500), answer.constData());
    Client next(door.port());
    QCOMPARE(statusOf(next.ask(request("GET /v1/after"))), 200);
}

void TestServer::halfARequestIsEnded()
{
    const Door door(limited([](server::ServerLimits &limits) { limits.headerTime = 300ms; }));
    Client client(door.port());
    QVERIFY(client.send("GET /v1/x HTTP/1.1\r\nHost: x\r\nX-Half: "));
    QVERIFY(client.closes(5s));
}

void TestServer::slowHeadersAreEnded()
{
    const Door door(limited([](server::ServerLimits &limits) { limits.headerTime = 500ms; }));
    Client client(door.port());
    QVERIFY(client.send("GET /v1/x HTTP/1.1\r\nHost: x\r\nX-Slow: "));
    // A byte now and then is no silence, and yet no reason to wait for ever.
    QVERIFY(waitFor([&] {
        client.send("a");
        return client.closes(50ms);
    }));
}

void TestServer::slowBodiesAreEnded()
{
    const Door door(limited([](server::ServerLimits &limits) { limits.bodyTime = 500ms; }));
    Client client(door.port());
    QVERIFY(client.send("POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{"));
    QVERIFY(waitFor([&] {
        client.send(" ");
        return client.closes(50ms);
    }));
}

void TestServer::idleConnectionsAreEnded()
{
    const Door door(limited([](server::ServerLimits &limits) { limits.idleTime = 300ms; }));
    Client client(door.port());
    QCOMPARE(statusOf(client.ask(request("GET /v1/x"))), 200);
    QVERIFY(client.closes(5s));
}

void TestServer::connectionsThatSayNothingAreEnded()
{
    const Door door(limited([](server::ServerLimits &limits) { limits.headerTime = 300ms; }));
    Client client(door.port());
    QVERIFY(client.closes(5s));
}

void TestServer::largeBodiesAreRefusedEarly()
{
    const Door door;
    Client client(door.port());
    QVERIFY(client.send("POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n"));
    const QByteArray answer = client.answer();
    QCOMPARE(statusOf(answer), 413);
    QCOMPARE(bodyOf(answer), QByteArray("{\"errors\":[\"http: request body too large\"]}\n"));
    QVERIFY(client.closes());
}

void TestServer::largeChunkedBodiesAreRefused()
{
    const Door door(limited([](server::ServerLimits &limits) { limits.body = 1000; }));
    Client client(door.port());
    const QByteArray answer = client.ask("POST /v1/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5dc\r\n" +
                                         QByteArray(1500, ' ') + "\r\n0\r\n\r\n");
    QCOMPARE(statusOf(answer), 413);
    Client small(door.port());
    QCOMPARE(
        statusOf(small.ask("POST /v1/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")),
        200);
}

void TestServer::endlessChunkedBodiesAreCutOff()
{
    const Door door(limited([](server::ServerLimits &limits) { limits.body = 10'000; }));
    Client client(door.port());
    QVERIFY(client.send("POST /v1/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
    const QByteArray chunk = "400\r\n" + QByteArray(1024, ' ') + "\r\n";
    int sent = 0;
    while (sent < 10'000 && client.send(chunk))
        ++sent;
    QVERIFY(sent < 10'000);
}

void TestServer::allBodiesTogetherHaveALimit()
{
    const Door door(limited([](server::ServerLimits &limits) {
        limits.body = 10'000;
        limits.bodies = 15'000;
    }));
    const QByteArray half(8'000, ' ');
    // When the first one's bytes are there, the second one's are too many. If they come late it is the other way round:
    // then both try again.
    QVERIFY(waitFor([&] {
        Client first(door.port());
        first.send("POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 8001\r\n\r\n" + half);
        Client second(door.port());
        return statusOf(second.ask(request("POST /v1/y", {}, half))) == 503 && statusOf(first.ask(" ")) == 200;
    }));
    Client third(door.port());
    QVERIFY(waitFor([&] { return statusOf(third.ask(request("POST /v1/y", {}, half))) == 200; }));
}

void TestServer::largeHeadersAreRefused()
{
    const Door door;
    Client client(door.port());
    const QByteArray answer = client.ask(request("GET /v1/x", "X-Large: " + QByteArray(200'000, 'a') + "\r\n"));
    QVERIFY2(answer.isEmpty() || answer == "gone" || statusOf(answer) == 431 || statusOf(answer) == 413,
             answer.left(200).constData());
    Client ordinary(door.port());
    QCOMPARE(statusOf(ordinary.ask(request("GET /v1/x", "X-Some: " + QByteArray(8'000, 'a') + "\r\n"))), 200);
}

void TestServer::oneAddressHasALimit()
{
    const Door door(limited([](server::ServerLimits &limits) { limits.perAddress = 3; }));
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<Client>(door.port()));
        QCOMPARE(statusOf(clients.back()->ask(request("GET /v1/x"))), 200);
    }
    Client fourth(door.port());
    fourth.send(request("GET /v1/x"));
    QVERIFY(fourth.closes());
    clients.pop_back();
    QVERIFY(waitFor([&] {
        Client again(door.port());
        return statusOf(again.ask(request("GET /v1/x"))) == 200;
    }));
}

void TestServer::idleConnectionsMakeRoom()
{
    ServerOptions options;
    options.limits.connections = 8;
    options.acceptors = 1;
    const Door door(options);
    std::vector<std::unique_ptr<Client>> idle;
    for (int i = 0; i < 8; ++i) {
        idle.push_back(std::make_unique<Client>(door.port()));
        QCOMPARE(statusOf(idle.back()->ask(request("GET /v1/x"))), 200);
    }
    Client next(door.port());
    QVERIFY(next.send(request("GET /v1/x")));
    QCOMPARE(statusOf(next.answer()), 200);
}

void TestServer::whoeverIsTooManyIsTurnedAway()
{
    const Door door(limited([](server::ServerLimits &limits) { limits.connections = 3; }));
    std::array<std::unique_ptr<Client>, 3> busy;
    for (auto &client : busy) {
        client = std::make_unique<Client>(door.port());
        QVERIFY(client->send(request("POST /v1/gate", {}, "{}")));
    }
    QVERIFY(waitFor([] { return gate->waiting == 3; }));
    QVERIFY(Client(door.port()).closes(5s));
    gate->promise.set_value();
    for (auto &client : busy)
        QCOMPARE(statusOf(client->answer()), 200);
    busy.front().reset();
    QVERIFY(waitFor([&] { return statusOf(Client(door.port()).ask(request("GET /v1/x"))) == 200; }));
}

void TestServer::thousandConnections()
{
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 8192);
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < 2500)
        QSKIP("not enough files may be open here");
    const Door door;
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 1000; ++i) {
        clients.push_back(std::make_unique<Client>(door.port()));
        QVERIFY2(clients.back()->isConnected(), QByteArray::number(i));
    }
    for (int round = 0; round < 2; ++round) {
        for (const auto &client : clients)
            QVERIFY(client->send(request("POST /v1/many", {}, "{}")));
        for (const auto &client : clients)
            QCOMPARE(statusOf(client->answer()), 200);
    }
}

void TestServer::slowRequestsHoldUpNobody()
{
    const Door door({}, 4);
    Client slow[3] = {Client(door.port()), Client(door.port()), Client(door.port())};
    for (Client &client : slow)
        QVERIFY(client.send(request("POST /v1/sys/gate", {}, "{}")));
    QVERIFY(waitFor([] { return gate->waiting == 3; }));
    Client quick(door.port());
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(statusOf(quick.ask(request("GET /v1/x"))), 200);
        QCOMPARE(statusOf(quick.ask(request("POST /v1/x", {}, "{}"))), 200);
    }
    gate->promise.set_value();
    for (Client &client : slow)
        QCOMPARE(statusOf(client.answer()), 200);
}

void TestServer::loginsLeaveRoomForOthers()
{
    const Door door({}, 4);
    std::vector<std::unique_ptr<Client>> logins;
    const std::array<QByteArray, 5> places{"POST /v1/auth/up/login/gate", "POST /v1/team/auth/up/login/gate",
                                           "POST /v1/a%75th/up/log%69n/gate", "POST /v1/auth/sso/oidc/gate",
                                           "POST /v1/auth/up/login/a/gate"};
    for (std::size_t i = 0; i < 10; ++i) {
        logins.push_back(std::make_unique<Client>(door.port()));
        const QByteArray token = i % 2 ? "X-Vault-Token: any\r\n" : "";
        QVERIFY(logins.back()->send(request(places[i % places.size()], token, "{}")));
    }
    QVERIFY(waitFor([] { return gate->waiting == 2; }));
    Client other(door.port());
    for (int i = 0; i < 20; ++i)
        QCOMPARE(statusOf(other.ask(request("POST /v1/x", "X-Vault-Token: t\r\n", "{}"))), 200);
    QCOMPARE(gate->waiting.load(), 2);
    gate->promise.set_value();
    for (const auto &client : logins)
        QCOMPARE(statusOf(client->answer()), 200);
}

void TestServer::stopFinishesWhatIsUnderWay()
{
    const Door door;
    Client waiting(door.port());
    QVERIFY(waiting.send(request("POST /v1/gate", {}, "{}")));
    Client idle(door.port());
    QCOMPARE(statusOf(idle.ask(request("GET /v1/x"))), 200);
    QVERIFY(waitFor([] { return gate->waiting == 1; }));
    auto stopped = std::async(std::launch::async, [&] { door.server->stop(10s); });
    QCOMPARE(stopped.wait_for(200ms), std::future_status::timeout);
    gate->promise.set_value();
    const QByteArray answer = waiting.answer();
    QCOMPARE(statusOf(answer), 200);
    QVERIFY(answer.toLower().contains("connection: close"));
    QVERIFY(waiting.closes());
    stopped.get();
    QVERIFY(idle.closes());
}

void TestServer::stopDoesNotWaitForHalfRequests()
{
    const Door door;
    Client half(door.port());
    QVERIFY(half.send("POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"));
    Client other(door.port());
    QCOMPARE(statusOf(other.ask(request("GET /v1/x"))), 200);
    const auto begin = std::chrono::steady_clock::now();
    door.server->stop(60s);
    QVERIFY(std::chrono::steady_clock::now() - begin < 20s);
    QVERIFY(half.closes());
}

/// The library's threads are in the middle of anything then: its own way to accept nobody any more ended the process
/// now and then. Whoever comes late is refused, and waits for nobody.
void TestServer::stopsInTheMiddleOfMuch()
{
    for (int round = 0; round < 100; ++round) {
        const unsigned connections = round % 3 == 0 ? 3 : 4096; // fewer than come
        const Door door(limited([=](server::ServerLimits &limits) { limits.connections = connections; }));
        Crowd crowd(door.port());
        QVERIFY(waitFor([&] { return crowd.answers >= 20; }));
        if (round % 2 == 0)
            door.server->quiesce();
        if (round == 0) // later the port may be somebody else's
            QVERIFY(!Client(door.port()).isConnected());
        door.server->stop(10s);
    }
}

void TestServer::reloadsInTheMiddleOfMuch()
{
    const Door door;
    Crowd crowd(door.port());
    for (int round = 0; round < 100; ++round) {
        const int before = crowd.answers;
        QVERIFY(waitFor([&] { return crowd.answers > before; }));
        QVERIFY(door.server->reload());
    }
    QCOMPARE(statusOf(Client(door.port()).ask(request("GET /v1/x"))), 200);
}

void TestServer::clientsThatGoAwayLeaveNothing()
{
    const Door door(limited([](server::ServerLimits &limits) {
        limits.bodies = 1'000'000;
        limits.bodyTime = 1s;
    }));
    for (int i = 0; i < 200; ++i) {
        Client client(door.port());
        client.send(i % 2
                        ? request("POST /v1/x", {}, QByteArray(20'000, ' '))
                        : "POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 30000\r\n\r\n" + QByteArray(20'000, ' '));
    }
    // Had their bodies stayed, there would be no room for this one.
    QVERIFY(waitFor([&] {
        Client next(door.port());
        return statusOf(next.ask(request("POST /v1/x", {}, QByteArray(900'000, ' ')))) == 200;
    }));
}

void TestServer::shortcutsAreTried()
{
    server::WorkerPool workers(2);
    const auto saying = [](const char *text) { return core::Response::of({{"by", text}}); };
    server::Shortcuts shortcuts;
    shortcuts.atOnce = [&](const core::Request &request) {
        return request.path == "quick" ? std::optional(saying("at once")) : std::nullopt;
    };
    std::atomic<int> asked = 0;
    shortcuts.later = [&](const core::Request &request, const std::function<void(core::Response)> &done) {
        ++asked;
        if (request.path == "now")
            done(saying("now")); // before it returns
        else if (request.path == "later")
            workers.run(server::WorkerPool::Lane::Ordinary, [done, saying] { done(saying("later")); });
        return request.path == "now" || request.path == "later";
    };
    ServerOptions options;
    options.port = 0;
    const auto started = server::Server::start(
        options, workers, [&](const core::Request &) { return saying("handler"); }, shortcuts);
    QVERIFY2(started, why(started).constData());
    Client client((*started)->port());
    for (int i = 0; i < 20; ++i) {
        QVERIFY(bodyOf(client.ask(request("POST /v1/quick", {}, "{}"))).contains(R"("by":"at once")"));
        QVERIFY(bodyOf(client.ask(request("POST /v1/now", {}, "{}"))).contains(R"("by":"now")"));
        QVERIFY(bodyOf(client.ask(request("POST /v1/later", {}, "{}"))).contains(R"("by":"later")"));
        QVERIFY(bodyOf(client.ask(request("GET /v1/other"))).contains(R"("by":"handler")"));
    }
    QCOMPARE(asked.load(), 60);
    // What is long to read is read by the pool.
    QVERIFY(bodyOf(client.ask(request("POST /v1/quick", {}, "{\"a\":\"" + QByteArray(5000, 'x') + "\"}")))
                .contains(R"("by":"handler")"));
    QCOMPARE(statusOf(client.ask(request("POST /v1/quick", {}, "{"))), 400);
    QCOMPARE(asked.load(), 60);
}

void TestServer::takenPlacesAreSaid()
{
    Door door;
    ServerOptions options;
    options.port = door.port();
    const auto second = server::Server::start(options, door.workers, &TestServer::handle);
    QVERIFY(!second);
    QCOMPARE(second.error().wire.c_str(), "can't listen there: Address already in use");
    options.address = "no.such.host.invalid";
    QVERIFY(!server::Server::start(options, door.workers, &TestServer::handle));
}

/// Below /ui/, with a limit of their own for forms; without them that is a place like any other.
void TestServer::pagesHaveTheirOwnPlace()
{
    const ManualClock clock;
    server::SignInPages pages(&TestServer::handle, clock);
    server::WorkerPool workers(2);
    ServerOptions options;
    options.port = 0;
    const auto started = server::Server::start(options, workers, &TestServer::handle, {}, &pages);
    QVERIFY2(started, why(started).constData());
    Client client((*started)->port());
    const QByteArray page = client.ask(request("GET /ui/x", "Accept-Language: de\r\n"));
    QCOMPARE(statusOf(page), 404);
    QVERIFY(page.contains("\r\nContent-Type: text/html; charset=utf-8\r\n") && page.contains("lang=\"de\""));
    QVERIFY(page.contains("\r\nX-Frame-Options: DENY\r\n") && page.count("Cache-Control") == 1);
    QVERIFY(bodyOf(client.ask(request("GET /v1/a"))).contains(R"("path":"a")"));
    const QByteArray form = "Content-Type: application/x-www-form-urlencoded\r\n";
    const auto posted = [&](std::size_t size) {
        Client fresh((*started)->port());
        return statusOf(fresh.ask(request("POST /ui/vault/identity/oidc/provider/p/authorize?client_id=x", form,
                                          QByteArray(int(size), 'x'))));
    };
    QCOMPARE(posted(server::SignInPages::BodyLimit), 400);
    QCOMPARE(posted(server::SignInPages::BodyLimit + 1), 413);
    const Door without;
    QVERIFY(Client(without.port()).ask(request("GET /ui/x")).contains("{\"errors\":[]}"));
}

QTEST_GUILESS_MAIN(TestServer)
#include "tst_Server.moc"
