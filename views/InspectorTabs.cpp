// SPDX-License-Identifier: Apache-2.0
#include "InspectorTabs.h"

#include "AliasList.h"
#include "MetadataEditor.h"
#include "NeighbourCards.h"
#include "OwnPolicies.h"
#include "PolicyCards.h"
#include "PolicySourcesView.h"

#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace kith::views {

using connection::ObjectKind;
using connection::ObjectRef;

namespace {

QScrollArea *scrolled(QWidget *widget, const QString &name)
{
    auto *area = new QScrollArea;
    area->setAccessibleName(name);
    area->setWidget(widget);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

Card quietRow(const QString &text)
{
    const Span span{Span::Voice::Quiet, text};
    return {Card::Kind::Row, {{span}}};
}

} // namespace

InspectorTabs::InspectorTabs(connection::Connection &connection, Editor &editor, QWidget *parent)
    : QTabWidget(parent)
    , m_connection(connection)
    , m_editor(editor)
    , m_known(connection)
    , m_groups(new CardView)
    , m_aliases(new AliasList(connection, editor))
    , m_metadata(new MetadataEditor(editor))
{
    setObjectName(QStringLiteral("inspectorTabs"));
    setAccessibleName(tr("About what is selected"));
    setDocumentMode(true);
    setUsesScrollButtons(true);
    m_groups->setObjectName(QStringLiteral("groupCards"));
    m_groups->setAccessibleName(tr("Groups"));
    addTab(buildPolicies(), {});
    addTab(buildMembers(), {});
    addTab(m_groups, {});
    addTab(scrolled(m_aliases, tr("Aliases")), {});
    addTab(scrolled(m_metadata, tr("Metadata")), tr("Metadata"));
    giveRoom();
    join();
}

/// For all tabs of a person, and of a group. With more members than that they are scrolled in the narrowest window.
void InspectorTabs::giveRoom()
{
    const QStringList ofBoth{tr("Effective policies %1").arg(100), tr("Groups %1").arg(100), tr("Metadata")};
    constexpr int AroundTab = 24;
    const auto widthWith = [&](const QString &title) {
        return fontMetrics().horizontalAdvance(ofBoth.join(QString()) + title) + AroundTab * (ofBoth.size() + 1);
    };
    setMinimumWidth(
        static_cast<int>(std::max(widthWith(tr("Aliases %1").arg(10)), widthWith(tr("Members %1").arg(10)))));
}

QWidget *InspectorTabs::buildPolicies()
{
    auto *page = new QWidget;
    m_policies = new PolicySourcesView(m_connection, page);
    m_own = new OwnPolicies(m_editor, m_known, page);
    auto *rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_policies, 1);
    rows->addWidget(m_own);
    return page;
}

QWidget *InspectorTabs::buildMembers()
{
    auto *page = new QWidget;
    m_members = new CardView(page);
    m_members->setObjectName(QStringLiteral("memberCards"));
    m_members->setAccessibleName(tr("Direct members"));
    m_groupAlias = new AliasList(m_connection, m_editor, page);
    auto *rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 8, 0, 0);
    rows->addWidget(m_members, 1);
    rows->addWidget(m_groupAlias);
    return page;
}

void InspectorTabs::join()
{
    connect(m_policies, &PolicySourcesView::openObject, this, &InspectorTabs::openObject);
    connect(m_policies, &PolicySourcesView::countChanged, this, &InspectorTabs::showPolicyCount);
    connect(m_policies, &PolicySourcesView::loaded, this, [this] {
        showPolicyCount();
        Q_EMIT policiesLoaded();
    });
    connect(m_policies, &PolicySourcesView::copied, this,
            [this] { Q_EMIT notice(tr("The policies and their sources are on the clipboard.")); });
    for (CardView *view : {m_groups, m_members})
        connect(view, &CardView::activated, this, [this](const QString &target) {
            if (const ObjectRef object = objectOfTarget(target))
                Q_EMIT openObject(object);
        });
}

void InspectorTabs::loadPolicies(ObjectRef object)
{
    m_policies->setObject(object);
}

bool InspectorTabs::isLoading() const
{
    return m_policies->isLoading();
}

void InspectorTabs::setKind(ObjectKind kind)
{
    const bool entity = kind == ObjectKind::Entity;
    if (isTabVisible(AliasesTab) == entity && isTabVisible(MembersTab) == !entity)
        return;
    setTabVisible(AliasesTab, entity);
    setTabVisible(MembersTab, !entity);
}

void InspectorTabs::showCount(Tab tab, const QString &text, qint64 count)
{
    setTabText(tab, text.arg(QLocale().toString(count)));
}

void InspectorTabs::showPolicyCount()
{
    if (isLoading())
        setTabText(PoliciesTab, tr("Effective policies"));
    else
        showCount(PoliciesTab, tr("Effective policies %1"), m_policies->policyCount());
}

void InspectorTabs::showObject(const connection::EntityDetail &entity)
{
    const ObjectRef object = ObjectRef::of(entity.row.id);
    setKind(ObjectKind::Entity);
    m_own->setObject(object, entity.policies);
    m_aliases->setOwner(object, entity.row.uuid, entity.aliases);
    m_metadata->setObject(object, entity.metadata);
    std::vector<Card> groups = membershipCards(entity, QDateTime::currentDateTime());
    const QString inNone = tr("In no group. Drag the entity onto one in the hierarchy.");
    if (entity.groups.empty() && !groups.empty()) // what it left is told all the same
        groups.push_back(quietRow(inNone));
    m_groups->setCards(std::move(groups), inNone, CardView::Scroll::Keep);
    showCount(GroupsTab, tr("Groups %1"), static_cast<qint64>(entity.groups.size()));
    showCount(AliasesTab, tr("Aliases %1"), static_cast<qint64>(entity.aliases.size()));
    m_policies->setName(entity.row.name);
    showPolicyCount();
}

void InspectorTabs::showObject(const connection::GroupDetail &group)
{
    const ObjectRef object = ObjectRef::of(group.row.id);
    setKind(ObjectKind::Group);
    m_own->setObject(object, group.policies);
    m_groupAlias->setVisible(group.row.external);
    if (group.row.external)
        m_groupAlias->setOwner(object, group.row.uuid,
                               group.alias ? std::vector{*group.alias} : std::vector<connection::AliasDetail>());
    m_metadata->setObject(object, group.metadata);
    m_groups->setCards(neighbourCards(group),
                       tr("In no other group, and without subgroups. Drag groups onto each other in the hierarchy."),
                       CardView::Scroll::Keep);
    m_lastMember = lastMemberCards(group, QDateTime::currentDateTime());
    if (std::exchange(m_group, group.row.id) != group.row.id)
        m_memberCards.reset(); // those of the group before
    if (m_memberCards)
        showMembers(*m_memberCards);
    showCount(MembersTab, tr("Members %1"), group.row.directMembers);
    showCount(GroupsTab, tr("Groups %1"), group.row.parents + group.row.subgroups);
    m_policies->setName(group.row.name);
    showPolicyCount();
}

void InspectorTabs::showMembers(std::vector<Card> cards)
{
    const QString nobody = tr("Nobody is in this group directly.");
    m_memberCards = std::move(cards);
    std::vector<Card> all = m_lastMember;
    all.insert(all.end(), m_memberCards->begin(), m_memberCards->end());
    if (m_memberCards->empty() && !all.empty())
        all.push_back(quietRow(nobody));
    m_members->setCards(std::move(all), nobody, CardView::Scroll::Keep);
}

} // namespace kith::views
