// SPDX-License-Identifier: Apache-2.0
#include "identity/Details.h"

#include "identity/Ancestry.h"
#include "identity/Members.h"

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

std::vector<GroupMembership> membershipsOf(const Snapshot &snapshot, EntityId entity)
{
    std::vector<GroupId> direct;
    store::Query rows = snapshot.session.query("SELECT grp FROM member_entity WHERE entity = ?", entity);
    while (rows.step())
        direct.push_back(rows.id<GroupId>(0));
    const Ancestry ancestry(snapshot.graph, std::move(direct));
    std::vector<GroupMembership> result;
    for (std::size_t i = 0; i < ancestry.size(); ++i) {
        GroupMembership membership;
        for (const GroupId id : ancestry.chain(i)) {
            const Graph::Group *group = snapshot.graph.group(id);
            membership.chain.push_back({id, group->name, group->external});
        }
        if (membership.chain.front().external)
            membership.external = externalMembership(snapshot.session, membership.chain.front().id, entity);
        result.push_back(std::move(membership));
    }
    std::stable_sort(result.begin(), result.end(), [](const GroupMembership &a, const GroupMembership &b) {
        const bool inheritedA = a.chain.size() > 1;
        const bool inheritedB = b.chain.size() > 1;
        return inheritedA != inheritedB ? inheritedB : a.chain.back().name < b.chain.back().name;
    });
    return result;
}

Error gone(std::string_view what)
{
    return {ErrorCode::NotFound, 404, std::string(what) + " not found", {}};
}

} // namespace

Result<EntityDetails> entityDetails(const Snapshot &snapshot, EntityId id)
{
    store::Session &session = snapshot.session;
    std::vector<ListedEntity> listed = listEntities(session, {id});
    if (listed.empty())
        return gone("entity");
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
    result.groups = membershipsOf(snapshot, id);
    result.changes = externalChanges(session, id);
    result.mergedUuids =
        readTexts(session.query("SELECT uuid FROM merged_entity WHERE entity = ? ORDER BY position", id));
    return result;
}

Result<GroupDetails> groupDetails(const Snapshot &snapshot, GroupId id, const std::atomic<bool> *cancel)
{
    store::Session &session = snapshot.session;
    std::vector<ListedGroup> listed = listGroups(session, {id});
    if (listed.empty())
        return gone("group");
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
    auto reached = peopleReached(snapshot, id, cancel);
    if (!reached)
        return reached.error();
    result.reached = *reached;
    result.lastMember = lastMemberOf(session, id);
    return result;
}

} // namespace kith::identity
