// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DropHint.h"
#include "PreviewAsker.h"
#include "items/GroupTreeModel.h"

#include <QTimer>
#include <QTreeView>

namespace kith::views {

class Permissions;

/// The hierarchy of groups, dragged from and dropped onto. While something is dragged over it a card beside the cursor
/// says what letting go would do; letting go does what the card said last. The model tells what was asked for
/// (GroupTreeModel::dropRequested).
class GroupTree : public QTreeView
{
    Q_OBJECT
public:
    /// Model and directory must outlive the tree.
    GroupTree(items::GroupTreeModel &model, connection::Directory &directory, QWidget *parent = nullptr);
    ~GroupTree() override;

    GroupId currentGroup() const;
    /// The group above the current one where it stands; none for a root.
    GroupId currentParent() const;
    items::CarriedObjects selected() const;
    std::vector<connection::ObjectRef> onScreen() const;
    void setPermissions(Permissions &permissions); ///< What can't be dropped where; outlives the tree.

Q_SIGNALS:
    void groupChosen(kith::GroupId group); ///< The current one is another, by hand or by the model.
    void opened(kith::connection::ObjectRef object);

protected:
    void startDrag(Qt::DropActions supported) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Hover {
        GroupId target; ///< None: the empty space.
        Qt::DropAction action = Qt::CopyAction;
        connection::Refusal refusal = connection::Refusal::None;
        QString forbidden;  ///< Why the person may not; empty: they may.
        bool valid = false; ///< There is something to do here.
    };
    Hover hoverAt(const QPoint &position, Qt::KeyboardModifiers modifiers) const;
    QString forbidden(const Hover &hover) const;
    void hover(const QPoint &position, Qt::KeyboardModifiers modifiers);
    void showHint(const std::vector<PreviewLine> &lines);
    QString titleOf(const Hover &hover) const;
    connection::Change changeOf(const Hover &hover) const;
    void mark(const QModelIndex &target);
    void endHover();
    void unfoldMatches();

    items::GroupTreeModel &m_groups;
    Permissions *m_permissions = nullptr;
    PreviewAsker m_asker;
    std::unique_ptr<DropHint> m_hint;
    std::shared_ptr<const items::CarriedObjects> m_carried; ///< What is being dragged over the tree.
    std::optional<Hover> m_hover;
    QPoint m_position;
    QPersistentModelIndex m_hovered; ///< The row that is marked as the target.
    QTimer m_modifiers;              ///< Shift may be pressed without the mouse moving.
};

} // namespace kith::views
