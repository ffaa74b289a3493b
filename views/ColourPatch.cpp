// SPDX-License-Identifier: Apache-2.0
#include "ColourPatch.h"

#include "DrawnIconEngine.h"

#include <QPainter>

#include <algorithm>

namespace kith::views {

namespace {

/// Drawn anew in each size.
class PatchEngine final : public DrawnIconEngine
{
public:
    explicit PatchEngine(const QColor &color) : m_color(color) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        if (!m_color.isValid())
            return;
        const double margin = std::min(rect.width(), rect.height()) / 8.0;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_color);
        painter->drawEllipse(QRectF(rect).adjusted(margin, margin, -margin, -margin));
        painter->restore();
    }
    QIconEngine *clone() const override { return new PatchEngine(*this); }

private:
    QColor m_color;
};

} // namespace

QIcon colourPatch(const QColor &color)
{
    return QIcon(new PatchEngine(color));
}

} // namespace kith::views
