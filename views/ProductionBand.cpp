// SPDX-License-Identifier: Apache-2.0
#include "ProductionBand.h"

#include "Look.h"

#include <QPainter>

namespace kith::views {

static const QColor UsualColour(0xc0, 0x1c, 0x28);

ProductionBand::ProductionBand(QWidget *parent) : QLabel(parent)
{
    setObjectName(QStringLiteral("productionBand"));
    setText(tr("Production"));
    setAlignment(Qt::AlignCenter);
    setFont(quietFont(font()));
    hide();
}

void ProductionBand::setMark(const QColor &colour, bool production)
{
    m_colour = colour.isValid() ? colour : UsualColour;
    QPalette own = palette();
    own.setColor(QPalette::Window, m_colour);
    own.setColor(QPalette::WindowText, qGray(m_colour.rgb()) < 140 ? Qt::white : Qt::black);
    setPalette(own);
    setVisible(production);
    update();
}

void ProductionBand::paintEvent(QPaintEvent *event)
{
    QPainter(this).fillRect(rect(), m_colour);
    QLabel::paintEvent(event);
}

} // namespace kith::views
