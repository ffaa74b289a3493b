// SPDX-License-Identifier: Apache-2.0
#include "auth/SignIns.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

using kith::auth::SignIn;
using kith::auth::SignIns;

class TestSignIns : public QObject
{
    Q_OBJECT

    static constexpr std::size_t Large = 256U << 10U; // bytes

    static SignIn from(const std::string &peer)
    {
        SignIn signIn;
        signIn.role = "r";
        signIn.peer = peer;
        return signIn;
    }
    static std::vector<std::string> addMany(SignIns &signIns, std::size_t many, const std::string &mount = "m")
    {
        std::vector<std::string> states;
        for (std::size_t i = 0; i < many; ++i)
            states.push_back(signIns.add(mount, from("10.0.0.1"), 1));
        return states;
    }
    static std::size_t found(SignIns &signIns, const std::vector<std::string> &states, const std::string &mount = "m")
    {
        return std::size_t(std::count_if(states.begin(), states.end(), [&](const std::string &state) {
            return signIns.find(mount, state, 2).has_value();
        }));
    }
    static std::vector<std::string> postMany(SignIns &signIns, std::size_t many, const std::string &mount = "m")
    {
        std::vector<std::string> states = addMany(signIns, many, mount);
        for (const std::string &state : states)
            signIns.keepPosted(mount, state, std::string(Large, 'x'), {}, 1);
        return states;
    }

private Q_SLOTS:
    void endsInTime()
    {
        SignIns signIns;
        const std::string state = signIns.add("m", from("10.0.0.1"), 1);
        QVERIFY(signIns.find("m", state, SignIns::Life));
        QVERIFY(!signIns.find("other", state, SignIns::Life));
        QVERIFY(!signIns.find("m", state, SignIns::Life + 1));
        signIns.add("other", from("10.0.0.1"), SignIns::Life + 1);
        QVERIFY(!signIns.find("m", state, 2)); // whichever mount is asked
    }

    /// Whoever began may never ask for what came of it; nor may anybody else sign in after that.
    void keepsNoQuestionForWhoNeverAsks()
    {
        kith::auth::Questions questions;
        SignIns signIns;
        kith::auth::Recognised recognised;
        recognised.question = questions.ask();
        const std::weak_ptr<const kith::auth::Questions::Question> open = recognised.question;
        const std::string state = signIns.add("m", from("10.0.0.1"), 1);
        QVERIFY(signIns.keepRecognised("m", state, std::move(recognised), 1));
        recognised = {};
        signIns.tidy(SignIns::Life);
        QVERIFY(!open.expired() && signIns.find("m", state, SignIns::Life));
        signIns.tidy(SignIns::Life + 1);
        QVERIFY(open.expired());
    }

    void oneAddressPushesOutItsOwn()
    {
        SignIns signIns;
        const std::string other = signIns.add("m", from("10.0.0.2"), 1);
        const auto states = addMany(signIns, SignIns::Most);
        QVERIFY(signIns.find("m", other, 2));
        QVERIFY(!signIns.find("m", states.front(), 2));
        QCOMPARE(found(signIns, states), SignIns::Most - 1);
    }

    void whoeverIsInDoesNotCount()
    {
        SignIns signIns;
        const auto states = addMany(signIns, SignIns::Most);
        QVERIFY(signIns.take("m", states.back(), 2));
        QVERIFY(!signIns.take("m", states.back(), 2));
        signIns.add("m", from("10.0.0.2"), 2);
        QVERIFY(signIns.find("m", states.front(), 2));
    }

    void keepsOnlySoManyBytes()
    {
        SignIns signIns;
        const std::string other = signIns.add("m", from("10.0.0.2"), 1);
        QVERIFY(signIns.keepPosted("m", other, std::string(3'000, 'x'), {}, 1));
        const std::string small = signIns.add("m", from("10.0.0.1"), 1);
        const auto states = postMany(signIns, 100);
        QVERIFY(found(signIns, states) * Large <= SignIns::MostBytesOfMount);
        QVERIFY(found(signIns, states) > 20);
        QVERIFY(signIns.find("m", small, 2));
        const auto still = signIns.find("m", other, 2);
        QVERIFY(still);
        QCOMPARE(still->postedIdToken.size(), std::size_t(3'000));
    }

    void keepsOnlySoManyBytesOfAllMounts()
    {
        SignIns signIns;
        std::size_t kept = 0;
        std::vector<std::pair<std::string, std::vector<std::string>>> mounts;
        for (int i = 0; i < 8; ++i) {
            const std::string mount = "m" + std::to_string(i);
            mounts.emplace_back(mount, postMany(signIns, 30, mount));
        }
        for (const auto &[mount, states] : mounts)
            kept += found(signIns, states, mount);
        QVERIFY(kept * Large <= SignIns::MostBytes);
        QVERIFY(kept > 100);
    }

    void forgetsAMount()
    {
        SignIns signIns;
        const std::string gone = signIns.add("m", from("10.0.0.1"), 1);
        const std::string stays = signIns.add("n", from("10.0.0.1"), 1);
        signIns.forget("m");
        QVERIFY(!signIns.find("m", gone, 2));
        QVERIFY(signIns.find("n", stays, 2));
        signIns.forgetAll();
        QVERIFY(!signIns.find("n", stays, 2));
    }

    void oneAtATimeAsksAboutADevice()
    {
        SignIns signIns;
        const std::string state = signIns.add("m", from("10.0.0.1"), 1);
        QVERIFY(signIns.beginPoll("m", state, 2));
        QVERIFY(!signIns.beginPoll("m", state, 2));
        signIns.endPoll("m", state);
        QVERIFY(signIns.beginPoll("m", state, 2));
        signIns.take("m", state, 2);
        signIns.endPoll("m", state);
        QVERIFY(!signIns.beginPoll("m", state, 2));
    }

    void asksAboutADeviceAsOftenAsTheProviderWants()
    {
        SignIns signIns;
        SignIn device = from("10.0.0.1");
        device.pollInterval = 5;
        const std::string state = signIns.add("m", device, 0);
        const auto asks = [&](std::int64_t second) {
            const bool may = signIns.beginPoll("m", state, second * 1'000'000'000);
            signIns.endPoll("m", state);
            return may;
        };
        QVERIFY(asks(100));
        QVERIFY(!asks(104));
        QVERIFY(asks(105));
        signIns.slowDown("m", state, std::int64_t{105} * 1'000'000'000);
        QVERIFY(!asks(114));
        QVERIFY(asks(115));
        QVERIFY(asks(1)); // the clock was set back
    }
};

QTEST_GUILESS_MAIN(TestSignIns)
#include "tst_SignIns.moc"
