// SPDX-License-Identifier: Apache-2.0
#include "views/CardView.h"

#include <QScrollBar>
#include <QTest>

using namespace kith;
using views::Card;
using views::CardView;
using views::Span;

/// A column of cards: what is in it stands there once and in order, however it is scrolled meanwhile.
class tst_CardView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsWhatItWasGiven_data();
    void holdsWhatItWasGiven();
    void saysThatThereIsNone();
    void keepsItsPlace();
    void framesWhatItShowsFirst();

private:
    static QStringList names(int count);
    static std::vector<Card> cards(const QStringList &names);
    static QStringList shown(CardView &view);
};

QStringList tst_CardView::names(int count)
{
    QStringList result;
    for (int i = 0; i < count; ++i)
        result.push_back(QStringLiteral("policy %1").arg(i, 4, 10, QLatin1Char('0')));
    return result;
}

std::vector<Card> tst_CardView::cards(const QStringList &names)
{
    std::vector<Card> result;
    for (const QString &name : names)
        result.push_back({Card::Kind::Framed, {{{Span::Voice::Text, name}}}});
    return result;
}

/// Everything, also what would be filled in only when it is scrolled to.
QStringList tst_CardView::shown(CardView &view)
{
    view.fillAll();
    return view.toPlainText().split(QLatin1Char('\n'));
}

void tst_CardView::holdsWhatItWasGiven_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("after");
    QTest::newRow("one more") << 56 << 57;
    QTest::newRow("one less") << 57 << 56;
    QTest::newRow("more than one batch") << 119 << 500;
    QTest::newRow("far less") << 500 << 3;
}

void tst_CardView::holdsWhatItWasGiven()
{
    QFETCH(int, before);
    QFETCH(int, after);
    CardView view;
    view.resize(300, 400);
    view.show();
    view.setCards(cards(names(before)), {}, CardView::Scroll::Top);
    QCOMPARE(shown(view), names(before));
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
    view.setCards(cards(names(after)), {}, CardView::Scroll::Keep);
    QCOMPARE(shown(view), names(after));
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
    view.setCards(cards(names(before)), {}, CardView::Scroll::Top);
    QCOMPARE(shown(view), names(before));
}

void tst_CardView::saysThatThereIsNone()
{
    CardView view;
    view.setCards(cards(names(3)), {}, CardView::Scroll::Top);
    view.setCards({}, QStringLiteral("No policies."), CardView::Scroll::Top);
    QCOMPARE(shown(view), QStringList({QStringLiteral("No policies.")}));
}

void tst_CardView::keepsItsPlace()
{
    CardView view;
    view.resize(300, 400);
    view.show();
    view.setCards(cards(names(400)), {}, CardView::Scroll::Top);
    view.verticalScrollBar()->setValue(1000);
    view.setCards(cards(names(401)), {}, CardView::Scroll::Keep);
    QCOMPARE(view.verticalScrollBar()->value(), 1000);
    view.setCards(cards(names(402)), {}, CardView::Scroll::Top);
    QCOMPARE(view.verticalScrollBar()->value(), 0);
}

/// Also when it has not been laid out to its end yet.
void tst_CardView::framesWhatItShowsFirst()
{
    std::vector<Card> many = cards(names(68));
    for (Card &card : many)
        card.lines.push_back({{Span::Voice::Text, QStringLiteral("by a group → in another group → in a third group, ")
                                                      .repeated(card.lines.size() % 3 + 1)}});
    CardView view;
    view.resize(373, 500);
    view.setCards(many, {}, CardView::Scroll::Top);
    const QImage first = view.grab().toImage();
    const QImage again = view.grab().toImage();
    QVERIFY(first == again);
    int framed = 0; // rows whose middle is a card's
    for (int y = 0; y < first.height(); ++y)
        framed += first.pixelColor(340, y) == view.palette().color(QPalette::Base);
    QVERIFY2(framed > first.height() / 2, qPrintable(QString::number(framed)));
}

QTEST_MAIN(tst_CardView)
#include "tst_CardView.moc"
