// SPDX-License-Identifier: Apache-2.0
#include "Chip.h"

#include "PlainToolTip.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>

namespace kith::views {

Chip::Chip(Tone tone, QWidget *parent) : QLabel(parent), m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setFont(quietFont(font()));
    setContentsMargins(7, 1, 7, 1);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    recolor();
}

void Chip::setTone(Tone tone)
{
    m_tone = tone;
    recolor();
}

void Chip::recolor()
{
    m_recoloring = true;
    const QPalette ground = parentWidget() ? parentWidget()->palette() : palette();
    QPalette own = ground;
    own.setColor(QPalette::WindowText, toneColor(ground, m_tone));
    setPalette(own);
    m_recoloring = false;
    update();
}

QString Chip::shownText() const
{
    return fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
}

QSize Chip::minimumSizeHint() const
{
    constexpr int FewestLetters = 20; // a word or two, as “not defined” in any language
    const QSize whole = sizeHint();
    return {std::min(whole.width(), fontMetrics().averageCharWidth() * FewestLetters), whole.height()};
}

bool Chip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && shownText() != text()) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), plainToolTip(text()), this);
        return true;
    }
    return QLabel::event(event);
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF outline = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const QPalette ground = parentWidget() ? parentWidget()->palette() : palette();
    painter.setPen(QPen(toneColor(ground, m_tone), m_tone == Tone::Plain || m_tone == Tone::Quiet ? 0.6 : 1));
    painter.setBrush(toneBackground(ground, m_tone));
    painter.drawRoundedRect(outline, outline.height() / 2, outline.height() / 2);
    style()->drawItemText(&painter, contentsRect(), int(QStyle::visualAlignment(layoutDirection(), alignment())),
                          palette(), isEnabled(), shownText(), foregroundRole());
}

void Chip::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_recoloring)
        recolor();
}

FieldNote::FieldNote(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setFont(quietFont(font()));
    hide();
}

void FieldNote::say(const QString &text, Tone tone)
{
    if (text == this->text())
        return;
    setText(text);
    setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    QPalette colors = parentWidget() ? parentWidget()->palette() : palette();
    colors.setColor(QPalette::WindowText, toneColor(colors, tone));
    setPalette(colors);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace kith::views
