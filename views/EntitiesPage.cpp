// SPDX-License-Identifier: Apache-2.0
#include "EntitiesPage.h"

#include "DropDrawer.h"
#include "EmptyState.h"
#include "EntityDelegate.h"
#include "ErrorText.h"
#include "FilterBar.h"
#include "FilterField.h"
#include "GroupTree.h"
#include "HierarchyPane.h"
#include "Look.h"
#include "PeopleTable.h"
#include "Permissions.h"
#include "ShownRows.h"

#include <QAction>
#include <QBoxLayout>
#include <QDateTime>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSettings>
#include <QToolButton>

#include <chrono>

namespace kith::views {

using connection::ObjectRef;
using items::EntityTableModel;

EntitiesPage::EntitiesPage(connection::Connection &connection, QWidget *parent)
    : ObjectsPage(parent)
    , m_connection(connection)
    , m_model(connection)
    , m_table(new PeopleTable(m_model, this))
    , m_filter(new FilterField(m_table, this))
    , m_bar(new FilterBar(connection, *m_filter, this))
    , m_groups(new HierarchyPane(connection, tr("Groups"), QStringLiteral("dropGroup"), this))
    , m_count(new QLabel(this))
{
    setObjectName(QStringLiteral("entitiesPage"));
    m_drawer = new DropDrawer(buildTable(), m_groups, m_groups->tree().viewport(), this);
    m_drawer->setObjectName(QStringLiteral("groupsDrawer"));
    m_empty = new EmptyState(m_table);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_drawer);
    connectTable();
    connectGroups();
    m_model.setQuery({});
}

EntitiesPage::~EntitiesPage() = default;

QWidget *EntitiesPage::buildTable()
{
    using Content = EntityDelegate::Content;
    m_table->setObjectName(QStringLiteral("entityTable"));
    m_table->setAccessibleName(tr("Entities"));
    m_table->setItemDelegate(new EntityDelegate(
        {Content::Name, Content::Aliases, Content::Number, Content::Number, Content::State, Content::Time}, m_table));
    m_table->horizontalHeader()->setSortIndicator(EntityTableModel::NameColumn, Qt::AscendingOrder);
    const QDateTime now = QDateTime::currentDateTime();
    m_table->setColumns({{3, {}},
                         {2, {}},
                         {0, {}, 3},
                         {0, {}, 2},
                         {0, EntityDelegate::disabledText()},
                         {0, ago(now.addSecs(qint64{-59} * 60), now), 1}});

    auto *title = new QLabel(tr("Entities"), this);
    title->setFont(titleFont(font()));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setObjectName(QStringLiteral("entityCount"));
    m_filter->setObjectName(QStringLiteral("entityFilter"));
    m_filter->setAccessibleName(tr("Filter entities"));
    m_filter->setPlaceholderText(tr("Filter by name, alias, metadata, id …"));
    m_filter->setMaximumWidth(48 * fontMetrics().averageCharWidth());
    auto *side = new Pane(this);
    m_tools = &side->head();
    m_tools->addWidget(title);
    m_tools->addWidget(m_count);
    m_tools->addStretch(1);
    m_tools->addWidget(m_filter, 4);
    m_bar->button().setMinimumHeight(m_filter->sizeHint().height());
    m_tools->addWidget(&m_bar->button());
    side->addRow(m_bar);
    side->setContent(m_table);
    return side;
}

void EntitiesPage::connectTable()
{
    connect(m_filter, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_model.setFilter(text.trimmed()); });
    connect(m_bar, &FilterBar::changed, this, [this] { m_model.setConditions(m_bar->conditions()); });
    connect(m_bar, &FilterBar::failed, this, [this](const Error &error) { Q_EMIT said(errorText(error)); });
    m_slow.setSingleShot(true);
    m_slow.setInterval(std::chrono::milliseconds(400));
    connect(&m_slow, &QTimer::timeout, m_count,
            [this] { m_count->setText(isFiltered() ? tr("Searching …") : tr("Reading …")); });
    connect(m_table, &PeopleTable::selectionWasChanged, this, &EntitiesPage::chose);
    connect(m_table, &PeopleTable::clicked, this, [this] {
        if (m_focus == Focus::Groups) // back from the groups, to whoever is selected
            chose();
    });
    connect(m_table, &PeopleTable::opened, this, [this](ObjectRef object) {
        Q_EMIT chosen({Page::Entities, {}, object});
    });
    for (auto signal : {&EntityTableModel::loaded, &EntityTableModel::countChanged, &EntityTableModel::loadingChanged})
        connect(&m_model, signal, this, &EntitiesPage::updateState);
    for (auto signal : {&EntityTableModel::loaded, &EntityTableModel::countChanged}) // also of who comes back
        connect(&m_model, signal, this, &EntitiesPage::showWanted);
    connect(&m_model, &EntityTableModel::caughtUp, this, &EntitiesPage::uncoverWanted);
    connect(&m_model, &EntityTableModel::failed, this, [this](const Error &error) {
        if (m_model.rowCount() > 0) // as they were before
            return Q_EMIT said(errorText(error));
        m_count->clear(); // there are some all the same
        m_empty->say(tr("The entities can’t be read"), errorText(error), tr("Try again"),
                     [this] { m_model.setQuery(m_model.query()); });
    });
}

void EntitiesPage::connectGroups()
{
    connect(m_groups, &HierarchyPane::changeRequested, this, &EntitiesPage::changeRequested);
    connect(m_groups, &HierarchyPane::newWanted, this, [this] { Q_EMIT newWanted(connection::ObjectKind::Group); });
    connect(m_groups, &HierarchyPane::lookUpWanted, this, &EntitiesPage::lookUpWanted);
    connect(m_groups, &HierarchyPane::opened, this, &EntitiesPage::openWanted);
    connect(m_groups, &HierarchyPane::chosen, this, [this](GroupId group) {
        m_focus = Focus::Groups;
        Q_EMIT chosen({Page::Entities, {}, ObjectRef::of(group)});
        Q_EMIT selectionChanged();
    });
    connect(m_groups, &HierarchyPane::selectionChanged, this, [this] {
        if (m_focus == Focus::Groups)
            Q_EMIT selectionChanged();
    });
    connect(m_drawer, &DropDrawer::standingChanged, this, [this](bool stands) {
        if (stands)
            return;
        m_focus = Focus::People;
        Q_EMIT selectionChanged();
    });
}

void EntitiesPage::setGroupsAction(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("groupsBesideButton"));
    button->setDefaultAction(action);
    button->setAccessibleName(action->text().remove(QLatin1Char('&')));
    button->setMinimumHeight(m_filter->sizeHint().height());
    m_tools->addWidget(button);
    action->setChecked(m_drawer->stands());
    connect(action, &QAction::triggered, m_drawer, &DropDrawer::setStanding);
    connect(m_drawer, &DropDrawer::standingChanged, action, &QAction::setChecked);
}

bool EntitiesPage::isFiltered() const
{
    return !m_model.query().filter.isEmpty() || !m_model.query().conditions.empty();
}

void EntitiesPage::openFilters()
{
    m_bar->button().showMenu();
}

void EntitiesPage::setMemory(WindowMemory &memory)
{
    m_bar->setMemory(memory);
}

void EntitiesPage::show(const Place &place)
{
    m_wanted = place.object.entity();
    if (place.object.group() && m_drawer->stands()) { // whoever is selected stays so, to be dragged onto it
        m_focus = Focus::Groups;
        m_groups->choose(place.object.group());
        return;
    }
    m_focus = Focus::People;
    if (!m_wanted) {
        m_following = true;
        m_table->clearSelection();
        m_following = false;
        return;
    }
    showWanted();
    m_mayBeHidden = true;
    if (!m_model.isBehind())
        uncoverWanted();
}

void EntitiesPage::uncoverWanted()
{
    if (std::exchange(m_mayBeHidden, false) && m_wanted && isFiltered())
        m_bar->clear(); // the filters hide it
}

void EntitiesPage::showWanted()
{
    if (!m_wanted)
        return;
    m_following = true;
    if (m_table->isOnlyOne(m_wanted) || m_table->choose(m_wanted))
        m_wanted = {};
    m_following = false;
}

void EntitiesPage::chose()
{
    m_focus = Focus::People;
    if (!m_following && m_table->selectedCount() == 1)
        Q_EMIT chosen({Page::Entities, {}, m_table->selectedRefs().front()});
    Q_EMIT selectionChanged();
}

void EntitiesPage::updateState()
{
    const QString count = QLocale().toString(m_model.rowCount());
    const bool filtered = isFiltered();
    if (!m_model.isLoading()) {
        m_slow.stop();
        m_count->setText(filtered ? tr("%1 found").arg(count) : count);
    } else if (!m_slow.isActive()) {
        m_slow.start(); // what is shown is the answer to what was asked before
    }
    if (m_model.rowCount() > 0 || m_model.isLoading())
        m_empty->clear();
    else if (filtered && m_model.query().conditions.empty())
        m_empty->say(tr("Nobody matches"), tr("No name, alias, metadata or id holds “%1”.").arg(m_model.query().filter),
                     tr("Clear the filter"), [this] { m_bar->clear(); });
    else if (filtered)
        m_empty->say(tr("Nobody matches"), tr("Not all of this holds of anybody: %1.").arg(m_bar->text()),
                     tr("Clear the filter"), [this] { m_bar->clear(); });
    else if (m_permissions && !m_permissions->mayList(connection::ObjectKind::Entity))
        m_empty->say(tr("You may not list the people here"),
                     tr("Whose name or id you know can be looked up, and stands here then."), tr("Look up …"),
                     [this] { Q_EMIT lookUpWanted(); });
    else
        m_empty->say(tr("Nobody is here yet"),
                     tr("An entity is a person or a program that logs in, under one or several names."),
                     tr("New entity …"), [this] { Q_EMIT newWanted(connection::ObjectKind::Entity); });
    Q_EMIT selectionChanged();
}

std::vector<ObjectRef> EntitiesPage::selectedRefs() const
{
    return m_focus == Focus::Groups ? m_groups->selectedRefs() : m_table->selectedRefs();
}

items::CarriedObjects EntitiesPage::selected() const
{
    return m_focus == Focus::Groups ? m_groups->selected() : m_table->selected();
}

Selection EntitiesPage::selection() const
{
    return m_focus == Focus::Groups ? Selection::of(m_groups->selected()) : m_table->selection();
}

connection::Rows<EntityId> EntitiesPage::selectedPeople() const
{
    return m_focus == Focus::Groups ? connection::Rows<EntityId>() : m_table->selectedPeople();
}

connection::GroupRef EntitiesPage::currentGroup() const
{
    return m_focus == Focus::Groups ? m_groups->current() : connection::GroupRef();
}

std::vector<ObjectRef> EntitiesPage::onScreen() const
{
    std::vector<ObjectRef> objects = m_table->onScreen();
    for (const ObjectRef group : m_groups->tree().onScreen())
        objects.push_back(group);
    return objects;
}

QString EntitiesPage::selectionText() const
{
    const QLocale locale;
    const int selected = m_table->selectedCount();
    const QString all = locale.toString(m_model.rowCount());
    return selected == 0 ? tr("%1 shown").arg(all) : tr("%1 selected of %2").arg(locale.toString(selected), all);
}

void EntitiesPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void EntitiesPage::focusContent()
{
    m_table->setFocus();
}

bool EntitiesPage::isReady() const
{
    return (!m_drawer->stands() || m_groups->isReady()) && !m_model.isLoading() && !m_bar->isBusy() && !m_wanted &&
           (m_model.rowCount() == 0 || !m_model.index(0, 0).data(items::LoadingRole).toBool());
}

void EntitiesPage::setActions(const QList<QAction *> &actions)
{
    m_table->addActions(actions);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_groups->setActions(actions);
}

void EntitiesPage::setPermissions(Permissions &permissions)
{
    m_permissions = &permissions;
    m_groups->setPermissions(permissions);
    connect(&permissions, &Permissions::changed, this, &EntitiesPage::updateState);
}

ColumnsTable *EntitiesPage::table()
{
    return m_table;
}

std::optional<ShownTable> EntitiesPage::shown() const
{
    const auto fetch = [this](std::vector<EntityId> ids) { return m_connection.directory().entities(std::move(ids)); };
    return shownRows<EntityId>(QStringLiteral("entities"), *m_table, m_model, fetch, &EntityTableModel::valueOf);
}

void EntitiesPage::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("entities/columns"), m_table->saveColumns());
    m_drawer->save(settings, QStringLiteral("entities/groups"));
}

void EntitiesPage::restore(const QSettings &settings)
{
    m_table->restoreColumns(settings.value(QStringLiteral("entities/columns")).toByteArray());
    m_drawer->restore(settings, QStringLiteral("entities/groups"));
}

} // namespace kith::views
