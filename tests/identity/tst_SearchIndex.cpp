// SPDX-License-Identifier: Apache-2.0
#include "identity/SearchIndex.h"

#include "World.h"
#include "identity/GroupFilter.h"
#include "identity/GroupNames.h"
#include "store/Text.h"

#include <atomic>
#include <thread>

using namespace kith;
using namespace kith::identity;
using test::World;

namespace {

using Ids = std::vector<std::uint32_t>;

Ids rows(World &world, const std::string &filter, EntitySort sort = EntitySort::Name,
         SortOrder order = SortOrder::Ascending)
{
    const auto found = world.identities().index().entityRows({filter, sort, order});
    if (!found)
        qFatal("%s", test::why(found).constData());
    return **found;
}

/// "Anna [entity], …": names and kinds, with what matched.
std::string found(World &world, const std::string &text, std::size_t limit = 20)
{
    const auto hits = world.identities().index().find(text, limit);
    if (!hits)
        return test::why(hits).constData();
    std::string words;
    for (const Hit &hit : *hits) {
        constexpr std::array kinds{"entity", "group", "alias", "policy"};
        words += (words.empty() ? "" : ", ") + hit.name + " " + kinds[static_cast<std::size_t>(hit.kind)];
        words += hit.detail.empty() ? "" : " (" + hit.detail + ")";
    }
    return words;
}

/// The rows that SQLite gives for a filter, for comparing.
Ids slowRows(World &world, const std::string &filter, EntitySort sort)
{
    return *world.store().read([&](store::Session &session) -> Result<Ids> {
        std::vector<std::tuple<std::int64_t, std::string, std::uint32_t>> keyed;
        auto query =
            session.query("SELECT id, name_key, metadata, updated, disabled, "
                          "(SELECT count(*) FROM entity_alias a WHERE a.entity = e.id), "
                          "(SELECT count(*) FROM member_entity m WHERE m.entity = e.id), "
                          "(SELECT count(*) FROM entity_policy p WHERE p.entity = e.id), "
                          "(SELECT group_concat(name_key, char(10)) FROM entity_alias a WHERE a.entity = e.id) "
                          "FROM entity e");
        while (query.step()) {
            const std::string all =
                std::string(query.text(1)) + "\n" + std::string(query.text(2)) + "\n" + std::string(query.text(8));
            if (all.find(filter) == std::string::npos)
                continue;
            const int column = sort == EntitySort::Changed    ? 3
                               : sort == EntitySort::Disabled ? 4
                               : sort == EntitySort::Aliases  ? 5
                               : sort == EntitySort::Groups   ? 6
                                                              : 7;
            keyed.emplace_back(sort == EntitySort::Name ? 0 : query.integer(column), query.text(1),
                               static_cast<std::uint32_t>(query.integer(0)));
        }
        std::sort(keyed.begin(), keyed.end());
        Ids ids;
        for (const auto &[key, name, id] : keyed)
            ids.push_back(id);
        return ids;
    });
}

std::uint32_t row(EntityId id)
{
    return static_cast<std::uint32_t>(id.value);
}

} // namespace

class TestSearchIndex : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void filtersOverNamesAliasesAndValues()
    {
        World world;
        const EntityId anna = world.addEntity("Anna Müller");
        const EntityId bo = world.addEntity("Bo");
        const EntityId ceren = world.addEntity("Ceren Öz");
        world.addAlias(bo, "github", "ANNAlise");
        world.setMetadata(ceren, R"({"site":"Savannah","annex":"b"})");
        QTRY_VERIFY(world.identities().index().ready());
        QCOMPARE(rows(world, ""), (Ids{row(anna), row(bo), row(ceren)}));
        QCOMPARE(rows(world, "anna"), (Ids{row(anna), row(bo), row(ceren)}));
        QCOMPARE(rows(world, "annal"), (Ids{row(bo)}));
        QCOMPARE(rows(world, "MÜLL"), (Ids{row(anna)}));
        QCOMPARE(rows(world, "annex"), Ids{}); // a key, not a value
        QCOMPARE(rows(world, "öz"), (Ids{row(ceren)}));
        QCOMPARE(rows(world, "boanna"), Ids{}); // not across fields
        QCOMPARE(rows(world, "\xFF"), Ids{});
        const auto uuid = world.store().read([&](store::Session &session) -> Result<std::string> {
            return *session.text("SELECT uuid FROM entity_alias");
        });
        QCOMPARE(rows(world, *uuid), (Ids{row(bo)}));
    }

    void staysReadyWhenManyChange()
    {
        World world;
        world.addEntity("the first");
        QTRY_VERIFY(world.identities().index().ready());
        world.together([&] {
            for (int i = 0; i < 5000; ++i)
                world.addEntity("imported " + std::to_string(i));
        });
        QVERIFY(world.identities().index().ready()); // nobody who filters has to wait
        QCOMPARE(rows(world, "imported").size(), std::size_t{5000});
        QCOMPARE(rows(world, "imported 4999").size(), std::size_t{1});
    }

    void followsRandomCommits()
    {
        World world;
        std::mt19937 random(5);
        const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
        std::vector<EntityId> people;
        const GroupId group = world.addGroup("group");
        int serial = 0;
        const auto change = [&] {
            world.clock.advance(1000);
            const std::string number = std::to_string(++serial);
            if (people.size() < 10 || below(3) == 0)
                people.push_back(world.addEntity((below(2) ? "ab" : "b") + std::to_string(below(50)) + "x" + number));
            const EntityId person = people[below(people.size())];
            switch (below(5)) {
            case 0:
                world.addAlias(person, "accessor", "c" + number);
                break;
            case 1:
                world.setMetadata(person, "{\"key\":\"value" + std::to_string(below(30)) + "\"}");
                break;
            case 2:
                world.addMember(group, person);
                break;
            case 3:
                world.addPolicy(person, "p" + std::to_string(below(4)));
                break;
            default:
                if (below(3) == 0) {
                    world.removeEntity(people.back());
                    people.pop_back();
                }
            }
        };
        const std::vector<std::string> filters{"", "b", "1", "c2", "value2", "ab1", "nobody"};
        for (int i = 0; i < 120; ++i) {
            if (below(8) == 0)
                world.together([&] {
                    for (int k = 0; k < 30; ++k)
                        change();
                });
            else
                change();
            for (const std::string &filter : filters) {
                for (const EntitySort sort : {EntitySort::Name, EntitySort::Aliases, EntitySort::Groups,
                                              EntitySort::Policies, EntitySort::Disabled, EntitySort::Changed}) {
                    if (i % 6 == static_cast<int>(sort))
                        QCOMPARE(rows(world, filter, sort), slowRows(world, filter, sort));
                }
            }
        }
        Ids descending = rows(world, "", EntitySort::Groups, SortOrder::Descending);
        std::reverse(descending.begin(), descending.end());
        QCOMPARE(descending, rows(world, "", EntitySort::Groups));
    }

    void takesALargeCommitInTheBackground()
    {
        World world;
        QTRY_VERIFY(world.identities().index().ready());
        world.together([&] {
            for (int i = 0; i < 5000; ++i)
                world.addEntity("person" + std::to_string(10000 + i));
        });
        QCOMPARE(rows(world, "").size(), std::size_t{5000}); // from SQLite, or the new table
        QCOMPARE(rows(world, "person1").size(), std::size_t{5000});
        QCOMPARE(rows(world, "4999").size(), std::size_t{1});
        QVERIFY(world.identities().index().ready());
    }

    void givesTheFirstRowsOfManyEarly()
    {
        World world;
        std::vector<EntityId> people;
        world.together([&] {
            for (int i = 0; i < 20'400; ++i)
                people.push_back(world.addEntity("person " + std::to_string(100'000 + i)));
            for (int i = 0; i < 200; ++i)
                world.addAlias(people[static_cast<std::size_t>(i) * 7], "github", "octo" + std::to_string(i));
        });
        const SearchIndex &index = world.identities().index();
        QTRY_VERIFY_WITH_TIMEOUT(index.ready(), 30'000);
        world.removeEntity(people.front()); // beside the table
        world.addEntity("another person");
        world.addAlias(people[3], "github", "second");
        const auto isEven = [](std::uint32_t id) { return id % 2 == 0; };
        for (const char *filter : {"", "person", "1", "octo", "N 1"}) {
            for (const EntitySort sort : {EntitySort::Name, EntitySort::Aliases, EntitySort::Changed}) {
                for (const SortOrder order : {SortOrder::Ascending, SortOrder::Descending}) {
                    Ids expected = rows(world, filter, sort, order);
                    const RowList first = index.firstRows({filter, sort, order}, 60);
                    QVERIFY(first);
                    QCOMPARE(*first, Ids(expected.begin(), expected.begin() + 60));
                    std::erase_if(expected, [&](std::uint32_t id) { return !isEven(id); });
                    const RowList even = index.firstRows({filter, sort, order}, 60, isEven);
                    QVERIFY(even);
                    QCOMPARE(*even, Ids(expected.begin(), expected.begin() + 60));
                }
            }
        }
        QVERIFY(!index.firstRows({"person 1003"}, 150)); // a hundred: all of them are asked for
        QVERIFY(!index.firstRows({"nobody"}, 1));
    }
    void givesFewRowsAtOnce()
    {
        World world;
        for (int i = 0; i < 5; ++i)
            world.addEntity("person " + std::to_string(i));
        QTRY_VERIFY(world.identities().index().ready());
        QVERIFY(!world.identities().index().firstRows({}, 3));
    }
    /// The first of a table that isn't there yet.
    void givesTheFirstByNameBeforeItIsReady()
    {
        World world;
        const EntityId bo = world.addEntity("bo");
        const EntityId ada = world.addEntity("ada");
        world.addEntity("zoe");
        const SearchIndex index(world.store());
        QCOMPARE(*index.firstRows({}, 2), (Ids{row(ada), row(bo)}));
    }

    /// With a low limit only what may come first is looked at.
    void findsTheSameFirstWithALimit()
    {
        World world;
        world.together([&] {
            for (const char *name : {"an", "ana", "anb", "anna", "ann", "dan", "x an", "zan"})
                world.addEntity(name);
            world.addAlias(world.addEntity("zoe"), "github", "an");
            world.addAlias(world.addEntity("yu"), "github", "an other");
            world.addAlias(world.addEntity("anzo"), "gitlab", "an");
            world.setMetadata(world.addEntity("cy"), R"({"team":"an"})");
            world.addGroup("an");
            world.addGroup("an a");
            world.definePolicy("an", "");
        });
        const std::string all = found(world, "an", 100);
        for (std::size_t limit = 1; limit < 16; ++limit) {
            const std::string some = found(world, "an", limit);
            QVERIFY2(all.starts_with(some), (std::to_string(limit) + ": " + some + " / " + all).c_str());
        }
        world.addEntity("anaa"); // beside the table
        const std::string more = found(world, "an", 100);
        QVERIFY(more.starts_with(found(world, "an", 6)));
    }

    /// Most of them are passed over, since enough that match as well come before them.
    void findsTheBestAmongVeryMany()
    {
        World world;
        constexpr int Count = 20'400;
        world.together([&] {
            for (int i = 0; i < Count; ++i) {
                const EntityId person = world.addEntity("person " + std::to_string(100'000 + i));
                world.addAlias(person, "github", "p" + std::to_string(i) + "@example.org");
                if (i == Count - 10)
                    world.addAlias(person, "gitlab", "example");
                if (i == Count - 20)
                    world.addAlias(person, "gitlab", "examples of a name");
                if (i == Count - 30)
                    world.setMetadata(person, R"({"mail":"example"})");
            }
            world.addEntity("zoe example");
            world.addEntity("zexample");
            world.addEntity("example person");
            world.addGroup("an example");
        });
        QTRY_VERIFY_WITH_TIMEOUT(world.identities().index().ready(), 30'000);
        const std::string first = found(world, "example", 8);
        QCOMPARE(first, std::string("person 120390 alias (example), example person entity, person 120380 alias "
                                    "(examples of a name), zoe example entity, an example group, "
                                    "person 100000 alias (p0@example.org), person 100001 alias (p1@example.org), "
                                    "person 100002 alias (p2@example.org)"));
        const std::string all = found(world, "example", Count + 100); // none is passed over
        QVERIFY(all.starts_with(first));
        QVERIFY(all.starts_with(found(world, "example", 200)));
    }
    /// Their names are held in memory from one search to the next.
    void findsGroupsAsTheyAreNow()
    {
        World world;
        QCOMPARE(found(world, "lph"), std::string());
        const GroupId group = world.addGroup("Alpha");
        QCOMPARE(found(world, "lph"), std::string("Alpha group"));
        world.rename(group, "Beta");
        QCOMPARE(found(world, "lph"), std::string());
        QCOMPARE(found(world, "eta"), std::string("Beta group"));
        world.addEntity("Zeta"); // no group changes
        QCOMPARE(found(world, "eta"), std::string("Zeta entity, Beta group"));
        const GroupId next = world.addGroup("gamma"); // names stand side by side: "betagamma"
        QCOMPARE(found(world, "tag"), std::string());
        QCOMPARE(found(world, "amm"), std::string("gamma group"));
        world.removeGroup(next);
        QCOMPARE(found(world, "amm"), std::string());
    }

    /// Of many that match as well those count whose groups come first.
    void findsAliasesOfGroupsInTheirOrder()
    {
        World world;
        std::vector<GroupId> groups;
        world.together([&] {
            for (int i = 999; i >= 100; --i)
                groups.push_back(world.addGroup("group " + std::to_string(i)));
        });
        const Result<void> written = world.store().write([&](store::WriteSession &session) -> Result<void> {
            for (std::size_t i = 0; i < groups.size(); ++i) {
                const std::string name = "github-team-" + std::to_string(i);
                session.run("INSERT INTO group_alias (uuid, grp, accessor, name, name_key, created, updated) "
                            "VALUES (?, ?, 'github', ?, ?, 0, 0)",
                            newUuid(), groups[i], name, name);
                session.changes.groups.push_back(groups[i]);
            }
            return {};
        });
        QVERIFY2(written, test::why(written).constData());
        QCOMPARE(found(world, "team", 2),
                 std::string("group 100 alias (github-team-899), group 101 alias (github-team-898)"));
        const auto read = world.store().read([](store::Session &session) -> Result<int> {
            const GroupNames names = GroupNames::load(session);
            int count = 0;
            std::atomic<bool> stop = false;
            names.forEachWith(
                "team",
                [&](const GroupNames::Name &name) {
                    stop = ++count == 10;
                    if (!name.isAlias || !name.key.starts_with("group "))
                        count = 1000;
                },
                &stop);
            return count;
        });
        QCOMPARE(*read, 10); // nobody waits for the others
    }

    void findsTheBestFirst()
    {
        World world;
        world.together([&] {
            world.addEntity("Joanna");
            world.addEntity("Maria Anna");
            world.addEntity("Annabel");
            world.addEntity("Anna");
            const EntityId other = world.addEntity("Zoë");
            world.addAlias(other, "github", "Anna-Z");
            const EntityId value = world.addEntity("Yu");
            world.setMetadata(value, R"({"manager":"Anna"})");
            world.addGroup("Anna's team");
            world.definePolicy("anna", "");
        });
        QCOMPARE(found(world, "ANNA"),
                 std::string("Anna entity, anna policy, Annabel entity, Anna's team group, Zoë alias (Anna-Z), "
                             "Maria Anna entity, Joanna entity, Yu entity (Anna)"));
        QCOMPARE(found(world, "anna", 2), std::string("Anna entity, anna policy"));
        QCOMPARE(found(world, ""), std::string());
        QCOMPARE(found(world, "nobody"), std::string());
        const auto uuid = world.store().read([&](store::Session &session) -> Result<std::string> {
            return *session.text("SELECT uuid FROM identity_group");
        });
        QCOMPARE(found(world, QString::fromStdString(*uuid).toUpper().toStdString()), std::string("Anna's team group"));
    }

    void showsMatchingGroupsWithThoseAbove()
    {
        World world;
        const GroupId top = world.addGroup("top");
        const GroupId middle = world.addGroup("middle");
        const GroupId low = world.addGroup("Low land");
        world.addGroup("aside");
        world.addSubgroup(top, middle);
        world.addSubgroup(middle, low);
        const auto seen =
            world.identities().read([](const Snapshot &snapshot) { return filterGroups(snapshot, "LOW"); });
        QVERIFY2(seen, test::why(seen));
        QCOMPARE(seen->matches, (std::unordered_set<std::int64_t>{low.value}));
        QCOMPARE(seen->visible, (std::unordered_set<std::int64_t>{low.value, middle.value, top.value}));
    }

    void waitsUntilItIsAsked()
    {
        World world;
        world.addEntity("before");
        SearchIndex index(world.store());
        const auto all = [&] { return (*index.entityRows({"x"}))->size(); };
        world.addEntity("x before");
        QVERIFY(!index.ready());
        QCOMPARE(all(), std::size_t{1});
        QVERIFY(index.ready());
        ChangeSet changes;
        changes.entities.push_back(world.addEntity("x after"));
        index.follow(changes);
        QCOMPARE(all(), std::size_t{2});
    }

    void answersWhileOthersWrite()
    {
        World world;
        std::atomic<bool> stop = false;
        std::atomic<int> wrong = 0;
        std::thread reader([&] {
            std::size_t last = 0;
            while (!stop) {
                const std::size_t now = rows(world, "person").size();
                wrong += now < last ? 1 : 0; // people only come
                last = now;
                (void)found(world, "person1", 3);
            }
        });
        for (int i = 0; i < 150; ++i)
            world.addEntity("person" + std::to_string(i));
        stop = true;
        reader.join();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(rows(world, "person").size(), std::size_t{150});
    }
};

QTEST_GUILESS_MAIN(TestSearchIndex)
#include "tst_SearchIndex.moc"
