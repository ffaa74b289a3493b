// SPDX-License-Identifier: Apache-2.0
#include "items/SyntheticConnection.h"
#include "views/EntitiesPage.h"
#include "views/PeopleTable.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <numeric>

using namespace kith;

/// The page of people when their rows can't be read, or not all of them.
class TestEntitiesPage : public QObject
{
    Q_OBJECT

    struct Shown {
        Shown()
        {
            connection.synthetic.first = 60;
            page = std::make_unique<views::EntitiesPage>(connection);
            page->resize(900, 600);
            page->setVisible(true);
        }
        int rows() const
        {
            return page->findChild<views::PeopleTable *>(QStringLiteral("entityTable"))->model()->rowCount();
        }
        QWidget &message() const { return *page->findChild<QWidget *>(QStringLiteral("entityTableEmpty")); }
        QString count() const { return page->findChild<QLabel *>(QStringLiteral("entityCount"))->text(); }

        /// To what the page asked last.
        void giveFirst() { connection.synthetic.waiting.end()[-2](); }
        void giveAll() { connection.synthetic.waiting.end()[-1](); }

        test::SyntheticConnection connection{1000};
        std::unique_ptr<views::EntitiesPage> page;
    };

private Q_SLOTS:
    void offersToTryAgainWhenOnlyTheFirstCame()
    {
        Shown shown;
        shown.connection.synthetic.failure = Error{ErrorCode::Damaged, 500, "torn", {}};
        shown.page = std::make_unique<views::EntitiesPage>(shown.connection);
        shown.page->setVisible(true);
        shown.giveFirst();
        QTRY_COMPARE(shown.rows(), 60);
        QVERIFY(!shown.message().isVisible());
        shown.giveAll();
        QTRY_VERIFY(shown.message().isVisible());
        QCOMPARE(shown.rows(), 0); // nobody takes a few for all
        QCOMPARE(shown.count(), QString());
        shown.connection.synthetic.failure.reset();
        auto *again = shown.message().findChild<QPushButton *>();
        QVERIFY(again->isVisible());
        QTest::mouseClick(again, Qt::LeftButton);
        shown.giveFirst();
        shown.giveAll();
        QTRY_COMPARE(shown.rows(), 1000);
        QVERIFY(!shown.message().isVisible());
    }
    /// Who is shown as soon as he is made comes with rows that are on their way then.
    void keepsTheFilterThatShowsWhoComes()
    {
        test::SyntheticConnection connection(1000);
        views::EntitiesPage page(connection);
        page.setVisible(true);
        auto *table = page.findChild<views::PeopleTable *>(QStringLiteral("entityTable"));
        auto *filter = page.findChild<QLineEdit *>(QStringLiteral("entityFilter"));
        QTRY_COMPARE(table->model()->rowCount(), 1000);
        filter->setText(QStringLiteral("e"));
        auto *count = page.findChild<QLabel *>(QStringLiteral("entityCount"));
        QTRY_COMPARE(count->text(), QStringLiteral("1,000 found"));

        std::vector<quint32> rows(1001);
        std::iota(rows.begin(), rows.end(), 1);
        connection.synthetic.setRows(rows);
        const auto comes = [&](EntityId person) {
            ChangeSet changes;
            changes.entities = {person};
            Q_EMIT connection.changed(changes);
            page.show({views::Page::Entities, {}, connection::ObjectRef::of(person)});
        };
        comes(EntityId{1001});
        QTRY_COMPARE(table->selectedCount(), 1);
        QCOMPARE(table->selectedRefs().front().entity(), EntityId{1001});
        QCOMPARE(filter->text(), QStringLiteral("e"));
        comes(EntityId{1002}); // among the rows that match he isn't
        QTRY_COMPARE(filter->text(), QString());
    }
    /// A message over rows could not be read, nor could they.
    void keepsTheRowsWhenTheyCantBeReadAnew()
    {
        Shown shown;
        auto &synthetic = shown.connection.synthetic;
        shown.giveFirst();
        shown.giveAll();
        QTRY_COMPARE(shown.rows(), 1000);
        const QSignalSpy said(shown.page.get(), &views::EntitiesPage::said);
        synthetic.failure = Error{ErrorCode::Damaged, 500, "torn", {}};
        ChangeSet changes;
        changes.entities = {EntityId{1}};
        Q_EMIT shown.connection.changed(changes);
        QTRY_COMPARE(said.size(), 1);
        QCOMPARE(shown.rows(), 1000);
        QVERIFY(!shown.message().isVisible());
    }
};

QTEST_MAIN(TestEntitiesPage)
#include "tst_EntitiesPage.moc"
