// SPDX-License-Identifier: Apache-2.0
#include "RoundedFrame.h"

#include "Look.h"

#include <QPainter>

namespace kith::views {

void RoundedFrame::paintEvent(QPaintEvent *)
{
    constexpr double HalfALine = 0.5;
    constexpr double Radius = 4;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(lineColor(palette()), 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(HalfALine, HalfALine, -HalfALine, -HalfALine), Radius, Radius);
}

} // namespace kith::views
