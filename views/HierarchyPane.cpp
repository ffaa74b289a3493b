// SPDX-License-Identifier: Apache-2.0
#include "HierarchyPane.h"

#include "EmptyState.h"
#include "ErrorText.h"
#include "FilterField.h"
#include "GroupTree.h"
#include "Look.h"
#include "ObjectDrag.h"
#include "Permissions.h"
#include "connection/Async.h"

#include <QBoxLayout>
#include <QLabel>

namespace kith::views {

using connection::ObjectRef;
using items::GroupTreeModel;

HierarchyPane::HierarchyPane(connection::Connection &connection, const QString &title, const QString &name,
                             QWidget *parent)
    : Pane(parent)
    , m_connection(connection)
    , m_groups(connection)
    , m_tree(new GroupTree(m_groups, connection.directory(), this))
    , m_filter(new FilterField(m_tree, this))
{
    build(title, name);
    connect(m_tree, &GroupTree::groupChosen, this, [this](GroupId group) {
        if (!m_following)
            m_wanted = {};
        m_current = group;
        Q_EMIT currentChanged(group);
        if (!m_following)
            Q_EMIT chosen(group);
    });
    connect(m_tree, &QTreeView::clicked, this, [this] {
        if (m_tree->currentGroup())
            Q_EMIT chosen(m_tree->currentGroup());
    });
    connect(m_tree, &GroupTree::opened, this, &HierarchyPane::opened);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, &HierarchyPane::selectionChanged);
    connect(m_filter, &QLineEdit::textChanged, this, &HierarchyPane::applyFilter);
    connectModel();
}

HierarchyPane::~HierarchyPane() = default;

void HierarchyPane::build(const QString &title, const QString &name)
{
    auto *label = new QLabel(title, this);
    label->setFont(titleFont(font()));
    m_tree->setObjectName(name + QStringLiteral("Tree"));
    m_tree->setAccessibleName(tr("Hierarchy of groups"));
    m_filter->setObjectName(name + QStringLiteral("Filter"));
    m_filter->setAccessibleName(tr("Filter groups"));
    m_filter->setPlaceholderText(tr("Filter …"));
    head().addWidget(label);
    head().addWidget(m_filter, 1);
    setContent(m_tree);
    m_empty = new EmptyState(m_tree);
}

void HierarchyPane::connectModel()
{
    connect(
        &m_groups, &GroupTreeModel::dropRequested, this,
        [this](const items::CarriedObjects &, const connection::Change &change) { Q_EMIT changeRequested(change); });
    connect(&m_groups, &GroupTreeModel::pathReady, this, &HierarchyPane::selectPath);
    connect(&m_groups, &GroupTreeModel::pathFailed, this, [this](const std::vector<GroupId> &path) {
        if (m_loaded && !path.empty() && path.back() == m_wanted) // without any groups it stays wanted
            m_wanted = {};
    });
    connect(&m_groups, &QAbstractItemModel::rowsInserted, this, &HierarchyPane::updateState);
    connect(&m_groups, &QAbstractItemModel::rowsRemoved, this, &HierarchyPane::updateState);
    connect(&m_groups, &GroupTreeModel::loaded, this, [this] {
        m_loaded = true;
        updateState();
        if (m_wanted)
            choose(m_wanted);
        Q_EMIT this->loaded();
    });
    connect(&m_groups, &GroupTreeModel::failed, this, [this](const Error &error) {
        if (m_groups.rowCount() > 0) // as they were before, or those of another group
            return Q_EMIT said(errorText(error));
        m_empty->say(tr("The groups can’t be read"), errorText(error), tr("Try again"),
                     [this] { m_groups.readAgain(); });
    });
}

void HierarchyPane::applyFilter()
{
    const QString text = m_filter->text().trimmed();
    if (text == m_groups.filter())
        return;
    m_wanted = m_current; // stays chosen where it still is
    m_groups.setFilter(text);
}

connection::GroupRef HierarchyPane::current() const
{
    const QModelIndex index = m_tree->currentIndex();
    if (!m_current || m_groups.groupAt(index) != m_current)
        return {m_current, {}, false};
    return {m_current, index.data(items::NameRole).toString(), index.data(items::ExternalRole).toBool()};
}

void HierarchyPane::chooseFirst()
{
    if (!m_current && !m_wanted && isVisible() && m_groups.rowCount() > 0)
        m_tree->setCurrentIndex(m_groups.index(0, 0));
}

void HierarchyPane::choose(GroupId group)
{
    if (group == m_tree->currentGroup() && group == m_current) {
        m_wanted = {};
        return;
    }
    m_wanted = group;
    const QModelIndexList places = m_groups.indexesFor(group);
    if (!places.isEmpty())
        return selectPath(m_groups.pathOf(places.front()));
    connection::whenReady(m_connection.directory().pathTo(group), this, [this, group](auto path) {
        if (m_wanted != group)
            return;
        if (path && !path->empty())
            m_groups.loadPath(*path);
        else
            m_wanted = {};
    });
}

void HierarchyPane::selectPath(const std::vector<GroupId> &path)
{
    if (path.empty() || path.back() != m_wanted || !m_loaded) // without any groups it stays wanted
        return;
    const QModelIndex index = m_groups.indexForPath(path);
    const GroupId wanted = std::exchange(m_wanted, {});
    if (!index.isValid()) {
        if (!m_filter->text().isEmpty() && wanted != m_current) { // the filter hides it
            m_filter->clear();
            m_wanted = wanted; // not who was chosen before
        }
        return;
    }
    m_following = true;
    m_tree->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_tree->scrollTo(index, QAbstractItemView::PositionAtCenter);
    m_following = false;
}

void HierarchyPane::updateState()
{
    if (m_groups.rowCount() > 0 || !m_loaded)
        return m_empty->clear();
    if (!m_groups.filter().isEmpty())
        m_empty->say(tr("No group matches"), tr("No name and no metadata holds “%1”.").arg(m_groups.filter()),
                     tr("Clear the filter"), [this] { m_filter->clear(); });
    else if (m_permissions && !m_permissions->mayList(connection::ObjectKind::Group))
        m_empty->say(tr("You may not list the groups here"),
                     tr("Whose name or id you know can be looked up, and stands here then."), tr("Look up …"),
                     [this] { Q_EMIT lookUpWanted(); });
    else
        m_empty->say(tr("No groups yet"), tr("Who is in a group has its policies, and those of all groups above it."),
                     tr("New group …"), [this] { Q_EMIT newWanted(); });
}

std::vector<ObjectRef> HierarchyPane::selectedRefs() const
{
    std::vector<ObjectRef> refs;
    for (GroupId group : selected().groups)
        refs.push_back(ObjectRef::of(group));
    return refs;
}

items::CarriedObjects HierarchyPane::selected() const
{
    return m_tree->selected();
}

void HierarchyPane::setPermissions(Permissions &permissions)
{
    m_permissions = &permissions;
    m_tree->setPermissions(permissions);
    connect(&permissions, &Permissions::changed, this, &HierarchyPane::updateState);
}

void HierarchyPane::setActions(const QList<QAction *> &actions)
{
    m_tree->addActions(actions);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
}

} // namespace kith::views
