// SPDX-License-Identifier: Apache-2.0
#include "RemoteWindow.h"
#include "support/FaultProxy.h"
#include "views/Editor.h"
#include "views/PeopleEdit.h"
#include "views/WindowActions.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

using namespace kith;
using connection::ObjectRef;
using test::FaultProxy;
using test::RealServer;
using Fault = test::FaultProxy::Fault;

/// Changes of many objects on a real server, with a proxy between that does harm: what became of each is known or said,
/// and what was done can be taken back.
class tst_BulkRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void endsWhenTheServerIsBusy_data();
    void endsWhenTheServerIsBusy();
    void blamesNobodyWithoutAReason();
    void saysWhatCouldNotBeTakenBack();
    void knowsADeletionThatWasCut_data();
    void knowsADeletionThatWasCut();
    void keepsWhatPerhapsWasDeleted();
    void leavesNobodyInNoneOfTheGroups();
    void takesBackWhatCameAfterANewId();
    void givesPoliciesToWhoIsAsWasRead_data();
    void givesPoliciesToWhoIsAsWasRead();

private:
    /// A server with Ada, Bence, Chiara and the groups crew (all of them) and support; false: it isn't installed.
    bool start(RealServer::Kind kind);
    ObjectRef ref(int person) { return m_remote->ref(m_people[static_cast<std::size_t>(person)]); }
    views::Editor &editor() { return m_remote->window().editor(); }
    bool exists(const char *name);
    void undo();
    QStringList failures();

    QTemporaryDir m_state;
    std::unique_ptr<FaultProxy> m_proxy;
    std::unique_ptr<test::RemoteWindow> m_remote;
    std::vector<std::string> m_people;
    std::string m_crew, m_support;
};

void tst_BulkRun::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_state.path().toUtf8());
}

void tst_BulkRun::cleanup()
{
    if (m_proxy)
        m_proxy->heal();
    m_remote.reset();
    m_proxy.reset();
}

bool tst_BulkRun::start(RealServer::Kind kind)
{
    auto server = RealServer::start(kind);
    if (!server)
        return false;
    m_proxy = std::make_unique<FaultProxy>(server->address());
    m_remote = std::make_unique<test::RemoteWindow>(std::move(server));
    m_people.clear();
    for (const char *name : {"Ada", "Bence", "Chiara"})
        m_people.push_back(m_remote->person(name, R"("metadata":{"team":"engines"})"));
    m_crew = m_remote->group("crew", m_people);
    m_support = m_remote->group("support");
    m_remote->showThrough(*m_proxy);
    return true;
}

bool tst_BulkRun::exists(const char *name)
{
    return m_remote->server().get(std::string("identity/entity/name/") + name).ok();
}

void tst_BulkRun::undo()
{
    QTRY_VERIFY(m_remote->window().actions().undo->isEnabled());
    m_remote->window().actions().undo->trigger();
    m_remote->settle();
}

/// What the list of them says, as "name: reason".
QStringList tst_BulkRun::failures()
{
    m_remote->pressMessage("What failed …");
    auto *list = m_remote->find<QTreeWidget>("failuresList");
    QStringList said;
    for (int i = 0; i < list->topLevelItemCount(); ++i)
        said += list->topLevelItem(i)->text(0) + QStringLiteral(": ") + list->topLevelItem(i)->text(1);
    delete list->window();
    said.sort();
    return said;
}

void tst_BulkRun::endsWhenTheServerIsBusy_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("text");
    QTest::newRow("a copy for disasters") << 472 << QStringLiteral("standby");
    QTest::newRow("a standby") << 473 << QStringLiteral("standby");
    QTest::newRow("sealed") << 503 << QStringLiteral("sealed");
    QTest::newRow("a gateway") << 504 << QStringLiteral("in front");
}

void tst_BulkRun::endsWhenTheServerIsBusy()
{
    QFETCH(int, status);
    QFETCH(QString, text);
    if (!start(RealServer::Kind::Bao))
        QSKIP("the server's program isn't installed");
    m_proxy->harm(Fault::Answer, "POST /v1/identity/entity/id/", 1000, 1,
                  FaultProxy::status(status, R"({"errors":["no"]})"));
    editor().setEnabled({ref(0).entity(), ref(1).entity(), ref(2).entity()}, views::Editor::Enabled::No);
    QTRY_VERIFY_WITH_TIMEOUT(!m_remote->message().isEmpty(), 20'000);
    QCOMPARE(m_proxy->count("POST /v1/identity/entity/id/"), 2); // one is done, one tells of all
    QCOMPARE(m_remote->message(), QStringLiteral("Disabled Ada. 2 object(s) could not be changed."));
    for (const QString &why : failures())
        QVERIFY2(why.contains(text), qPrintable(why));
}

/// A refusal that doesn't say which part it is about.
void tst_BulkRun::blamesNobodyWithoutAReason()
{
    if (!start(RealServer::Kind::Kithd))
        QSKIP("kithd isn't built");
    m_proxy->harm(Fault::Answer, "kith/apply", 1, 0, FaultProxy::status(400, R"({"errors":["too much at once"]})"));
    editor().setEnabled({ref(0).entity(), ref(1).entity(), ref(2).entity()}, views::Editor::Enabled::No);
    m_remote->settle();
    for (const std::string &person : m_people)
        QVERIFY(m_remote->server().get("identity/entity/id/" + person).data->at("disabled").as_bool());
    QCOMPARE(m_remote->message(), QStringLiteral("Disabled 3 people"));
}

void tst_BulkRun::saysWhatCouldNotBeTakenBack()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("the server's program isn't installed");
    // They are put into support; then nothing more may be written.
    m_proxy->harm(Fault::Answer, "POST /v1/identity/group/id/", 1000, 1,
                  FaultProxy::status(403, R"({"errors":["permission denied"]})"));
    editor().moveMembers(m_remote->ref(m_crew).group(), m_remote->ref(m_support).group(),
                         {ref(0).entity(), ref(1).entity()}, {});
    QTRY_VERIFY2(m_remote->message().startsWith(QLatin1String("Not done to the end: Move 2 people to support. Of 2 ")),
                 qPrintable(m_remote->message()));
    const QString reason =
        QStringLiteral("It is changed in part, and that could not be taken back: You have no right to do this.");
    QCOMPARE(failures(), QStringList({QStringLiteral("Ada: ") + reason, QStringLiteral("Bence: ") + reason}));
    QCOMPARE(m_remote->members(m_support), (std::set<std::string>{"Ada", "Bence"}));
    QCOMPARE(m_remote->members(m_crew), (std::set<std::string>{"Ada", "Bence", "Chiara"}));
    m_proxy->heal();
    m_remote->settle();
    undo();
    QCOMPARE(m_remote->members(m_support), std::set<std::string>());
    QCOMPARE(m_remote->members(m_crew), (std::set<std::string>{"Ada", "Bence", "Chiara"}));
}

void tst_BulkRun::knowsADeletionThatWasCut_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("what");
    QTest::newRow("openbao") << int(RealServer::Kind::Bao) << QByteArray("DELETE");
    QTest::newRow("kithd") << int(RealServer::Kind::Kithd) << QByteArray("kith/apply");
}

/// The server is still there to be asked: nothing is left in doubt.
void tst_BulkRun::knowsADeletionThatWasCut()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, what);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    m_proxy->harm(Fault::CutAfter, what, 1);
    editor().remove({ref(0), ref(1)});
    QTRY_COMPARE_WITH_TIMEOUT(m_remote->message(), QStringLiteral("Deleted 2 people"), 20'000);
    QVERIFY(!exists("Ada") && !exists("Bence"));
    m_remote->settle();
    undo();
    QVERIFY(exists("Ada") && exists("Bence"));
    const core::Response ada = m_remote->server().get("identity/entity/name/Ada");
    QCOMPARE(boost::json::serialize(ada.data->at("metadata")), std::string(R"({"team":"engines"})"));
    QCOMPARE(m_remote->members(m_crew), (std::set<std::string>{"Ada", "Bence", "Chiara"}));
}

/// Nobody can say whether it was done: what was read of it is kept.
void tst_BulkRun::keepsWhatPerhapsWasDeleted()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("the server's program isn't installed");
    m_proxy->harm(Fault::CutAfter, "DELETE", 1);
    m_proxy->before("DELETE", [this] {
        m_remote->server().ask(core::Operation::Delete, "identity/entity/id/" + m_people[0]);
        m_proxy->harm(Fault::CutBefore, "", 1'000'000);
    });
    editor().remove({ref(0)});
    QTRY_VERIFY2_WITH_TIMEOUT(m_remote->message().startsWith(QLatin1String("Not done to the end: Delete Ada. Of 1 ")),
                              qPrintable(m_remote->message()), 60'000);
    m_proxy->heal();
    QVERIFY(!exists("Ada"));
    QCOMPARE(failures(), QStringList({QStringLiteral("Ada: The connection broke: perhaps it was done. Undo takes it "
                                                     "back if it was.")}));
    m_remote->connection().refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!ref(0), 30'000);
    m_remote->settle();
    undo();
    QVERIFY2(exists("Ada"), qPrintable(m_remote->message()));
}

/// A move that was cut when they were perhaps taken out already.
void tst_BulkRun::leavesNobodyInNoneOfTheGroups()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("the server's program isn't installed");
    m_proxy->before("POST /v1/identity/group/id/" + QByteArray::fromStdString(m_crew), [this] {
        m_remote->server().post("identity/group/id/" + m_crew,
                                R"({"member_entity_ids":[")" + m_people[1] + "\",\"" + m_people[2] + "\"]}");
        m_proxy->harm(Fault::CutBefore, "", 1'000'000);
    });
    editor().moveMembers(m_remote->ref(m_crew).group(), m_remote->ref(m_support).group(), {ref(0).entity()}, {});
    QTRY_VERIFY2_WITH_TIMEOUT(m_remote->message().startsWith(QLatin1String("Not done to the end: Move Ada to")),
                              qPrintable(m_remote->message()), 60'000);
    m_proxy->heal();
    m_remote->settle();
    QVERIFY(m_remote->members(m_support).contains("Ada"));
    undo();
    QCOMPARE(m_remote->members(m_support), std::set<std::string>());
    QCOMPARE(m_remote->members(m_crew), (std::set<std::string>{"Ada", "Bence", "Chiara"}));
}

/// What comes back on a plain server has another id: steps before it know.
void tst_BulkRun::takesBackWhatCameAfterANewId()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("the server's program isn't installed");
    editor().rename(ref(0), QStringLiteral("Ada"), QStringLiteral("Augusta"));
    m_remote->settle();
    editor().addMembers(m_remote->ref(m_support).group(), {ref(0).entity()}, {});
    m_remote->settle();
    editor().remove({ref(0)});
    m_remote->settle();
    editor().remove({m_remote->ref(m_support)});
    m_remote->settle();
    undo();
    undo();
    QVERIFY(exists("Augusta"));
    QVERIFY(!m_remote->server().get("identity/entity/id/" + m_people[0]).ok()); // another id
    undo();
    QCOMPARE(m_remote->message(), QStringLiteral("Taken back: Add Augusta to support"));
    undo();
    QVERIFY2(exists("Ada"), qPrintable(m_remote->message()));
    QVERIFY(!editor().canUndo());
}

void tst_BulkRun::givesPoliciesToWhoIsAsWasRead_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("kithd") << int(RealServer::Kind::Kithd);
    QTest::newRow("OpenBao") << int(RealServer::Kind::Bao);
}

/// Somebody else changed one of them meanwhile: nothing of that is lost, and the others are done.
void tst_BulkRun::givesPoliciesToWhoIsAsWasRead()
{
    QFETCH(int, kind);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    const auto policiesOf = [this](int person) {
        const core::Response answer =
            m_remote->server().get("identity/entity/id/" + m_people[static_cast<std::size_t>(person)]);
        return QString::fromStdString(boost::json::serialize(answer.data->at("policies")));
    };
    m_remote->server().post("identity/entity/id/" + m_people[1], R"({"policies":["theirs"]})");
    editor().changePeople({ref(0).entity(), ref(1).entity(), ref(2).entity()},
                          {{}, {QStringLiteral("ours")}, {}, {{QStringLiteral("site"), QStringLiteral("Oslo")}}, {}});
    QTRY_VERIFY_WITH_TIMEOUT(!m_remote->message().isEmpty(), 20'000);
    QCOMPARE(m_remote->message(), QStringLiteral("Gave ours to 2 people. 1 object(s) could not be changed."));
    QCOMPARE(policiesOf(0), QStringLiteral(R"(["ours"])"));
    QCOMPARE(policiesOf(1), QStringLiteral(R"(["theirs"])"));
    QCOMPARE(policiesOf(2), QStringLiteral(R"(["ours"])"));
    m_remote->pressMessage("Try again");
    QTRY_COMPARE_WITH_TIMEOUT(m_remote->message(), QStringLiteral("Gave ours to Bence"), 20'000);
    QCOMPARE(policiesOf(1), QStringLiteral(R"(["ours","theirs"])"));
    undo();
    QCOMPARE(policiesOf(1), QStringLiteral(R"(["theirs"])"));
    undo();
    QVERIFY(policiesOf(0) == QStringLiteral("[]") || policiesOf(0) == QStringLiteral("null"));
}

QTEST_MAIN(tst_BulkRun)
#include "tst_BulkRun.moc"
