// SPDX-License-Identifier: Apache-2.0
// What the delegates of people and groups share: rows of one height, quiet text, chips, placeholders.
#pragma once

#include "Look.h"

#include <QStyleOptionViewItem>

class QPainter;

namespace kith::views {

/// Free at both sides of a cell's text.
inline constexpr int CellPadding = 8;

/// Height of a row of text in every table and tree.
int rowHeight(const QFontMetrics &metrics);

/// Paints one item's row: first its background, selection and focus as the style does, then what is written on it.
class RowPainter
{
public:
    /// `option` as initStyleOption() left it; its text is taken away.
    RowPainter(QPainter &painter, QStyleOptionViewItem option);

    const QRect &room() const { return m_room; } ///< What is still free.

    /// At the left, shortened where it has to be; then the room begins behind it.
    void text(const QString &text, Tone tone = Tone::Plain, Qt::TextElideMode elide = Qt::ElideRight);
    /// At the right, before which the room ends then.
    void textAtRight(const QString &text, Tone tone = Tone::Quiet);
    /// A word in a rounded frame behind the text.
    void chip(const QString &text, Tone tone);
    /// text() leaves room for this chip, but comes first: where both can't be whole, the chip is shortened, and where
    /// nothing of it could be read beside most of the text, it isn't drawn.
    void keepFreeFor(const QString &chip);
    /// The values of the row are on their way.
    void placeholder(int row);

private:
    QColor color(Tone tone) const;
    QFont chipFont() const;
    int chipWidth(const QString &text) const;
    int leastChipWidth(const QString &text) const;
    int keptFor(const QString &text) const;

    QPainter &m_painter;
    QStyleOptionViewItem m_option;
    QRect m_room;
    QString m_chip; ///< To come behind the text.
};

} // namespace kith::views
