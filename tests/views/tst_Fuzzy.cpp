// SPDX-License-Identifier: Apache-2.0
#include "views/Fuzzy.h"

#include <QTest>

using kith::views::fuzzyScore;

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

class TestFuzzy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fitsLettersInTheirOrder()
    {
        QVERIFY(fuzzyScore(text("ne"), text("New entity")));
        QVERIFY(fuzzyScore(text("NEWENT"), text("New entity")));
        QVERIFY(fuzzyScore(text("new ent"), text("New entity")));
        QVERIFY(!fuzzyScore(text("ent new"), text("New entity")));
        QVERIFY(!fuzzyScore(text("x"), text("New entity")));
        QVERIFY(!fuzzyScore({}, text("New entity")));
    }
    void prefersBeginningsAndNeighbours()
    {
        QVERIFY(*fuzzyScore(text("ng"), text("New group")) > *fuzzyScore(text("ng"), text("Forgetting")));
        QVERIFY(*fuzzyScore(text("exp"), text("Export")) > *fuzzyScore(text("exp"), text("Enable ex-people")));
        QVERIFY(*fuzzyScore(text("undo"), text("Undo")) > *fuzzyScore(text("undo"), text("Understand odours")));
        QVERIFY(*fuzzyScore(text("groups"), text("Groups")) >
                *fuzzyScore(text("groups"), text("Groups beside the table")));
    }
};

QTEST_GUILESS_MAIN(TestFuzzy)
#include "tst_Fuzzy.moc"
