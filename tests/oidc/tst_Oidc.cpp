// SPDX-License-Identifier: Apache-2.0
#include "oidc/Oidc.h"
#include "store/Store.h"
#include "support/Support.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <set>

using namespace kith;
using namespace kith::test;
using namespace kith::oidc;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;
constexpr MountId Mount{1};

} // namespace

/// Named keys in a real store, and what is done to them from time to time.
class TestOidc : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    /// Something may happen while somebody looks at it.
    struct WatchedClock final : Clock {
        Nanoseconds now() const override
        {
            if (const auto happens = onNow)
                happens();
            return clock.now();
        }
        void advance(Nanoseconds by) { clock.advance(by); }
        ManualClock clock;
        std::function<void()> onNow;
    };

    WatchedClock m_clock;
    std::unique_ptr<store::Store> m_store;
    store::Seal m_seal{store::SecretKey::random()};

    void open()
    {
        m_store.reset();
        auto store = store::Store::open({m_folder->filePath(QStringLiteral("core.kith")).toStdString(),
                                         store::Access::ReadWrite, store::Durability::Full, "test", &m_clock});
        QVERIFY2(store, why(store).constData());
        m_store = std::move(*store);
    }

    NamedKey key(const std::string &name = "k")
    {
        const auto found = m_store->read(
            [&](store::Session &session) { return NamedKeys(store::Entries(session, m_seal, Mount)).find(name); });
        return found && *found ? **found : NamedKey();
    }

    /// Makes a key, or changes one.
    template <class Change>
    void change(KeyMaker &maker, Change &&change, const std::string &name = "k")
    {
        const auto done = withKeys(maker, [&](KeySupply &supply) {
            return m_store->write([&](store::WriteSession &session) -> Result<void> {
                const store::Entries entries(session, m_seal, Mount);
                auto known = NamedKeys(entries).find(name);
                NamedKey key = *known ? **known : NamedKey();
                key.name = name;
                if (auto changed = change(key, supply, session.now); !changed)
                    return changed;
                saveKey(entries, key);
                return {};
            });
        });
        QVERIFY2(done, why(done).constData());
    }

    void makeKey(Oidc &oidc, Algorithm algorithm = Algorithm::Es256)
    {
        change(oidc.maker(), [&](NamedKey &key, KeySupply &supply, Nanoseconds now) {
            key.algorithm = algorithm;
            key.rotationPeriod = 60;
            key.verificationTtl = 90;
            return key.ensureKeys(supply, now);
        });
    }

    void run(Oidc &oidc)
    {
        const auto done = oidc.runPeriodically(*m_store, m_seal, Mount);
        QVERIFY2(done, why(done).constData());
    }

    bool isPublished(const std::string &kid)
    {
        const auto found = m_store->read([&](store::Session &session) {
            return findPublic(store::Entries(session, m_seal, Mount), kid, m_clock.now());
        });
        return found && *found;
    }

    static std::set<std::string> kids(const NamedKey &key)
    {
        std::set<std::string> all;
        for (const NamedKey::Public &each : key.ring)
            all.insert(each.kid);
        return all;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        open();
    }
    void cleanup() { m_store.reset(); }

    void publishesTheNextKeyBeforeItSigns()
    {
        Oidc oidc;
        makeKey(oidc);
        const NamedKey made = key();
        QVERIFY(made.signing && made.next);
        QVERIFY(kids(made) == (std::set<std::string>{made.signing->kid, made.next->kid}));
        run(oidc);
        m_clock.advance(59 * Second);
        run(oidc);
        QVERIFY(key().signing->kid == made.signing->kid);
        m_clock.advance(1 * Second);
        run(oidc);
        const NamedKey rotated = key();
        QCOMPARE(rotated.signing->kid, made.next->kid);
        QVERIFY(!kids(made).contains(rotated.next->kid));
        QVERIFY(isPublished(made.signing->kid)); // what it signed is still good
        m_clock.advance(60 * Second);
        run(oidc);
        QCOMPARE(key().signing->kid, rotated.next->kid);
        m_clock.advance(30 * Second); // 90 s after it signed last
        QVERIFY(!isPublished(made.signing->kid));
        run(oidc);
        QVERIFY(!kids(key()).contains(made.signing->kid));
        QVERIFY(isPublished(made.next->kid));
    }

    void rotatesOnceAfterSeveralPeriodsOff()
    {
        NamedKey made;
        {
            Oidc oidc;
            makeKey(oidc);
            made = key();
        }
        m_store.reset();
        m_clock.advance(3600 * Second);
        open();
        Oidc oidc;
        run(oidc);
        const NamedKey rotated = key();
        QCOMPARE(rotated.signing->kid, made.next->kid); // the one that verifiers may know
        QVERIFY(isPublished(made.signing->kid));        // it may have signed a moment ago
        QCOMPARE(rotated.nextRotation, m_clock.now() + 60 * Second);
        run(oidc);
        QCOMPARE(key().signing->kid, rotated.signing->kid);
    }

    void rotatesAtOnce()
    {
        Oidc oidc;
        makeKey(oidc);
        const NamedKey made = key();
        change(oidc.maker(),
               [](NamedKey &key, KeySupply &supply, Nanoseconds now) { return key.rotate(supply, now, 0); });
        QCOMPARE(key().signing->kid, made.next->kid);
        QVERIFY(!isPublished(made.signing->kid)); // with 0 seconds: forgotten
        change(oidc.maker(),
               [](NamedKey &key, KeySupply &supply, Nanoseconds now) { return key.rotate(supply, now, 5); });
        QVERIFY(isPublished(made.next->kid));
        m_clock.advance(5 * Second);
        QVERIFY(!isPublished(made.next->kid));
    }

    void keepsWhatAnotherAlgorithmSigned()
    {
        Oidc oidc;
        makeKey(oidc);
        const NamedKey made = key();
        makeKey(oidc, Algorithm::EdDsa);
        const NamedKey changed = key();
        QVERIFY(changed.signing->algorithm == Algorithm::EdDsa && changed.next->algorithm == Algorithm::EdDsa);
        QVERIFY(isPublished(made.signing->kid) && isPublished(changed.signing->kid));
        m_clock.advance(90 * Second);
        QVERIFY(!isPublished(made.signing->kid) && !isPublished(made.next->kid));
        QVERIFY(isPublished(changed.signing->kid));
    }

    void signsAfterARestart()
    {
        Oidc oidc;
        makeKey(oidc);
        const auto before = oidc.signer(*key().signing, oidc.generation());
        QVERIFY2(before, why(before).constData());
        open();
        Oidc another;
        const auto after = another.signer(*key().signing, another.generation());
        QVERIFY2(after, why(after).constData());
        QVERIFY(before->verifies("text", after->sign("text")));
    }

    void keepsNothingOfAnotherCore()
    {
        Oidc oidc;
        makeKey(oidc);
        const std::uint64_t before = oidc.generation();
        const NamedKey::Signer signer = *key().signing;
        oidc.forget(); // it was sealed, or another file took its place
        QVERIFY(oidc.signer(signer, before));
        QCOMPARE(oidc.signersKept(), std::size_t(0));
        QVERIFY(oidc.signer(signer, oidc.generation()));
        QCOMPARE(oidc.signersKept(), std::size_t(1));
        oidc.forget();
        QCOMPARE(oidc.signersKept(), std::size_t(0));
    }

    /// What is due is read while the core is restored: that isn't what is due afterwards.
    void looksAgainAfterARestoreMeanwhile()
    {
        Oidc oidc;
        makeKey(oidc);
        const std::string first = key().signing->kid;
        m_clock.onNow = [&] {
            m_clock.onNow = nullptr;
            oidc.forget();
        };
        run(oidc);
        change(oidc.maker(), [](NamedKey &key, KeySupply &, Nanoseconds now) -> Result<void> {
            key.nextRotation = now; // as it was in the file that was restored
            return {};
        });
        run(oidc);
        QVERIFY(key().signing->kid != first);
        // The same of a restore between two runs.
        run(oidc);
        const std::string second = key().signing->kid;
        change(oidc.maker(), [](NamedKey &key, KeySupply &, Nanoseconds now) -> Result<void> {
            key.nextRotation = now;
            return {};
        });
        oidc.forget();
        run(oidc);
        QVERIFY(key().signing->kid != second);
    }

    void hasABuiltInKey()
    {
        QVERIFY(!key("default").signing);
        QVERIFY(key("default").allows("anybody"));
        QVERIFY(!key("k").allows("anybody"));
        Oidc oidc;
        run(oidc);
        QVERIFY(!key("default").signing); // nobody has used it yet
        const auto names = m_store->read([&](store::Session &session) -> Result<std::vector<std::string>> {
            return NamedKeys(store::Entries(session, m_seal, Mount)).names();
        });
        QVERIFY(*names == std::vector<std::string>{"default"});
    }

    void forgetsRemovedKeys()
    {
        Oidc oidc;
        makeKey(oidc);
        const NamedKey made = key();
        const auto removed = m_store->write([&](store::WriteSession &session) -> Result<void> {
            removeKey(store::Entries(session, m_seal, Mount), made);
            return {};
        });
        QVERIFY2(removed, why(removed).constData());
        QVERIFY(!isPublished(made.signing->kid));
        QVERIFY(!key().signing);
    }

    void settlesWithEachRun()
    {
        Oidc oidc;
        QVERIFY(!oidc.isSettled());
        run(oidc);
        QVERIFY(oidc.isSettled());
        oidc.changed();
        QVERIFY(!oidc.isSettled());
        run(oidc);
        QVERIFY(oidc.isSettled());
    }

    void cutsTheAddress()
    {
        Oidc oidc;
        oidc.setApiAddress("https://a.example:8200/");
        QCOMPARE(oidc.apiAddress(), std::string("https://a.example:8200"));
    }
};

QTEST_GUILESS_MAIN(TestOidc)
#include "tst_Oidc.moc"
