// SPDX-License-Identifier: Apache-2.0
#include "items/AliasTableModel.h"

#include "SyntheticConnection.h"
#include "items/MountTableModel.h"
#include "support/LiveConnection.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::items;
using connection::AliasKinds;
using connection::AliasQuery;
using test::LiveConnection;
using test::SyntheticConnection;

namespace {

QStringList column(const QAbstractItemModel &model, int column)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result += model.index(row, column).data().toString();
    return result;
}

QStringList list(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

std::string mount(LiveConnection &live, const std::string &path)
{
    live.post("sys/auth/" + path, R"({"type":"userpass","description":"for )" + path + R"("})");
    const auto mounts = test::await(live.directory().mounts());
    for (const connection::MountRow &row : *mounts)
        if (row.path == QString::fromStdString(path))
            return row.accessor.toStdString();
    return {};
}

void alias(LiveConnection &live, EntityId entity, const std::string &accessor, const std::string &name)
{
    live.post("identity/entity-alias",
              boost::json::serialize(boost::json::object{
                  {"name", name}, {"canonical_id", live.uuid(entity)}, {"mount_accessor", accessor}}));
}

} // namespace

/// The tables of aliases and of mounts, over the same core.
class TestAliasTableModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsFiltersAndSorts()
    {
        LiveConnection live;
        const std::string git = mount(live, "git");
        const std::string pass = mount(live, "pass");
        const EntityId ada = live.entity("Ada");
        const EntityId bo = live.entity("Bo");
        alias(live, ada, git, "octo");
        alias(live, ada, pass, "ada");
        alias(live, bo, git, "Octavia");
        AliasTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.rowCount(), 0);
        model.setWatching(true);
        QTRY_COMPARE(column(model, AliasTableModel::NameColumn), list("ada Octavia octo"));
        QCOMPARE(column(model, AliasTableModel::MountColumn), list("pass git git"));
        QCOMPARE(column(model, AliasTableModel::EntityColumn), list("Ada Bo Ada"));
        QCOMPARE(column(model, AliasTableModel::TypeColumn).front(), QStringLiteral("userpass"));
        AliasQuery query;
        query.filter = QStringLiteral("OCT");
        model.setQuery(query);
        QTRY_COMPARE(column(model, AliasTableModel::NameColumn), list("Octavia octo"));
        model.sort(AliasTableModel::EntityColumn);
        QTRY_COMPARE(column(model, AliasTableModel::EntityColumn), list("Ada Bo"));
        query = {};
        query.accessor = QString::fromStdString(pass);
        model.setQuery(query);
        QTRY_COMPARE(column(model, AliasTableModel::NameColumn), list("ada"));
        QVERIFY(model.index(0, 0).data(ObjectRole).value<connection::ObjectRef>() == connection::ObjectRef::of(ada));
    }
    void findsOrphansAndFollows()
    {
        LiveConnection live;
        const std::string git = mount(live, "git");
        const EntityId ada = live.entity("Ada");
        alias(live, ada, git, "octo");
        AliasTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        AliasQuery query;
        query.kinds = AliasKinds::Orphaned;
        model.setQuery(query);
        model.setWatching(true);
        QTRY_VERIFY(model.hasRead());
        QCOMPARE(model.rowCount(), 0);
        live.remove("sys/auth/git");
        QTRY_COMPARE(column(model, AliasTableModel::NameColumn), list("octo"));
        QVERIFY(model.index(0, 0).data(MountRole).toString().isEmpty());

        model.setWatching(false);
        live.remove(ada);
        QCoreApplication::processEvents();
        QCOMPARE(model.rowCount(), 1);
        model.setWatching(true);
        QTRY_COMPARE(model.rowCount(), 0);
    }
    void showsMounts()
    {
        LiveConnection live;
        const std::string git = mount(live, "git");
        MountTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setWatching(true);
        QTRY_COMPARE(column(model, MountTableModel::PathColumn), list("git"));
        QCOMPARE(model.index(0, MountTableModel::DescriptionColumn).data().toString(), QStringLiteral("for git"));
        const QPersistentModelIndex held = model.index(0, 0);
        mount(live, "a");
        QTRY_COMPARE(column(model, MountTableModel::PathColumn), list("a git"));
        QCOMPARE(held.row(), 1);
        alias(live, live.entity("Ada"), git, "octo");
        QTRY_COMPARE(model.index(1, MountTableModel::AliasesColumn).data().toInt(), 1);
        live.group("crew", R"("type":"external")");
        const std::string group = live.uuid(live.group("hub", R"("type":"external")"));
        live.post("identity/group-alias", boost::json::serialize(boost::json::object{
                                              {"name", "hub"}, {"canonical_id", group}, {"mount_accessor", git}}));
        QTRY_COMPARE(model.index(1, MountTableModel::GroupsColumn).data().toInt(), 1);
        model.sort(MountTableModel::AliasesColumn, Qt::DescendingOrder);
        QTRY_COMPARE(column(model, MountTableModel::PathColumn), list("git a"));
        QCOMPARE(model.rowOfAccessor(QString::fromStdString(git)), 0);
        live.remove("sys/auth/git");
        QTRY_COMPARE(column(model, MountTableModel::PathColumn), list("a"));
        QVERIFY(!model.mountAt(1));
    }
    void asksOnceForMountsAfterManyChanges()
    {
        SyntheticConnection connection(0);
        connection::MountRow row;
        row.path = QStringLiteral("git");
        row.accessor = QStringLiteral("acc_git");
        connection.synthetic.mountRows = {row};
        MountTableModel model(connection);
        model.setWatching(true);
        QTRY_COMPARE(column(model, MountTableModel::PathColumn), list("git"));
        QCOMPARE(connection.synthetic.mountQuestions, 1);
        ChangeSet changes;
        changes.entities.push_back(EntityId{1});
        connection.synthetic.held = true;
        connection.synthetic.mountRows.front().aliases = 7;
        for (int i = 0; i < 100; ++i)
            Q_EMIT connection.changed(changes);
        QCOMPARE(connection.synthetic.mountQuestions, 1); // they are collected
        QTRY_COMPARE(connection.synthetic.mountQuestions, 2);
        Q_EMIT connection.changed(changes); // while that one is under way
        std::exchange(connection.synthetic.waiting.front(), {})();
        QTRY_COMPARE(model.index(0, MountTableModel::AliasesColumn).data().toInt(), 7);
        QTRY_COMPARE(connection.synthetic.mountQuestions, 3);
        std::exchange(connection.synthetic.waiting.back(), {})();
        QCOMPARE(connection.synthetic.mountQuestions, 3);
    }
    /// A change that makes them readable again.
    void answersTheQuestionThatFailed()
    {
        SyntheticConnection connection(0);
        connection.synthetic.aliasIds = std::make_shared<const std::vector<quint32>>(std::vector<quint32>{1, 2});
        connection.synthetic.failure = Error{ErrorCode::Unreachable, 0, "gone", {}};
        AliasTableModel model(connection);
        const QAbstractItemModelTester tester(&model);
        const QSignalSpy failed(&model, &AliasTableModel::failed);
        const QSignalSpy loaded(&model, &AliasTableModel::loaded);
        model.setWatching(true);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!model.hasRead());
        connection.synthetic.failure.reset();
        ChangeSet changes;
        changes.everything = true;
        Q_EMIT connection.changed(changes);
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(loaded.size(), 1);
        QVERIFY(model.hasRead());
        QVERIFY(model.hasAllRows());
    }
};

QTEST_GUILESS_MAIN(TestAliasTableModel)
#include "tst_AliasTableModel.moc"
