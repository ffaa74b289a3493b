// SPDX-License-Identifier: Apache-2.0
#include "views/MountMapping.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QTest>

using namespace kith;

class TestMountMapping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Nobody shall make one that leaves the screen; it is chosen as it is all the same.
    void offersLongNamesInANarrowList()
    {
        const QString path = QString(40, QLatin1Char('a')) + QStringLiteral("<b>") + QString(500, QLatin1Char('z'));
        connection::MountRow there;
        there.path = path;
        connection::DocumentMount here;
        here.path = "corp";
        views::MountMapping mapping;
        mapping.setMounts({here}, {there});
        mapping.resize(600, 200);
        mapping.show();
        auto *choice = mapping.findChild<QComboBox *>(QStringLiteral("mountThere"));
        QTRY_VERIFY(choice->isVisible());
        QVERIFY2(choice->minimumSizeHint().width() < 60 * choice->fontMetrics().averageCharWidth(),
                 qPrintable(QString::number(choice->minimumSizeHint().width())));
        choice->showPopup();
        const QAbstractItemView *list = choice->view();
        QTRY_VERIFY(list->isVisible());
        QVERIFY2(list->window()->width() <= choice->width(), qPrintable(QString::number(list->window()->width())));
        QCOMPARE(list->textElideMode(), Qt::ElideMiddle);
        QCOMPARE(choice->itemData(1, Qt::ToolTipRole).toString(),
                 QString(QStringLiteral("<p>%1</p>").arg(path.toHtmlEscaped())));
        choice->hidePopup();
        choice->setCurrentIndex(1);
        QCOMPARE(mapping.names(), (connection::MountNames{{"corp", path.toStdString()}}));
    }
};

QTEST_MAIN(TestMountMapping)
#include "tst_MountMapping.moc"
