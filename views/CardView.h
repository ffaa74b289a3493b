// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Look.h"

#include <QTextBrowser>

#include <vector>

class QPainter;
class QTextBlock;
class QTextCursor;

namespace kith::views {

/// A piece of a line in a card.
struct Span {
    enum class Voice { Text, Quiet, Strong, Fixed, Link, Chip };
    Voice voice = Voice::Text;
    QString text;
    QString target = {};     ///< Links: what activated() tells.
    Tone tone = Tone::Plain; ///< Chips.
    QString toolTip = {};

    friend bool operator==(const Span &, const Span &) = default;
};

/// A few lines that belong together. Lines after the first are indented a little.
struct Card {
    enum class Kind { Framed, Heading, Row };
    Kind kind = Kind::Framed;
    std::vector<std::vector<Span>> lines;

    friend bool operator==(const Card &, const Card &) = default;
};

Card heading(const QString &text); ///< Of the cards below it.

/// What they say, a line each, with an empty one before each card that isn't a row.
QString plainText(const std::vector<Card> &cards);

/// A column of cards, any number: text that wraps at the width, can be selected and copied, with links that are
/// reached with Tab and followed with Enter, and read by assistive technology. Cards are filled in as one scrolls.
class CardView : public QTextBrowser
{
    Q_OBJECT
public:
    explicit CardView(QWidget *parent = nullptr);

    /// Shows these instead. Where one has scrolled to is kept with Keep. Nothing to show: `emptyText`.
    enum class Scroll { Keep, Top };
    void setCards(std::vector<Card> cards, const QString &emptyText, Scroll scroll);
    const std::vector<Card> &cards() const { return m_cards; }
    void fillAll(); ///< All cards are in the document after this.

Q_SIGNALS:
    void activated(const QString &target); ///< A link was clicked, or Enter pressed on it.

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void resizeEvent(QResizeEvent *event) override;
    QMimeData *createMimeDataFromSelection() const override;

private:
    void rebuildAt(int position);
    void rebuild();
    void fillMore();
    void fillToView();
    void fillDownTo(int height);
    void fillToNextLink();
    void insertCard(QTextCursor &cursor, const Card &card);
    void insertSpan(QTextCursor &cursor, const Span &span) const;
    QTextBlock blockBelow(qreal y) const;
    void paintCards(QPainter &painter, const QRectF &visible) const;
    void paintChips(QPainter &painter, const QTextBlock &block, const QRectF &rect) const;

    std::vector<Card> m_cards;
    QString m_emptyText;
    std::size_t m_filled = 0; ///< How many of the cards are in the document.
};

} // namespace kith::views
