// SPDX-License-Identifier: Apache-2.0
#include "identity/AliasIndex.h"

#include "World.h"
#include "identity/Listing.h"

using namespace kith;
using namespace kith::identity;
using test::World;

namespace {

/// "ada@github bo@ldap": the names of the aliases in their order, with their accessors.
QByteArray shown(World &world, AliasIndex &index, const AliasQuery &query)
{
    const auto rows = index.rows(query);
    if (!rows)
        return test::why(rows);
    std::vector<AliasId> ids;
    for (const std::uint32_t row : **rows)
        ids.push_back(AliasId{row});
    const auto listed = world.store().read(
        [&](store::Session &session) -> Result<std::vector<ListedAliasRow>> { return listAliases(session, ids); });
    QByteArray text;
    for (const ListedAliasRow &row : *listed)
        text += (text.isEmpty() ? "" : " ") + QByteArray::fromStdString(row.alias.name + "@" + row.accessor);
    return text;
}

void addMount(World &world, const std::string &path, const std::string &accessor)
{
    const auto written = world.store().write([&](store::WriteSession &session) -> Result<void> {
        session.run(
            "INSERT INTO mount (namespace, class, path, type, accessor, uuid) VALUES (1, 'auth', ?, 'userpass', "
            "?, ?)",
            path, accessor, "uuid-of-" + accessor);
        session.changes.mounts = true;
        return {};
    });
    QVERIFY2(written, test::why(written));
}

} // namespace

class TestAliasIndex : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void filtersSortsAndFindsOrphans()
    {
        World world;
        addMount(world, "zebra/", "acc_one");
        addMount(world, "aardvark/", "acc_two");
        const EntityId zoe = world.addEntity("Zoe");
        const EntityId ada = world.addEntity("ada");
        world.addAlias(zoe, "acc_one", "Anna");
        world.addAlias(ada, "acc_two", "Hanna");
        world.addAlias(ada, "acc_gone", "bo");
        const auto index = AliasIndex::create(world.identities());
        QCOMPARE(shown(world, *index, {}), QByteArray("Anna@acc_one bo@acc_gone Hanna@acc_two"));
        QCOMPARE(shown(world, *index, {"ANN"}), QByteArray("Anna@acc_one Hanna@acc_two"));
        QCOMPARE(shown(world, *index, {"nobody"}), QByteArray());
        AliasQuery query;
        query.orphanedOnly = true;
        QCOMPARE(shown(world, *index, query), QByteArray("bo@acc_gone"));
        query = {};
        query.accessor = "acc_one";
        QCOMPARE(shown(world, *index, query), QByteArray("Anna@acc_one"));
        query = {};
        query.sort = AliasSort::Mount;
        QCOMPARE(shown(world, *index, query), QByteArray("Hanna@acc_two Anna@acc_one bo@acc_gone"));
        query.sort = AliasSort::Entity;
        QCOMPARE(shown(world, *index, query), QByteArray("bo@acc_gone Hanna@acc_two Anna@acc_one"));
        query.order = SortOrder::Descending;
        QCOMPARE(shown(world, *index, query), QByteArray("Anna@acc_one Hanna@acc_two bo@acc_gone"));
        query = {};
        query.sort = AliasSort::Changed;
        QCOMPARE(shown(world, *index, query).count('@'), 3);
        const auto counts = index->counts();
        QVERIFY2(counts, test::why(counts));
        QCOMPARE(counts->at("acc_gone"), std::size_t{1});
    }
    void followsCommits()
    {
        World world;
        const EntityId ada = world.addEntity("ada");
        const EntityId bo = world.addEntity("bo");
        world.addAlias(ada, "m", "b");
        const auto index = AliasIndex::create(world.identities());
        AliasQuery newest;
        newest.sort = AliasSort::Changed;
        QCOMPARE(shown(world, *index, {}), QByteArray("b@m"));
        QCOMPARE(shown(world, *index, newest), QByteArray("b@m"));
        world.addAlias(bo, "m", "a");
        world.addAlias(ada, "n", "c");
        QCOMPARE(shown(world, *index, {}), QByteArray("a@m b@m c@n"));
        QCOMPARE(shown(world, *index, newest).count('@'), 3);
        world.removeEntity(ada);
        QCOMPARE(shown(world, *index, {}), QByteArray("a@m"));
        addMount(world, "here/", "m");
        AliasQuery orphans;
        orphans.orphanedOnly = true;
        QCOMPARE(shown(world, *index, orphans), QByteArray());
    }
    void remembersTouchedEntitiesOnlyBesideATable()
    {
        World world;
        const EntityId ada = world.addEntity("ada");
        const auto index = AliasIndex::create(world.identities());
        world.addAlias(ada, "m", "a");
        QCOMPARE(index->touchedCount(), std::size_t{0}); // nobody asked yet
        const std::atomic<bool> cancel = true;
        QVERIFY(!index->rows({}, &cancel));
        world.addAlias(ada, "n", "b");
        QCOMPARE(index->touchedCount(), std::size_t{0}); // nothing was made
        QCOMPARE(shown(world, *index, {}), QByteArray("a@m b@n"));
        world.addAlias(ada, "o", "c");
        QCOMPARE(index->touchedCount(), std::size_t{1});
        QVERIFY(!index->rows({}, &cancel));
        QCOMPARE(index->touchedCount(), std::size_t{1}); // still to be done
        QCOMPARE(shown(world, *index, {}), QByteArray("a@m b@n c@o"));
        QCOMPARE(index->touchedCount(), std::size_t{0});
    }
    void readsAllAgainAfterVeryManyChanges()
    {
        World world;
        const EntityId ada = world.addEntity("ada");
        world.addAlias(ada, "m", "a");
        const auto index = AliasIndex::create(world.identities());
        QCOMPARE(shown(world, *index, {}), QByteArray("a@m"));
        world.addAlias(ada, "n", "b");
        const auto written = world.store().write([&](store::WriteSession &session) -> Result<void> {
            session.run("UPDATE entity_alias SET name = 'z', name_key = 'z' WHERE entity = ? AND accessor = 'm'", ada);
            for (std::int64_t id = 1; id <= 20'001; ++id)
                session.changes.entities.push_back(EntityId{id});
            return {};
        });
        QVERIFY2(written, test::why(written));
        QCOMPARE(index->touchedCount(), std::size_t{0});
        world.addAlias(ada, "o", "c");
        QCOMPARE(index->touchedCount(), std::size_t{0}); // is read with all others
        QCOMPARE(shown(world, *index, {}), QByteArray("b@n c@o z@m"));
    }
    void findsEveryPartInManyNames()
    {
        World world;
        std::vector<std::string> names;
        world.together([&] {
            for (int i = 0; i < 9000; ++i) {
                names.push_back("n" + std::to_string(i * 7919 % 9000));
                world.addAlias(world.addEntity("e" + std::to_string(i)), "m", names.back());
            }
        });
        const auto index = AliasIndex::create(world.identities());
        for (const std::string needle : {"n", "1", "77", "899", "n12", "zz"}) {
            const auto rows = index->rows({needle});
            QVERIFY2(rows, test::why(rows));
            const auto expected = std::count_if(names.begin(), names.end(), [&](const std::string &name) {
                return name.find(needle) != std::string::npos;
            });
            QCOMPARE(std::ptrdiff_t((*rows)->size()), expected);
        }
        const std::atomic<bool> cancel = true;
        QVERIFY(!AliasIndex::create(world.identities())->rows({}, &cancel));
    }
};

QTEST_GUILESS_MAIN(TestAliasIndex)
#include "tst_AliasIndex.moc"
