// SPDX-License-Identifier: Apache-2.0
#include "store/Store.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

/// kithd as people run it: a process, its messages, its exit status.
class TestKithd : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void wrongUsage_data();
    void wrongUsage();
    void helpAndVersion();
    void servesAndEnds();
    void devIsForThisMachine();
    void devLeavesNothing();
    void dataIsForItsOwner();
    void leavesNoCoreDumps();
    void saysWhoWrites();
    void takenPlaces();
    void configurations_data();
    void configurations();
    void servesAsConfigured();

private:
    QString path(const char *name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    QString write(const char *name, const QByteArray &content) const;
    std::unique_ptr<QProcess> start(const QStringList &arguments) const;
    static bool ends(QProcess &process) { return process.state() == QProcess::NotRunning || process.waitForFinished(); }
    static int end(QProcess &process, int signal = SIGTERM);
    static int portOf(const QByteArray &output);

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

QString TestKithd::write(const char *name, const QByteArray &content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s", qPrintable(file.errorString()));
    return file.fileName();
}

/// Runs until it listens or ends; its output so far is in the property "output".
std::unique_ptr<QProcess> TestKithd::start(const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TMPDIR"), m_folder->path());
    process->setProcessEnvironment(environment);
    process->start(QStringLiteral(KITH_BINARY_DIR "/kithd"), arguments);
    QByteArray output;
    while (!output.contains("listens on") && process->waitForReadyRead(30'000))
        output += process->readAllStandardOutput();
    process->setProperty("output", output);
    return process;
}

int TestKithd::end(QProcess &process, int signal)
{
    ::kill(static_cast<pid_t>(process.processId()), signal);
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

int TestKithd::portOf(const QByteArray &output)
{
    return output.mid(output.lastIndexOf(':') + 1).trimmed().toInt();
}

void TestKithd::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("nothing") << QStringList() << QByteArray("say where the data is");
    QTest::newRow("unknown") << words("--dev --colour") << QByteArray("there is no option --colour");
    QTest::newRow("no value") << words("--dev --listen") << QByteArray("--listen needs a value");
    QTest::newRow("no port") << words("--dev --listen 127.0.0.1") << QByteArray("--listen wants ADDRESS:PORT");
    QTest::newRow("bad port") << words("--dev --listen 127.0.0.1:99999") << QByteArray("--listen wants ADDRESS:PORT");
    QTest::newRow("dev with data") << words("--dev --data /x") << QByteArray("--dev keeps nothing");
    QTest::newRow("token without dev") << words("--data /x --dev-root-token-id t")
                                       << QByteArray("goes with --dev only");
    QTest::newRow("both") << words("--config /x --listen 127.0.0.1:1") << QByteArray("--config says it all");
    QTest::newRow("no such file") << words("--config /no/such/file") << QByteArray("can't be read: No such file");
}

void TestKithd::wrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const auto process = start(arguments);
    QVERIFY(ends(*process));
    QCOMPARE(process->exitCode(), 2);
    const QByteArray error = process->readAllStandardError();
    QVERIFY2(error.startsWith("kithd: ") && error.contains(words), error.constData());
}

void TestKithd::helpAndVersion()
{
    const auto help = start(words("--help"));
    QVERIFY(ends(*help));
    QCOMPARE(help->exitCode(), 0);
    QVERIFY(help->property("output").toByteArray().startsWith("Usage: kithd --dev"));
    const auto version = start(words("--version"));
    QVERIFY(ends(*version));
    QVERIFY(version->property("output").toByteArray().startsWith("kithd "));
}

void TestKithd::servesAndEnds()
{
    for (const int signal : {SIGTERM, SIGINT}) {
        const auto process = start(words("--dev --dev-root-token-id t --listen 127.0.0.1:0"));
        const QByteArray output = process->property("output").toByteArray();
        QVERIFY2(output.contains("Root token: t\n"), output.constData());
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(portOf(output)));
        QVERIFY(socket.waitForConnected());
        socket.write("GET /v1/none HTTP/1.1\r\nHost: x\r\nX-Vault-Token: t\r\n\r\n");
        QVERIFY(socket.waitForReadyRead());
        QVERIFY(socket.readAll().startsWith("HTTP/1.1 404"));
        QCOMPARE(end(*process, signal), 0);
    }
}

void TestKithd::devIsForThisMachine()
{
    const auto process = start(words("--dev --listen 0.0.0.0:0"));
    QVERIFY(ends(*process));
    QCOMPARE(process->exitCode(), 1);
    QVERIFY(process->readAllStandardError().contains("--dev serves this machine only"));
}

void TestKithd::devLeavesNothing()
{
    const auto process = start(words("--dev --listen 127.0.0.1:0"));
    const QDir folder(m_folder->path());
    const QStringList made = folder.entryList({QStringLiteral("kithd-*")}, QDir::Dirs);
    QCOMPARE(made.size(), 1);
    QCOMPARE(QFile::permissions(folder.filePath(made.first())) & 0x077, QFile::Permissions());
    QCOMPARE(end(*process), 0);
    QVERIFY(folder.entryList({QStringLiteral("kithd-*")}, QDir::Dirs).isEmpty());
}

void TestKithd::dataIsForItsOwner()
{
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("data")));
    QFile::setPermissions(path("data"), QFile::Permissions(0x7755));
    const auto process =
        start({QStringLiteral("--data"), path("data"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
    QVERIFY(process->property("output").toByteArray().contains("listens on"));
    constexpr int Others = 0x077;
    QCOMPARE(int(QFile::permissions(path("data"))) & Others, 0);
    for (const QFileInfo &file : QDir(path("data")).entryInfoList(QDir::Files))
        QVERIFY2((int(file.permissions()) & Others) == 0, qPrintable(file.fileName()));
    QCOMPARE(end(*process), 0);
}

void TestKithd::leavesNoCoreDumps()
{
    const auto process = start(words("--dev --listen 127.0.0.1:0"));
    QFile limits(QStringLiteral("/proc/%1/limits").arg(process->processId()));
    if (!limits.open(QIODevice::ReadOnly))
        QSKIP("there is no /proc, or it is closed to us");
    bool found = false;
    for (const QByteArray &line : limits.readAll().split('\n'))
        found = found || line.simplified().startsWith("Max core file size 0 0");
    QVERIFY(found);
    QCOMPARE(end(*process), 0);
}

void TestKithd::saysWhoWrites()
{
    const QStringList arguments{QStringLiteral("--data"), path("data"), QStringLiteral("--listen"),
                                QStringLiteral("127.0.0.1:0")};
    const auto first = start(arguments);
    const auto second = start(arguments);
    QVERIFY(ends(*second));
    QCOMPARE(second->exitCode(), 1);
    const QByteArray error = second->readAllStandardError();
    QVERIFY2(error.contains("kithd, process " + QByteArray::number(first->processId())), error.constData());
    QCOMPARE(end(*first), 0);
}

void TestKithd::takenPlaces()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const auto process = start(
        {QStringLiteral("--dev"), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(other.serverPort())});
    QVERIFY(ends(*process));
    QCOMPARE(process->exitCode(), 1);
    QVERIFY(process->readAllStandardError().contains("Address already in use"));
}

void TestKithd::configurations_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    const QByteArray storage = "storage \"file\" { path = \"/tmp/x\" }\n";
    const QByteArray listener = "listener \"tcp\" { tls_disable = true }\n";
    QTest::newRow("empty") << QByteArray() << QByteArray("k.hcl: says nothing of storage");
    QTest::newRow("no listener") << storage << QByteArray("k.hcl: has no listener");
    QTest::newRow("no HCL") << QByteArray("storage {") << QByteArray("k.hcl: ");
    QTest::newRow("unknown") << storage + listener + "colour = 1\n"
                             << QByteArray("k.hcl:3: there is no option \"colour\"");
    QTest::newRow("other storage") << QByteArray("storage \"consul\" {}\n")
                                   << QByteArray("k.hcl:1: the data is kept in files");
    QTest::newRow("two storages") << storage + storage + listener << QByteArray("k.hcl:2: there is a storage already");
    QTest::newRow("no TLS") << storage + "listener \"tcp\" {\n}\n"
                            << QByteArray("k.hcl:2: listener needs tls_cert_file");
    QTest::newRow("other listener") << storage + "listener \"unix\" {}\n"
                                    << QByteArray("k.hcl:2: there is listener \"tcp\" only");
    QTest::newRow("listener's option") << storage + "listener \"tcp\" {\n  adress = \"x\"\n}\n"
                                       << QByteArray("k.hcl:3: listener \"tcp\" has no option \"adress\"");
    QTest::newRow("bad address") << storage + "listener \"tcp\" {\n  address = \"x\"\n}\n"
                                 << QByteArray("k.hcl:3: address wants ADDRESS:PORT");
    QTest::newRow("bad number") << storage + "listener \"tcp\" {\n  max_connections = \"many\"\n}\n"
                                << QByteArray("k.hcl:3: max_connections wants a whole number");
    QTest::newRow("bad time") << storage + "listener \"tcp\" {\n  http_idle_timeout = \"soon\"\n}\n"
                              << QByteArray("k.hcl:3: http_idle_timeout wants a time");
    QTest::newRow("rekey") << storage + "listener \"tcp\" {\n  disable_unauthed_rekey_endpoints = \"x\"\n}\n"
                           << QByteArray("k.hcl:3: disable_unauthed_rekey_endpoints wants true or false");
    QTest::newRow("bad flag") << storage + "listener \"tcp\" {\n  tls_disable = \"perhaps\"\n}\n"
                              << QByteArray("k.hcl:3: tls_disable wants true or false");
}

void TestKithd::configurations()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    const auto process = start({QStringLiteral("--config"), write("k.hcl", text)});
    QVERIFY(ends(*process));
    QCOMPARE(process->exitCode(), 2);
    const QByteArray error = process->readAllStandardError();
    QVERIFY2(error.contains(words), error.constData());
}

/// HCL and JSON say the same; two places at once; what has no effect is told.
void TestKithd::servesAsConfigured()
{
    const QByteArray data = path("data").toUtf8();
    const QByteArray hcl =
        "storage \"raft\" {\n  path = \"" + data +
        "\"\n  node_id = \"a\"\n}\nlistener \"tcp\" {\n  address = \"127.0.0.1:0\"\n  tls_disable = 1\n"
        "  max_request_size = 1000\n  http_idle_timeout = \"5m\"\n}\n"
        "listener \"tcp\" {\n  address = \"127.0.0.1:0\"\n  tls_disable = \"true\"\n}\nui = true\n"
        "audit \"file\" \"log\" {\n  options { file_path = \"/dev/null\" }\n}\n";
    const QByteArray json = "{\"storage\": {\"file\": {\"path\": \"" + data +
                            "\"}}, \"listener\": [{\"tcp\": {\"address\": \"127.0.0.1:0\", \"tls_disable\": true,"
                            "\"max_request_size\": 1000}}]}";
    for (const QByteArray &text : {hcl, json}) {
        const auto process = start({QStringLiteral("--config"), write("k.hcl", text)});
        const QByteArray output = process->property("output").toByteArray();
        QVERIFY2(output.contains("listens on"), output.constData());
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"),
                             static_cast<quint16>(portOf(output.left(output.indexOf('\n')))));
        QVERIFY(socket.waitForConnected());
        socket.write("POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n");
        QVERIFY(socket.waitForReadyRead());
        QVERIFY(socket.readAll().startsWith("HTTP/1.1 413"));
        QCOMPARE(end(*process), 0);
        QCOMPARE(process->readAllStandardError().contains("ui has no effect here"), text == hcl);
    }
}

QTEST_GUILESS_MAIN(TestKithd)
#include "tst_Kithd.moc"
