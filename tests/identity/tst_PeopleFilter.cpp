// SPDX-License-Identifier: Apache-2.0
#include "identity/PeopleFilter.h"

#include "World.h"

using namespace kith;
using namespace kith::identity;
using test::World;
using Kind = EntityCondition::Kind;

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
