// SPDX-License-Identifier: Apache-2.0
#include "connection/TableRows.h"
#include "support/LiveConnection.h"

#include <QTest>

using namespace kith;
using namespace kith::connection;
using test::await;
using test::LiveConnection;

/// The answers of a directory that reads a core in this program, on a small organisation with one of everything.
class TestLocalDirectory : public QObject
{
    Q_OBJECT

    struct World {
        explicit World(LiveConnection &live)
        {
            live.post("sys/auth/github", R"({"type":"userpass"})");
            accessor = await(live.directory().mounts())->front().accessor.toStdString();
            ada = live.entity("Ada", R"("policies":["own"],"metadata":{"team":"Kernel"})");
            bo = live.entity("bo");
            top = live.group("top", R"("policies":["reader"])");
            mid = live.group("mid", R"("metadata":{"site":"Oslo"})");
            external = live.group("ext", R"("type":"external","policies":["auditor"])");
            live.addSubgroups(top, {mid});
            live.addMembers(mid, {ada});
            live.post("identity/entity-alias",
                      boost::json::serialize(boost::json::object{{"name", "octo"},
                                                                 {"canonical_id", live.uuid(ada)},
                                                                 {"mount_accessor", accessor},
                                                                 {"custom_metadata", {{"k", "v"}}}}));
            live.post("identity/group-alias",
                      boost::json::serialize(boost::json::object{
                          {"name", "auditors"}, {"canonical_id", live.uuid(external)}, {"mount_accessor", accessor}}));
        }
        std::string accessor;
        EntityId ada, bo;
        GroupId top, mid, external;
    };

private Q_SLOTS:
    void givesTablesWithTheirFirstValues()
    {
        LiveConnection live;
        const World world(live);
        auto &tables = dynamic_cast<TableSource &>(live.directory());
        const auto people = await(tables.entityTable({}));
        QVERIFY2(people, test::why(people));
        QVERIFY(people->extent == TableRows<EntityRow>::Extent::All);
        QCOMPARE(people->rows.size(), 2);
        QCOMPARE(people->values.size(), std::size_t{2});
        QCOMPARE(people->values.front().name, QStringLiteral("Ada"));
        EntityQuery filtered;
        filtered.conditions = {{EntityCondition::Kind::InGroup, world.mid}};
        const auto some = await(tables.entityTable(filtered));
        QVERIFY2(some, test::why(some));
        QCOMPARE(some->rows.size(), 1);
        MemberQuery query;
        query.group = world.top;
        query.withSubgroups = true;
        const auto members = await(tables.memberTable(query));
        QVERIFY2(members, test::why(members));
        QCOMPARE(members->rows.size(), 1);
        QCOMPARE(members->values.front().wayIn.size(), std::size_t{2});
        query.group = GroupId{4711};
        QCOMPARE(await(tables.memberTable(query)).error().code, ErrorCode::NotFound);
    }
    void countsWhoCarriesAPolicyHere()
    {
        LiveConnection live;
        const World world(live);
        live.post("sys/namespaces/team");
        live.post("team/identity/entity", R"({"name":"eve","policies":["own","theirs"]})");
        live.post("team/identity/group", R"({"name":"others","policies":["reader"]})");
        const auto policies = await(live.directory().policies());
        QVERIFY2(policies, test::why(policies));
        QStringList told;
        for (const PolicyRow &row : *policies)
            told += QStringLiteral("%1 %2 %3").arg(row.name).arg(row.entities).arg(row.groups);
        QCOMPARE(told.join(u','), QStringLiteral("auditor 0 1,default 0 0,own 1 0,reader 0 1,response-wrapping 0 0"));
    }
    void givesAFewMembersOfAGroup()
    {
        LiveConnection live;
        const World world(live);
        const EntityId cy = live.entity("cy");
        live.addMembers(world.mid, {cy, world.bo});
        auto &tables = dynamic_cast<TableSource &>(live.directory());
        const auto two = await(tables.firstMembers(world.mid, 2));
        QVERIFY2(two, test::why(two));
        QCOMPARE(two->size(), std::size_t{2});
        QCOMPARE(two->front().entity.name, QStringLiteral("Ada"));
        QCOMPARE(two->back().entity.name, QStringLiteral("bo"));
        QCOMPARE(await(tables.firstMembers(world.mid, 10))->size(), std::size_t{3});
        QVERIFY(await(tables.firstMembers(world.top, 10))->empty());
        QCOMPARE(await(tables.firstMembers(GroupId{4711}, 10)).error().code, ErrorCode::NotFound);
    }
    void saysWhoHasAPolicy()
    {
        LiveConnection live;
        const World world(live);
        live.addMembers(world.top, {world.bo});
        auto holders = await(live.directory().whoHas(QStringLiteral("Reader"), 10));
        QVERIFY2(holders, test::why(holders));
        QCOMPARE(holders->name, QStringLiteral("reader"));
        QVERIFY(!holders->defined);
        QCOMPARE(holders->groupCount, 2);
        QCOMPARE(holders->groups.at(1).name, QStringLiteral("mid"));
        QCOMPARE(holders->groups.at(1).chain.size(), 2U);
        QCOMPARE(holders->entityCount, 2);
        QCOMPARE(holders->entities.at(0).object, ObjectRef::of(world.bo)); // the shorter way first
        QCOMPARE(holders->entities.at(1).name, QStringLiteral("Ada"));
        QCOMPARE(holders->entities.at(1).chain.back().name, QStringLiteral("top"));
        holders = await(live.directory().whoHas(QStringLiteral("reader"), 1));
        QCOMPARE(holders->entityCount, 2);
        QCOMPARE(holders->entities.size(), 1U);
        QCOMPARE(holders->entities.at(0).name, QStringLiteral("bo"));
        holders = await(live.directory().whoHas(QStringLiteral("own"), 5));
        QCOMPARE(holders->entities.size(), 1U);
        QVERIFY(holders->entities.at(0).chain.empty());
        QCOMPARE(await(live.directory().whoHas(QStringLiteral("nothing"), 5))->entityCount, 0);
        QVERIFY(await(live.directory().whoHas(QStringLiteral("root"), 5))->defined);
    }
    void countsAndLists()
    {
        LiveConnection live;
        const World world(live);
        const auto counts = await(live.directory().counts());
        QVERIFY2(counts, test::why(counts));
        QCOMPARE(counts->entities, 2);
        QCOMPARE(counts->groups, 3);
        QCOMPARE(counts->aliases, 1);
        QCOMPARE(counts->mounts, 1);
        const auto mounts = await(live.directory().mounts());
        QCOMPARE(mounts->front().path, QStringLiteral("github"));
        QCOMPARE(mounts->front().aliases, 1);
        const auto policies = await(live.directory().policies());
        QCOMPARE(static_cast<qint64>(policies->size()), counts->policies);
        const auto reader = std::find_if(policies->begin(), policies->end(),
                                         [](const PolicyRow &row) { return row.name == QLatin1String("reader"); });
        QVERIFY(reader != policies->end());
        QVERIFY(!reader->defined);
        QCOMPARE(reader->groups, 1);
    }
    void tellsAllAboutAnEntity()
    {
        LiveConnection live;
        const World world(live);
        const auto ada = await(live.directory().entity(world.ada));
        QVERIFY2(ada, test::why(ada));
        QCOMPARE(ada->row.name, QStringLiteral("Ada"));
        QCOMPARE(ada->row.directGroups, 1);
        QCOMPARE(ada->policies, QStringList{QStringLiteral("own")});
        QCOMPARE(ada->metadata, (Metadata{{QStringLiteral("team"), QStringLiteral("Kernel")}}));
        QCOMPARE(ada->aliases.size(), std::size_t{1});
        QCOMPARE(ada->aliases.front().name.mount, QStringLiteral("github"));
        QCOMPARE(ada->aliases.front().customMetadata, (Metadata{{QStringLiteral("k"), QStringLiteral("v")}}));
        QCOMPARE(ada->groups.size(), std::size_t{2});
        QCOMPARE(ada->groups.front().group.id, world.mid);
        QCOMPARE(ada->groups.back().chain.size(), std::size_t{2});
        QVERIFY(ada->version >= 2);
        QVERIFY(ada->created.secsTo(QDateTime::currentDateTime()) < 60);
        QCOMPARE(await(live.directory().entity(EntityId{999})).error().code, ErrorCode::NotFound);
    }
    void tellsAllAboutAGroup()
    {
        LiveConnection live;
        const World world(live);
        const auto top = await(live.directory().group(world.top));
        QVERIFY2(top, test::why(top));
        QCOMPARE(top->reached, 1);
        QCOMPARE(top->row.directMembers, 0);
        QCOMPARE(top->subgroups.front().name, QStringLiteral("mid"));
        QVERIFY(top->parents.empty());
        const auto external = await(live.directory().group(world.external));
        QVERIFY(external->row.external);
        QCOMPARE(external->row.mount, QStringLiteral("github"));
        QCOMPARE(external->alias->name.name, QStringLiteral("auditors"));
        QCOMPARE(await(live.directory().group(GroupId{999})).error().code, ErrorCode::NotFound);
    }
    void walksTheHierarchy()
    {
        LiveConnection live;
        const World world(live);
        const auto roots = await(live.directory().groupChildren({}, {}));
        QVERIFY(*roots == (std::vector<GroupChild>{{world.external, true, false}, {world.top, false, true}}));
        QCOMPARE(*await(live.directory().pathTo(world.mid)), (std::vector<GroupId>{world.top, world.mid}));
        QCOMPARE(**await(live.directory().withDescendants({world.top})),
                 (std::unordered_set<qint64>{world.top.value, world.mid.value}));
        const auto filter = await(live.directory().filterGroups(QStringLiteral("oslo")));
        QVERIFY(filter->isMatch(world.mid));
        QVERIFY(filter->isAbove(world.top));
        QVERIFY(!filter->shows(world.external));
        const auto shown = await(live.directory().groupChildren({}, *filter));
        QVERIFY(*shown == (std::vector<GroupChild>{{world.top, false, true}}));
        QVERIFY(!await(live.directory().filterGroups({}))->active());
    }
    void findsAndTranslatesIds()
    {
        LiveConnection live;
        const World world(live);
        const QString uuid = QString::fromStdString(live.uuid(world.ada));
        QVERIFY(**await(live.directory().byUuid(uuid)) == ObjectRef::of(world.ada));
        QVERIFY(!await(live.directory().byUuid(QStringLiteral("nobody")))->has_value());
        const auto many = await(live.directory().byUuids({QStringLiteral("nobody"), uuid}));
        QVERIFY(!many->front());
        QVERIFY(many->back() == ObjectRef::of(world.ada));
        QCOMPARE(await(live.directory().uuids({ObjectRef::of(world.ada), ObjectRef::of(GroupId{999})})).value(),
                 (std::vector<QString>{uuid, QString()}));
        const auto byId = await(live.directory().entityRows({uuid}));
        QCOMPARE(byId->size(), 1);
        QCOMPARE(byId->at(0), world.ada);
        const auto hits = await(live.directory().find(QStringLiteral("oct"), 5));
        QVERIFY(!hits->empty());
        QVERIFY(hits->front().object == ObjectRef::of(world.ada));
        QCOMPARE(hits->front().kind, HitKind::Alias);
    }
    void explainsAndPreviews()
    {
        LiveConnection live;
        const World world(live);
        const auto explanation = await(live.directory().explain(ObjectRef::of(world.ada)));
        QCOMPARE(explanation->policies.size(), std::size_t{2});
        QVERIFY(explanation->policies.front().sources.front().onEntity);
        QCOMPARE(explanation->policies.back().name, QStringLiteral("reader"));
        QCOMPARE(explanation->policies.back().sources.front().chain.front().name, QStringLiteral("mid"));
        const auto chains = await(live.directory().chains(ObjectRef::of(world.ada), world.top, 10));
        QCOMPARE(chains->size(), std::size_t{1});
        const auto ofGroup = await(live.directory().chains(ObjectRef::of(world.mid), world.top, 10));
        QCOMPARE(ofGroup->size(), std::size_t{1});
        QCOMPARE(ofGroup->front().front().name, QStringLiteral("mid"));
        QCOMPARE(ofGroup->front().back().name, QStringLiteral("top"));
        QVERIFY(await(live.directory().chains(ObjectRef::of(world.top), world.mid, 10))->empty());

        Change change;
        change.addPeople = {world.bo};
        change.target = world.mid;
        const auto preview = await(live.directory().preview(change));
        QVERIFY2(preview, test::why(preview));
        QCOMPARE(preview->refusal, Refusal::None);
        QCOMPARE(preview->targetName, QStringLiteral("mid"));
        QCOMPARE(preview->gained.size(), std::size_t{1});
        QCOMPARE(preview->gained.front().policy, QStringLiteral("reader"));
        change.target = world.external;
        QCOMPARE(await(live.directory().preview(change))->refusal, Refusal::ExternalTarget);
    }
    void saysWhoPutSomebodyIntoAnExternalGroup()
    {
        LiveConnection live;
        const World world(live);
        const auto put = [&](std::optional<std::int64_t> refreshed) {
            const auto written =
                live.connection().core().store().write([&](store::WriteSession &session) -> Result<void> {
                    session.run("INSERT OR REPLACE INTO member_entity (grp, entity, joined, alias) "
                                "VALUES (?, ?, ?, (SELECT id FROM entity_alias))",
                                world.external, world.ada, std::int64_t{1'795'334'400'000'000'000});
                    session.run("UPDATE entity_alias SET refreshed = ?", refreshed);
                    session.changes.members.emplace_back(world.external, world.ada);
                    return {};
                });
            QVERIFY2(written, test::why(written));
        };
        put(1'795'420'800'000'000'000);
        const BroughtBy by{QStringLiteral("github"), QStringLiteral("octo"),
                           QDateTime::fromSecsSinceEpoch(1'795'420'800)};
        const auto explanation = await(live.directory().explain(ObjectRef::of(world.ada)));
        QCOMPARE(explanation->policies.front().name, QStringLiteral("auditor"));
        QCOMPARE(explanation->policies.front().sources.front().by, by);
        const auto entity = await(live.directory().entity(world.ada));
        const auto membership = std::find_if(entity->groups.begin(), entity->groups.end(),
                                             [&](const Membership &one) { return one.group.id == world.external; });
        QVERIFY(membership != entity->groups.end());
        QCOMPARE(membership->by, by);
        for (const Membership &one : entity->groups)
            QVERIFY(one.group.external || one.by == BroughtBy());
        const auto members = await(live.directory().members(world.external, {world.ada}));
        QCOMPARE(members->size(), std::size_t{1});
        QCOMPARE(members->front().by, by);
        QCOMPARE(await(live.directory().members(world.mid, {world.ada}))->front().by, BroughtBy());
        put({}); // of an older core: when it was said first is known alone
        QCOMPARE(await(live.directory().members(world.external, {world.ada}))->front().by.refreshed.toSecsSinceEpoch(),
                 qint64{1'795'334'400});
    }
};

QTEST_GUILESS_MAIN(TestLocalDirectory)
#include "tst_LocalDirectory.moc"
