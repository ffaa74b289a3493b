// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "items/IdTableModel.h"

#include <memory>

namespace kith::items {

/// All aliases of people: an array of row numbers and a bounded window of values.
class AliasTableModel : public IdTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, MountColumn, TypeColumn, EntityColumn, AccessorColumn, ChangedColumn };
    static constexpr int ColumnCount = ChangedColumn + 1;

    /// Asks nothing before setWatching(). The connection must outlive the model.
    explicit AliasTableModel(connection::Connection &connection, QObject *parent = nullptr);
    ~AliasTableModel() override;

    /// Follows what changes while somebody looks; what changed meanwhile is read when it begins again.
    void setWatching(bool watching);
    bool hasRead() const;

    const connection::AliasQuery &query() const;
    void setQuery(connection::AliasQuery query);
    void askAgain(); ///< The same, after it failed.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    const connection::AliasRow *valuesAt(int row) const; ///< Null: on their way.
    std::vector<AliasId> aliasesIn(const QItemSelection &selection) const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// What a cell says of these values.
    static QVariant valueOf(const connection::AliasRow &row, int column);
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::items
