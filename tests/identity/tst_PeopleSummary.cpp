// SPDX-License-Identifier: Apache-2.0
#include "identity/PeopleSummary.h"

#include "World.h"

using namespace kith;
using namespace kith::identity;
using test::World;

class TestPeopleSummary : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Which values the most have is known only when all are counted.
    void showsWhatMostHave()
    {
        World world;
        std::vector<EntityId> people;
        world.together([&] {
            for (std::size_t i = 0; i < PeopleSummary::MostValues + 3; ++i) {
                people.push_back(world.addEntity("person" + std::to_string(i)));
                const std::string site = i < PeopleSummary::MostValues ? "alone " + std::to_string(i) : "shared";
                world.setMetadata(people.back(), R"({"site":")" + site + R"("})");
            }
        });
        const auto summary =
            world.identities().read([&](const Snapshot &snapshot) { return summaryOf(snapshot, people); });
        QVERIFY2(summary, test::why(summary));
        QCOMPARE(summary->metadata.size(), std::size_t{1});
        const PeopleSummary::Key &site = summary->metadata.front();
        QCOMPARE(site.people, static_cast<std::int64_t>(PeopleSummary::MostValues + 3));
        QCOMPARE(site.values.size(), PeopleSummary::MostValues);
        QCOMPARE(site.values.front().text, std::string("shared"));
        QCOMPARE(site.values.front().people, std::int64_t{3});
        QVERIFY(!site.complete);
    }
};

QTEST_GUILESS_MAIN(TestPeopleSummary)
#include "tst_PeopleSummary.moc"
