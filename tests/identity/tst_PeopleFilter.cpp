// SPDX-License-Identifier: Apache-2.0
#include "identity/PeopleFilter.h"

#include "World.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <iterator>
#include <thread>

using namespace kith;
using namespace kith::identity;
using test::World;
using Kind = EntityCondition::Kind;

namespace {

std::uint32_t number(EntityId id)
{
    return static_cast<std::uint32_t>(id.value);
}

RowList everybody(const std::vector<EntityId> &ids)
{
    std::vector<std::uint32_t> rows;
    std::transform(ids.begin(), ids.end(), std::back_inserter(rows), number);
    return std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
}

int countStatement(unsigned, void *count, void *, void *)
{
    ++*static_cast<int *>(count);
    return 0;
}

/// In how many statements is found who fulfils the condition; and who it is.
std::pair<int, std::vector<std::uint32_t>> asked(World &world, PeopleFilter &filter, const EntityCondition &condition)
{
    int statements = 0;
    const auto rows = world.identities().read([&](const Snapshot &snapshot) {
        sqlite3 *handle = snapshot.session.database().getHandle();
        sqlite3_trace_v2(handle, SQLITE_TRACE_STMT, countStatement, &statements);
        auto found = filter.under(snapshot, {condition}, everybody({EntityId{1}, EntityId{2}}));
        sqlite3_trace_v2(handle, 0, nullptr, nullptr);
        return found;
    });
    if (!rows)
        qFatal("%s", test::why(rows).constData());
    return {statements, **rows};
}

int statements(World &world, PeopleFilter &filter, const EntityCondition &condition)
{
    return asked(world, filter, condition).first;
}

std::vector<std::uint32_t> people(World &world, PeopleFilter &filter, const EntityCondition &condition)
{
    return asked(world, filter, condition).second;
}

} // namespace

class TestPeopleFilter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// However few of very many people have what is looked for.
    void endsWhenCancelled()
    {
        World world;
        world.together([&] {
            for (int i = 0; i < 5'000; ++i)
                world.addEntity("person" + std::to_string(i));
        });
        const std::atomic<bool> cancel = true;
        const auto found = world.identities().read([&](const Snapshot &snapshot) {
            return peopleWho(snapshot, {Kind::Metadata, {}, "nobody's"}, &cancel);
        });
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Cancelled);
    }

    /// Names of policies compare as everywhere else, also beyond ASCII.
    void findsPoliciesInAnyCase()
    {
        World world;
        const EntityId ada = world.addEntity("ada");
        const EntityId bo = world.addEntity("bo");
        world.addPolicy(ada, "Ärzte");
        for (const Kind kind : {Kind::OwnPolicy, Kind::HasPolicy}) {
            for (const char *name : {"ÄRZTE", "ärzte"}) {
                const auto found = world.identities().read([&](const Snapshot &snapshot) {
                    return peopleWho(snapshot, {kind, {}, name});
                });
                QVERIFY2(found, test::why(found));
                QVERIFY(found->contains(ada.value));
                QVERIFY(!found->contains(bo.value));
            }
        }
    }

    /// Somebody logs in, and who looks at a group of a million people must not wait for all of them again.
    void asksAnewOnlyForWhatACommitConcerns()
    {
        World world;
        const EntityId ada = world.addEntity("ada");
        const EntityId bo = world.addEntity("bo");
        const GroupId top = world.addGroup("top");
        const GroupId low = world.addGroup("low");
        const GroupId other = world.addGroup("other");
        world.addSubgroup(top, low);
        world.addMember(low, ada);
        world.addPolicy(ada, "p");
        const auto filter = PeopleFilter::create(world.identities());
        const EntityCondition inGroup{Kind::InGroup, low};
        const EntityCondition below{Kind::BelowGroup, top};
        const EntityCondition own{Kind::OwnPolicy, {}, "p"};
        const EntityCondition has{Kind::HasPolicy, {}, "p"};
        const EntityCondition enabled{Kind::Enabled};
        const std::vector<EntityCondition> all{inGroup, below, own, has, enabled};
        const auto askedAnew = [&] {
            std::vector<EntityCondition> anew;
            for (const EntityCondition &condition : all)
                if (statements(world, *filter, condition) > 0)
                    anew.push_back(condition);
            return anew;
        };
        using Conditions = std::vector<EntityCondition>;
        QVERIFY(askedAnew() == all);
        QVERIFY(askedAnew().empty());

        world.addMember(other, bo);
        QVERIFY(askedAnew() == Conditions{has});
        world.addMember(low, bo);
        QVERIFY(askedAnew() == (Conditions{inGroup, below, has}));
        QCOMPARE(people(world, *filter, inGroup), (std::vector<std::uint32_t>{number(ada), number(bo)}));
        world.addEntity("cy");
        QVERIFY(askedAnew() == (Conditions{own, has, enabled}));
        world.addSubgroup(low, other);
        QVERIFY(askedAnew() == (Conditions{below, has}));
        world.removeMember(other, bo);
        QVERIFY(askedAnew() == (Conditions{below, has}));
        world.addPolicy(bo, "p");
        QVERIFY(askedAnew() == (Conditions{own, has, enabled}));
        QCOMPARE(people(world, *filter, own), (std::vector<std::uint32_t>{number(ada), number(bo)}));
        world.removeGroup(low);
        QVERIFY(askedAnew() == (Conditions{inGroup, below, has}));
        QVERIFY(people(world, *filter, inGroup).empty());
    }
    /// What was found in a snapshot from before a commit says nothing of what comes after it.
    void remembersNothingOfOlderSnapshots()
    {
        World world;
        const EntityId ada = world.addEntity("ada");
        const GroupId team = world.addGroup("team");
        const auto filter = PeopleFilter::create(world.identities());
        const EntityCondition inTeam{Kind::InGroup, team};
        const auto old = world.identities().read([&](const Snapshot &snapshot) {
            std::thread([&] { world.addMember(team, ada); }).join();
            return filter->under(snapshot, {inTeam}, everybody({ada}));
        });
        QVERIFY2(old, test::why(old));
        QVERIFY((*old)->empty());
        QCOMPARE(people(world, *filter, inTeam), std::vector<std::uint32_t>{number(ada)});
        world.addGroup("another");
        QCOMPARE(people(world, *filter, inTeam), std::vector<std::uint32_t>{number(ada)});
    }

    void keepsTheOrder()
    {
        World world;
        const EntityId ada = world.addEntity("ada");
        const EntityId bo = world.addEntity("bo");
        const EntityId cy = world.addEntity("cy");
        world.addPolicy(ada, "p");
        world.addPolicy(cy, "p");
        PeopleFilter filter;
        const auto numbers = [](const std::vector<EntityId> &ids) {
            std::vector<std::uint32_t> list;
            for (const EntityId id : ids)
                list.push_back(static_cast<std::uint32_t>(id.value));
            return list;
        };
        const auto all = std::make_shared<const std::vector<std::uint32_t>>(numbers({cy, bo, ada}));
        const auto under = [&](const std::vector<EntityCondition> &conditions) {
            return world.identities().read(
                [&](const Snapshot &snapshot) { return filter.under(snapshot, conditions, all); });
        };
        const auto both = under({{Kind::Enabled}, {Kind::OwnPolicy, {}, "p"}});
        QVERIFY2(both, test::why(both));
        QVERIFY(**both == numbers({cy, ada}));
        world.removeEntity(cy);
        const auto later = under({{Kind::Enabled}, {Kind::OwnPolicy, {}, "p"}});
        QVERIFY2(later, test::why(later));
        QVERIFY(**later == numbers({ada}));
    }
};

QTEST_GUILESS_MAIN(TestPeopleFilter)
#include "tst_PeopleFilter.moc"
