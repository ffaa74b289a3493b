// SPDX-License-Identifier: Apache-2.0
#include "identity/Explanation.h"

#include "SlowIdentity.h"
#include "World.h"
#include "identity/Ancestry.h"

using namespace kith;
using namespace kith::identity;
using test::SlowIdentity;
using test::World;

namespace {

/// What the engine says, in the words of the slow implementation.
template <class Id>
SlowIdentity::Policies explained(World &world, Id id)
{
    const auto read = world.identities().read([&](const Snapshot &snapshot) -> Result<SlowIdentity::Policies> {
        const auto policies = effectivePolicies(snapshot, id);
        if (!policies)
            return policies.error();
        SlowIdentity::Policies words;
        for (const EffectivePolicy &policy : *policies) {
            if (!words.empty() && words.rbegin()->first >= policy.name)
                return Error{ErrorCode::Internal, 500, "not in the order of names: " + policy.name, {}};
            for (const PolicySource &source : policy.sources) {
                SlowIdentity::Chain chain;
                for (const GroupId group : source.chain)
                    chain.push_back(snapshot.graph.group(group)->name);
                words[policy.name].push_back({chain, std::stoull(source.chains.toString())});
            }
        }
        return words;
    });
    if (!read)
        qFatal("%s", test::why(read).constData());
    return *read;
}

/// A random small organisation, in both forms. Names say nothing about who stands above whom.
struct Organisation {
    SlowIdentity slow;
    std::vector<std::pair<std::string, EntityId>> entities;
    std::vector<std::pair<std::string, GroupId>> groups;

    Organisation(World &world, std::mt19937 &random, const std::string &suffix)
    {
        const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
        std::string letters = "aBcDeFg";
        std::shuffle(letters.begin(), letters.end(), random);
        const std::size_t count = 1 + below(letters.size());
        const std::size_t density = 1 + below(4);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string name = letters[i] + suffix;
            groups.emplace_back(name, world.addGroup(name));
            for (std::size_t parent = 0; parent < i; ++parent) {
                if (below(5) < density) {
                    world.addSubgroup(groups[parent].second, groups[i].second);
                    slow.parents[name].insert(groups[parent].first);
                }
            }
            for (std::size_t policies = below(3); policies > 0; --policies) {
                const std::string policy = "p" + std::to_string(below(4));
                world.addPolicy(groups[i].second, policy);
                slow.groupPolicies[name].insert(policy);
            }
        }
        for (const char letter : {'x', 'y'}) {
            const std::string name = letter + suffix;
            entities.emplace_back(name, world.addEntity(name));
            for (std::size_t memberships = below(4); memberships > 0; --memberships) {
                const auto &[group, id] = groups[below(count)];
                world.addMember(id, entities.back().second);
                slow.direct[name].insert(group);
            }
            if (below(2) == 0) {
                const std::string policy = "p" + std::to_string(below(4));
                world.addPolicy(entities.back().second, policy);
                slow.entityPolicies[name].insert(policy);
            }
        }
    }
};

std::vector<std::string> names(const Graph &graph, const std::vector<GroupId> &chain)
{
    std::vector<std::string> words;
    for (const GroupId group : chain)
        words.push_back(graph.group(group)->name);
    return words;
}

} // namespace

class TestExplanation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agreesWithTheSlowImplementation()
    {
        World world;
        std::mt19937 random(20261122);
        int organisations = 0;
        for (int batch = 0; batch < 10; ++batch) {
            std::vector<Organisation> made;
            world.together([&] {
                for (int i = 0; i < 1000; ++i)
                    made.emplace_back(world, random, "-" + std::to_string(organisations++));
            });
            for (const Organisation &organisation : made) {
                for (const auto &[name, id] : organisation.entities) {
                    if (explained(world, id) != organisation.slow.ofEntity(name))
                        QFAIL(name.c_str());
                }
                for (const auto &[name, id] : organisation.groups) {
                    if (explained(world, id) != organisation.slow.ofGroup(name))
                        QFAIL(name.c_str());
                }
            }
        }
        QCOMPARE(organisations, 10'000);
    }

    void listsChainsInTheirOrder()
    {
        World world;
        std::mt19937 random(7);
        for (int i = 0; i < 60; ++i) {
            std::optional<Organisation> made;
            world.together([&] { made.emplace(world, random, "-" + std::to_string(i)); });
            const auto &[name, entity] = made->entities.front();
            const auto all = made->slow.chains(made->slow.direct[name]);
            for (const auto &[carrierName, carrier] : made->groups) {
                std::vector<SlowIdentity::Chain> expected;
                std::copy_if(all.begin(), all.end(), std::back_inserter(expected),
                             [&](const auto &chain) { return chain.back() == carrierName; });
                for (const std::size_t limit : {expected.size() + 1, std::size_t{2}}) {
                    expected.resize(std::min(limit, expected.size()));
                    const auto found = world.identities().read(
                        [&, id = entity,
                         group = carrier](const Snapshot &snapshot) -> Result<std::vector<SlowIdentity::Chain>> {
                            std::vector<SlowIdentity::Chain> words;
                            for (const auto &chain : chainsTo(snapshot, id, group, limit))
                                words.push_back(names(snapshot.graph, chain));
                            return words;
                        });
                    QVERIFY(*found == expected);
                }
            }
        }
    }

    void countsThreeHundredDiamondsExactly()
    {
        World world;
        const EntityId entity = world.addEntity("somebody");
        GroupId top;
        world.together([&] {
            GroupId below = world.addGroup("bottom");
            world.addMember(below, entity);
            for (int i = 0; i < 300; ++i) {
                const std::string number = std::to_string(1000 + i);
                const GroupId left = world.addGroup("left" + number);
                const GroupId right = world.addGroup("right" + number);
                top = world.addGroup("top" + number);
                world.addSubgroup(left, below);
                world.addSubgroup(right, below);
                world.addSubgroup(top, left);
                world.addSubgroup(top, right);
                below = top;
            }
            world.addPolicy(top, "far");
        });
        const auto read = world.identities().read([&](const Snapshot &snapshot) -> Result<int> {
            const auto policies = effectivePolicies(snapshot, entity);
            if (policies->size() != 1 || policies->front().sources.size() != 1)
                return Error{};
            const PolicySource &source = policies->front().sources.front();
            // 2^300
            if (source.chains.toString() !=
                    "203703597633448608626844568840937816105146839366593625063614044935438129976"
                    "3336706183397376" ||
                source.chain.size() != 601 || snapshot.graph.group(source.chain[1])->name != "left1000")
                return Error{};
            const auto chains = chainsTo(snapshot, entity, top, 3);
            return chains.size() == 3 && snapshot.graph.group(chains[1][599])->name == "right1299" ? 1 : 0;
        });
        QVERIFY2(read, test::why(read));
        QCOMPARE(*read, 1);
    }

    void saysWhetherAPolicyIsDefined()
    {
        World world;
        const GroupId group = world.addGroup("team");
        world.addPolicy(group, "there");
        world.addPolicy(group, "missing");
        world.definePolicy("there", "");
        const auto defined = [&] {
            return *world.identities().read([&](const Snapshot &snapshot) -> Result<std::string> {
                std::string text;
                const auto policies = effectivePolicies(snapshot, group);
                for (const EffectivePolicy &policy : *policies)
                    text += policy.name + (policy.defined ? "+" : "-");
                return text;
            });
        };
        QCOMPARE(defined(), std::string("missing-there+"));
        world.definePolicy("missing", "");
        QCOMPARE(defined(), std::string("missing+there+"));
    }

    void knowsNobodyItWasNotToldOf()
    {
        World world;
        const auto entity = world.identities().read(
            [](const Snapshot &snapshot) { return effectivePolicies(snapshot, EntityId{4711}); });
        QCOMPARE(entity.error().code, ErrorCode::NotFound);
        const auto group = world.identities().read(
            [](const Snapshot &snapshot) { return effectivePolicies(snapshot, GroupId{4711}); });
        QCOMPARE(group.error().code, ErrorCode::NotFound);
    }

    void endsOnDamagedDataWithCycles()
    {
        World world;
        const EntityId entity = world.addEntity("somebody");
        std::vector<GroupId> ring;
        for (const char *name : {"a", "b", "c", "d", "e", "f"})
            ring.push_back(world.addGroup(name));
        for (std::size_t i = 0; i < ring.size(); ++i)
            world.addSubgroup(ring[(i + 1) % ring.size()], ring[i]);
        world.addSubgroup(ring[2], ring[2]);
        world.addMember(ring[0], entity);
        world.addPolicy(ring[3], "inside");
        const auto read = world.identities().read([&](const Snapshot &snapshot) -> Result<std::string> {
            const auto policies = effectivePolicies(snapshot, entity);
            if (chainsTo(snapshot, entity, ring[3], 10).size() != 1 || snapshot.graph.pathFromRoot(ring[1]).empty() ||
                snapshot.graph.isWithin(ring[0], GroupId{4711}))
                return Error{};
            const PolicySource &source = policies->at(0).sources.at(0);
            return source.chains.toString() + "/" + std::to_string(source.chain.size());
        });
        QVERIFY2(read, test::why(read));
        QCOMPARE(*read, std::string("1/4"));
    }
};

QTEST_GUILESS_MAIN(TestExplanation)
#include "tst_Explanation.moc"
