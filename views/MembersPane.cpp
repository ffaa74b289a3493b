// SPDX-License-Identifier: Apache-2.0
#include "MembersPane.h"

#include "ElidedLabel.h"
#include "EmptyState.h"
#include "EntityDelegate.h"
#include "ErrorText.h"
#include "FilterField.h"
#include "Look.h"
#include "PeopleTable.h"
#include "SegmentedControl.h"
#include "ShownRows.h"
#include "connection/Async.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLocale>

namespace kith::views {

using connection::ObjectRef;
using items::MemberTableModel;

MembersPane::MembersPane(connection::Connection &connection, QWidget *parent)
    : Pane(parent)
    , m_connection(connection)
    , m_members(connection)
    , m_table(new PeopleTable(m_members, this))
    , m_filter(new FilterField(m_table, this))
    , m_title(new ElidedLabel(this))
    , m_depth(new SegmentedControl(this))
{
    build();
    connectTable();
    connect(&m_connection, &connection::Connection::changed, this, &MembersPane::changed);
    showGroup({});
}

MembersPane::~MembersPane() = default;

void MembersPane::build()
{
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
    m_table->setColumns({{42, {}}, {26, {}, 1}, {18, {}}, {}});
    m_table->horizontalHeader()->setSortIndicator(MemberTableModel::NameColumn, Qt::AscendingOrder);
    m_filter->setObjectName(QStringLiteral("memberFilter"));
    m_filter->setAccessibleName(tr("Filter members"));
    m_filter->setPlaceholderText(tr("Filter …"));

    head().addWidget(m_title, 1);
    QHBoxLayout &tools = addToolRow(); // beside long names there would be no room for the counts
    tools.addWidget(m_depth);
    tools.addWidget(m_filter, 1);
    setContent(m_table);
    m_empty = new EmptyState(m_table);
}

void MembersPane::connectTable()
{
    connect(m_table, &PeopleTable::selectionWasChanged, this, [this] {
        if (m_table->selectedCount() == 1 && !m_following)
            Q_EMIT chosen(m_table->selectedRefs().front().entity());
        Q_EMIT selectionChanged();
    });
    connect(m_table, &PeopleTable::opened, this, [this](ObjectRef object) { Q_EMIT opened(object.entity()); });
    connect(m_depth, &SegmentedControl::currentChanged, this, &MembersPane::askMembers);
    connect(m_filter, &QLineEdit::textChanged, this, &MembersPane::askMembers);
    for (auto signal : {&MemberTableModel::loaded, &MemberTableModel::countChanged, &MemberTableModel::loadingChanged})
        connect(&m_members, signal, this, &MembersPane::updateState);
    for (auto signal : {&MemberTableModel::loaded, &MemberTableModel::caughtUp})
        connect(&m_members, signal, this, &MembersPane::showWanted);
    connect(&m_members, &MemberTableModel::failed, this, [this](const Error &error) {
        if (m_members.rowCount() > 0) // as they were before
            return Q_EMIT said(errorText(error));
        m_empty->say(tr("The members can’t be read"), errorText(error), tr("Try again"), [this] { askMembers(); });
    });
}

void MembersPane::showGroup(const connection::GroupRef &group)
{
    if (group.id == m_group.id && group.id)
        return;
    m_group = group;
    m_title->setWhole(m_group.name);
    m_depth->setEnabled(static_cast<bool>(group.id));
    m_filter->setEnabled(static_cast<bool>(group.id));
    readGroup();
    if (m_filter->text().isEmpty())
        askMembers();
    else
        m_filter->clear(); // which asks
}

void MembersPane::readGroup()
{
    if (!m_group.id)
        return;
    connection::whenReady(m_connection.directory().group(m_group.id), this, [this, asked = m_group.id](auto detail) {
        if (asked != m_group.id)
            return;
        if (!detail) {
            showGroup({});
            Q_EMIT gone();
            return;
        }
        m_group = {asked, detail->row.name, detail->row.external};
        m_title->setWhole(m_group.name);
        const QLocale locale;
        m_depth->setSegmentText(0, tr("Direct %1").arg(locale.toString(detail->row.directMembers)));
        m_depth->setSegmentText(1, tr("With subgroups %1").arg(locale.toString(detail->reached)));
        updateState();
    });
}

void MembersPane::askMembers()
{
    connection::MemberQuery query = m_members.query();
    query.group = m_group.id;
    query.withSubgroups = m_depth->current() == 1;
    query.filter = m_filter->text().trimmed();
    m_members.setQuery(query);
    updateState();
}

void MembersPane::changed(const ChangeSet &changes)
{
    // Of several changes of counts at once only the last answer counts; asking is cheap.
    if (m_group.id && (changes.everything || !changes.members.empty() || !changes.subgroups.empty() ||
                       !changes.groups.empty() || !changes.entities.empty()))
        readGroup();
}

void MembersPane::choose(GroupId in, EntityId person)
{
    m_wantedIn = in;
    m_wanted = person;
    showWanted();
}

void MembersPane::showWanted()
{
    if (!m_wanted || m_wantedIn != m_group.id || m_members.query().group != m_group.id)
        return; // the table still shows, or just emptied, another group
    m_following = true;
    const bool there = m_table->isOnlyOne(m_wanted) || m_table->choose(m_wanted);
    m_following = false;
    if (!m_members.isBehind())
        m_wanted = {};
    if (there)
        Q_EMIT shown();
}

void MembersPane::clearSelection()
{
    m_wanted = {};
    m_table->clearSelection();
}

void MembersPane::updateState()
{
    const bool loading = m_members.isLoading();
    if (!m_group.id)
        m_empty->say(tr("No group is chosen"), tr("Choose one in the hierarchy to see who is in it."));
    else if (m_members.rowCount() > 0 || loading)
        m_empty->clear();
    else if (!m_members.query().filter.isEmpty())
        m_empty->say(tr("Nobody matches"), {}, tr("Clear the filter"), [this] { m_filter->clear(); });
    else if (m_group.external)
        m_empty->say(tr("Nobody has come yet"),
                     tr("People join this external group when they log in through its mount."));
    else
        m_empty->say(tr("Nobody is in it"), tr("Drag people onto the group, or choose “Add to group …” for them."));
    Q_EMIT selectionChanged();
}

QString MembersPane::selectionText() const
{
    if (!m_group.id)
        return {};
    const QLocale locale;
    const int selected = m_table->selectedCount();
    const QString all = locale.toString(m_members.rowCount());
    return selected == 0 ? tr("%1 shown").arg(all) : tr("%1 selected of %2").arg(locale.toString(selected), all);
}

std::optional<ShownTable> MembersPane::shownMembers() const
{
    if (!m_group.id)
        return std::nullopt;
    const auto fetch = [this, group = m_group.id](std::vector<EntityId> ids) {
        return m_connection.directory().members(group, std::move(ids));
    };
    return shownRows<EntityId>(QStringLiteral("members"), *m_table, m_members, fetch,
                               &items::MemberTableModel::valueOf);
}

bool MembersPane::isReady() const
{
    const bool waits = m_wanted && m_wantedIn == m_group.id;
    return !waits && !m_members.isLoading() &&
           (m_members.rowCount() == 0 || !m_members.index(0, 0).data(items::LoadingRole).toBool());
}

} // namespace kith::views
