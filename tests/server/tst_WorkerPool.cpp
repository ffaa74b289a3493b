// SPDX-License-Identifier: Apache-2.0
#include "server/WorkerPool.h"

#include <QTest>

#include <atomic>
#include <latch>

using kith::server::WorkerPool;
using Lane = WorkerPool::Lane;

class TestWorkerPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// What waits for other servers has its share of the threads, and no more.
    void nobodyWaitsForWhatHangs()
    {
        std::latch answered(1);
        std::atomic<int> logins = 0;
        std::atomic<int> renewals = 0;
        std::atomic<int> ordinary = 0;
        {
            WorkerPool workers(8);
            for (int i = 0; i < 20; ++i) {
                workers.run(Lane::Renewal, [&] {
                    ++renewals;
                    answered.wait();
                });
                workers.run(Lane::Login, [&] {
                    ++logins;
                    answered.wait();
                });
            }
            QTRY_COMPARE(logins, 4);
            QTRY_COMPARE(renewals, 2);
            for (int i = 0; i < 20; ++i)
                workers.run(Lane::Ordinary, [&] { ++ordinary; });
            QTRY_COMPARE(ordinary, 20);
            QCOMPARE(logins, 4);
            QCOMPARE(renewals, 2);
            answered.count_down();
        } // it finishes what was given to it
        QCOMPARE(logins, 20);
        QCOMPARE(renewals, 20);
    }

    void aSmallPoolDoesEverything()
    {
        std::atomic<int> done = 0;
        {
            WorkerPool workers(1);
            for (const Lane lane : {Lane::Renewal, Lane::Login, Lane::Ordinary, Lane::Renewal})
                workers.run(lane, [&] { ++done; });
        }
        QCOMPARE(done, 4);
    }
};

QTEST_GUILESS_MAIN(TestWorkerPool)
#include "tst_WorkerPool.moc"
