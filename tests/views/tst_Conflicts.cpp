// SPDX-License-Identifier: Apache-2.0
#include "RemoteWindow.h"
#include "views/Conflict.h"
#include "views/Editor.h"
#include "views/Navigator.h"
#include "views/WindowActions.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>
#include <QTreeWidget>

using namespace kith;
using connection::ObjectRef;
using test::RealServer;

/// Two who change the same on a real server, and changes of many of which some can't be done: what the person is shown,
/// and what is on the server afterwards.
class tst_Conflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_remote.reset(); }

    void findsWhatDiffers();
    void showsBothVersions_data() { servers(); }
    void showsBothVersions();
    void keepsTheirs_data() { servers(); }
    void keepsTheirs();
    void asksNothingWhereNothingCollides_data() { servers(); }
    void asksNothingWhereNothingCollides();
    void showsBothSetsOfPolicies();
    void asksBeforeItTakesBack();
    void listsWhatCouldNotBeDeleted();
    void putsTheOthersIntoTheGroup_data() { servers(); }
    void putsTheOthersIntoTheGroup();
    void disablesTheOthers_data() { servers(); }
    void disablesTheOthers();
    void saysOnceWhatGoesForAll();

private:
    void servers();
    /// A server with Ada, Bence, Chiara, Dao, Erik and the group support; false: it isn't installed.
    bool start(RealServer::Kind kind, const QByteArray &token = {});
    void openMetadata();
    QString valueOf(const char *key);
    QTableWidget *conflict();
    QString cell(QTableWidget *table, int row, int column) { return table->item(row, column)->text(); }
    void press(const char *dialogButton);
    ObjectRef ref(int person) { return m_remote->ref(m_people[static_cast<std::size_t>(person)]); }
    bool exists(int person);

    QTemporaryDir m_state;
    std::unique_ptr<test::RemoteWindow> m_remote;
    std::vector<std::string> m_people;
    std::string m_support;
};

void tst_Conflicts::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_state.path().toUtf8());
}

void tst_Conflicts::servers()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("openbao") << int(RealServer::Kind::Bao);
    QTest::newRow("kithd") << int(RealServer::Kind::Kithd);
}

bool tst_Conflicts::start(RealServer::Kind kind, const QByteArray &policy)
{
    auto server = RealServer::start(kind);
    if (!server)
        return false;
    m_remote = std::make_unique<test::RemoteWindow>(std::move(server));
    m_people.clear();
    for (const char *name : {"Ada", "Bence", "Chiara", "Dao", "Erik"})
        m_people.push_back(m_remote->person(name, R"("policies":["ship"],"metadata":{"team":"engines"})"));
    m_support = m_remote->group("support");
    m_remote->show(policy.isEmpty()
                       ? QByteArray()
                       : m_remote->tokenWith(QByteArray(policy).replace("ERIK", m_people[4].c_str()).toStdString()));
    return true;
}

bool tst_Conflicts::exists(int person)
{
    return m_remote->server().get("identity/entity/id/" + m_people[static_cast<std::size_t>(person)]).ok();
}

void tst_Conflicts::openMetadata()
{
    m_remote->window().navigator().open(ref(0));
    m_remote->settle();
    m_remote->find<QTabWidget>("inspectorTabs")->setCurrentIndex(4);
    QTRY_COMPARE(m_remote->find<QLineEdit>("metadataValue")->text(), QStringLiteral("engines"));
}

/// On the server.
QString tst_Conflicts::valueOf(const char *key)
{
    const core::Response ada = m_remote->server().get("identity/entity/id/" + m_people[0]);
    const auto &metadata = ada.data->at("metadata");
    const auto *value = metadata.is_object() ? metadata.as_object().if_contains(key) : nullptr;
    return value ? QString::fromStdString(std::string(value->as_string())) : QString();
}

QTableWidget *tst_Conflicts::conflict()
{
    QTableWidget *table = nullptr;
    const auto look = [&] {
        return (table = m_remote->window().findChild<QTableWidget *>(QStringLiteral("conflictTable")));
    };
    if (!QTest::qWaitFor(look, 15'000))
        qFatal("no conflict is shown; the message bar says: %s", qPrintable(m_remote->message()));
    return table;
}

void tst_Conflicts::press(const char *button)
{
    m_remote->find<QPushButton>(button)->click();
    QTRY_VERIFY(!m_remote->window().findChild<QDialog *>());
    m_remote->settle();
}

void tst_Conflicts::findsWhatDiffers()
{
    using views::Fields;
    const QString a = QStringLiteral("a"), b = QStringLiteral("b"), c = QStringLiteral("c"), d = QStringLiteral("d");
    const Fields was{{a, a}, {b, b}, {c, c}};
    const Fields theirs{{a, a}, {b, d}, {d, d}}; // b changed, c taken away, d added
    const Fields mine{{a, d}, {b, c}, {c, c}};   // a and b changed
    const auto fields = views::differences(was, theirs, mine);
    QCOMPARE(fields.size(), 4U);
    views::Versions versions;
    QStringList both;
    for (const views::ConflictField &field : fields) {
        versions.push_back(views::likely(field));
        if (field.bothChanged())
            both += field.key;
    }
    QCOMPARE(both, QStringList(b));
    QCOMPARE(views::merged(theirs, fields, versions), (Fields{{a, d}, {b, c}, {d, d}}));
    QCOMPARE(views::merged(theirs, fields, views::Versions(4, views::Version::Theirs)), theirs);
    QCOMPARE(views::merged(theirs, fields, views::Versions(4, views::Version::Mine)), mine);
}

void tst_Conflicts::showsBothVersions()
{
    QFETCH(int, kind);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    openMetadata();
    m_remote->server().post("identity/entity/id/" + m_people[0], R"({"metadata":{"team":"looms","city":"Paris"}})");
    auto *value = m_remote->find<QLineEdit>("metadataValue");
    value->setFocus();
    value->selectAll();
    QTest::keyClicks(value, QStringLiteral("mills"));
    QTest::keyClick(value, Qt::Key_Return);
    QTableWidget *table = conflict();
    QCOMPARE(valueOf("team"), QStringLiteral("looms")); // nothing is written yet
    QCOMPARE(table->rowCount(), 2);
    QCOMPARE(cell(table, 0, 0), QStringLiteral("city"));
    QCOMPARE(cell(table, 0, 2), QStringLiteral("Paris"));
    QCOMPARE(table->item(0, 2)->checkState(), Qt::Checked);
    QCOMPARE(cell(table, 1, 0), QStringLiteral("team (changed by both)"));
    QCOMPARE(cell(table, 1, 1), QStringLiteral("engines"));
    QCOMPARE(cell(table, 1, 2), QStringLiteral("looms"));
    QCOMPARE(cell(table, 1, 3), QStringLiteral("mills"));
    QCOMPARE(table->item(1, 3)->checkState(), Qt::Checked);
    if (const QString folder = qEnvironmentVariable("KITH_PICTURES"); !folder.isEmpty())
        m_remote->window().findChild<QDialog *>()->grab().save(folder + QStringLiteral("/conflict.png"));
    // One is always chosen, by the keyboard, too.
    table->setCurrentCell(1, 2);
    QTest::keyClick(table, Qt::Key_Space);
    QCOMPARE(table->item(1, 3)->checkState(), Qt::Unchecked);
    table->setCurrentCell(1, 3);
    QTest::keyClick(table, Qt::Key_Space);
    QCOMPARE(table->item(1, 2)->checkState(), Qt::Unchecked);
    press("writeChosen");
    QTRY_COMPARE(valueOf("team"), QStringLiteral("mills"));
    QCOMPARE(valueOf("city"), QStringLiteral("Paris"));
    m_remote->window().actions().undo->trigger();
    QTRY_COMPARE(valueOf("team"), QStringLiteral("looms"));
    QCOMPARE(valueOf("city"), QStringLiteral("Paris"));
}

void tst_Conflicts::keepsTheirs()
{
    QFETCH(int, kind);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    openMetadata();
    m_remote->server().post("identity/entity/id/" + m_people[0], R"({"metadata":{"team":"looms"}})");
    auto *value = m_remote->find<QLineEdit>("metadataValue");
    value->setFocus();
    value->selectAll();
    QTest::keyClicks(value, QStringLiteral("mills"));
    QTest::keyClick(value, Qt::Key_Return);
    conflict();
    press("keepTheirs");
    QCOMPARE(valueOf("team"), QStringLiteral("looms"));
    QVERIFY(!m_remote->window().editor().canUndo());
    QTRY_COMPARE(m_remote->find<QLineEdit>("metadataValue")->text(), QStringLiteral("looms"));
}

void tst_Conflicts::asksNothingWhereNothingCollides()
{
    QFETCH(int, kind);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    openMetadata();
    m_remote->server().post("identity/entity/id/" + m_people[0], R"({"name":"Augusta"})");
    auto *value = m_remote->find<QLineEdit>("metadataValue");
    value->setFocus();
    value->selectAll();
    QTest::keyClicks(value, QStringLiteral("mills"));
    QTest::keyClick(value, Qt::Key_Return);
    QTRY_COMPARE(valueOf("team"), QStringLiteral("mills"));
    m_remote->settle();
    QVERIFY(!m_remote->window().findChild<QDialog *>());
    QTRY_COMPARE(m_remote->find<QLabel>("inspectorTitle")->accessibleName(), QStringLiteral("Augusta"));
}

void tst_Conflicts::showsBothSetsOfPolicies()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("the server's program isn't installed");
    m_remote->window().navigator().open(ref(0));
    m_remote->settle();
    m_remote->server().post("identity/entity/id/" + m_people[0], R"({"policies":["ship","dock"]})");
    m_remote->window().editor().setPolicies(ref(0), {QStringLiteral("ship")}, {QStringLiteral("sail")});
    QTableWidget *table = conflict();
    QCOMPARE(table->rowCount(), 3);
    QCOMPARE(cell(table, 0, 0), QStringLiteral("Policy dock"));
    press("writeChosen"); // sail instead of ship, and their dock
    const core::Response ada = m_remote->server().get("identity/entity/id/" + m_people[0]);
    QCOMPARE(boost::json::serialize(ada.data->at("policies")), std::string(R"(["dock","sail"])"));
}

void tst_Conflicts::asksBeforeItTakesBack()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("the server's program isn't installed");
    m_remote->window().editor().rename(ref(0), QStringLiteral("Ada"), QStringLiteral("Ada King"));
    m_remote->settle();
    m_remote->server().post("identity/entity/id/" + m_people[0], R"({"name":"Countess"})");
    m_remote->window().actions().undo->trigger();
    QTableWidget *table = conflict();
    QCOMPARE(cell(table, 0, 1), QStringLiteral("Ada King"));
    QCOMPARE(cell(table, 0, 2), QStringLiteral("Countess"));
    QCOMPARE(cell(table, 0, 3), QStringLiteral("Ada"));
    press("keepTheirs");
    QVERIFY(!m_remote->window().editor().canUndo()); // settled
    QCOMPARE(m_remote->server().get("identity/entity/id/" + m_people[0]).data->at("name").as_string(), "Countess");
}

void tst_Conflicts::listsWhatCouldNotBeDeleted()
{
    if (!start(RealServer::Kind::Bao, R"(path "*" { capabilities = ["create", "read", "update", "delete", "list"] }
                                         path "identity/entity/id/ERIK" { capabilities = ["read"] })"))
        QSKIP("the server's program isn't installed");
    m_remote->server().ask(core::Operation::Delete, "identity/entity/id/" + m_people[1]); // Bence, by somebody else
    m_remote->window().editor().remove({ref(0), ref(1), ref(2), ref(4)});
    QTRY_VERIFY2(m_remote->message().startsWith(QLatin1String("Deleted 2 people. 2 object(s) could not be changed")),
                 qPrintable(m_remote->message()));
    QVERIFY(!exists(0) && !exists(2) && exists(3) && exists(4));
    m_remote->pressMessage("What failed …", 15'000);
    auto *list = m_remote->find<QTreeWidget>("failuresList");
    QCOMPARE(list->topLevelItemCount(), 2);
    QStringList said;
    for (int i = 0; i < 2; ++i)
        said += list->topLevelItem(i)->text(0) + QStringLiteral(": ") + list->topLevelItem(i)->text(1);
    said.sort();
    QCOMPARE(said, QStringList({QStringLiteral("Bence: It doesn’t exist any more."),
                                QStringLiteral("Erik: You have no right to do this.")}));
    if (const QString folder = qEnvironmentVariable("KITH_PICTURES"); !folder.isEmpty())
        list->window()->grab().save(folder + QStringLiteral("/failures.png"));
    // The right is given; just those are tried again.
    for (const std::string &policy : m_remote->policies())
        m_remote->server().post(
            "sys/policies/acl/" + policy,
            R"({"policy":"path \"*\" { capabilities = [\"create\",\"read\",\"update\",\"delete\",\"list\"] }"})");
    press("tryAgain");
    QTRY_VERIFY2(m_remote->message().startsWith(QLatin1String("Deleted Erik. 1 object(s) could not be changed")),
                 qPrintable(m_remote->message()));
    QVERIFY(!exists(4));
    // Both steps are taken back.
    m_remote->window().actions().undo->trigger();
    m_remote->settle();
    m_remote->window().actions().undo->trigger();
    m_remote->settle();
    for (const char *name : {"Ada", "Chiara", "Erik"})
        QVERIFY2(m_remote->server().get(std::string("identity/entity/name/") + name).ok(), name);
    QVERIFY(!m_remote->window().editor().canUndo());
}

void tst_Conflicts::putsTheOthersIntoTheGroup()
{
    QFETCH(int, kind);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    const std::string crew = m_remote->group("crew", {m_people[0], m_people[1], m_people[2], m_people[3], m_people[4]});
    m_remote->window().actions().refresh->trigger();
    m_remote->settle();
    QTRY_VERIFY(m_remote->ref(crew));
    m_remote->server().ask(core::Operation::Delete, "identity/entity/id/" + m_people[3]);
    const GroupId support = m_remote->ref(m_support).group();
    m_remote->window().editor().moveMembers(
        m_remote->ref(crew).group(), support,
        {ref(0).entity(), ref(1).entity(), ref(2).entity(), ref(3).entity(), ref(4).entity()}, {});
    QTRY_VERIFY2(m_remote->message().startsWith(QLatin1String("Moved 4 people to support. 1 object(s) could not be")),
                 qPrintable(m_remote->message()));
    QCOMPARE(m_remote->members(m_support), (std::set<std::string>{"Ada", "Bence", "Chiara", "Erik"}));
    QCOMPARE(m_remote->members(crew), std::set<std::string>());
    m_remote->settle();
    m_remote->window().actions().undo->trigger();
    m_remote->settle();
    QCOMPARE(m_remote->members(m_support), std::set<std::string>());
    QCOMPARE(m_remote->members(crew), (std::set<std::string>{"Ada", "Bence", "Chiara", "Erik"}));
}

void tst_Conflicts::disablesTheOthers()
{
    QFETCH(int, kind);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    m_remote->server().ask(core::Operation::Delete, "identity/entity/id/" + m_people[1]);
    m_remote->window().editor().setEnabled({ref(0).entity(), ref(1).entity(), ref(2).entity()},
                                           views::Editor::Enabled::No);
    QTRY_VERIFY2(m_remote->message().startsWith(QLatin1String("Disabled 2 people. 1 object(s) could not be changed")),
                 qPrintable(m_remote->message()));
    const auto isDisabled = [this](int person) {
        const auto answer = m_remote->server().get("identity/entity/id/" + m_people[static_cast<std::size_t>(person)]);
        return answer.data->at("disabled").as_bool();
    };
    QVERIFY(isDisabled(0) && isDisabled(2) && !isDisabled(3));
    m_remote->settle();
    m_remote->window().actions().undo->trigger();
    m_remote->settle();
    QVERIFY(!isDisabled(0) && !isDisabled(2));
}

void tst_Conflicts::saysOnceWhatGoesForAll()
{
    if (!start(RealServer::Kind::Bao, R"(path "identity/*" { capabilities = ["read", "list"] })"))
        QSKIP("the server's program isn't installed");
    m_remote->window().editor().addMembers(m_remote->ref(m_support).group(),
                                           {ref(0).entity(), ref(1).entity(), ref(2).entity()}, {});
    QTRY_COMPARE(m_remote->message(), QStringLiteral("You have no right to do this."));
    QVERIFY(!m_remote->window().editor().canUndo());
}

QTEST_MAIN(tst_Conflicts)
#include "tst_Conflicts.moc"
