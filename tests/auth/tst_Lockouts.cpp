// SPDX-License-Identifier: Apache-2.0
#include "auth/Lockouts.h"
#include "store/Store.h"
#include "support/Support.h"

#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::test;
using auth::LockoutRule;
using auth::Lockouts;

namespace {
constexpr Nanoseconds Second = 1'000'000'000;
constexpr MountId Here{1};
using Who = Lockouts::Who;
} // namespace

class TestLockouts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void locksAtTheThreshold()
    {
        Lockouts lockouts;
        const LockoutRule rule{3, 10, 10, false};
        Nanoseconds now = 1000 * Second;
        QCOMPARE(lockouts.fail(Here, "joe", Who::Known, rule, now), 0);
        QCOMPARE(lockouts.fail(Here, "joe", Who::Known, rule, now), 0);
        QVERIFY(!lockouts.isLocked(Here, "joe", rule, now));
        QCOMPARE(lockouts.fail(Here, "joe", Who::Known, rule, now), 3);
        QVERIFY(lockouts.isLocked(Here, "joe", rule, now));
        QVERIFY(!lockouts.isLocked(Here, "ann", rule, now));
        QVERIFY(!lockouts.isLocked(MountId{2}, "joe", rule, now));
        QVERIFY(lockouts.locked(Here, rule, now) == std::vector<std::string>{"joe"});
        now -= 500 * Second;
        QVERIFY(lockouts.isLocked(Here, "joe", rule, now)); // a clock set back frees nobody, and holds nobody longer
        now += 10 * Second;
        QVERIFY(!lockouts.isLocked(Here, "joe", rule, now));
        QVERIFY(lockouts.locked(Here, rule, now).empty());
    }

    void oneMoreFailureLocksAgain()
    {
        Lockouts lockouts;
        const LockoutRule rule{2, 10, 100, false};
        lockouts.fail(Here, "joe", Who::Known, rule, Second);
        lockouts.fail(Here, "joe", Who::Known, rule, Second);
        QVERIFY(!lockouts.isLocked(Here, "joe", rule, 20 * Second));
        QCOMPARE(lockouts.fail(Here, "joe", Who::Known, rule, 20 * Second), 3);
        QVERIFY(lockouts.isLocked(Here, "joe", rule, 20 * Second));
    }

    void forgets()
    {
        Lockouts lockouts;
        const LockoutRule rule{2, 10, 10, false};
        lockouts.fail(Here, "joe", Who::Known, rule, Second);
        QCOMPARE(lockouts.fail(Here, "joe", Who::Known, rule, 12 * Second), 0); // too long ago to count
        QVERIFY(!lockouts.isKept(Here, "joe"));
        lockouts.clear(Here, "joe");
        QCOMPARE(lockouts.fail(Here, "joe", Who::Known, rule, 12 * Second), 0);
        QCOMPARE(lockouts.fail(Here, "joe", Who::Known, rule, 12 * Second), 2);
        QVERIFY(lockouts.isKept(Here, "joe"));
        lockouts.clear(Here, "joe");
        QVERIFY(!lockouts.isLocked(Here, "joe", rule, 12 * Second));
        QVERIFY(!lockouts.isKept(Here, "joe"));
        const LockoutRule off{1, 10, 10, true};
        QCOMPARE(lockouts.fail(Here, "joe", Who::Known, off, Second), 0);
        QVERIFY(!lockouts.isLocked(Here, "joe", off, Second));
    }

    void locksNamesThatNobodyHas()
    {
        Lockouts lockouts;
        const LockoutRule rule{2, 10, 10, false};
        QCOMPARE(lockouts.fail(Here, "nobody", Who::Unknown, rule, Second), 0);
        QCOMPARE(lockouts.fail(Here, "nobody", Who::Unknown, rule, Second), 2);
        QVERIFY(lockouts.isLocked(Here, "nobody", rule, Second)); // as somebody who exists
        QVERIFY(lockouts.locked(Here, rule, Second).empty());     // but nobody is to be told of it
        QVERIFY(!lockouts.isLocked(Here, "nobody", rule, 12 * Second));
        lockouts.fail(Here, "nobody", Who::Unknown, rule, 13 * Second);
        QVERIFY(lockouts.isKept(Here, "nobody")); // as of somebody who exists
        lockouts.clear(Here, "nobody");
        for (int i = 0; i < 70'000; ++i) // there is room for no more than so many
            lockouts.fail(Here, std::to_string(i), Who::Unknown, rule, 20 * Second);
        lockouts.fail(Here, "joe", Who::Known, rule, 20 * Second);
        QCOMPARE(lockouts.fail(Here, "joe", Who::Known, rule, 20 * Second), 2);
        QVERIFY(lockouts.isLocked(Here, "joe", rule, 20 * Second));
    }

    void outlivesARestart()
    {
        QTemporaryDir folder;
        ManualClock clock;
        auto store = store::Store::open({folder.filePath(QStringLiteral("core.kith")).toStdString(),
                                         store::Access::ReadWrite, store::Durability::Full, "test", &clock});
        QVERIFY2(store, why(store).constData());
        const LockoutRule rule;
        const std::string longName(100'000, 'n');
        const auto written = (*store)->write([&](store::WriteSession &session) -> Result<void> {
            Lockouts::keep(session, Here, "joe", Who::Known, 5);
            Lockouts::keep(session, Here, "ann", Who::Known, 5);
            Lockouts::drop(session, Here, "ann");
            Lockouts::keep(session, Here, "nobody", Who::Unknown, 5);
            Lockouts::keep(session, Here, longName, Who::Unknown, 5);
            Lockouts::keep(session, Here, "later", Who::Unknown, 5);
            Lockouts::keep(session, Here, "later", Who::Known, 6);      // somebody was given the name meanwhile
            Lockouts::keep(session, MountId{99}, "joe", Who::Known, 5); // gone meanwhile
            return {};
        });
        QVERIFY2(written, why(written).constData());
        Lockouts lockouts;
        const auto read = (*store)->read([&](store::Session &session) -> Result<void> {
            lockouts.load(session);
            return {};
        });
        QVERIFY2(read, why(read).constData());
        QVERIFY(lockouts.isLocked(Here, "joe", rule, clock.now()));
        QVERIFY(!lockouts.isLocked(Here, "ann", rule, clock.now()));
        QVERIFY(lockouts.isLocked(Here, "nobody", rule, clock.now()));
        QVERIFY(lockouts.isLocked(Here, longName, rule, clock.now()));
        QVERIFY(!lockouts.isLocked(Here, longName.substr(1), rule, clock.now()));
        QVERIFY(lockouts.locked(Here, rule, clock.now()) == (std::vector<std::string>{"joe", "later"}));
        QVERIFY(lockouts.isKept(Here, "joe"));
        QVERIFY(lockouts.isKept(Here, longName));
    }

    /// A login whose write comes to nothing forgives nothing.
    void forgetsWhatIsCommitted()
    {
        QTemporaryDir folder;
        ManualClock clock;
        auto store = store::Store::open({folder.filePath(QStringLiteral("core.kith")).toStdString(),
                                         store::Access::ReadWrite, store::Durability::Full, "test", &clock});
        QVERIFY2(store, why(store).constData());
        Lockouts lockouts;
        const LockoutRule rule{1, 900, 900, false};
        const auto rows = [&] {
            return *(*store)->read([](store::Session &session) -> Result<std::int64_t> {
                return session.integer("SELECT count(*) FROM locked_user").value_or(-1);
            });
        };
        const auto clear = [&](bool good) {
            return (*store)->write([&](store::WriteSession &session) -> Result<void> {
                lockouts.clear(session, Here, "joe");
                if (good)
                    return {};
                return Error{ErrorCode::InvalidRequest, 400, "not so", {}};
            });
        };
        QCOMPARE(lockouts.fail(Here, "joe", Who::Known, rule, clock.now()), 1);
        QVERIFY((*store)->write([](store::WriteSession &session) -> Result<void> {
            Lockouts::keep(session, Here, "joe", Who::Known, 1);
            return {};
        }));
        QVERIFY(!clear(false));
        QVERIFY(lockouts.isLocked(Here, "joe", rule, clock.now()));
        QCOMPARE(rows(), 1);
        QVERIFY(clear(true));
        QVERIFY(!lockouts.isLocked(Here, "joe", rule, clock.now()));
        QCOMPARE(rows(), 0);
    }

    void keepsNoMoreGuessesThanItMay()
    {
        QTemporaryDir folder;
        ManualClock clock;
        auto store = store::Store::open({folder.filePath(QStringLiteral("core.kith")).toStdString(),
                                         store::Access::ReadWrite, store::Durability::Full, "test", &clock});
        QVERIFY2(store, why(store).constData());
        const std::string longName(100'000, 'n');
        const auto write = [&](const std::function<void(store::WriteSession &)> &function) {
            clock.advance(Second);
            return (*store)->write([&](store::WriteSession &session) -> Result<std::int64_t> {
                function(session);
                return session.integer("SELECT sum(length(alias)) FROM locked_user").value_or(-1);
            });
        };
        QVERIFY(write([&](auto &session) { Lockouts::keep(session, Here, "joe", Who::Known, 5); }));
        for (const char *guess : {"a", "b", "c"})
            QVERIFY(write([&](auto &session) { Lockouts::keep(session, Here, guess, Who::Unknown, 5); }));
        const auto few = write([](auto &session) {
            QVERIFY(!Lockouts::needsTidying(session, 3));
            QVERIFY(Lockouts::needsTidying(session, 2));
            Lockouts::tidy(session, 2);
            QVERIFY(!Lockouts::needsTidying(session, 2));
            QVERIFY(session.integer("SELECT 1 FROM locked_user WHERE alias = 'joe'"));
            QVERIFY(!session.integer("SELECT 1 FROM locked_user WHERE alias = 'a'"));
        });
        QCOMPARE(*few, 5);
        QVERIFY(*write([&](auto &session) { Lockouts::keep(session, Here, longName, Who::Unknown, 5); }) < 300);
        QCOMPARE(*write([&](auto &session) { Lockouts::drop(session, Here, longName); }), 5);
        std::string accented = "n";
        for (int i = 0; i < 1'000; ++i)
            accented += "\xC3\xA9"; // one of them lies across the limit
        QVERIFY(write([&](auto &session) {
            Lockouts::keep(session, Here, accented, Who::Unknown, 5);
            const auto kept = session.text("SELECT alias FROM locked_user WHERE alias LIKE 'n%'");
            QVERIFY(kept && QString::fromUtf8(kept->c_str()).toUtf8() == QByteArray::fromStdString(*kept));
        }));
    }
};

QTEST_GUILESS_MAIN(TestLockouts)
#include "tst_Lockouts.moc"
