// SPDX-License-Identifier: Apache-2.0
#include "Look.h"

#include "Direction.h"
#include "MendedFusion.h"

#include <QApplication>
#include <QDateTime>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QLocale>
#include <QStyle>

#include <array>
#include <cmath>

namespace kith::views {

namespace {

QColor mix(const QColor &a, const QColor &b, double partOfB)
{
    const auto part = [partOfB](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * partOfB)); };
    return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

struct Base {
    QColor window, text, base, alternate, button, highlight, highlightedText, link, visited, toolTip, toolTipText;
};

QPalette make(const Base &colors)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colors.window);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.base);
    palette.setColor(QPalette::AlternateBase, colors.alternate);
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::Button, colors.button);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::Highlight, colors.highlight);
    palette.setColor(QPalette::HighlightedText, colors.highlightedText);
    palette.setColor(QPalette::Link, colors.link);
    palette.setColor(QPalette::LinkVisited, colors.visited);
    palette.setColor(QPalette::ToolTipBase, colors.toolTip);
    palette.setColor(QPalette::ToolTipText, colors.toolTipText);
    palette.setColor(QPalette::PlaceholderText, mix(colors.text, colors.window, 0.35));
    palette.setColor(QPalette::Light, mix(colors.button, Qt::white, 0.15));
    palette.setColor(QPalette::Midlight, mix(colors.button, Qt::white, 0.08));
    palette.setColor(QPalette::Mid, mix(colors.button, Qt::black, 0.2));
    palette.setColor(QPalette::Dark, mix(colors.button, Qt::black, 0.35));
    palette.setColor(QPalette::Shadow, mix(colors.button, Qt::black, 0.7));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, mix(colors.text, colors.window, 0.55));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, mix(colors.highlight, colors.window, 0.6));
    palette.setColor(QPalette::Disabled, QPalette::Base, colors.window);
    return palette;
}

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

/// The colour, drawn towards the text colour until it is readable on `ground`.
QColor readable(QColor color, const QColor &ground, const QColor &text)
{
    for (int step = 0; step < 10 && contrast(color, ground) < 4.6; ++step)
        color = mix(color, text, 0.12);
    return color;
}

QColor hue(Tone tone, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (tone) {
    case Tone::Plain:
        return palette.color(QPalette::WindowText);
    case Tone::Quiet:
        return mix(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.38);
    case Tone::Accent:
        return palette.color(QPalette::Link);
    case Tone::Good:
        return dark ? QColor(0x5f, 0xd3, 0x8d) : QColor(0x14, 0x7a, 0x3d);
    case Tone::Warning:
        return dark ? QColor(0xf0, 0xa8, 0x5a) : QColor(0xb3, 0x53, 0x00);
    case Tone::Bad:
        return dark ? QColor(0xff, 0x9a, 0x90) : QColor(0xb8, 0x28, 0x1f);
    case Tone::External:
        return dark ? QColor(0xe0, 0xc2, 0x6a) : QColor(0x86, 0x62, 0x00);
    }
    return palette.color(QPalette::WindowText);
}

bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control || c == QChar(0x2028) || c == QChar(0x2029);
}

bool isDirection(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x200e || u == 0x200f || u == 0x061c;
}

} // namespace

QPalette paletteFor(ColorScheme scheme)
{
    if (scheme == ColorScheme::Dark)
        return make({QColor(0x2a, 0x2e, 0x33), QColor(0xee, 0xf0, 0xf2), QColor(0x15, 0x17, 0x1a),
                     QColor(0x1b, 0x1e, 0x22), QColor(0x2e, 0x32, 0x38), QColor(0x2a, 0x78, 0xb2), QColor(Qt::white),
                     QColor(0x6c, 0xb8, 0xee), QColor(0xb3, 0x9d, 0xdb), QColor(0x31, 0x36, 0x3b),
                     QColor(0xee, 0xf0, 0xf2)});
    return make({QColor(0xef, 0xf0, 0xf1), QColor(0x23, 0x26, 0x29), QColor(0xfd, 0xfd, 0xfd), QColor(0xf6, 0xf7, 0xf8),
                 QColor(0xf7, 0xf8, 0xf9), QColor(0x25, 0x7c, 0xb8), QColor(Qt::white), QColor(0x1f, 0x6f, 0xa8),
                 QColor(0x7b, 0x4f, 0x9d), QColor(0x31, 0x36, 0x3b), QColor(0xf2, 0xf4, 0xf5)});
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window)) < luminance(palette.color(QPalette::WindowText));
}

void applyColorScheme(QApplication &application, ColorScheme scheme, const QPalette &platform)
{
    const bool fits = isDark(platform) == (scheme == ColorScheme::Dark);
    const bool fusion = MendedFusion::isFusion(*QApplication::style());
    const bool stays = fits && !(fusion && platform == QApplication::style()->standardPalette());
    if ((fusion || !stays) && !qobject_cast<MendedFusion *>(QApplication::style()))
        QApplication::setStyle(new MendedFusion);
    application.setPalette(stays ? platform : paletteFor(scheme));
}

QColor toneColor(const QPalette &palette, Tone tone)
{
    const QColor text = palette.color(QPalette::WindowText);
    const QColor onWindow = readable(hue(tone, palette), palette.color(QPalette::Window), text);
    return readable(onWindow, palette.color(QPalette::Base), text);
}

QColor lineColor(const QPalette &palette)
{
    return mix(palette.color(QPalette::Window), palette.color(QPalette::WindowText), isDark(palette) ? 0.22 : 0.18);
}

QColor edgeColor(const QPalette &palette)
{
    return mix(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.42);
}

QColor toneBackground(const QPalette &palette, Tone tone)
{
    const QColor base = palette.color(QPalette::Base);
    if (tone == Tone::Plain || tone == Tone::Quiet)
        return mix(base, palette.color(QPalette::WindowText), 0.04);
    return mix(base, hue(tone, palette), isDark(palette) ? 0.14 : 0.07);
}

QFont titleFont(const QFont &text)
{
    QFont font = text;
    font.setPointSizeF(text.pointSizeF() * 1.4);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont quietFont(const QFont &text)
{
    QFont font = text;
    font.setPointSizeF(text.pointSizeF() * 0.9);
    return font;
}

QFont fixedFont(const QFont &text)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(text.pointSizeF());
    return font;
}

void findOtherFonts(const QFont &text)
{
    for (const QFont &font : {text, titleFont(text), fixedFont(text)}) // quietFont() finds the text's
        (void)QFontMetrics(font).horizontalAdvance(QChar(0x6f22));     // kan, as in kanji
}

QString visibleName(const QString &name, int limit)
{
    QString shown = name;
    if (shown.size() > limit) {
        const int tail = limit / 4;
        shown = shown.left(limit - tail - 1) + QChar(0x2026) + shown.right(tail);
    }
    for (QChar &c : shown) {
        if (c.unicode() < 0x20)
            c = QChar(0x2400 + c.unicode()); // "symbol for newline" and its like
        else if (isControl(c))
            c = QChar(0xfffd);
        else if (isDirection(c))
            c = QChar(0x25ca); // a lozenge: something is there, and it turns nothing around
    }
    return shown;
}

QString shownName(const QString &name, int limit)
{
    return isolated(visibleName(name, limit));
}

QString ago(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid())
        return {};
    const qint64 seconds = time.secsTo(now);
    const auto say = [](const char *text, qint64 n) {
        return QCoreApplication::translate("Ago", text, nullptr, static_cast<int>(n));
    };
    if (seconds < 60)
        return QCoreApplication::translate("Ago", "just now");
    if (seconds < 3600)
        return say(QT_TRANSLATE_N_NOOP("Ago", "%Ln minute(s) ago"), seconds / 60);
    if (seconds < 86400)
        return say(QT_TRANSLATE_N_NOOP("Ago", "%Ln hour(s) ago"), seconds / 3600);
    if (seconds < qint64{30} * 86400)
        return say(QT_TRANSLATE_N_NOOP("Ago", "%Ln day(s) ago"), seconds / 86400);
    return QLocale().toString(time.date(), QLocale::ShortFormat);
}

} // namespace kith::views
