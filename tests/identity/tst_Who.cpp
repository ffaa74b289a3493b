// SPDX-License-Identifier: Apache-2.0
#include "identity/Who.h"

#include "World.h"
#include "identity/Explanation.h"
#include "identity/Members.h"

#include <map>

using namespace kith;
using namespace kith::identity;
using test::World;

class TestWho : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Who has a policy is the explanation read from the other end: same people, same shortest way.
    void agreesWithTheExplanationsOfAll()
    {
        std::mt19937 random(3);
        const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
        for (int round = 0; round < 25; ++round) {
            World world;
            std::vector<EntityId> people;
            std::vector<GroupId> groups;
            world.together([&] {
                std::string letters = "ABCdefghij";
                std::shuffle(letters.begin(), letters.end(), random);
                for (std::size_t i = 0; i < letters.size(); ++i) {
                    groups.push_back(world.addGroup(std::string(1, letters[i])));
                    for (std::size_t parent = 0; parent < i; ++parent) {
                        if (below(3) == 0)
                            world.addSubgroup(groups[parent], groups[i]);
                    }
                    if (below(3) == 0)
                        world.addPolicy(groups[i], "wanted");
                }
                for (int i = 0; i < 8; ++i) {
                    people.push_back(world.addEntity("person" + std::to_string(i)));
                    for (std::size_t memberships = below(4); memberships > 0; --memberships)
                        world.addMember(groups[below(groups.size())], people.back());
                    if (below(4) == 0)
                        world.addPolicy(people.back(), "Wanted");
                }
            });
            const auto same = world.identities().read([&](const Snapshot &snapshot) -> Result<bool> {
                std::map<EntityId, std::vector<GroupId>> expected;
                for (const EntityId person : people) {
                    const auto policies = effectivePolicies(snapshot, person);
                    for (const EffectivePolicy &policy : *policies) {
                        if (policy.name == "wanted")
                            expected[person].assign(policy.sources.front().chain.begin(),
                                                    policy.sources.front().chain.end());
                    }
                }
                const auto who = whoHas(snapshot, "WANTED");
                std::map<EntityId, std::vector<GroupId>> found;
                for (const Holder &holder : who->entities)
                    found[holder.entity] = who->groups.chain(holder.through);
                for (const GroupId group : groups) {
                    const auto policies = effectivePolicies(snapshot, group);
                    const bool has = std::any_of(policies->begin(), policies->end(),
                                                 [](const auto &policy) { return policy.name == "wanted"; });
                    if (has != who->groups.contains(group))
                        return false;
                }
                return found == expected && who->entities.size() == found.size();
            });
            QVERIFY2(same, test::why(same));
            QVERIFY(*same);
        }
    }

    void knowsPoliciesThatNobodyHas()
    {
        World world;
        world.definePolicy("lonely", "");
        const auto read = [&](const char *name) {
            return *world.identities().read([&](const Snapshot &snapshot) { return whoHas(snapshot, name); });
        };
        QVERIFY(read("Lonely").defined);
        QVERIFY(read("lonely").entities.empty());
        QVERIFY(!read("unheard-of").policy);
        QVERIFY(!read("unheard-of").defined);
    }

    void listsMembersWithTheirWayIn()
    {
        World world;
        const GroupId top = world.addGroup("top");
        const GroupId left = world.addGroup("left");
        const GroupId right = world.addGroup("right");
        const GroupId low = world.addGroup("low");
        world.addSubgroup(top, left);
        world.addSubgroup(top, right);
        world.addSubgroup(left, low);
        world.addSubgroup(right, low);
        const EntityId near = world.addEntity("near");
        const EntityId far = world.addEntity("far");
        world.addMember(low, far);
        world.addMember(low, near);
        world.addMember(top, near);
        const auto read = world.identities().read([&](const Snapshot &snapshot) -> Result<bool> {
            const auto all = members(snapshot, top, Depth::WithSubgroups);
            const auto direct = members(snapshot, top, Depth::Direct);
            return all->members.size() == 2 && all->members[0].entity == near && all->members[1].entity == far &&
                   all->ways.chain(all->members[0].through) == std::vector<GroupId>{top} &&
                   all->ways.chain(all->members[1].through) == std::vector<GroupId>{low, left, top} &&
                   direct->members.size() == 1 && *peopleReached(snapshot, top) == 2 &&
                   members(snapshot, GroupId{4711}, Depth::Direct).error().code == ErrorCode::NotFound;
        });
        QVERIFY(*read);
    }
};

QTEST_GUILESS_MAIN(TestWho)
#include "tst_Who.moc"
