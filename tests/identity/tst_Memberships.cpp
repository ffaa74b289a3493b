// SPDX-License-Identifier: Apache-2.0
#include "identity/Memberships.h"

#include "World.h"
#include "identity/Explanation.h"
#include "identity/People.h"

using namespace kith;
using namespace kith::identity;
using test::World;

namespace {

/// A world that random commits change.
struct Office {
    World world;
    std::vector<EntityId> people;
    std::vector<GroupId> groups;
    std::mt19937 random{11};

    Office()
    {
        world.together([&] {
            for (int i = 0; i < 30; ++i)
                groups.push_back(world.addGroup("group" + std::to_string(i)));
            for (int i = 0; i < 600; ++i)
                people.push_back(world.addEntity("person" + std::to_string(i)));
            for (std::size_t i = 1; i < groups.size(); ++i) {
                world.addSubgroup(groups[below(i)], groups[i]);
                world.addPolicy(groups[i], "p" + std::to_string(below(20)));
            }
        });
    }
    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); }
    void changeSomething()
    {
        const EntityId person = people[below(people.size())];
        switch (below(5)) {
        case 0:
            world.addPolicy(person, "p" + std::to_string(below(30)));
            break;
        case 1:
            people.push_back(world.addEntity("new" + std::to_string(people.size())));
            break;
        case 2:
            world.removeMember(groups[below(groups.size())], person);
            break;
        default:
            world.addMember(groups[below(groups.size())], person);
        }
    }
    bool isInMemory()
    {
        return *world.identities().read(
            [](const Snapshot &snapshot) -> Result<bool> { return snapshot.memberships != nullptr; });
    }
    /// The first person of whom memory and file say different things.
    std::int64_t firstDifference()
    {
        return *world.identities().read([&](const Snapshot &snapshot) -> Result<std::int64_t> {
            const auto file = Memberships::load(snapshot.session, nullptr);
            const auto &memory = snapshot.memberships;
            for (std::int64_t id = 1; id < std::max((*file)->idEnd(), memory->idEnd()); ++id) {
                if ((*file)->contains(id) != memory->contains(id) ||
                    !std::ranges::equal((*file)->groups(id), memory->groups(id)) ||
                    !std::ranges::equal((*file)->policies(id), memory->policies(id)))
                    return id;
            }
            return 0;
        });
    }
};

} // namespace

class TestMemberships : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsEveryCommit()
    {
        Office office;
        QTRY_VERIFY(office.isInMemory());
        for (int i = 0; i < 100; ++i) {
            office.changeSomething();
            QVERIFY(office.isInMemory());
            QCOMPARE(office.firstDifference(), 0);
        }
        office.world.removeEntity(office.people[7]);
        office.world.removeGroup(office.groups[7]);
        QCOMPARE(office.firstDifference(), 0);
    }

    void followsLargeCommitsAndCommitsWhileItReads()
    {
        Office office;
        for (int round = 0; round < 4; ++round) {
            office.world.together([&] {
                for (int i = 0; i < 3000; ++i)
                    office.people.push_back(
                        office.world.addEntity(std::to_string(round) + " of many " + std::to_string(i)));
            });
            for (int i = 0; i < 20; ++i) { // the large one is being read meanwhile
                office.changeSomething();
                if (office.isInMemory())
                    QCOMPARE(office.firstDifference(), 0);
            }
            QTRY_VERIFY(office.isInMemory());
            QCOMPARE(office.firstDifference(), 0);
        }
    }

    void countsWhatTheExplanationLists_data()
    {
        QTest::addColumn<bool>("cycle");
        QTest::newRow("sound") << false;
        QTest::newRow("damaged by a cycle") << true;
    }
    void countsWhatTheExplanationLists()
    {
        QFETCH(bool, cycle);
        Office office;
        office.world.together([&] {
            for (int i = 0; i < 1500; ++i)
                office.changeSomething();
            if (cycle)
                office.world.addSubgroup(office.groups.back(), office.groups.front());
        });
        const auto wrong = office.world.identities().read([&](const Snapshot &given) -> Result<int> {
            Snapshot snapshot{given.session, given.graph, given.now, nullptr};
            std::vector<std::uint32_t> rows;
            for (const EntityId person : office.people)
                rows.push_back(static_cast<std::uint32_t>(person.value));
            const auto fromFile = policyCounts(snapshot, rows);
            snapshot.memberships = *Memberships::load(snapshot.session, nullptr);
            const auto fromMemory = policyCounts(snapshot, rows);
            int differing = 0;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const std::size_t listed = effectivePolicies(snapshot, EntityId{rows[i]})->size();
                differing += (*fromFile)[i] == listed && (*fromMemory)[i] == listed ? 0 : 1;
            }
            return differing;
        });
        QCOMPARE(*wrong, 0);
    }

    void findsThePeopleOfGroups()
    {
        Office office;
        office.world.together([&] {
            for (int i = 0; i < 1500; ++i)
                office.changeSomething();
        });
        const std::vector<GroupId> groups{office.groups[3], office.groups[5], GroupId{4711}};
        const auto found = office.world.identities().read([&](const Snapshot &snapshot) -> Result<bool> {
            const auto memberships = *Memberships::load(snapshot.session, nullptr);
            const auto people = peopleIn(snapshot, groups);
            RowIdSet scanned;
            memberships->forEachIn(
                [&](std::uint32_t group) { return group == groups[0].value || group == groups[1].value; },
                [&](std::int64_t id) { scanned.insert(id); });
            std::vector<std::int64_t> read;
            std::vector<std::int64_t> inMemory;
            people->forEach([&](std::int64_t id) { read.push_back(id); });
            scanned.forEach([&](std::int64_t id) { inMemory.push_back(id); });
            return !read.empty() && read == inMemory;
        });
        QVERIFY(*found);
    }
};

QTEST_GUILESS_MAIN(TestMemberships)
#include "tst_Memberships.moc"
