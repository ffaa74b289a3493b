// SPDX-License-Identifier: Apache-2.0
#include "items/MountTableModel.h"

#include <algorithm>
#include <chrono>

namespace kith::items {

using connection::MountRow;

// Each commit of an import changes how many aliases there are.
static constexpr std::chrono::milliseconds Collecting(250);

/// Entities and groups have the aliases that are counted.
static bool concernsMounts(const ChangeSet &changes)
{
    return changes.everything || changes.mounts || !changes.entities.empty() || !changes.groups.empty();
}

MountTableModel::MountTableModel(connection::Connection &connection, QObject *parent)
    : IdTableModel(parent)
    , m_connection(connection)
    , m_rereading(connection, Collecting, concernsMounts, [this] { read(); })
{}

void MountTableModel::read()
{
    connection::whenReady(m_connection.directory().mounts(), this, [this](auto mounts) {
        m_rereading.ended(mounts ? Rereading::Outcome::Read : Rereading::Outcome::Failed);
        if (mounts)
            return take(std::move(*mounts));
        Q_EMIT failed(mounts.error());
    });
}

void MountTableModel::take(std::vector<MountRow> mounts)
{
    m_mounts.clear();
    for (MountRow &mount : mounts) {
        quint32 &id = m_ids[mount.accessor];
        if (id == 0)
            id = static_cast<quint32>(m_ids.size());
        m_mounts[id] = std::move(mount);
    }
    if (!std::exchange(m_read, true))
        return ask([this] { return QtFuture::makeReadyFuture(arranged()); });
    allValuesChanged();
    refresh();
}

MountTableModel::Answer MountTableModel::arranged() const
{
    std::vector<quint32> ids;
    for (const auto &mount : m_mounts)
        ids.push_back(mount.first);
    const auto number = [this](const MountRow &mount) {
        return m_column == AliasesColumn ? mount.aliases : m_column == GroupsColumn ? mount.groupAliases : 0;
    };
    const auto text = [this](const MountRow &mount) {
        return m_column == TypeColumn          ? mount.type
               : m_column == AccessorColumn    ? mount.accessor
               : m_column == DescriptionColumn ? mount.description
                                               : mount.path;
    };
    std::sort(ids.begin(), ids.end(), [&](quint32 a, quint32 b) {
        const MountRow &first = m_mounts.at(m_order == Qt::AscendingOrder ? a : b);
        const MountRow &second = m_mounts.at(m_order == Qt::AscendingOrder ? b : a);
        if (number(first) != number(second))
            return number(first) < number(second);
        if (text(first) != text(second))
            return text(first) < text(second);
        return first.path < second.path;
    });
    return connection::Rows<EntityId>(std::make_shared<const std::vector<quint32>>(std::move(ids)));
}

void MountTableModel::sort(int column, Qt::SortOrder order)
{
    m_column = column >= 0 && column < ColumnCount ? static_cast<Column>(column) : PathColumn;
    m_order = column >= 0 ? order : Qt::AscendingOrder;
    if (m_read)
        ask([this] { return QtFuture::makeReadyFuture(arranged()); });
}

const MountRow *MountTableModel::mountAt(int row) const
{
    const auto found = m_mounts.find(idAt(row));
    return found == m_mounts.end() ? nullptr : &found->second;
}

int MountTableModel::rowOfAccessor(const QString &accessor) const
{
    return rowOfId(m_ids.value(accessor));
}

int MountTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MountTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool number = index.column() == AliasesColumn || index.column() == GroupsColumn;
    if (role == Qt::TextAlignmentRole)
        return number ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    const MountRow *mount = mountAt(index.row());
    if (role == LoadingRole)
        return mount == nullptr;
    if (role != Qt::DisplayRole || !mount)
        return {};
    switch (index.column()) {
    case PathColumn:
        return mount->path;
    case TypeColumn:
        return mount->type;
    case AliasesColumn:
        return mount->aliases;
    case GroupsColumn:
        return mount->groupAliases;
    case AccessorColumn:
        return mount->accessor;
    case DescriptionColumn:
        return mount->description;
    default:
        return {};
    }
}

QVariant MountTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == AliasesColumn || section == GroupsColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                                                   : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PathColumn:
        return tr("Mount");
    case TypeColumn:
        return tr("Type", "of a mount");
    case AliasesColumn:
        return tr("Aliases");
    case GroupsColumn:
        return tr("Groups", "external ones whose members come from the mount");
    case AccessorColumn:
        return tr("Accessor");
    case DescriptionColumn:
        return tr("Description");
    default:
        return {};
    }
}

} // namespace kith::items
