// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CardView.h"
#include "KnownPolicies.h"
#include "connection/Connection.h"

#include <QTabWidget>

#include <optional>

namespace kith::views {

class AliasList;
class Editor;
class MetadataEditor;
class OwnPolicies;
class PolicySourcesView;

/// What the inspector tells of one object, below its header: effective policies with their sources and its own ones,
/// members, groups, aliases, metadata. Is given what it shows, apart from the policies, which it reads itself.
class InspectorTabs : public QTabWidget
{
    Q_OBJECT
public:
    /// Both must outlive it.
    InspectorTabs(connection::Connection &connection, Editor &editor, QWidget *parent = nullptr);

    void loadPolicies(connection::ObjectRef object);
    void showObject(const connection::EntityDetail &entity);
    void showObject(const connection::GroupDetail &group);
    void showMembers(std::vector<Card> cards);
    bool isLoading() const; ///< The policies aren't there yet.

Q_SIGNALS:
    void policiesLoaded();
    void openObject(kith::connection::ObjectRef object);
    void notice(const QString &text);

private:
    enum Tab { PoliciesTab, MembersTab, GroupsTab, AliasesTab, MetadataTab };

    void giveRoom();
    QWidget *buildPolicies();
    QWidget *buildMembers();
    void join();
    void setKind(connection::ObjectKind kind);
    void showCount(Tab tab, const QString &text, qint64 count);
    void showPolicyCount();

    connection::Connection &m_connection;
    Editor &m_editor;
    KnownPolicies m_known;
    PolicySourcesView *m_policies = nullptr;
    OwnPolicies *m_own = nullptr;
    CardView *m_members = nullptr;
    GroupId m_group;
    std::vector<Card> m_lastMember;                 ///< What the members are headed by.
    std::optional<std::vector<Card>> m_memberCards; ///< None: they have not come yet.
    AliasList *m_groupAlias = nullptr;
    CardView *m_groups;
    AliasList *m_aliases;
    MetadataEditor *m_metadata;
};

} // namespace kith::views
