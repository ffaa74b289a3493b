// SPDX-License-Identifier: Apache-2.0
#include "CardView.h"

#include "Direction.h"
#include "PlainToolTip.h"

#include <QAbstractTextDocumentLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace kith::views {

namespace {

constexpr std::size_t Batch = 30; ///< Cards laid out at once: about a screen, a few milliseconds.
constexpr int Padding = 10;
constexpr int Gap = 8;
constexpr int Indent = 4;
constexpr int HeadingGap = 16; ///< Above a heading, more than below it: it belongs to what follows.
constexpr int ShortChip = 40;  ///< Chips up to this length stay on one line.

const QString ChipSpace(2, QChar::Nbsp); ///< Between the word and its outline.

enum Property { EdgeProperty = QTextFormat::UserProperty + 1, ChipProperty };
enum Edge { NoEdge = 0, FirstLine = 1, LastLine = 2 };

int edgeOf(const QTextBlock &block)
{
    return block.blockFormat().hasProperty(EdgeProperty) ? block.blockFormat().intProperty(EdgeProperty) : -1;
}

/// Where a line begins, on the side where one begins to read, and where it ends.
void setMargins(QTextBlockFormat &format, int begin, int end)
{
    const bool rightToLeft = QGuiApplication::isRightToLeft();
    format.setLeftMargin(rightToLeft ? end : begin);
    format.setRightMargin(rightToLeft ? begin : end);
}

QTextBlockFormat blockFormat(const Card &card, std::size_t line)
{
    QTextBlockFormat format;
    const bool first = line == 0;
    const bool last = line + 1 == card.lines.size();
    switch (card.kind) {
    case Card::Kind::Framed:
        format.setProperty(EdgeProperty, (first ? FirstLine : NoEdge) | (last ? LastLine : NoEdge));
        setMargins(format, Padding + 2 + (first ? 0 : Indent), Padding);
        format.setTopMargin(first ? 0 : 2);
        format.setBottomMargin(last ? 2 * Padding + Gap : 0);
        break;
    case Card::Kind::Heading:
        format.setTopMargin(HeadingGap);
        format.setBottomMargin(6);
        break;
    case Card::Kind::Row:
        setMargins(format, first ? 8 : 8 + 2 * Indent, 0);
        format.setBottomMargin(last ? 6 : 0);
        break;
    }
    return format;
}

/// From where to where characters of a line reach. Names of both directions may stand in it, so that the ends of the
/// text are not those of what one sees.
std::pair<qreal, qreal> reachOf(const QTextLine &line, int from, int to)
{
    qreal left = std::numeric_limits<qreal>::max();
    qreal right = std::numeric_limits<qreal>::lowest();
    for (int at = from; at < to; ++at)
        for (const QTextLine::Edge edge : {QTextLine::Leading, QTextLine::Trailing}) {
            const qreal x = line.cursorToX(at, edge);
            left = std::min(left, x);
            right = std::max(right, x);
        }
    return {left, right};
}

} // namespace

Card heading(const QString &text)
{
    return {Card::Kind::Heading, {{{Span::Voice::Strong, text}}}};
}

QString plainText(const std::vector<Card> &cards)
{
    QString text;
    for (const Card &card : cards) {
        if (card.kind != Card::Kind::Row && !text.isEmpty())
            text += QLatin1Char('\n');
        for (const std::vector<Span> &line : card.lines) {
            for (const Span &span : line)
                text += span.text;
            text += QLatin1Char('\n');
        }
    }
    return text;
}

CardView::CardView(QWidget *parent) : QTextBrowser(parent)
{
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Window);
    document()->setDocumentMargin(0);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) { Q_EMIT activated(url.toString()); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &CardView::fillToView);
}

void CardView::setCards(std::vector<Card> cards, const QString &emptyText, Scroll scroll)
{
    if (scroll == Scroll::Keep && cards == m_cards && emptyText == m_emptyText)
        return;
    const int position = scroll == Scroll::Keep ? verticalScrollBar()->value() : 0;
    m_cards = std::move(cards);
    m_emptyText = emptyText;
    rebuildAt(position);
}

void CardView::rebuildAt(int position)
{
    rebuild();
    fillDownTo(position + viewport()->height());
    verticalScrollBar()->setValue(position);
}

void CardView::rebuild()
{
    m_filled = m_cards.size(); // clearing moves the scroll bar, which must not fill in what is not there yet
    clear();
    m_filled = 0;
    QTextFrameFormat whole = document()->rootFrame()->frameFormat();
    whole.setTopMargin(Padding + 1); // The first card's frame lies above its text.
    document()->rootFrame()->setFrameFormat(whole);
    QTextOption option = document()->defaultTextOption();
    option.setTextDirection(layoutDirection()); // of the window, whatever letters a card begins with
    document()->setDefaultTextOption(option);
    QTextCursor cursor(document());
    if (m_cards.empty()) {
        QTextCharFormat quiet;
        quiet.setForeground(toneColor(palette(), Tone::Quiet));
        cursor.insertText(m_emptyText, quiet);
        return;
    }
    fillMore();
    fillToView();
    moveCursor(QTextCursor::Start); // Else the view scrolls to the end, where the text was put in.
}

void CardView::fillMore()
{
    const std::size_t end = std::min(m_filled + Batch, m_cards.size());
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.beginEditBlock();
    for (; m_filled < end; ++m_filled)
        insertCard(cursor, m_cards[m_filled]);
    cursor.endEditBlock();
}

void CardView::fillAll()
{
    while (m_filled < m_cards.size())
        fillMore();
}

void CardView::fillToView()
{
    fillDownTo(verticalScrollBar()->value() + 2 * std::max(viewport()->height(), 100));
}

void CardView::fillDownTo(int height)
{
    // Before the view has its size nothing in it has a height, and every card would go in: the first resize fills.
    while (m_filled < m_cards.size() && document()->textWidth() > 0 && document()->size().height() < height)
        fillMore();
}

/// So that Tab comes to it, however many cards without one stand before it.
void CardView::fillToNextLink()
{
    fillToView();
    const auto hasLink = [](const Card &card) {
        return std::any_of(card.lines.begin(), card.lines.end(), [](const std::vector<Span> &line) {
            return std::any_of(line.begin(), line.end(), [](const Span &span) { return !span.target.isEmpty(); });
        });
    };
    const auto link = std::find_if(m_cards.begin() + static_cast<std::ptrdiff_t>(m_filled), m_cards.end(), hasLink);
    while (link != m_cards.end() && m_cards.begin() + static_cast<std::ptrdiff_t>(m_filled) <= link)
        fillMore();
}

void CardView::insertCard(QTextCursor &cursor, const Card &card)
{
    for (std::size_t line = 0; line < card.lines.size(); ++line) {
        QTextBlockFormat format = blockFormat(card, line);
        if (cursor.atStart()) {
            format.setTopMargin(0);
            cursor.setBlockFormat(format);
        } else {
            cursor.insertBlock(format);
        }
        for (const Span &span : card.lines[line])
            insertSpan(cursor, span);
    }
}

void CardView::insertSpan(QTextCursor &cursor, const Span &span) const
{
    QTextCharFormat format;
    QString text = span.text;
    format.setForeground(palette().color(QPalette::WindowText));
    switch (span.voice) {
    case Span::Voice::Text:
        break;
    case Span::Voice::Quiet:
        format.setForeground(toneColor(palette(), Tone::Quiet));
        break;
    case Span::Voice::Strong:
        format.setFontWeight(QFont::DemiBold);
        break;
    case Span::Voice::Fixed: {
        QFont font = fixedFont(this->font());
        if (edgeOf(cursor.block()) >= 0) // it is the title of a framed card
            font.setWeight(QFont::DemiBold);
        format.setFont(font);
        break;
    }
    case Span::Voice::Link:
        format.setForeground(toneColor(palette(), Tone::Accent));
        break;
    case Span::Voice::Chip:
        format.setFont(quietFont(font()));
        format.setForeground(toneColor(palette(), span.tone));
        format.setProperty(ChipProperty, static_cast<int>(span.tone));
        if (text.size() <= ShortChip) {
            text.replace(QLatin1Char(' '), QChar::Nbsp);
            text.replace(QLatin1Char('-'), QChar(0x2011)); // hyphen that is no place for a line's end
        }
        text = ChipSpace + text + ChipSpace;
        break;
    }
    if (!span.target.isEmpty()) {
        format.setAnchor(true);
        format.setAnchorHref(span.target);
    }
    if (!span.toolTip.isEmpty())
        format.setToolTip(plainToolTip(span.toolTip));
    cursor.insertText(isolated(text), format);
}

void CardView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const QPoint offset(horizontalScrollBar()->value(), verticalScrollBar()->value());
    painter.translate(-offset);
    paintCards(painter, QRectF(event->rect().translated(offset)));
    painter.end();
    QTextBrowser::paintEvent(event);
}

/// The first that ends below. cursorForPosition() would tell any while not all has been laid out, as it is at first.
QTextBlock CardView::blockBelow(qreal y) const
{
    const QAbstractTextDocumentLayout *layout = document()->documentLayout();
    int first = 0;
    int last = document()->blockCount() - 1;
    while (first < last) {
        const int middle = (first + last) / 2;
        if (layout->blockBoundingRect(document()->findBlockByNumber(middle)).bottom() < y)
            first = middle + 1;
        else
            last = middle;
    }
    return document()->findBlockByNumber(first);
}

void CardView::paintCards(QPainter &painter, const QRectF &visible) const
{
    const QAbstractTextDocumentLayout *layout = document()->documentLayout();
    QTextBlock block = blockBelow(visible.top() - Padding - 1); // a frame reaches below its last line
    while (block.previous().isValid() && edgeOf(block) >= 0 && (edgeOf(block) & FirstLine) == 0)
        block = block.previous();
    const qreal width = viewport()->width() - 1;
    qreal top = 0;
    for (; block.isValid(); block = block.next()) {
        const QRectF rect = layout->blockBoundingRect(block);
        const int edge = edgeOf(block);
        if (edge < 0 && rect.top() > visible.bottom())
            break;
        if (edge >= 0 && (edge & FirstLine) != 0) {
            top = rect.top() - Padding;
            if (top > visible.bottom())
                break;
            QTextBlock last = block;
            while ((edgeOf(last) & LastLine) == 0 && last.next().isValid())
                last = last.next();
            const QTextLayout *lines = last.layout();
            const qreal bottom = layout->blockBoundingRect(last).top() + lines->boundingRect().height() + Padding;
            painter.setPen(QPen(lineColor(palette()), 1));
            painter.setBrush(palette().color(QPalette::Base));
            painter.drawRoundedRect(QRectF(0.5, std::floor(top) + 0.5, width, std::floor(bottom - top)), 4, 4);
        }
        paintChips(painter, block, rect);
    }
}

void CardView::paintChips(QPainter &painter, const QTextBlock &block, const QRectF &rect) const
{
    const QTextLayout *lines = block.layout();
    for (const QTextLayout::FormatRange &range : block.textFormats()) {
        if (!range.format.hasProperty(ChipProperty))
            continue;
        const Tone tone = static_cast<Tone>(range.format.intProperty(ChipProperty));
        const qreal height = QFontMetricsF(range.format.font()).height() + 1;
        for (int i = 0; i < lines->lineCount(); ++i) {
            const QTextLine line = lines->lineAt(i);
            const int from = std::max(range.start, line.textStart());
            const int to = std::min(range.start + range.length, line.textStart() + line.textLength());
            if (from >= to)
                continue;
            const auto [left, right] = reachOf(line, from, to);
            const qreal baseline = rect.top() + line.y() + line.ascent();
            const qreal top = baseline - QFontMetricsF(range.format.font()).ascent() - 0.5;
            const QRectF outline(lines->position().x() + left + 0.5, top, right - left - 1, height);
            painter.setPen(QPen(toneColor(palette(), tone), tone == Tone::Plain || tone == Tone::Quiet ? 0.6 : 1));
            painter.setBrush(toneBackground(palette(), tone));
            painter.drawRoundedRect(outline, height / 2, height / 2);
        }
    }
}

/// The marks of direction are for this view only: who looks for a name elsewhere types none.
QMimeData *CardView::createMimeDataFromSelection() const
{
    QMimeData *data = QTextBrowser::createMimeDataFromSelection();
    data->setText(withoutMarks(data->text()));
    if (data->hasHtml())
        data->setHtml(withoutMarks(data->html()));
    data->removeFormat(QStringLiteral("application/vnd.oasis.opendocument.text")); // packed, with the marks in it
    return data;
}

void CardView::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        rebuildAt(verticalScrollBar()->value());
}

void CardView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::SelectAll) || event->matches(QKeySequence::MoveToEndOfDocument))
        fillAll();
    QTextBrowser::keyPressEvent(event);
}

bool CardView::focusNextPrevChild(bool next)
{
    if (next)
        fillToNextLink();
    return QTextBrowser::focusNextPrevChild(next);
}

void CardView::resizeEvent(QResizeEvent *event)
{
    QTextBrowser::resizeEvent(event);
    fillToView();
}

} // namespace kith::views
