// SPDX-License-Identifier: Apache-2.0
#include "ElidedLabel.h"

#include "Look.h"

#include <QEvent>

namespace kith::views {

namespace {
constexpr int LongestShown = 2000; ///< No line of any screen holds more.
}

ElidedLabel::ElidedLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setSizePolicy(policy);
    align();
}

void ElidedLabel::setWhole(const QString &text)
{
    m_whole = text;
    setAccessibleName(text);
    elide();
    updateGeometry();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(visibleName(m_whole, LongestShown)) + 2, fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 4, fontMetrics().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        elide();
    if (event->type() == QEvent::LayoutDirectionChange)
        align();
}

/// To the side where one begins to read the window: a QLabel goes by its text, which may be in other letters.
void ElidedLabel::align()
{
    setAlignment((isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter);
}

void ElidedLabel::elide()
{
    const QString visible = visibleName(m_whole, LongestShown);
    const QString shown = fontMetrics().elidedText(visible, Qt::ElideRight, width());
    setText(shown);
    setToolTip(shown == m_whole ? QString() : QStringLiteral("<p>%1</p>").arg(m_whole.left(5000).toHtmlEscaped()));
}

} // namespace kith::views
