// SPDX-License-Identifier: Apache-2.0
#include "LdapFixture.h"
#include "auth/LoginTurns.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QtConcurrent/QtConcurrentRun>

#include <future>

using namespace kith;
using namespace kith::test;

namespace json = boost::json;

/// How a real directory is reached: TLS, several addresses, time limits; and one that is gone.
class TestLdapServer : public QObject, private LdapFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startDirectory(person("ann", "secret")); }
    void init() { mountIt(); }

    void speaksTls_data()
    {
        QTest::addColumn<bool>("startTls");
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<bool>("good");
        const auto row = [](bool startTls, const char *settings, bool good) {
            QTest::addRow("%s %s", startTls ? "starttls" : "ldaps", settings)
                << startTls << QByteArray(settings) << good;
        };
        for (const bool startTls : {false, true}) {
            row(startTls, "{\"certificate\":\"CA\"}", true);
            row(startTls, "{\"certificate\":\"CA\",\"tls_min_version\":\"tls13\",\"tls_max_version\":\"tls13\"}", true);
            row(startTls, "{}", false); // nobody whom the system trusts
            row(startTls, "{\"insecure_tls\":true}", true);
            row(startTls, "{\"certificate\":\"CLIENT\"}", false); // somebody else
        }
    }

    void speaksTls()
    {
        QFETCH(bool, startTls);
        QFETCH(QByteArray, settings);
        QFETCH(bool, good);
        json::object changes = json::parse(settings.toStdString()).as_object();
        if (json::value *certificate = changes.if_contains("certificate"))
            *certificate = m_slapd->pem(certificate->get_string() == "CA" ? "ca" : "client");
        changes["url"] = startTls ? m_slapd->url() : m_slapd->secureUrl();
        changes["starttls"] = startTls;
        configure(changes);
        const QByteArray answer = outcome(logIn("ann", "secret"));
        if (good)
            QCOMPARE(answer, QByteArray("200"));
        else
            QVERIFY2(answer.startsWith("400 ldap operation failed: failed to connect to LDAP server: ldap"), answer);
    }

    /// The certificate is for 127.0.0.1 alone.
    void looksAtTheNameOfTheServer()
    {
        std::string url = m_slapd->secureUrl();
        url.replace(url.find("127.0.0.1"), 9, "localhost");
        configure({{"url", url}, {"certificate", m_slapd->pem("ca")}});
        QVERIFY(outcome(logIn("ann", "secret")).contains("failed to connect to LDAP server"));
    }

    void showsItsOwnCertificate()
    {
        const auto strict = Slapd::start(Slapd::ClientCertificates::Demanded);
        QVERIFY(strict);
        json::object settings{{"url", strict->secureUrl()}, {"certificate", strict->pem("ca")}, {"groupdn", ""}};
        configure(settings);
        QVERIFY(!logIn("u1", "pw-u1").auth);
        settings["client_tls_cert"] = strict->pem("client");
        settings["client_tls_key"] = strict->pem("client.key");
        configure(settings);
        QCOMPARE(outcome(logIn("u1", "pw-u1")), QByteArray("200"));
    }

    void triesServersInTurn()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const std::string hung = "ldaps://127.0.0.1:" + std::to_string(silent.serverPort());
        configure({{"url", "ldap://127.0.0.1:1, " + hung + "," + m_slapd->url()}, {"connection_timeout", 1}});
        QCOMPARE(outcome(logIn("ann", "secret")), QByteArray("200"));
        configure({{"url", "ldap://127.0.0.1:1,ldap://127.0.0.1:2"}});
        const QByteArray gone = line(logIn("ann", "secret"));
        QVERIFY2(
            gone.startsWith("400 ldap operation failed: failed to connect to LDAP server: ldap://127.0.0.1:1: Can't "
                            "contact LDAP server"),
            gone);
        QVERIFY2(gone.contains("; ldap://127.0.0.1:2: "), gone);
        for (int i = 0; i < 6; ++i) // which is nobody's failed password
            logIn("ann", "secret");
        configure({{"url", m_slapd->url()}});
        QCOMPARE(outcome(logIn("ann", "secret")), QByteArray("200"));
    }

    void doesNotWaitForEver()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        configure({{"url", "ldap://127.0.0.1:" + std::to_string(silent.serverPort())},
                   {"connection_timeout", 1},
                   {"request_timeout", 1}});
        QElapsedTimer time;
        time.start();
        QCOMPARE(line(logIn("ann", "secret")),
                 QByteArray("400 ldap operation failed: failed to bind as the user who looks for others: the directory "
                            "didn't answer in time"));
        configure({{"url", m_slapd->url()}, {"request_timeout", 1}});
        m_slapd->freeze(true);
        const QByteArray frozen = line(logIn("ann", "secret"));
        m_slapd->freeze(false);
        QVERIFY2(frozen.contains("the directory didn't answer in time"), frozen);
        QVERIFY2(time.elapsed() < 10'000, QByteArray::number(time.elapsed()));
        QCOMPARE(outcome(logIn("ann", "secret")), QByteArray("200"));
    }

    /// Neither for the rest of a message.
    void doesNotWaitForTheRest()
    {
        std::promise<int> port;
        const auto talking = QtConcurrent::run([&port] {
            QTcpServer server;
            server.listen(QHostAddress::LocalHost);
            port.set_value(server.serverPort());
            if (!server.waitForNewConnection(20'000))
                return;
            QTcpSocket *socket = server.nextPendingConnection();
            socket->waitForReadyRead(20'000);
            socket->write(QByteArray::fromHex("300c0201")); // the beginning of an answer
            socket->waitForDisconnected(20'000);
        });
        configure({{"url", "ldap://127.0.0.1:" + std::to_string(port.get_future().get())}, {"request_timeout", 1}});
        const QByteArray answer = line(logIn("ann", "secret"));
        QVERIFY2(answer.endsWith("the directory didn't answer in time"), answer);
        QFuture<void>(talking).waitForFinished();
    }

    /// A directory that hangs takes a few threads and no more; others aren't held up at all.
    void letsOnlyFewWait()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        configure({{"url", "ldap://127.0.0.1:" + std::to_string(silent.serverPort())}, {"request_timeout", 6}});
        m_core->mount("other", R"({"type":"ldap"})");
        configure({}, "other");
        QThreadPool threads;
        threads.setMaxThreadCount(12);
        std::vector<QFuture<QByteArray>> logins;
        for (int i = 0; i < 12; ++i)
            logins.push_back(QtConcurrent::run(&threads, [&] { return outcome(logIn("ann", "secret")); }));
        QElapsedTimer time;
        time.start();
        QCOMPARE(outcome(logIn("ann", "secret", "other")), QByteArray("200"));
        QVERIFY2(time.elapsed() < 3'000, QByteArray::number(time.elapsed()));
        int refused = 0;
        for (QFuture<QByteArray> &login : logins)
            refused += login.result().endsWith("too many logins wait for the directory of this mount") ? 1 : 0;
        QCOMPARE(refused, 12 - int(auth::LoginTurns::MostAtOnce));
    }

    /// Last: the directory is gone then.
    void tellsThatTheDirectoryIsGone()
    {
        configure();
        m_slapd->stop();
        QVERIFY(line(logIn("ann", "secret")).contains("Can't contact LDAP server"));
    }
};

QTEST_GUILESS_MAIN(TestLdapServer)
#include "tst_LdapServer.moc"
