// SPDX-License-Identifier: Apache-2.0
#include "items/EntityTableModel.h"
#include "items/SyntheticConnection.h"
#include "views/PeopleTable.h"

#include <QSignalSpy>
#include <QTest>

using namespace kith;

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
};

QTEST_MAIN(TestPeopleTable)
#include "tst_PeopleTable.moc"
