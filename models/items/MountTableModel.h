// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "items/IdTableModel.h"
#include "items/Rereading.h"

#include <map>

namespace kith::items {

/// The auth methods of a core: where people come from. Few, so they are held whole. The ids of its rows are its own,
/// the same for an accessor as long as it lives.
class MountTableModel : public IdTableModel
{
    Q_OBJECT
public:
    enum Column { PathColumn, TypeColumn, AliasesColumn, GroupsColumn, AccessorColumn, DescriptionColumn };
    static constexpr int ColumnCount = DescriptionColumn + 1;

    /// Reads nothing before setWatching(). The connection must outlive the model.
    explicit MountTableModel(connection::Connection &connection, QObject *parent = nullptr);

    /// Follows what changes while somebody looks; what changed meanwhile is read when it begins again.
    void setWatching(bool watching) { m_rereading.setWatching(watching); }
    bool hasRead() const { return m_read; }

    const connection::MountRow *mountAt(int row) const; ///< Null: there is none.
    int rowOfAccessor(const QString &accessor) const;   ///< -1: there is none.

    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    using Answer = Result<connection::Rows<EntityId>>;

    void read();
    void take(std::vector<connection::MountRow> mounts);
    Answer arranged() const;

    connection::Connection &m_connection;
    std::map<quint32, connection::MountRow> m_mounts; ///< By id.
    QHash<QString, quint32> m_ids;                    ///< By accessor.
    Rereading m_rereading;
    Column m_column = PathColumn;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    bool m_read = false;
};

} // namespace kith::items
