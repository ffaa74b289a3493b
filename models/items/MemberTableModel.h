// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/RowsModel.h"

namespace kith::items {

/// The members of a group, direct or with those of its subgroups. Roles as EntityTableModel, WayInRole, and of who
/// came into an external group MountRole, AliasNameRole and RefreshedRole.
/// DisplayRole: texts, in PoliciesColumn the number of effective policies (int); in WayInColumn the names of the
/// groups, empty for a direct member. Rows are dragged as CarriedObjects with the group that they are directly in as
/// source, if it is the same for all.
class MemberTableModel final : public RowsModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, AliasesColumn, WayInColumn, PoliciesColumn };
    static constexpr int ColumnCount = PoliciesColumn + 1;

    /// Shows nothing before setQuery(). The connection must outlive the model.
    explicit MemberTableModel(connection::Connection &connection, QObject *parent = nullptr);
    ~MemberTableModel() override;

    const connection::MemberQuery &query() const;
    /// Asks for other rows; loaded() when they are there. No group: empty.
    void setQuery(connection::MemberQuery query);
    void setFilter(const QString &filter);
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// What a cell says of these values.
    static QVariant valueOf(const connection::MemberRow &row, int column);
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::DropActions supportedDragActions() const override;
    connection::GroupRef sourceOfMany() const override;

private:
    void describe(CarriedObjects &objects) const override;

    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::items
