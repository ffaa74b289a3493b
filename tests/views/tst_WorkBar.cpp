// SPDX-License-Identifier: Apache-2.0
#include "views/WorkBar.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTest>

using namespace kith;

class tst_WorkBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsNothingOfWhatIsQuick();
    void tellsWhatTakesLong();
    void tellsOneAfterTheOther();
    void stopsWhatItTells();

private:
    bool isTold() const { return m_bar->isVisible(); }
    QString what() const { return m_bar->findChild<QLabel *>(QStringLiteral("workText"))->accessibleName(); }
    QProgressBar *progress() const { return m_bar->findChild<QProgressBar *>(); }
    QPushButton *cancel() const { return m_bar->findChild<QPushButton *>(); }

    std::unique_ptr<QWidget> m_window;
    views::WorkBar *m_bar = nullptr;
};

void tst_WorkBar::init()
{
    m_window = std::make_unique<QWidget>();
    m_bar = new views::WorkBar(m_window.get());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void tst_WorkBar::tellsNothingOfWhatIsQuick()
{
    auto work = std::make_shared<core::Progress>();
    QElapsedTimer time;
    time.start();
    m_bar->add(work, QStringLiteral("Rename Ada"));
    while (time.elapsed() < 900) {
        QTest::qWait(20);
        QVERIFY(!isTold() || time.elapsed() >= 1000);
    }
    work.reset();
    QTest::qWait(300);
    QVERIFY(!isTold());
}

void tst_WorkBar::tellsWhatTakesLong()
{
    auto work = std::make_shared<core::Progress>();
    QElapsedTimer time;
    time.start();
    m_bar->add(work, QStringLiteral("Move 3 people"));
    QTRY_VERIFY(isTold());
    QVERIFY(time.elapsed() >= 1000);
    QCOMPARE(what(), QStringLiteral("Move 3 people"));
    QCOMPARE(progress()->accessibleName(), QStringLiteral("Move 3 people"));
    QCOMPARE(progress()->maximum(), 0); // nobody knows yet how much it is
    QVERIFY(!cancel()->isEnabled());
    work->total = 4'000'000'000;
    work->done = 1'000'000'000;
    QTRY_VERIFY(progress()->maximum() > 0);
    QCOMPARE(progress()->value() * 4, progress()->maximum());
    QVERIFY(cancel()->isEnabled());
    work.reset();
    QTRY_VERIFY(!isTold());
}

void tst_WorkBar::tellsOneAfterTheOther()
{
    auto first = std::make_shared<core::Progress>();
    auto second = std::make_shared<core::Progress>();
    m_bar->add(first, QStringLiteral("the first"));
    m_bar->add(second, QStringLiteral("the second"));
    QTRY_VERIFY(isTold());
    QCOMPARE(what(), QStringLiteral("the first"));
    first.reset();
    QTRY_COMPARE(what(), QStringLiteral("the second"));
    QVERIFY(isTold());
}

void tst_WorkBar::stopsWhatItTells()
{
    auto work = std::make_shared<core::Progress>();
    work->total = 2;
    m_bar->add(work, QStringLiteral("Move 3 people"));
    QTRY_VERIFY(isTold());
    QCOMPARE(cancel()->accessibleName(), QStringLiteral("Cancel: Move 3 people"));
    cancel()->click();
    QVERIFY(work->cancelled);
    QTest::qWait(250);
    QVERIFY(isTold() && !cancel()->isEnabled()); // until it is over
}

QTEST_MAIN(tst_WorkBar)
#include "tst_WorkBar.moc"
