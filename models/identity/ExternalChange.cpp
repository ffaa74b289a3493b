// SPDX-License-Identifier: Apache-2.0
#include "identity/ExternalChange.h"

namespace kith::identity {

namespace {

/// Columns from `first` on: the alias's uuid and name, its mount's path.
AliasOnMount aliasIn(const store::Query &row, int first)
{
    AliasOnMount alias{std::string(row.text(first)), std::string(row.text(first + 1)),
                       std::string(row.text(first + 2))};
    if (alias.mount.ends_with('/'))
        alias.mount.pop_back();
    return alias;
}

RefreshedBy byIn(const store::Query &row, int column)
{
    return row.integer(column) != 0 ? RefreshedBy::Renewal : RefreshedBy::Login;
}

void addGroups(store::Session &session, AliasId alias, ExternalChange &change)
{
    store::Query rows = session.query("SELECT c.joined, g.id, g.name, g.external FROM external_change_group c "
                                      "JOIN identity_group g ON g.id = c.grp WHERE c.alias = ? ORDER BY g.name_key",
                                      alias);
    while (rows.step())
        (rows.integer(0) != 0 ? change.joined : change.left)
            .push_back({rows.id<GroupId>(1), std::string(rows.text(2)), rows.integer(3) != 0});
}

} // namespace

std::vector<ExternalChange> externalChanges(store::Session &session, EntityId entity)
{
    std::vector<AliasId> aliases;
    std::vector<ExternalChange> changes;
    {
        store::Query rows =
            session.query("SELECT a.id, c.time, c.renewal, a.uuid, a.name, m.path FROM entity_alias a "
                          "JOIN external_change c ON c.alias = a.id LEFT JOIN mount m ON m.accessor = a.accessor "
                          "WHERE a.entity = ? ORDER BY m.path, a.id",
                          entity);
        while (rows.step()) {
            aliases.push_back(rows.id<AliasId>(0));
            changes.push_back({aliasIn(rows, 3), rows.integer(1), byIn(rows, 2), {}, {}});
        }
    }
    for (std::size_t i = 0; i < aliases.size(); ++i)
        addGroups(session, aliases[i], changes[i]);
    return changes;
}

std::optional<LastMember> lastMemberOf(store::Session &session, GroupId group)
{
    store::Query row =
        session.query("SELECT e.id, e.uuid, e.name, a.uuid, a.name, m.path, l.time, l.renewal, l.joined "
                      "FROM last_member l JOIN entity_alias a ON a.id = l.alias JOIN entity e ON e.id = a.entity "
                      "LEFT JOIN mount m ON m.accessor = a.accessor WHERE l.grp = ?",
                      group);
    if (!row.step())
        return std::nullopt;
    return LastMember{row.id<EntityId>(0), std::string(row.text(1)), std::string(row.text(2)),
                      aliasIn(row, 3),     row.integer(6),           byIn(row, 7),
                      row.integer(8) != 0};
}

void keepExternalChange(store::WriteSession &session, const NewExternalChange &change)
{
    session.run("INSERT INTO external_change (alias, time, renewal) VALUES (?1, ?2, ?3) "
                "ON CONFLICT (alias) DO UPDATE SET time = ?2, renewal = ?3",
                change.alias, change.time, change.by == RefreshedBy::Renewal);
    session.run("DELETE FROM external_change_group WHERE alias = ?", change.alias);
    store::Query row =
        session.query("INSERT INTO external_change_group (alias, grp, joined) VALUES (?1, ?2, ?3)", change.alias);
    for (const bool joined : {true, false})
        for (const GroupId group : joined ? change.joined : change.left)
            row.bind(2, group).bind(3, joined).run();
}

void keepLastMember(store::WriteSession &session, GroupId group, const NewExternalChange &change, bool joined)
{
    session.run("INSERT INTO last_member (grp, alias, time, renewal, joined) VALUES (?1, ?2, ?3, ?4, ?5) "
                "ON CONFLICT (grp) DO UPDATE SET alias = ?2, time = ?3, renewal = ?4, joined = ?5",
                group, change.alias, change.time, change.by == RefreshedBy::Renewal, joined);
}

void forgetExternalChanges(store::WriteSession &session, AliasId alias)
{
    session.run("DELETE FROM external_change WHERE alias = ?", alias); // and of its groups with it
    session.run("DELETE FROM last_member WHERE alias = ?", alias);
}

} // namespace kith::identity
