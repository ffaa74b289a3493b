// SPDX-License-Identifier: Apache-2.0
#include "views/Look.h"

#include <QDateTime>
#include <QTest>

#include <cmath>

using namespace kith::views;

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class tst_Look : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable_data()
    {
        QTest::addColumn<int>("scheme");
        QTest::newRow("light") << int(ColorScheme::Light);
        QTest::newRow("dark") << int(ColorScheme::Dark);
    }
    void textIsReadable()
    {
        QFETCH(int, scheme);
        const QPalette palette = paletteFor(static_cast<ColorScheme>(scheme));
        QCOMPARE(isDark(palette), scheme == int(ColorScheme::Dark));
        for (const Tone tone :
             {Tone::Plain, Tone::Quiet, Tone::Accent, Tone::Good, Tone::Warning, Tone::Bad, Tone::External}) {
            const QColor color = toneColor(palette, tone);
            QVERIFY2(contrast(color, palette.color(QPalette::Window)) >= 4.5, qPrintable(color.name()));
            QVERIFY2(contrast(color, palette.color(QPalette::Base)) >= 4.5, qPrintable(color.name()));
            QVERIFY2(contrast(color, toneBackground(palette, tone)) >= 4.4, qPrintable(color.name()));
        }
        QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.4);
        QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= 3.0);
    }

    void namesKeepToThemselves()
    {
        QCOMPARE(shownName(QStringLiteral("Zoë")), QStringLiteral("Zoë"));
        QCOMPARE(shownName(QStringLiteral("a\nb\tc")), QStringLiteral("a␊b␉c"));
        QVERIFY(!shownName(QStringLiteral("a\u202eb")).contains(QChar(0x202e)));
        const QString arabic = QStringLiteral("فاطمة");
        QCOMPARE(shownName(arabic), QChar(0x2068) + arabic + QChar(0x2069));
        QCOMPARE(visibleName(arabic), arabic);
        const QString longName = shownName(QString(10000, QLatin1Char('n')), 100);
        QCOMPARE(longName.size(), 100);
        QVERIFY(longName.contains(QChar(0x2026)));
    }

    void timesArePlain()
    {
        const QDateTime now(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
        QCOMPARE(ago(now.addSecs(-5), now), QStringLiteral("just now"));
        QVERIFY(ago(now.addDays(-3), now).startsWith(QLatin1String("3 day")));
        QVERIFY(!ago(now.addDays(-300), now).isEmpty());
        QVERIFY(ago({}, now).isEmpty());
    }
};

QTEST_MAIN(tst_Look)
#include "tst_Look.moc"
