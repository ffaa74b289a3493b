// SPDX-License-Identifier: Apache-2.0
#include "PolicyEditor.h"

#include "Look.h"
#include "PolicyHighlighter.h"

#include <QKeyEvent>
#include <QPainter>
#include <QTextBlock>
#include <QTextEdit>

#include <algorithm>

namespace kith::views {

static constexpr int NumberPadding = 8;
static constexpr int Indent = 2; ///< Spaces.

/// The column at the left. It belongs to the text beside it, so it takes no keys and has no name of its own.
class PolicyEditor::Numbers : public QWidget
{
public:
    explicit Numbers(PolicyEditor *editor) : QWidget(editor), m_editor(editor) {}

protected:
    void paintEvent(QPaintEvent *event) override { m_editor->paintNumbers(event); }

private:
    PolicyEditor *m_editor;
};

PolicyEditor::PolicyEditor(QWidget *parent)
    : QPlainTextEdit(parent), m_numbers(new Numbers(this)), m_highlighter(new PolicyHighlighter(document()))
{
    setObjectName(QStringLiteral("policyText"));
    setLayoutDirection(Qt::LeftToRight); // in every language, as the text itself
    setAccessibleName(tr("Text of the policy"));
    setFrameShape(QFrame::NoFrame);
    setFont(fixedFont(font()));
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setTabStopDistance(fontMetrics().horizontalAdvance(QLatin1Char(' ')) * Indent * 2);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &PolicyEditor::makeRoom);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        if (dy != 0)
            m_numbers->scroll(0, dy);
        else
            m_numbers->update(0, rect.y(), m_numbers->width(), rect.height());
    });
    makeRoom();
}

int PolicyEditor::numbersWidth() const
{
    const QString widest(std::max<qsizetype>(QString::number(blockCount()).size(), 2), QLatin1Char('9'));
    return fontMetrics().horizontalAdvance(widest) + 2 * NumberPadding;
}

void PolicyEditor::makeRoom()
{
    setViewportMargins(numbersWidth(), 0, 0, 0);
    const QRect inside = contentsRect();
    m_numbers->setGeometry(inside.left(), inside.top(), numbersWidth(), inside.height());
}

void PolicyEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    makeRoom();
}

void PolicyEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter)
        m_highlighter->setPalette(palette());
}

void PolicyEditor::paintNumbers(QPaintEvent *event)
{
    QPainter painter(m_numbers);
    painter.fillRect(event->rect(), toneBackground(palette(), Tone::Quiet));
    painter.setFont(font());
    QTextBlock block = firstVisibleBlock();
    int top = qRound(blockBoundingGeometry(block).translated(contentOffset()).top());
    while (block.isValid() && top <= event->rect().bottom()) {
        const int height = qRound(blockBoundingRect(block).height());
        const bool wrong = m_fault && m_fault->line == block.blockNumber() + 1;
        if (wrong)
            painter.fillRect(0, top, m_numbers->width(), height, toneBackground(palette(), Tone::Bad));
        painter.setPen(toneColor(palette(), wrong ? Tone::Bad : Tone::Quiet));
        painter.drawText(0, top, m_numbers->width() - NumberPadding, fontMetrics().height(), Qt::AlignRight,
                         QString::number(block.blockNumber() + 1));
        if (wrong) // not by colour alone
            painter.drawText(2, top, NumberPadding, fontMetrics().height(), Qt::AlignLeft, QStringLiteral("!"));
        top += height;
        block = block.next();
    }
}

void PolicyEditor::setFault(std::optional<items::PolicyFault> fault)
{
    m_fault = std::move(fault);
    showMarks();
    m_numbers->update();
}

void PolicyEditor::showMarks()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QTextBlock block = m_fault ? document()->findBlockByNumber(m_fault->line - 1) : QTextBlock();
    if (m_fault && m_fault->line > 0 && block.isValid()) {
        const QString text = block.text();
        const auto first = std::find_if(text.begin(), text.end(), [](QChar c) { return !c.isSpace(); });
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(block);
        mark.cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, static_cast<int>(first - text.begin()));
        mark.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(toneColor(palette(), Tone::Bad));
        marks.append(mark);
    }
    setExtraSelections(marks);
}

void PolicyEditor::goToLine(int line)
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (!block.isValid())
        return;
    setTextCursor(QTextCursor(block));
    centerCursor();
}

bool PolicyEditor::event(QEvent *event)
{
    // Esc is the window's shortcut for going back; in a text it only leaves the text.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
        event->accept();
    return QPlainTextEdit::event(event);
}

void PolicyEditor::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else if (enter && !isReadOnly())
        breakLine();
    else
        QPlainTextEdit::keyPressEvent(event);
}

void PolicyEditor::breakLine()
{
    QTextCursor cursor = textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    int spaces = 0;
    while (spaces < before.size() && before[spaces].isSpace())
        ++spaces;
    QString indent = before.left(spaces);
    if (before.trimmed().endsWith(QLatin1Char('{')) || before.trimmed().endsWith(QLatin1Char('[')))
        indent += QString(Indent, QLatin1Char(' '));
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    cursor.insertText(QLatin1Char('\n') + indent);
    cursor.endEditBlock();
    setTextCursor(cursor);
    ensureCursorVisible();
}

} // namespace kith::views
