// SPDX-License-Identifier: Apache-2.0
#include "items/EntityTableModel.h"
#include "items/MimeData.h"
#include "support/LiveConnection.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::items;
using connection::ObjectRef;
using test::LiveConnection;

namespace {

QStringList names(const EntityTableModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result.append(model.index(row, EntityTableModel::NameColumn).data().toString());
    return result;
}

QStringList list(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '));
}

} // namespace

class TestEntityTableModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsRowsAndTheirValues()
    {
        LiveConnection live;
        live.send(core::Operation::Update, "sys/auth/github", R"({"type":"userpass"})");
        const std::string accessor = connectionAccessor(live);
        const EntityId ada = live.entity("Ada", R"("policies":["reader","writer"])");
        live.post("identity/entity-alias",
                  boost::json::serialize(boost::json::object{
                      {"name", "octo-ada"}, {"canonical_id", live.uuid(ada)}, {"mount_accessor", accessor}}));
        live.entity("bo", R"("disabled":true)");
        live.addMembers(live.group("team"), {ada});

        EntityTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setQuery({});
        QVERIFY(model.isLoading());
        QTRY_COMPARE(model.rowCount(), 2);
        QTRY_COMPARE(names(model), list("Ada bo"));
        QCOMPARE(model.index(0, EntityTableModel::AliasesColumn).data().toString(),
                 QStringLiteral("octo-ada (github)"));
        QCOMPARE(model.index(0, EntityTableModel::GroupsColumn).data().toInt(), 1);
        QCOMPARE(model.index(0, EntityTableModel::PoliciesColumn).data().toInt(), 2);
        QVERIFY(model.index(0, EntityTableModel::ChangedColumn).data().toDateTime().isValid());
        QVERIFY(model.index(1, 0).data(DisabledRole).toBool());
        QVERIFY(model.index(0, 0).data(ObjectRole).value<ObjectRef>() == ObjectRef::of(ada));
        QCOMPARE(model.index(0, 0).data(UuidRole).toString().toStdString(), live.uuid(ada));
        QCOMPARE(model.rowOf(ada), 0);
        QCOMPARE(model.rowOf(EntityId{999}), -1);
    }
    void followsEveryChangeOfPeople()
    {
        LiveConnection live;
        const EntityId bo = live.entity("bo");
        live.entity("dora");
        EntityTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setQuery({});
        QTRY_COMPARE(names(model), list("bo dora"));
        const QSignalSpy reset(&model, &EntityTableModel::modelReset);
        const QSignalSpy inserted(&model, &EntityTableModel::rowsInserted);
        const QSignalSpy moved(&model, &EntityTableModel::rowsMoved);
        const QSignalSpy removed(&model, &EntityTableModel::rowsRemoved);
        const QSignalSpy count(&model, &EntityTableModel::countChanged);
        const QPersistentModelIndex held = model.index(0, 0);

        const EntityId cleo = live.entity("Cleo");
        QTRY_COMPARE(names(model), list("bo Cleo dora"));
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(inserted.front().at(1).toInt(), 1);

        live.rename(bo, "zoe");
        QTRY_COMPARE(names(model), list("Cleo dora zoe"));
        QCOMPARE(moved.size(), 1);
        QCOMPARE(held.row(), 2); // what was selected stays so

        live.remove(cleo);
        QTRY_COMPARE(names(model), list("dora zoe"));
        QCOMPARE(removed.size(), 1);
        QCOMPARE(count.size(), 2);

        const GroupId team = live.group("team");
        live.addMembers(team, {bo});
        QTRY_COMPARE(model.index(1, EntityTableModel::GroupsColumn).data().toInt(), 1);
        live.removeMembers(team, {bo});
        QTRY_COMPARE(model.index(1, EntityTableModel::GroupsColumn).data().toInt(), 0);
        QCOMPARE(reset.size(), 0);
    }
    void filtersWhileChangesCome()
    {
        LiveConnection live;
        const EntityId anna = live.entity("anna");
        live.entity("bo");
        live.entity("hanna");
        EntityTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setFilter(QStringLiteral("ANN"));
        QTRY_COMPARE(names(model), list("anna hanna"));
        live.entity("joanna");
        live.entity("cy");
        QTRY_COMPARE(names(model), list("anna hanna joanna"));
        live.rename(anna, "amy");
        QTRY_COMPARE(names(model), list("hanna joanna"));
        model.setFilter({});
        live.rename(anna, "zoe");
        QTRY_COMPARE(names(model), list("bo cy hanna joanna zoe"));
        model.setFilter(QStringLiteral("nobody"));
        QTRY_COMPARE(model.rowCount(), 0);
    }
    void sortsByColumns()
    {
        LiveConnection live;
        const EntityId ada = live.entity("ada");
        const EntityId bo = live.entity("bo", R"("policies":["a","b"])");
        live.entity("cy", R"("policies":["a"],"disabled":true)");
        const GroupId one = live.group("one");
        const GroupId two = live.group("two");
        live.addMembers(one, {ada, bo});
        live.addMembers(two, {ada});
        EntityTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.sort(EntityTableModel::GroupsColumn, Qt::DescendingOrder);
        QTRY_COMPARE(names(model), list("ada bo cy"));
        model.sort(EntityTableModel::PoliciesColumn, Qt::AscendingOrder);
        QTRY_COMPARE(names(model), list("ada cy bo"));
        model.sort(EntityTableModel::NameColumn, Qt::DescendingOrder);
        QTRY_COMPARE(names(model), list("cy bo ada"));
        model.sort(EntityTableModel::StateColumn, Qt::DescendingOrder);
        QTRY_COMPARE(names(model).front(), QStringLiteral("cy"));

        model.sort(EntityTableModel::GroupsColumn, Qt::AscendingOrder);
        QTRY_COMPARE(names(model), list("cy bo ada"));
        live.removeMembers(one, {bo, ada});
        live.removeMembers(two, {ada});
        live.addMembers(one, {bo});
        QTRY_COMPARE(names(model), list("ada cy bo"));
    }
    void takesManyChangesAtOnce()
    {
        LiveConnection live;
        for (int i = 0; i < 60; ++i)
            live.entity("person " + std::to_string(10 + i));
        EntityTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        const QSignalSpy reset(&model, &EntityTableModel::modelReset);
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 60);
        const QPersistentModelIndex held = model.index(59, 0);
        boost::json::array requests;
        for (int i = 0; i < 60; ++i) {
            const std::string name = "person " + std::to_string(10 + i);
            requests.push_back({{"operation", "update"},
                                {"path", "identity/entity"},
                                {"data", {{"name", name + " junior"}, {"metadata", {{"n", "1"}}}}}});
        }
        live.post("kith/apply", boost::json::serialize(boost::json::object{{"requests", requests}}));
        QTRY_COMPARE(model.rowCount(), 120);
        QTRY_COMPARE(model.index(1, 0).data().toString(), QStringLiteral("person 10 junior"));
        QCOMPARE(held.row(), 118);
        QCOMPARE(reset.size(), 1);
    }
    void readsAllAnewAfterAnotherProgram()
    {
        LiveConnection live;
        live.entity("ada");
        live.entity("bo");
        EntityTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setQuery({});
        QTRY_COMPARE(names(model), list("ada bo"));
        const QSignalSpy reset(&model, &EntityTableModel::modelReset);
        const auto written = live.connection().core().store().write([&](store::WriteSession &session) -> Result<void> {
            session.run("UPDATE entity SET name = 'Cy', name_key = 'cy' WHERE name = 'ada'");
            session.changes.everything = true;
            return {};
        });
        QVERIFY2(written, test::why(written));
        QTRY_COMPARE(names(model), list("bo Cy"));
        QCOMPARE(reset.size(), 0);
    }
    void carriesRows()
    {
        LiveConnection live;
        const EntityId ada = live.entity("ada");
        const EntityId bo = live.entity("bo");
        EntityTableModel model(live.connection());
        model.setQuery({});
        QTRY_COMPARE(names(model), list("ada bo"));
        QVERIFY(model.flags(model.index(0, 0)).testFlag(Qt::ItemIsDragEnabled));
        const std::unique_ptr<QMimeData> data(
            model.mimeData({model.index(1, 0), model.index(0, 0), model.index(0, 3), model.index(1, 2)}));
        const auto carried = unpack(*data);
        QVERIFY(carried);
        QCOMPARE(carried->people, (std::vector<EntityId>{ada, bo}));
        QVERIFY(carried->groups.empty());
        QCOMPARE(carried->names, (QStringList{QStringLiteral("ada"), QStringLiteral("bo")}));
        QCOMPARE(carried->core, live.connection().location());
        QVERIFY(!carried->source.id);
        QCOMPARE(data->text(), QStringLiteral("ada\nbo"));
    }

private:
    static std::string connectionAccessor(LiveConnection &live)
    {
        return test::await(live.directory().mounts())->front().accessor.toStdString();
    }
};

QTEST_GUILESS_MAIN(TestEntityTableModel)
#include "tst_EntityTableModel.moc"
