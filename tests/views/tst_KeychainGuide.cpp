// SPDX-License-Identifier: Apache-2.0
#include "CoreWindow.h"
#include "support/Keychain.h"
#include "views/LocalCoreGuide.h"
#include "views/Navigator.h"

#include <QPushButton>

using namespace kith;
using connection::CoreKey;

/// The first start where the keychain has still to be opened: a real one, which would ask.
class tst_KeychainGuide : public QObject, private test::CoreWindow
{
    Q_OBJECT

private Q_SLOTS:
    void saysThatItWaits();
    void endsWaitingForWhatIsUnsealedByShares();
};

void tst_KeychainGuide::saysThatItWaits()
{
    test::Keychain &keychain = test::Keychain::instance();
    if (!keychain.start())
        QSKIP("dbus-daemon or gnome-keyring-daemon isn't installed");
    QVERIFY(keychain.lock());
    connection::Secrets secrets;
    m_core = std::make_unique<test::WindowCore>();
    openWindow();
    auto *guide = new views::LocalCoreGuide(m_core->connection(), secrets, *m_window);
    guide->start();
    QTRY_COMPARE(guide->key().state(), CoreKey::State::Closed);
    QCOMPARE(m_window->navigator().place().page, views::Page::Welcome); // one can begin without
    QVERIFY2(message().contains(test::text("isn’t open")), qPrintable(message()));

    find<QPushButton>("messageAction")->click();
    QCOMPARE(guide->key().state(), CoreKey::State::Looking);
    QVERIFY2(message().startsWith(test::text("Waiting for the desktop’s keychain")), qPrintable(message()));
    // Nobody answers here, so that it ends without a key, and says so.
    QTRY_VERIFY_WITH_TIMEOUT(guide->key().state() != CoreKey::State::Looking, 20'000);
    QVERIFY2(!message().isEmpty() && !message().startsWith(test::text("Waiting")), qPrintable(message()));
    m_window.reset();
}

/// Meanwhile somebody gave the core its keys over the API.
void tst_KeychainGuide::endsWaitingForWhatIsUnsealedByShares()
{
    test::Keychain &keychain = test::Keychain::instance();
    if (!keychain.start())
        QSKIP("dbus-daemon or gnome-keyring-daemon isn't installed");
    QVERIFY(keychain.lock());
    connection::Secrets secrets;
    m_core = std::make_unique<test::WindowCore>();
    openWindow();
    auto *guide = new views::LocalCoreGuide(m_core->connection(), secrets, *m_window);
    guide->start();
    QTRY_COMPARE(guide->key().state(), CoreKey::State::Closed);
    m_core->post("sys/init", {{"secret_shares", 1}, {"secret_threshold", 1}});
    find<QPushButton>("messageAction")->click();
    QTRY_COMPARE(guide->key().state(), CoreKey::State::Shares);
    QVERIFY2(message().contains(test::text("unsealed by shares")), qPrintable(message()));
    m_window.reset();
}

QTEST_MAIN(tst_KeychainGuide)
#include "tst_KeychainGuide.moc"
