// SPDX-License-Identifier: Apache-2.0
#include "GroupTree.h"

#include "GroupDelegate.h"
#include "Look.h"
#include "ObjectDrag.h"
#include "Permissions.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <chrono>

namespace kith::views {

using connection::Change;
using connection::ObjectRef;
using connection::Refusal;
using items::CarriedObjects;

static constexpr int UnfoldedMatches = 300; ///< Of a filtered tree; more would be too long to read anyway.

GroupTree::GroupTree(items::GroupTreeModel &model, connection::Directory &directory, QWidget *parent)
    : QTreeView(parent), m_groups(model), m_asker(directory)
{
    setModel(&model);
    setItemDelegate(new GroupDelegate(this));
    setUniformRowHeights(true);
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(20);
    setVerticalScrollMode(ScrollPerPixel);
    setSelectionMode(ExtendedSelection);
    setExpandsOnDoubleClick(true);
    setDragEnabled(true);
    setDragDropMode(DragDrop);
    setDragDropOverwriteMode(true); // onto rows only, never between them
    setDropIndicatorShown(false);   // drawRow() marks the whole row
    setAutoExpandDelay(700);
    setAutoScroll(true);
    header()->setStretchLastSection(true);
    m_modifiers.setInterval(std::chrono::milliseconds(60));
    connect(&m_modifiers, &QTimer::timeout, this,
            [this] { hover(m_position, QApplication::queryKeyboardModifiers()); });
    connect(&m_asker, &PreviewAsker::answered, this, [this](const connection::Preview &preview) {
        if (!m_hover)
            return;
        if (preview.refusal == Refusal::None)
            return showHint(previewLines(preview));
        m_hover->refusal = preview.refusal;
        m_hover->valid = false;
        viewport()->update();
        showHint({});
    });
    connect(&m_asker, &PreviewAsker::failed, this, [this](const QString &text) {
        if (m_hover)
            showHint({{Tone::Quiet, text}});
    });
    connect(&m_groups, &items::GroupTreeModel::loaded, this, &GroupTree::unfoldMatches);
    connect(&m_groups, &QAbstractItemModel::rowsInserted, this, &GroupTree::unfoldMatches, Qt::QueuedConnection);
}

GroupTree::~GroupTree() = default;

GroupId GroupTree::currentGroup() const
{
    return m_groups.groupAt(currentIndex());
}

GroupId GroupTree::currentParent() const
{
    return m_groups.groupAt(currentIndex().parent());
}

CarriedObjects GroupTree::selected() const
{
    return m_groups.carried(selectionModel()->selectedRows());
}

std::vector<ObjectRef> GroupTree::onScreen() const
{
    std::vector<ObjectRef> groups;
    if (!isVisible())
        return groups;
    for (QModelIndex index = indexAt({0, 0}); index.isValid() && visualRect(index).top() < viewport()->height();
         index = indexBelow(index))
        if (const GroupId group = m_groups.groupAt(index))
            groups.push_back(ObjectRef::of(group));
    return groups;
}

void GroupTree::setPermissions(Permissions &permissions)
{
    m_permissions = &permissions;
    connect(m_permissions, &Permissions::changed, this, [this] {
        if (!m_hover)
            return;
        m_hover.reset(); // what was said of the target may be wrong now
        hover(m_position, QApplication::queryKeyboardModifiers());
    });
}

void GroupTree::unfoldMatches()
{
    if (m_groups.filter().isEmpty() || m_groups.matchCount() > UnfoldedMatches)
        return;
    for (QModelIndex index = m_groups.index(0, 0); index.isValid(); index = indexBelow(index))
        if (index.data(items::AboveMatchRole).toBool() && !isExpanded(index))
            expand(index);
}

void GroupTree::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (current.isValid() && m_groups.groupAt(current) != m_groups.groupAt(previous))
        Q_EMIT groupChosen(m_groups.groupAt(current));
}

void GroupTree::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentGroup()) {
        Q_EMIT opened(ObjectRef::of(currentGroup()));
        return;
    }
    QTreeView::keyPressEvent(event);
}

void GroupTree::focusInEvent(QFocusEvent *event)
{
    if (currentIndex().isValid())
        return QTreeView::focusInEvent(event);
    QAbstractScrollArea::focusInEvent(event); // the base would choose the first group: nobody asked for it
    viewport()->update();
}

void GroupTree::startDrag(Qt::DropActions)
{
    CarriedObjects objects = selected();
    m_groups.prepareDrag(objects.groups);
    dragObjects(*this, std::move(objects));
    endHover();
}

void GroupTree::dragEnterEvent(QDragEnterEvent *event)
{
    m_carried = items::unpack(*event->mimeData());
    if (!m_carried)
        return event->ignore();
    m_groups.prepareDrag(m_carried->groups);
    QTreeView::dragEnterEvent(event);
    event->acceptProposedAction(); // so that moves arrive here, also over a target that refuses
    m_modifiers.start();
}

void GroupTree::dragMoveEvent(QDragMoveEvent *event)
{
    QTreeView::dragMoveEvent(event); // the frame around the target, scrolling at the edge, unfolding
    if (!m_carried)
        return event->ignore();
    hover(event->position().toPoint(), event->modifiers());
    if (m_hover && m_hover->valid) {
        event->setDropAction(m_hover->action);
        event->accept();
    } else {
        event->ignore();
    }
}

void GroupTree::dragLeaveEvent(QDragLeaveEvent *event)
{
    endHover();
    QTreeView::dragLeaveEvent(event);
}

void GroupTree::dropEvent(QDropEvent *event)
{
    const QModelIndex target = indexAt(event->position().toPoint());
    if (m_carried && m_hover && m_hover->valid && m_hover->target == m_groups.groupAt(target))
        m_groups.dropMimeData(event->mimeData(), m_hover->action, -1, -1, target);
    // Never as a move: who started the drag would remove its rows.
    event->setDropAction(Qt::CopyAction);
    event->accept();
    endHover();
    setState(NoState);
    viewport()->update();
}

void GroupTree::mark(const QModelIndex &target)
{
    m_hovered = target;
    viewport()->update();
}

/// What would be dropped onto speaks louder than what is selected.
void GroupTree::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isTarget = m_hover && m_hover->target && index == m_hovered;
    const Tone tone = isTarget && m_hover->valid ? Tone::Accent : Tone::Bad;
    if (isTarget && !selectionModel()->isSelected(index))
        painter->fillRect(option.rect, toneBackground(palette(), tone));
    QTreeView::drawRow(painter, option, index);
    if (!isTarget)
        return;
    painter->save();
    painter->setPen(QPen(toneColor(palette(), tone), 2, m_hover->valid ? Qt::SolidLine : Qt::DotLine));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(QRect(0, option.rect.top(), viewport()->width(), option.rect.height()).adjusted(1, 1, -1, -1));
    painter->restore();
}

void GroupTree::endHover()
{
    m_modifiers.stop();
    m_asker.stop();
    m_carried.reset();
    m_hover.reset();
    mark({});
    if (m_hint)
        m_hint->hide();
}

GroupTree::Hover GroupTree::hoverAt(const QPoint &position, Qt::KeyboardModifiers modifiers) const
{
    Hover hover;
    const QModelIndex target = indexAt(position);
    hover.target = m_groups.groupAt(target);
    const bool move = (modifiers & Qt::ShiftModifier) && m_carried->source.id;
    hover.action = move ? Qt::MoveAction : Qt::CopyAction;
    if (!hover.target && !move)
        return hover;
    hover.refusal = m_groups.refusal(*m_carried, hover.action, target);
    hover.forbidden = forbidden(hover);
    hover.valid = hover.refusal == Refusal::None && hover.forbidden.isEmpty();
    return hover;
}

QString GroupTree::forbidden(const Hover &hover) const
{
    if (!m_permissions)
        return {};
    const Change change = changeOf(hover);
    for (const GroupId group : {change.target, change.from})
        if (group)
            if (const QString why = m_permissions->refusal(Act::Change, ObjectRef::of(group)); !why.isEmpty())
                return why;
    return m_permissions->refusal();
}

void GroupTree::hover(const QPoint &position, Qt::KeyboardModifiers modifiers)
{
    if (!m_carried)
        return;
    m_position = position;
    const Hover now = hoverAt(position, modifiers);
    if (m_hover && m_hover->target == now.target && m_hover->action == now.action) {
        if (m_hint)
            m_hint->moveTo(viewport()->mapToGlobal(position));
        return;
    }
    m_hover = now;
    mark(indexAt(position));
    m_asker.stop();
    showHint({});
    if (now.valid)
        m_asker.ask(changeOf(now));
}

Change GroupTree::changeOf(const Hover &hover) const
{
    const bool move = hover.action == Qt::MoveAction;
    return {m_carried->people, m_carried->groups, hover.target, move ? m_carried->source.id : GroupId()};
}

QString GroupTree::titleOf(const Hover &hover) const
{
    const QString what = subjectText(*m_carried);
    const QModelIndex target = indexAt(m_position);
    if (!hover.target && hover.action != Qt::MoveAction)
        return tr("Let go over a group to add %1").arg(what);
    return changeTitle(changeOf(hover), what, target.data(items::NameRole).toString(), m_carried->source.name);
}

void GroupTree::showHint(const std::vector<PreviewLine> &preview)
{
    if (!m_hint)
        m_hint = std::make_unique<DropHint>(this);
    const bool canMove = static_cast<bool>(m_carried->source.id);
    QString aside;
    if (canMove && !m_hover->target && m_hover->action != Qt::MoveAction)
        aside = tr("hold Shift to take out of %1").arg(shownName(m_carried->source.name, 40));
    else if (canMove)
        aside = m_hover->action == Qt::MoveAction ? tr("release Shift to add") : tr("hold Shift to move");
    std::vector<PreviewLine> lines = preview;
    if (!m_hover->forbidden.isEmpty()) {
        lines = {{Tone::Bad, QStringLiteral("⊘ ") + m_hover->forbidden}};
    } else if (m_hover->refusal != Refusal::None) {
        const QString target = indexAt(m_position).data(items::NameRole).toString();
        lines = {{Tone::Bad, QStringLiteral("⊘ ") + refusalText(m_hover->refusal, target)}};
    } else if (m_hover->valid) {
        lines.push_back({Tone::Quiet, tr("Ctrl+Z takes it back")});
    }
    m_hint->showAt(viewport()->mapToGlobal(m_position), titleOf(*m_hover), aside, lines);
}

} // namespace kith::views
