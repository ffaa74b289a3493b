// SPDX-License-Identifier: Apache-2.0
#include "GroupsPage.h"

#include "FilterField.h"
#include "GroupTree.h"
#include "HierarchyPane.h"
#include "MembersPane.h"
#include "PeopleTable.h"
#include "SegmentedControl.h"

#include <QBoxLayout>
#include <QSettings>
#include <QSplitter>
#include <QTimer>

namespace kith::views {

using connection::ObjectRef;

GroupsPage::GroupsPage(connection::Connection &connection, QWidget *parent)
    : ObjectsPage(parent)
    , m_hierarchy(new HierarchyPane(connection, tr("Hierarchy"), QStringLiteral("group"), this))
    , m_members(new MembersPane(connection, this))
    , m_splitter(new QSplitter(this))
{
    setObjectName(QStringLiteral("groupsPage"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_splitter);
    m_splitter->setObjectName(QStringLiteral("groupsSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_hierarchy);
    m_splitter->addWidget(m_members);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    connectHierarchy();
    connectMembers();
}

GroupsPage::~GroupsPage() = default;

void GroupsPage::connectHierarchy()
{
    connect(m_hierarchy, &HierarchyPane::currentChanged, this,
            [this] { m_members->showGroup(m_hierarchy->current()); });
    connect(m_hierarchy, &HierarchyPane::chosen, this, [this](GroupId group) {
        m_focus = Focus::Tree; // also the group again, after one of its members
        Q_EMIT chosen({Page::Groups, group, ObjectRef::of(group)});
        Q_EMIT selectionChanged();
    });
    connect(m_hierarchy, &HierarchyPane::opened, this, [this] { m_members->table().setFocus(); });
    connect(m_hierarchy, &HierarchyPane::selectionChanged, this, [this] {
        m_focus = Focus::Tree;
        Q_EMIT selectionChanged();
    });
    connect(m_hierarchy, &HierarchyPane::changeRequested, this, &GroupsPage::changeRequested);
    connect(m_hierarchy, &HierarchyPane::loaded, m_hierarchy, &HierarchyPane::chooseFirst);
    connect(m_hierarchy, &HierarchyPane::newWanted, this, [this] { Q_EMIT newWanted(connection::ObjectKind::Group); });
    connect(m_hierarchy, &HierarchyPane::lookUpWanted, this, &GroupsPage::lookUpWanted);
    connect(m_hierarchy, &HierarchyPane::said, this, &GroupsPage::said);
}

void GroupsPage::connectMembers()
{
    connect(m_members, &MembersPane::selectionChanged, this, [this] {
        if (m_members->table().selectedCount() > 0)
            m_focus = Focus::Members;
        Q_EMIT selectionChanged();
    });
    connect(m_members, &MembersPane::said, this, &GroupsPage::said);
    connect(m_members, &MembersPane::shown, this, [this] { m_focus = Focus::Members; });
    connect(m_members, &MembersPane::gone, m_hierarchy, &HierarchyPane::forgetCurrent);
    for (auto signal : {&MembersPane::chosen, &MembersPane::opened})
        connect(m_members, signal, this, [this](EntityId person) {
            Q_EMIT chosen({Page::Groups, m_members->group().id, ObjectRef::of(person)});
        });
}

void GroupsPage::show(const Place &place)
{
    if (place.group)
        m_hierarchy->choose(place.group);
    if (place.object.entity())
        m_members->choose(place.group, place.object.entity());
    else
        m_members->clearSelection();
    if (!place.object.entity() && place.group)
        m_focus = Focus::Tree;
    if (!place.group) // a page that is opened without a place shows something all the same
        QTimer::singleShot(0, m_hierarchy, &HierarchyPane::chooseFirst);
    Q_EMIT selectionChanged();
}

connection::GroupRef GroupsPage::currentGroup() const
{
    return m_members->group();
}

bool GroupsPage::hasChosenMembers() const
{
    return m_focus == Focus::Members && m_members->table().selectedCount() > 0;
}

std::vector<ObjectRef> GroupsPage::selectedRefs() const
{
    return hasChosenMembers() ? m_members->table().selectedRefs() : m_hierarchy->selectedRefs();
}

items::CarriedObjects GroupsPage::selected() const
{
    if (!hasChosenMembers())
        return m_hierarchy->selected();
    items::CarriedObjects objects = m_members->table().selected();
    completeSource(objects.source);
    return objects;
}

Selection GroupsPage::selection() const
{
    if (!hasChosenMembers())
        return Selection::of(m_hierarchy->selected());
    Selection selection = m_members->table().selection();
    completeSource(selection.source);
    return selection;
}

/// The group of the pane is known, even when none of the rows is here.
void GroupsPage::completeSource(connection::GroupRef &source) const
{
    if (source.id == m_members->group().id)
        source = m_members->group();
}

connection::Rows<EntityId> GroupsPage::selectedPeople() const
{
    return hasChosenMembers() ? m_members->table().selectedPeople() : connection::Rows<EntityId>();
}

std::vector<ObjectRef> GroupsPage::onScreen() const
{
    std::vector<ObjectRef> objects = m_hierarchy->tree().onScreen();
    for (const ObjectRef person : m_members->table().onScreen())
        objects.push_back(person);
    return objects;
}

QString GroupsPage::selectionText() const
{
    return m_members->selectionText();
}

void GroupsPage::focusFilter()
{
    m_hierarchy->filter().setFocus(Qt::ShortcutFocusReason);
    m_hierarchy->filter().selectAll();
}

void GroupsPage::focusContent()
{
    (m_focus == Focus::Members ? static_cast<QWidget *>(&m_members->table()) : &m_hierarchy->tree())->setFocus();
}

bool GroupsPage::isReady() const
{
    return m_hierarchy->isReady() && m_members->isReady();
}

void GroupsPage::setActions(const QList<QAction *> &actions)
{
    m_hierarchy->setActions(actions);
    m_members->table().addActions(actions);
    m_members->table().setContextMenuPolicy(Qt::ActionsContextMenu);
}

void GroupsPage::setPermissions(Permissions &permissions)
{
    m_hierarchy->setPermissions(permissions);
}

ColumnsTable *GroupsPage::table()
{
    return &m_members->table();
}

std::optional<ShownTable> GroupsPage::shown() const
{
    return m_members->shownMembers();
}

void GroupsPage::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("groups/columns"), m_members->table().saveColumns());
    settings.setValue(QStringLiteral("groups/splitter"), m_splitter->saveState());
    settings.setValue(QStringLiteral("groups/depth"), m_members->depth().current());
}

void GroupsPage::restore(const QSettings &settings)
{
    m_members->table().restoreColumns(settings.value(QStringLiteral("groups/columns")).toByteArray());
    if (!m_splitter->restoreState(settings.value(QStringLiteral("groups/splitter")).toByteArray()))
        m_splitter->setSizes({10, 16});
    m_members->depth().setCurrent(settings.value(QStringLiteral("groups/depth"), 0).toInt());
}

} // namespace kith::views
