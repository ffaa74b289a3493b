// SPDX-License-Identifier: Apache-2.0
#include "items/PolicySourcesModel.h"
#include "support/LiveConnection.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::items;
using connection::ObjectRef;
using test::LiveConnection;

namespace {

/// ada is in low and side; low and side are in mid, mid is in top. top carries "a", mid "b", ada herself "b" and "c".
struct World {
    explicit World(LiveConnection &live)
        : ada(live.entity("ada", R"("policies":["b","c"])"))
        , top(live.group("top", R"("policies":["a"])"))
        , mid(live.group("mid", R"("policies":["b"])"))
        , low(live.group("low"))
        , side(live.group("side"))
    {
        live.addSubgroups(top, {mid});
        live.addSubgroups(mid, {low, side});
        live.addMembers(low, {ada});
        live.addMembers(side, {ada});
        QCoreApplication::processEvents();
    }
    EntityId ada;
    GroupId top, mid, low, side;
};

} // namespace

class TestPolicySourcesModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsPoliciesWithTheirSources()
    {
        LiveConnection live;
        const World world(live);
        PolicySourcesModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setObject(ObjectRef::of(world.ada));
        QVERIFY(model.isLoading());
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(model.policyCount(), 3);
        QCOMPARE(model.copyText(), QStringLiteral("a (not defined)\n\tlow → mid → top (2 ways)\n"
                                                  "b (not defined)\n\tOn the entity itself\n\tlow → mid (2 ways)\n"
                                                  "c (not defined)\n\tOn the entity itself"));
        const QModelIndex a = model.index(0, 0);
        QCOMPARE(a.data(PolicyRole).toString(), QStringLiteral("a"));
        QVERIFY(!a.data(DefinedRole).toBool());
        QCOMPARE(a.data(SourceCountRole).toInt(), 1);
        const QModelIndex source = model.index(0, 0, a);
        QCOMPARE(source.data(ChainsRole).toString(), QStringLiteral("2"));
        QVERIFY(source.data(ObjectRole).value<ObjectRef>() == ObjectRef::of(world.top));
        QCOMPARE(source.data(ChainRole).value<std::vector<connection::GroupRef>>().size(), std::size_t{3});
        QVERIFY(model.index(0, 0, model.index(1, 0)).data(OnEntityRole).toBool());
    }
    void listsSourcesWithTheirPolicies()
    {
        LiveConnection live;
        const World world(live);
        PolicySourcesModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setGrouping(PolicySourcesModel::Grouping::BySource);
        model.setObject(ObjectRef::of(world.ada));
        QTRY_COMPARE(model.copyText(), QStringLiteral("On the entity itself\n\tb (not defined)\n\tc (not defined)\n"
                                                      "low → mid\n\tb (not defined)\n"
                                                      "low → mid → top\n\ta (not defined)"));
        model.setGrouping(PolicySourcesModel::Grouping::ByPolicy);
        QCOMPARE(model.rowCount(), 3);
    }
    void explainsGroups()
    {
        LiveConnection live;
        const World world(live);
        PolicySourcesModel model(live.connection());
        model.setObject(ObjectRef::of(world.mid));
        QTRY_COMPARE(model.copyText(), QStringLiteral("a (not defined)\n\tmid → top\nb (not defined)\n\tmid"));
    }
    void followsChangesWithTheSmallestSignals()
    {
        LiveConnection live;
        const World world(live);
        PolicySourcesModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setObject(ObjectRef::of(world.ada));
        QTRY_COMPARE(model.rowCount(), 3);
        const QSignalSpy reset(&model, &PolicySourcesModel::modelReset);
        const QSignalSpy inserted(&model, &PolicySourcesModel::rowsInserted);
        const QPersistentModelIndex c = model.index(2, 0);

        live.post("identity/group/id/" + live.uuid(world.side), R"({"policies":["bb","c"]})");
        QTRY_COMPARE(model.rowCount(), 4);
        QCOMPARE(c.row(), 3);
        QCOMPARE(model.rowCount(c), 2);
        QCOMPARE(inserted.size(), 2);

        live.removeMembers(world.side, {world.ada});
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(model.rowCount(c), 1);
        QCOMPARE(model.index(0, 0, model.index(0, 0)).data(ChainsRole).toString(), QStringLiteral("1"));

        live.removeSubgroups(world.mid, {world.low});
        QTRY_COMPARE(
            model.copyText(),
            QStringLiteral("b (not defined)\n\tOn the entity itself\nc (not defined)\n\tOn the entity itself"));
        live.remove(world.ada);
        QTRY_COMPARE(model.rowCount(), 0);
        QCOMPARE(reset.size(), 0);
    }
    void filtersPoliciesAndGroups()
    {
        LiveConnection live;
        const World world(live);
        PolicySourcesModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setObject(ObjectRef::of(world.ada));
        QTRY_COMPARE(model.rowCount(), 3);
        model.setFilter(QStringLiteral("TOP"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.policyCount(), 3);
        model.setFilter(QStringLiteral("c"));
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("c"));
        live.post("identity/group/id/" + live.uuid(world.side), R"({"policies":["cc"]})");
        QTRY_COMPARE(model.rowCount(), 2);
        model.setFilter({});
        QCOMPARE(model.rowCount(), 4);
    }
    void dropsAnswersAboutOlderObjects()
    {
        LiveConnection live;
        const World world(live);
        PolicySourcesModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        const QSignalSpy loaded(&model, &PolicySourcesModel::loaded);
        model.setObject(ObjectRef::of(world.top));
        model.setObject(ObjectRef::of(world.ada));
        model.setObject(ObjectRef::of(world.mid));
        QTRY_COMPARE(loaded.size(), 1);
        QCOMPARE(model.rowCount(), 2);
        model.setObject({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPolicySourcesModel)
#include "tst_PolicySourcesModel.moc"
