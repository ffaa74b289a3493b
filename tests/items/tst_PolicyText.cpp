// SPDX-License-Identifier: Apache-2.0
#include "items/PolicyText.h"

#include <QTest>

using namespace kith::items;

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

class TestPolicyText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesRulesApart()
    {
        const PolicyReading read = readPolicy(text("# people\n"
                                                   "path \"secret/data/a\" { capabilities = [\"read\"] }\n"
                                                   "path \"secret/data/team/*\" {\n"
                                                   "  capabilities = [\"update\", \"create\"]\n"
                                                   "  required_parameters = [\"ttl\"]\n"
                                                   "  denied_parameters = { \"x\" = [] }\n"
                                                   "}\n"
                                                   "path \"auth/+/login/*\" { capabilities = [\"deny\"] }\n"
                                                   "path \"home/{{identity.entity.name}}\" { policy = \"write\" }\n"));
        QVERIFY(!read.fault);
        QCOMPARE(read.rules.size(), std::size_t{4});
        QCOMPARE(read.rules[0].line, 2);
        QCOMPARE(read.rules[0].matches, PolicyRule::Matches::Exactly);
        QCOMPARE(read.rules[0].capabilities, QStringList{text("read")});
        QCOMPARE(read.rules[1].line, 3);
        QCOMPARE(read.rules[1].matches, PolicyRule::Matches::Below);
        QCOMPARE(read.rules[1].stem, text("secret/data/team/"));
        QCOMPARE(read.rules[1].capabilities, (QStringList{text("create"), text("update")}));
        QCOMPARE(read.rules[1].requiredParameters, QStringList{text("ttl")});
        QCOMPARE(read.rules[1].deniedParameters, QStringList{text("x")});
        QCOMPARE(read.rules[2].matches, PolicyRule::Matches::Segments);
        QVERIFY(read.rules[2].open);
        QVERIFY(read.rules[2].denies);
        QVERIFY(read.rules[3].templated);
        QVERIFY(read.rules[3].capabilities.contains(text("delete")));
    }
    void readsWhatHasExpired()
    {
        const PolicyReading read =
            readPolicy(text("path \"a\" {\n capabilities = [\"read\"]\n expiration = \"2001-02-03T04:05:06Z\"\n}\n"));
        QVERIFY(!read.fault);
        QCOMPARE(read.rules.size(), std::size_t{1});
        QVERIFY(read.rules[0].expired);
    }
    void saysWhereItIsWrong_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("words");
        QTest::newRow("a brace is missing")
            << text("path \"a\" {\n  capabilities = [\"read\"]\n") << 3 << text("RBRACE");
        QTest::newRow("a quote is missing")
            << text("path \"a\" {\n  capabilities = [\"read]\n}\n") << 2 << text("literal not terminated");
        QTest::newRow("a capability")
            << text("path \"a\" { capabilities = [\"read\"] }\npath \"b\" {\n  capabilities = [\"reed\"]\n}\n") << 3
            << text("reed");
        QTest::newRow("a word in a rule")
            << text("path \"a\" { capabilities = [\"read\"] }\npath \"b\" {\n  capabilties = [\"read\"]\n}\n") << 3
            << text("capabilties");
        QTest::newRow("a word outside") << text("path \"a\" { capabilities = [\"read\"] }\nfolder \"b\" {}\n") << 2
                                        << text("folder");
        QTest::newRow("wildcards") << text("path \"a\" { capabilities = [\"read\"] }\npath \"b/+*\" { capabilities = "
                                           "[\"read\"] }\n")
                                   << 2 << text("wildcards");
    }
    void saysWhereItIsWrong()
    {
        QFETCH(QString, policy);
        QFETCH(int, line);
        QFETCH(QString, words);
        const PolicyReading read = readPolicy(policy);
        QVERIFY(read.fault);
        QVERIFY2(read.fault->text.contains(words), qPrintable(read.fault->text));
        QCOMPARE(read.fault->line, line);
        QVERIFY(read.rules.empty());
    }
    void namesAPathOnce_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("plain") << text("secret/data/release/*");
        QTest::newRow("from the root") << text("/secret/data");
        QTest::newRow("with quotes") << text("secret/\\\"data\\\"/*");
        QTest::newRow("wildcards") << text("b/+*");
    }
    /// Servers name it twice.
    void namesAPathOnce()
    {
        QFETCH(QString, path);
        const PolicyReading read = readPolicy(text("path \"%1\" { capabilities = [\"wirte\"] }\n").arg(path));
        QVERIFY(read.fault);
        QCOMPARE(read.fault->line, 1);
        QVERIFY2(read.fault->text.startsWith(text("path \"%1\": invalid ").arg(path)), qPrintable(read.fault->text));
    }
    void allowsNothingWhenEmpty()
    {
        QVERIFY(!readPolicy({}).fault);
        QVERIFY(readPolicy({}).rules.empty());
    }
};

QTEST_GUILESS_MAIN(TestPolicyText)
#include "tst_PolicyText.moc"
