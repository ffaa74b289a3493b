// SPDX-License-Identifier: Apache-2.0
#include "items/EntityTableModel.h"
#include "items/MemberTableModel.h"
#include "items/SyntheticConnection.h"
#include "views/PeopleTable.h"

#include <QHeaderView>
#include <QSignalSpy>
#include <QTest>

using namespace kith;

namespace {

/// Counts how often it is asked whether something can be selected.
class CountingModel : public QAbstractTableModel
{
public:
    static constexpr int Rows = 100'000;
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : Rows; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 3; }
    QVariant data(const QModelIndex &, int) const override { return {}; }
    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        ++asked;
        return QAbstractTableModel::flags(index);
    }
    mutable int asked = 0;
};

} // namespace

/// A table of people whose rows come in two steps.
class TestPeopleTable : public QObject
{
    Q_OBJECT

    struct Shown {
        Shown()
        {
            connection.synthetic.first = 60;
            model.setQuery({});
            answers[0]();
            answers[1]();
        }
        std::vector<quint32> selected() const
        {
            std::vector<quint32> ids;
            for (const connection::ObjectRef ref : table.selectedRefs())
                ids.push_back(static_cast<quint32>(ref.entity().value));
            return ids;
        }
        void select(int row)
        {
            table.selectionModel()->select(model.index(row, 0),
                                           QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }

        test::SyntheticConnection connection{1000};
        std::vector<std::function<void()>> &answers = connection.synthetic.waiting;
        items::EntityTableModel model{connection};
        views::PeopleTable table{model};
    };

private Q_SLOTS:
    void selectsAgainWhenAllRowsAreHere()
    {
        Shown shown;
        QTRY_COMPARE(shown.model.rowCount(), 1000);
        shown.select(5);
        shown.select(500);
        QCOMPARE(shown.selected(), (std::vector<quint32>{6, 501}));
        const QSignalSpy chosen(&shown.table, &views::PeopleTable::selectionWasChanged);
        shown.model.setFilter(QStringLiteral("a"));
        shown.answers[2]();
        QTRY_COMPARE(shown.model.rowCount(), 60);
        QCOMPARE(chosen.size(), 0);                  // one of two would pass for a choice
        shown.model.setFilter(QStringLiteral("ab")); // before all rows came
        shown.answers[4]();
        QTRY_COMPARE(shown.model.rowCount(), 60);
        shown.answers[5]();
        QTRY_COMPARE(shown.model.rowCount(), 1000);
        QCOMPARE(shown.selected(), (std::vector<quint32>{6, 501}));
    }
    void selectsAgainAtOnceWhoIsAmongTheFirst()
    {
        Shown shown;
        QTRY_COMPARE(shown.model.rowCount(), 1000);
        shown.select(5);
        shown.model.setFilter(QStringLiteral("a"));
        shown.answers[2]();
        QTRY_COMPARE(shown.model.rowCount(), 60);
        QCOMPARE(shown.selected(), (std::vector<quint32>{6}));
    }
    void forgetsWhoWasSelectedWhenOthersAre()
    {
        Shown shown;
        QTRY_COMPARE(shown.model.rowCount(), 1000);
        shown.select(500);
        shown.model.setFilter(QStringLiteral("a"));
        shown.answers[2]();
        QTRY_COMPARE(shown.model.rowCount(), 60);
        shown.select(7);
        shown.answers[3]();
        QTRY_COMPARE(shown.model.rowCount(), 1000);
        QCOMPARE(shown.selected(), (std::vector<quint32>{8}));
    }
    void sharesWhoIsSelected()
    {
        Shown shown;
        QTRY_COMPARE(shown.model.rowCount(), 1000);
        shown.table.selectAll();
        QCOMPARE(shown.table.selectedPeople().ids(), shown.model.ids()); // the same list, not its like
        QCOMPARE(shown.table.selection().size(), 1000U);
        QCOMPARE(shown.table.selection().listed, shown.table.selectedRefs());
        shown.table.clearSelection();
        shown.select(5);
        shown.select(500);
        QCOMPARE(*shown.table.selectedPeople().ids(), (std::vector<quint32>{6, 501}));
        QCOMPARE(shown.table.selection().people, 2U);
        QVERIFY(!shown.table.isOnlyOne(EntityId{6}));
        shown.table.clearSelection();
        QCOMPARE(shown.table.selectedPeople().size(), 0);
        QVERIFY(shown.table.selection().empty());
        QVERIFY(shown.table.choose(EntityId{6}));
        QVERIFY(shown.table.isOnlyOne(EntityId{6}));
    }
    /// What a model is about to drop or change row by row isn't shared: another thread may read it.
    void sharesNoListThatChanges()
    {
        Shown shown;
        QTRY_COMPARE(shown.model.rowCount(), 1000);
        shown.table.selectAll();
        std::vector<connection::Rows<EntityId>> taken;
        std::vector<std::vector<quint32>> copies;
        for (auto signal : {&QAbstractItemModel::rowsRemoved, &QAbstractItemModel::rowsInserted})
            connect(&shown.model, signal, this, [&] {
                taken.push_back(shown.table.selectedPeople());
                copies.push_back(*taken.back().ids());
            });
        std::vector<quint32> ids = *shown.model.ids();
        ids.pop_back(); // the selection stays one range of all rows
        ids.erase(ids.begin());
        shown.connection.synthetic.setRows(ids);
        shown.connection.synthetic.first = 0;
        ChangeSet changes;
        changes.entities = {EntityId{1}, EntityId{1000}};
        Q_EMIT shown.connection.changed(changes);
        QTRY_COMPARE(shown.model.rowCount(), 998);
        QCOMPARE(taken.size(), 2U);
        for (std::size_t i = 0; i < taken.size(); ++i)
            QCOMPARE(*taken[i].ids(), copies[i]);
    }
    void tellsOfVeryManyInBrief()
    {
        test::SyntheticConnection connection{5000};
        items::MemberTableModel model{connection};
        views::PeopleTable table{model};
        connection::MemberQuery query;
        query.group = GroupId{7};
        model.setQuery(query);
        QTRY_COMPARE(model.rowCount(), 5000);
        table.selectAll();
        QCOMPARE(table.selection().people, 5000U);
        QVERIFY(table.selection().listed.empty());
        QCOMPARE(table.selection().source.id, GroupId{7}); // they can be taken out of it
        query.withSubgroups = true;
        model.setQuery(query);
        QTRY_VERIFY(!model.isLoading());
        table.selectAll();
        QCOMPARE(table.selection().people, 5000U);
        QVERIFY(!table.selection().source.id);
    }
    /// The time that a window may stand still is over soon where each row of a million is asked.
    void paintsItsHeaderWithoutAskingEachRow()
    {
        CountingModel model;
        views::ColumnsTable table(model);
        table.resize(600, 400);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        model.asked = 0;
        table.selectAll();
        table.repaint();
        table.horizontalHeader()->viewport()->repaint();
        QCOMPARE(table.selectedCount(), CountingModel::Rows);
        QVERIFY2(model.asked < CountingModel::Rows / 10, qPrintable(QString::number(model.asked)));
    }
};

QTEST_MAIN(TestPeopleTable)
#include "tst_PeopleTable.moc"
