// SPDX-License-Identifier: Apache-2.0
#include "connection/Async.h"
#include "connection/Sharing.h"
#include "support/LiveConnection.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace kith;
using connection::Sharing;
using test::await;

/// A client of another program's kind, over HTTP.
class tst_Sharing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void servesTheCore();
    void tellsTheWindow();
    void saysWhenThePortIsTaken();
    void finishesWhatIsUnderWay();
    void endsItsTokens();
    void needsTheKey();

private:
    QNetworkReply *ask(const QString &token, const QString &path, const QByteArray &body = {});
    static int statusOf(QNetworkReply *reply);
    QString newToken();
    bool start(int port = 0);

    std::unique_ptr<test::LiveConnection> m_live;
    std::unique_ptr<Sharing> m_sharing;
    QNetworkAccessManager m_network;
};

void tst_Sharing::init()
{
    m_live = std::make_unique<test::LiveConnection>();
    m_sharing = std::make_unique<Sharing>(m_live->connection());
    QVERIFY(m_live->connection().core().unseal(store::SecretKey::random(), {}));
}

void tst_Sharing::cleanup()
{
    m_sharing.reset();
    m_live.reset();
}

bool tst_Sharing::start(int port)
{
    m_sharing->start(port);
    return QTest::qWaitFor([this] { return m_sharing->state() == Sharing::State::On; });
}

QNetworkReply *tst_Sharing::ask(const QString &token, const QString &path, const QByteArray &body)
{
    QNetworkRequest request(QUrl(m_sharing->url() + QStringLiteral("/v1/") + path));
    request.setRawHeader("X-Vault-Token", token.toUtf8());
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    return body.isEmpty() ? m_network.get(request) : m_network.post(request, body);
}

int tst_Sharing::statusOf(QNetworkReply *reply)
{
    if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 30'000))
        return -1;
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

QString tst_Sharing::newToken()
{
    Result<QString> made{QString()};
    bool done = false;
    connection::whenReady(m_sharing->newToken(), this, [&](Result<QString> token) {
        made = std::move(token);
        done = true;
    });
    if (!QTest::qWaitFor([&] { return done; }))
        return {};
    return made ? *made : QString();
}

void tst_Sharing::servesTheCore()
{
    QVERIFY(m_sharing->url().isEmpty());
    QVERIFY(start());
    QVERIFY(m_sharing->url().startsWith(QLatin1String("http://127.0.0.1:")));
    QCOMPARE(statusOf(ask({}, QStringLiteral("sys/health"))), 200);
    QCOMPARE(statusOf(ask(QStringLiteral("s.wrong"), QStringLiteral("identity/entity/id?list=true"))), 403);
    m_live->entity("ada");
    const QString token = newToken();
    QVERIFY(!token.isEmpty());
    QNetworkReply *reply = ask(token, QStringLiteral("identity/entity/name/ada"));
    QCOMPARE(statusOf(reply), 200);
    QCOMPARE(QJsonDocument::fromJson(reply->readAll())[QLatin1String("data")][QLatin1String("name")].toString(),
             QStringLiteral("ada"));
}

void tst_Sharing::tellsTheWindow()
{
    QVERIFY(start());
    QSignalSpy changed(&m_live->connection(), &connection::Connection::changed);
    QCOMPARE(statusOf(ask(newToken(), QStringLiteral("identity/entity"), R"({"name":"bence"})")), 200);
    QTRY_VERIFY(changed.count() > 0);
    QCOMPARE(await(m_live->directory().counts())->entities, 1);
}

void tst_Sharing::saysWhenThePortIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    QSignalSpy failed(m_sharing.get(), &Sharing::startFailed);
    m_sharing->start(other.serverPort());
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(m_sharing->state() == Sharing::State::Off);
    QVERIFY(failed.front().front().value<Error>().code == ErrorCode::Io);
    other.close();
    QVERIFY(start());
}

void tst_Sharing::finishesWhatIsUnderWay()
{
    constexpr int Many = 130; // of few texts each: a body may have a thousand
    QVERIFY(start());
    QByteArray requests;
    for (int i = 0; i < Many; ++i)
        requests += (i ? "," : "") + QByteArray(R"({"operation":"update","path":"identity/entity","data":{"name":"p)") +
                    QByteArray::number(i) + "\"}}";
    QNetworkReply *reply = ask(newToken(), QStringLiteral("kith/apply"), "{\"requests\":[" + requests + "]}");
    bool sent = false;
    connect(reply, &QNetworkReply::uploadProgress, this,
            [&sent](qint64 done, qint64 total) { sent = sent || (total > 0 && done == total); });
    QTRY_VERIFY_WITH_TIMEOUT(sent, 20'000);
    const QString url = m_sharing->url();
    m_sharing->stop();
    QVERIFY(m_sharing->state() == Sharing::State::Stopping);
    QCOMPARE(statusOf(reply), 200);
    QTRY_VERIFY_WITH_TIMEOUT(m_sharing->state() == Sharing::State::Off, 20'000);
    QCOMPARE(await(m_live->directory().counts())->entities, Many);
    QNetworkReply *late = m_network.get(QNetworkRequest(QUrl(url + QStringLiteral("/v1/sys/health"))));
    QCOMPARE(statusOf(late), 0);
}

void tst_Sharing::endsItsTokens()
{
    QVERIFY(start());
    const QString token = newToken();
    QCOMPARE(statusOf(ask(token, QStringLiteral("auth/token/lookup-self"))), 200);
    m_sharing->stop();
    QTRY_VERIFY(m_sharing->state() == Sharing::State::Off);
    QVERIFY(start());
    QCOMPARE(statusOf(ask(token, QStringLiteral("auth/token/lookup-self"))), 403);
}

void tst_Sharing::needsTheKey()
{
    m_sharing.reset();
    m_live = std::make_unique<test::LiveConnection>();
    m_sharing = std::make_unique<Sharing>(m_live->connection());
    QVERIFY(start());
    QVERIFY(newToken().isEmpty());
}

QTEST_GUILESS_MAIN(tst_Sharing)
#include "tst_Sharing.moc"
