// SPDX-License-Identifier: Apache-2.0
#include "identity/Graph.h"

#include "World.h"

#include <atomic>
#include <thread>

using namespace kith;
using namespace kith::identity;
using test::World;

namespace {

/// Everything a graph holds, as text.
std::string dump(const Graph &graph)
{
    std::string text = std::to_string(graph.groupCount()) + "\n";
    graph.forEachGroup([&](const Graph::Group &group) {
        text += std::to_string(group.id.value) + " " + group.name + (group.external ? " external" : "") + " <";
        for (const GroupId parent : group.parents)
            text += " " + std::to_string(parent.value);
        text += " >";
        for (const GroupId child : group.children)
            text += " " + std::to_string(child.value);
        text += " :";
        std::vector<PolicyId> policies = group.policies;
        std::sort(policies.begin(), policies.end());
        for (const PolicyId policy : policies)
            text += " " + graph.policy(policy)->name + (graph.policy(policy)->exists ? "+" : "");
        text += "\n";
    });
    return text;
}

/// Empty when the graph that followed the commits equals one that is read anew.
std::string difference(World &world)
{
    const auto read = world.identities().read([](const Snapshot &snapshot) -> Result<std::string> {
        const auto anew = Graph::load(snapshot.session);
        if (!anew)
            return anew.error();
        if ((*anew)->revision() != snapshot.graph.revision())
            return std::string("revisions");
        const std::string followed = dump(snapshot.graph);
        const std::string expected = dump(**anew);
        return followed == expected ? std::string() : followed + "--- instead of\n" + expected;
    });
    return read ? *read : std::string(test::why(read).constData());
}

} // namespace

class TestGraph : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsRandomCommits()
    {
        World world;
        std::mt19937 random(11);
        std::vector<GroupId> groups;
        const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
        const auto change = [&](int i) {
            if (groups.size() < 5 || below(5) == 0)
                groups.push_back(world.addGroup("group " + std::to_string(below(100)) + "." + std::to_string(i)));
            const GroupId one = groups[below(groups.size())];
            const GroupId other = groups[below(groups.size())];
            switch (below(7)) {
            case 0:
                world.rename(one, "new " + std::to_string(below(100)) + "." + std::to_string(i));
                break;
            case 1:
                world.addPolicy(one, "policy" + std::to_string(below(300)));
                break;
            case 2:
                world.definePolicy("policy" + std::to_string(below(300)), "");
                break;
            case 3:
                world.setExternal(one);
                break;
            case 4:
                world.removeSubgroup(std::min(one, other), std::max(one, other));
                break;
            default:
                if (one != other)
                    world.addSubgroup(std::min(one, other), std::max(one, other));
            }
            if (below(12) == 0) {
                world.removeGroup(groups.back());
                groups.pop_back();
            }
        };
        for (int i = 0; i < 400; ++i) {
            if (below(4) == 0)
                world.together([&] {
                    for (int k = 0; k < 6; ++k)
                        change(1000 * (k + 1) + i);
                });
            else
                change(i);
            if (const std::string wrong = difference(world); !wrong.empty())
                QFAIL(wrong.c_str());
        }
        QVERIFY(groups.size() > 20);
    }

    /// Each commit raises both numbers of one pair: a reader that saw a graph of another commit than its SQLite
    /// snapshot would see them differ.
    void readersSeeGraphAndFileOfOneCommit()
    {
        World world;
        const GroupId top = world.addGroup("top");
        std::atomic<bool> stop = false;
        std::atomic<int> wrong = 0;
        std::atomic<int> reads = 0;
        std::vector<std::thread> readers;
        for (int i = 0; i < 3; ++i) {
            readers.emplace_back([&] {
                while (!stop) {
                    const auto same = world.identities().read([&](const Snapshot &snapshot) -> Result<bool> {
                        const auto inFile =
                            snapshot.session.integer("SELECT count(*) FROM member_group WHERE parent = ?", top);
                        return inFile == static_cast<std::int64_t>(snapshot.graph.group(top)->children.size());
                    });
                    ++reads;
                    if (!same || !*same)
                        ++wrong;
                }
            });
        }
        for (int i = 0; i < 200; ++i)
            world.together([&] { world.addSubgroup(top, world.addGroup("child" + std::to_string(i))); });
        stop = true;
        for (std::thread &reader : readers)
            reader.join();
        QCOMPARE(wrong.load(), 0);
        QVERIFY(reads > 0);
        QCOMPARE(difference(world), std::string());
    }

    void aLongReadKeepsItsGraphAndHoldsUpNobody()
    {
        World world;
        const GroupId top = world.addGroup("top");
        const auto read = world.identities().read([&](const Snapshot &snapshot) -> Result<std::size_t> {
            std::thread writer([&] { world.addSubgroup(top, world.addGroup("later")); });
            writer.join(); // the write is done while this read goes on
            return snapshot.graph.groupCount() + snapshot.graph.group(top)->children.size();
        });
        QCOMPARE(*read, std::size_t{1});
        QCOMPARE(difference(world), std::string());
    }

    void seesWhatAnotherProgramWrote()
    {
        World world;
        world.addGroup("here");
        store::OpenOptions options;
        options.file = world.store().file();
        options.access = store::Access::ReadOnly;
        const auto other = store::Store::open(options);
        QVERIFY2(other, test::why(other));
        const auto reading = Identities::open(**other);
        QVERIFY2(reading, test::why(reading));
        world.addGroup("later");
        const auto count = (*reading)->read(
            [](const Snapshot &snapshot) -> Result<std::size_t> { return snapshot.graph.groupCount(); });
        QVERIFY2(count, test::why(count));
        QCOMPARE(*count, std::size_t{2});
    }

    void findsWhereAGroupStands()
    {
        World world;
        const GroupId top = world.addGroup("top");
        const GroupId b = world.addGroup("b");
        const GroupId a = world.addGroup("a");
        const GroupId low = world.addGroup("low");
        world.addSubgroup(top, a);
        world.addSubgroup(top, b);
        world.addSubgroup(a, low);
        world.addSubgroup(b, low);
        const auto read = world.identities().read([&](const Snapshot &snapshot) -> Result<bool> {
            const Graph &graph = snapshot.graph;
            return graph.pathFromRoot(low) == std::vector<GroupId>{top, a, low} && graph.isWithin(low, top) &&
                   !graph.isWithin(top, low) && graph.isWithin(a, a) &&
                   graph.group(top)->children == std::vector<GroupId>{a, b};
        });
        QVERIFY(*read);
    }
};

QTEST_GUILESS_MAIN(TestGraph)
#include "tst_Graph.moc"
