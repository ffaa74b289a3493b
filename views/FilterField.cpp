// SPDX-License-Identifier: Apache-2.0
#include "FilterField.h"

#include "ClearButton.h"
#include "items/GroupTreeModel.h"
#include "items/IdTableModel.h"

#include <QAbstractItemView>
#include <QKeyEvent>

namespace kith::views {

FilterField::FilterField(QAbstractItemView *filtered, QWidget *parent) : QLineEdit(parent), m_filtered(filtered)
{
    setMinimumWidth(minimumSizeHint().width()); // the button takes its room when there is something to clear
    addClearButton(*this);
    setAcceptDrops(false); // of people it would take the names
    const auto stay = [this] { m_enters = false; };
    connect(this, &QLineEdit::textEdited, this, stay);
    connect(filtered->model(), &QAbstractItemModel::modelReset, this, [this] {
        if (m_enters && isAnswered())
            enter();
    });
    if (auto *table = qobject_cast<items::IdTableModel *>(filtered->model()))
        connect(table, &items::IdTableModel::failed, this, stay);
    else if (auto *tree = qobject_cast<items::GroupTreeModel *>(filtered->model()))
        connect(tree, &items::GroupTreeModel::failed, this, stay);
}

bool FilterField::isAnswered() const
{
    if (const auto *table = qobject_cast<const items::IdTableModel *>(m_filtered->model()))
        return table->hasFirstRows();
    const auto *tree = qobject_cast<const items::GroupTreeModel *>(m_filtered->model());
    return !tree || !tree->isFiltering();
}

void FilterField::enter()
{
    m_enters = false;
    m_filtered->setFocus(Qt::OtherFocusReason);
    if (!m_filtered->selectionModel()->hasSelection())
        m_filtered->setCurrentIndex(m_filtered->model()->index(0, 0));
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
    const bool down = event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (down && !isAnswered()) {
        m_enters = true;
    } else if (down) {
        enter();
    } else if (event->key() == Qt::Key_Escape && text().isEmpty()) {
        m_filtered->setFocus(Qt::OtherFocusReason);
    } else if (event->key() == Qt::Key_Escape) {
        m_enters = false;
        clear();
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

void FilterField::focusOutEvent(QFocusEvent *event)
{
    m_enters = false;
    QLineEdit::focusOutEvent(event);
}

} // namespace kith::views
