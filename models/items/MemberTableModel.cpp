// SPDX-License-Identifier: Apache-2.0
#include "items/MemberTableModel.h"

#include "items/EntityValues.h"
#include "items/TableValues.h"

namespace kith::items {

using connection::GroupRef;
using connection::MemberQuery;
using connection::MemberRow;
using connection::MemberSort;

class MemberTableModel::Private
{
public:
    Private(MemberTableModel *model, connection::Connection &connectionToUse)
        : q(model)
        , connection(connectionToUse)
        , values(
              model,
              [this](std::vector<EntityId> ids) { return connection.directory().members(query.group, std::move(ids)); },
              [](const MemberRow &row) { return row.entity.id; })
    {}

    void follow(const ChangeSet &changes)
    {
        if (!query.group || changes.empty())
            return;
        // Ways in and effective policies hang on every group around, so a change of groups may change all rows.
        if (changes.everything || changes.mounts || !changes.groups.empty() || !changes.subgroups.empty())
            values.allChanged();
        else
            values.changed(changes);
        if (changesRows(changes))
            q->refresh();
    }
    bool changesRows(const ChangeSet &changes) const
    {
        if (changes.everything || !changes.entities.empty() || !changes.groups.empty())
            return true;
        if (query.withSubgroups || query.sort != MemberSort::Name)
            return !changes.members.empty() || !changes.subgroups.empty();
        return std::any_of(changes.members.begin(), changes.members.end(),
                           [&](const auto &edge) { return edge.first == query.group; });
    }

    GroupRef sourceOf(const std::vector<EntityId> &people) const;

    MemberTableModel *q;
    connection::Connection &connection;
    TableValues<MemberRow> values;
    MemberQuery query;
};

MemberTableModel::MemberTableModel(connection::Connection &connection, QObject *parent)
    : RowsModel(parent), m_d(std::make_unique<Private>(this, connection))
{
    connect(&connection, &connection::Connection::changed, this,
            [this](const ChangeSet &changes) { m_d->follow(changes); });
}

MemberTableModel::~MemberTableModel() = default;

const MemberQuery &MemberTableModel::query() const
{
    return m_d->query;
}

void MemberTableModel::setQuery(MemberQuery query)
{
    if (query.group != m_d->query.group) { // rows of another group must not be shown, nor its ways in
        m_d->values.clear();
        askNothing();
    }
    m_d->query = std::move(query);
    if (!m_d->query.group)
        return;
    const auto rowsOnly = [this] { return m_d->connection.directory().memberRows(m_d->query); };
    if (auto *source = dynamic_cast<connection::TableSource *>(&m_d->connection.directory()))
        askTable([this, source] { return source->memberTable(m_d->query); }, rowsOnly, m_d->values);
    else
        ask(rowsOnly);
}

void MemberTableModel::setFilter(const QString &filter)
{
    if (filter == m_d->query.filter)
        return;
    MemberQuery query = m_d->query;
    query.filter = filter;
    setQuery(std::move(query));
}

void MemberTableModel::sort(int column, Qt::SortOrder order)
{
    MemberQuery query = m_d->query;
    query.sort = column == WayInColumn      ? MemberSort::WayIn
                 : column == PoliciesColumn ? MemberSort::Policies
                                            : MemberSort::Name;
    query.order = column >= 0 ? order : Qt::AscendingOrder;
    if (query.sort != m_d->query.sort || query.order != m_d->query.order)
        setQuery(std::move(query));
}

int MemberTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

namespace {

QVariant broughtByData(const connection::BroughtBy &by, int role)
{
    return role == MountRole ? QVariant(by.mount) : role == AliasNameRole ? QVariant(by.alias) : QVariant(by.refreshed);
}

} // namespace

QVariant MemberTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return index.column() == PoliciesColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role < ObjectRole)
        return {};
    const MemberRow *row = m_d->values.at(index.row());
    if (role == WayInRole)
        return row ? QVariant::fromValue(row->wayIn) : QVariant();
    if (role == MountRole || role == AliasNameRole || role == RefreshedRole)
        return row ? broughtByData(row->by, role) : QVariant();
    if (role != Qt::DisplayRole)
        return entityRoleData(entityAt(index.row()), row ? &row->entity : nullptr, role);
    if (!row)
        return {};
    return valueOf(*row, index.column());
}

QVariant MemberTableModel::valueOf(const MemberRow &row, int column)
{
    switch (column) {
    case NameColumn:
        return row.entity.name;
    case AliasesColumn:
        return aliasesText(row.entity.aliases);
    case WayInColumn:
        return row.wayIn.size() < 2 ? QString() : chainText(row.wayIn);
    case PoliciesColumn:
        return row.effectivePolicies;
    default:
        return {};
    }
}

QVariant MemberTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == PoliciesColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                         : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case AliasesColumn:
        return tr("Aliases");
    case WayInColumn:
        return tr("Way in", "by which groups somebody is a member");
    case PoliciesColumn:
        return tr("Policies", "that somebody has in effect");
    default:
        return {};
    }
}

/// The group that all of them are directly in, as far as their ways in are known.
GroupRef MemberTableModel::Private::sourceOf(const std::vector<EntityId> &people) const
{
    GroupRef source;
    for (const EntityId id : people) {
        const MemberRow *row = values.find(id);
        GroupRef in = row && !row->wayIn.empty() ? row->wayIn.front() : GroupRef();
        if (!query.withSubgroups && in.id)
            return in; // as all others are, too
        if (query.withSubgroups && (!in.id || (source.id && source.id != in.id)))
            return {};
        source = std::move(in);
    }
    if (!query.withSubgroups && !people.empty())
        source.id = query.group;
    return source;
}

/// Of those of subgroups the way in isn't known of all.
GroupRef MemberTableModel::sourceOfMany() const
{
    return {m_d->query.withSubgroups ? GroupId() : m_d->query.group, {}, false};
}

void MemberTableModel::describe(CarriedObjects &objects) const
{
    objects.core = m_d->connection.location();
    objects.names = namesOf(objects.people, [this](EntityId id) {
        const MemberRow *row = m_d->values.find(id);
        return row ? &row->entity : nullptr;
    });
    objects.source = m_d->sourceOf(objects.people);
}

Qt::DropActions MemberTableModel::supportedDragActions() const
{
    return Qt::CopyAction | Qt::MoveAction;
}

} // namespace kith::items
