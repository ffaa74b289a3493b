// SPDX-License-Identifier: Apache-2.0
#include "store/Base64.h"

#include "store/Seal.h"

#include <QByteArray>
#include <QTest>

using namespace kith::store;

class TestBase64 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Qt's own coder is the other opinion.
    void agreesWithQt()
    {
        for (std::size_t size = 0; size < 100; ++size) {
            const std::string bytes = randomBytes(size);
            const QByteArray same = QByteArray::fromStdString(bytes);
            QCOMPARE(toBase64(bytes), same.toBase64().toStdString());
            QCOMPARE(toBase64Url(bytes),
                     same.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString());
            QCOMPARE(toHex(bytes), same.toHex().toStdString());
            QCOMPARE(fromBase64(toBase64(bytes)).value(), bytes);
            QCOMPARE(fromBase64Url(toBase64Url(bytes)).value(), bytes);
            QCOMPARE(fromHex(toHex(bytes)).value(), bytes);
        }
    }

    void saysWhereItIsWrong()
    {
        QCOMPARE(fromBase64("!!").error(), std::size_t(0));
        QCOMPARE(fromBase64("QUJ$").error(), std::size_t(3));
        QVERIFY(!fromBase64("QUJ"));
        QVERIFY(!fromBase64("Q==="));
        QVERIFY(!fromBase64("QUI=x"));
        QVERIFY(!fromBase64Url("QUI="));
        QCOMPARE(fromBase64Url("A").error(), std::size_t{0}); // the one that is too many
        QCOMPARE(fromBase64Url("QUJDR").error(), std::size_t{4});
        QCOMPARE(fromBase64Url("Q*I").error(), std::size_t{1});
        QCOMPARE(fromHex("0g").error(), std::size_t(1));
        QCOMPARE(fromHex("012").error(), std::size_t(2));
        QCOMPARE(fromBase64("QU\r\nI=\n").value(), std::string("AB"));
        QCOMPARE(fromHex("aAF0").value(), std::string("\xAA\xF0"));
    }
};

QTEST_GUILESS_MAIN(TestBase64)
#include "tst_Base64.moc"
