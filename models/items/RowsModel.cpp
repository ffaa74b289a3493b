// SPDX-License-Identifier: Apache-2.0
#include "items/RowsModel.h"

#include <algorithm>
#include <functional>

namespace kith::items {

Qt::ItemFlags RowsModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

QStringList RowsModel::mimeTypes() const
{
    return {objectsMimeType(), QStringLiteral("text/plain")};
}

std::vector<EntityId> RowsModel::entitiesIn(const QItemSelection &selection) const
{
    return peopleIn(selection).mapped(std::identity());
}

CarriedObjects RowsModel::carried(const QItemSelection &selection) const
{
    CarriedObjects objects;
    objects.people = entitiesIn(selection);
    describe(objects);
    return objects;
}

QItemSelection RowsModel::selectionOf(const std::vector<EntityId> &people) const
{
    std::vector<quint32> ids;
    ids.reserve(people.size());
    for (const EntityId id : people)
        ids.push_back(static_cast<quint32>(id.value));
    return selectionOfIds(ids);
}

QMimeData *RowsModel::mimeData(const QModelIndexList &indexes) const
{
    QItemSelection selection;
    for (const QModelIndex &index : indexes)
        selection.append(QItemSelectionRange(index));
    CarriedObjects objects = carried(selection);
    return objects.empty() ? nullptr : pack(std::move(objects)).release();
}

QModelIndex RowsModel::indexOf(EntityId id, int column) const
{
    const int row = rowOf(id);
    return row < 0 ? QModelIndex() : index(row, column);
}

} // namespace kith::items
