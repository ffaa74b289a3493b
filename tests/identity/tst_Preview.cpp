// SPDX-License-Identifier: Apache-2.0
#include "identity/Preview.h"

#include "World.h"
#include "identity/Explanation.h"
#include "identity/People.h"

#include <map>
#include <set>

using namespace kith;
using namespace kith::identity;
using test::World;

namespace {

using PolicyNames = std::set<std::string>;

/// A random organisation in a world of its own, and everyone's policies as the explanation says them.
struct Organisation {
    World world;
    std::vector<EntityId> people;
    std::vector<GroupId> groups;
    std::mt19937 random;

    explicit Organisation(unsigned seed) : random(seed)
    {
        world.together([&] {
            for (int i = 0; i < 12; ++i) {
                groups.push_back(world.addGroup("group" + std::to_string(i)));
                for (int parent = 0; parent < i; ++parent) {
                    if (below(4) == 0)
                        world.addSubgroup(groups[static_cast<std::size_t>(parent)], groups.back());
                }
                if (below(3) != 0)
                    world.addPolicy(groups.back(), "p" + std::to_string(below(8)));
            }
            for (int i = 0; i < 10; ++i) {
                people.push_back(world.addEntity("person" + std::to_string(i)));
                for (std::size_t memberships = below(4); memberships > 0; --memberships)
                    world.addMember(groups[below(groups.size())], people.back());
                if (below(3) == 0)
                    world.addPolicy(people.back(), "p" + std::to_string(below(8)));
            }
        });
    }

    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); }

    std::map<EntityId, PolicyNames> explained()
    {
        const auto read =
            world.identities().read([&](const Snapshot &snapshot) -> Result<std::map<EntityId, PolicyNames>> {
                std::map<EntityId, PolicyNames> all;
                for (const EntityId person : people) {
                    const auto policies = effectivePolicies(snapshot, person);
                    PolicyNames &names = all[person];
                    for (const EffectivePolicy &policy : *policies)
                        names.insert(policy.name);
                }
                return all;
            });
        return *read;
    }

    std::set<EntityId> reached(const Change &change)
    {
        // By SQLite alone, so that the preview's own walk is compared with something else.
        std::set<EntityId> people(change.addPeople.begin(), change.addPeople.end());
        const auto read = world.identities().read([&](const Snapshot &snapshot) -> Result<int> {
            for (const GroupId group : change.addGroups) {
                auto rows = snapshot.session.query("WITH RECURSIVE below(id) AS (SELECT ?1 UNION SELECT child FROM "
                                                   "member_group JOIN below ON parent = id) "
                                                   "SELECT entity FROM member_entity JOIN below ON grp = id",
                                                   group);
                while (rows.step())
                    people.insert(rows.id<EntityId>(0));
            }
            return 0;
        });
        return read ? people : std::set<EntityId>();
    }

    /// Half of them with the memberships in memory, half without.
    Preview preview(const Change &change)
    {
        const bool inMemory = below(2) == 0;
        const auto found = world.identities().read([&](const Snapshot &given) -> Result<Preview> {
            Snapshot snapshot{given.session, given.graph, given.now, nullptr};
            if (inMemory)
                snapshot.memberships = *Memberships::load(snapshot.session, nullptr);
            return identity::preview(snapshot, change, nullptr);
        });
        if (!found)
            qFatal("%s", test::why(found).constData());
        return *found;
    }

    void apply(const Change &change)
    {
        world.together([&] {
            for (const EntityId person : change.addPeople) {
                if (change.from)
                    world.removeMember(change.from, person);
                if (change.target)
                    world.addMember(change.target, person);
            }
            for (const GroupId group : change.addGroups) {
                if (change.from)
                    world.removeSubgroup(change.from, group);
                if (change.target)
                    world.addSubgroup(change.target, group);
            }
        });
    }

    Change randomChange()
    {
        Change change;
        change.target = groups[below(groups.size())];
        if (below(2) == 0)
            change.from = groups[below(groups.size())];
        if (change.from && below(4) == 0)
            change.target = {};
        for (std::size_t count = below(4); count > 0; --count)
            change.addPeople.push_back(people[below(people.size())]);
        for (std::size_t count = below(3); count > 0; --count)
            change.addGroups.push_back(groups[below(groups.size())]);
        return change;
    }
};

std::map<std::string, std::int64_t> counted(const std::vector<PolicyChange> &changes)
{
    std::map<std::string, std::int64_t> counts;
    for (const PolicyChange &change : changes)
        counts[change.name] = change.people;
    return counts;
}

} // namespace

class TestPreview : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void equalsTheDifferenceOfExplanations()
    {
        int made = 0;
        int moved = 0;
        int withGroups = 0;
        for (unsigned seed = 0; seed < 12; ++seed) {
            Organisation organisation(seed);
            for (int i = 0; i < 40; ++i) {
                const Change change = organisation.randomChange();
                const Preview preview = organisation.preview(change);
                if (preview.refusal != Refusal::None)
                    continue;
                const std::set<EntityId> reached = organisation.reached(change);
                const auto before = organisation.explained();
                organisation.apply(change);
                const auto after = organisation.explained();

                std::map<std::string, std::int64_t> gained;
                std::map<std::string, std::int64_t> lost;
                std::int64_t unchanged = 0;
                for (const EntityId person : organisation.people) {
                    for (const std::string &name : after.at(person))
                        gained[name] += before.at(person).contains(name) ? 0 : 1;
                    for (const std::string &name : before.at(person))
                        lost[name] += after.at(person).contains(name) ? 0 : 1;
                    if (reached.contains(person))
                        unchanged += before.at(person) == after.at(person) ? 1 : 0;
                    else
                        QCOMPARE(before.at(person), after.at(person));
                }
                std::erase_if(gained, [](const auto &entry) { return entry.second == 0; });
                std::erase_if(lost, [](const auto &entry) { return entry.second == 0; });
                QCOMPARE(counted(preview.gained), gained);
                QCOMPARE(counted(preview.lost), lost);
                QCOMPARE(preview.unchanged, unchanged);
                QCOMPARE(preview.people, static_cast<std::int64_t>(reached.size()));
                ++made;
                moved += change.from ? 1 : 0;
                withGroups += change.addGroups.empty() ? 0 : 1;
            }
        }
        QVERIFY(made > 100);
        QVERIFY(moved > 20);
        QVERIFY(withGroups > 20);
    }

    void refusesWithTheReason()
    {
        World world;
        const GroupId top = world.addGroup("top");
        const GroupId low = world.addGroup("low");
        const GroupId outside = world.addGroup("outside");
        const EntityId person = world.addEntity("person");
        world.addSubgroup(top, low);
        world.setExternal(outside);
        world.addMember(low, person);
        world.addMember(outside, person);
        const auto why = [&](const Change &change) {
            return world.identities()
                .read([&](const Snapshot &snapshot) { return preview(snapshot, change, nullptr); })
                ->refusal;
        };
        const GroupId gone{4711};
        QCOMPARE(why({{person}, {}, gone, {}}), Refusal::Gone);
        QCOMPARE(why({{person}, {}, top, gone}), Refusal::Gone);
        QCOMPARE(why({{EntityId{4711}}, {}, top, {}}), Refusal::Gone);
        QCOMPARE(why({{}, {}, top, {}}), Refusal::Gone);
        QCOMPARE(why({{}, {top}, top, {}}), Refusal::Itself);
        QCOMPARE(why({{}, {top}, low, {}}), Refusal::Ancestor);
        QCOMPARE(why({{person}, {}, outside, {}}), Refusal::ExternalTarget);
        QCOMPARE(why({{}, {low}, outside, {}}), Refusal::ExternalTarget);
        QCOMPARE(why({{person}, {}, top, outside}), Refusal::ExternalSource);
        QCOMPARE(why({{person}, {}, low, {}}), Refusal::AlreadyThere);
        QCOMPARE(why({{person}, {}, low, low}), Refusal::AlreadyThere);
        QCOMPARE(why({{}, {low}, top, {}}), Refusal::AlreadyThere);
        QCOMPARE(why({{person}, {outside}, top, {}}), Refusal::None);
        QCOMPARE(why({{person}, {}, {}, low}), Refusal::None);
    }

    void readsManyPeopleAsItReadsFew()
    {
        World world;
        std::vector<EntityId> people;
        world.together([&] {
            const GroupId group = world.addGroup("group");
            for (int i = 0; i < 60'000; ++i) {
                people.push_back(world.addEntity("person" + std::to_string(i)));
                if (i % 3 == 0)
                    world.addMember(group, people.back());
                if (i % 500 == 0)
                    world.addPolicy(people.back(), "own");
            }
        });
        const auto read = world.identities().read([&](const Snapshot &snapshot) -> Result<bool> {
            const Snapshot fromFile{snapshot.session, snapshot.graph, snapshot.now, nullptr};
            std::vector<EntityId> every = people;
            every.push_back(EntityId{1'000'000});
            const auto many = membershipsOf(fromFile, every);
            std::size_t groups = 0;
            std::size_t policies = 0;
            for (const EntityId person : every) {
                const auto one = membershipsOf(fromFile, {person});
                if ((*many)->contains(person.value) != (person != every.back()) ||
                    !std::ranges::equal((*many)->groups(person.value), (*one)->groups(person.value)) ||
                    !std::ranges::equal((*many)->policies(person.value), (*one)->policies(person.value)))
                    return false;
                groups += (*many)->groups(person.value).size();
                policies += (*many)->policies(person.value).size();
            }
            return groups == 20'000 && policies == 120;
        });
        QVERIFY(*read);
    }

    void saysWhatIsLostByGaining()
    {
        World world;
        const EntityId person = world.addEntity("person");
        const GroupId wide = world.addGroup("wide");
        const GroupId narrow = world.addGroup("narrow");
        world.addMember(wide, person);
        world.addPolicy(wide, "all-secrets");
        world.addPolicy(narrow, "one-secret");
        world.definePolicy("all-secrets", "path \"secret/*\" { capabilities = [\"read\", \"update\"] }");
        world.definePolicy("one-secret", "path \"secret/one/*\" { capabilities = [\"read\"] }");
        const auto seen = world.identities().read([&](const Snapshot &snapshot) {
            return preview(snapshot, {{person}, {}, narrow, {}}, &world.identities().policies());
        });
        QVERIFY2(seen, test::why(seen));
        QCOMPARE(seen->lostAccess.size(), std::size_t{1});
        const LostPath &lost = seen->lostAccess.front();
        QCOMPARE(lost.access.path, std::string("secret/one/*"));
        QCOMPARE(lost.access.capabilities.names(), std::vector<std::string>{"update"});
        QCOMPARE(lost.access.policies, std::vector<std::string>{"one-secret"});
        QCOMPARE(lost.people, 1);
        QVERIFY(seen->lostAccessComplete);
    }

    void stopsWhenCancelled()
    {
        World world;
        const GroupId group = world.addGroup("group");
        const EntityId person = world.addEntity("person");
        const std::atomic<bool> cancel = true;
        const auto seen = world.identities().read([&](const Snapshot &snapshot) {
            return preview(snapshot, {{person}, {}, group, {}}, nullptr, &cancel);
        });
        QCOMPARE(seen.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestPreview)
#include "tst_Preview.moc"
