// SPDX-License-Identifier: Apache-2.0
#include "DrawnIconEngine.h"

#include <QPainter>

namespace kith::views {

QPixmap DrawnIconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    QPixmap result(size);
    result.fill(Qt::transparent);
    QPainter painter(&result);
    paint(&painter, QRect(QPoint(), size), mode, state);
    return result;
}

} // namespace kith::views
