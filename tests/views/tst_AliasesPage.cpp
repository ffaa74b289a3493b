// SPDX-License-Identifier: Apache-2.0
#include "items/SyntheticConnection.h"
#include "views/AliasesPage.h"
#include "views/ColumnsTable.h"
#include "views/Editor.h"

#include <QComboBox>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

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
    /// Tooltips are HTML where they look like it.
    void saysNamesAsTheyAre()
    {
        Shown shown(false);
        const QString path = QStringLiteral("<b>a") + QString(100, QLatin1Char('a')) + QStringLiteral("\n</b>");
        auto &mounts = shown.connection.synthetic.mountRows;
        mounts.resize(2);
        mounts[0].path = path;
        mounts[0].accessor = QStringLiteral("one");
        mounts[1].path = QStringLiteral("<i>b</i>");
        mounts[1].accessor = QStringLiteral("two");
        shown.page.hide();
        shown.page.setVisible(true);
        const auto *box = shown.page.findChild<QComboBox *>(QStringLiteral("aliasMounts"));
        QTRY_COMPARE(box->count(), 3);
        const QString whole =
            QStringLiteral("<p>&lt;b&gt;a") + QString(100, QLatin1Char('a')) + QStringLiteral("␊&lt;/b&gt;</p>");
        QCOMPARE(box->itemData(1, Qt::ToolTipRole).toString(), whole);
        shown.page.show({views::Page::Aliases, {}, {}, QStringLiteral("one")});
        QCOMPARE(box->toolTip(), whole);
        shown.page.show({views::Page::Aliases, {}, {}, QStringLiteral("two")});
        QCOMPARE(box->toolTip(), QStringLiteral("<p>&lt;i&gt;b&lt;/i&gt;</p>"));
        shown.page.show({views::Page::Aliases, {}, {}, {}});
        QCOMPARE(box->toolTip(), QString());
    }
    void saysInATooltipWhatDoesNotFit()
    {
        Shown shown(false);
        auto *table = shown.page.table();
        QTRY_COMPARE(shown.rows(), 3);
        QTRY_VERIFY(!table->model()->index(0, 0).data(items::LoadingRole).toBool());
        const QModelIndex mount = table->model()->index(0, items::AliasTableModel::MountColumn);
        table->setColumnWidth(mount.column(), 30);
        const QPoint at = table->visualRect(mount).center();
        QHelpEvent help(QEvent::ToolTip, at, table->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(table->viewport(), &help);
        QCOMPARE(QToolTip::text(), QStringLiteral("<p>mount gone</p>"));
    }
};

QTEST_MAIN(TestAliasesPage)
#include "tst_AliasesPage.moc"
