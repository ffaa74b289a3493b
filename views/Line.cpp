// SPDX-License-Identifier: Apache-2.0
#include "Line.h"

#include "Look.h"

#include <QPainter>

namespace kith::views {

Line::Line(Qt::Orientation orientation, QWidget *parent) : QWidget(parent)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Line::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), lineColor(palette()));
}

} // namespace kith::views
