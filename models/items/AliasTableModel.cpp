// SPDX-License-Identifier: Apache-2.0
#include "items/AliasTableModel.h"

#include "items/ReadingText.h"
#include "items/TableValues.h"

namespace kith::items {

using connection::AliasQuery;
using connection::AliasRow;
using connection::AliasSort;

class AliasTableModel::Private
{
public:
    Private(AliasTableModel *model, connection::Connection &connectionToUse)
        : connection(connectionToUse)
        , values(
              model, [this](std::vector<AliasId> ids) { return connection.directory().aliases(std::move(ids)); },
              [](const AliasRow &row) { return row.id; })
    {}

    connection::Connection &connection;
    TableValues<AliasRow, AliasId> values;
    AliasQuery query;
    bool watching = false;
    bool asked = false;
    bool read = false;
    bool stale = false; ///< Something changed while nobody looked.
};

AliasTableModel::AliasTableModel(connection::Connection &connection, QObject *parent)
    : IdTableModel(parent), m_d(std::make_unique<Private>(this, connection))
{
    connect(this, &IdTableModel::loaded, this, [this] { m_d->read = true; });
    connect(&connection, &connection::Connection::changed, this, [this](const ChangeSet &changes) {
        if (!m_d->asked || (!changes.everything && !changes.mounts && changes.entities.empty()))
            return;
        if (!m_d->watching) {
            m_d->stale = true;
            return;
        }
        m_d->values.allChanged();
        refresh();
    });
}

AliasTableModel::~AliasTableModel() = default;

void AliasTableModel::setWatching(bool watching)
{
    m_d->watching = watching;
    if (!watching)
        return;
    if (!m_d->asked)
        return setQuery(m_d->query);
    if (std::exchange(m_d->stale, false)) {
        m_d->values.allChanged();
        refresh();
    }
}

bool AliasTableModel::hasRead() const
{
    return m_d->read;
}

const AliasQuery &AliasTableModel::query() const
{
    return m_d->query;
}

void AliasTableModel::setQuery(AliasQuery query)
{
    if (m_d->asked && query == m_d->query)
        return;
    m_d->query = std::move(query);
    m_d->asked = m_d->watching;
    if (!m_d->watching)
        return; // asked for when somebody looks
    askAgain();
}

void AliasTableModel::askAgain()
{
    ask([this] { return m_d->connection.directory().aliasRows(m_d->query); });
}

void AliasTableModel::sort(int column, Qt::SortOrder order)
{
    static constexpr AliasSort sorts[ColumnCount] = {AliasSort::Name,   AliasSort::Mount, AliasSort::Mount,
                                                     AliasSort::Entity, AliasSort::Mount, AliasSort::Changed};
    AliasQuery query = m_d->query;
    query.sort = column >= 0 && column < ColumnCount ? sorts[column] : AliasSort::Name;
    query.order = column >= 0 ? order : Qt::AscendingOrder;
    setQuery(std::move(query));
}

const AliasRow *AliasTableModel::valuesAt(int row) const
{
    return idAt(row) == 0 ? nullptr : m_d->values.at(row);
}

std::vector<AliasId> AliasTableModel::aliasesIn(const QItemSelection &selection) const
{
    std::vector<AliasId> aliases;
    for (const quint32 id : idsIn(selection))
        aliases.push_back(AliasId{id});
    return aliases;
}

int AliasTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AliasTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) ||
        (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role < ObjectRole))
        return {};
    const AliasRow *row = valuesAt(index.row());
    if (role == LoadingRole)
        return row == nullptr;
    if (role == Qt::AccessibleTextRole)
        return accessibleText(row != nullptr);
    if (!row)
        return {};
    switch (role) {
    case ObjectRole:
        return QVariant::fromValue(connection::ObjectRef::of(row->entity));
    case MountRole:
        return row->name.mount;
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    return valueOf(*row, index.column());
}

QVariant AliasTableModel::valueOf(const AliasRow &row, int column)
{
    switch (column) {
    case NameColumn:
        return row.name.name;
    case MountColumn:
        return row.name.mount;
    case TypeColumn:
        return row.name.type;
    case EntityColumn:
        return row.entityName;
    case AccessorColumn:
        return row.accessor;
    case ChangedColumn:
        return row.changed;
    default:
        return {};
    }
}

QVariant AliasTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Alias");
    case MountColumn:
        return tr("Mount");
    case TypeColumn:
        return tr("Type", "of a mount");
    case EntityColumn:
        return tr("Entity");
    case AccessorColumn:
        return tr("Accessor");
    case ChangedColumn:
        return tr("Changed");
    default:
        return {};
    }
}

} // namespace kith::items
