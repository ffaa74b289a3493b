// SPDX-License-Identifier: Apache-2.0
#include "store/Escapes.h"

#include <QTest>

using namespace kith;

class TestEscapes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void html();
    void encoded();
    void decoded();
};

void TestEscapes::html()
{
    QCOMPARE(escapedForHtml("<a href=\"x\">&'"), std::string("&lt;a href=&#34;x&#34;&gt;&amp;&#39;"));
}

void TestEscapes::encoded()
{
    QCOMPARE(percentEncoded("aZ0-._~"), std::string("aZ0-._~"));
    QCOMPARE(percentEncoded("a b+c/\xC3\xA4%\n"), std::string("a%20b%2Bc%2F%C3%A4%25%0A"));
}

void TestEscapes::decoded()
{
    QVERIFY(decodePath("a%20b+c%2f%2F") == std::string("a b+c//"));
    QVERIFY(decodeQuery("a%20b+c%2B") == std::string("a b c+"));
    for (const char *bad : {"%", "%a", "%zz", "x%1", "%+1"})
        QVERIFY2(!decodePath(bad) && !decodeQuery(bad), bad);
    const std::string all = "a b+c/\xC3\xA4%\n";
    QVERIFY(decodePath(percentEncoded(all)) == all && decodeQuery(percentEncoded(all)) == all);
}

QTEST_GUILESS_MAIN(TestEscapes)
#include "tst_Escapes.moc"
