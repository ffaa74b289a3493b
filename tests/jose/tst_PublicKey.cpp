// SPDX-License-Identifier: Apache-2.0
#include "jose/PublicKey.h"

#include "store/Json.h"
#include "support/SigningKey.h"
#include "support/Support.h"

#include <QTest>

#include <map>

using namespace kith;
using test::SigningKey;

Q_DECLARE_METATYPE(kith::test::SigningKey::Kind)

class TestPublicKey : public QObject
{
    Q_OBJECT

    std::map<SigningKey::Kind, std::pair<SigningKey, SigningKey>> m_keys;

    /// Made once: RSA takes its time.
    const std::pair<SigningKey, SigningKey> &keys(SigningKey::Kind kind)
    {
        const auto known = m_keys.find(kind);
        return known != m_keys.end()
                   ? known->second
                   : m_keys.emplace(kind, std::pair(SigningKey(kind), SigningKey(kind))).first->second;
    }

private Q_SLOTS:
    void verifies_data()
    {
        QTest::addColumn<SigningKey::Kind>("kind");
        QTest::addColumn<QByteArray>("algorithm");
        for (const char *name : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
            QTest::newRow(name) << SigningKey::Kind::Rsa << QByteArray(name);
        QTest::newRow("ES256") << SigningKey::Kind::P256 << QByteArray("ES256");
        QTest::newRow("ES384") << SigningKey::Kind::P384 << QByteArray("ES384");
        QTest::newRow("ES512") << SigningKey::Kind::P521 << QByteArray("ES512");
        QTest::newRow("EdDSA") << SigningKey::Kind::Ed25519 << QByteArray("EdDSA");
    }
    void verifies()
    {
        QFETCH(SigningKey::Kind, kind);
        QFETCH(QByteArray, algorithm);
        const SigningKey &key = keys(kind).first;
        const SigningKey &other = keys(kind).second;
        const std::string text = "header.payload";
        const auto name = *jose::signatureAlgorithm(algorithm.toStdString());
        const std::string signature = key.signature(text, algorithm.toStdString());
        const auto ofPem = jose::PublicKey::fromPem(key.pem());
        QVERIFY2(ofPem, test::why(ofPem));
        const auto ofJwk = jose::PublicKey::fromJwk(key.jwk("a"));
        QVERIFY2(ofJwk, test::why(ofJwk));
        for (const jose::PublicKey &good : {*ofPem, *ofJwk}) {
            QVERIFY(good.verifies(name, text, signature));
            QVERIFY(!good.verifies(name, "header.Payload", signature));
            QVERIFY(!good.verifies(name, text, signature.substr(1)));
            QVERIFY(!good.verifies(name, text, {}));
            for (const jose::SignatureAlgorithm algo : jose::AllSignatureAlgorithms)
                QCOMPARE(good.verifies(algo, text, signature), algo == name);
        }
        QVERIFY(!jose::PublicKey::fromPem(other.pem())->verifies(name, text, signature));
    }

    void wantsLeadingZeros_data()
    {
        QTest::addColumn<QByteArray>("algorithm");
        QTest::newRow("RS256") << QByteArray("RS256");
        QTest::newRow("PS512") << QByteArray("PS512");
    }
    /// One signature of RSA in 256 begins with a zero: it is none without it.
    void wantsLeadingZeros()
    {
        QFETCH(QByteArray, algorithm);
        const SigningKey &key = keys(SigningKey::Kind::Rsa).first;
        const auto reader = jose::PublicKey::fromPem(key.pem());
        QVERIFY2(reader, test::why(reader));
        std::string text = "1";
        std::string signature = key.signature(text, algorithm.toStdString());
        for (int number = 2; signature.front() != '\0' && number < 10'000; ++number) {
            text = std::to_string(number);
            signature = key.signature(text, algorithm.toStdString());
        }
        QCOMPARE(signature.front(), '\0');
        const auto name = *jose::signatureAlgorithm(algorithm.toStdString());
        QVERIFY(reader->verifies(name, text, signature));
        QVERIFY(!reader->verifies(name, text, signature.substr(1)));
        QVERIFY(!reader->verifies(name, text, std::string(1, '\0') + signature));
    }

    void refusesPem_data()
    {
        QTest::addColumn<QByteArray>("pem");
        QTest::addColumn<QByteArray>("expected");
        const std::string good = SigningKey().pem();
        const auto row = [](const char *name, const std::string &pem, const char *expected) {
            QTest::newRow(name) << QByteArray::fromStdString(pem) << QByteArray(expected);
        };
        row("nothing", "", "data does not contain any valid public keys");
        row("word", "bad", "data does not contain any valid public keys");
        row("two", good + good, "unexpected trailing data after parsed PEM block");
        row("more", good + "junk", "unexpected trailing data after parsed PEM block");
        row("other", "-----BEGIN RSA PUBLIC KEY-----\nMAYCAQ8CAQM=\n-----END RSA PUBLIC KEY-----\n",
            "x509: malformed tbs certificate");
    }
    void refusesPem()
    {
        QFETCH(QByteArray, pem);
        QFETCH(QByteArray, expected);
        const auto key = jose::PublicKey::fromPem(pem.toStdString());
        QVERIFY(!key);
        QCOMPARE(QByteArray::fromStdString(key.error().wire), expected);
    }

    /// Keys on curves whose numbers are as long as those of P-256: made with `openssl ecparam -name … -genkey`.
    void refusesOtherCurves_data()
    {
        QTest::addColumn<QByteArray>("base64");
        QTest::newRow("secp256k1") << QByteArray(
            "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEFr2yeH2FJ9NjyMnjLNFeXLzWUS+nEyBBQZTBeitYR6rSHvOQ8uojvs+Nwh"
            "irT/ihS6BjTTtPUEJCiBbgPCFo8w==");
        QTest::newRow("brainpoolP256r1") << QByteArray(
            "MFowFAYHKoZIzj0CAQYJKyQDAwIIAQEHA0IABJvMBEdAL+dLXfS2b1/6pRLsI3Svw3qQ/ZW5PnuP97iHeu+MmdUVCE"
            "xPvICvnf9ABtnAa385wKafj3XQT5/o5/0=");
        QTest::newRow("P-256 by its numbers")
            << QByteArray("MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAAAAAAAAAAAAAA//////////////"
                          "//MFsEIP////8AAAABAAAAAAAAAAAAAAAA///////////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+"
                          "J9JgSwMVAMSdNgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/h"
                          "p/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA//////////+85vqtpxeehPO5ysL8YyVRAgEBA0IA"
                          "BPmtvMhsYZUYS0BBDS24e/HFfWR/ARcJptMfth9/g0sR72INuaUSA1GM81zSfXIO7cs/96iiIUHoP2XdFhfRapY=");
    }
    void refusesOtherCurves()
    {
        QFETCH(QByteArray, base64);
        const auto pem = "-----BEGIN PUBLIC KEY-----\n" + base64.toStdString() + "\n-----END PUBLIC KEY-----\n";
        const auto key = jose::PublicKey::fromPem(pem);
        QVERIFY(!key);
        QCOMPARE(key.error().wire, std::string("x509: malformed serial number"));
        const auto der = jose::PublicKey::fromDer(QByteArray::fromBase64(base64).toStdString());
        QVERIFY2(der, test::why(der));
        QVERIFY(!der->fits(*jose::signatureAlgorithm("ES256")));
    }

    void readsSets()
    {
        const auto read = [](std::string_view text) { return jose::keySet(*store::fromJson(text)); };
        QVERIFY(read("{}")->empty());
        QVERIFY(read(R"({"keys":[]})")->empty());
        for (const char *bad :
             {"[]", "5", R"({"keys":5})", R"({"keys":[5]})", R"({"keys":[{"kty":"zz"}]})", R"({"keys":[{"kty":"EC"}]})",
              R"({"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]})", R"({"keys":[{"kty":"RSA","n":"AA"}]})",
              R"({"keys":[{"kty":"OKP","crv":"Ed25519"}]})", R"({"keys":[{"kty":"oct"}]})",
              R"({"keys":[{"kty":"OKP","crv":"X25519","x":"AA"}]})",
              R"({"keys":[{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}]})"})
            QVERIFY2(!read(bad), bad);
        for (const char *useless :
             {"null", R"({"keys":[{"kty":"oct","k":"AA"}]})", R"({"keys":[{"kty":"RSA","n":"","e":"AQAB"}]})",
              R"({"keys":[{"kty":"RSA","n":"AA","e":"AQAB"}]})",
              R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"AA"}]})"})
            QVERIFY2(read(useless) && read(useless)->empty(), useless);
        for (const char *name : {"kid", "alg", "use"}) {
            boost::json::object jwk = SigningKey().jwk("a");
            jwk[name] = "zz";
            QVERIFY(jose::keySet(boost::json::object{{"keys", {jwk}}}));
            jwk[name] = 5;
            QVERIFY(!jose::keySet(boost::json::object{{"keys", {jwk}}}));
        }
        // A point that is not on the curve.
        boost::json::object jwk = SigningKey().jwk("a");
        jwk["x"] = SigningKey().jwk("a").at("x");
        QVERIFY(!jose::PublicKey::fromJwk(jwk));
        const auto keys = jose::keySet(boost::json::object{
            {"keys", boost::json::array{SigningKey().jwk("a"), SigningKey(SigningKey::Kind::Rsa).jwk("b")}}});
        QVERIFY2(keys, test::why(keys));
        QCOMPARE(keys->size(), std::size_t{2});
        QCOMPARE(keys->at(1).kid, std::string("b"));
    }
};

QTEST_GUILESS_MAIN(TestPublicKey)
#include "tst_PublicKey.moc"
