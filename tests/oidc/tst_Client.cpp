// SPDX-License-Identifier: Apache-2.0
#include "oidc/Client.h"
#include "oidc/Role.h"

#include <QTest>

using namespace kith;
using namespace kith::oidc;

class TestClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsItsRedirects_data()
    {
        QTest::addColumn<QByteArray>("asked");
        QTest::addColumn<bool>("registered");
        QTest::newRow("the same") << QByteArray("https://ex.com/cb?x=1") << true;
        QTest::newRow("explicit port") << QByteArray("https://ex.com:443/cb?x=1") << false;
        QTest::newRow("no query") << QByteArray("https://ex.com/cb") << false;
        QTest::newRow("other path") << QByteArray("http://127.0.0.1:9/CB") << false;
        QTest::newRow("loopback, other port") << QByteArray("http://127.0.0.1:77/cb") << true;
        QTest::newRow("loopback, no port") << QByteArray("http://127.0.0.1/cb") << true;
        QTest::newRow("other loopback") << QByteArray("http://localhost:9/cb") << false;
        QTest::newRow("other scheme") << QByteArray("https://127.0.0.1:9/cb") << false;
        QTest::newRow("looks like loopback") << QByteArray("http://127.0.0.1.ex.com/cb") << false;
        QTest::newRow("user info") << QByteArray("http://127.0.0.1:9@ex.com/cb") << false;
        QTest::newRow("v6") << QByteArray("http://[::1]:5/cb") << true;
        QTest::newRow("empty") << QByteArray() << false;
    }
    void knowsItsRedirects()
    {
        QFETCH(QByteArray, asked);
        QFETCH(bool, registered);
        const std::vector<std::string> uris{"https://ex.com/cb?x=1", "http://127.0.0.1:9/cb", "http://[::1]/cb"};
        QCOMPARE(isRegistered(uris, asked.toStdString()), registered);
    }

    void knowsIssuers_data()
    {
        QTest::addColumn<bool>("good");
        for (const char *text : {"http://a", "HTTPS://A.b", "https://[::1]:8200", "https://a:99999", "https://a#"})
            QTest::newRow(text) << true;
        for (const char *text : {"", "http://", "https://a?", "https://u@a", "ftp://a", "https://a/", "https://a:x",
                                 "https://a b", " https://a", "//a", "x.example:80", "nohost", "https://x#frag",
                                 "https://x/?a=b", "https://[::1", "https://[]"})
            QTest::newRow(text) << false;
    }
    void knowsIssuers()
    {
        QFETCH(bool, good);
        QCOMPARE(isIssuer(QTest::currentDataTag()), good);
    }

    void drawsLettersAndDigits()
    {
        const std::string text = kith::store::randomBase62(2000);
        QCOMPARE(text.size(), std::size_t(2000));
        QVERIFY(
            std::all_of(text.begin(), text.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)); }));
        for (const char c : {'0', '9', 'A', 'Z', 'a', 'z'}) // one of 62 is missing among 2000 once in 10^12 runs
            QVERIFY(text.find(c) != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestClient)
#include "tst_Client.moc"
