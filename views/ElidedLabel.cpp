// SPDX-License-Identifier: Apache-2.0
#include "ElidedLabel.h"

#include "Direction.h"
#include "Look.h"
#include "PlainToolTip.h"

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
    alignLikeWindow(*this);
}

void ElidedLabel::setWhole(const QString &text, Kind kind)
{
    m_whole = text;
    m_kind = kind;
    setAccessibleName(text);
    elide();
    updateGeometry();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(visible()) + 2, fontMetrics().height()};
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
        alignLikeWindow(*this);
}

QString ElidedLabel::visible() const
{
    return m_kind == Kind::Name ? visibleName(m_whole, LongestShown) : visibleSentence(m_whole, LongestShown);
}

void ElidedLabel::elide()
{
    const QString shown = fontMetrics().elidedText(visible(), Qt::ElideRight, width());
    setText(shown);
    setToolTip(shown == m_whole ? QString() : plainToolTip(m_whole));
}

} // namespace kith::views
