// SPDX-License-Identifier: Apache-2.0
#include "store/Passphrase.h"

#include "store/Base64.h"
#include "support/Support.h"

#include <QTest>

using namespace kith;
using namespace kith::store;
using test::why;

class tst_Passphrase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheRfc();
    void dependsOnEverything();
    void survivesJson();
    void refusesWhatItCantBear_data();
    void refusesWhatItCantBear();
};

void tst_Passphrase::agreesWithTheRfc()
{
    Scrypt scrypt; // RFC 7914 §12, the first half of the third vector
    scrypt.salt = "SodiumChloride";
    scrypt.cost = 16384;
    const auto key = keyFromPassphrase("pleaseletmein", scrypt);
    QVERIFY2(key, why(key));
    QCOMPARE(toHex(key->bytes()), std::string("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"));
}

void tst_Passphrase::dependsOnEverything()
{
    Scrypt scrypt = Scrypt::withNewSalt();
    QVERIFY(scrypt.salt != Scrypt::withNewSalt().salt);
    scrypt.cost = 16;
    const std::string key(keyFromPassphrase("one", scrypt)->bytes());
    QVERIFY(key != keyFromPassphrase("two", scrypt)->bytes());
    QVERIFY(key != keyFromPassphrase("", scrypt)->bytes());
    Scrypt other = scrypt;
    other.cost = 32;
    QVERIFY(key != keyFromPassphrase("one", other)->bytes());
    other = scrypt;
    other.salt += 'x';
    QVERIFY(key != keyFromPassphrase("one", other)->bytes());
    QVERIFY(key == keyFromPassphrase("one", scrypt)->bytes());
}

void tst_Passphrase::survivesJson()
{
    Scrypt scrypt = Scrypt::withNewSalt();
    scrypt.parallelism = 2;
    const auto read = Scrypt::fromJson(scrypt.toJson());
    QVERIFY2(read, why(read));
    QCOMPARE(read->salt, scrypt.salt);
    QCOMPARE(read->cost, scrypt.cost);
    QCOMPARE(read->blockSize, scrypt.blockSize);
    QCOMPARE(read->parallelism, scrypt.parallelism);
}

void tst_Passphrase::refusesWhatItCantBear_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray("{}");
    QTest::newRow("no salt") << QByteArray(R"({"n":1024,"r":8,"p":1})");
    QTest::newRow("bad salt") << QByteArray(R"({"salt":"?","n":1024,"r":8,"p":1})");
    QTest::newRow("no power of two") << QByteArray(R"({"salt":"YQ==","n":1000,"r":8,"p":1})");
    QTest::newRow("negative") << QByteArray(R"({"salt":"YQ==","n":1024,"r":-8,"p":1})");
    QTest::newRow("all the memory") << QByteArray(R"({"salt":"YQ==","n":1073741824,"r":8,"p":1})");
    QTest::newRow("overflow") << QByteArray(R"({"salt":"YQ==","n":4611686018427387904,"r":8,"p":1})");
    QTest::newRow("all the time") << QByteArray(R"({"salt":"YQ==","n":1024,"r":8,"p":100000})");
    QTest::newRow("texts") << QByteArray(R"({"salt":"YQ==","n":"1024","r":8,"p":1})");
}

void tst_Passphrase::refusesWhatItCantBear()
{
    QFETCH(QByteArray, json);
    QVERIFY(!Scrypt::fromJson(boost::json::parse(json.toStdString()).as_object()));
}

QTEST_GUILESS_MAIN(tst_Passphrase)
#include "tst_Passphrase.moc"
