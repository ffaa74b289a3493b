// SPDX-License-Identifier: Apache-2.0
#include "items/GroupTreeModel.h"

#include "items/GroupTreePrivate.h"
#include "items/ReadingText.h"

namespace kith::items {

using connection::GroupRow;
using connection::ObjectRef;

GroupTreeModel::Private::Private(GroupTreeModel *model, connection::Connection &connectionToUse)
    : q(model)
    , connection(connectionToUse)
    , window(
          model,
          [this](const Window::Ids &ids) {
              std::vector<GroupId> groups;
              for (const qint64 id : ids)
                  groups.push_back(GroupId{id});
              return connection.directory().groups(std::move(groups));
          },
          [](const GroupRow &row) { return row.id.value; }, [this](const Window::Ids &ids) { valuesChanged(ids); },
          [this](const Error &error) { Q_EMIT q->failed(error); })
{}

const GroupRow *GroupTreeModel::Private::value(const GroupNode &node)
{
    if (window.isWanted(node.group.value)) {
        const auto &siblings = node.parent->children;
        const std::size_t first = static_cast<std::size_t>(node.row) / Window::BatchSize * Window::BatchSize;
        Window::Ids ids;
        for (std::size_t row = first; row < std::min(first + Window::BatchSize, siblings.size()); ++row)
            ids.push_back(siblings[row]->group.value);
        window.want(ids);
    }
    return window.find(node.group.value);
}

GroupTreeModel::GroupTreeModel(connection::Connection &connection, QObject *parent)
    : QAbstractItemModel(parent), m_d(std::make_unique<Private>(this, connection))
{
    connect(&connection, &connection::Connection::changed, this,
            [this](const ChangeSet &changes) { m_d->follow(changes); });
    m_d->setFilter({});
}

GroupTreeModel::~GroupTreeModel() = default;

void GroupTreeModel::setFilter(const QString &text)
{
    if (text != m_d->filterText)
        m_d->setFilter(text);
}

void GroupTreeModel::readAgain()
{
    m_d->setFilter(m_d->filterText);
}

QString GroupTreeModel::filter() const
{
    return m_d->filterText;
}

bool GroupTreeModel::isFiltering() const
{
    return m_d->isResetting();
}

int GroupTreeModel::matchCount() const
{
    return m_d->filter.matches ? static_cast<int>(m_d->filter.matches->size()) : 0;
}

GroupId GroupTreeModel::groupAt(const QModelIndex &index) const
{
    return m_d->node(index).group;
}

std::vector<GroupId> GroupTreeModel::pathOf(const QModelIndex &index) const
{
    std::vector<GroupId> path;
    for (const GroupNode *node = &m_d->node(index); node->parent; node = node->parent)
        path.insert(path.begin(), node->group);
    return path;
}

QModelIndexList GroupTreeModel::indexesFor(GroupId id) const
{
    QModelIndexList result;
    if (!id)
        return result;
    for (const GroupNode *node : m_d->nodes.at(id))
        result.append(m_d->indexOf(*node));
    return result;
}

QModelIndex GroupTreeModel::indexForPath(const std::vector<GroupId> &path) const
{
    const GroupNode *node = &m_d->nodes.root();
    for (const GroupId group : path) {
        node = node->child(group);
        if (!node)
            return {};
    }
    return m_d->indexOf(*node);
}

void GroupTreeModel::loadPath(const std::vector<GroupId> &path)
{
    m_d->loadPath(path);
}

QModelIndex GroupTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const GroupNode &node = m_d->node(parent);
    if (column != 0 || row < 0 || row >= static_cast<int>(node.children.size()))
        return {};
    return createIndex(row, 0, node.children[static_cast<std::size_t>(row)].get());
}

QModelIndex GroupTreeModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? m_d->indexOf(*m_d->node(index).parent) : QModelIndex();
}

int GroupTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(m_d->node(parent).children.size());
}

int GroupTreeModel::columnCount(const QModelIndex &) const
{
    return 1;
}

bool GroupTreeModel::hasChildren(const QModelIndex &parent) const
{
    const GroupNode &node = m_d->node(parent);
    return !node.children.empty() || (node.parent && node.state != GroupNode::State::Loaded && node.hasChildren);
}

bool GroupTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const GroupNode &node = m_d->node(parent);
    return node.parent && node.state == GroupNode::State::Unloaded && node.hasChildren;
}

void GroupTreeModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        m_d->load(m_d->node(parent));
}

QVariant GroupTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) ||
        (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role < ObjectRole))
        return {};
    const GroupNode &node = m_d->node(index);
    switch (role) {
    case ObjectRole:
        return QVariant::fromValue(ObjectRef::of(node.group));
    case ExternalRole:
        return node.external;
    case MatchRole:
        return m_d->filter.isMatch(node.group);
    case AboveMatchRole:
        return m_d->filter.isAbove(node.group);
    case CycleRole:
        return node.cyclic;
    case PathRole:
        return QVariant::fromValue(pathOf(index));
    default:
        break;
    }
    const GroupRow *row = m_d->value(node);
    if (role == LoadingRole)
        return row == nullptr;
    if (role == Qt::AccessibleTextRole)
        return accessibleText(row != nullptr);
    if (!row)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row->name;
    case UuidRole:
        return row->uuid;
    case MountRole:
        return row->mount;
    case DirectMembersRole:
        return row->directMembers;
    case SubgroupsRole:
        return row->subgroups;
    case OwnPoliciesRole:
        return row->ownPolicies;
    case ParentsRole:
        return row->parents;
    default:
        return {};
    }
}

Qt::ItemFlags GroupTreeModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    const Qt::ItemFlags flags =
        Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemIsDropEnabled;
    return m_d->node(index).cyclic ? flags | Qt::ItemNeverHasChildren : flags;
}

} // namespace kith::items
