// SPDX-License-Identifier: Apache-2.0
#include "app/KithctlFixture.h"
#include "connection/Async.h"
#include "connection/Profiles.h"
#include "connection/Secrets.h"
#include "support/FaultProxy.h"
#include "support/Keychain.h"
#include "support/RealServer.h"

#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>

#include <csignal>

using namespace kith;
using namespace kith::connection;
using namespace kith::test;

/// The programs with secrets that the test knows, through a sign-in and a crash: nowhere but on the way to the server
/// is there a trace of one.
class TestKeptSecrets : public QObject, protected KithctlFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }
    void theWindowKeepsThem();
    void theCommandLineKeepsThem_data();
    void theCommandLineKeepsThem();

private:
    QProcessEnvironment environment() const;
    QString traceIn(const QByteArray &bytes) const;
    QString traceInFiles() const;
    static QByteArray content(const QString &file);

    std::unique_ptr<RealServer> m_server;
    std::unique_ptr<FaultProxy> m_proxy;
    Profile m_profile;
    QByteArrayList m_secrets;
};

QByteArray TestKeptSecrets::content(const QString &file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

void TestKeptSecrets::init()
{
    start();
    m_server = RealServer::start(RealServer::Kind::Bao);
    if (!m_server)
        QSKIP("bao isn't installed");
    const core::Response made = m_server->post("auth/token/create", R"({"policies":["root"],"ttl":"1h"})");
    m_secrets = {made.auth->fields.at("client_token").as_string().c_str()};
    for (int i = 0; i < 20; ++i)
        m_server->create("identity/entity", "{\"name\":\"p" + std::to_string(i) + "\"}");
    m_proxy = std::make_unique<FaultProxy>(m_server->address());
    m_profile = m_server->profile();
    m_profile.address = m_proxy->address();
    for (const char *folder : {"config", "data", "state", "cache", "run"})
        QVERIFY(QDir().mkpath(path(folder)));
    QVERIFY(QFile::setPermissions(path("run"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

/// All that a program writes goes below the test's folder.
QProcessEnvironment TestKeptSecrets::environment() const
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, folder] : {std::pair("XDG_CONFIG_HOME", "config"), std::pair("XDG_DATA_HOME", "data"),
                                       std::pair("XDG_STATE_HOME", "state"), std::pair("XDG_CACHE_HOME", "cache"),
                                       std::pair("XDG_RUNTIME_DIR", "run"), std::pair("TMPDIR", "run")})
        all.insert(QLatin1String(name), path(folder));
    all.insert(QStringLiteral("HOME"), path("data"));
    all.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    all.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("*.debug=true")); // whatever Qt would say
    all.insert(QStringLiteral("ASAN_OPTIONS"), QStringLiteral("detect_leaks=0:handle_abort=1"));
    return all;
}

QString TestKeptSecrets::traceIn(const QByteArray &bytes) const
{
    for (const QByteArray &secret : m_secrets)
        for (const QByteArray &form : {secret, secret.toBase64().left(secret.size()), secret.toHex()})
            if (bytes.contains(form))
                return QStringLiteral("a secret, or another form of it");
    return {};
}

QString TestKeptSecrets::traceInFiles() const
{
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        if (!file.endsWith(QStringLiteral("/token")) && !traceIn(content(file)).isEmpty())
            return file;
    }
    return {};
}

void TestKeptSecrets::theWindowKeepsThem()
{
    if (!Keychain::instance().start())
        QSKIP("gnome-keyring isn't installed");
    Profiles profiles(path("config/kith/connections.json"));
    m_profile.keepToken = true;
    QVERIFY(QDir().mkpath(path("config/kith")) && profiles.load());
    m_profile.id = QStringLiteral("11111111-2222-4333-8444-555555555555");
    QVERIFY(profiles.put(m_profile));
    Secrets secrets;
    bool kept = false;
    whenReady(secrets.write(Secrets::tokenOf(m_profile.id), m_secrets.front()), this,
              [&](const Result<void> &written) { kept = bool(written); });
    QTRY_VERIFY(kept);

    QProcess kith;
    QProcessEnvironment variables = environment();
    variables.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), Keychain::instance().address());
    kith.setProcessEnvironment(variables);
    kith.setWorkingDirectory(path("run"));
    kith.start(QStringLiteral(KITH_BINARY_DIR "/kith"), {QStringLiteral("--connection"), m_profile.name});
    QVERIFY(kith.waitForStarted());
    // It signs in, and reads everybody.
    const auto everybody = [&] { return m_proxy->count("GET /v1/identity/entity/id/") >= 20; };
    QTRY_VERIFY2_WITH_TIMEOUT(everybody(), kith.readAllStandardError().constData(), 60'000);
    QVERIFY(m_proxy->received().contains(m_secrets.front())); // it is in use
    QVERIFY(!QDir(path("run/kith")).entryList({QStringLiteral("mirror-*")}, QDir::Dirs).isEmpty());
    const QString process = QStringLiteral("/proc/%1/").arg(kith.processId());
    QVERIFY(content(process + QStringLiteral("cmdline")).contains("--connection"));
    QCOMPARE(traceIn(content(process + QStringLiteral("cmdline")) + content(process + QStringLiteral("environ"))),
             QString());
    QCOMPARE(traceInFiles(), QString());
    const QByteArray limits = content(process + QStringLiteral("limits"));
    const QByteArray cores = limits.mid(limits.indexOf("Max core file size")).left(60).simplified();
    QVERIFY2(cores.startsWith("Max core file size 0 0"), cores.constData());
    // A crash leaves nothing either: no core dump, and not a word.
    ::kill(static_cast<pid_t>(kith.processId()), SIGABRT);
    QVERIFY(kith.waitForFinished(60'000));
    QCOMPARE(traceIn(kith.readAllStandardOutput() + kith.readAllStandardError()), QString());
    QVERIFY(QDir(path("run")).entryList({QStringLiteral("core*")}, QDir::Files).isEmpty());
    QCOMPARE(traceInFiles(), QString());
}

void TestKeptSecrets::theCommandLineKeepsThem_data()
{
    QTest::addColumn<bool>("inFile");
    QTest::newRow("a token in a file") << true;
    QTest::newRow("a token in the environment") << false;
}

void TestKeptSecrets::theCommandLineKeepsThem()
{
    QFETCH(bool, inFile);
    QProcess kithctl;
    QProcessEnvironment variables = environment();
    QStringList arguments{QStringLiteral("--addr"), m_profile.address, QStringLiteral("export")};
    if (inFile)
        arguments += {QStringLiteral("--token-file"), write("token", m_secrets.front())};
    else
        variables.insert(QStringLiteral("VAULT_TOKEN"), QString::fromLatin1(m_secrets.front()));
    kithctl.setProcessEnvironment(variables);
    kithctl.setWorkingDirectory(path("run"));
    m_proxy->harm(FaultProxy::Fault::Silence, "identity/entity/id/", 1); // it waits here
    kithctl.start(QStringLiteral(KITH_BINARY_DIR "/kithctl"), arguments);
    QVERIFY(kithctl.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(m_proxy->count("GET /v1/identity/entity/id/") > 0, 60'000);
    QVERIFY(m_proxy->received().contains(m_secrets.front()));
    const QString process = QStringLiteral("/proc/%1/").arg(kithctl.processId());
    QCOMPARE(traceIn(content(process + QStringLiteral("cmdline"))), QString());
    QVERIFY(content(process + QStringLiteral("limits")).contains("Max core file size        0                    0"));
    QCOMPARE(traceInFiles(), QString());
    ::kill(static_cast<pid_t>(kithctl.processId()), SIGABRT);
    QVERIFY(kithctl.waitForFinished(60'000));
    QCOMPARE(traceIn(kithctl.readAllStandardOutput() + kithctl.readAllStandardError()), QString());
    QCOMPARE(traceInFiles(), QString());
}

QTEST_GUILESS_MAIN(TestKeptSecrets)
#include "tst_KeptSecrets.moc"
