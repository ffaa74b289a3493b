// SPDX-License-Identifier: Apache-2.0
#include "views/FailuresDialog.h"

#include <QTest>
#include <QTreeWidget>

using namespace kith;

class TestFailuresDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Reasons hold names that others gave.
    void saysReasonsAsTheyAre()
    {
        views::PartlyDone done;
        done.failures.push_back({QStringLiteral("Ada"), QStringLiteral("<b>crew</b> is an external group.")});
        views::FailuresDialog dialog(done);
        const auto *row = dialog.findChild<QTreeWidget *>(QStringLiteral("failuresList"))->topLevelItem(0);
        QCOMPARE(row->text(1), QStringLiteral("<b>crew</b> is an external group."));
        QCOMPARE(row->toolTip(1), QStringLiteral("<p>&lt;b&gt;crew&lt;/b&gt; is an external group.</p>"));
    }
};

QTEST_MAIN(TestFailuresDialog)
#include "tst_FailuresDialog.moc"
