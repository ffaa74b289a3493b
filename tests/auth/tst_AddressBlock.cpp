// SPDX-License-Identifier: Apache-2.0
#include "auth/AddressBlock.h"

#include <QTest>

using kith::auth::AddressBlock;

class TestAddressBlock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char *text, const char *shown) {
            QTest::addRow("%s", text) << QByteArray(text) << QByteArray(shown);
        };
        // As the real server shows them.
        row("10.1.2.3/8", "10.1.2.3/8");
        row("127.0.0.1/32", "127.0.0.1");
        row("::1", "::1");
        row("::1/128", "::1");
        row("2001:DB8::/32", "2001:db8::/32");
        row("0.0.0.0/0", "0.0.0.0/0");
        row("::ffff:1.2.3.4", "1.2.3.4");
        row("::ffff:1.2.3.0/120", "1.2.3.0/24");
        // None of these is one.
        for (const char *wrong : {"", "zz", "localhost", "01.2.3.4", "1.2.3", "fe80::1%eth0", "1.2.3.4/33", "1.2.3.4/",
                                  "1.2.3.4/-1", "1.2.3.4/8x", "::1/129", "::ffff:1.2.3.4/90"})
            row(wrong, "");
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, shown);
        const auto block = AddressBlock::parse(text.toStdString());
        QCOMPARE(block.has_value(), !shown.isEmpty());
        if (block)
            QCOMPARE(QByteArray::fromStdString(block->text()), shown);
    }

    void contains()
    {
        const auto holds = [](const char *outer, const char *inner) {
            return AddressBlock::parse(outer)->contains(*AddressBlock::parse(inner));
        };
        QVERIFY(holds("10.0.0.0/8", "10.255.0.1"));
        QVERIFY(holds("10.9.9.9/8", "10.1.0.0/16"));
        QVERIFY(!holds("10.1.0.0/16", "10.0.0.0/8"));
        QVERIFY(!holds("10.0.0.0/9", "10.128.0.1"));
        QVERIFY(holds("0.0.0.0/0", "255.255.255.255"));
        QVERIFY(!holds("0.0.0.0/0", "::1"));
        QVERIFY(holds("2001:db8::/33", "2001:db8:7fff::1"));
        QVERIFY(!holds("2001:db8::/33", "2001:db8:8000::1"));
        QVERIFY(holds("127.0.0.1", "::ffff:127.0.0.1"));
    }
};

QTEST_GUILESS_MAIN(TestAddressBlock)
#include "tst_AddressBlock.moc"
