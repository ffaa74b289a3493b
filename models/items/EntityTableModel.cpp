// SPDX-License-Identifier: Apache-2.0
#include "items/EntityTableModel.h"

#include "items/EntityValues.h"
#include "items/TableValues.h"

#include <algorithm>

namespace kith::items {

using connection::EntityCondition;
using connection::EntityQuery;
using connection::EntityRow;
using connection::EntitySort;

namespace {

/// Whether it may hold of others after changes of groups; what stands on people themselves is told as theirs.
bool dependsOn(const EntityCondition &condition, const ChangeSet &changes)
{
    using Kind = EntityCondition::Kind;
    const bool inGroups = !changes.members.empty() || !changes.groups.empty();
    switch (condition.kind) {
    case Kind::InGroup:
        return inGroups;
    case Kind::BelowGroup:
    case Kind::HasPolicy:
        return inGroups || !changes.subgroups.empty();
    case Kind::OwnPolicy:
    case Kind::Mount:
    case Kind::Disabled:
    case Kind::Enabled:
    case Kind::Metadata:
    case Kind::MetadataValue:
        break;
    }
    return false;
}

} // namespace

class EntityTableModel::Private
{
public:
    Private(EntityTableModel *model, connection::Connection &connectionToUse)
        : q(model)
        , connection(connectionToUse)
        , values(
              model, [this](std::vector<EntityId> ids) { return connection.directory().entities(std::move(ids)); },
              [](const EntityRow &row) { return row.id; })
    {}

    void follow(const ChangeSet &changes)
    {
        if (!asked)
            return;
        if (changes.everything || changes.mounts)
            values.allChanged();
        else
            values.changed(changes);
        const bool byGroups = query.sort == EntitySort::Groups;
        if (changes.everything || !changes.entities.empty() || (byGroups && !changes.members.empty()) ||
            std::any_of(query.conditions.begin(), query.conditions.end(),
                        [&](const EntityCondition &condition) { return dependsOn(condition, changes); }))
            q->refresh();
    }

    EntityTableModel *q;
    connection::Connection &connection;
    TableValues<EntityRow> values;
    EntityQuery query;
    bool asked = false;
};

EntityTableModel::EntityTableModel(connection::Connection &connection, QObject *parent)
    : RowsModel(parent), m_d(std::make_unique<Private>(this, connection))
{
    connect(&connection, &connection::Connection::changed, this,
            [this](const ChangeSet &changes) { m_d->follow(changes); });
}

EntityTableModel::~EntityTableModel() = default;

const EntityQuery &EntityTableModel::query() const
{
    return m_d->query;
}

void EntityTableModel::setQuery(EntityQuery query)
{
    m_d->query = std::move(query);
    m_d->asked = true;
    const auto rowsOnly = [this] { return m_d->connection.directory().entityRows(m_d->query); };
    if (auto *source = dynamic_cast<connection::TableSource *>(&m_d->connection.directory()))
        askTable([this, source] { return source->entityTable(m_d->query); }, rowsOnly, m_d->values);
    else
        ask(rowsOnly);
}

void EntityTableModel::setFilter(const QString &filter)
{
    if (m_d->asked && filter == m_d->query.filter)
        return;
    EntityQuery query = m_d->query;
    query.filter = filter;
    setQuery(std::move(query));
}

void EntityTableModel::setConditions(std::vector<connection::EntityCondition> conditions)
{
    if (m_d->asked && conditions == m_d->query.conditions)
        return;
    EntityQuery query = m_d->query;
    query.conditions = std::move(conditions);
    setQuery(std::move(query));
}

void EntityTableModel::sort(int column, Qt::SortOrder order)
{
    static constexpr EntitySort sorts[ColumnCount] = {EntitySort::Name,     EntitySort::Aliases,  EntitySort::Groups,
                                                      EntitySort::Policies, EntitySort::Disabled, EntitySort::Changed};
    EntityQuery query = m_d->query;
    query.sort = column >= 0 && column < ColumnCount ? sorts[column] : EntitySort::Name;
    query.order = column >= 0 ? order : Qt::AscendingOrder;
    if (!m_d->asked || query.sort != m_d->query.sort || query.order != m_d->query.order)
        setQuery(std::move(query));
}

int EntityTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EntityTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return index.column() == GroupsColumn || index.column() == PoliciesColumn
                   ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                   : QVariant();
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role < ObjectRole)
        return {};
    const EntityRow *row = m_d->values.at(index.row());
    if (role != Qt::DisplayRole)
        return entityRoleData(entityAt(index.row()), row, role);
    if (!row)
        return {};
    return valueOf(*row, index.column());
}

QVariant EntityTableModel::valueOf(const EntityRow &row, int column)
{
    switch (column) {
    case NameColumn:
        return row.name;
    case AliasesColumn:
        return aliasesText(row.aliases);
    case GroupsColumn:
        return row.directGroups;
    case PoliciesColumn:
        return row.ownPolicies;
    case StateColumn:
        return row.disabled ? tr("Disabled") : QString();
    case ChangedColumn:
        return row.changed;
    default:
        return {};
    }
}

QVariant EntityTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == GroupsColumn || section == PoliciesColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                                                    : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case AliasesColumn:
        return tr("Aliases");
    case GroupsColumn:
        return tr("Groups");
    case PoliciesColumn:
        return tr("Policies", "of the entity itself");
    case StateColumn:
        return tr("State");
    case ChangedColumn:
        return tr("Changed");
    default:
        return {};
    }
}

void EntityTableModel::describe(CarriedObjects &objects) const
{
    objects.core = m_d->connection.location();
    objects.names = namesOf(objects.people, [this](EntityId id) { return m_d->values.find(id); });
}

Qt::DropActions EntityTableModel::supportedDragActions() const
{
    return Qt::CopyAction;
}

} // namespace kith::items
