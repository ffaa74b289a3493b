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
        void change()
        {
            ChangeSet changes;
            changes.entities = {EntityId{1}};
            Q_EMIT connection.changed(changes);
        }
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
    void keepsTheMessageUntilTheyAreRead()
    {
        Shown shown(true);
        QTRY_VERIFY(shown.message().isVisible());
        const QString title = shown.message().findChild<QLabel *>()->text();
        Q_EMIT shown.editor.permissions().changed();
        QVERIFY(shown.message().isVisible());
        QCOMPARE(shown.message().findChild<QLabel *>()->text(), title);
        QCOMPARE(shown.count(), QString());
        shown.connection.synthetic.failure.reset();
        shown.change(); // they can be read again
        QTRY_COMPARE(shown.rows(), 3);
        QTRY_COMPARE(shown.count(), QStringLiteral("3"));
        QVERIFY(!shown.message().isVisible());
    }
    void saysNoNumberOfWhatCantBeRead()
    {
        Shown shown(false);
        auto &synthetic = shown.connection.synthetic;
        QTRY_COMPARE(shown.count(), QStringLiteral("3"));
        shown.fail();
        auto *filter = shown.page.findChild<QLineEdit *>(QStringLiteral("aliasFilter"));
        filter->setText(QStringLiteral("a"));
        QTRY_VERIFY(shown.message().isVisible());
        QCOMPARE(shown.count(), QString());
        synthetic.failure.reset();
        synthetic.held = true;
        filter->setText(QStringLiteral("al"));
        QVERIFY(!shown.message().isVisible());
        QCOMPARE(shown.count(), QStringLiteral("Reading …"));
        QTRY_VERIFY(!synthetic.waiting.empty());
        synthetic.waiting.back()();
        QTRY_COMPARE(shown.count(), QStringLiteral("3 found"));
    }
    void keepsTheRowsWhenTheyCantBeReadAnew()
    {
        Shown shown(false);
        auto &synthetic = shown.connection.synthetic;
        QTRY_COMPARE(shown.count(), QStringLiteral("3"));
        const QSignalSpy said(&shown.page, &views::AliasesPage::said);
        shown.fail();
        shown.change();
        QTRY_COMPARE(said.size(), 1);
        QCOMPARE(shown.rows(), 3);
        QVERIFY(!shown.message().isVisible());
        synthetic.failure.reset();
        synthetic.held = true;
        shown.page.findChild<QLineEdit *>(QStringLiteral("aliasFilter"))->setText(QStringLiteral("alias"));
        QTRY_VERIFY(!synthetic.waiting.empty());
        QVERIFY(!shown.page.isReady());
        QCOMPARE(shown.count(), QStringLiteral("3")); // until there is another
        synthetic.waiting.back()();
        QTRY_COMPARE(shown.count(), QStringLiteral("3 found"));
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
