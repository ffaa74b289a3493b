// SPDX-License-Identifier: Apache-2.0
#include "oidc/Jwt.h"
#include "store/Base64.h"
#include "support/Support.h"

#include <QTest>

using namespace kith;
using namespace kith::test;
using namespace kith::oidc;

namespace {

std::string b64(std::string_view text)
{
    return store::toBase64Url(text);
}

} // namespace

/// Expected texts are those of OpenBao 2.7.2.
class TestJwt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadAsItWasSigned()
    {
        const KeyPair key = KeyPair::make(Algorithm::EdDsa);
        const std::string token = signedJwt(key, "id", {{"sub", "x"}, {"aud", "c"}});
        QVERIFY(token.starts_with(b64(R"({"alg":"EdDSA","kid":"id"})") + "." + b64(R"({"aud":"c","sub":"x"})") + "."));
        const auto parsed = parseJwt(token);
        QVERIFY2(parsed, why(parsed).constData());
        QVERIFY(parsed->algorithm == Algorithm::EdDsa);
        QCOMPARE(parsed->kid, std::string("id"));
        QCOMPARE(parsed->payload, std::string(R"({"aud":"c","sub":"x"})"));
        QVERIFY(key.verifies(parsed->signedText, parsed->signature));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray header = QByteArray::fromStdString(b64(R"({"alg":"ES256"})"));
        const QByteArray parts = "go-jose/go-jose: compact JWS format must have three parts";
        const QByteArray known = "; expected [\"ES256\" \"ES384\" \"ES512\" \"EdDSA\" \"RS256\" \"RS384\" \"RS512\" "
                                 "\"PS256\" \"PS384\" \"PS512\"]";
        QTest::newRow("nothing") << QByteArray() << parts;
        QTest::newRow("text") << QByteArray("x") << parts;
        QTest::newRow("two") << header + ".e30" << parts;
        QTest::newRow("four") << header + ".e30.e30.e30" << parts;
        QTest::newRow("short") << QByteArray("a.b.c") << QByteArray("illegal base64 data at input byte 0");
        QTest::newRow("sign") << header + ".e30.e30!" << QByteArray("illegal base64 data at input byte 3");
        QTest::newRow("none") << QByteArray::fromStdString(b64(R"({"alg":"none"})")) + ".e30."
                              << "unexpected signature algorithm \"none\"" + known;
        QTest::newRow("hmac") << QByteArray::fromStdString(b64(R"({"alg":"HS256"})")) + ".e30.e30"
                              << "unexpected signature algorithm \"HS256\"" + known;
        QTest::newRow("missing") << QByteArray("e30.e30.e30") << "unexpected signature algorithm \"\"" + known;
        QTest::newRow("number")
            << QByteArray::fromStdString(b64(R"({"alg":5})")) + ".e30.e30"
            << QByteArray("failed to unmarshal algorithm: json: cannot unmarshal number into Go value of type string: "
                          "\"5\"");
    }
    void refuses()
    {
        QFETCH(QByteArray, token);
        QFETCH(QByteArray, expected);
        const auto parsed = parseJwt(token.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(QByteArray::fromStdString(parsed.error().wire), expected);
    }

    void holdsClaimsAgainstWhatIsExpected_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArray>("expected"); // empty: good
        const auto row = [](const char *name, const char *payload, const char *claim) {
            const QByteArray why = QByteArray("go-jose/go-jose/jwt: validation failed, ") + claim;
            QTest::newRow(name) << QByteArray(payload) << (*claim ? why : QByteArray());
        };
        row("good", R"({"iss":"i","aud":"c","exp":1000,"iat":1000,"sub":"x"})", "");
        row("list", R"({"iss":"i","aud":["b","c"],"sub":"x"})", "");
        row("issuer", R"({"iss":"j","aud":"d"})", "invalid issuer claim (iss)");
        row("no issuer", R"({"aud":"c"})", "invalid issuer claim (iss)");
        row("audience", R"({"iss":"i","aud":"d"})", "invalid audience claim (aud)");
        row("no audience", R"({"iss":"i"})", "invalid audience claim (aud)");
        row("just expired", R"({"iss":"i","aud":"c","exp":940,"sub":"x"})", "");
        row("expired", R"({"iss":"i","aud":"c","exp":939})", "token is expired (exp)");
        row("future", R"({"iss":"i","aud":"c","nbf":1061})", "token not valid yet (nbf)");
        row("issued in the future", R"({"iss":"i","aud":"c","iat":1061})", "token issued in the future (iat)");
    }
    void holdsClaimsAgainstWhatIsExpected()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QByteArray, expected);
        const auto subject = subjectOf(payload.toStdString(), {"i", "c", 1'000'000'000'000});
        QCOMPARE(subject ? QByteArray() : QByteArray::fromStdString(subject.error().wire), expected);
        if (subject)
            QCOMPARE(*subject, std::string("x"));
    }
};

QTEST_GUILESS_MAIN(TestJwt)
#include "tst_Jwt.moc"
