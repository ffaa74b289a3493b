// SPDX-License-Identifier: Apache-2.0
#include "support/ConnectionFixture.h"
#include "support/SigningKey.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>

using namespace kith;
using namespace kith::connection;
using namespace kith::test;
namespace json = boost::json;
using core::Operation;

/// What a connection to a server has beyond what every Connection has.
class TestRemoteConnection : public QObject, protected ConnectionFixture
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { close(); }
    void mirrorsAsTheServerHasIt_data() { addServers(); }
    void mirrorsAsTheServerHasIt();
    void seesWhatOthersDo_data() { addServers(); }
    void seesWhatOthersDo();
    void tellsRightsAndTruth_data() { addServers(); }
    void tellsRightsAndTruth();
    void tellsWhoPutSomebodyIntoAnExternalGroup_data()
    {
        addServers();
        QTest::newRow("kithd, namespace") << int(RealServer::Kind::KithdTeam);
    }
    void tellsWhoPutSomebodyIntoAnExternalGroup();
    void worksWithFewRights();
    void sendsManyMembers();
    void mirrorIsPrivateAndGoes();
    void readOnlyStaysReadOnly();
};

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
    QVERIFY(!few->enableMounts && !few->tuneMounts && !few->disableMounts);
    QCOMPARE(apply({updatePart(entityPath(alice), {{"disabled", true}})}).status, 403);
    QVERIFY(!await(m_connection->directory().entity(object(alice).entity()))->row.disabled);
}

void TestRemoteConnection::tellsWhoPutSomebodyIntoAnExternalGroup()
{
    QFETCH(int, kind);
    m_server = RealServer::start(RealServer::Kind(kind));
    if (!m_server)
        QSKIP("the server's program isn't installed");
    const SigningKey key;
    QVERIFY(m_server->post("sys/auth/corp", R"({"type":"jwt"})").ok());
    const core::Response mounts = m_server->get("sys/auth");
    const std::string accessor(mounts.data->at("corp/").at("accessor").as_string());
    const auto post = [&](const char *path, const json::object &data) {
        const core::Response answer = m_server->post(path, json::serialize(data));
        QVERIFY2(answer.ok(), line(answer).constData());
    };
    post("auth/corp/config", {{"jwt_validation_pubkeys", key.pem()}});
    post(
        "auth/corp/role/r",
        {{"role_type", "jwt"}, {"user_claim", "sub"}, {"groups_claim", "g"}, {"bound_audiences", json::array{"kith"}}});
    const std::string staff = m_server->create("identity/group", R"({"name":"staff","type":"external"})");
    post("identity/group-alias", {{"name", "staff"}, {"mount_accessor", accessor}, {"canonical_id", staff}});
    const auto now = QDateTime::currentSecsSinceEpoch();
    post(
        "auth/corp/login",
        {{"role", "r"},
         {"jwt",
          key.sign({{"sub", "ann"}, {"aud", "kith"}, {"g", json::array{"staff"}}, {"iat", now}, {"exp", now + 600}})}});
    open(m_server->profile(), m_server->token());
    const auto people = [this](ObjectRef in) {
        MemberQuery query;
        query.group = in.group();
        return await(directory().memberRows(query));
    };
    const ObjectRef group = object(staff);
    QCOMPARE(people(group)->size(), 1);
    const EntityId ann = people(group)->at(0);
    const auto known = [&] { return await(directory().members(group.group(), {ann}))->front().by; };
    QCOMPARE(known().mount, QStringLiteral("corp"));
    QCOMPARE(known().alias, QString());
    QVERIFY(await(m_remote->readWays(group)));
    const bool kith = m_remote->hasKith(); // else nobody can know
    QCOMPARE(known().alias, kith ? QStringLiteral("ann") : QString());
    QCOMPARE(known().refreshed.isValid(), kith);
    if (kith)
        QVERIFY(std::abs(known().refreshed.toSecsSinceEpoch() - now) < 60);
    m_connection = nullptr;
    m_remote.reset();
    open(m_server->profile(), m_server->token());
    const EntityId she = people(object(staff))->at(0);
    QVERIFY(await(m_remote->readWays(ObjectRef::of(she))));
    const auto entity = await(directory().entity(she));
    QCOMPARE(entity->groups.front().by.alias, kith ? QStringLiteral("ann") : QString());
    QCOMPARE(entity->changes.size(), std::size_t(kith ? 1 : 0));
    if (kith) {
        const ExternalChange &change = entity->changes.front();
        QCOMPARE(change.alias, QStringLiteral("ann"));
        QCOMPARE(change.mount, QStringLiteral("corp"));
        QVERIFY(change.by == RefreshedBy::Login && change.left.empty() && change.joined.size() == 1);
        QCOMPARE(change.joined.front().id, object(staff).group());
    }
    const auto members = [&] { return await(directory().group(object(staff).group())); };
    QVERIFY(!members()->lastMember);
    QVERIFY(await(m_remote->readWays(object(staff))));
    QCOMPARE(members()->lastMember.has_value(), kith);
    if (kith)
        QVERIFY(members()->lastMember->joined && members()->lastMember->id == she);
    // The next look finds nothing new, and writes nothing.
    QSignalSpy changed(m_remote.get(), &Connection::changed);
    QVERIFY(await(m_remote->readWays(object(staff))));
    QVERIFY(await(m_remote->readWays(ObjectRef::of(she))));
    QCOMPARE(changed.size(), 0);
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
    const core::Response added = apply({updatePart(membersPath(crew), {{"add_entity_ids", people}})});
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
