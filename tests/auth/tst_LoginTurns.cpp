// SPDX-License-Identifier: Apache-2.0
#include "auth/LoginTurns.h"

#include <QElapsedTimer>
#include <QTest>
#include <QtConcurrent/QtConcurrentRun>

#include <optional>
#include <vector>

using kith::auth::LoginTurns;

class TestLoginTurns : public QObject
{
    Q_OBJECT

    static std::vector<LoginTurns::Turn> takeAll(LoginTurns &turns, const char *mount)
    {
        std::vector<LoginTurns::Turn> taken;
        for (std::size_t i = 0; i < LoginTurns::MostAtOnce; ++i)
            taken.push_back(turns.take(mount));
        return taken;
    }

private Q_SLOTS:
    void givesTurnsToEachMount()
    {
        LoginTurns turns;
        const auto taken = takeAll(turns, "a");
        for (const LoginTurns::Turn &turn : taken)
            QVERIFY(turn);
        QVERIFY(turns.take("b"));
    }

    /// However many try to log in.
    void renewalsHaveTheirOwn()
    {
        LoginTurns turns;
        const auto taken = takeAll(turns, "a");
        QVERIFY(turns.take("a", LoginTurns::For::Renewals));
    }

    void waitsForATurn()
    {
        LoginTurns turns;
        auto taken = takeAll(turns, "a");
        auto waiting = QtConcurrent::run([&] { return bool(turns.take("a")); });
        taken.pop_back();
        QVERIFY(waiting.result());
    }

    /// Whoever comes while others have waited long already doesn't even begin to.
    void losesPatience()
    {
        LoginTurns turns;
        const auto taken = takeAll(turns, "a");
        QElapsedTimer time;
        time.start();
        QVERIFY(!turns.take("a"));
        QVERIFY(time.elapsed() >= 2'500);
        time.restart();
        QVERIFY(!turns.take("a"));
        QVERIFY(time.elapsed() < 1'000);
        QVERIFY(turns.take("b"));
    }
};

QTEST_GUILESS_MAIN(TestLoginTurns)
#include "tst_LoginTurns.moc"
