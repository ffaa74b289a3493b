// SPDX-License-Identifier: Apache-2.0
#include "ClearButton.h"

#include "DrawnIconEngine.h"

#include <QAction>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPainter>
#include <QPalette>

#include <algorithm>

namespace kith::views {

namespace {

/// A cross in the colour of quiet text, drawn anew in each size.
class CrossEngine final : public DrawnIconEngine
{
public:
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        const double size = std::min(rect.width(), rect.height());
        const double margin = size * 0.28;
        const QRectF cross = QRectF(rect).adjusted(margin, margin, -margin, -margin);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(QGuiApplication::palette().color(QPalette::PlaceholderText), size / 11));
        painter->drawLine(cross.topLeft(), cross.bottomRight());
        painter->drawLine(cross.bottomLeft(), cross.topRight());
        painter->restore();
    }
    QIconEngine *clone() const override { return new CrossEngine(*this); }
};

} // namespace

void addClearButton(QLineEdit &field)
{
    field.setClearButtonEnabled(true);
    if (auto *action = field.findChild<QAction *>(QStringLiteral("_q_qlineeditclearaction")))
        action->setIcon(QIcon(new CrossEngine));
}

} // namespace kith::views
