// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "items/MimeData.h"
#include "items/Roles.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace kith::items {

/// The hierarchy of groups as a tree: a group with several parents stands under each, a node for each place. Children
/// come when a node is unfolded (canFetchMore). Follows changes in every place. Lives in the GUI thread.
///
/// One column. DisplayRole: the name; roles: ObjectRole, LoadingRole, NameRole, UuidRole, ExternalRole, MountRole,
/// DirectMembersRole, SubgroupsRole, OwnPoliciesRole, ParentsRole, MatchRole, AboveMatchRole, CycleRole, PathRole.
///
/// Drags carry the groups; the parent of the place is their source (none for roots). Drops of people and groups are
/// refused while hovering where they can't be; a drop changes nothing here: dropRequested() tells what was asked for,
/// rows follow when the change was made. Qt::CopyAction adds, Qt::MoveAction moves out of the source; Move onto the
/// empty space takes out of the source only.
class GroupTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    /// Loads the roots at once. The connection must outlive the model.
    explicit GroupTreeModel(connection::Connection &connection, QObject *parent = nullptr);
    ~GroupTreeModel() override;

    /// Shows only groups whose name or metadata holds the text, with what is above them; empty: all. Resets the model;
    /// loaded() when the answer is there. An answer to an older filter is dropped.
    void setFilter(const QString &text);
    void readAgain(); ///< The same, after it failed.
    QString filter() const;
    bool isFiltering() const; ///< What is shown is the answer to an older filter.
    int matchCount() const;   ///< Groups that match the filter; 0 without one.

    GroupId groupAt(const QModelIndex &index) const;
    std::vector<GroupId> pathOf(const QModelIndex &index) const; ///< From the root down to the group itself.
    QModelIndexList indexesFor(GroupId id) const;                ///< Every place where it is loaded now.
    /// The place of this path, as far as it is loaded; invalid if it isn't.
    QModelIndex indexForPath(const std::vector<GroupId> &path) const;
    /// Loads the levels down to this path; then pathReady(path), also when a part of it isn't there (any more), or
    /// pathFailed(path) after failed().
    void loadPath(const std::vector<GroupId> &path);

    /// Why these can't be dropped there; None: they can. An invalid index is the empty space.
    connection::Refusal refusal(const CarriedObjects &objects, Qt::DropAction action, const QModelIndex &target) const;
    /// Fetches what refusal() has to know about groups that are dragged from elsewhere; those dragged from this model
    /// are known. Until it is there a hopeless target may look possible: the core refuses it all the same.
    void prepareDrag(const std::vector<GroupId> &groups) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    /// What mimeData() carries: each group once, in however many places it is.
    CarriedObjects carried(const QModelIndexList &indexes) const;
    Qt::DropActions supportedDragActions() const override;
    Qt::DropActions supportedDropActions() const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

Q_SIGNALS:
    void loaded(); ///< The roots are shown: the first ones, or those of another filter.
    void failed(const kith::Error &error);
    void pathReady(const std::vector<kith::GroupId> &path);
    void pathFailed(const std::vector<kith::GroupId> &path); ///< Whether it is there isn't known.
    /// The objects, and the change that was asked for with them.
    void dropRequested(const kith::items::CarriedObjects &objects, const kith::connection::Change &change);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::items
