// SPDX-License-Identifier: Apache-2.0
#include "oidc/KeyMaker.h"
#include "oidc/KeyPair.h"
#include "store/Base64.h"
#include "support/Support.h"

#include <QTest>

using namespace kith;
using namespace kith::test;
using namespace kith::oidc;

Q_DECLARE_METATYPE(kith::oidc::Algorithm)

class TestKeyPair : public QObject
{
    Q_OBJECT

    // RSA keys take long to make, and fit three algorithms.
    KeyPair m_rsa = KeyPair::make(Algorithm::Rs256);
    KeyPair m_otherRsa = KeyPair::make(Algorithm::Rs256);

    KeyPair madeFor(Algorithm algorithm) const
    {
        return isRsa(algorithm) ? m_rsa.as(algorithm) : KeyPair::make(algorithm);
    }
    KeyPair other(Algorithm algorithm) const
    {
        return isRsa(algorithm) ? m_otherRsa.as(algorithm) : KeyPair::make(algorithm);
    }

private Q_SLOTS:
    void signs_data()
    {
        QTest::addColumn<Algorithm>("algorithm");
        QTest::addColumn<int>("size");
        constexpr std::array sizes{256, 256, 256, 64, 96, 132, 64};
        for (std::size_t i = 0; i < sizes.size(); ++i)
            QTest::addRow("%s", algorithmName(AllAlgorithms[i]).data()) << AllAlgorithms[i] << sizes[i];
    }

    void signs()
    {
        QFETCH(Algorithm, algorithm);
        QFETCH(int, size);
        const KeyPair pair = madeFor(algorithm);
        const std::string signature = pair.sign("text");
        QCOMPARE(signature.size(), std::size_t(size)); // RFC 7518 §3: of fixed size
        const auto again = KeyPair::fromPrivateDer(algorithm, pair.privateDer());
        const auto verifier = KeyPair::fromPublicDer(algorithm, pair.publicDer());
        QVERIFY2(again, why(again).constData());
        QVERIFY2(verifier, why(verifier).constData());
        QVERIFY(verifier->verifies("text", signature));
        QVERIFY(verifier->verifies("text", again->sign("text")));
        QVERIFY(!verifier->verifies("Text", signature));
        std::string changed = signature;
        changed.back() = static_cast<char>(changed.back() ^ 1);
        QVERIFY(!verifier->verifies("text", changed));
        QVERIFY(!verifier->verifies("text", signature + "x"));
        QVERIFY(!verifier->verifies("text", {}));
        QVERIFY(!other(algorithm).verifies("text", signature));
    }

    void saysItsPublicHalf()
    {
        const auto jwk = [this](Algorithm algorithm) { return madeFor(algorithm).publicJwk("id"); };
        const auto size = [](const boost::json::object &object, const char *name) {
            return store::fromBase64Url(std::string(object.at(name).as_string()))->size();
        };
        const auto rsa = jwk(Algorithm::Rs384);
        QCOMPARE(rsa.at("kty"), boost::json::value("RSA"));
        QCOMPARE(rsa.at("e"), boost::json::value("AQAB"));
        QCOMPARE(rsa.at("alg"), boost::json::value("RS384"));
        QCOMPARE(rsa.at("use"), boost::json::value("sig"));
        QCOMPARE(rsa.at("kid"), boost::json::value("id"));
        QCOMPARE(size(rsa, "n"), std::size_t(256));
        QVERIFY(!rsa.contains("d"));
        const auto ec = jwk(Algorithm::Es512);
        QCOMPARE(ec.at("kty"), boost::json::value("EC"));
        QCOMPARE(ec.at("crv"), boost::json::value("P-521"));
        QCOMPARE(size(ec, "x"), std::size_t(66)); // padded: RFC 7518 §6.2.1.2
        QCOMPARE(size(ec, "y"), std::size_t(66));
        const auto ed = jwk(Algorithm::EdDsa);
        QCOMPARE(ed.at("kty"), boost::json::value("OKP"));
        QCOMPARE(ed.at("crv"), boost::json::value("Ed25519"));
        QCOMPARE(size(ed, "x"), std::size_t(32));
        QVERIFY(!ed.contains("y"));
    }

    void takesNoOtherKeys()
    {
        const KeyPair ec = KeyPair::make(Algorithm::Es256);
        QVERIFY(!KeyPair::fromPrivateDer(Algorithm::Es384, ec.privateDer()));
        QVERIFY(!KeyPair::fromPrivateDer(Algorithm::Rs256, ec.privateDer()));
        QVERIFY(!KeyPair::fromPublicDer(Algorithm::EdDsa, ec.publicDer()));
        QVERIFY(!KeyPair::fromPublicDer(Algorithm::Es256, "rubbish"));
    }

    void hashes()
    {
        // OpenID Connect Core, A.4 (at_hash of an RS256 token) and RFC 7636, B.
        QCOMPARE(halfHash(Algorithm::Rs256, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
                 std::string("77QmUPtjPfzWtF2AnpK9RQ"));
        QCOMPARE(halfHash(Algorithm::EdDsa, "x").size(), std::size_t(43));
        QCOMPARE(sha256InBase64Url("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
                 std::string("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    }

    void makesRsaKeysInAdvance()
    {
        KeyMaker maker;
        QCOMPARE(maker.inStock(), std::size_t(0));
        QVERIFY(maker.take(Algorithm::Es256).algorithm() == Algorithm::Es256);
        QCOMPARE(maker.inStock(), std::size_t(0)); // those need none
        maker.stockUp();
        QTRY_COMPARE_WITH_TIMEOUT(maker.inStock(), std::size_t(1), 60'000);
        for (int i = 0; i < 3; ++i) // as long as more of them would take
            KeyPair::make(Algorithm::Rs256);
        QCOMPARE(maker.inStock(), std::size_t(1)); // nobody has wanted one yet
        const KeyPair first = maker.take(Algorithm::Rs512);
        QVERIFY(first.algorithm() == Algorithm::Rs512);
        QTRY_COMPARE_WITH_TIMEOUT(maker.inStock(), KeyMaker::Stock, 60'000);
        const KeyPair second = maker.take(Algorithm::Rs256);
        QVERIFY(second.publicDer() != first.publicDer());
        QTRY_COMPARE_WITH_TIMEOUT(maker.inStock(), KeyMaker::Stock, 60'000);
    }

    void suppliesWrites()
    {
        KeyMaker maker;
        int attempts = 0;
        std::string used;
        const auto done = withKeys(maker, [&](KeySupply &supply) -> Result<void> {
            ++attempts;
            const auto first = supply.take(Algorithm::Es256);
            const auto second = supply.take(Algorithm::EdDsa);
            if (!first || !second)
                return outOfKeys();
            const auto third = supply.take(Algorithm::Es256);
            if (!third)
                return outOfKeys();
            if (first->publicDer() == third->publicDer())
                return invalidRequest("twice the same");
            return {};
        });
        QVERIFY2(done, why(done).constData());
        QCOMPARE(attempts, 3);
        const auto failed = withKeys(maker, [&](KeySupply &) -> Result<void> { return invalidRequest("no"); });
        QCOMPARE(why(failed), why(invalidRequest("no")));
    }
};

QTEST_GUILESS_MAIN(TestKeyPair)
#include "tst_KeyPair.moc"
