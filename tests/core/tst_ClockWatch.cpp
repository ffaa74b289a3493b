// SPDX-License-Identifier: Apache-2.0
#include "core/ClockWatch.h"

#include <QTest>

using namespace kith;
using core::ClockWatch;

namespace {
constexpr Nanoseconds Second = 1'000'000'000;
constexpr Nanoseconds Start = 1'700'000'000 * Second;
} // namespace

class TestClockWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void trustsNobodyAtFirst()
    {
        ClockWatch watch;
        QVERIFY(watch.wasSetBack(Start, 0));
        QVERIFY(watch.wasSetBack(Start + Second, Second)); // until somebody has looked
        watch.settle(Start + Second, Second);
        QVERIFY(!watch.wasSetBack(Start + 2 * Second, 2 * Second));
    }
    void seesEachWayBack()
    {
        ClockWatch watch;
        watch.settle(Start, 0);
        QVERIFY(watch.wasSetBack(Start + 8 * Second, 10 * Second)); // on its face it has gone on
        watch.settle(Start + 8 * Second, 10 * Second);
        QVERIFY(!watch.wasSetBack(Start + 18 * Second, 20 * Second));
        QVERIFY(!watch.wasSetBack(Start + 1000 * Second, 30 * Second)); // set forth
        QVERIFY(watch.wasSetBack(Start + 900 * Second, 40 * Second));   // and not so far back
    }
    void addsUpWhatIsSmall()
    {
        ClockWatch watch;
        watch.settle(Start, 0);
        for (int i = 1; i <= 2; ++i)
            QVERIFY(!watch.wasSetBack(Start + i * 10 * Second - i * Second / 2, i * 10 * Second));
        QVERIFY(watch.wasSetBack(Start + 28 * Second, 30 * Second));
    }
};

QTEST_GUILESS_MAIN(TestClockWatch)
#include "tst_ClockWatch.moc"
