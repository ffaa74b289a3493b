// SPDX-License-Identifier: Apache-2.0
#include "identity/MemberListing.h"

#include "World.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

using namespace kith;
using namespace kith::identity;
using test::World;

namespace {

int countStatement(unsigned, void *count, void *, void *)
{
    ++*static_cast<int *>(count);
    return 0;
}

/// The members of the group, and in how many statements they were read.
std::pair<std::vector<ListedMember>, int> listed(World &world, GroupId group, const std::vector<EntityId> &people)
{
    int statements = 0;
    const auto members = world.identities().read([&](const Snapshot &snapshot) -> Result<std::vector<ListedMember>> {
        sqlite3 *handle = snapshot.session.database().getHandle();
        sqlite3_trace_v2(handle, SQLITE_TRACE_STMT, countStatement, &statements);
        auto list = listMembers(snapshot, group, people);
        sqlite3_trace_v2(handle, 0, nullptr, nullptr);
        return list;
    });
    if (!members)
        qFatal("%s", test::why(members).constData());
    return {*members, statements};
}

} // namespace

class TestMemberListing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// A page of an external group's members is read while somebody scrolls, a whole group for a file.
    void readsHowEachCameInOneStatement()
    {
        constexpr int Count = 40;
        World world;
        const GroupId staff = world.addGroup("staff");
        const GroupId guests = world.addGroup("guests");
        world.setExternal(guests);
        std::vector<EntityId> people;
        world.together([&] {
            for (int i = 0; i < Count; ++i) {
                people.push_back(world.addEntity("person " + std::to_string(100 + i)));
                world.addAlias(people.back(), "auth_ldap_1", "uid" + std::to_string(i));
                world.addMember(staff, people.back());
                world.addMember(guests, people.back());
            }
        });
        const auto written = world.store().write([&](store::WriteSession &session) -> Result<void> {
            session.run("INSERT INTO mount (namespace, class, path, type, accessor, uuid) "
                        "VALUES (1, 'auth', 'ldap/', 'ldap', 'auth_ldap_1', 'mount')");
            session.run("INSERT INTO group_alias (uuid, grp, accessor, name, name_key, created, updated) "
                        "VALUES ('alias', ?, 'auth_ldap_1', 'Guests', 'guests', 0, 0)",
                        guests);
            session.run("UPDATE member_entity SET joined = 5, alias = (SELECT id FROM entity_alias a WHERE "
                        "a.entity = member_entity.entity) WHERE grp = ?",
                        guests);
            session.run("UPDATE entity_alias SET refreshed = 7 WHERE entity = ?", people.front());
            session.changes.mounts = true;
            return {};
        });
        QVERIFY2(written, test::why(written));

        (void)listed(world, staff, people); // whatever is read once, is
        const auto [direct, plainly] = listed(world, staff, people);
        const auto [external, withWays] = listed(world, guests, people);
        QCOMPARE(direct.size(), std::size_t{Count});
        QVERIFY(!direct.front().external);
        QCOMPARE(withWays - plainly, Count);

        QCOMPARE(external.size(), std::size_t{Count});
        QCOMPARE(external.front().external->mount, std::string("ldap"));
        QCOMPARE(external.front().external->alias, std::string("uid0"));
        QCOMPARE(*external.front().external->since, Nanoseconds{5});
        QCOMPARE(*external.front().external->refreshed, Nanoseconds{7});
        QCOMPARE(*external.back().external->refreshed, Nanoseconds{5});
    }
};

QTEST_GUILESS_MAIN(TestMemberListing)
#include "tst_MemberListing.moc"
