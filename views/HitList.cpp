// SPDX-License-Identifier: Apache-2.0
#include "HitList.h"

#include "ObjectDrag.h"
#include "RowPainter.h"
#include "items/Roles.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>

namespace kith::views {

namespace {

class HitDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem styled = option;
        initStyleOption(&styled, index);
        painter->save();
        RowPainter row(*painter, styled);
        row.textAtRight(index.data(HitModel::KindTextRole).toString());
        row.text(visibleName(index.data(items::NameRole).toString()));
        row.text(visibleName(index.data(HitModel::DetailRole).toString()), Tone::Quiet);
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {80, rowHeight(option.fontMetrics)};
    }
};

} // namespace

HitList::HitList(HitModel &model, QWidget *parent) : QListView(parent), m_hits(model)
{
    setModel(&model);
    setItemDelegate(new HitDelegate(this));
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QListView::clicked, this, &HitList::pick);
    connect(&model, &QAbstractItemModel::modelReset, this, [this] { setCurrentIndex(m_hits.index(0)); });
}

void HitList::pick(const QModelIndex &index)
{
    m_hits.notePicked(index);
    if (QAction *action = m_hits.actionAt(index))
        Q_EMIT commandPicked(action);
    else if (const QString policy = m_hits.policyAt(index); !policy.isEmpty())
        Q_EMIT policyPicked(policy);
    else
        Q_EMIT picked(m_hits.objectAt(index));
}

bool HitList::takeKey(QKeyEvent *event)
{
    const int row = currentIndex().row();
    const int count = m_hits.rowCount();
    switch (event->key()) {
    case Qt::Key_Down:
        setCurrentIndex(m_hits.index(std::min(row + 1, count - 1)));
        return true;
    case Qt::Key_Up:
        setCurrentIndex(m_hits.index(std::max(row - 1, 0)));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        pickCurrent();
        return true;
    default:
        return false;
    }
}

void HitList::pickCurrent()
{
    if (currentIndex().isValid())
        pick(currentIndex());
}

int HitList::heightFor(int rows) const
{
    return rows * rowHeight(fontMetrics());
}

void HitList::startDrag(Qt::DropActions)
{
    items::CarriedObjects objects = m_hits.carried(selectedIndexes());
    // The list disappears with the first move, to show what is below it.
    QTimer::singleShot(0, this, &HitList::dragStarted);
    dragObjects(*window(), std::move(objects));
}

} // namespace kith::views
