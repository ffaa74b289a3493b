// SPDX-License-Identifier: Apache-2.0
#include "connection/Mirror.h"

#include "support/ConnectionFixture.h"

using namespace kith;
using namespace kith::connection;
using namespace kith::test;
namespace json = boost::json;
using core::Operation;
using Phase = MirrorState::Phase;

/// What a mirror asks of a server: no more than it needs.
class TestMirror : public QObject, protected ConnectionFixture
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { close(); }
    void readsAllPoliciesAtOnce();
    void readsPoliciesOneByOneWhereItMust_data();
    void readsPoliciesOneByOneWhereItMust();
    void isGentleByItself();
    void goesOnFastWhenAsked();
    void readsFirstWhatIsLookedAt();
    void givesANameToWhoeverWasReadLast();

private:
    std::unique_ptr<FaultProxy> openOften(int people, int refreshSeconds);
};

/// Behind a proxy, with so many entities, read anew by itself.
std::unique_ptr<FaultProxy> TestMirror::openOften(int people, int refreshSeconds)
{
    m_server = RealServer::start(RealServer::Kind::Bao);
    if (!m_server)
        return nullptr;
    for (int i = 0; i < people; ++i)
        m_server->create("identity/entity", "{\"name\":\"p" + std::to_string(i) + "\"}");
    auto proxy = std::make_unique<FaultProxy>(m_server->address());
    Profile profile = m_server->profile();
    profile.address = proxy->address();
    open(profile, m_server->token(), refreshSeconds);
    return proxy;
}

void TestMirror::readsAllPoliciesAtOnce()
{
    m_server = RealServer::start(RealServer::Kind::Bao);
    if (!m_server)
        QSKIP("the server's program isn't installed");
    for (int i = 0; i < 20; ++i)
        QVERIFY(m_server->post("sys/policies/acl/p" + std::to_string(i), R"({"policy":"path \"a\" {}"})").ok());
    const auto proxy = openBehindProxy();
    QCOMPARE(proxy->count("sys/policies"), 1);
    const auto policies = await(directory().policies());
    QVERIFY(policies->size() >= 21U); // and the default one
    for (const PolicyRow &policy : *policies)
        QVERIFY2(policy.name == QLatin1String("root") || !policy.text.isEmpty(), qPrintable(policy.name));
    // Another text is seen, and one that is gone.
    QVERIFY(m_server->post("sys/policies/acl/p0", R"({"policy":"path \"b\" {}"})").ok());
    QVERIFY(m_server->ask(Operation::Delete, "sys/policies/acl/p1").ok());
    readAnew();
    const auto now = await(directory().policies());
    QCOMPARE(now->size(), policies->size() - 1);
    QVERIFY(std::any_of(now->begin(), now->end(), [](const PolicyRow &row) { return row.text.contains(u'b'); }));
}

void TestMirror::readsPoliciesOneByOneWhereItMust_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("a server without it") << 404;
    QTest::newRow("not allowed") << 403;
    QTest::newRow("a method it doesn't know") << 405;
}

void TestMirror::readsPoliciesOneByOneWhereItMust()
{
    QFETCH(int, status);
    const auto proxy = openBehindProxy();
    if (!proxy)
        QSKIP("the server's program isn't installed");
    QVERIFY(m_server->post("sys/policies/acl/one", R"({"policy":"path \"a\" {}"})").ok());
    proxy->harm(FaultProxy::Fault::Answer, "sys/policies/detailed", 100, 0,
                FaultProxy::status(status, R"({"errors":["unsupported path"]})"));
    readAnew();
    QCOMPARE(proxy->count("GET /v1/sys/policies/acl/one"), 1);
    const auto policies = await(directory().policies());
    QVERIFY(std::any_of(policies->begin(), policies->end(), [](const PolicyRow &row) {
        return row.name == QLatin1String("one") && row.text.contains(QLatin1String("path"));
    }));
    QVERIFY(m_remote->mirror().forbidden.empty());
}

void TestMirror::isGentleByItself()
{
    const int people = 30;
    const auto proxy = openOften(people, 1);
    if (!proxy)
        QSKIP("the server's program isn't installed");
    const auto rows = await(directory().entityRows({}));
    const auto values = await(directory().entities({rows->at(17)}));
    const std::string renamed = values->front().uuid.toStdString();
    const QDateTime before = m_remote->readAt();
    QVERIFY(m_server->post("identity/entity/id/" + renamed, R"({"name":"another"})").ok());
    proxy->forget();
    bool busy = false;
    connect(m_remote.get(), &RemoteConnection::mirrorChanged, this,
            [&] { busy = busy || m_remote->mirror().phase != Phase::Current; });
    QTRY_COMPARE(await(directory().entityRows({QStringLiteral("another")}))->size(), 1);
    // What its line in the list showed was read before all that looks as it was.
    const auto requests = proxy->requests();
    const auto first = std::find_if(requests.begin(), requests.end(), [](const QByteArray &line) {
        return line.startsWith("GET /v1/identity/entity/id/") && !line.contains("list=true");
    });
    QTRY_VERIFY_WITH_TIMEOUT(m_remote->readAt() > before, 30'000);
    QVERIFY(!busy); // nobody has to wait for it
    QVERIFY(first == requests.end() || first->contains(renamed.c_str()));
    QVERIFY(proxy->count("GET /v1/identity/entity/id/") >= people);
}

void TestMirror::goesOnFastWhenAsked()
{
    const auto proxy = openOften(60, 1);
    if (!proxy)
        QSKIP("the server's program isn't installed");
    proxy->forget();
    QTRY_VERIFY(proxy->count("GET /v1/identity/entity/id/") > 0); // a round that has time
    const QDateTime before = m_remote->readAt();
    bool reading = false; // which may be over in less time than lies between two looks
    connect(m_remote.get(), &RemoteConnection::mirrorChanged, this,
            [&] { reading = reading || m_remote->mirror().phase == Phase::Reading; });
    m_remote->refresh();
    QTRY_VERIFY(reading);
    QTRY_VERIFY(m_remote->readAt() > before);
    waitForMirror();
    QCOMPARE(await(directory().counts())->entities, 60);
}

void TestMirror::readsFirstWhatIsLookedAt()
{
    const auto proxy = openOften(60, 0);
    if (!proxy)
        QSKIP("the server's program isn't installed");
    const auto rows = await(directory().entityRows({}));
    const ObjectRef last = ObjectRef::of(rows->at(59));
    const QByteArray uuid = await(directory().uuids({last}))->front().toLatin1();
    proxy->harm(FaultProxy::Fault::Late, "", 1'000); // so that it takes its time
    proxy->forget();
    m_remote->refresh();
    QTRY_VERIFY(proxy->count("GET /v1/identity/entity/id/") > 2);
    m_remote->want({last});
    QTRY_VERIFY(proxy->count(uuid) > 0);
    QVERIFY(proxy->count("GET /v1/identity/entity/id/") < 40);
    proxy->heal();
    QTRY_COMPARE_WITH_TIMEOUT(m_remote->mirror().phase, Phase::Current, 30'000);
}

/// For a moment two may have one name, or one alias: somebody was renamed, and back, between two reads.
void TestMirror::givesANameToWhoeverWasReadLast()
{
    const auto store = MirrorStore::create();
    QVERIFY2(store, why(store).constData());
    const auto read = [&](const std::string &uuid, Nanoseconds updated) {
        identity::EntityView entity;
        entity.uuid = uuid;
        entity.name = "Ada";
        entity.updated = updated;
        identity::EntityAliasView alias;
        alias.uuid = "alias of " + uuid;
        alias.accessor = "auth_userpass_1";
        alias.name = "ada";
        entity.aliases.push_back(alias);
        MirrorBatch batch;
        batch.entities.push_back({(*store)->stamp(), std::move(entity)});
        QVERIFY((*store)->write(batch));
    };
    const auto named = [&](json::object data) {
        core::Request request;
        request.operation = core::Operation::Update;
        request.path = "identity/lookup/entity";
        request.data = std::move(data);
        const core::Response answer = (*store)->ask(std::move(request));
        return answer.data ? std::string(answer.data->at("id").as_string()) : "nobody";
    };
    const json::object byName{{"name", "ada"}};
    const json::object byAlias{{"alias_name", "ada"}, {"alias_mount_accessor", "auth_userpass_1"}};
    Nanoseconds time = 0;
    for (const char *uuid : {"first", "second", "first", "second"}) {
        read(uuid, ++time);
        QCOMPARE(named(byName), std::string(uuid));
        QCOMPARE(named(byAlias), std::string(uuid));
    }
}

QTEST_GUILESS_MAIN(TestMirror)
#include "tst_Mirror.moc"
