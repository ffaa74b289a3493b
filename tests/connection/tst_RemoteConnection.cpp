// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteConnection.h"

#include "connection/Requests.h"
#include "connection/VaultHttp.h"
#include "support/FaultProxy.h"
#include "support/LiveConnection.h"
#include "support/RealServer.h"
#include "support/TestCore.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::connection;
using namespace kith::test;
namespace json = boost::json;
using core::Operation;
using Phase = MirrorState::Phase;

/// What every Connection promises, on the local core and on real servers; and what only a remote one has.
class TestRemoteConnection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void createsAndExplains_data() { addCores(); }
    void createsAndExplains();
    void movesPeople_data() { addCores(); }
    void movesPeople();
    void refusesWhatWasChangedMeanwhile_data() { addCores(); }
    void refusesWhatWasChangedMeanwhile();
    void deletesAndTakesBack_data() { addCores(); }
    void deletesAndTakesBack();
    void refusesToTakeAnAlias_data() { addCores(); }
    void refusesToTakeAnAlias();
    void refusesInWords_data() { addCores(); }
    void refusesInWords();
    void mirrorsAsTheServerHasIt_data() { addServers(); }
    void mirrorsAsTheServerHasIt();
    void seesWhatOthersDo_data() { addServers(); }
    void seesWhatOthersDo();
    void tellsRightsAndTruth_data() { addServers(); }
    void tellsRightsAndTruth();
    void worksWithFewRights();
    void sendsManyMembers();
    void mirrorIsPrivateAndGoes();
    void saysWhatIsDone();
    void survivesCuts_data();
    void survivesCuts();
    void comesBackByItself();
    void readOnlyStaysReadOnly();

private:
    static void addServers();
    static void addCores();
    void open(int kind, const QByteArray &token = {});
    void open(const Profile &profile, const QByteArray &token);
    void waitForMirror();
    void readAnew();
    Result<core::Response> send(core::Request request);
    core::Response apply(json::array parts);
    std::string create(const char *kind, const json::object &object);
    ObjectRef object(const std::string &uuid);
    QStringList policiesOf(const std::string &uuid);
    static json::object named(const std::string &name, json::object more = {});
    static std::string freshId() { return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString(); }

    static constexpr int Local = -1;
    std::unique_ptr<RealServer> m_server;
    std::unique_ptr<LiveConnection> m_local;
    std::unique_ptr<RemoteConnection> m_remote;
    Connection *m_connection = nullptr;
};

void TestRemoteConnection::addServers()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("kithd") << int(RealServer::Kind::Kithd);
    QTest::newRow("OpenBao") << int(RealServer::Kind::Bao);
    QTest::newRow("OpenBao, raft, TLS") << int(RealServer::Kind::BaoTls);
    QTest::newRow("OpenBao, namespace") << int(RealServer::Kind::BaoTeam);
}

void TestRemoteConnection::addCores()
{
    addServers();
    QTest::newRow("local core") << int(Local);
}

#define OPEN(...)                                                                                                      \
    open(__VA_ARGS__);                                                                                                 \
    if (!m_connection)                                                                                                 \
    QSKIP("the server's program isn't installed")

void TestRemoteConnection::cleanup()
{
    m_connection = nullptr;
    m_remote.reset();
    m_local.reset();
    m_server.reset();
}

void TestRemoteConnection::open(int kind, const QByteArray &token)
{
    if (kind == Local) {
        m_local = std::make_unique<LiveConnection>();
        m_connection = &m_local->connection();
        return;
    }
    if (!m_server)
        m_server = RealServer::start(RealServer::Kind(kind));
    if (m_server)
        open(m_server->profile(), token.isEmpty() ? m_server->token() : token);
}

void TestRemoteConnection::open(const Profile &profile, const QByteArray &token)
{
    RemoteOptions options;
    options.profile = profile;
    options.token = token;
    options.refreshSeconds = 0;
    auto opened = await(RemoteConnection::open(options));
    if (!opened)
        qFatal("%s", why(opened).constData());
    m_remote = std::move(*opened);
    m_connection = m_remote.get();
    waitForMirror();
}

void TestRemoteConnection::waitForMirror()
{
    if (m_remote)
        QTRY_COMPARE_WITH_TIMEOUT(m_remote->mirror().phase, Phase::Current, 60'000);
}

void TestRemoteConnection::readAnew()
{
    const QDateTime before = m_remote->readAt();
    m_remote->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(m_remote->readAt() > before, 60'000);
    waitForMirror();
}

Result<core::Response> TestRemoteConnection::send(core::Request request)
{
    auto future = m_connection->send(std::move(request));
    return await(future);
}

core::Response TestRemoteConnection::apply(json::array parts)
{
    auto answer = send(applyRequest(std::move(parts)));
    if (!answer)
        qFatal("%s", why(answer).constData());
    return std::move(*answer);
}

json::object TestRemoteConnection::named(const std::string &name, json::object more)
{
    more["id"] = freshId();
    more["name"] = name;
    return more;
}

/// Through kith/restore, as the window makes objects; the id that the source of truth gave.
std::string TestRemoteConnection::create(const char *kind, const json::object &object)
{
    const core::Response answer = apply({updatePart(QStringLiteral("kith/restore"), {{kind, object}})});
    if (!answer.ok())
        qFatal("%s", line(answer).constData());
    return std::string(applyAnswers(answer).front().at("data").at("id").as_string());
}

ObjectRef TestRemoteConnection::object(const std::string &uuid)
{
    const auto found = await(m_connection->directory().byUuid(QString::fromStdString(uuid)));
    return found && *found ? **found : ObjectRef();
}

QStringList TestRemoteConnection::policiesOf(const std::string &uuid)
{
    const auto explanation = await(m_connection->directory().explain(object(uuid)));
    QStringList names;
    if (explanation)
        for (const PolicyWays &policy : explanation->policies)
            names += policy.name;
    return names;
}

void TestRemoteConnection::createsAndExplains()
{
    QFETCH(int, kind);
    OPEN(kind);
    QSignalSpy spy(m_connection, &Connection::changed);
    const std::string everyone = create("group", named("everyone", {{"policies", json::array{"base"}}}));
    const std::string alice =
        create("entity", named("Alice Zürn", {{"policies", json::array{"own"}}, {"metadata", {{"site", "京都"}}}}));
    const std::string crew = create("group", named("crew", {{"policies", json::array{"crew"}},
                                                            {"parent_group_ids", json::array{everyone}},
                                                            {"member_entity_ids", json::array{alice}}}));
    QVERIFY(object(alice) && object(crew));
    QCOMPARE(policiesOf(alice), QStringList({QStringLiteral("base"), QStringLiteral("crew"), QStringLiteral("own")}));
    const auto detail = await(m_connection->directory().entity(object(alice).entity()));
    QVERIFY2(detail, why(detail).constData());
    QCOMPARE(detail->row.name, QStringLiteral("Alice Zürn"));
    QCOMPARE(detail->metadata, Metadata({{QStringLiteral("site"), QStringLiteral("京都")}}));
    QCOMPARE(int(detail->groups.size()), 2);
    QCOMPARE(detail->groups[1].group.name, QStringLiteral("everyone"));
    QTRY_VERIFY(!spy.empty());
    const auto rows = await(m_connection->directory().entityRows({QStringLiteral("züRN")}));
    QVERIFY2(rows, why(rows).constData());
    QCOMPARE(rows->size(), 1);
    // Another of that name isn't made, nor does the first get it.
    const core::Response twice = apply({updatePart(QStringLiteral("kith/restore"), {{"entity", named("ALICE ZÜRN")}})});
    QCOMPARE(twice.status, 400);
    QCOMPARE(await(m_connection->directory().entity(object(alice).entity()))->row.name, QStringLiteral("Alice Zürn"));
}

void TestRemoteConnection::movesPeople()
{
    QFETCH(int, kind);
    OPEN(kind);
    const std::string alice = create("entity", named("alice"));
    const std::string bob = create("entity", named("bob"));
    const std::string here = create("group", named("here", {{"member_entity_ids", json::array{alice, bob}}}));
    const std::string there = create("group", named("there", {{"policies", json::array{"there"}}}));
    const std::string below = create("group", named("below"));
    const QString members = QStringLiteral("kith/members/");
    const core::Response moved =
        apply({updatePart(members + QString::fromStdString(here), {{"remove_entity_ids", json::array{alice}}}),
               updatePart(members + QString::fromStdString(there),
                          {{"add_entity_ids", json::array{alice}}, {"add_group_ids", json::array{below}}})});
    QVERIFY2(moved.ok(), line(moved).constData());
    const json::array answers = applyAnswers(moved);
    QCOMPARE(answers[0].at("data").at("removed_entity_ids"), json::value(json::array{alice}));
    QCOMPARE(answers[1].at("data").at("added_group_ids"), json::value(json::array{below}));
    QCOMPARE(policiesOf(alice), QStringList(QStringLiteral("there")));
    QCOMPARE(policiesOf(bob), QStringList());
    const auto group = await(m_connection->directory().group(object(there).group()));
    QVERIFY2(group, why(group).constData());
    QCOMPARE(group->row.directMembers, 1);
    QCOMPARE(group->row.subgroups, 1);
    // What is so already changes nothing, and says so.
    const core::Response again =
        apply({updatePart(members + QString::fromStdString(there), {{"add_entity_ids", json::array{alice}}})});
    QCOMPARE(applyAnswers(again)[0].at("data").at("added_entity_ids"), json::value(json::array()));
    // A circle is refused, and the mirror stays as it was.
    const core::Response circle =
        apply({updatePart(members + QString::fromStdString(below), {{"add_group_ids", json::array{there}}})});
    QCOMPARE(circle.status, 400);
    QVERIFY(QByteArray::fromStdString(circle.errors.front()).contains("cyclic relationship"));
}

void TestRemoteConnection::refusesWhatWasChangedMeanwhile()
{
    QFETCH(int, kind);
    OPEN(kind);
    const std::string alice = create("entity", named("alice", {{"policies", json::array{"one"}}}));
    const std::string crew = create("group", named("crew"));
    const auto before = await(m_connection->directory().entity(object(alice).entity()));
    const auto groupBefore = await(m_connection->directory().group(object(crew).group()));
    QVERIFY(before && groupBefore);
    // Somebody else.
    const auto elsewhere = [&](const std::string &path, std::string_view data) {
        if (m_local)
            m_local->post(path, data);
        else
            QVERIFY(m_server->post(path, data).ok());
    };
    elsewhere("identity/entity/id/" + alice, R"({"policies":["two"]})");
    elsewhere("identity/group/id/" + crew, R"({"policies":["crew"]})");
    const auto rename = [&](const std::string &uuid, ObjectKind which, qint64 version, const char *name) {
        const QString id = QString::fromStdString(uuid);
        const QString path = (which == ObjectKind::Entity ? QStringLiteral("identity/entity/id/")
                                                          : QStringLiteral("identity/group/id/")) +
                             id;
        return apply({updatePart(path, {{"name", name}}, {which, id, version})});
    };
    const core::Response entity = rename(alice, ObjectKind::Entity, before->version, "eve");
    QCOMPARE(entity.status, 412);
    const core::Response group = rename(crew, ObjectKind::Group, groupBefore->version, "band");
    QCOMPARE(group.status, 412);
    if (m_remote && !m_remote->hasKith()) {
        QCOMPARE(json::serialize(entity.data->at("expected").at("policies")), R"(["one"])");
        QCOMPARE(json::serialize(entity.data->at("current").at("policies")), R"(["two"])");
    }
    // What it is now is known by now, and with that it goes.
    const auto now = await(m_connection->directory().entity(object(alice).entity()));
    QCOMPARE(now->policies, QStringList(QStringLiteral("two")));
    QCOMPARE(rename(alice, ObjectKind::Entity, now->version, "eve").status, 200);
    QCOMPARE(await(m_connection->directory().entity(object(alice).entity()))->row.name, QStringLiteral("eve"));
    const auto groupNow = await(m_connection->directory().group(object(crew).group()));
    QVERIFY2(groupNow, why(groupNow).constData());
    QCOMPARE(rename(crew, ObjectKind::Group, groupNow->version, "band").status, 200);
}

void TestRemoteConnection::deletesAndTakesBack()
{
    QFETCH(int, kind);
    OPEN(kind);
    const std::string alice = create("entity", named("alice", {{"policies", json::array{"own"}}}));
    const std::string crew =
        create("group", named("crew", {{"policies", json::array{"crew"}}, {"member_entity_ids", json::array{alice}}}));
    const QString path = QStringLiteral("identity/entity/id/") + QString::fromStdString(alice);
    const core::Response deleted = apply({readPart(path), deletePart(path)});
    QVERIFY2(deleted.ok(), line(deleted).constData());
    QVERIFY(!object(alice));
    QCOMPARE(await(m_connection->directory().group(object(crew).group()))->row.directMembers, 0);
    const json::object read = applyAnswers(deleted)[0].at("data").as_object();
    const core::Response back = apply({updatePart(QStringLiteral("kith/restore"), {{"entity", read}})});
    QVERIFY2(back.ok(), line(back).constData());
    const json::object data = applyAnswers(back)[0].at("data").as_object();
    const std::string id(data.at("id").as_string());
    const bool plain = m_remote && !m_remote->hasKith();
    QCOMPARE(data.contains("new_id"), plain);
    QCOMPARE(id != alice, plain);
    QCOMPARE(policiesOf(id), QStringList({QStringLiteral("crew"), QStringLiteral("own")}));
    // The old id stands for the new one: a redo of the deletion names it.
    const core::Response gone = apply({readPart(path), deletePart(path)});
    QVERIFY2(gone.ok(), line(gone).constData());
    QVERIFY(!object(id));
}

void TestRemoteConnection::refusesToTakeAnAlias()
{
    QFETCH(int, kind);
    OPEN(kind);
    std::string accessor;
    if (m_local) {
        m_local->post("sys/auth/people", R"({"type":"userpass"})");
        accessor = m_local->send(Operation::Read, "sys/auth").data->at("people/").at("accessor").as_string();
    } else {
        accessor = m_server->userpass("people");
    }
    const std::string alice = create("entity", named("alice"));
    const std::string bob = create("entity", named("bob"));
    const auto alias = [&](const std::string &owner, const char *name) {
        return json::object{{"id", freshId()}, {"canonical_id", owner}, {"mount_accessor", accessor}, {"name", name}};
    };
    const auto add = [&](const json::object &data) {
        return apply({updatePart(QStringLiteral("kith/restore"), {{"entity_alias", data}})});
    };
    QVERIFY(add(alias(alice, "al")).ok());
    QVERIFY(add(alias(bob, "bob")).ok());
    QCOMPARE(add(alias(bob, "AL")).status, 400);
    QCOMPARE(add(alias(alice, "al2")).status, 400); // a second one on this mount
    const auto detail = await(m_connection->directory().entity(object(bob).entity()));
    QVERIFY2(detail, why(detail).constData());
    QCOMPARE(int(detail->aliases.size()), 1);
    const QString id = detail->aliases.front().uuid;
    const QString path = QStringLiteral("identity/entity-alias/id/") + id;
    QCOMPARE(apply({updatePart(path, {{"name", "al"}, {"mount_accessor", accessor}})}).status, 400);
    const core::Response renamed =
        apply({updatePart(path, {{"name", "Bob"}, {"mount_accessor", accessor}},
                          {ObjectKind::Entity, QString::fromStdString(bob), detail->version})});
    QVERIFY2(renamed.ok(), line(renamed).constData());
    QCOMPARE(await(m_connection->directory().entity(object(bob).entity()))->aliases.front().name.name,
             QStringLiteral("Bob"));
    QCOMPARE(await(m_connection->directory().entity(object(alice).entity()))->row.aliases.front().name,
             QStringLiteral("al"));
    QVERIFY(apply({deletePart(path)}).ok());
    QVERIFY(await(m_connection->directory().entity(object(bob).entity()))->aliases.empty());
}

void TestRemoteConnection::refusesInWords()
{
    QFETCH(int, kind);
    OPEN(kind);
    const std::string crew = create("group", named("crew"));
    const QString members = QStringLiteral("kith/members/") + QString::fromStdString(crew);
    const core::Response bogus =
        apply({updatePart(members, {{"add_entity_ids", json::array{"00000000-0000-4000-8000-000000000000"}}})});
    QVERIFY2(bogus.status == 400 || bogus.status == 500, line(bogus).constData());
    QVERIFY(QByteArray::fromStdString(bogus.errors.front()).contains("invalid entity ID"));
    const std::string alice = create("entity", named("alice"));
    const core::Response metadata = apply({updatePart(
        QStringLiteral("identity/entity/id/") + QString::fromStdString(alice), {{"metadata", {{"bad key!", "x"}}}})});
    QVERIFY(!metadata.ok());
    QVERIFY(QByteArray::fromStdString(metadata.errors.front()).contains("invalid characters"));
    if (m_remote)
        QCOMPARE(metadata.status, 400);
    QCOMPARE(metadata.data->at("failed_request").to_number<int>(), 0);
}

void TestRemoteConnection::mirrorsAsTheServerHasIt()
{
    QFETCH(int, kind);
    m_server = RealServer::start(RealServer::Kind(kind));
    if (!m_server)
        QSKIP("the server's program isn't installed");
    const std::string people = m_server->userpass("people");
    const std::string gone = m_server->userpass("gone");
    const std::string alice =
        m_server->create("identity/entity", R"({"name":"Alice","policies":["b","A"],"metadata":{"k":"v"}})");
    const std::string twin = m_server->create("identity/entity", R"({"name":"twin","disabled":true})");
    const auto alias = [&](const std::string &owner, const std::string &name, const std::string &accessor) {
        return m_server->create("identity/entity-alias", R"({"name":")" + name + R"(","canonical_id":")" + owner +
                                                             R"(","mount_accessor":")" + accessor +
                                                             R"(","custom_metadata":{"c":"d"}})");
    };
    const std::string al = alias(alice, "Al", people);
    alias(twin, "tw", gone);
    QVERIFY(m_server->ask(Operation::Delete, "sys/auth/gone").ok());
    const std::string old = m_server->create("identity/entity", R"({"name":"old"})");
    QVERIFY(
        m_server
            ->post("identity/entity/merge", R"({"from_entity_ids":[")" + old + R"("],"to_entity_id":")" + alice + "\"}")
            .ok());
    const std::string top = m_server->create("identity/group", R"({"name":"top","policies":["top"]})");
    const std::string mid =
        m_server->create("identity/group", R"({"name":"mid","member_entity_ids":[")" + alice + "\"]}");
    QVERIFY(m_server->post("identity/group/id/" + top, R"({"member_group_ids":[")" + mid + "\"]}").ok());
    const std::string outside = m_server->create("identity/group", R"({"name":"outside","type":"external"})");
    m_server->create("identity/group-alias",
                     R"({"name":"cn=x","canonical_id":")" + outside + R"(","mount_accessor":")" + people + "\"}");
    m_server->post("sys/policies/acl/top", R"({"policy":"path \"secret/*\" { capabilities = [\"read\"] }"})");
    open(kind);
    const auto counts = await(m_connection->directory().counts());
    QCOMPARE(counts->entities, 2);
    QCOMPARE(counts->groups, 3);
    const auto detail = await(m_connection->directory().entity(object(alice).entity()));
    QVERIFY2(detail, why(detail).constData());
    QCOMPARE(detail->policies, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(detail->mergedIds, QStringList(QString::fromStdString(old)));
    QCOMPARE(detail->aliases.front().uuid.toStdString(), al);
    QCOMPARE(detail->aliases.front().name,
             (AliasName{QStringLiteral("Al"), QStringLiteral("people"), QStringLiteral("userpass")}));
    QCOMPARE(detail->aliases.front().customMetadata, Metadata({{QStringLiteral("c"), QStringLiteral("d")}}));
    const QDateTime created = QDateTime::fromString(
        QString::fromUtf8(m_server->get("identity/entity/id/" + alice).data->at("creation_time").as_string().c_str()),
        Qt::ISODateWithMs);
    QCOMPARE(detail->created.toSecsSinceEpoch(), created.toSecsSinceEpoch());
    const auto orphan = await(m_connection->directory().entity(object(twin).entity()));
    QVERIFY(orphan->row.disabled);
    QVERIFY(orphan->aliases.front().name.mount.isEmpty());
    QCOMPARE(policiesOf(alice), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("top")}));
    const auto group = await(m_connection->directory().group(object(mid).group()));
    QCOMPARE(group->version, m_server->get("identity/group/id/" + mid).data->at("modify_index").to_number<qint64>());
    QVERIFY(await(m_connection->directory().group(object(outside).group()))->alias.has_value());
    const auto policies = await(m_connection->directory().policies());
    const auto found = std::find_if(policies->begin(), policies->end(),
                                    [](const PolicyRow &row) { return row.name == QLatin1String("top"); });
    QVERIFY(found != policies->end() && found->text.contains(QStringLiteral("secret/*")));
    QVERIFY(m_connection->readAt().isValid());
    // The same read again changes nothing.
    QSignalSpy spy(m_connection, &Connection::changed);
    readAnew();
    QTest::qWait(50);
    QCOMPARE(spy.count(), 0);
}

void TestRemoteConnection::seesWhatOthersDo()
{
    QFETCH(int, kind);
    OPEN(kind);
    const std::string alice = create("entity", named("alice"));
    const std::string bob = create("entity", named("bob"));
    const std::string crew = create("group", named("crew", {{"member_entity_ids", json::array{alice}}}));
    QTest::qWait(50);
    QSignalSpy spy(m_connection, &Connection::changed);
    const ObjectRef aliceRow = object(alice);
    const ObjectRef bobRow = object(bob);
    QVERIFY(m_server->post("identity/entity/id/" + alice, R"({"name":"alicia"})").ok());
    QVERIFY(m_server->post("identity/group/id/" + crew, R"({"member_entity_ids":")" + alice + "," + bob + "\"}").ok());
    const std::string late = m_server->create("identity/entity", R"({"name":"late"})");
    readAnew();
    QTRY_VERIFY(!spy.empty());
    ChangeSet all;
    for (const auto &arguments : spy)
        all.append(arguments.front().value<ChangeSet>());
    const auto names = [&](EntityId id) { return std::count(all.entities.begin(), all.entities.end(), id) > 0; };
    QVERIFY(names(aliceRow.entity()) && names(object(late).entity()));
    QVERIFY(!names(bobRow.entity()));
    QCOMPARE(int(all.members.size()), 1);
    QCOMPARE(all.members.front().second, bobRow.entity());
    QCOMPARE(object(alice), aliceRow);
    QVERIFY(m_server->ask(Operation::Delete, "identity/entity/id/" + late).ok());
    m_remote->refresh();
    QTRY_VERIFY(!object(late));
}

void TestRemoteConnection::tellsRightsAndTruth()
{
    QFETCH(int, kind);
    OPEN(kind);
    const std::string alice = create("entity", named("alice"));
    const std::string low = create("group", named("low", {{"member_entity_ids", json::array{alice}}}));
    const std::string high = create("group", named("high", {{"member_group_ids", json::array{low}}}));
    const auto groups = await(m_remote->compareGroups(object(alice).entity()));
    QVERIFY2(groups, why(groups).constData());
    QVERIFY(groups->same());
    QCOMPARE(groups->serverDirect, QStringList(QString::fromStdString(low)));
    QCOMPARE(groups->serverInherited, QStringList(QString::fromStdString(high)));
    const auto all = await(m_remote->rights());
    QVERIFY2(all, why(all).constData());
    QCOMPARE(*all, Rights());
    m_server->post("sys/policies/acl/looker",
                   R"({"policy":"path \"identity/*\" { capabilities = [\"read\", \"list\"] }"})");
    const core::Response made = m_server->post("auth/token/create", R"({"policies":["looker"]})");
    const QByteArray token = made.auth->fields.at("client_token").as_string().c_str();
    const auto truth = await(m_remote->tokenTruth(token, {}, {QStringLiteral("identity/entity")}));
    QVERIFY2(truth, why(truth).constData());
    QCOMPARE(truth->capabilities[QStringLiteral("identity/entity")],
             QStringList({QStringLiteral("list"), QStringLiteral("read")}));
    const auto same = await(m_remote->tokenTruth({}, truth->token.accessor, {}));
    QVERIFY2(same, why(same).constData());
    QCOMPARE(same->token.policies, truth->token.policies);
    open(kind, token);
    const auto few = await(m_remote->rights());
    QVERIFY2(few, why(few).constData());
    QVERIFY(few->listEntities && !few->createEntities && !few->changeGroups && !few->deleteEntities);
    QCOMPARE(
        apply({updatePart(QStringLiteral("identity/entity/id/") + QString::fromStdString(alice), {{"disabled", true}})})
            .status,
        403);
    QVERIFY(!await(m_connection->directory().entity(object(alice).entity()))->row.disabled);
}

void TestRemoteConnection::worksWithFewRights()
{
    m_server = RealServer::start(RealServer::Kind::Bao);
    if (!m_server)
        QSKIP("the server's program isn't installed");
    const std::string alice = m_server->create("identity/entity", R"({"name":"alice"})");
    m_server->post("sys/policies/acl/one",
                   R"({"policy":"path \"identity/entity/name/*\" { capabilities = [\"read\"] }"})");
    const core::Response made = m_server->post("auth/token/create", R"({"policies":["one"]})");
    open(m_server->profile(), made.auth->fields.at("client_token").as_string().c_str());
    QVERIFY(m_remote->mirror().forbidden.contains(QStringLiteral("identity/entity/id")));
    QVERIFY(!object(alice));
    const auto found = await(m_remote->lookUp(ObjectKind::Entity, QStringLiteral("ALICE")));
    QVERIFY2(found && *found, why(found).constData());
    QCOMPARE(object(alice), **found);
    QVERIFY(!*await(m_remote->lookUp(ObjectKind::Entity, QStringLiteral("nobody"))));
}

void TestRemoteConnection::sendsManyMembers()
{
    OPEN(int(RealServer::Kind::Bao));
    json::array people;
    for (int i = 0; i < 1100; ++i)
        people.emplace_back(m_server->create("identity/entity", "{\"name\":\"p" + std::to_string(i) + "\"}"));
    const std::string crew = m_server->create("identity/group", R"({"name":"crew"})");
    m_remote->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(object(crew), 60'000);
    waitForMirror();
    const core::Response added = apply(
        {updatePart(QStringLiteral("kith/members/") + QString::fromStdString(crew), {{"add_entity_ids", people}})});
    QVERIFY2(added.ok(), line(added).constData());
    QCOMPARE(await(m_connection->directory().group(object(crew).group()))->row.directMembers, 1100);
}

void TestRemoteConnection::mirrorIsPrivateAndGoes()
{
    OPEN(int(RealServer::Kind::Bao));
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + QStringLiteral("/kith");
    const auto ours = [&] {
        return QDir(runtime).entryInfoList({QStringLiteral("mirror-%1-*").arg(QCoreApplication::applicationPid())},
                                           QDir::Dirs);
    };
    QCOMPARE(int(ours().size()), 1);
    const auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    QCOMPARE(ours().front().permissions(), owner | QFile::ExeOwner | QFile::ExeUser);
    for (const QFileInfo &file : QDir(ours().front().filePath()).entryInfoList(QDir::Files)) {
        QCOMPARE(file.permissions() & ~owner, QFile::Permissions());
        QFile content(file.filePath());
        QVERIFY(content.open(QIODevice::ReadOnly));
        QVERIFY(!content.readAll().contains("hvs."));
    }
    m_connection = nullptr;
    m_remote.reset();
    QVERIFY(ours().empty());
}

void TestRemoteConnection::saysWhatIsDone()
{
    m_server = RealServer::start(RealServer::Kind::Bao);
    if (!m_server)
        QSKIP("the server's program isn't installed");
    FaultProxy proxy(m_server->address());
    Profile profile = m_server->profile();
    profile.address = proxy.address();
    open(profile, m_server->token());
    std::vector<std::string> people;
    json::array parts;
    for (const char *name : {"a", "b", "c"}) {
        people.push_back(create("entity", named(name)));
        parts.emplace_back(updatePart(QStringLiteral("identity/entity/id/") + QString::fromStdString(people.back()),
                                      {{"disabled", true}}));
    }
    proxy.harm(FaultProxy::Fault::CutAfter, "POST", 1, 1);
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

void TestRemoteConnection::survivesCuts_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<int>("skip");
    const std::pair<const char *, FaultProxy::Fault> faults[] = {{"cut before", FaultProxy::Fault::CutBefore},
                                                                 {"cut after", FaultProxy::Fault::CutAfter},
                                                                 {"cut in the answer", FaultProxy::Fault::CutInAnswer},
                                                                 {"garbage", FaultProxy::Fault::Garbage}};
    for (const auto &[name, fault] : faults)
        for (int skip = 0; skip < 6; ++skip)
            QTest::addRow("%s, step %d", name, skip) << int(fault) << skip;
}

/// A move of somebody between two groups, hit at each request that it takes: nothing is lost, nothing sent twice.
void TestRemoteConnection::survivesCuts()
{
    QFETCH(int, fault);
    QFETCH(int, skip);
    static std::unique_ptr<RealServer> shared; // one for all rows
    if (!shared)
        shared = RealServer::start(RealServer::Kind::Bao);
    if (!shared)
        QSKIP("the server's program isn't installed");
    FaultProxy proxy(shared->address());
    Profile profile = shared->profile();
    profile.address = proxy.address();
    profile.timeoutSeconds = 5;
    open(profile, shared->token());
    const std::string tag = std::to_string(fault) + "-" + std::to_string(skip);
    const std::string alice = create("entity", named("alice-" + tag));
    const std::string bob = create("entity", named("bob-" + tag));
    const std::string here = create("group", named("here-" + tag, {{"member_entity_ids", json::array{alice, bob}}}));
    const std::string there = create("group", named("there-" + tag, {{"member_entity_ids", json::array{bob}}}));
    const QString members = QStringLiteral("kith/members/");
    const json::array parts{
        updatePart(members + QString::fromStdString(there), {{"add_entity_ids", json::array{alice}}}),
        updatePart(members + QString::fromStdString(here), {{"remove_entity_ids", json::array{alice}}})};
    proxy.forget();
    proxy.harm(FaultProxy::Fault(fault), "identity/group/id/", 1, skip);
    const auto answer = send(applyRequest(parts));
    QVERIFY(proxy.count("POST /v1/identity/group/id/" + QByteArray::fromStdString(there)) <= 1);
    QVERIFY(proxy.count("POST /v1/identity/group/id/" + QByteArray::fromStdString(here)) <= 1);
    proxy.heal();
    const auto has = [&](const std::string &group, const std::string &who) {
        const core::Response read = shared->get("identity/group/id/" + group);
        return member(read, "member_entity_ids").contains(QByteArray::fromStdString(who));
    };
    QVERIFY(has(here, bob) && has(there, bob));
    QVERIFY(has(here, alice) || has(there, alice)); // never in none
    if (answer && answer->ok())
        QVERIFY(has(there, alice) && !has(here, alice));
    // The same once more brings it to its end.
    const core::Response again = apply(parts);
    QVERIFY2(again.ok(), line(again).constData());
    QVERIFY(has(there, alice) && !has(here, alice));
    QTRY_COMPARE(await(m_connection->directory().group(object(there).group()))->row.directMembers, 2);
    if (skip == 5 && fault == int(FaultProxy::Fault::Garbage))
        shared.reset();
}

void TestRemoteConnection::comesBackByItself()
{
    m_server = RealServer::start(RealServer::Kind::Bao);
    if (!m_server)
        QSKIP("the server's program isn't installed");
    FaultProxy proxy(m_server->address());
    Profile profile = m_server->profile();
    profile.address = proxy.address();
    open(profile, m_server->token());
    proxy.goDown();
    m_remote->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(m_remote->mirror().phase, Phase::Failed, 20'000);
    QCOMPARE(m_remote->mirror().problem->code, ErrorCode::Unreachable);
    core::Request request;
    request.path = "identity/entity/name/x";
    QVERIFY(!send(request));
    m_server->create("identity/entity", R"({"name":"meanwhile"})");
    proxy.heal();
    waitForMirror();
    QCOMPARE(await(m_connection->directory().counts())->entities, 1);
    // Sealed is said, and over when it is over.
    proxy.harm(FaultProxy::Fault::Answer, "", 3, 0, FaultProxy::status(503, R"({"errors":["Vault is sealed"]})"));
    m_remote->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(m_remote->mirror().phase, Phase::Failed, 20'000);
    QCOMPARE(m_remote->mirror().problem->status, 503);
    proxy.heal();
    waitForMirror();
    QVERIFY(!m_remote->mirror().problem);
}

void TestRemoteConnection::readOnlyStaysReadOnly()
{
    m_server = RealServer::start(RealServer::Kind::Bao);
    if (!m_server)
        QSKIP("the server's program isn't installed");
    Profile profile = m_server->profile();
    profile.readOnly = true;
    open(profile, m_server->token());
    const auto refused = send(applyRequest({updatePart(QStringLiteral("kith/restore"), {{"entity", named("x")}})}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::PermissionDenied);
    QCOMPARE(m_server->get("identity/entity/name/x").status, 404);
}

QTEST_GUILESS_MAIN(TestRemoteConnection)
#include "tst_RemoteConnection.moc"
