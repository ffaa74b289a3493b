// SPDX-License-Identifier: Apache-2.0
// bench_identity FILE [PART]: what reading the identities of a generated core costs, beside the plain ways to the same
// answers in SQLite. Adds memberships and takes them away again.
#include "bench/Names.h"
#include "identity/Explanation.h"
#include "identity/Graph.h"
#include "identity/Identities.h"
#include "identity/Listing.h"
#include "identity/MemberListing.h"
#include "identity/Members.h"
#include "identity/Memberships.h"
#include "identity/People.h"
#include "identity/Preview.h"
#include "identity/SearchIndex.h"
#include "identity/Who.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string_view>
#include <thread>
#include <vector>

namespace kith::bench {

namespace {

using identity::Snapshot;
/// Of all threads of this program: time of the processor, which a busy machine doesn't stretch.
double microsecondsNow(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

/// Runs `work(i)` so many times, prints a line, and gives the median.
double measure(const char *what, std::size_t times, const std::function<void(std::size_t)> &work)
{
    std::vector<double> cpu;
    std::vector<double> wall;
    for (std::size_t i = 0; i < times; ++i) {
        const double wallStart = microsecondsNow(CLOCK_MONOTONIC);
        const double cpuStart = microsecondsNow(CLOCK_PROCESS_CPUTIME_ID);
        work(i);
        cpu.push_back(microsecondsNow(CLOCK_PROCESS_CPUTIME_ID) - cpuStart);
        wall.push_back(microsecondsNow(CLOCK_MONOTONIC) - wallStart);
    }
    const auto at = [&](std::vector<double> &samples, double share) {
        std::sort(samples.begin(), samples.end());
        return samples[std::min(samples.size() - 1, static_cast<std::size_t>(share * static_cast<double>(times)))];
    };
    std::printf("%-56s %6zu %11.1f %11.1f %11.1f %12.1f\n", what, times, at(cpu, 0.5), at(cpu, 0.95), at(cpu, 0.99),
                at(wall, 0.5));
    std::fflush(stdout);
    return at(cpu, 0.5);
}

/// `plain` is the median of the plain way to the same answer.
void compare(double ours, double plain)
{
    std::printf("    %.1f times quicker than the plain way\n", plain / ours);
}

template <class T>
T orExit(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%d %s %s\n", result.error().status, result.error().wire.c_str(),
                     result.error().where.c_str());
        std::exit(1);
    }
    return std::move(*result);
}

class Bench
{
public:
    explicit Bench(store::Store &store) : m_store(store) {}
    void run(std::string_view only);

private:
    void loading();
    void searching();
    void explaining();
    void previewing();
    void listing();
    void writing();
    void changePeople(std::int64_t count);

    template <class Function>
    auto read(Function &&function)
    {
        return orExit(m_identities->read(std::forward<Function>(function)));
    }
    EntityId anybody() { return EntityId{static_cast<std::int64_t>(1 + below(m_random, m_people))}; }
    GroupId anyGroup() { return GroupId{static_cast<std::int64_t>(1 + below(m_random, m_groups))}; }

    store::Store &m_store;
    std::unique_ptr<identity::Identities> m_identities;
    Random m_random{7};
    std::size_t m_people = 0;
    std::size_t m_groups = 0;
};

void Bench::loading()
{
    measure("graph: load", 3, [&](std::size_t) { orExit(m_store.read(&identity::Graph::load)); });
    measure("memberships: load", 3, [&](std::size_t) {
        orExit(m_store.read([](store::Session &session) { return identity::Memberships::load(session, nullptr); }));
    });
    measure("index: build", 1, [&](std::size_t) {
        const identity::SearchIndex index(m_store);
        orExit(index.entityRows({"x"}));
    });
    measure("open, then the first rows by name (index not ready)", 1, [&](std::size_t) {
        m_identities = orExit(identity::Identities::open(m_store));
        orExit(m_identities->index().entityRows({}));
    });
    const auto isInMemory = [&] {
        return read([](const Snapshot &snapshot) -> Result<bool> { return snapshot.memberships != nullptr; });
    };
    while (!m_identities->index().ready() || !isInMemory())
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    m_people = static_cast<std::size_t>(read([](const Snapshot &snapshot) -> Result<std::int64_t> {
        return *snapshot.session.integer("SELECT max(id) FROM entity");
    }));
    m_groups = static_cast<std::size_t>(read([](const Snapshot &snapshot) -> Result<std::int64_t> {
        return *snapshot.session.integer("SELECT max(id) FROM identity_group");
    }));
}

void Bench::searching()
{
    const identity::SearchIndex &index = m_identities->index();
    using identity::EntitySort;
    constexpr std::array sorts{EntitySort::Name,     EntitySort::Aliases,  EntitySort::Groups,
                               EntitySort::Policies, EntitySort::Disabled, EntitySort::Changed};
    measure("sort by a column, the first time", sorts.size(), [&](std::size_t i) {
        orExit(index.entityRows({"", sorts[i], identity::SortOrder::Ascending}));
    });
    measure("sort by a column, again", 60, [&](std::size_t i) {
        orExit(index.entityRows({"", sorts[i % sorts.size()], identity::SortOrder::Descending}));
    });
    const std::vector<std::string> words{"müller", "anna b", "kovács", "wellington", "example.org", "zzzz", "1234"};
    std::vector<std::string> typed;
    for (const std::string &word : words) {
        for (std::size_t length = 1; length <= word.size(); ++length) {
            if (length == word.size() || (static_cast<unsigned char>(word[length]) & 0xC0) != 0x80)
                typed.push_back(word.substr(0, length));
        }
    }
    const double keystroke = measure("filter: a keystroke, words typed letter by letter", typed.size(),
                                     [&](std::size_t i) { orExit(index.entityRows({typed[i]})); });
    std::size_t serial = 0;
    measure("filter: a new word, no shorter one before", 30, [&](std::size_t) {
        const std::string word = std::to_string(700 + serial++ * 13) + ".";
        orExit(index.entityRows({word}));
    });
    measure("find: twenty best of a word", words.size(), [&](std::size_t i) { orExit(index.find(words[i], 20)); });
    const double like = measure("  beside: LIKE '%word%' over name and metadata", 7, [&](std::size_t i) {
        read([&](const Snapshot &snapshot) -> Result<std::int64_t> {
            return snapshot.session
                .integer("SELECT count(*) FROM entity WHERE name_key LIKE '%' || ?1 || '%' OR metadata LIKE '%' || ?1 "
                         "|| '%'",
                         words[i])
                .value_or(0);
        });
    });
    compare(keystroke, like);
}

void Bench::explaining()
{
    std::size_t policies = 0;
    const double explain = measure("explain: an entity, all sources and counts", 5000, [&](std::size_t) {
        policies += read([&](const Snapshot &snapshot) { return effectivePolicies(snapshot, anybody()); }).size();
    });
    std::printf("    %.1f effective policies each\n", static_cast<double>(policies) / 5000);
    measure("explain: a group", 2000, [&](std::size_t) {
        read([&](const Snapshot &snapshot) { return effectivePolicies(snapshot, anyGroup()); });
    });
    const double plain = measure("  beside: recursive CTE, distinct policies only", 1000, [&](std::size_t) {
        read([&](const Snapshot &snapshot) -> Result<int> {
            auto rows =
                snapshot.session.query("WITH RECURSIVE mine(id) AS (SELECT grp FROM member_entity WHERE entity = ?1 "
                                       "UNION SELECT parent FROM member_group JOIN mine ON child = mine.id) "
                                       "SELECT policy FROM group_policy JOIN mine ON grp = mine.id "
                                       "UNION SELECT policy FROM entity_policy WHERE entity = ?1",
                                       anybody());
            int count = 0;
            while (rows.step())
                ++count;
            return count;
        });
    });
    compare(explain, plain);
    measure("who has a policy", 5, [&](std::size_t i) {
        read([&](const Snapshot &snapshot) {
            return whoHas(snapshot, "policy-" + std::to_string(100'001 + i * 7).substr(1));
        });
    });
    measure("members of a group with subgroups", 200, [&](std::size_t) {
        read([&](const Snapshot &snapshot) { return members(snapshot, anyGroup(), identity::Depth::WithSubgroups); });
    });
}

void Bench::previewing()
{
    const auto preview = [&](const identity::Change &change) {
        read([&](const Snapshot &snapshot) { return identity::preview(snapshot, change, &m_identities->policies()); });
    };
    const auto people = [&](std::size_t count) {
        std::vector<EntityId> chosen;
        while (chosen.size() < count)
            chosen.push_back(anybody());
        return chosen;
    };
    measure("preview: one person onto a group", 500, [&](std::size_t) { preview({people(1), {}, anyGroup(), {}}); });
    measure("preview: 100 people onto a group", 50, [&](std::size_t) { preview({people(100), {}, anyGroup(), {}}); });
    measure("preview: a group onto a group", 100, [&](std::size_t) { preview({{}, {anyGroup()}, anyGroup(), {}}); });
    std::vector<EntityId> half;
    for (std::size_t id = 1; id <= m_people; id += 2)
        half.push_back(EntityId{static_cast<std::int64_t>(id)});
    measure("preview: half of all people onto a group", 2, [&](std::size_t) { preview({half, {}, anyGroup(), {}}); });
    measure("preview: half of all people moved", 1, [&](std::size_t) { preview({half, {}, anyGroup(), anyGroup()}); });
}

/// A group with half of all people, and one with a tenth of all groups below it.
void Bench::listing()
{
    GroupId big;
    GroupId wide;
    orExit(m_store.write([&](store::WriteSession &session) -> Result<int> {
        const auto make = [&](const char *name) {
            session.run("INSERT INTO identity_group (uuid, namespace, name, name_key, created, updated) "
                        "VALUES (hex(randomblob(16)), 1, ?1 || hex(randomblob(4)), ?1 || hex(randomblob(4)), 0, 0)",
                        name);
            const GroupId group{session.lastRowId()};
            session.changes.groups.push_back(group);
            return group;
        };
        big = make("big");
        wide = make("wide");
        session.run("INSERT INTO member_entity (grp, entity) SELECT ?, id FROM entity WHERE id % 2 = 0", big);
        session.run("INSERT INTO member_group (parent, child) SELECT ?1, id FROM identity_group "
                    "WHERE id % 10 = 3 AND id < ?1",
                    wide);
        session.changes.everything = true;
        return 0;
    }));
    const identity::SearchIndex &index = m_identities->index();
    orExit(index.entityRows({"x"})); // waits for it
    const auto rows = [&](identity::MemberSort sort) {
        identity::MemberQuery query;
        query.group = big;
        query.sort = sort;
        return read([&](const Snapshot &snapshot) { return memberRows(snapshot, index, query); });
    };
    using enum identity::MemberSort;
    std::printf("    a group of %zu people:\n", rows(Name)->size());
    const double rowsOfBig = measure("members by name: rows", 10, [&](std::size_t) { rows(Name); });
    const double plainRows = measure("  beside: join and ORDER BY in SQLite", 3, [&](std::size_t) {
        read([&](const Snapshot &snapshot) -> Result<int> {
            auto query = snapshot.session.query("SELECT e.id FROM member_entity m JOIN entity e ON e.id = m.entity "
                                                "WHERE m.grp = ? ORDER BY e.name_key",
                                                big);
            int count = 0;
            while (query.step())
                ++count;
            return count;
        });
    });
    compare(rowsOfBig, plainRows);
    measure("members by name: the first 100 values", 20, [&](std::size_t i) {
        const auto all = rows(Name);
        std::vector<EntityId> some;
        for (std::size_t row = i * 100; row < i * 100 + 100; ++row)
            some.push_back(EntityId{(*all)[row]});
        read([&](const Snapshot &snapshot) -> Result<int> {
            return static_cast<int>(listMembers(snapshot, big, some).size());
        });
    });
    measure("members by number of policies: rows", 5, [&](std::size_t) { rows(Policies); });
    measure("members by way in: rows", 5, [&](std::size_t) { rows(WayIn); });
    measure("number of policies of everybody", 3, [&](std::size_t) {
        read([&](const Snapshot &snapshot) { return policyCounts(snapshot, *orExit(index.entityRows({}))); });
    });
    measure("a tenth of all groups under one: children", 10, [&](std::size_t) {
        read([&](const Snapshot &snapshot) -> Result<int> {
            return static_cast<int>(identity::listChildren(snapshot.session, wide).size());
        });
    });
}

void Bench::writing()
{
    const GroupId top = GroupId{1};
    const auto change = [&](GroupId child, bool add) {
        orExit(m_store.write([&](store::WriteSession &session) -> Result<int> {
            if (add)
                session.run("INSERT OR IGNORE INTO member_group (parent, child) VALUES (?, ?)", top, child);
            else
                session.run("DELETE FROM member_group WHERE parent = ? AND child = ?", top, child);
            session.changes.subgroups.emplace_back(top, child);
            return 0;
        }));
    };
    const std::int64_t last = static_cast<std::int64_t>(m_groups);
    measure("edge between groups: add, graph followed, on disk", 100,
            [&](std::size_t i) { change(GroupId{last - static_cast<std::int64_t>(i)}, true); });
    measure("edge between groups: remove", 100,
            [&](std::size_t i) { change(GroupId{last - static_cast<std::int64_t>(i)}, false); });
    measure("  of it: the graph's next version", 200, [&](std::size_t i) {
        ChangeSet changes;
        changes.subgroups.emplace_back(top, GroupId{last - static_cast<std::int64_t>(i)});
        read([&](const Snapshot &snapshot) { return snapshot.graph.following(snapshot.session, changes); });
    });
    measure("membership of a person: add, index followed, on disk", 100, [&](std::size_t) {
        const EntityId person = anybody();
        orExit(m_store.write([&](store::WriteSession &session) -> Result<int> {
            session.run("INSERT OR IGNORE INTO member_entity (grp, entity) VALUES (?, ?)", top, person);
            session.changes.members.emplace_back(top, person);
            return 0;
        }));
    });
    measure("rows by name after such a change", 20, [&](std::size_t) { orExit(m_identities->index().entityRows({})); });
    for (const std::int64_t people : {2'000, 20'000, 100'000}) {
        const std::string title = "a commit that changes " + std::to_string(people) + " people";
        measure(title.c_str(), 2, [&](std::size_t) { changePeople(people); });
        measure("  then the first filter", 1, [&](std::size_t) { orExit(m_identities->index().entityRows({"anna"})); });
        measure("  and a filter from then on", 10,
                [&](std::size_t i) { orExit(m_identities->index().entityRows({std::to_string(700 + i * 13) + "."})); });
    }
}

void Bench::changePeople(std::int64_t count)
{
    orExit(m_store.write([&](store::WriteSession &session) -> Result<int> {
        session.run("UPDATE entity SET updated = updated + 1 WHERE id <= ?", count);
        for (std::int64_t id = 1; id <= count; ++id)
            session.changes.entities.push_back(EntityId{id});
        return 0;
    }));
}

void Bench::run(std::string_view only)
{
    std::printf("%-56s %6s %11s %11s %11s %12s\n", "microseconds of the processor", "times", "median", "p95", "p99",
                "on the clock");
    loading();
    const auto run = [&](std::string_view name, void (Bench::*part)()) {
        if (only.empty() || only == name)
            (this->*part)();
    };
    run("search", &Bench::searching);
    run("explain", &Bench::explaining);
    run("preview", &Bench::previewing);
    run("list", &Bench::listing);
    run("write", &Bench::writing);
}

} // namespace

} // namespace kith::bench

int main(int argc, char **argv)
{
    if (argc != 2 && argc != 3) {
        std::fprintf(stderr, "usage: bench_identity FILE [search|explain|preview|list|write]\n");
        return 2;
    }
    kith::store::OpenOptions options;
    options.file = argv[1];
    const auto store = kith::store::Store::open(options);
    if (!store) {
        std::fprintf(stderr, "%s\n", store.error().wire.c_str());
        return 1;
    }
    kith::bench::Bench(**store).run(argc == 3 ? argv[2] : "");
    return 0;
}
