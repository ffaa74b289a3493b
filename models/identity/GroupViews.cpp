// SPDX-License-Identifier: Apache-2.0
#include "identity/GroupViews.h"

namespace kith::identity {

namespace {

/// The first column of all rows; unset if there is none and the list was never set.
std::optional<std::vector<std::string>> textsOf(store::Query row, bool wasSet)
{
    std::vector<std::string> texts;
    while (row.step())
        texts.emplace_back(row.text(0));
    if (texts.empty() && !wasSet)
        return std::nullopt;
    return texts;
}

std::optional<std::string> optionalText(const store::Query &row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(std::string(row.text(column)));
}

void readLists(store::Session &session, GroupId group, int shape, GroupView &view)
{
    view.policies = textsOf(session.query("SELECT n.name FROM group_policy p JOIN policy_name n ON n.id = p.policy "
                                          "WHERE p.grp = ? ORDER BY n.name",
                                          group),
                            (shape & GroupShape::Policies) != 0);
    view.memberEntities = textsOf(session.query("SELECT e.uuid FROM member_entity m JOIN entity e ON e.id = m.entity "
                                                "WHERE m.grp = ? ORDER BY m.joined, e.uuid",
                                                group),
                                  (shape & GroupShape::Members) != 0);
    view.memberGroups = textsOf(session.query("SELECT g.uuid FROM member_group m JOIN identity_group g "
                                              "ON g.id = m.child WHERE m.parent = ? ORDER BY g.uuid",
                                              group),
                                false);
    view.parentGroups = textsOf(session.query("SELECT g.uuid FROM member_group m JOIN identity_group g "
                                              "ON g.id = m.parent WHERE m.child = ? ORDER BY g.uuid",
                                              group),
                                (shape & GroupShape::Parents) != 0);
}

} // namespace

std::optional<GroupView> readGroup(store::Session &session, GroupId group)
{
    GroupView view;
    int shape = 0;
    {
        store::Query row = session.query("SELECT g.uuid, g.name, g.external, n.short_id, g.metadata, g.shape, "
                                         "g.modify_index, g.created, g.updated FROM identity_group g "
                                         "JOIN namespace n ON n.id = g.namespace WHERE g.id = ?",
                                         group);
        if (!row.step())
            return std::nullopt;
        view.uuid = row.text(0);
        view.name = row.text(1);
        view.type = row.integer(2) != 0 ? GroupType::External : GroupType::Internal;
        view.namespaceId = row.text(3);
        view.metadata = metadataFromColumn(row.text(4));
        shape = static_cast<int>(row.integer(5));
        view.modifyIndex = row.integer(6);
        view.created = row.integer(7);
        view.updated = row.integer(8);
    }
    readLists(session, group, shape, view);
    view.alias = aliasOfGroup(session, group);
    return view;
}

void listGroups(store::Session &session, NamespaceId ns, const std::function<void(const GroupListItem &)> &give)
{
    store::Query row =
        session.query("SELECT g.uuid, g.name, (SELECT count(*) FROM member_entity WHERE grp = g.id), "
                      "(SELECT count(*) FROM member_group WHERE child = g.id), a.uuid, a.name, a.accessor, "
                      "CASE m.class WHEN 'auth' THEN 'auth/' ELSE '' END || m.path, m.type FROM identity_group g "
                      "LEFT JOIN group_alias a ON a.grp = g.id LEFT JOIN mount m ON m.accessor = a.accessor "
                      "WHERE g.namespace = ? ORDER BY g.uuid",
                      ns);
    while (row.step()) {
        GroupListItem item;
        item.uuid = row.text(0);
        item.name = row.text(1);
        item.memberEntities = row.integer(2);
        item.parentGroups = row.integer(3);
        item.aliasUuid = optionalText(row, 4);
        item.aliasName = row.text(5);
        item.aliasAccessor = row.text(6);
        item.mountPath = optionalText(row, 7);
        item.mountType = optionalText(row, 8);
        give(item);
    }
}

} // namespace kith::identity
