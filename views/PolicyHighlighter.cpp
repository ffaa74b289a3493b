// SPDX-License-Identifier: Apache-2.0
#include "PolicyHighlighter.h"

#include "Look.h"
#include "PolicyRuleCards.h"

#include <QGuiApplication>
#include <QRegularExpression>

namespace kith::views {

namespace {

enum State { Ordinary = 0, InComment = 1 };

QTextCharFormat inTone(const QPalette &palette, Tone tone, QFont::Weight weight = QFont::Normal)
{
    QTextCharFormat format;
    if (tone != Tone::Plain)
        format.setForeground(toneColor(palette, tone));
    format.setFontWeight(weight);
    return format;
}

} // namespace

PolicyHighlighter::PolicyHighlighter(QTextDocument *document)
    : QSyntaxHighlighter(document), m_palette(QGuiApplication::palette())
{}

void PolicyHighlighter::setPalette(const QPalette &palette)
{
    if (palette == m_palette)
        return;
    m_palette = palette;
    rehighlight();
}

/// Gives where the text goes on.
int PolicyHighlighter::comment(const QString &text, int from)
{
    const auto end = text.indexOf(QLatin1String("*/"), from);
    const int to = end < 0 ? static_cast<int>(text.size()) : static_cast<int>(end) + 2;
    setCurrentBlockState(end < 0 ? InComment : Ordinary);
    return to;
}

int PolicyHighlighter::string(const QString &text, int from)
{
    int to = from + 1;
    while (to < text.size() && text[to] != QLatin1Char('"'))
        to += text[to] == QLatin1Char('\\') ? 2 : 1;
    to = std::min(to + 1, static_cast<int>(text.size()));
    const QString inside = text.mid(from + 1, to - from - 2);
    if (items::isCapability(inside)) {
        const Tone tone = capabilityTone(inside);
        setFormat(from, to - from, inTone(m_palette, tone, tone == Tone::Good ? QFont::Normal : QFont::DemiBold));
        return to;
    }
    setFormat(from, to - from, inTone(m_palette, Tone::Accent));
    static const QRegularExpression Special(QStringLiteral("\\{\\{[^}]*\\}\\}|(?<=/)\\+(?=/|\"|$)|\\*(?=\"|$)"));
    auto specials = Special.globalMatch(text.mid(from, to - from));
    while (specials.hasNext()) {
        const auto special = specials.next();
        setFormat(from + static_cast<int>(special.capturedStart()), static_cast<int>(special.capturedLength()),
                  inTone(m_palette, Tone::External, QFont::Bold));
    }
    return to;
}

int PolicyHighlighter::word(const QString &text, int from)
{
    int to = from;
    while (to < text.size() && (text[to].isLetterOrNumber() || text[to] == QLatin1Char('_')))
        ++to;
    if (text.mid(from, to - from) == QLatin1String("path"))
        setFormat(from, to - from, inTone(m_palette, Tone::Plain, QFont::Bold));
    return std::max(to, from + 1);
}

void PolicyHighlighter::highlightBlock(const QString &text)
{
    QTextCharFormat quiet = inTone(m_palette, Tone::Quiet);
    quiet.setFontItalic(true);
    setCurrentBlockState(Ordinary);
    int at = 0;
    if (previousBlockState() == InComment) {
        at = comment(text, 0);
        setFormat(0, at, quiet);
    }
    while (at < text.size()) {
        const QStringView rest = QStringView(text).mid(at);
        if (rest.startsWith(QLatin1Char('#')) || rest.startsWith(QLatin1String("//"))) {
            setFormat(at, static_cast<int>(text.size()) - at, quiet);
            return;
        }
        if (rest.startsWith(QLatin1String("/*"))) {
            const int end = comment(text, at + 2);
            setFormat(at, end - at, quiet);
            at = end;
        } else if (text[at] == QLatin1Char('"')) {
            at = string(text, at);
        } else if (text[at].isLetter()) {
            at = word(text, at);
        } else {
            ++at;
        }
    }
}

} // namespace kith::views
