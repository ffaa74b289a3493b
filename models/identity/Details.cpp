// SPDX-License-Identifier: Apache-2.0
#include "identity/Details.h"

#include "identity/Hierarchy.h"

#include <unordered_set>

namespace kith::identity {

namespace {

constexpr std::size_t MostSubgroups = 1000;

std::vector<NamedGroup> readGroups(store::Query rows)
{
    std::vector<NamedGroup> result;
    while (rows.step())
        result.push_back({rows.id<GroupId>(0), std::string(rows.text(1)), rows.integer(2) != 0});
    return result;
}

std::vector<NamedGroup> parentsOf(store::Session &session, GroupId id)
{
    return readGroups(session.query("SELECT g.id, g.name, g.external FROM member_group m "
                                    "JOIN identity_group g ON g.id = m.parent WHERE m.child = ? ORDER BY g.name_key",
                                    id));
}

std::vector<std::string> readTexts(store::Query rows)
{
    std::vector<std::string> result;
    while (rows.step())
        result.emplace_back(rows.text(0));
    return result;
}

/// Columns: uuid, accessor, name, mount path, mount type, metadata, custom metadata.
std::vector<AliasDetails> readAliases(store::Query rows)
{
    std::vector<AliasDetails> result;
    while (rows.step()) {
        AliasDetails alias;
        alias.uuid = rows.text(0);
        alias.accessor = rows.text(1);
        alias.name.name = rows.text(2);
        alias.name.mount = rows.text(3);
        if (alias.name.mount.ends_with('/'))
            alias.name.mount.pop_back();
        alias.name.type = rows.text(4);
        alias.metadata = metadataFromColumn(rows.text(5)).value_or(Metadata());
        alias.customMetadata = metadataFromColumn(rows.text(6)).value_or(Metadata());
        result.push_back(std::move(alias));
    }
    return result;
}

/// Direct groups, then level by level what is above them. Each level is visited in the order of its chains' names and
/// parents come by name, so the first chain that reaches a group is the one that GroupMembership promises.
std::vector<GroupMembership> membershipsOf(store::Session &session, EntityId entity)
{
    std::vector<GroupMembership> result;
    std::unordered_set<std::int64_t> seen;
    for (NamedGroup &group :
         readGroups(session.query("SELECT g.id, g.name, g.external FROM member_entity m "
                                  "JOIN identity_group g ON g.id = m.grp WHERE m.entity = ? ORDER BY g.name_key",
                                  entity))) {
        seen.insert(group.id.value);
        GroupMembership membership;
        if (group.external)
            membership.mount = listGroups(session, {group.id}).front().mount;
        membership.chain.push_back(std::move(group));
        result.push_back(std::move(membership));
    }
    const auto direct = static_cast<std::ptrdiff_t>(result.size());
    for (std::size_t at = 0; at < result.size(); ++at) {
        for (NamedGroup &parent : parentsOf(session, result[at].chain.back().id)) {
            if (!seen.insert(parent.id.value).second)
                continue;
            GroupMembership membership = result[at];
            membership.chain.push_back(std::move(parent));
            result.push_back(std::move(membership));
        }
    }
    std::stable_sort(result.begin() + direct, result.end(), [](const GroupMembership &a, const GroupMembership &b) {
        return a.chain.back().name < b.chain.back().name;
    });
    return result;
}

std::int64_t peopleBelow(store::Session &session, GroupId id)
{
    std::unordered_set<std::int64_t> people;
    store::Query members = session.query("SELECT entity FROM member_entity WHERE grp = ?");
    for (const std::int64_t group : withDescendants(session, {id})) {
        members.bind(1, group);
        while (members.step())
            people.insert(members.integer(0));
        members.reset();
    }
    return static_cast<std::int64_t>(people.size());
}

} // namespace

std::optional<EntityDetails> entityDetails(store::Session &session, EntityId id)
{
    std::vector<ListedEntity> listed = listEntities(session, {id});
    if (listed.empty())
        return std::nullopt;
    EntityDetails result;
    result.listed = std::move(listed.front());
    store::Query row = session.query("SELECT version, created, metadata FROM entity WHERE id = ?", id);
    row.step();
    result.version = row.integer(0);
    result.created = row.integer(1);
    result.metadata = metadataFromColumn(row.text(2)).value_or(Metadata());
    result.aliases = readAliases(session.query(
        "SELECT a.uuid, a.accessor, a.name, m.path, m.type, a.metadata, a.custom_metadata FROM entity_alias a "
        "LEFT JOIN mount m ON m.accessor = a.accessor WHERE a.entity = ? ORDER BY a.id",
        id));
    result.policies = readTexts(session.query(
        "SELECT p.name FROM entity_policy e JOIN policy_name p ON p.id = e.policy WHERE e.entity = ? ORDER BY p.name",
        id));
    result.groups = membershipsOf(session, id);
    result.mergedUuids =
        readTexts(session.query("SELECT uuid FROM merged_entity WHERE entity = ? ORDER BY position", id));
    return result;
}

std::optional<GroupDetails> groupDetails(store::Session &session, GroupId id)
{
    std::vector<ListedGroup> listed = listGroups(session, {id});
    if (listed.empty())
        return std::nullopt;
    GroupDetails result;
    result.listed = std::move(listed.front());
    store::Query row =
        session.query("SELECT modify_index, created, updated, metadata FROM identity_group WHERE id = ?", id);
    row.step();
    result.modifyIndex = row.integer(0);
    result.created = row.integer(1);
    result.updated = row.integer(2);
    result.metadata = metadataFromColumn(row.text(3)).value_or(Metadata());
    std::vector<AliasDetails> aliases = readAliases(session.query(
        "SELECT a.uuid, a.accessor, a.name, m.path, m.type, a.metadata, a.custom_metadata FROM group_alias a "
        "LEFT JOIN mount m ON m.accessor = a.accessor WHERE a.grp = ?",
        id));
    if (!aliases.empty())
        result.alias = std::move(aliases.front());
    result.policies = readTexts(session.query(
        "SELECT p.name FROM group_policy g JOIN policy_name p ON p.id = g.policy WHERE g.grp = ? ORDER BY p.name", id));
    result.parents = parentsOf(session, id);
    result.subgroups = readGroups(session.query("SELECT g.id, g.name, g.external FROM member_group m "
                                                "JOIN identity_group g ON g.id = m.child WHERE m.parent = ? "
                                                "ORDER BY g.name_key LIMIT ?",
                                                id, static_cast<std::int64_t>(MostSubgroups)));
    result.reached = peopleBelow(session, id);
    return result;
}

} // namespace kith::identity
