// SPDX-License-Identifier: Apache-2.0
#include "identity/Explanation.h"

#include "identity/Ancestry.h"
#include "identity/People.h"
#include "policy/PolicyStore.h"

#include <algorithm>
#include <tuple>

namespace kith::identity {

namespace {

constexpr std::uint32_t OnEntity = 0; // else the index of the group + 1

/// Policies as (rank of the name, where it is carried): sorted, they are in the order of the answer, and so are the
/// sources of each.
struct Carried {
    std::uint32_t rank;
    std::uint32_t where;
    PolicyId policy;

    friend bool operator<(const Carried &a, const Carried &b)
    {
        return std::tie(a.rank, a.policy, a.where) < std::tie(b.rank, b.policy, b.where);
    }
};

EffectivePolicy unexplained(const Snapshot &snapshot, PolicyId id)
{
    if (const Graph::Policy *known = snapshot.graph.policy(id))
        return {id, known->name, known->isDefined(snapshot.now), {}};
    const auto name = snapshot.session.text("SELECT name FROM policy_name WHERE id = ?", id);
    return {id, name.value_or(std::string()), policy::isPolicyDefined(snapshot.session, id, snapshot.now), {}};
}

std::vector<EffectivePolicy> explained(const Snapshot &snapshot, const Ancestry &groups, Memberships::Ids own)
{
    std::vector<Carried> carried;
    carried.reserve(own.size() + 4 * groups.size());
    const auto carry = [&](PolicyId policy, std::uint32_t where) {
        carried.push_back({snapshot.graph.rankOf(policy), where, policy});
    };
    for (const std::uint32_t policy : own)
        carry(PolicyId{policy}, OnEntity);
    for (std::uint32_t i = 0; i < groups.size(); ++i) {
        for (const PolicyId policy : groups.at(i).policies)
            carry(policy, i + 1);
    }
    std::sort(carried.begin(), carried.end());

    const std::vector<BigCount> counts = groups.counts();
    std::vector<EffectivePolicy> policies;
    policies.reserve(carried.size());
    for (auto first = carried.begin(); first != carried.end();) {
        const auto last =
            std::find_if(first, carried.end(), [&](const Carried &next) { return next.policy != first->policy; });
        EffectivePolicy &policy = policies.emplace_back(unexplained(snapshot, first->policy));
        policy.sources.reserve(static_cast<std::size_t>(last - first));
        for (; first != last; ++first) {
            if (first->where == OnEntity)
                policy.sources.push_back({{}, 1});
            else
                policy.sources.push_back({groups.chain<Chain>(first->where - 1), counts[first->where - 1]});
        }
    }
    return policies;
}

std::vector<GroupId> directGroups(const Memberships &memberships, EntityId entity)
{
    std::vector<GroupId> groups;
    for (const std::uint32_t group : memberships.groups(entity.value))
        groups.push_back(GroupId{group});
    return groups;
}

} // namespace

Result<std::vector<EffectivePolicy>> effectivePolicies(const Snapshot &snapshot, EntityId entity)
{
    const auto memberships = membershipsOf(snapshot, {entity});
    if (!memberships)
        return memberships.error();
    if (!(*memberships)->contains(entity.value))
        return Error{ErrorCode::NotFound, 404, {}, {}};
    const Ancestry groups(snapshot.graph, directGroups(**memberships, entity));
    return explained(snapshot, groups, (*memberships)->policies(entity.value));
}

Result<std::vector<EffectivePolicy>> effectivePolicies(const Snapshot &snapshot, GroupId group)
{
    if (!snapshot.graph.group(group))
        return Error{ErrorCode::NotFound, 404, {}, {}};
    return explained(snapshot, Ancestry(snapshot.graph, {group}), {});
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
