// SPDX-License-Identifier: Apache-2.0
#include "core/CallerRules.h"

#include "identity/EntityViews.h"
#include "identity/Graph.h"
#include "policy/PolicyNames.h"

#include <algorithm>
#include <unordered_set>

namespace kith::core {

namespace {

policy::TemplateMetadata metadataOf(const identity::StoredMetadata &metadata)
{
    return metadata ? policy::TemplateMetadata(metadata->begin(), metadata->end()) : policy::TemplateMetadata();
}

bool mentions(const policy::Policy &policy, std::string_view text)
{
    return std::any_of(policy.rules.begin(), policy.rules.end(), [&](const policy::PathRule &rule) {
        return rule.templated && rule.path.find(text) != std::string::npos;
    });
}

} // namespace

std::optional<CallerEntity> entityOf(store::Session &session, std::string_view uuid)
{
    auto own = session.query("SELECT id, namespace, disabled FROM entity WHERE uuid = ?", uuid);
    if (own.step())
        return CallerEntity{own.id<EntityId>(0), own.id<NamespaceId>(1), own.integer(2) != 0};
    auto merged = session.query("SELECT e.id, e.namespace, e.disabled FROM merged_entity m "
                                "JOIN entity e ON e.id = m.entity WHERE m.uuid = ?",
                                uuid);
    if (merged.step())
        return CallerEntity{merged.id<EntityId>(0), merged.id<NamespaceId>(1), merged.integer(2) != 0};
    return std::nullopt;
}

std::vector<GroupId> groupsOf(const identity::Snapshot &snapshot, EntityId entity)
{
    std::vector<GroupId> groups;
    std::unordered_set<GroupId> seen;
    auto rows = snapshot.session.query("SELECT grp FROM member_entity WHERE entity = ?", entity);
    while (rows.step())
        if (seen.insert(rows.id<GroupId>(0)).second)
            groups.push_back(rows.id<GroupId>(0));
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const identity::Graph::Group *group = snapshot.graph.group(groups[i]);
        if (!group)
            continue;
        for (const GroupId parent : group->parents)
            if (seen.insert(parent).second)
                groups.push_back(parent);
    }
    return groups;
}

std::vector<PolicyId> identityPolicies(const identity::Snapshot &snapshot, EntityId entity)
{
    std::vector<PolicyId> ids;
    auto own = snapshot.session.query("SELECT policy FROM entity_policy WHERE entity = ?", entity);
    while (own.step())
        ids.push_back(own.id<PolicyId>(0));
    for (const GroupId id : groupsOf(snapshot, entity))
        if (const identity::Graph::Group *group = snapshot.graph.group(id))
            ids.insert(ids.end(), group->policies.begin(), group->policies.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

std::vector<std::string> namesOf(const identity::Snapshot &snapshot, const std::vector<PolicyId> &policies)
{
    std::vector<std::string> names;
    names.reserve(policies.size());
    for (const PolicyId id : policies) {
        const identity::Graph::Policy *known = snapshot.graph.policy(id);
        names.push_back(known ? known->name : policy::policyName(snapshot.session, id));
    }
    std::sort(names.begin(), names.end());
    return names;
}

policy::TemplateValues templateValues(const identity::Snapshot &snapshot, EntityId id, TemplateNeeds needs)
{
    policy::TemplateValues values;
    values.now = snapshot.now;
    if (!id)
        return values;
    store::Session &session = snapshot.session;
    auto row = session.query("SELECT uuid, name, metadata FROM entity WHERE id = ?", id);
    if (!row.step())
        return values;
    policy::TemplateValues::Entity &entity = values.entity.emplace();
    entity.id = row.text(0);
    entity.name = row.text(1);
    entity.metadata = metadataOf(identity::metadataFromColumn(row.text(2)));
    if (needs.aliases)
        for (const identity::EntityAliasView &alias : identity::aliasesOf(session, id))
            entity.aliases.push_back(
                {alias.uuid, alias.name, alias.accessor, metadataOf(alias.metadata), metadataOf(alias.customMetadata)});
    if (needs.groups)
        for (const GroupId each : groupsOf(snapshot, id)) {
            auto group = session.query("SELECT uuid, name, metadata FROM identity_group WHERE id = ?", each);
            if (group.step())
                values.groups.push_back({std::string(group.text(0)), std::string(group.text(1)),
                                         metadataOf(identity::metadataFromColumn(group.text(2))), true});
        }
    return values;
}

CallerRules::CallerRules(const identity::Snapshot &snapshot, policy::PolicyCache &cache, EntityId entity,
                         NamespaceId ns)
    : m_snapshot(snapshot), m_cache(cache), m_entity(entity), m_ns(ns)
{}

void CallerRules::endsAt(Nanoseconds time)
{
    if (m_until == 0 || time < m_until)
        m_until = time;
}

void CallerRules::add(PolicyId id)
{
    auto policy = m_cache.get(m_snapshot.session, id, m_snapshot.now, m_ns);
    if (!policy)
        return;
    if (const auto expiry = m_snapshot.session.integer(
            "SELECT expiration FROM acl_policy WHERE policy = ? AND namespace = ?", id, m_ns))
        endsAt(*expiry);
    for (const policy::PathRule &rule : policy->rules)
        if (rule.expires > m_snapshot.now)
            endsAt(rule.expires);
    if (mentions(*policy, "time.now"))
        endsAt(m_snapshot.now);
    m_policies.push_back(std::move(policy));
}

void CallerRules::add(const std::vector<std::string> &names)
{
    for (const std::string &name : names) {
        if (name == "root") {
            auto root = std::make_shared<policy::Policy>();
            root->name = "root";
            m_policies.push_back(std::move(root));
        } else if (const auto id = policy::findPolicy(m_snapshot.session, name)) {
            add(*id);
        }
    }
}

std::vector<std::string> CallerRules::addIdentityPolicies()
{
    if (!m_entity)
        return {};
    const std::vector<PolicyId> ids = identityPolicies(m_snapshot, m_entity);
    for (const PolicyId id : ids) {
        const identity::Graph::Policy *known = m_snapshot.graph.policy(id);
        if (!known || known->name != "root") // entities and groups can't carry it
            add(id);
    }
    return namesOf(m_snapshot, ids);
}

const policy::TemplateValues &CallerRules::values()
{
    if (m_values)
        return *m_values;
    const auto uses = [&](std::string_view text) {
        return std::any_of(m_policies.begin(), m_policies.end(), [&](const auto &p) { return mentions(*p, text); });
    };
    m_values = templateValues(m_snapshot, m_entity, {uses("identity.entity.aliases"), uses("identity.groups")});
    return *m_values;
}

Result<void> CallerRules::addText(std::string_view text)
{
    auto policy = policy::parsePolicy(text, m_snapshot.now);
    if (!policy)
        return policy.error();
    m_policies.push_back(std::make_shared<const policy::Policy>(std::move(*policy)));
    return {};
}

Result<std::shared_ptr<const policy::Acl>> CallerRules::acl()
{
    std::vector<std::shared_ptr<const policy::Policy>> rendered;
    rendered.reserve(m_policies.size());
    for (const auto &policy : m_policies) {
        const bool templated = std::any_of(policy->rules.begin(), policy->rules.end(),
                                           [](const policy::PathRule &rule) { return rule.templated; });
        if (!templated) {
            rendered.push_back(policy);
            continue;
        }
        auto filled = policy::renderPolicy(*policy, values());
        if (!filled)
            return filled.error();
        rendered.push_back(std::make_shared<const policy::Policy>(std::move(*filled)));
    }
    return std::make_shared<const policy::Acl>(rendered, m_snapshot.now);
}

} // namespace kith::core
