// SPDX-License-Identifier: Apache-2.0
#include "FilterField.h"

#include <QAbstractItemView>
#include <QKeyEvent>

namespace kith::views {

FilterField::FilterField(QAbstractItemView *filtered, QWidget *parent) : QLineEdit(parent), m_filtered(filtered)
{
    setClearButtonEnabled(true);
    setAcceptDrops(false); // of people it would take the names
}

bool FilterField::event(QEvent *event)
{
    // Esc is the window's shortcut for going back; in the field it is the field's.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
        event->accept();
    return QLineEdit::event(event);
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    const bool leave = event->key() == Qt::Key_Escape && text().isEmpty();
    const bool down = event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (leave || down) {
        m_filtered->setFocus(Qt::OtherFocusReason);
        if (down && !m_filtered->selectionModel()->hasSelection())
            m_filtered->setCurrentIndex(m_filtered->model()->index(0, 0));
    } else if (event->key() == Qt::Key_Escape) {
        clear();
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

} // namespace kith::views
