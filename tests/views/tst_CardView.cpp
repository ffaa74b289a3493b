// SPDX-License-Identifier: Apache-2.0
#include "views/CardView.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <cstdlib>
#include <functional>
#include <limits>

using namespace kith;
using views::Card;
using views::CardView;
using views::Span;

namespace {

/// The window's direction, for as long as this is there.
struct Mirrored {
    explicit Mirrored(Qt::LayoutDirection direction) { QGuiApplication::setLayoutDirection(direction); }
    ~Mirrored() { QGuiApplication::setLayoutDirection(Qt::LeftToRight); }
    Mirrored(const Mirrored &) = delete;
    Mirrored &operator=(const Mirrored &) = delete;
};

/// Where a picture has a colour; none: the first is behind the last.
struct Columns {
    int first = std::numeric_limits<int>::max();
    int last = -1;
};

Columns columnsOf(const QImage &picture, const std::function<bool(QColor)> &isIt)
{
    Columns columns;
    for (int x = 0; x < picture.width(); ++x)
        for (int y = 0; y < picture.height(); ++y)
            if (isIt(picture.pixelColor(x, y))) {
                columns.first = std::min(columns.first, x);
                columns.last = x;
            }
    return columns;
}

} // namespace

/// A column of cards: what is in it stands there once and in order, however it is scrolled meanwhile.
class tst_CardView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsWhatItWasGiven_data();
    void holdsWhatItWasGiven();
    void saysThatThereIsNone();
    void keepsItsPlace();
    void keepsItsPlaceInOtherColours();
    void tabsToALinkFarBelow();
    void framesWhatItShowsFirst();
    void framesItsChips_data();
    void framesItsChips();
    void copiesWithoutMarks();

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
    for (const int place : {700, 1000}) // it is filled in as one scrolls
        view.verticalScrollBar()->setValue(place);
    view.setCards(cards(names(401)), {}, CardView::Scroll::Keep);
    QCOMPARE(view.verticalScrollBar()->value(), 1000);
    view.setCards(cards(names(402)), {}, CardView::Scroll::Top);
    QCOMPARE(view.verticalScrollBar()->value(), 0);
}

void tst_CardView::keepsItsPlaceInOtherColours()
{
    CardView view;
    view.resize(300, 400);
    view.show();
    view.setCards(cards(names(400)), {}, CardView::Scroll::Top);
    for (const int place : {700, 1400, 2100})
        view.verticalScrollBar()->setValue(place);
    QPalette dark = view.palette();
    dark.setColor(QPalette::WindowText, Qt::white);
    view.setPalette(dark);
    QCOMPARE(view.verticalScrollBar()->value(), 2100);
}

void tst_CardView::tabsToALinkFarBelow()
{
    std::vector<Card> many = cards(names(200));
    many.push_back(
        {Card::Kind::Row, {{{Span::Voice::Link, QStringLiteral("support"), QStringLiteral("kith:support")}}}});
    CardView view;
    view.resize(300, 400);
    view.setCards(many, {}, CardView::Scroll::Top);
    view.show();
    view.activateWindow();
    view.setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    QSignalSpy activated(&view, &CardView::activated);
    QTest::keyClick(&view, Qt::Key_Tab);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.front().front().toString(), QStringLiteral("kith:support"));
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

void tst_CardView::framesItsChips_data()
{
    QTest::addColumn<bool>("rightToLeft");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("chip");
    for (const bool rightToLeft : {false, true})
        for (const char *name : {"kubernetes.release.write", "صلاحية.الإصدار"})
            for (const char *chip : {"not defined", "غير معرف"})
                QTest::addRow("%s in %s, %s", name, chip, rightToLeft ? "right to left" : "left to right")
                    << rightToLeft << QString::fromUtf8(name) << QString::fromUtf8(chip);
}

/// A chip stands behind the name, and its frame around the chip alone, whichever way each of them is read.
void tst_CardView::framesItsChips()
{
    QFETCH(bool, rightToLeft);
    QFETCH(QString, name);
    QFETCH(QString, chip);
    const Mirrored mirrored(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    CardView view;
    view.setPalette(views::paletteFor(views::ColorScheme::Light));
    view.resize(500, 100);
    view.show();
    view.setCards(
        {{Card::Kind::Framed, {{{Span::Voice::Link, name}, {Span::Voice::Chip, chip, {}, views::Tone::Bad}}}}}, {},
        CardView::Scroll::Top);
    const QImage picture = view.grab().toImage();
    const QColor ground = views::toneBackground(view.palette(), views::Tone::Bad);
    const Columns named = columnsOf(picture, [](QColor color) { return color.blue() > color.red() + 40; });
    const Columns framed = columnsOf(picture, [&](QColor color) { return color == ground; });
    QVERIFY(named.last > named.first && framed.last > framed.first);
    QVERIFY2(
        rightToLeft ? framed.last < named.first : named.last < framed.first,
        qPrintable(QStringLiteral("%1-%2, %3-%4").arg(named.first).arg(named.last).arg(framed.first).arg(framed.last)));
    const QString padded = QString(4, QChar::Nbsp) + chip;
    const int wanted = QFontMetrics(views::quietFont(view.font())).horizontalAdvance(padded);
    QVERIFY2(std::abs(framed.last - framed.first - wanted) < 8, qPrintable(QString::number(wanted)));
}

void tst_CardView::copiesWithoutMarks()
{
    const Mirrored mirrored(Qt::RightToLeft);
    CardView view;
    view.setCards({{Card::Kind::Framed, {{{Span::Voice::Fixed, QStringLiteral("k.read")}}}}}, {},
                  CardView::Scroll::Top);
    view.selectAll();
    view.copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("k.read"));
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    QVERIFY(data->html().contains(QStringLiteral("k.read")));
    for (const char16_t mark : {0x2068, 0x2069, 0x200f})
        QVERIFY(!data->html().contains(QChar(mark)));
    QCOMPARE(data->formats().filter(QStringLiteral("opendocument")), QStringList());
}

QTEST_MAIN(tst_CardView)
#include "tst_CardView.moc"
