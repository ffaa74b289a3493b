// SPDX-License-Identifier: Apache-2.0
#include "auth/Cidr.h"

#include <QTest>

using namespace kith;
using namespace kith::auth;

class TestCidr : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addressesLieInBlocks_data()
    {
        QTest::addColumn<QByteArray>("block");
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<bool>("within");
        const auto row = [](const char *block, const char *address, bool within) {
            QTest::addRow("%s %s", block, address) << QByteArray(block) << QByteArray(address) << within;
        };
        row("127.0.0.1", "127.0.0.1", true);
        row("127.0.0.1", "127.0.0.2", false);
        row("10.0.0.0/8", "10.255.1.2", true);
        row("10.0.0.0/8", "11.0.0.0", false);
        row("10.1.2.0/23", "10.1.3.255", true);
        row("10.1.2.0/23", "10.1.4.0", false);
        row("0.0.0.0/0", "8.8.8.8", true);
        row("0.0.0.0/0", "::1", false);
        row("2001:db8::/32", "2001:db8:1::5", true);
        row("2001:db8::/32", "2001:db9::", false);
        row("127.0.0.1/32", "::ffff:127.0.0.1", true);
        row("::1", "::1", true);
        row("::1", "", false);
        row("::1", "nonsense", false);
    }
    void addressesLieInBlocks()
    {
        QFETCH(QByteArray, block);
        QFETCH(QByteArray, address);
        QTEST(isWithin({block.toStdString()}, address.toStdString()), "within");
    }
    void whatIsNoBlockIsRefused()
    {
        QVERIFY(parseCidrs({"10.0.0.0/8", "::1", "1.2.3.4/32"}));
        for (const char *wrong : {"", "nope", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8", "::1/129"})
            QVERIFY2(!parseCidrs({wrong}), wrong);
    }
};

QTEST_GUILESS_MAIN(TestCidr)
#include "tst_Cidr.moc"
