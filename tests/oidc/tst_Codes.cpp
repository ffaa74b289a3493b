// SPDX-License-Identifier: Apache-2.0
#include "oidc/Codes.h"

#include <QTest>

using namespace kith;
using namespace kith::oidc;

class TestCodes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areGoodOnce()
    {
        Codes codes;
        Grant grant;
        grant.clientId = "c";
        const std::string code = codes.add(grant, 0);
        QCOMPARE(code.size(), std::size_t(32));
        QVERIFY(code != codes.add(grant, 0));
        QVERIFY(!codes.take("x", 0));
        const auto taken = codes.take(code, Codes::Life - 1);
        QVERIFY(taken);
        QCOMPARE(taken->clientId, std::string("c"));
        QVERIFY(!codes.take(code, 0));
    }

    void expire()
    {
        Codes codes;
        const std::string first = codes.add({}, 0);
        const std::string second = codes.add({}, 10);
        QVERIFY(!codes.take(first, Codes::Life));
        QVERIFY(codes.take(second, Codes::Life));
        const std::string third = codes.add({}, 20);
        codes.clear();
        QVERIFY(!codes.take(third, 20));
    }

    void areProvenByTheVerifier()
    {
        Grant grant;
        grant.challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"; // RFC 7636, B
        grant.challengeIsHash = true;
        QVERIFY(grant.isProvenBy("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        QVERIFY(!grant.isProvenBy(grant.challenge));
        grant.challengeIsHash = false;
        QVERIFY(grant.isProvenBy(grant.challenge));
        QVERIFY(!grant.isProvenBy("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
    }
};

QTEST_GUILESS_MAIN(TestCodes)
#include "tst_Codes.moc"
