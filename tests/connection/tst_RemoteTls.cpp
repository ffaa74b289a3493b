// SPDX-License-Identifier: Apache-2.0
#include "connection/Answers.h"
#include "connection/Diagnosis.h"
#include "connection/VaultHttp.h"
#include "support/ConnectionFixture.h"

#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>

using namespace kith;
using namespace kith::connection;
using namespace kith::test;
using core::Operation;

/// Certificates of servers and of clients: what is trusted, and what is said when one isn't.
class TestRemoteTls : public QObject, protected ConnectionFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<Cause>(); }
    void cleanup() { close(); }
    void certificates_data();
    void certificates();
    void pinsTheCertificate();
    void showsItsOwnCertificate();
    void saysWhatIsWrongWithItsOwn_data();
    void saysWhatIsWrongWithItsOwn();
    void refusesABadCertificateUntilItIsGood_data();
    void refusesABadCertificateUntilItIsGood();

private:
    static Cause causeOf(const Profile &profile, const QByteArray &token = {});
    QTemporaryDir m_certificates;
};

#define START_SERVER(kind)                                                                                             \
    const auto server = RealServer::start(kind);                                                                       \
    if (!server)                                                                                                       \
    QSKIP("the server's program isn't installed")

Cause TestRemoteTls::causeOf(const Profile &profile, const QByteArray &token)
{
    auto future = diagnose(profile, token);
    future.waitForFinished();
    return future.result().cause;
}

void TestRemoteTls::certificates_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<int>("days");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<Cause>("cause");
    const QString here = QStringLiteral("IP:127.0.0.1");
    QTest::newRow("good, but no Vault") << here << 2 << true << Cause::NotAVault;
    QTest::newRow("unknown authority") << here << 2 << false << Cause::CertificateUnknownAuthority;
    QTest::newRow("for another name") << QStringLiteral("DNS:example.com") << 2 << true << Cause::CertificateOtherName;
    QTest::newRow("expired") << here << -1 << true << Cause::CertificateExpired;
}

void TestRemoteTls::certificates()
{
    QFETCH(QString, names);
    QFETCH(int, days);
    QFETCH(bool, trusted);
    QFETCH(Cause, cause);
    if (!RealServer::makeCertificate(m_certificates.path(), QStringLiteral("server"), names, days))
        QSKIP("openssl makes no certificate here");
    QFile certificate(m_certificates.filePath(QStringLiteral("server.crt")));
    QFile key(m_certificates.filePath(QStringLiteral("server.key")));
    QVERIFY(certificate.open(QIODevice::ReadOnly) && key.open(QIODevice::ReadOnly));
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(QSslCertificate(certificate.readAll()));
    tls.setPrivateKey(QSslKey(key.readAll(), QSsl::Ec));
    QSslServer server;
    server.setSslConfiguration(tls);
    QByteArray received;
    connect(&server, &QTcpServer::pendingConnectionAvailable, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, &received] {
            received += socket->readAll();
            socket->write(FaultProxy::status(200, "<html>a printer</html>"));
        });
    });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Profile profile;
    profile.address = QStringLiteral("https://127.0.0.1:%1").arg(server.serverPort());
    profile.timeoutSeconds = 5;
    if (trusted) {
        profile.trust = Trust::CaFile;
        profile.caFile = m_certificates.filePath(QStringLiteral("ca.crt"));
    }
    auto future = diagnose(profile, "secret-token");
    QTRY_VERIFY(future.isFinished());
    const Diagnosis found = future.result();
    QCOMPARE(found.cause, cause);
    QVERIFY(!received.contains("secret-token"));
    QVERIFY(!found.chain.empty());
    QCOMPARE(found.chain.front().subject, QStringLiteral("server"));
    QCOMPARE(found.chain.front().issuer, QStringLiteral("Example-CA"));
}

void TestRemoteTls::pinsTheCertificate()
{
    START_SERVER(RealServer::Kind::BaoTls);
    Profile profile = server->profile();
    auto known = diagnose(profile, server->token());
    known.waitForFinished();
    QCOMPARE(known.result().cause, Cause::Fine);
    QCOMPARE(known.result().product, QStringLiteral("OpenBao"));
    QVERIFY(!known.result().chain.empty());
    profile.trust = Trust::System;
    auto unknown = diagnose(profile, server->token());
    unknown.waitForFinished();
    QCOMPARE(unknown.result().cause, Cause::CertificateUnknownAuthority);
    profile.trust = Trust::Pinned;
    profile.fingerprint = unknown.result().chain.front().fingerprint;
    auto pinned = diagnose(profile, server->token());
    pinned.waitForFinished();
    QCOMPARE(pinned.result().cause, Cause::Fine);
    RemoteClient client(profile);
    client.setToken(server->token());
    QCOMPARE(client.ask(requestOf(Operation::Read, "sys/policies/acl/default"))->status, 200);
    profile.fingerprint = QString(64, u'0');
    auto other = diagnose(profile, server->token());
    other.waitForFinished();
    QCOMPARE(other.result().cause, Cause::CertificateNotPinned);
    RemoteClient stranger(profile);
    const auto refused = stranger.ask(requestOf(Operation::Read, "sys/policies/acl/default"));
    QVERIFY(!refused);
    auto wrongToken = diagnose(server->profile(), "hvs.nothing");
    wrongToken.waitForFinished();
    QCOMPARE(wrongToken.result().cause, Cause::TokenRefused);
    profile = server->profile();
    profile.address.replace(QStringLiteral("https"), QStringLiteral("http"));
    auto plain = diagnose(profile);
    plain.waitForFinished();
    QCOMPARE(plain.result().cause, Cause::NeedsTls);
}

/// A listener that lets nobody in without a certificate: signing in, the mirror and a change go through it.
void TestRemoteTls::showsItsOwnCertificate()
{
    OPEN(int(RealServer::Kind::BaoMutual));
    const std::string alice = create("entity", named("alice", {{"policies", boost::json::array{"own"}}}));
    QCOMPARE(policiesOf(alice), QStringList(QStringLiteral("own")));
    QCOMPARE(causeOf(m_server->profile(), m_server->token()), Cause::Fine);
    // Both in one file.
    Profile profile = m_server->profile();
    QFile certificate(profile.clientCertificate);
    QFile key(profile.clientKey);
    QFile both(m_certificates.filePath(QStringLiteral("both.pem")));
    QVERIFY(certificate.open(QIODevice::ReadOnly) && key.open(QIODevice::ReadOnly) && both.open(QIODevice::WriteOnly));
    both.write(key.readAll() + certificate.readAll());
    both.close();
    profile.clientCertificate = both.fileName();
    profile.clientKey.clear();
    QCOMPARE(causeOf(profile, m_server->token()), Cause::Fine);
}

void TestRemoteTls::saysWhatIsWrongWithItsOwn_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<Cause>("cause");
    const QString own = QStringLiteral("client.crt");
    const QString none = QStringLiteral("no-such-file");
    QTest::newRow("none") << QString() << QString() << Cause::ClientCertificateRefused;
    QTest::newRow("of a stranger") << QStringLiteral("stranger.crt") << QStringLiteral("stranger.key")
                                   << Cause::ClientCertificateRefused;
    QTest::newRow("not there") << none << none << Cause::ClientCertificateUnreadable;
    QTest::newRow("no key") << own << none << Cause::ClientKeyUnreadable;
}

void TestRemoteTls::saysWhatIsWrongWithItsOwn()
{
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(Cause, cause);
    START_SERVER(RealServer::Kind::BaoMutual);
    QTemporaryDir elsewhere; // another authority
    QVERIFY(RealServer::makeCertificate(elsewhere.path(), QStringLiteral("stranger")));
    const auto find = [&](const QString &name) {
        const QString there = elsewhere.filePath(name);
        return name.isEmpty() ? name : QFile::exists(there) ? there : server->path(name.toUtf8().constData());
    };
    Profile profile = server->profile();
    profile.clientCertificate = find(certificate);
    profile.clientKey = find(key);
    auto future = diagnose(profile, server->token());
    future.waitForFinished();
    QVERIFY2(future.result().cause == cause, qPrintable(future.result().detail));
    RemoteClient client(profile);
    client.setToken(server->token());
    const auto refused = client.ask(requestOf(Operation::Read, "sys/policies/acl/default"));
    QVERIFY(!refused);
    QVERIFY(!refused.error().wire.empty());
    // Its word can be lost with the connection, in TLS 1.3: then nobody knows.
    bool known = false;
    for (int round = 0; round < 10 && !known; ++round) {
        const auto change = client.ask(requestOf(Operation::Update, "identity/group", {{"name", "x"}}));
        QVERIFY(!change);
        known = !isOutcomeUnknown(change.error());
    }
    QVERIFY(known);
}

void TestRemoteTls::refusesABadCertificateUntilItIsGood_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<int>("days");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("expired") << QStringLiteral("IP:127.0.0.1") << -1 << QByteArray("expired");
    QTest::newRow("for another name") << QStringLiteral("DNS:example.com") << 2 << QByteArray("host name");
}

/// The same server with another certificate: a change doesn't go out, and is possible again when the certificate is.
void TestRemoteTls::refusesABadCertificateUntilItIsGood()
{
    QFETCH(QString, names);
    QFETCH(int, days);
    QFETCH(QByteArray, word);
    START_SERVER(RealServer::Kind::BaoTls);
    const auto change = [&](const char *name) {
        RemoteClient client(server->profile()); // without a connection from before
        client.setToken(server->token());
        return client.ask(requestOf(Operation::Update, "identity/group", {{"name", name}}));
    };
    QVERIFY(change("before"));
    QVERIFY(server->changeCertificate(names, days));
    Result<core::Response> refused = change("meanwhile");
    QTRY_VERIFY(!(refused = change("meanwhile"))); // it reads its files anew in its own time
    QVERIFY(!isOutcomeUnknown(refused.error()));
    QVERIFY2(QByteArray::fromStdString(refused.error().wire).contains(word), refused.error().wire.c_str());
    QVERIFY(server->changeCertificate(QStringLiteral("IP:127.0.0.1"), 2));
    QTRY_VERIFY(change("after"));
}

QTEST_GUILESS_MAIN(TestRemoteTls)
#include "tst_RemoteTls.moc"
