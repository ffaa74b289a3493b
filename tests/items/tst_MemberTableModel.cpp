// SPDX-License-Identifier: Apache-2.0
#include "items/MemberTableModel.h"
#include "items/MimeData.h"
#include "support/LiveConnection.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::items;
using connection::GroupRef;
using connection::MemberQuery;
using test::LiveConnection;

namespace {

/// "ada, bo by d → c" for each row, joined with "; "; unfinished rows are "…".
QString drawn(const MemberTableModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QString name = model.index(row, MemberTableModel::NameColumn).data().toString();
        const QString way = model.index(row, MemberTableModel::WayInColumn).data().toString();
        rows.append(name.isEmpty() ? QStringLiteral("…") : way.isEmpty() ? name : name + QLatin1String(" by ") + way);
    }
    return rows.join(QLatin1String("; "));
}

MemberQuery of(GroupId group, bool withSubgroups)
{
    MemberQuery query;
    query.group = group;
    query.withSubgroups = withSubgroups;
    return query;
}

/// top ── mid ── low; ada in top, bo in mid, cy in low and mid.
struct Staff {
    explicit Staff(LiveConnection &live)
        : ada(live.entity("ada"))
        , bo(live.entity("bo"))
        , cy(live.entity("cy"))
        , top(live.group("top"))
        , mid(live.group("mid"))
        , low(live.group("low"))
    {
        live.addSubgroups(top, {mid});
        live.addSubgroups(mid, {low});
        live.addMembers(top, {ada});
        live.addMembers(mid, {bo, cy});
        live.addMembers(low, {cy});
        QCoreApplication::processEvents();
    }
    EntityId ada, bo, cy;
    GroupId top, mid, low;
};

} // namespace

class TestMemberTableModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsDirectMembersOrAll()
    {
        LiveConnection live;
        const Staff staff(live);
        MemberTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setQuery(of(staff.top, false));
        QTRY_COMPARE(drawn(model), QStringLiteral("ada"));
        model.setQuery(of(staff.top, true));
        QTRY_COMPARE(drawn(model), QStringLiteral("ada; bo by mid → top; cy by mid → top"));
        QCOMPARE(model.index(1, 0).data(WayInRole).value<std::vector<GroupRef>>().size(), std::size_t{2});
        model.setQuery(of(staff.low, true));
        QCOMPARE(model.rowCount(), 0); // not a moment with the people of another group
        QTRY_COMPARE(drawn(model), QStringLiteral("cy"));
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 0);
    }
    void followsMembershipsAndGroups()
    {
        LiveConnection live;
        const Staff staff(live);
        MemberTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setQuery(of(staff.top, true));
        QTRY_COMPARE(drawn(model), QStringLiteral("ada; bo by mid → top; cy by mid → top"));
        const QSignalSpy reset(&model, &MemberTableModel::modelReset);

        live.removeMembers(staff.mid, {staff.cy}); // another way in is left
        QTRY_COMPARE(drawn(model), QStringLiteral("ada; bo by mid → top; cy by low → mid → top"));
        live.addMembers(staff.top, {staff.bo});
        QTRY_COMPARE(drawn(model), QStringLiteral("ada; bo; cy by low → mid → top"));
        live.rename(staff.low, "lower");
        QTRY_COMPARE(drawn(model), QStringLiteral("ada; bo; cy by lower → mid → top"));
        live.rename(staff.ada, "zoe");
        QTRY_COMPARE(drawn(model), QStringLiteral("bo; cy by lower → mid → top; zoe"));
        live.removeSubgroups(staff.mid, {staff.low});
        QTRY_COMPARE(drawn(model), QStringLiteral("bo; zoe"));
        live.remove(staff.bo);
        QTRY_COMPARE(drawn(model), QStringLiteral("zoe"));
        live.remove(staff.top);
        QTRY_COMPARE(model.rowCount(), 0);
        QCOMPARE(reset.size(), 0);
    }
    void countsEffectivePolicies()
    {
        LiveConnection live;
        const Staff staff(live);
        live.post("identity/group/id/" + live.uuid(staff.top), R"({"policies":["a","b"]})");
        live.post("identity/entity/id/" + live.uuid(staff.bo), R"({"policies":["b","c"]})");
        MemberTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setQuery(of(staff.mid, true));
        const auto counts = [&] {
            return std::pair(model.index(0, MemberTableModel::PoliciesColumn).data().toInt(),
                             model.index(1, MemberTableModel::PoliciesColumn).data().toInt());
        };
        QTRY_COMPARE(counts(), std::pair(3, 2)); // bo, cy
        live.post("identity/group/id/" + live.uuid(staff.top), R"({"policies":["a","b","d"]})");
        QTRY_COMPARE(counts(), std::pair(4, 3));
        model.sort(MemberTableModel::PoliciesColumn, Qt::AscendingOrder);
        QTRY_COMPARE(drawn(model), QStringLiteral("cy; bo"));
        live.post("identity/entity/id/" + live.uuid(staff.cy), R"({"policies":["x","y","z"]})");
        QTRY_COMPARE(drawn(model), QStringLiteral("bo; cy"));
    }
    void sortsAndFilters()
    {
        LiveConnection live;
        const Staff staff(live);
        MemberTableModel model(live.connection());
        const QAbstractItemModelTester tester(&model);
        model.setQuery(of(staff.top, true));
        model.sort(MemberTableModel::WayInColumn, Qt::DescendingOrder);
        QTRY_COMPARE(drawn(model), QStringLiteral("cy by mid → top; bo by mid → top; ada"));
        model.setFilter(QStringLiteral("B"));
        QTRY_COMPARE(drawn(model), QStringLiteral("bo by mid → top"));
        model.setFilter({});
        model.sort(MemberTableModel::NameColumn, Qt::AscendingOrder);
        QTRY_COMPARE(model.rowCount(), 3);
        QTRY_COMPARE(model.index(0, 0).data().toString(), QStringLiteral("ada"));
    }
    void carriesTheGroupThatRowsAreIn()
    {
        LiveConnection live;
        const Staff staff(live);
        MemberTableModel model(live.connection());
        model.setQuery(of(staff.top, true));
        QTRY_COMPARE(drawn(model), QStringLiteral("ada; bo by mid → top; cy by mid → top"));
        const auto sourceOf = [&](std::vector<int> rows) {
            QModelIndexList indexes;
            for (const int row : rows)
                indexes.append(model.index(row, 0));
            const std::unique_ptr<QMimeData> data(model.mimeData(indexes));
            return unpack(*data)->source.id;
        };
        QCOMPARE(sourceOf({0}), staff.top);
        QCOMPARE(sourceOf({1, 2}), staff.mid);
        QCOMPARE(sourceOf({0, 1}), GroupId{}); // from two groups: can only be added elsewhere
    }
};

QTEST_GUILESS_MAIN(TestMemberTableModel)
#include "tst_MemberTableModel.moc"
