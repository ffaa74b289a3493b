// SPDX-License-Identifier: Apache-2.0
#include "DocumentDrop.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace kith::views {

namespace {

/// The one file that is dragged, if it can be imported; empty: it is something else.
QString documentIn(const QMimeData *data)
{
    if (data == nullptr || data->urls().size() != 1)
        return {};
    const QString file = data->urls().constFirst().toLocalFile();
    for (const char *end : {".json", ".csv", ".tsv"})
        if (file.endsWith(QLatin1String(end), Qt::CaseInsensitive))
            return file;
    return {};
}

} // namespace

DocumentDrop::DocumentDrop(QWidget *window) : QObject(window)
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

bool DocumentDrop::eventFilter(QObject *watched, QEvent *event)
{
    const auto type = event->type();
    if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event);
    const QString file = documentIn(drop->mimeData());
    if (file.isEmpty())
        return QObject::eventFilter(watched, event);
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (type == QEvent::Drop)
        Q_EMIT dropped(file);
    return true;
}

} // namespace kith::views
