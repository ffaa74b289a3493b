// SPDX-License-Identifier: Apache-2.0
#include "items/SyntheticConnection.h"
#include "views/EntitiesPage.h"
#include "views/PeopleTable.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

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
