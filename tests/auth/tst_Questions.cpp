// SPDX-License-Identifier: Apache-2.0
#include "auth/Questions.h"

#include <QTest>

using namespace kith;
using auth::Questions;

class tst_Questions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theLaterQuestionCounts()
    {
        Questions questions;
        auto first = questions.ask();
        auto second = questions.ask();
        QVERIFY(second->isNews("ada"));
        QVERIFY(!first->isNews("ada"));
        QVERIFY(first->isNews("bo")); // of somebody else
        QVERIFY(second->isNews("bo"));
        QVERIFY(second->isNews("ada")); // a write may be tried twice
        second.reset();
        QVERIFY(!first->isNews("ada")); // as long as the earlier one is open
        first.reset();
        QVERIFY(questions.ask()->isNews("ada"));
    }
    void remembersAcrossThoseInBetween()
    {
        Questions questions;
        auto first = questions.ask();
        auto second = questions.ask();
        auto third = questions.ask();
        QVERIFY(third->isNews("ada"));
        third.reset();
        first.reset();
        QVERIFY(!second->isNews("ada"));
    }
};

QTEST_GUILESS_MAIN(tst_Questions)
#include "tst_Questions.moc"
