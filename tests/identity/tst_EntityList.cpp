// SPDX-License-Identifier: Apache-2.0
#include "identity/EntityList.h"
#include "identity/World.h"

using namespace kith;
using namespace kith::identity;

namespace {

/// The rows as texts, one a line.
template <class List>
std::vector<std::string> listed(test::World &world, NamespaceId ns, List &&list)
{
    std::vector<std::string> lines;
    const auto read = world.store().read([&](store::Session &session) -> Result<void> {
        list(session, ns, [&](const EntityListRow &row) {
            std::string line;
            for (const std::string_view text : {row.uuid, row.name, row.aliasUuid, row.accessor, row.aliasName})
                line.append(text).append("|");
            lines.push_back(std::move(line));
        });
        return {};
    });
    if (!read)
        qFatal("%s", test::why(read).constData());
    return lines;
}

} // namespace

class TestEntityList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isTheSameInMemoryAndByIndex()
    {
        test::World world;
        std::mt19937 random(7);
        std::vector<EntityId> people;
        for (int i = 0; i < 60; ++i)
            people.push_back(world.addEntity("person-" + std::to_string(i)));
        for (int i = 0; i < 100; ++i) // of somebody or other, so that aliases aren't in the order of their entities
            world.addAlias(people[random() % people.size()], "auth_" + std::to_string(random() % 3),
                           "alias-" + std::to_string(i));
        for (int i = 0; i < 10; ++i)
            world.removeEntity(people[static_cast<std::size_t>(i) * 3]);
        const std::vector<std::string> quick = listed(world, RootNamespace, listEntitiesInMemory);
        QVERIFY(quick.size() > 70);
        QVERIFY(quick == listed(world, RootNamespace, listEntitiesByIndex));
        QVERIFY(quick == listed(world, RootNamespace, listEntities));
        QVERIFY(std::is_sorted(quick.begin(), quick.end(), [](const std::string &a, const std::string &b) {
            return a.substr(0, 36) < b.substr(0, 36);
        }));
    }

    void listsOnlyThoseOfItsNamespace()
    {
        test::World world;
        world.addEntity("of the root");
        const EntityId bo = world.addEntity("bo");
        const EntityId ada = world.addEntity("ada");
        world.addAlias(ada, "auth_1", "second");
        world.addAlias(bo, "auth_1", "other");
        world.addAlias(ada, "auth_0", "first");
        const auto written = world.store().write([&](store::WriteSession &session) -> Result<void> {
            session.run("INSERT INTO namespace (id, short_id, suffix, path, uuid) VALUES (2, 'abcdef', '.abcdef', "
                        "'team/', 'uuid-2')");
            session.run("UPDATE entity SET namespace = 2 WHERE id IN (?, ?)", ada, bo);
            session.changes.everything = true;
            return {};
        });
        QVERIFY2(written, test::why(written));
        const std::vector<std::string> there = listed(world, NamespaceId{2}, listEntities);
        QCOMPARE(there.size(), std::size_t{3});
        QVERIFY(there == listed(world, NamespaceId{2}, listEntitiesInMemory));
        QCOMPARE(listed(world, RootNamespace, listEntities).size(), std::size_t{1});
    }

    void isEmptyWhereNobodyIs()
    {
        test::World world;
        QVERIFY(listed(world, RootNamespace, listEntitiesInMemory).empty());
        world.addEntity("somebody");
        QVERIFY(listed(world, NamespaceId{77}, listEntitiesInMemory).empty());
        QVERIFY(listed(world, NamespaceId{77}, listEntitiesByIndex).empty());
        QCOMPARE(listed(world, RootNamespace, listEntitiesInMemory).size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestEntityList)
#include "tst_EntityList.moc"
