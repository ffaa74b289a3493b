// SPDX-License-Identifier: Apache-2.0
#include "identity/Explanation.h"

#include "identity/Ancestry.h"
#include "identity/People.h"
#include "policy/PolicyStore.h"

#include <algorithm>
#include <utility>

namespace kith::identity {

namespace {

/// Appends what the groups carry. A policy of `own` gets its further sources there.
void addSources(std::vector<EffectivePolicy> &policies, const Snapshot &snapshot, const Ancestry &groups)
{
    std::vector<std::pair<PolicyId, std::uint32_t>>
        carried; // (policy, index of the group): sorted, the sources in order
    for (std::uint32_t i = 0; i < groups.size(); ++i) {
        for (const PolicyId policy : groups.at(i).policies)
            carried.emplace_back(policy, i);
    }
    if (carried.empty())
        return;
    std::sort(carried.begin(), carried.end());

    const std::vector<BigCount> counts = groups.counts();
    const std::size_t own = policies.size();
    policies.reserve(own + carried.size());
    for (std::size_t i = 0; i < carried.size();) {
        const PolicyId id = carried[i].first;
        const auto onEntity = std::find_if(policies.begin(), policies.begin() + static_cast<std::ptrdiff_t>(own),
                                           [&](const EffectivePolicy &policy) { return policy.policy == id; });
        EffectivePolicy *policy = &*onEntity;
        if (onEntity == policies.begin() + static_cast<std::ptrdiff_t>(own)) {
            policy = &policies.emplace_back();
            policy->policy = id;
            if (const Graph::Policy *known = snapshot.graph.policy(id)) {
                policy->name = known->name;
                policy->defined = known->isDefined(snapshot.now);
            }
        }
        for (; i < carried.size() && carried[i].first == id; ++i)
            policy->sources.push_back({groups.chain(carried[i].second), counts[carried[i].second]});
    }
}

void sortByName(std::vector<EffectivePolicy> &policies)
{
    std::sort(policies.begin(), policies.end(),
              [](const EffectivePolicy &a, const EffectivePolicy &b) { return a.name < b.name; });
}

std::vector<GroupId> directGroups(const Memberships &memberships, EntityId entity)
{
    std::vector<GroupId> groups;
    for (const std::uint32_t group : memberships.groups(entity.value))
        groups.push_back(GroupId{group});
    return groups;
}

EffectivePolicy ownPolicy(const Snapshot &snapshot, PolicyId id)
{
    if (const Graph::Policy *known = snapshot.graph.policy(id))
        return {id, known->name, known->isDefined(snapshot.now), {{{}, 1}}};
    const auto name = snapshot.session.text("SELECT name FROM policy_name WHERE id = ?", id);
    return {id, name.value_or(std::string()), policy::isPolicyDefined(snapshot.session, id, snapshot.now), {{{}, 1}}};
}

} // namespace

Result<std::vector<EffectivePolicy>> effectivePolicies(const Snapshot &snapshot, EntityId entity)
{
    const auto memberships = membershipsOf(snapshot, {entity});
    if (!memberships)
        return memberships.error();
    if (!(*memberships)->contains(entity.value))
        return Error{ErrorCode::NotFound, 404, {}, {}};
    std::vector<EffectivePolicy> policies;
    for (const std::uint32_t id : (*memberships)->policies(entity.value))
        policies.push_back(ownPolicy(snapshot, PolicyId{id}));
    addSources(policies, snapshot, Ancestry(snapshot.graph, directGroups(**memberships, entity)));
    sortByName(policies);
    return policies;
}

Result<std::vector<EffectivePolicy>> effectivePolicies(const Snapshot &snapshot, GroupId group)
{
    if (!snapshot.graph.group(group))
        return Error{ErrorCode::NotFound, 404, {}, {}};
    std::vector<EffectivePolicy> policies;
    addSources(policies, snapshot, Ancestry(snapshot.graph, {group}));
    sortByName(policies);
    return policies;
}

std::vector<std::vector<GroupId>> chainsTo(const Snapshot &snapshot, EntityId entity, GroupId carrier,
                                           std::size_t limit)
{
    const auto memberships = membershipsOf(snapshot, {entity});
    if (!memberships)
        return {};
    return Ancestry(snapshot.graph, directGroups(**memberships, entity)).chainsTo(carrier, limit);
}

std::vector<std::vector<GroupId>> chainsTo(const Snapshot &snapshot, GroupId group, GroupId carrier, std::size_t limit)
{
    return Ancestry(snapshot.graph, {group}).chainsTo(carrier, limit);
}

} // namespace kith::identity
