// SPDX-License-Identifier: Apache-2.0
#include "connection/Async.h"
#include "items/GroupTreePrivate.h"

namespace kith::items {

using connection::Change;
using connection::GroupIds;
using connection::Refusal;

void GroupTreeModel::Private::prepare(const std::vector<GroupId> &groups)
{
    if (groups == m_dragged)
        return;
    m_dragged = groups;
    m_below.reset();
    if (groups.empty())
        return;
    connection::whenReady(connection.directory().withDescendants(groups), q,
                          [this, groups](const Result<GroupIds> &below) {
                              if (below && groups == m_dragged)
                                  m_below = *below;
                          });
}

std::shared_ptr<const CarriedObjects> GroupTreeModel::Private::unpacked(const QMimeData &data)
{
    if (auto own = unpackOwn(data))
        return own;
    // From another program; asked for with every move of the mouse, with the same bytes.
    const QByteArray packed = data.data(objectsMimeType());
    if (packed != m_packed) {
        m_packed = packed;
        m_unpacked = unpack(data);
    }
    return m_unpacked;
}

Refusal GroupTreeModel::Private::refusal(const CarriedObjects &objects, Qt::DropAction action,
                                         const GroupNode &target) const
{
    const bool moves = action == Qt::MoveAction && objects.source.id;
    if (objects.core != connection.location() || objects.empty())
        return Refusal::Gone;
    if (target.external)
        return Refusal::ExternalTarget;
    const std::vector<GroupId> &groups = objects.groups;
    if (std::find(groups.begin(), groups.end(), target.group) != groups.end())
        return Refusal::Itself;
    if (moves && objects.source.external)
        return Refusal::ExternalSource;
    if (!target.group) // the empty space: out of where they are
        return moves ? Refusal::None : Refusal::AlreadyThere;
    if (moves && objects.source.id == target.group)
        return Refusal::AlreadyThere;
    const bool below = m_below && groups == m_dragged && m_below->contains(target.group.value);
    if (below || std::any_of(groups.begin(), groups.end(), [&](GroupId id) { return target.isAtOrBelow(id); }))
        return Refusal::Ancestor;
    return Refusal::None;
}

Refusal GroupTreeModel::refusal(const CarriedObjects &objects, Qt::DropAction action, const QModelIndex &target) const
{
    return m_d->refusal(objects, action, m_d->node(target));
}

void GroupTreeModel::prepareDrag(const std::vector<GroupId> &groups) const
{
    m_d->prepare(groups);
}

QStringList GroupTreeModel::mimeTypes() const
{
    return {objectsMimeType(), QStringLiteral("text/plain")};
}

CarriedObjects GroupTreeModel::carried(const QModelIndexList &indexes) const
{
    CarriedObjects objects;
    objects.core = m_d->connection.location();
    QSet<qint64> seen;
    const GroupNode *source = nullptr; // the same for all so far
    bool sameSource = true;
    bool named = true;
    for (const QModelIndex &index : indexes) {
        const GroupNode &node = m_d->node(index);
        sameSource = sameSource && (!source || source->group == node.parent->group);
        source = node.parent;
        if (seen.contains(node.group.value))
            continue;
        seen.insert(node.group.value);
        objects.groups.push_back(node.group);
        const connection::GroupRow *row = m_d->window.find(node.group.value);
        named = named && row && objects.groups.size() <= CarriedObjects::MostNamed;
        if (named)
            objects.names.append(row->name);
    }
    if (!named)
        objects.names.clear();
    if (source && sameSource && source->group) {
        const connection::GroupRow *row = m_d->window.find(source->group.value);
        objects.source = {source->group, row ? row->name : QString(), source->external};
    }
    return objects;
}

QMimeData *GroupTreeModel::mimeData(const QModelIndexList &indexes) const
{
    CarriedObjects objects = carried(indexes);
    if (objects.empty())
        return nullptr;
    m_d->prepare(objects.groups);
    return pack(std::move(objects)).release();
}

Qt::DropActions GroupTreeModel::supportedDragActions() const
{
    return Qt::CopyAction | Qt::MoveAction;
}

Qt::DropActions GroupTreeModel::supportedDropActions() const
{
    return Qt::CopyAction | Qt::MoveAction;
}

bool GroupTreeModel::canDropMimeData(const QMimeData *data, Qt::DropAction action, int, int,
                                     const QModelIndex &parent) const
{
    if (!data || !(supportedDropActions() & action))
        return false;
    const auto objects = m_d->unpacked(*data);
    if (!objects)
        return false;
    m_d->prepare(objects->groups);
    return m_d->refusal(*objects, action, m_d->node(parent)) == Refusal::None;
}

bool GroupTreeModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                  const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const auto objects = m_d->unpacked(*data);
    Change change;
    change.addPeople = objects->people;
    change.addGroups = objects->groups;
    change.target = m_d->node(parent).group;
    if (action == Qt::MoveAction)
        change.from = objects->source.id;
    Q_EMIT dropRequested(*objects, change);
    return false; // true would let the view remove the dragged rows
}

} // namespace kith::items
