// SPDX-License-Identifier: Apache-2.0
// generate FILE [--divide N]: a core of 1,000,000 entities with 3 metadata values, 2,000,000 aliases on 3 mounts,
// 100,000 groups on 8 levels of which a third have two parents, 5,000,000 memberships of which 20 % stand in 2,000
// big groups, and 2,000 policies. With --divide everything is N times fewer. The same file each time.
#include "bench/Names.h"
#include "store/Store.h"
#include "store/Text.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <functional>
#include <vector>

namespace kith::bench {

namespace {

constexpr std::int64_t Now = 1'795'334'400'000'000'000; // 2026-11-22T08:00:00Z
constexpr std::array<const char *, 3> Accessors{"auth_github_0a1b2c3d", "auth_ldap_1b2c3d4e", "auth_oidc_2c3d4e5f"};

class Generator
{
public:
    Generator(SQLite::Database &database, std::size_t divide) : m_database(database), m_divide(divide) {}
    void run();

private:
    std::size_t count(std::size_t whole) const { return std::max<std::size_t>(whole / m_divide, 8); }
    void step(const char *what, const std::function<void()> &work);
    void takeIndexesAway();
    void makePolicies();
    void makeMounts();
    void makeEntities();
    void makeAliases();
    void makeGroups();
    void makeMemberships();
    void addMembers(SQLite::Statement &insert, std::size_t group, std::size_t members);
    void addPolicies(SQLite::Statement &insert, std::size_t owner, std::size_t most);

    SQLite::Database &m_database;
    std::size_t m_divide;
    Random m_random{20261122};
    std::vector<std::string> m_indexes;
    std::vector<std::string> m_logins;
    std::size_t m_policies = 0;
    std::int64_t m_firstPolicy = 0;
    std::size_t m_groups = 0;
};

void Generator::step(const char *what, const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t cpuStart = std::clock();
    work();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    const double cpu = static_cast<double>(std::clock() - cpuStart) / CLOCKS_PER_SEC;
    std::printf("%-12s %6.1f s, of the processor %6.1f s\n", what, seconds.count(), cpu);
    std::fflush(stdout);
}

/// Built last an index is sorted once; kept up row by row it is searched five million times.
void Generator::takeIndexesAway()
{
    std::vector<std::string> names;
    SQLite::Statement query(m_database, "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL");
    while (query.executeStep()) {
        names.push_back(query.getColumn(0).getString());
        m_indexes.push_back(query.getColumn(1).getString());
    }
    query.reset();
    for (const std::string &name : names)
        m_database.exec("DROP INDEX " + name);
}

void Generator::makeMounts()
{
    SQLite::Statement insert(m_database, "INSERT INTO mount (namespace, class, path, type, accessor, uuid) "
                                         "VALUES (1, 'auth', ?, ?, ?, ?)");
    for (const std::string accessor : Accessors) {
        const std::string type = accessor.substr(5, accessor.find('_', 5) - 5);
        insert.bind(1, type + "/");
        insert.bind(2, type);
        insert.bind(3, accessor);
        insert.bind(4, uuid(m_random));
        insert.exec();
        insert.reset();
    }
}

void Generator::makePolicies()
{
    m_policies = count(2000);
    SQLite::Statement name(m_database, "INSERT INTO policy_name (name) VALUES (?)");
    SQLite::Statement text(m_database, "INSERT INTO acl_policy (namespace, policy, text, updated) VALUES (1, ?, ?, ?)");
    for (std::size_t i = 1; i <= m_policies; ++i) {
        const std::string called = "policy-" + std::to_string(100'000 + i).substr(1);
        name.bind(1, called);
        name.exec();
        name.reset();
        if (i == 1)
            m_firstPolicy = m_database.getLastInsertRowid();
        if (i % 40 == 0)
            continue; // named, never defined
        text.bind(1, m_database.getLastInsertRowid());
        text.bind(2, "path \"secret/data/" + called + "/*\" {\n  capabilities = [\"read\", \"list\"]\n}\n");
        text.bind(3, Now);
        text.exec();
        text.reset();
    }
}

void Generator::addPolicies(SQLite::Statement &insert, std::size_t owner, std::size_t most)
{
    std::vector<std::int64_t> policies;
    for (std::size_t i = below(m_random, most + 1); i > 0; --i)
        policies.push_back(m_firstPolicy + static_cast<std::int64_t>(below(m_random, m_policies)));
    std::sort(policies.begin(), policies.end());
    policies.erase(std::unique(policies.begin(), policies.end()), policies.end());
    for (const std::int64_t policy : policies) {
        insert.bind(1, static_cast<std::int64_t>(owner));
        insert.bind(2, policy);
        insert.exec();
        insert.reset();
    }
}

void Generator::makeEntities()
{
    PeopleNames names;
    SQLite::Statement insert(m_database, "INSERT INTO entity (id, uuid, namespace, name, name_key, disabled, metadata, "
                                         "created, updated) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?)");
    SQLite::Statement policy(m_database, "INSERT INTO entity_policy (entity, policy) VALUES (?, ?)");
    for (std::size_t id = 1; id <= count(1'000'000); ++id) {
        const std::string name = names.next(m_random);
        const std::int64_t created = Now - static_cast<std::int64_t>(below(m_random, 100'000'000)) * 1'000'000'000;
        insert.bind(1, static_cast<std::int64_t>(id));
        insert.bind(2, uuid(m_random));
        insert.bind(3, name);
        insert.bind(4, foldCase(name));
        insert.bind(5, below(m_random, 50) == 0 ? 1 : 0);
        insert.bind(6, metadata(m_random));
        insert.bind(7, created);
        insert.bind(8, created + static_cast<std::int64_t>(below(m_random, 1'000'000)));
        insert.exec();
        insert.reset();
        m_logins.push_back(loginName(name, id));
        addPolicies(policy, id, 2);
    }
}

void Generator::makeAliases()
{
    SQLite::Statement insert(m_database, "INSERT INTO entity_alias (uuid, entity, accessor, name, name_key, created, "
                                         "updated) VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t id = 1; id <= m_logins.size(); ++id) {
        const std::size_t without = below(m_random, Accessors.size());
        for (std::size_t mount = 0; mount < Accessors.size(); ++mount) {
            if (mount == without)
                continue;
            const std::string name = m_logins[id - 1] + (mount == 2 ? "@example.org" : "");
            insert.bind(1, uuid(m_random));
            insert.bind(2, static_cast<std::int64_t>(id));
            insert.bind(3, Accessors[mount]);
            insert.bind(4, name);
            insert.bind(5, foldCase(name));
            insert.bind(6, Now);
            insert.bind(7, Now);
            insert.exec();
            insert.reset();
        }
    }
}

void Generator::makeGroups()
{
    constexpr std::array<std::size_t, 8> levels{500, 1500, 5000, 11000, 18000, 20000, 22000, 22000};
    SQLite::Statement insert(m_database, "INSERT INTO identity_group (id, uuid, namespace, name, name_key, external, "
                                         "shape, created, updated) VALUES (?, ?, 1, ?, ?, ?, 7, ?, ?)");
    SQLite::Statement policy(m_database, "INSERT INTO group_policy (grp, policy) VALUES (?, ?)");
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    std::size_t above = 0; // the first group of the level above
    for (std::size_t level = 0; level < levels.size(); ++level) {
        const std::size_t first = m_groups + 1;
        for (std::size_t i = count(levels[level]); i > 0; --i) {
            const std::size_t id = ++m_groups;
            const std::string name = groupName(m_random, level, id);
            insert.bind(1, static_cast<std::int64_t>(id));
            insert.bind(2, uuid(m_random));
            insert.bind(3, name);
            insert.bind(4, foldCase(name));
            insert.bind(5, level == 7 && below(m_random, 10) == 0 ? 1 : 0);
            insert.bind(6, Now);
            insert.bind(7, Now);
            insert.exec();
            insert.reset();
            addPolicies(policy, id, 4);
            if (level == 0)
                continue;
            for (std::size_t parents = below(m_random, 3) == 0 ? 2 : 1; parents > 0; --parents)
                edges.emplace_back(above + below(m_random, first - above), id);
        }
        above = first;
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    SQLite::Statement edge(m_database, "INSERT INTO member_group (parent, child) VALUES (?, ?)");
    for (const auto &[parent, child] : edges) {
        edge.bind(1, static_cast<std::int64_t>(parent));
        edge.bind(2, static_cast<std::int64_t>(child));
        edge.exec();
        edge.reset();
    }
}

void Generator::addMembers(SQLite::Statement &insert, std::size_t group, std::size_t members)
{
    std::vector<std::size_t> people;
    while (people.size() < members) {
        for (std::size_t missing = members - people.size(); missing > 0; --missing)
            people.push_back(1 + below(m_random, m_logins.size()));
        std::sort(people.begin(), people.end());
        people.erase(std::unique(people.begin(), people.end()), people.end());
    }
    for (const std::size_t person : people) {
        insert.bind(1, static_cast<std::int64_t>(group));
        insert.bind(2, static_cast<std::int64_t>(person));
        insert.exec();
        insert.reset();
    }
}

void Generator::makeMemberships()
{
    SQLite::Statement insert(m_database, "INSERT INTO member_entity (grp, entity) VALUES (?, ?)");
    const std::size_t all = count(5'000'000);
    const std::size_t big = std::min(count(2000), m_groups / 2);
    const std::size_t others = m_groups - big;
    const std::size_t every = m_groups / big; // the big ones stand on all levels
    std::size_t left = all - all / 5;
    std::size_t othersLeft = others;
    for (std::size_t group = 1, bigs = 0; group <= m_groups; ++group) {
        if (group % every == 0 && bigs < big) {
            ++bigs;
            addMembers(insert, group, std::min(all / 5 / big, m_logins.size() / 2));
        } else {
            const std::size_t share = left / othersLeft--;
            const std::size_t members = std::min(share / 2 + below(m_random, share + 1), m_logins.size() / 2);
            addMembers(insert, group, std::min(members, left));
            left -= std::min(members, left);
        }
    }
}

void Generator::run()
{
    takeIndexesAway();
    m_database.exec("BEGIN");
    step("policies", [this] { makePolicies(); });
    step("mounts", [this] { makeMounts(); });
    step("entities", [this] { makeEntities(); });
    step("aliases", [this] { makeAliases(); });
    step("groups", [this] { makeGroups(); });
    step("memberships", [this] { makeMemberships(); });
    step("indexes", [this] {
        for (const std::string &sql : m_indexes)
            m_database.exec(sql);
    });
    m_database.exec("UPDATE revision SET value = value + 1");
    step("commit", [this] { m_database.exec("COMMIT"); });
}

int generate(const std::filesystem::path &file, std::size_t divide)
{
    if (std::filesystem::exists(file)) {
        std::fprintf(stderr, "%s exists already\n", file.c_str());
        return 1;
    }
    {
        store::OpenOptions options;
        options.file = file;
        const auto made = store::Store::open(options);
        if (!made) {
            std::fprintf(stderr, "%s: %s\n", file.c_str(), made.error().wire.c_str());
            return 1;
        }
    }
    // Nobody has seen the file yet: if this stops half-way it is thrown away, so nothing needs to be safe.
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA journal_mode = OFF");
    database.exec("PRAGMA synchronous = OFF");
    database.exec("PRAGMA cache_size = -600000");
    database.exec("PRAGMA temp_store = MEMORY");
    database.exec("PRAGMA threads = 2"); // for sorting the indexes
    Generator(database, divide).run();
    database.exec("PRAGMA journal_mode = WAL");
    std::printf("%.0f MB\n", static_cast<double>(std::filesystem::file_size(file)) / 1e6);
    return 0;
}

} // namespace

} // namespace kith::bench

int main(int argc, char **argv)
{
    std::size_t divide = 1;
    if (argc == 4 && std::strcmp(argv[2], "--divide") == 0)
        divide = std::strtoul(argv[3], nullptr, 10);
    if ((argc != 2 && argc != 4) || divide == 0) {
        std::fprintf(stderr, "usage: generate FILE [--divide N]\n");
        return 2;
    }
    return kith::bench::generate(argv[1], divide);
}
