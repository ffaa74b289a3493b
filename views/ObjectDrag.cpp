// SPDX-License-Identifier: Apache-2.0
#include "ObjectDrag.h"

#include "Edit.h"
#include "Look.h"

#include <QDrag>
#include <QPainter>

namespace kith::views {

QString subjectText(const items::CarriedObjects &objects)
{
    QString name;
    if (objects.size() == 1 && !objects.names.isEmpty())
        name = shownName(objects.names.front(), 60);
    if (name.isEmpty())
        name = objects.people.empty() ? QCoreApplication::translate("kith::views::ObjectDrag", "the group")
                                      : QCoreApplication::translate("kith::views::ObjectDrag", "the person");
    return subjectText(objects.people.size(), objects.groups.size(), name);
}

/// A small card with what is dragged.
static QPixmap picture(const QWidget &widget, const QString &text)
{
    const QFontMetrics metrics = widget.fontMetrics();
    const QString shown = metrics.elidedText(text, Qt::ElideMiddle, 240);
    const QSize size(metrics.horizontalAdvance(shown) + 24, metrics.height() + 10);
    QPixmap pixmap(size * widget.devicePixelRatioF());
    pixmap.setDevicePixelRatio(widget.devicePixelRatioF());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(lineColor(widget.palette()));
    painter.setBrush(widget.palette().base());
    painter.drawRoundedRect(QRectF(QPointF(), QSizeF(size)).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(widget.palette().color(QPalette::Text));
    painter.setFont(widget.font());
    painter.drawText(QRect(QPoint(), size), Qt::AlignCenter, shown);
    return pixmap;
}

void dragObjects(QWidget &source, items::CarriedObjects objects)
{
    if (objects.empty())
        return;
    const bool canMove = static_cast<bool>(objects.source.id);
    auto *drag = new QDrag(&source); // deletes itself
    drag->setPixmap(picture(source, subjectText(objects)));
    drag->setHotSpot(QPoint(-10, -2));
    drag->setMimeData(items::pack(std::move(objects)).release());
    drag->exec(canMove ? Qt::CopyAction | Qt::MoveAction : Qt::CopyAction, Qt::CopyAction);
}

} // namespace kith::views
