// SPDX-License-Identifier: Apache-2.0
#include "ObjectDrag.h"

#include "Edit.h"
#include "Look.h"

#include <QAbstractItemView>
#include <QDrag>
#include <QPainter>

namespace kith::views {

QString subjectText(const items::CarriedObjects &objects)
{
    const std::size_t groups = objects.groups().size();
    QString name = objects.objects.size() == 1 ? shownName(objects.objects.front().name, 60) : QString();
    if (name.isEmpty())
        name = groups == 1 ? QCoreApplication::translate("kith::views::ObjectDrag", "the group")
                           : QCoreApplication::translate("kith::views::ObjectDrag", "the person");
    return subjectText(objects.objects.size() - groups, groups, name);
}

items::CarriedObjects selectedObjects(const QAbstractItemView &view)
{
    if (!view.selectionModel())
        return {};
    const QModelIndexList rows = view.selectionModel()->selectedRows();
    if (rows.isEmpty())
        return {};
    const std::unique_ptr<QMimeData> data(view.model()->mimeData(rows));
    return data ? items::unpack(*data).value_or(items::CarriedObjects()) : items::CarriedObjects();
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

void dragObjects(QWidget &source, const items::CarriedObjects &objects)
{
    if (objects.objects.empty())
        return;
    auto *drag = new QDrag(&source); // deletes itself
    drag->setMimeData(items::pack(objects).release());
    drag->setPixmap(picture(source, subjectText(objects)));
    drag->setHotSpot(QPoint(-10, -2));
    const bool canMove = static_cast<bool>(objects.source.id);
    drag->exec(canMove ? Qt::CopyAction | Qt::MoveAction : Qt::CopyAction, Qt::CopyAction);
}

} // namespace kith::views
