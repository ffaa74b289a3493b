// SPDX-License-Identifier: Apache-2.0
#include "connection/Async.h"
#include "connection/CoreKey.h"
#include "support/Keychain.h"
#include "support/LiveConnection.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using connection::CoreKey;
using connection::LocalConnection;
using connection::Secrets;
using test::await;
using test::why;

/// On a real core, and on a real keychain where there is to be one.
class tst_CoreKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void wantsAPassphraseWithoutAKeychain();
    void takesThePassphraseAgain();
    void leavesSharesAlone();
    void keepsTheKeyInTheKeychain();
    void saysWhenTheKeychainHasLostIt();
    void goesWithoutWhereAnotherProgramWrites();
    void leavesALockedKeychainAlone();

private:
    /// The core in the folder, opened anew.
    std::unique_ptr<LocalConnection> open();
    /// Looks for the key, and waits until it is found or isn't.
    CoreKey::State find(CoreKey &key);
    static core::Response send(LocalConnection &connection, std::string path, boost::json::object data = {});
    static bool makesTokens(LocalConnection &connection)
    {
        return send(connection, "auth/token/create", {{"policies", {"default"}}}).ok();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Secrets m_secrets;
};

void tst_CoreKey::init()
{
    if (!test::Keychain::instance().hasBus())
        QSKIP("dbus-daemon isn't installed");
    m_folder = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<LocalConnection> tst_CoreKey::open()
{
    connection::LocalOptions options;
    options.file = m_folder->filePath(QStringLiteral("core.db"));
    auto opened = await(LocalConnection::open(std::move(options)));
    if (!opened)
        qFatal("%s", why(opened).constData());
    return std::move(*opened);
}

CoreKey::State tst_CoreKey::find(CoreKey &key)
{
    key.find();
    if (!QTest::qWaitFor([&] { return key.state() != CoreKey::State::Looking; }, 20'000))
        qWarning("still looking");
    return key.state();
}

core::Response tst_CoreKey::send(LocalConnection &connection, std::string path, boost::json::object data)
{
    core::Request request;
    request.operation = core::Operation::Update;
    request.path = std::move(path);
    request.data = std::move(data);
    return await(connection.send(std::move(request))).value();
}

void tst_CoreKey::wantsAPassphraseWithoutAKeychain()
{
    const auto connection = open();
    CoreKey key(*connection, m_secrets);
    QCOMPARE(find(key), CoreKey::State::NoKeychain);
    QVERIFY(send(*connection, "identity/entity", {{"name", "ada"}}).ok()); // who is there isn't sealed
    QVERIFY(!makesTokens(*connection));
    QSignalSpy refused(&key, &CoreKey::passphraseRefused);
    key.usePassphrase(QStringLiteral("correct horse"));
    QTRY_COMPARE_WITH_TIMEOUT(key.state(), CoreKey::State::Unsealed, 20'000);
    QCOMPARE(refused.count(), 0);
    QVERIFY(makesTokens(*connection));
}

void tst_CoreKey::takesThePassphraseAgain()
{
    const QString passphrase = QString::fromUtf8("Zo\xc3\xab w\xc3\xbcrde"); // composed
    {
        const auto connection = open();
        CoreKey key(*connection, m_secrets);
        QCOMPARE(find(key), CoreKey::State::NoKeychain);
        key.usePassphrase(passphrase);
        QTRY_COMPARE_WITH_TIMEOUT(key.state(), CoreKey::State::Unsealed, 20'000);
    }
    const auto connection = open();
    CoreKey key(*connection, m_secrets);
    QCOMPARE(find(key), CoreKey::State::Passphrase);
    QSignalSpy refused(&key, &CoreKey::passphraseRefused);
    key.usePassphrase(QStringLiteral("another"));
    QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 1, 20'000);
    QVERIFY(refused.front().front().value<Error>().code == ErrorCode::Damaged);
    QCOMPARE(key.state(), CoreKey::State::Passphrase);
    QVERIFY(!makesTokens(*connection));
    key.usePassphrase(passphrase.normalized(QString::NormalizationForm_D));
    QTRY_COMPARE_WITH_TIMEOUT(key.state(), CoreKey::State::Unsealed, 20'000);
    QVERIFY(makesTokens(*connection));
}

void tst_CoreKey::leavesSharesAlone()
{
    const auto connection = open();
    QVERIFY(send(*connection, "sys/init", {{"secret_shares", 1}, {"secret_threshold", 1}}).ok());
    CoreKey key(*connection, m_secrets);
    QCOMPARE(find(key), CoreKey::State::Shares);
    key.usePassphrase(QStringLiteral("correct horse"));
    QCOMPARE(key.state(), CoreKey::State::Shares);
}

void tst_CoreKey::keepsTheKeyInTheKeychain()
{
    if (!test::Keychain::instance().start())
        QSKIP("gnome-keyring-daemon isn't installed");
    {
        const auto connection = open();
        CoreKey key(*connection, m_secrets);
        QCOMPARE(find(key), CoreKey::State::Unsealed); // and nobody was asked
        QVERIFY(makesTokens(*connection));
    }
    const auto connection = open();
    QVERIFY(!makesTokens(*connection));
    CoreKey key(*connection, m_secrets);
    QCOMPARE(find(key), CoreKey::State::Unsealed);
    QVERIFY(makesTokens(*connection));

    const auto place = connection->core().rootKey();
    QVERIFY(place);
    QByteArray kept;
    connection::whenReady(m_secrets.read(Secrets::rootKeyOf(QString::fromStdString(place->place.keychainId))), this,
                          [&kept](const Result<QByteArray> &secret) { kept = secret ? *secret : QByteArray("none"); });
    QTRY_COMPARE(kept.size(), 32);
    const QDir folder(m_folder->path());
    for (const QString &name : folder.entryList(QDir::Files | QDir::Hidden)) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY2(!content.contains(kept) && !content.contains(kept.toBase64()) && !content.contains(kept.toHex()),
                 qPrintable(name));
    }
}

void tst_CoreKey::saysWhenTheKeychainHasLostIt()
{
    if (!test::Keychain::instance().start())
        QSKIP("gnome-keyring-daemon isn't installed");
    QString name;
    {
        const auto connection = open();
        CoreKey key(*connection, m_secrets);
        QCOMPARE(find(key), CoreKey::State::Unsealed);
        name = Secrets::rootKeyOf(QString::fromStdString(connection->core().rootKey()->place.keychainId));
    }
    bool removed = false;
    connection::whenReady(m_secrets.remove(name), this,
                          [&removed](const Result<void> &done) { removed = done.has_value(); });
    QTRY_VERIFY(removed);
    const auto connection = open();
    CoreKey key(*connection, m_secrets);
    QCOMPARE(find(key), CoreKey::State::Missing);
    QVERIFY(key.problem().code == ErrorCode::NotFound);
    QVERIFY(send(*connection, "identity/entity", {{"name", "ada"}}).ok());
    QVERIFY(!makesTokens(*connection));
}

void tst_CoreKey::goesWithoutWhereAnotherProgramWrites()
{
    auto first = open();
    const auto second = open();
    QVERIFY(!second->otherWriter().isEmpty());
    CoreKey key(*second, m_secrets);
    QCOMPARE(find(key), CoreKey::State::OtherProgram);
}

/// Neither for a new core nor for one whose key is in it the desktop asks by itself.
void tst_CoreKey::leavesALockedKeychainAlone()
{
    if (!test::Keychain::instance().start())
        QSKIP("gnome-keyring-daemon isn't installed");
    {
        const auto connection = open();
        CoreKey key(*connection, m_secrets);
        QCOMPARE(find(key), CoreKey::State::Unsealed);
    }
    QVERIFY(test::Keychain::instance().lock());
    const auto connection = open();
    CoreKey key(*connection, m_secrets);
    QCOMPARE(find(key), CoreKey::State::Closed);
    QVERIFY(send(*connection, "identity/entity", {{"name", "ada"}}).ok());
    QVERIFY(!makesTokens(*connection));
    m_folder = std::make_unique<QTemporaryDir>();
    const auto fresh = open();
    CoreKey none(*fresh, m_secrets);
    QCOMPARE(find(none), CoreKey::State::Closed);

    // Wished for, it is asked: here by nobody, so that there is no key.
    key.open();
    QTRY_VERIFY_WITH_TIMEOUT(key.state() != CoreKey::State::Looking && key.state() != CoreKey::State::Closed, 20'000);
    QCOMPARE(key.state(), CoreKey::State::Missing);
}

QTEST_GUILESS_MAIN(tst_CoreKey)
#include "tst_CoreKey.moc"
