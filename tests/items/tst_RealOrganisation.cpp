// SPDX-License-Identifier: Apache-2.0
#include "items/EntityTableModel.h"
#include "items/GroupTreeModel.h"
#include "items/MemberTableModel.h"
#include "items/PolicySourcesModel.h"
#include "support/LiveConnection.h"
#include "support/Shared.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::items;
using connection::ObjectRef;
using test::await;
using test::LiveConnection;

namespace {

std::string request(const QByteArray &document)
{
    return boost::json::serialize(boost::json::object{{"document", document.toStdString()}});
}

/// Unfolds the first places of each level, `most` in all.
int unfold(GroupTreeModel &model, const QModelIndex &parent, int most)
{
    int unfolded = 0;
    for (int row = 0; row < model.rowCount(parent) && unfolded < most; ++row) {
        const QPersistentModelIndex index = model.index(row, 0, parent);
        if (!model.canFetchMore(index))
            continue;
        model.fetchMore(index);
        if (!QTest::qWaitFor([&] { return model.rowCount(index) > 0; }))
            return unfolded;
        unfolded += 1 + unfold(model, index, most - unfolded - 1);
    }
    return unfolded;
}

} // namespace

/// All models at once while a whole organisation comes and goes.
class TestRealOrganisation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsAnImportAndDeletions()
    {
        const QByteArray document = test::sharedFile(QStringLiteral("data/kubernetes-org-rich.json"));
        if (document.isEmpty())
            QSKIP("the real organisation isn't beside the project");
        LiveConnection live;
        EntityTableModel people(live.connection());
        GroupTreeModel groups(live.connection());
        MemberTableModel members(live.connection());
        PolicySourcesModel policies(live.connection());
        const QAbstractItemModelTester peopleTester(&people);
        QAbstractItemModelTester groupsTester(&groups);
        groupsTester.setUseFetchMore(false);
        const QAbstractItemModelTester membersTester(&members);
        const QAbstractItemModelTester policiesTester(&policies);
        people.setQuery({});
        QTRY_VERIFY(!people.isLoading());
        const QSignalSpy peopleReset(&people, &EntityTableModel::modelReset);
        const QSignalSpy failed(&groups, &GroupTreeModel::failed);

        live.post("kith/import", request(document));
        QTRY_COMPARE(people.rowCount(), 1509);
        const auto roots = await(live.directory().groupChildren({}, {}));
        QTRY_COMPARE(groups.rowCount(), static_cast<int>(roots->size()));
        QVERIFY(unfold(groups, {}, 40) > 10);
        QCOMPARE(peopleReset.size(), 0);

        const QPersistentModelIndex kubernetes = groups.index(0, 0);
        connection::MemberQuery query;
        query.group = groups.groupAt(kubernetes);
        query.withSubgroups = true;
        members.setQuery(query);
        QTRY_VERIFY(!members.isLoading());
        const auto detail = await(live.directory().group(query.group));
        QCOMPARE(members.rowCount(), static_cast<int>(detail->reached));
        policies.setObject(ObjectRef::of(people.entityAt(700)));
        QTRY_VERIFY(!policies.isLoading());

        // Every fifth of the people goes in one step.
        boost::json::array requests;
        std::vector<ObjectRef> gone;
        for (int row = 0; row < people.rowCount(); row += 5)
            gone.push_back(ObjectRef::of(people.entityAt(row)));
        const auto uuids = await(live.directory().uuids(gone));
        for (const QString &uuid : *uuids)
            requests.push_back({{"operation", "delete"}, {"path", "identity/entity/id/" + uuid.toStdString()}});
        live.post("kith/apply", boost::json::serialize(boost::json::object{{"requests", requests}}));
        QTRY_COMPARE(people.rowCount(), 1509 - static_cast<int>(gone.size()));
        const auto after = await(live.directory().group(query.group));
        QTRY_COMPARE(members.rowCount(), static_cast<int>(after->reached));
        QTRY_COMPARE(policies.rowCount(), 0); // row 700 was one of them
        QCOMPARE(peopleReset.size(), 0);
        QCOMPARE(failed.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRealOrganisation)
#include "tst_RealOrganisation.moc"
