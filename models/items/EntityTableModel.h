// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/RowsModel.h"

namespace kith::items {

/// All entities, filtered and sorted by the engine. Roles: ObjectRole, LoadingRole, NameRole, UuidRole, AliasesRole,
/// DisabledRole in every column. DisplayRole: texts, numbers (int), QDateTime in ChangedColumn; invalid while loading.
/// Rows are dragged as CarriedObjects without a source.
class EntityTableModel final : public RowsModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, AliasesColumn, GroupsColumn, PoliciesColumn, StateColumn, ChangedColumn };
    static constexpr int ColumnCount = ChangedColumn + 1;

    /// Shows nothing before setQuery(). The connection must outlive the model.
    explicit EntityTableModel(connection::Connection &connection, QObject *parent = nullptr);
    ~EntityTableModel() override;

    const connection::EntityQuery &query() const;
    /// Asks for other rows; loaded() when they are there. An answer to an older query is dropped.
    void setQuery(connection::EntityQuery query);
    void setFilter(const QString &filter);
    void setConditions(std::vector<connection::EntityCondition> conditions);
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// What a cell says of these values.
    static QVariant valueOf(const connection::EntityRow &row, int column);
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::DropActions supportedDragActions() const override;

private:
    void describe(CarriedObjects &objects) const override;

    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::items
