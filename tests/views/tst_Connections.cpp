// SPDX-License-Identifier: Apache-2.0
#include "WindowCore.h"
#include "connection/Async.h"
#include "connection/Sharing.h"
#include "support/Keychain.h"
#include "views/ConnectionsDialog.h"
#include "views/CopyTarget.h"
#include "views/CopyTargetDialog.h"
#include "views/Editor.h"
#include "views/LockWatcher.h"
#include "views/MainWindow.h"
#include "views/Navigator.h"
#include "views/ProfileDialog.h"
#include "views/RemoteGuide.h"
#include "views/SignInDialog.h"
#include "views/WindowActions.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QStyledItemDelegate>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QUuid>

using namespace kith;
using connection::Profile;
using connection::Profiles;
using connection::RemoteConnection;
using views::SignInDialog;

/// Connections to a server, as the person meets them: kept, tested, signed in at, and worked on. The server is a real
/// one, over HTTP: the core of this test, shared.
class tst_Connections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void keepsAConnection();
    void findsWhatIsTyped();
    void shortensNamesAtTheirEnd();
    void saysWhatIsWrongBesideTheField();
    void testsInWords();
    void saysNothingOfAnAddressThatIsAnotherNow();
    void removesAConnection();
    void signsInWithAToken();
    void signsInWithAPassword();
    void saysWhyItCantBeReached();
    void showsTheServer();
    void asksBeforeProductionChanges();
    void changesNothingReadOnly();
    void saysWhenTheTokenIsGone();
    void locksWhenNobodyIsThere();
    void locksWithTheScreen();
    void keepsTheTokenInTheKeychain();

private:
    template <class Widget>
    static Widget *find(QWidget &in, const char *name)
    {
        auto *widget = in.findChild<Widget *>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }
    static QString note(QWidget &in, const char *name)
    {
        auto *label = find<QLabel>(in, name);
        return label->isHidden() ? QString() : label->text();
    }
    static void type(QWidget &in, const char *field, const QString &text)
    {
        find<QLineEdit>(in, field)->clear();
        QTest::keyClicks(find<QLineEdit>(in, field), text);
    }
    Profile profile() const;
    QString newToken();
    std::unique_ptr<SignInDialog> signIn(const Profile &profile);
    std::unique_ptr<RemoteConnection> open(const Profile &profile);
    QString message(views::MainWindow &window) { return find<QLabel>(window, "messageText")->accessibleName(); }

    QTemporaryDir m_state;
    std::unique_ptr<QTemporaryDir> m_folder;
    connection::Secrets m_secrets;
    std::unique_ptr<Profiles> m_profiles;
    std::unique_ptr<test::WindowCore> m_core;
    std::unique_ptr<connection::Sharing> m_sharing;
    std::unique_ptr<RemoteConnection> m_opened;
};

void tst_Connections::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_state.path().toUtf8());
    qputenv("HOME", m_state.path().toUtf8()); // no ~/.vault-token of whoever runs this
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    test::Keychain::instance(); // none on its bus, until one is wanted
    for (const char *name : {"VAULT_ADDR", "BAO_ADDR"})
        qunsetenv(name);
}

void tst_Connections::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_profiles = std::make_unique<Profiles>(m_folder->filePath(QStringLiteral("connections.json")));
    m_core = std::make_unique<test::WindowCore>();
    QVERIFY(m_core->connection().core().unseal(store::SecretKey::random(), {}));
    m_sharing = std::make_unique<connection::Sharing>(m_core->connection());
    m_sharing->start(0);
    QVERIFY(QTest::qWaitFor([this] { return m_sharing->state() == connection::Sharing::State::On; }));
}

void tst_Connections::cleanup()
{
    m_opened.reset();
    m_sharing.reset();
    m_core.reset();
}

Profile tst_Connections::profile() const
{
    Profile made;
    made.id = QStringLiteral("11111111-2222-3333-4444-555555555555");
    made.name = QStringLiteral("Main");
    made.address = m_sharing->url();
    made.proxy = connection::ProxyUse::None;
    return made;
}

QString tst_Connections::newToken()
{
    QString token;
    connection::whenReady(m_sharing->newToken(), this,
                          [&token](const Result<QString> &made) { token = made ? *made : QStringLiteral("none"); });
    if (!QTest::qWaitFor([&] { return !token.isEmpty(); }))
        qWarning("no token");
    return token;
}

std::unique_ptr<SignInDialog> tst_Connections::signIn(const Profile &profile)
{
    auto dialog = std::make_unique<SignInDialog>(
        *m_profiles, m_secrets, profile, SignInDialog::Start::WithKept, QString(),
        [this](std::unique_ptr<RemoteConnection> connection) { m_opened = std::move(connection); });
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    dialog->show();
    return dialog;
}

std::unique_ptr<RemoteConnection> tst_Connections::open(const Profile &profile)
{
    const auto dialog = signIn(profile);
    type(*dialog, "signInSecret", newToken());
    QTest::keyClick(find<QLineEdit>(*dialog, "signInSecret"), Qt::Key_Return);
    if (!QTest::qWaitFor([this] { return m_opened != nullptr; }, 20'000))
        qFatal("not opened: %s", qPrintable(note(*dialog, "signInNote")));
    return std::move(m_opened);
}

void tst_Connections::keepsAConnection()
{
    views::ConnectionsDialog dialog(*m_profiles, m_secrets);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QVERIFY(!find<QPushButton>(dialog, "openConnectionButton")->isEnabled());
    find<QPushButton>(dialog, "newConnectionButton")->click();
    auto *form = dialog.findChild<views::ProfileDialog *>();
    QVERIFY(form);
    type(*form, "profileName", QStringLiteral("Main"));
    type(*form, "profileFolder", QStringLiteral("Company/Europe"));
    find<QComboBox>(*form, "profileColour")->setCurrentIndex(1);
    find<QCheckBox>(*form, "profileProduction")->setChecked(true);
    type(*form, "profileAddress", m_sharing->url());
    find<QPushButton>(*form, "saveProfileButton")->click();
    QTRY_VERIFY(!dialog.findChild<views::ProfileDialog *>());
    QCOMPARE(m_profiles->all().size(), std::size_t{1});
    QCOMPARE(m_profiles->all().front().colour, QStringLiteral("#c01c28"));
    auto *tree = find<QTreeWidget>(dialog, "connectionsTree");
    QTreeWidgetItem *company = tree->topLevelItem(0);
    QVERIFY(company);
    QCOMPARE(company->text(0), QStringLiteral("Company"));
    QTreeWidgetItem *main = company->child(0)->child(0);
    QCOMPARE(main->text(0), QStringLiteral("Main"));
    QCOMPARE(main->text(2), QStringLiteral("production"));
    QCOMPARE(main->toolTip(1), QStringLiteral("<p>%1</p>").arg(m_sharing->url())); // whatever is in it
    QCOMPARE(tree->currentItem(), main);
    QSignalSpy wanted(&dialog, &views::ConnectionsDialog::openWanted);
    find<QPushButton>(dialog, "openConnectionButton")->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().front().toString(), m_profiles->all().front().id);
}

/// Whichever way the window is read, and the name.
void tst_Connections::findsWhatIsTyped()
{
    const QStringList names{QStringLiteral("Main"), QStringLiteral("Second"), QStringLiteral("שחרור")};
    for (const QString &name : names) {
        Profile one = profile();
        one.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        one.name = name;
        QVERIFY(m_profiles->put(one));
    }
    std::vector<views::CopyTarget> targets;
    for (const Profile &one : m_profiles->all())
        targets.push_back(views::targetAt(one, *m_profiles, m_secrets));
    const auto typed = [](QDialog &dialog, const char *name, const QString &letter) {
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        auto *tree = find<QTreeWidget>(dialog, name);
        tree->setCurrentItem(nullptr);
        QTest::sendKeyEvent(QTest::Click, tree, Qt::Key_unknown, letter, Qt::NoModifier);
        return tree->currentItem() ? tree->currentItem()->text(0) : QString();
    };
    const auto back = qScopeGuard([] { QGuiApplication::setLayoutDirection(Qt::LeftToRight); });
    for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        QGuiApplication::setLayoutDirection(direction);
        for (const QString &name : names) {
            views::ConnectionsDialog connections(*m_profiles, m_secrets);
            QCOMPARE(typed(connections, "connectionsTree", name.left(1).toLower()), name);
            views::CopyTargetDialog copy(m_core->connection(), targets);
            QCOMPARE(typed(copy, "copyTargets", name.left(1).toLower()), name);
        }
    }
}

/// Where one reads from right to left, too: what is left out of a name in Latin letters is at its right.
void tst_Connections::shortensNamesAtTheirEnd()
{
    Profile latin = profile();
    latin.name = QStringLiteral("Main");
    latin.folder = QStringLiteral("Company/Europe");
    QVERIFY(m_profiles->put(latin));
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    views::ConnectionsDialog dialog(*m_profiles, m_secrets);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    const views::CopyTarget file = views::targetIn(QStringLiteral("/srv/a.kith"));
    const QTreeWidgetItem *company = find<QTreeWidget>(dialog, "connectionsTree")->topLevelItem(0);
    const auto shownOf = [&dialog](const QTreeWidgetItem *item) {
        const auto *tree = find<QTreeWidget>(dialog, "connectionsTree");
        return qobject_cast<QStyledItemDelegate *>(tree->itemDelegate())->displayText(item->data(0, 0), QLocale());
    };
    const QTreeWidgetItem *europe = company->child(0);
    const QStringList shown{shownOf(company), shownOf(europe), shownOf(europe->child(0)), file.location};
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    const auto kept = [](const char *name) { return QChar(0x2068) + QString::fromLatin1(name) + QChar(0x2069); };
    QCOMPARE(shown, QStringList({kept("Company"), kept("Europe"), kept("Main"), kept("/srv/a.kith")}));
}

void tst_Connections::saysWhatIsWrongBesideTheField()
{
    views::ProfileDialog form(*m_profiles, Profile());
    form.setAttribute(Qt::WA_DeleteOnClose, false);
    form.show();
    auto *save = find<QPushButton>(form, "saveProfileButton");
    save->click();
    QVERIFY(note(form, "profileNote").contains(QLatin1String("name")));
    type(form, "profileName", QStringLiteral("Main"));
    QVERIFY(note(form, "profileNote").isEmpty());
    save->click();
    QVERIFY(note(form, "profileNote").contains(QLatin1String("address")));
    QVERIFY(find<QLineEdit>(form, "profileAddress")->isVisible()); // its page came forward
    type(form, "profileAddress", QStringLiteral("https://me:secret@vault"));
    save->click();
    QVERIFY(note(form, "profileNote").contains(QLatin1String("password")));
    QVERIFY(m_profiles->all().empty());
}

void tst_Connections::testsInWords()
{
    views::ProfileDialog form(*m_profiles, profile());
    form.setAttribute(Qt::WA_DeleteOnClose, false);
    form.show();
    auto *test = find<QPushButton>(form, "testProfileButton");
    test->click();
    QVERIFY(!test->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(note(form, "profileNote").contains(QLatin1String("It works")), 20'000);
    type(form, "profileAddress", QStringLiteral("http://127.0.0.1:1"));
    test->click();
    QTRY_VERIFY_WITH_TIMEOUT(note(form, "profileNote").contains(QLatin1String("nobody listens")), 20'000);
    type(form, "profileAddress", QStringLiteral("http://nowhere.invalid:8200"));
    test->click();
    QTRY_VERIFY_WITH_TIMEOUT(note(form, "profileNote").contains(QLatin1String("no machine of this name")), 20'000);
}

void tst_Connections::saysNothingOfAnAddressThatIsAnotherNow()
{
    views::ProfileDialog form(*m_profiles, profile());
    form.setAttribute(Qt::WA_DeleteOnClose, false);
    form.show();
    auto *test = find<QPushButton>(form, "testProfileButton");
    type(form, "profileAddress", QStringLiteral("http://127.0.0.1:1"));
    test->click();
    QVERIFY(!test->isEnabled());
    type(form, "profileAddress", m_sharing->url()); // before the answer
    QVERIFY(test->isEnabled());
    QTest::qWait(1500); // it is about the address before, so it isn't shown
    QCOMPARE(note(form, "profileNote"), QString());
    test->click();
    QTRY_VERIFY_WITH_TIMEOUT(note(form, "profileNote").contains(QLatin1String("It works")), 20'000);
}

void tst_Connections::removesAConnection()
{
    QVERIFY(m_profiles->put(profile()));
    views::ConnectionsDialog dialog(*m_profiles, m_secrets);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    find<QPushButton>(dialog, "removeConnectionButton")->click();
    QVERIFY(m_profiles->all().empty());
    QVERIFY(note(dialog, "connectionsNote").contains(QLatin1String("Main")));
}

void tst_Connections::signsInWithAToken()
{
    const auto dialog = signIn(profile());
    type(*dialog, "signInSecret", QStringLiteral("s.wrong"));
    find<QPushButton>(*dialog, "signInButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(note(*dialog, "signInNote").contains(QString::fromUtf8("doesn\xe2\x80\x99t take")),
                             20'000);
    QVERIFY(!m_opened);
    type(*dialog, "signInSecret", newToken());
    find<QPushButton>(*dialog, "signInButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_opened != nullptr, 20'000);
    QCOMPARE(m_opened->name(), QStringLiteral("Main"));
    QVERIFY(!dialog->isVisible());
}

void tst_Connections::signsInWithAPassword()
{
    m_core->addMount(QStringLiteral("userpass"), QStringLiteral("userpass"));
    m_core->post("sys/policies/acl/all", {{"policy", R"(path "*" { capabilities = ["read", "list", "sudo"] })"}});
    m_core->post("auth/userpass/users/ada", {{"password", "engine"}, {"token_policies", "all"}});
    Profile with = profile();
    with.method = connection::SignInMethod::Userpass;
    QVERIFY(m_profiles->put(with));
    const auto dialog = signIn(with);
    type(*dialog, "signInUser", QStringLiteral("ada"));
    type(*dialog, "signInSecret", QStringLiteral("wrong"));
    find<QPushButton>(*dialog, "signInButton")->click();
    QTRY_VERIFY2_WITH_TIMEOUT(note(*dialog, "signInNote").contains(QLatin1String("password is wrong")),
                              qPrintable(note(*dialog, "signInNote")), 20'000);
    type(*dialog, "signInSecret", QStringLiteral("engine"));
    find<QPushButton>(*dialog, "signInButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_opened != nullptr, 20'000);
    QVERIFY(m_opened->token().signedIn().displayName.contains(QLatin1String("ada")));
    QCOMPARE(m_profiles->find(with.id)->user, QStringLiteral("ada"));
    QFile file(m_profiles->file());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("engine"));
}

void tst_Connections::saysWhyItCantBeReached()
{
    Profile elsewhere = profile();
    elsewhere.address = QStringLiteral("http://127.0.0.1:1");
    const auto dialog = signIn(elsewhere);
    type(*dialog, "signInSecret", QStringLiteral("s.token"));
    find<QPushButton>(*dialog, "signInButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(note(*dialog, "signInNote").contains(QLatin1String("nobody listens")), 60'000);
    QVERIFY(find<QPushButton>(*dialog, "signInButton")->isEnabled());
}

void tst_Connections::showsTheServer()
{
    m_core->addEntity(QStringLiteral("Ada"));
    const auto connection = open(profile());
    views::MainWindow window(*connection);
    new views::RemoteGuide(*connection, window);
    window.show();
    auto *badge = find<QToolButton>(window, "connectionBadge");
    QTRY_VERIFY_WITH_TIMEOUT(badge->text().startsWith(QLatin1String("read ")), 20'000);
    QVERIFY(!find<QLabel>(window, "productionBand")->isVisible());
    QCOMPARE(test::await(connection->directory().counts())->entities, 1);
    m_core->addEntity(QStringLiteral("Bence"));
    window.actions().refresh->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(test::await(connection->directory().counts())->entities, 2, 20'000);
}

void tst_Connections::asksBeforeProductionChanges()
{
    m_core->addEntity(QStringLiteral("Ada"));
    Profile production = profile();
    production.production = true;
    production.colour = QStringLiteral("#c01c28");
    const auto connection = open(production);
    views::MainWindow window(*connection);
    new views::RemoteGuide(*connection, window);
    window.show();
    QVERIFY(find<QLabel>(window, "productionBand")->isVisible());

    const auto isThere = [this] { return m_core->ask(core::Operation::Read, "identity/entity/name/Bence").ok(); };
    const auto create = [&window] {
        views::EntityDraft draft;
        draft.name = QStringLiteral("Bence");
        window.editor().createEntity(draft);
    };
    create();
    QTRY_VERIFY(window.findChild<QMessageBox *>());
    QVERIFY(window.findChild<QMessageBox *>()->text().contains(QLatin1String("Bence")));
    window.findChild<QMessageBox *>()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!window.editor().isBusy());
    QVERIFY(!isThere());
    QTRY_VERIFY(!window.findChild<QMessageBox *>());
    create();
    QTRY_VERIFY(window.findChild<QMessageBox *>());
    find<QPushButton>(window, "changeProductionButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!window.editor().isBusy(), 20'000);
    QVERIFY2(isThere(), qPrintable(message(window)));
}

void tst_Connections::changesNothingReadOnly()
{
    Profile readOnly = profile();
    readOnly.readOnly = true;
    const auto connection = open(readOnly);
    views::MainWindow window(*connection);
    new views::RemoteGuide(*connection, window);
    window.show();
    QVERIFY(!window.editor().canEdit());
    QVERIFY(!window.actions().newEntity->isEnabled());
    QVERIFY(!window.actions().importDocument->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(window.isReady(), 20'000);
    QVERIFY(window.navigator().place().page != views::Page::Welcome); // it is empty, but no place for samples
    QVERIFY(find<QLabel>(window, "connectionName")->text().contains(QLatin1String("read only")));
}

void tst_Connections::saysWhenTheTokenIsGone()
{
    const auto connection = open(profile());
    views::MainWindow window(*connection);
    auto &guide = *new views::RemoteGuide(*connection, window);
    QSignalSpy wanted(&guide, &views::RemoteGuide::signInWanted);
    window.show();
    auto *badge = find<QToolButton>(window, "connectionBadge");
    QTRY_VERIFY_WITH_TIMEOUT(badge->text().startsWith(QLatin1String("read ")), 20'000);
    m_core->ask(core::Operation::Update, "auth/token/revoke-accessor",
                {{"accessor", connection->token().signedIn().accessor.toStdString()}});
    connection->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(message(window).contains(QLatin1String("taken back")), 20'000);
    bool over = false;
    const auto look = [&] { over |= connection->mirror().phase == connection::MirrorState::Phase::Current; };
    connect(connection.get(), &connection::RemoteConnection::mirrorChanged, &window, look);
    connection->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(over, 20'000); // all lists were refused
    QVERIFY2(message(window).contains(QLatin1String("taken back")), qPrintable(message(window)));
    find<QPushButton>(window, "messageAction")->click();
    QCOMPARE(wanted.count(), 1);
}

void tst_Connections::locksWhenNobodyIsThere()
{
    QWidget desk;
    desk.show();
    views::LockWatcher watcher(std::chrono::milliseconds(600));
    QSignalSpy left(&watcher, &views::LockWatcher::left);
    for (int i = 0; i < 4; ++i) {
        QTest::qWait(250);
        QTest::keyClick(&desk, Qt::Key_A);
    }
    QCOMPARE(left.count(), 0);
    QTRY_COMPARE(left.count(), 1);
}

/// As the desktop's screen saver tells it, on a real bus.
void tst_Connections::locksWithTheScreen()
{
    if (!test::Keychain::instance().hasBus())
        QSKIP("dbus-daemon isn't installed");
    views::LockWatcher watcher(std::chrono::milliseconds(0));
    QSignalSpy left(&watcher, &views::LockWatcher::left);
    const auto tell = [](bool active) {
        QDBusMessage message =
            QDBusMessage::createSignal(QStringLiteral("/ScreenSaver"), QStringLiteral("org.freedesktop.ScreenSaver"),
                                       QStringLiteral("ActiveChanged"));
        message.setArguments({active});
        QVERIFY(QDBusConnection::sessionBus().send(message));
    };
    tell(true);
    QTRY_COMPARE(left.count(), 1);
    QCOMPARE(left.front().front().value<views::LockWatcher::Reason>(), views::LockWatcher::Reason::Screen);
    tell(false); // nobody has come back to us yet
    QTest::qWait(200);
    QCOMPARE(left.count(), 1);
}

void tst_Connections::keepsTheTokenInTheKeychain()
{
    if (!test::Keychain::instance().start())
        QSKIP("gnome-keyring-daemon isn't installed");
    QVERIFY(m_profiles->put(profile()));
    {
        const auto dialog = signIn(profile());
        find<QCheckBox>(*dialog, "signInKeep")->setChecked(true);
        type(*dialog, "signInSecret", newToken());
        find<QPushButton>(*dialog, "signInButton")->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_opened != nullptr, 20'000);
    }
    const Profile kept = *m_profiles->find(profile().id);
    QVERIFY(kept.keepToken);
    m_opened.reset();
    {
        const auto dialog = signIn(kept); // and nobody types anything
        QTRY_VERIFY_WITH_TIMEOUT(m_opened != nullptr, 20'000);
    }
    m_core->ask(core::Operation::Update, "auth/token/revoke-accessor",
                {{"accessor", m_opened->token().signedIn().accessor.toStdString()}});
    m_opened.reset();
    const auto dialog = signIn(kept);
    QTRY_VERIFY_WITH_TIMEOUT(note(*dialog, "signInNote").contains(QLatin1String("good any more")), 20'000);
    QVERIFY(!m_opened);
    QFile file(m_profiles->file());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("\"s."));
}

QTEST_MAIN(tst_Connections)
#include "tst_Connections.moc"
