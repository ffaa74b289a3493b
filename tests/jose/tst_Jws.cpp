// SPDX-License-Identifier: Apache-2.0
#include "jose/Jws.h"

#include "store/Base64.h"
#include "support/Support.h"

#include <QTest>

using namespace kith;

class TestJws : public QObject
{
    Q_OBJECT

    static std::string token(std::string_view header, std::string_view payload)
    {
        return store::toBase64Url(header) + "." + store::toBase64Url(payload) + "." + store::toBase64Url("signed");
    }

private Q_SLOTS:
    void takesApart()
    {
        const std::string text = token(R"({"alg":"ES256","kid":"k1"})", R"({"sub":"joe"})");
        const auto jws = jose::parseJws(text);
        QVERIFY2(jws, test::why(jws));
        QVERIFY(jws->algorithm == jose::SignatureAlgorithm::Es256);
        QCOMPARE(jws->kid, std::string("k1"));
        QCOMPARE(jws->payload, std::string(R"({"sub":"joe"})"));
        QCOMPARE(jws->signature, std::string("signed"));
        QCOMPARE(jws->signedText, text.substr(0, text.rfind('.')));
        QVERIFY(!jws->needsMore);
        const auto padded = jose::parseJws(" " + text + "=\n");
        QVERIFY2(padded, test::why(padded));
        QCOMPARE(padded->signedText, jws->signedText);
    }

    void trustsNoOtherAlgorithm()
    {
        for (const char *name : {"none", "HS256", "es256", ""}) {
            const auto jws = jose::parseJws(token("{\"alg\":\"" + std::string(name) + "\"}", "{}"));
            QVERIFY2(jws, test::why(jws));
            QVERIFY2(!jws->algorithm, name);
        }
    }

    void seesWhatIsCritical()
    {
        QVERIFY(jose::parseJws(token(R"({"alg":"ES256","crit":["exp"]})", "{}"))->needsMore);
        QVERIFY(jose::parseJws(token(R"({"alg":"ES256","crit":["b64"],"b64":false})", "{}"))->needsMore);
        QVERIFY(!jose::parseJws(token(R"({"alg":"ES256","crit":["b64"],"b64":true})", "{}"))->needsMore);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray parts("go-jose/go-jose: compact JWS format must have three parts");
        QTest::newRow("word") << QByteArray("x") << parts;
        QTest::newRow("nothing") << QByteArray() << parts;
        QTest::newRow("two") << QByteArray("a.b") << parts;
        QTest::newRow("four") << QByteArray("e30.e30.e30.e30") << parts;
        QTest::newRow("short") << QByteArray("a.b.c") << QByteArray("illegal base64 data at input byte 0");
        QTest::newRow("strange") << QByteArray("e30.e*0.") << QByteArray("illegal base64 data at input byte 1");
        QTest::newRow("array") << QByteArray("W10.e30.")
                               << QByteArray("json: cannot unmarshal array into Go value of type jose.rawHeader");
        QTest::newRow("no JSON") << QByteArray("eHg.e30.") << QByteArray("the header is not JSON");
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto jws = jose::parseJws(text.toStdString());
        QVERIFY(!jws);
        QCOMPARE(QByteArray::fromStdString(jws.error().wire), expected);
        QCOMPARE(jws.error().status, 400);
    }
};

QTEST_GUILESS_MAIN(TestJws)
#include "tst_Jws.moc"
