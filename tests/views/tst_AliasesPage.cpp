// SPDX-License-Identifier: Apache-2.0
#include "items/SyntheticConnection.h"
#include "views/AliasesPage.h"
#include "views/ColumnsTable.h"
#include "views/Editor.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace kith;

/// The page of aliases when they can't be read.
class TestAliasesPage : public QObject
{
    Q_OBJECT

    struct Shown {
        explicit Shown(bool failing)
        {
            connection.synthetic.aliasIds = std::make_shared<const std::vector<quint32>>(std::vector<quint32>{1, 2, 3});
            if (failing)
                fail();
            page.resize(900, 600);
            page.setVisible(true);
        }
        void fail() { connection.synthetic.failure = Error{ErrorCode::Damaged, 500, "torn", {}}; }
        int rows() { return page.table()->model()->rowCount(); }
        QWidget &message() const { return *page.findChild<QWidget *>(QStringLiteral("aliasTableEmpty")); }
        QString count() const { return page.findChild<QLabel *>(QStringLiteral("aliasCount"))->text(); }

        test::SyntheticConnection connection{0};
        views::Editor editor{connection};
        views::AliasesPage page{connection, editor};
    };

private Q_SLOTS:
    void triesAgain()
    {
        Shown shown(true);
        QTRY_VERIFY(shown.message().isVisible());
        shown.connection.synthetic.failure.reset();
        auto *again = shown.message().findChild<QPushButton *>();
        QVERIFY(again->isVisible());
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_COMPARE(shown.rows(), 3);
        QVERIFY(!shown.message().isVisible());
        QCOMPARE(shown.count(), QStringLiteral("3"));
    }
};

QTEST_MAIN(TestAliasesPage)
#include "tst_AliasesPage.moc"
