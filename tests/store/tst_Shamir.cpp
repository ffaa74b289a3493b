// SPDX-License-Identifier: Apache-2.0
#include "store/Base64.h"
#include "store/Seal.h"
#include "store/Shamir.h"
#include "support/Support.h"

#include <QTest>

#include <set>

using namespace kith;
using namespace kith::store;

class TestShamir : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Shares that another implementation made (OpenBao 2.7.2), two of three, of one secret.
    void readsSharesOfOthers()
    {
        const std::vector<std::string> shares{
            *fromHex("c168835769b80b4ae0bc81bb7f1354912d1ccbe1fb5016d1198fc59d643c09295a"),
            *fromHex("2f487439e1d48a625a3b02b44ee3baa3634cade166537fc8f3aaa457b92be86a4c"),
            *fromHex("ca6d1f48b718cd850ba0f87927875fa437991ee11d3d0146773d18f688bbc04e0f")};
        const std::string secret = combineShares({shares[0], shares[1]}).value();
        QCOMPARE(secret.size(), std::size_t(32));
        QCOMPARE(combineShares({shares[2], shares[0]}).value(), secret);
        QCOMPARE(combineShares({shares[1], shares[2]}).value(), secret);
        QCOMPARE(combineShares(shares).value(), secret);
    }
    void anyEnoughSharesGiveTheSecret()
    {
        const std::string secret = randomBytes(32);
        const auto shares = splitSecret(secret, {5, 3});
        QCOMPARE(shares.size(), std::size_t(5));
        std::set<char> points;
        for (const std::string &share : shares) {
            QCOMPARE(share.size(), std::size_t(33));
            points.insert(share.back());
        }
        QCOMPARE(points.size(), std::size_t(5));
        QVERIFY(!points.contains('\0'));
        for (std::size_t a = 0; a < 5; ++a)
            for (std::size_t b = 0; b < 5; ++b)
                for (std::size_t c = 0; c < 5; ++c)
                    if (a != b && b != c && a != c)
                        QCOMPARE(combineShares({shares[a], shares[b], shares[c]}).value(), secret);
        QVERIFY(combineShares({shares[0], shares[1]}).value() != secret);
    }
    void sharesAreNewEachTime()
    {
        const std::string secret(32, 'x');
        std::set<std::string> seen;
        for (int i = 0; i < 20; ++i)
            for (const std::string &share : splitSecret(secret, {2, 2}))
                seen.insert(share.substr(0, 32));
        QCOMPARE(seen.size(), std::size_t(40));
    }
    void oneShareIsTheSecret() { QCOMPARE(splitSecret("abc", {1, 1}), std::vector<std::string>{"abc"}); }
    void takesAsManyAsThereArePoints()
    {
        const std::string secret = randomBytes(32);
        const auto shares = splitSecret(secret, {255, 255});
        QCOMPARE(combineShares(shares).value(), secret);
    }
    void refusesWhatCantBe_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("threshold");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("none") << 0 << 1 << QByteArray("shares must be at least one");
        QTest::newRow("negative") << -1 << 1 << QByteArray("shares must be at least one");
        QTest::newRow("no threshold") << 1 << 0 << QByteArray("threshold must be at least one");
        QTest::newRow("too high") << 2 << 3 << QByteArray("threshold cannot be larger than shares");
        QTest::newRow("copies") << 2 << 1 << QByteArray("threshold must be greater than one for multiple shares");
        QTest::newRow("too many") << 256 << 2 << QByteArray("shares must be less than 256");
        QTest::newRow("right") << 255 << 2 << QByteArray();
    }
    void refusesWhatCantBe()
    {
        QFETCH(int, count);
        QFETCH(int, threshold);
        QFETCH(QByteArray, why);
        QCOMPARE(QByteArray::fromStdString(whyNotShareable({count, threshold})), why);
        if (!why.isEmpty())
            QVERIFY_EXCEPTION_THROWN(splitSecret("x", {count, threshold}), std::logic_error);
    }
    void refusesSharesThatDontFit()
    {
        QVERIFY(!combineShares({}));
        QVERIFY(!combineShares({"ab"}));
        QVERIFY(!combineShares({"ab", "abc"}));
        QVERIFY(!combineShares({"a", "b"}));
        QVERIFY(!combineShares({"xa", "ya"}));
    }
};

QTEST_GUILESS_MAIN(TestShamir)
#include "tst_Shamir.moc"
