// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "items/IdTableModel.h"
#include "items/MimeData.h"
#include "items/ValueWindow.h"

namespace kith::items {

/// A table of entities, which can be dragged and copied out of it.
class RowsModel : public IdTableModel
{
    Q_OBJECT
public:
    using IdTableModel::IdTableModel;

    /// Of so many people the values are held at most.
    static constexpr std::size_t MostHeld = ValueWindow<connection::EntityRow>::Capacity;

    /// Every row can be dragged, and is carried as MimeData.h says: by the id and the name.
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

    EntityId entityAt(int row) const { return EntityId{idAt(row)}; }
    /// The row of the entity, or -1. Reads the whole array: for single questions.
    int rowOf(EntityId id) const { return rowOfId(static_cast<quint32>(id.value)); }
    QModelIndex indexOf(EntityId id, int column = 0) const;
    /// Those whose rows are selected, each once, in the model's order.
    std::vector<EntityId> entitiesIn(const QItemSelection &selection) const;
    /// The same, shared: at once where all are selected, also of a million.
    connection::Rows<EntityId> peopleIn(const QItemSelection &selection) const
    {
        return connection::Rows<EntityId>(sharedIdsIn(selection));
    }
    /// The same as they are dragged and copied. Takes a moment even for a million, unlike a list of their indexes.
    CarriedObjects carried(const QItemSelection &selection) const;
    /// The group that more people than MostHeld would be carried out of.
    virtual connection::GroupRef sourceOfMany() const { return {}; }
    /// The whole rows of those that are here, in as few ranges as can be. Some milliseconds for a million rows.
    QItemSelection selectionOf(const std::vector<EntityId> &people) const;

protected:
    /// Adds to the people what else is known of them: core, names, source.
    virtual void describe(CarriedObjects &objects) const = 0;
};

} // namespace kith::items
