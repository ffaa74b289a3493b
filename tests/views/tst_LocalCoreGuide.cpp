// SPDX-License-Identifier: Apache-2.0
#include "WindowCore.h"
#include "support/Processes.h"
#include "views/LocalCoreGuide.h"
#include "views/MainWindow.h"
#include "views/PassphraseDialog.h"
#include "views/ShareDialog.h"
#include "views/WindowActions.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTcpServer>
#include <QTest>
#include <QToolButton>

using namespace kith;
using connection::CoreKey;
using connection::Sharing;

/// The key and the sharing of the local core, as the person in front of the window meets them, without a keychain.
class tst_LocalCoreGuide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void offersAPassphraseWithoutAKeychain();
    void refusesABadPassphrase();
    void asksForThePassphrase();
    void sharesTheCore();
    void saysWhenThePortIsTaken();
    void unlocksForSharing();

private:
    template <class Widget>
    Widget *find(const char *name)
    {
        auto *widget = m_window->findChild<Widget *>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }
    QString note(const char *name) { return find<QLabel>(name)->isHidden() ? QString() : find<QLabel>(name)->text(); }
    void openWindow();
    void choosePassphrase();
    bool waitForSharing(Sharing::State state)
    {
        return QTest::qWaitFor([this, state] { return m_guide->sharing().state() == state; }, 20'000);
    }

    QTemporaryDir m_state;
    connection::Secrets m_secrets;
    std::unique_ptr<test::WindowCore> m_core;
    std::unique_ptr<views::MainWindow> m_window;
    views::LocalCoreGuide *m_guide = nullptr;
};

void tst_LocalCoreGuide::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
}

void tst_LocalCoreGuide::openWindow()
{
    m_window = std::make_unique<views::MainWindow>(m_core->connection());
    m_guide = new views::LocalCoreGuide(m_core->connection(), m_secrets, *m_window);
    m_guide->start();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(QTest::qWaitFor([this] { return m_guide->key().state() != CoreKey::State::Looking; }, 20'000));
}

void tst_LocalCoreGuide::init()
{
    m_core = std::make_unique<test::WindowCore>();
    m_core->addEntity(QStringLiteral("ada")); // no welcome page
    openWindow();
}

void tst_LocalCoreGuide::cleanup()
{
    m_window.reset();
    m_core.reset();
}

void tst_LocalCoreGuide::choosePassphrase()
{
    m_window->actions().unlock->trigger();
    QTest::keyClicks(find<QLineEdit>("passphraseField"), QStringLiteral("correct horse"));
    QTest::keyClicks(find<QLineEdit>("passphraseAgainField"), QStringLiteral("correct horse"));
    QTest::keyClick(find<QLineEdit>("passphraseAgainField"), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_guide->key().state() == CoreKey::State::Unsealed, 20'000);
    QTRY_VERIFY(!m_window->findChild<views::PassphraseDialog *>());
}

void tst_LocalCoreGuide::offersAPassphraseWithoutAKeychain()
{
    QVERIFY(m_guide->key().state() == CoreKey::State::NoKeychain);
    QVERIFY(!m_window->findChild<views::PassphraseDialog *>()); // told, not asked
    QVERIFY(find<QLabel>("messageText")->accessibleName().contains(QLatin1String("no keychain")));
    QVERIFY(m_window->actions().unlock->isVisible());
    find<QPushButton>("messageAction")->click();
    QVERIFY(m_window->findChild<views::PassphraseDialog *>());
    m_window->findChild<views::PassphraseDialog *>()->reject();
    QTRY_VERIFY(!m_window->findChild<views::PassphraseDialog *>());
    choosePassphrase();
    QVERIFY(!m_window->actions().unlock->isVisible());
}

void tst_LocalCoreGuide::refusesABadPassphrase()
{
    m_window->actions().unlock->trigger();
    auto *first = find<QLineEdit>("passphraseField");
    auto *second = find<QLineEdit>("passphraseAgainField");
    QCOMPARE(first->echoMode(), QLineEdit::Password);
    QTest::keyClicks(first, QStringLiteral("short"));
    find<QPushButton>("usePassphraseButton")->click();
    QVERIFY(note("passphraseNote").contains(QLatin1String("8")));
    QTest::keyClicks(first, QStringLiteral(" no more"));
    QVERIFY(note("passphraseNote").isEmpty());
    QTest::keyClicks(second, QStringLiteral("something else"));
    find<QPushButton>("usePassphraseButton")->click();
    QVERIFY(note("passphraseNote").contains(QLatin1String("not the same")));
    QVERIFY(m_guide->key().state() == CoreKey::State::NoKeychain);
}

void tst_LocalCoreGuide::asksForThePassphrase()
{
    choosePassphrase();
    m_window.reset();
    core::Request seal;
    seal.operation = core::Operation::Update;
    seal.path = "sys/seal";
    QVERIFY(test::await(m_core->connection().send(seal))->ok());
    openWindow();
    QVERIFY(m_guide->key().state() == CoreKey::State::Passphrase);
    QVERIFY(!m_window->findChild<views::PassphraseDialog *>()); // told, not asked
    QCOMPARE(QApplication::activeWindow(), m_window.get());
    QVERIFY(find<QLabel>("messageText")->accessibleName().contains(QLatin1String("locked")));
    find<QPushButton>("messageAction")->click();
    auto *field = find<QLineEdit>("passphraseField");
    QTest::keyClicks(field, QStringLiteral("wrong horse"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(note("passphraseNote").contains(QLatin1String("not the passphrase")), 20'000);
    QTest::keyClicks(field, QStringLiteral("correct horse"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_guide->key().state() == CoreKey::State::Unsealed, 20'000);
}

void tst_LocalCoreGuide::sharesTheCore()
{
    choosePassphrase();
    auto *badge = find<QToolButton>("connectionBadge");
    QVERIFY(!badge->isVisible());
    m_window->actions().share->trigger();
    const int port = test::freePort();
    find<QSpinBox>("portField")->setValue(port);
    find<QPushButton>("shareButton")->click();
    QVERIFY(waitForSharing(Sharing::State::On));
    QCOMPARE(find<QLineEdit>("addressField")->text(), QStringLiteral("http://127.0.0.1:%1").arg(port));
    QVERIFY(badge->isVisible());
    QCOMPARE(badge->text(), QStringLiteral("shared on 127.0.0.1:%1").arg(port));
    QVERIFY(!find<QSpinBox>("portField")->isEnabled());

    auto *make = find<QPushButton>("makeTokenButton");
    make->click();
    QTRY_VERIFY(!find<QLineEdit>("tokenField")->text().isEmpty());
    const QString token = find<QLineEdit>("tokenField")->text();
    make->click();
    QCOMPARE(QApplication::clipboard()->text(), token);

    m_window->findChild<views::ShareDialog *>()->reject();
    QTRY_VERIFY(!m_window->findChild<views::ShareDialog *>());
    QVERIFY(QApplication::clipboard()->text().isEmpty());
    QVERIFY(m_guide->sharing().state() == Sharing::State::On);
    badge->click();
    QVERIFY(find<QLineEdit>("tokenField")->text().isEmpty()); // shown once
    find<QPushButton>("shareButton")->click();
    QVERIFY(waitForSharing(Sharing::State::Off));
    QVERIFY(!badge->isVisible());
}

void tst_LocalCoreGuide::saysWhenThePortIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    m_window->actions().share->trigger();
    find<QSpinBox>("portField")->setValue(other.serverPort());
    find<QPushButton>("shareButton")->click();
    QTRY_VERIFY(note("portNote").contains(QString::fromUtf8("can\xe2\x80\x99t listen")));
    QVERIFY(find<QSpinBox>("portField")->isEnabled());
    other.close();
    find<QPushButton>("shareButton")->click();
    QVERIFY(waitForSharing(Sharing::State::On));
    QVERIFY(note("portNote").isEmpty());
}

void tst_LocalCoreGuide::unlocksForSharing()
{
    m_window->actions().share->trigger();
    QVERIFY(!find<QPushButton>("makeTokenButton")->isVisible());
    QVERIFY(!note("tokenNote").isEmpty());
    find<QPushButton>("unlockButton")->click();
    QTest::keyClicks(find<QLineEdit>("passphraseField"), QStringLiteral("correct horse"));
    QTest::keyClicks(find<QLineEdit>("passphraseAgainField"), QStringLiteral("correct horse"));
    find<QPushButton>("usePassphraseButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("makeTokenButton")->isVisible(), 20'000);
    QVERIFY(!find<QPushButton>("makeTokenButton")->isEnabled()); // it isn't shared yet
    QVERIFY(note("tokenNote").isEmpty());
}

QTEST_MAIN(tst_LocalCoreGuide)
#include "tst_LocalCoreGuide.moc"
