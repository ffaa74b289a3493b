// SPDX-License-Identifier: Apache-2.0
#include "Direction.h"

#include "Look.h"

#include <QGuiApplication>
#include <QLabel>

#include <algorithm>
#include <optional>

namespace kith::views {

namespace {

constexpr QChar Isolate(0x2068);
constexpr QChar EndOfIsolate(0x2069);
constexpr QChar RightToLeftMark(0x200f);

bool isMark(QChar c)
{
    return c == Isolate || c == EndOfIsolate || c == RightToLeftMark;
}

/// Of its first letter outside of what is isolated already; none: numbers and signs, which go with what is around them.
std::optional<Qt::LayoutDirection> directionOf(const QString &text)
{
    int inside = 0;
    for (const QChar c : text) {
        if (c == Isolate)
            ++inside;
        else if (c == EndOfIsolate)
            inside = std::max(0, inside - 1);
        else if (inside == 0 && c.direction() == QChar::DirL)
            return Qt::LeftToRight;
        else if (inside == 0 && (c.direction() == QChar::DirR || c.direction() == QChar::DirAL))
            return Qt::RightToLeft;
    }
    return std::nullopt;
}

} // namespace

QString isolated(const QString &text)
{
    const auto direction = directionOf(text);
    if (!direction || *direction == QGuiApplication::layoutDirection())
        return text;
    const QString core = text.trimmed(); // what is around it lies between it and its neighbours
    const qsizetype begin = text.indexOf(core);
    return text.left(begin) + Isolate + core + EndOfIsolate + text.mid(begin + core.size());
}

QString visibleSentence(const QString &text, int limit)
{
    const QString visible = visibleName(text, limit);
    if (visible.size() != text.size())
        return visibleName(withoutMarks(text), limit); // what begins might not end
    QString sentence = visible;
    for (qsizetype i = 0; i < text.size(); ++i)
        if (isMark(text[i]))
            sentence[i] = text[i];
    return sentence;
}

QString withoutMarks(QString text)
{
    text.removeIf(isMark);
    return text;
}

QString readAsWindow(const QString &html)
{
    const char *direction = QGuiApplication::isRightToLeft() ? "rtl" : "ltr";
    return QStringLiteral("<div dir=\"%1\">%2</div>").arg(QLatin1String(direction), html);
}

void alignLikeWindow(QLabel &label)
{
    const Qt::Alignment vertical = label.alignment() & Qt::AlignVertical_Mask;
    label.setAlignment(vertical | Qt::AlignAbsolute | (label.isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft));
}

} // namespace kith::views
