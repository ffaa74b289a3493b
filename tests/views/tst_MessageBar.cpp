// SPDX-License-Identifier: Apache-2.0
#include "views/MessageBar.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QTimer>

using namespace kith::views;

class tst_MessageBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysAndUndoes()
    {
        MessageBar bar;
        bar.resize(800, 40);
        bar.show();
        int undone = 0;
        bar.say({Message::Kind::Done,
                 QStringLiteral("Moved 2 people to release-managers"),
                 {{QStringLiteral("Undo"), [&] { ++undone; }}}});
        auto *text = bar.findChild<QLabel *>(QStringLiteral("messageText"));
        QTRY_COMPARE(text->text(), QStringLiteral("Moved 2 people to release-managers"));
        auto *undo = bar.findChild<QPushButton *>(QStringLiteral("messageAction"));
        QVERIFY(undo);
        QTest::mouseClick(undo, Qt::LeftButton);
        QCOMPARE(undone, 1);
        QVERIFY(text->text().isEmpty());
        QVERIFY(!undo->isVisible());
    }

    /// However long that takes: only what comes of it takes the message away.
    void waitsAsLongAsItTakes()
    {
        MessageBar bar;
        auto *fade = bar.findChild<QTimer *>();
        bar.say({Message::Kind::Waiting, QStringLiteral("Waiting for the keychain …"), {}});
        QVERIFY(!fade->isActive());
        bar.say({Message::Kind::Note, QStringLiteral("It is open."), {}});
        QVERIFY(fade->isActive());
    }

    /// A table that can't be read anew says so, but not in place of a list of what failed.
    void leavesWhatIsOffered()
    {
        MessageBar bar;
        bar.resize(800, 40);
        bar.show();
        const QString rows = QStringLiteral("The rows can't be read.");
        const QString failed = QStringLiteral("Two could not be changed.");
        const auto *text = bar.findChild<QLabel *>(QStringLiteral("messageText"));
        bar.sayAside({Message::Kind::Problem, rows, {}});
        QTRY_COMPARE(text->text(), rows);
        bar.say({Message::Kind::Problem, failed, {{QStringLiteral("What failed …"), [] {}}}});
        bar.sayAside({Message::Kind::Problem, rows, {}});
        QTRY_COMPARE(text->text(), failed);
        bar.clear();
        bar.sayAside({Message::Kind::Problem, rows, {}});
        QTRY_COMPARE(text->text(), rows);
    }

    void shortensWithATooltip()
    {
        MessageBar bar;
        bar.resize(300, 40);
        bar.show();
        const QString whole = QString(200, QLatin1Char('w')) + QStringLiteral("<b>");
        bar.say({Message::Kind::Problem, whole, {}});
        auto *text = bar.findChild<QLabel *>(QStringLiteral("messageText"));
        QTRY_VERIFY(text->text().endsWith(QChar(0x2026)));
        QVERIFY(text->toolTip().contains(QLatin1String("&lt;b&gt;")));
        QCOMPARE(text->accessibleName(), whole);
    }
};

QTEST_MAIN(tst_MessageBar)
#include "tst_MessageBar.moc"
