// SPDX-License-Identifier: Apache-2.0
#include "server/Client.h"
#include "server/Server.h"
#include "server/WorkerPool.h"
#include "support/Support.h"

#include <QFile>
#include <QProcess>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::test;

/// TLS with certificates made for the test.
class TestServerTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void speaksTls();
    void refusesOldVersions();
    void refusesPlainHttp();
    void reloadsTheCertificate();
    void aBadCertificateChangesNothing();

private:
    void makeCertificate(const QByteArray &name) const;
    QString path(const char *name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    Result<std::unique_ptr<server::Server>> start();
    QByteArray subject(int port) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<server::WorkerPool> m_workers;
};

void TestServerTls::init()
{
    if (!QSslSocket::supportsSsl())
        QSKIP("there is no TLS library");
    m_folder = std::make_unique<QTemporaryDir>();
    m_workers = std::make_unique<server::WorkerPool>(2);
    makeCertificate("first");
}

void TestServerTls::makeCertificate(const QByteArray &name) const
{
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                   QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
                   QStringLiteral("-keyout"), path("tls.key"), QStringLiteral("-out"), path("tls.crt"),
                   QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
                   QStringLiteral("/CN=") + QString::fromUtf8(name), QStringLiteral("-addext"),
                   QStringLiteral("subjectAltName=IP:127.0.0.1")});
    if (!openssl.waitForFinished() || openssl.exitCode() != 0)
        QSKIP("openssl makes no certificate here");
}

Result<std::unique_ptr<server::Server>> TestServerTls::start()
{
    server::ServerOptions options;
    options.port = 0;
    options.tls = server::Tls{path("tls.crt").toStdString(), path("tls.key").toStdString()};
    return server::Server::start(options, *m_workers, [](const core::Request &request) {
        return core::Response::of({{"path", request.path}});
    });
}

/// Asks over TLS, trusting the certificate as it is on disk; the server's name, or what went wrong.
QByteArray TestServerTls::subject(int port) const
{
    QSslSocket socket;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromPath(path("tls.crt")));
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), static_cast<quint16>(port));
    if (!socket.waitForEncrypted(10'000))
        return socket.errorString().toUtf8();
    socket.write(request("POST /v1/x", {}, "{}"));
    QByteArray answer;
    while (!answer.endsWith("}\n") && socket.waitForReadyRead(10'000))
        answer += socket.readAll();
    if (statusOf(answer) != 200)
        return "no answer: " + answer;
    return socket.peerCertificate().subjectInfo(QSslCertificate::CommonName).value(0).toUtf8();
}

void TestServerTls::speaksTls()
{
    const auto server = start();
    QVERIFY2(server, why(server));
    QVERIFY((*server)->url().starts_with("https://127.0.0.1:"));
    QCOMPARE(subject((*server)->port()), QByteArray("first"));
}

void TestServerTls::refusesOldVersions()
{
    const auto server = start();
    QVERIFY2(server, why(server));
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("s_client"), QStringLiteral("-tls1_1"), QStringLiteral("-cipher"),
                   QStringLiteral("ALL:@SECLEVEL=0"), QStringLiteral("-connect"),
                   QStringLiteral("127.0.0.1:%1").arg((*server)->port())});
    openssl.closeWriteChannel();
    QVERIFY(openssl.waitForFinished());
    QVERIFY(openssl.exitCode() != 0);
}

void TestServerTls::refusesPlainHttp()
{
    const auto server = start();
    QVERIFY2(server, why(server));
    Client client((*server)->port());
    QVERIFY(client.send(request("GET /v1/x")));
    QVERIFY(client.closes());
}

void TestServerTls::reloadsTheCertificate()
{
    const auto server = start();
    QVERIFY2(server, why(server));
    QCOMPARE(subject((*server)->port()), QByteArray("first"));
    makeCertificate("second");
    const auto reloaded = (*server)->reload();
    QVERIFY2(reloaded, why(reloaded));
    for (int i = 0; i < 5; ++i)
        QCOMPARE(subject((*server)->port()), QByteArray("second"));
}

void TestServerTls::aBadCertificateChangesNothing()
{
    const auto server = start();
    QVERIFY2(server, why(server));
    QVERIFY(QFile::rename(path("tls.key"), path("other.key")));
    QVERIFY(!(*server)->reload());
    QFile key(path("tls.key"));
    QVERIFY(key.open(QIODevice::WriteOnly));
    key.write("this is no key");
    key.close();
    QVERIFY(!(*server)->reload());
    QCOMPARE(subject((*server)->port()), QByteArray("first"));
}

QTEST_GUILESS_MAIN(TestServerTls)
#include "tst_ServerTls.moc"
