// SPDX-License-Identifier: Apache-2.0
#include "RowPainter.h"

#include "Direction.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>

namespace kith::views {

static constexpr int ChipPadding = 6;
static constexpr int ChipGap = 8;

int rowHeight(const QFontMetrics &metrics)
{
    return (metrics.height() + 12 + 3) / 4 * 4;
}

/// Left and right are meant as in English; where one reads from right to left it is the mirror image.
static QRect mirrored(const QStyleOptionViewItem &row, const QRect &rect)
{
    return QStyle::visualRect(row.direction, row.rect, rect);
}

RowPainter::RowPainter(QPainter &painter, QStyleOptionViewItem option) : m_painter(painter), m_option(std::move(option))
{
    m_option.text.clear();
    m_option.features &= ~QStyleOptionViewItem::HasDisplay;
    const QStyle *style = m_option.widget ? m_option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &m_option, &m_painter, m_option.widget);
    m_room = m_option.rect.adjusted(CellPadding, 0, -CellPadding, 0);
    m_painter.setFont(m_option.font);
    m_painter.setLayoutDirection(m_option.direction); // which mirrors alignments, too
}

QColor RowPainter::color(Tone tone) const
{
    const QPalette::ColorGroup group = !(m_option.state & QStyle::State_Enabled) ? QPalette::Disabled
                                       : m_option.state & QStyle::State_Active   ? QPalette::Active
                                                                                 : QPalette::Inactive;
    if (!(m_option.state & QStyle::State_Selected))
        return tone == Tone::Plain ? m_option.palette.color(group, QPalette::Text) : toneColor(m_option.palette, tone);
    QColor color = m_option.palette.color(group, QPalette::HighlightedText);
    if (tone == Tone::Quiet)
        color.setAlphaF(0.8F);
    return color;
}

void RowPainter::text(const QString &text, Tone tone, Qt::TextElideMode elide)
{
    const int width = std::max(0, m_room.width() - keptFor(text));
    const QString shown = m_option.fontMetrics.elidedText(text, elide, width);
    m_painter.setPen(color(tone));
    m_painter.drawText(mirrored(m_option, QRect(m_room.left(), m_room.top(), width, m_room.height())),
                       Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, isolated(shown));
    m_room.setLeft(m_room.left() + std::min(width, m_option.fontMetrics.horizontalAdvance(shown)) + ChipGap);
}

void RowPainter::textAtRight(const QString &text, Tone tone)
{
    m_painter.save();
    m_painter.setFont(quietFont(m_option.font));
    m_painter.setPen(color(tone));
    m_painter.drawText(mirrored(m_option, m_room), Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, text);
    m_room.setRight(m_room.right() - m_painter.fontMetrics().horizontalAdvance(text) - ChipGap);
    m_painter.restore();
}

/// Words, also where the text is in a fixed-width face.
QFont RowPainter::chipFont() const
{
    return quietFont(m_option.widget ? m_option.widget->font() : m_option.font);
}

int RowPainter::chipWidth(const QString &text) const
{
    return QFontMetrics(chipFont()).horizontalAdvance(text) + 2 * ChipPadding + 2;
}

/// Of what still tells something.
int RowPainter::leastChipWidth(const QString &text) const
{
    constexpr int Letters = 4;
    return std::min(chipWidth(text), chipWidth(text.left(Letters) + QChar(0x2026)));
}

void RowPainter::keepFreeFor(const QString &chip)
{
    m_chip = chip;
}

int RowPainter::keptFor(const QString &text) const
{
    if (m_chip.isEmpty())
        return 0;
    const int width = m_option.fontMetrics.horizontalAdvance(text) + 1; // which is rounded
    const int least = leastChipWidth(m_chip) + ChipGap;
    const int kept = std::clamp(m_room.width() - width, least, chipWidth(m_chip) + ChipGap);
    const bool both = width + kept <= m_room.width();
    return both || kept <= m_room.width() / 3 ? kept : 0;
}

void RowPainter::chip(const QString &text, Tone tone)
{
    m_painter.save();
    m_painter.setFont(chipFont());
    m_painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics metrics = m_painter.fontMetrics();
    const int width = std::min(chipWidth(text), m_room.width());
    QRectF frame(mirrored(m_option, QRect(m_room.left(), m_room.top(), width, m_room.height())));
    frame.setHeight(metrics.height() + 2);
    frame.moveTop(m_room.center().y() - frame.height() / 2 + 1);
    if (width >= leastChipWidth(text)) {
        const bool selected = m_option.state & QStyle::State_Selected;
        m_painter.setPen(color(tone));
        m_painter.setBrush(selected ? QBrush() : QBrush(toneBackground(m_option.palette, tone)));
        m_painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), frame.height() / 2, frame.height() / 2);
        m_painter.drawText(frame, Qt::AlignCenter | Qt::TextSingleLine,
                           isolated(metrics.elidedText(text, Qt::ElideRight, width - 2 * ChipPadding)));
    }
    m_painter.restore();
    m_room.setLeft(m_room.left() + width + ChipGap);
}

void RowPainter::placeholder(int row)
{
    // Of several widths, so that it looks like text to come.
    const int width = std::min(m_room.width(), 56 + row * 37 % 64);
    const int height = m_option.fontMetrics.xHeight();
    const QRect bar = mirrored(m_option, QRect(m_room.left(), m_room.center().y() - height / 2, width, height));
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(lineColor(m_option.palette));
    m_painter.drawRoundedRect(bar, height / 2.0, height / 2.0);
    m_painter.restore();
}

} // namespace kith::views
