// SPDX-License-Identifier: Apache-2.0
#include "items/RowsDifference.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <random>

using namespace kith::items;

using Ids = std::vector<quint32>;

namespace {

/// Does to `before` what a model does: rows out, rows moved behind their neighbours, rows in.
Ids applied(Ids ids, const Ids &after)
{
    const RowsDifference change = difference(ids, after);
    for (auto range = change.removed.rbegin(); range != change.removed.rend(); ++range)
        ids.erase(ids.begin() + range->first, ids.begin() + range->last + 1);
    for (const quint32 id : change.moved) {
        ids.erase(std::find(ids.begin(), ids.end(), id));
        const auto place = std::find(change.kept.begin(), change.kept.end(), id);
        const auto target = place == change.kept.begin()
                                ? ids.begin()
                                : std::next(std::find(ids.begin(), ids.end(), *std::prev(place)));
        ids.insert(target, id);
    }
    for (const RowRange &range : change.inserted)
        ids.insert(ids.begin() + range.first, after.begin() + range.first, after.begin() + range.last + 1);
    return ids;
}

} // namespace

class TestRowsDifference : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seesNothingWhereNothingIs()
    {
        QCOMPARE(difference({}, {}).steps(), std::size_t{0});
        QCOMPARE(difference({1, 2, 3}, {1, 2, 3}).steps(), std::size_t{0});
    }
    void joinsNeighboursToRanges()
    {
        const RowsDifference change = difference({1, 2, 3, 4, 5, 6}, {1, 7, 8, 4, 6});
        QCOMPARE(change.removed, (std::vector<RowRange>{{1, 2}, {4, 4}}));
        QCOMPARE(change.inserted, (std::vector<RowRange>{{1, 2}}));
        QVERIFY(change.moved.empty());
        QCOMPARE(change.removedIds, (Ids{2, 3, 5}));
    }
    void movesOneRowForARename()
    {
        QCOMPARE(difference({1, 2, 3, 4, 5}, {2, 3, 4, 1, 5}).moved, Ids{1});
        QCOMPARE(difference({1, 2, 3, 4, 5}, {1, 5, 2, 3, 4}).moved, Ids{5});
    }
    void leadsFromAnyOrderToAnyOther()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 2000; ++round) {
            Ids all(40);
            std::iota(all.begin(), all.end(), round % 2 == 0 ? 1 : 4'000'000);
            if (round % 3 == 0) {
                for (quint32 &id : all)
                    id = id * 90'001; // sparse
            }
            const auto some = [&] {
                Ids ids = all;
                std::shuffle(ids.begin(), ids.end(), random);
                ids.resize(static_cast<std::size_t>(random.bounded(41)));
                if (random.bounded(2) == 0)
                    std::sort(ids.begin(), ids.end());
                return ids;
            };
            const Ids before = some();
            const Ids after = some();
            QCOMPARE(applied(before, after), after);
        }
    }
    void findsAFewChangesInManyRows()
    {
        QRandomGenerator random(11);
        for (int round = 0; round < 60; ++round) {
            Ids before(9000);
            std::iota(before.begin(), before.end(), 1);
            std::shuffle(before.begin(), before.end(), random);
            Ids after = before;
            const int changes = 1 + random.bounded(round % 3 == 0 ? 100 : 12);
            for (int change = 0; change < changes; ++change) {
                const auto at = after.begin() + random.bounded(static_cast<int>(after.size()));
                const auto to = after.begin() + random.bounded(static_cast<int>(after.size()));
                switch (random.bounded(4)) {
                case 0:
                    after.erase(at);
                    break;
                case 1:
                    after.insert(at, 100'000 + static_cast<quint32>(round * 1000 + change));
                    break;
                case 2:
                    after.erase(at, std::min(at + random.bounded(20), after.end()));
                    break;
                default:
                    if (at < to)
                        std::rotate(at, at + 1, to);
                    else
                        std::rotate(to, at, std::min(at + 1, after.end()));
                }
            }
            QCOMPARE(applied(before, after), after);
            QVERIFY(difference(before, after).steps() <= static_cast<std::size_t>(2 * changes));
        }
    }
    void keepsTheOrderOfThoseThatStay()
    {
        Ids before(20'000);
        std::iota(before.begin(), before.end(), 1);
        std::mt19937 random(3);
        std::shuffle(before.begin(), before.end(), random);
        for (const quint32 share : {1, 2, 3, 20'000}) {
            Ids after;
            std::copy_if(before.begin(), before.end(), std::back_inserter(after),
                         [&](quint32 id) { return id % share == 0; });
            const RowsDifference gone = difference(before, after);
            QVERIFY(gone.inserted.empty() && gone.moved.empty());
            QCOMPARE(gone.removedIds.size(), before.size() - after.size());
            QCOMPARE(applied(before, after), after);
            const RowsDifference came = difference(after, before);
            QVERIFY(came.removed.empty() && came.moved.empty());
            QCOMPARE(came.kept, after);
            QCOMPARE(applied(after, before), before);
        }
    }
    void isQuickForAMillionRows()
    {
        Ids before(1'000'000);
        std::iota(before.begin(), before.end(), 1);
        Ids after = before;
        std::rotate(after.begin(), after.begin() + 1, after.end());
        QElapsedTimer timer;
        timer.start();
        const RowsDifference change = difference(before, after);
        QCOMPARE(change.moved, Ids{1});
        QVERIFY2(timer.elapsed() < 3000, QByteArray::number(timer.elapsed())); // with sanitizers, on a busy machine
    }
};

QTEST_GUILESS_MAIN(TestRowsDifference)
#include "tst_RowsDifference.moc"
