// SPDX-License-Identifier: Apache-2.0
#include "GroupsPage.h"

#include "ElidedLabel.h"
#include "EmptyState.h"
#include "EntityDelegate.h"
#include "ErrorText.h"
#include "FilterField.h"
#include "GroupTree.h"
#include "Look.h"
#include "ObjectDrag.h"
#include "PeopleTable.h"
#include "SegmentedControl.h"
#include "connection/Async.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QSettings>
#include <QSplitter>

#include <chrono>

namespace kith::views {

using connection::ObjectRef;
using items::GroupTreeModel;
using items::MemberTableModel;

GroupsPage::GroupsPage(connection::Connection &connection, QWidget *parent)
    : ObjectsPage(parent)
    , m_connection(connection)
    , m_groups(connection)
    , m_members(connection)
    , m_splitter(new QSplitter(this))
    , m_tree(new GroupTree(m_groups, connection.directory(), this))
    , m_table(new PeopleTable(m_members, this))
    , m_treeFilter(new FilterField(m_tree, this))
    , m_memberFilter(new FilterField(m_table, this))
    , m_title(new ElidedLabel(this))
    , m_depth(new SegmentedControl(this))
{
    setObjectName(QStringLiteral("groupsPage"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_splitter);
    m_splitter->setObjectName(QStringLiteral("groupsSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(buildTreeSide());
    m_splitter->addWidget(buildMemberSide());
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    setFocusProxy(m_tree);
    connectTree();
    connectMembers();
    connect(&m_connection, &connection::Connection::changed, this, &GroupsPage::changed);
    showGroup({});
}

GroupsPage::~GroupsPage() = default;

static QHBoxLayout *topRow()
{
    auto *top = new QHBoxLayout;
    top->setContentsMargins(16, 8, 12, 8);
    top->setSpacing(12);
    return top;
}

QWidget *GroupsPage::buildTreeSide()
{
    auto *side = new QWidget(this);
    auto *title = new QLabel(tr("Hierarchy"), side);
    title->setFont(titleFont(font()));
    m_tree->setObjectName(QStringLiteral("groupTree"));
    m_tree->setAccessibleName(tr("Hierarchy of groups"));
    m_treeFilter->setObjectName(QStringLiteral("groupFilter"));
    m_treeFilter->setAccessibleName(tr("Filter groups"));
    m_treeFilter->setPlaceholderText(tr("Filter …"));
    auto *top = topRow();
    top->addWidget(title);
    top->addWidget(m_treeFilter, 1);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_tree);
    m_emptyTree = new EmptyState(m_tree);
    return side;
}

QWidget *GroupsPage::buildMemberSide()
{
    auto *side = new QWidget(this);
    m_title->setObjectName(QStringLiteral("groupTitle"));
    m_title->setFont(titleFont(font()));
    m_depth->setObjectName(QStringLiteral("memberDepth"));
    m_depth->setAccessibleName(tr("Which members"));
    m_depth->addSegment(tr("Direct"));
    m_depth->addSegment(tr("With subgroups"));
    m_table->setObjectName(QStringLiteral("memberTable"));
    m_table->setAccessibleName(tr("Members"));
    using Content = EntityDelegate::Content;
    m_table->setItemDelegate(
        new EntityDelegate({Content::Name, Content::Aliases, Content::WayIn, Content::Number}, m_table));
    m_table->setColumns({{34, {}}, {33, {}}, {18, {}}, {}});
    m_table->horizontalHeader()->setSortIndicator(MemberTableModel::NameColumn, Qt::AscendingOrder);
    m_memberFilter->setObjectName(QStringLiteral("memberFilter"));
    m_memberFilter->setAccessibleName(tr("Filter members"));
    m_memberFilter->setPlaceholderText(tr("Filter members …"));

    auto *top = topRow();
    top->addWidget(m_title, 1);
    top->addWidget(m_depth);
    auto *second = new QHBoxLayout;
    second->setContentsMargins(12, 0, 12, 8);
    second->addWidget(m_memberFilter);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addLayout(second);
    column->addWidget(m_table);
    m_emptyTable = new EmptyState(m_table);
    return side;
}

void GroupsPage::connectTree()
{
    connect(m_tree, &GroupTree::groupChosen, this, [this](GroupId group) {
        if (!m_following)
            m_wantedGroup = {};
        showGroup(group);
        if (!m_following)
            Q_EMIT chosen({Page::Groups, group, ObjectRef::of(group)});
    });
    connect(m_tree, &GroupTree::opened, this, [this] { m_table->setFocus(); });
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_focus = Focus::Tree;
        Q_EMIT selectionChanged();
    });
    connect(m_tree, &QTreeView::clicked, this, [this] {
        m_focus = Focus::Tree; // the group again, after one of its members
        if (m_tree->currentGroup())
            Q_EMIT chosen({Page::Groups, m_tree->currentGroup(), ObjectRef::of(m_tree->currentGroup())});
        Q_EMIT selectionChanged();
    });
    connect(
        &m_groups, &GroupTreeModel::dropRequested, this,
        [this](const items::CarriedObjects &, const connection::Change &change) { Q_EMIT changeRequested(change); });
    connect(&m_groups, &GroupTreeModel::loaded, this, [this] {
        m_treeLoaded = true;
        updateTreeState();
        if (m_wantedGroup)
            chooseInTree(m_wantedGroup);
        else
            chooseFirst();
    });
    connect(&m_groups, &GroupTreeModel::pathReady, this, &GroupsPage::selectPath);
    connect(&m_groups, &QAbstractItemModel::rowsInserted, this, &GroupsPage::updateTreeState);
    connect(&m_groups, &QAbstractItemModel::rowsRemoved, this, &GroupsPage::updateTreeState);
    connect(&m_groups, &GroupTreeModel::failed, this, [this](const Error &error) {
        m_emptyTree->say(tr("The groups can’t be read"), errorText(error), tr("Try again"),
                         [this] { m_groups.setFilter(m_groups.filter()); });
    });
    m_typingGroup.setSingleShot(true);
    m_typingGroup.setInterval(std::chrono::milliseconds(120));
    connect(m_treeFilter, &QLineEdit::textChanged, &m_typingGroup, qOverload<>(&QTimer::start));
    connect(&m_typingGroup, &QTimer::timeout, this, [this] {
        if (m_treeFilter->text().trimmed() != m_groups.filter()) {
            m_wantedGroup = m_group.id; // stays chosen where it still is
            m_groups.setFilter(m_treeFilter->text().trimmed());
        }
    });
}

void GroupsPage::connectMembers()
{
    connect(m_table, &PeopleTable::selectionWasChanged, this, [this] {
        const int selected = m_table->selectedCount();
        if (selected > 0)
            m_focus = Focus::Members;
        if (selected == 1 && !m_following)
            Q_EMIT chosen({Page::Groups, m_group.id, m_table->selectedRefs().front()});
        Q_EMIT selectionChanged();
    });
    connect(m_table, &PeopleTable::opened, this, [this](ObjectRef object) {
        Q_EMIT chosen({Page::Groups, m_group.id, object});
    });
    connect(m_depth, &SegmentedControl::currentChanged, this, &GroupsPage::askMembers);
    m_typingMember.setSingleShot(true);
    m_typingMember.setInterval(std::chrono::milliseconds(80));
    connect(m_memberFilter, &QLineEdit::textChanged, &m_typingMember, qOverload<>(&QTimer::start));
    connect(&m_typingMember, &QTimer::timeout, this, &GroupsPage::askMembers);
    for (auto signal : {&MemberTableModel::loaded, &MemberTableModel::countChanged, &MemberTableModel::loadingChanged})
        connect(&m_members, signal, this, &GroupsPage::updateMemberState);
    connect(&m_members, &MemberTableModel::loaded, this, &GroupsPage::showWantedMember);
    connect(&m_members, &MemberTableModel::failed, this, [this](const Error &error) {
        m_emptyTable->say(tr("The members can’t be read"), errorText(error), tr("Try again"), [this] { askMembers(); });
    });
}

void GroupsPage::show(const Place &place)
{
    m_following = true;
    if (place.group && place.group != m_tree->currentGroup())
        chooseInTree(place.group);
    m_wantedMember = place.object.entity();
    if (m_wantedMember && place.group == m_group.id)
        showWantedMember();
    else if (!m_wantedMember)
        m_table->clearSelection();
    if (!place.object.entity() && place.group)
        m_focus = Focus::Tree;
    m_following = false;
    if (!place.group)
        QTimer::singleShot(0, this, &GroupsPage::chooseFirst);
    Q_EMIT selectionChanged();
}

/// A page that is opened without a place shows something all the same.
void GroupsPage::chooseFirst()
{
    if (!m_group.id && !m_wantedGroup && isVisible() && m_groups.rowCount() > 0)
        m_tree->setCurrentIndex(m_groups.index(0, 0));
}

void GroupsPage::chooseInTree(GroupId group)
{
    m_wantedGroup = group;
    const QModelIndexList places = m_groups.indexesFor(group);
    if (!places.isEmpty())
        return selectPath(m_groups.pathOf(places.front()));
    connection::whenReady(m_connection.directory().pathTo(group), this, [this, group](auto path) {
        if (m_wantedGroup != group)
            return;
        if (path && !path->empty())
            m_groups.loadPath(*path);
        else
            m_wantedGroup = {};
    });
}

void GroupsPage::selectPath(const std::vector<GroupId> &path)
{
    if (path.empty() || path.back() != m_wantedGroup)
        return;
    const QModelIndex index = m_groups.indexForPath(path);
    const GroupId wanted = std::exchange(m_wantedGroup, {});
    if (!index.isValid()) {
        if (!m_treeFilter->text().isEmpty() && wanted != m_group.id) { // the filter hides it
            m_wantedGroup = wanted;
            m_treeFilter->clear();
            m_typingGroup.stop();
            m_groups.setFilter({});
        }
        return;
    }
    const bool before = std::exchange(m_following, true);
    m_tree->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_tree->scrollTo(index, QAbstractItemView::PositionAtCenter);
    showGroup(wanted);
    m_following = before;
}

void GroupsPage::showGroup(GroupId group)
{
    if (group == m_group.id && group)
        return;
    m_group = {group, m_tree->currentIndex().data(items::NameRole).toString(), false};
    m_memberFilter->clear();
    m_typingMember.stop();
    m_title->setWhole(m_group.name);
    m_depth->setEnabled(static_cast<bool>(group));
    m_memberFilter->setEnabled(static_cast<bool>(group));
    readGroup();
    askMembers();
}

void GroupsPage::readGroup()
{
    if (!m_group.id)
        return;
    connection::whenReady(m_connection.directory().group(m_group.id), this, [this, asked = m_group.id](auto detail) {
        if (asked != m_group.id)
            return;
        if (!detail)
            return showGroup({}); // it is gone
        m_group = {asked, detail->row.name, detail->row.external};
        m_title->setWhole(m_group.name);
        const QLocale locale;
        m_depth->setSegmentText(0, tr("Direct %1").arg(locale.toString(detail->row.directMembers)));
        m_depth->setSegmentText(1, tr("With subgroups %1").arg(locale.toString(detail->reached)));
        updateMemberState();
    });
}

void GroupsPage::askMembers()
{
    connection::MemberQuery query = m_members.query();
    query.group = m_group.id;
    query.withSubgroups = m_depth->current() == 1;
    query.filter = m_memberFilter->text().trimmed();
    m_members.setQuery(query);
    updateMemberState();
}

void GroupsPage::showWantedMember()
{
    if (!m_wantedMember)
        return;
    const bool before = std::exchange(m_following, true);
    const std::vector<ObjectRef> now = m_table->selectedRefs();
    if ((now.size() == 1 && now.front().entity() == m_wantedMember) || m_table->choose(m_wantedMember))
        m_focus = Focus::Members;
    if (!m_members.isLoading())
        m_wantedMember = {};
    m_following = before;
}

void GroupsPage::changed(const ChangeSet &changes)
{
    // Of several changes of counts at once only the last answer counts; asking is cheap.
    if (m_group.id && (changes.everything || !changes.members.empty() || !changes.subgroups.empty() ||
                       !changes.groups.empty() || !changes.entities.empty()))
        readGroup();
}

void GroupsPage::updateTreeState()
{
    if (m_groups.rowCount() > 0 || !m_treeLoaded)
        return m_emptyTree->clear();
    if (!m_groups.filter().isEmpty())
        m_emptyTree->say(tr("No group matches"), tr("No name and no metadata holds “%1”.").arg(m_groups.filter()),
                         tr("Clear the filter"), [this] { m_treeFilter->clear(); });
    else
        m_emptyTree->say(tr("No groups yet"),
                         tr("Who is in a group has its policies, and those of all groups above it."), tr("New group …"),
                         [this] { Q_EMIT newWanted(); });
}

void GroupsPage::updateMemberState()
{
    const bool loading = m_members.isLoading();
    if (!m_group.id)
        m_emptyTable->say(tr("No group is chosen"), tr("Choose one in the hierarchy to see who is in it."));
    else if (m_members.rowCount() > 0 || loading)
        m_emptyTable->clear();
    else if (!m_members.query().filter.isEmpty())
        m_emptyTable->say(tr("Nobody matches"), {}, tr("Clear the filter"), [this] { m_memberFilter->clear(); });
    else if (m_group.external)
        m_emptyTable->say(tr("Nobody has come yet"),
                          tr("People join this external group when they log in through its mount."));
    else
        m_emptyTable->say(tr("Nobody is in it"),
                          tr("Drag people onto the group, or choose “Add to group …” for them."));
    Q_EMIT selectionChanged();
}

std::vector<ObjectRef> GroupsPage::selectedRefs() const
{
    if (m_focus == Focus::Members && m_table->selectedCount() > 0)
        return m_table->selectedRefs();
    std::vector<ObjectRef> refs;
    for (const QModelIndex &index : m_tree->selectionModel()->selectedRows())
        if (const ObjectRef object = ObjectRef::of(m_groups.groupAt(index));
            object && std::find(refs.begin(), refs.end(), object) == refs.end())
            refs.push_back(object);
    return refs;
}

items::CarriedObjects GroupsPage::selected() const
{
    if (m_focus == Focus::Members && m_table->selectedCount() > 0)
        return selectedObjects(*m_table);
    return selectedObjects(*m_tree);
}

QString GroupsPage::selectionText() const
{
    if (!m_group.id)
        return {};
    const QLocale locale;
    const int selected = m_table->selectedCount();
    const QString all = locale.toString(m_members.rowCount());
    return selected == 0 ? tr("%1 shown").arg(all) : tr("%1 selected of %2").arg(locale.toString(selected), all);
}

void GroupsPage::focusFilter()
{
    m_treeFilter->setFocus(Qt::ShortcutFocusReason);
    m_treeFilter->selectAll();
}

void GroupsPage::focusContent()
{
    (m_focus == Focus::Members ? static_cast<QWidget *>(m_table) : m_tree)->setFocus();
}

bool GroupsPage::isReady() const
{
    return m_treeLoaded && !m_wantedGroup && !m_wantedMember && !m_members.isLoading() &&
           (m_members.rowCount() == 0 || !m_members.index(0, 0).data(items::LoadingRole).toBool());
}

void GroupsPage::setActions(const QList<QAction *> &actions)
{
    for (QWidget *view : {static_cast<QWidget *>(m_table), static_cast<QWidget *>(m_tree)}) {
        view->addActions(actions);
        view->setContextMenuPolicy(Qt::ActionsContextMenu);
    }
}

void GroupsPage::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("groups/columns"), m_table->saveColumns());
    settings.setValue(QStringLiteral("groups/splitter"), m_splitter->saveState());
    settings.setValue(QStringLiteral("groups/depth"), m_depth->current());
}

void GroupsPage::restore(const QSettings &settings)
{
    m_table->restoreColumns(settings.value(QStringLiteral("groups/columns")).toByteArray());
    if (!m_splitter->restoreState(settings.value(QStringLiteral("groups/splitter")).toByteArray()))
        m_splitter->setSizes({10, 16});
    m_depth->setCurrent(settings.value(QStringLiteral("groups/depth"), 0).toInt());
}

void GroupsPage::setReadOnly(bool readOnly)
{
    m_tree->setReadOnly(readOnly);
}

} // namespace kith::views
