// SPDX-License-Identifier: Apache-2.0
#include "support/ConnectionFixture.h"

#include <QSignalSpy>

using namespace kith;
using namespace kith::connection;
using namespace kith::test;
namespace json = boost::json;
using core::Operation;

/// What every Connection promises: on the local core, on kithd and in a namespace of it, and on OpenBao plain, with
/// TLS, and in a namespace.
class TestConnection : public QObject, protected ConnectionFixture
{
    Q_OBJECT

    static constexpr int KithdTeam = -2; ///< kithd, in the namespace "team".
    bool m_inTeam = false;

    static void addAll()
    {
        addCores();
        QTest::newRow("kithd, namespace") << int(KithdTeam);
    }
    void open(int kind);
    core::Response elsewhere(Operation operation, const std::string &path, std::string_view data = "{}")
    {
        return ConnectionFixture::elsewhere(operation, (m_inTeam ? "team/" : "") + path, data);
    }
    std::string userpass(const std::string &path);

private Q_SLOTS:
    void cleanup() { close(); }
    void createsAndExplains_data() { addAll(); }
    void createsAndExplains();
    void movesPeople_data() { addAll(); }
    void movesPeople();
    void refusesWhatWasChangedMeanwhile_data() { addAll(); }
    void refusesWhatWasChangedMeanwhile();
    void deletesAndTakesBack_data() { addAll(); }
    void deletesAndTakesBack();
    void refusesToTakeAnAlias_data() { addAll(); }
    void refusesToTakeAnAlias();
    void refusesInWords_data() { addAll(); }
    void refusesInWords();
};

void TestConnection::open(int kind)
{
    m_inTeam = kind == KithdTeam;
    if (!m_inTeam)
        return ConnectionFixture::open(kind);
    m_server = RealServer::start(RealServer::Kind::Kithd);
    if (!m_server)
        return;
    QVERIFY(m_server->post("sys/namespaces/team").ok());
    Profile profile = m_server->profile();
    profile.nameSpace = QStringLiteral("team");
    ConnectionFixture::open(profile, m_server->token());
}

std::string TestConnection::userpass(const std::string &path)
{
    if (!m_inTeam)
        return ConnectionFixture::userpass(path);
    elsewhere(Operation::Update, "sys/auth/" + path, R"({"type":"userpass"})");
    return std::string(elsewhere(Operation::Read, "sys/auth/" + path).data->at("accessor").as_string());
}

void TestConnection::createsAndExplains()
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

void TestConnection::movesPeople()
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

void TestConnection::refusesWhatWasChangedMeanwhile()
{
    QFETCH(int, kind);
    OPEN(kind);
    const std::string alice = create("entity", named("alice", {{"policies", json::array{"one"}}}));
    const std::string crew = create("group", named("crew"));
    const auto before = await(m_connection->directory().entity(object(alice).entity()));
    const auto groupBefore = await(m_connection->directory().group(object(crew).group()));
    QVERIFY(before && groupBefore);
    QVERIFY(elsewhere(Operation::Update, "identity/entity/id/" + alice, R"({"policies":["two"]})").ok());
    QVERIFY(elsewhere(Operation::Update, "identity/group/id/" + crew, R"({"policies":["crew"]})").ok());
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

void TestConnection::deletesAndTakesBack()
{
    QFETCH(int, kind);
    OPEN(kind);
    const std::string alice = create("entity", named("alice", {{"policies", json::array{"own"}}}));
    const std::string crew =
        create("group", named("crew", {{"policies", json::array{"crew"}}, {"member_entity_ids", json::array{alice}}}));
    const QString path = entityPath(alice);
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

void TestConnection::refusesToTakeAnAlias()
{
    QFETCH(int, kind);
    OPEN(kind);
    const std::string accessor = userpass("people");
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

void TestConnection::refusesInWords()
{
    QFETCH(int, kind);
    OPEN(kind);
    const std::string crew = create("group", named("crew"));
    const QString members = membersPath(crew);
    const core::Response bogus =
        apply({updatePart(members, {{"add_entity_ids", json::array{"00000000-0000-4000-8000-000000000000"}}})});
    QVERIFY2(bogus.status == 400 || bogus.status == 500, line(bogus).constData());
    QVERIFY(QByteArray::fromStdString(bogus.errors.front()).contains("invalid entity ID"));
    const std::string alice = create("entity", named("alice"));
    const core::Response metadata = apply({updatePart(entityPath(alice), {{"metadata", {{"bad key!", "x"}}}})});
    QVERIFY(!metadata.ok());
    QVERIFY(QByteArray::fromStdString(metadata.errors.front()).contains("invalid characters"));
    if (m_remote)
        QCOMPARE(metadata.status, 400);
    QCOMPARE(metadata.data->at("failed_request").to_number<int>(), 0);
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_Connection.moc"
