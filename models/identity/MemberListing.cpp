// SPDX-License-Identifier: Apache-2.0
#include "identity/MemberListing.h"

#include "identity/Ancestry.h"

#include <map>
#include <unordered_set>

namespace kith::identity {

namespace {

std::vector<GroupId> directGroups(store::Session &session, EntityId entity)
{
    std::vector<GroupId> result;
    store::Query rows = session.query("SELECT grp FROM member_entity WHERE entity = ? ORDER BY grp", entity);
    while (rows.step())
        result.push_back(rows.id<GroupId>(0));
    return result;
}

/// Counts effective policies of many people, most of whom are in the same groups as others.
class PolicyCounter
{
public:
    explicit PolicyCounter(const Snapshot &snapshot) : m_snapshot(snapshot) {}

    int count(EntityId entity)
    {
        const Policies &inherited = ofGroups(directGroups(m_snapshot.session, entity));
        auto result = inherited.size();
        store::Query own = m_snapshot.session.query("SELECT policy FROM entity_policy WHERE entity = ?", entity);
        while (own.step())
            result += inherited.contains(own.id<PolicyId>(0)) ? 0 : 1;
        return static_cast<int>(result);
    }

private:
    using Policies = std::unordered_set<PolicyId>;
    static constexpr std::size_t MostKept = 10'000;

    const Policies &ofGroups(const std::vector<GroupId> &groups)
    {
        if (const auto known = m_known.find(groups); known != m_known.end())
            return known->second;
        if (m_known.size() >= MostKept)
            m_known.clear();
        Policies policies;
        const Ancestry ancestry(m_snapshot.graph, groups);
        for (std::size_t i = 0; i < ancestry.size(); ++i)
            policies.insert(ancestry.at(i).policies.begin(), ancestry.at(i).policies.end());
        return m_known.emplace(groups, std::move(policies)).first->second;
    }

    const Snapshot &m_snapshot;
    std::map<std::vector<GroupId>, Policies> m_known;
};

/// The members among `byName`, in its order.
std::vector<std::uint32_t> membersInOrder(const std::vector<std::uint32_t> &byName, const std::vector<Member> &members)
{
    std::unordered_set<std::int64_t> ids;
    ids.reserve(members.size());
    for (const Member &member : members)
        ids.insert(member.entity.value);
    std::vector<std::uint32_t> result;
    result.reserve(std::min(byName.size(), members.size()));
    std::copy_if(byName.begin(), byName.end(), std::back_inserter(result),
                 [&](std::uint32_t id) { return ids.contains(id); });
    return result;
}

void sortBy(std::vector<std::uint32_t> &rows, const std::unordered_map<std::uint32_t, int> &key)
{
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return key.at(a) < key.at(b); });
}

void sortByWayIn(std::vector<std::uint32_t> &rows, const std::vector<Member> &members)
{
    std::unordered_map<std::uint32_t, int> rank; // `members` comes by way in, so a rank a group they are in
    int current = -1;
    GroupId through;
    for (const Member &member : members) {
        if (member.through != through) {
            through = member.through;
            ++current;
        }
        rank.emplace(static_cast<std::uint32_t>(member.entity.value), current);
    }
    sortBy(rows, rank);
}

Result<void> sortByPolicies(const Snapshot &snapshot, std::vector<std::uint32_t> &rows, const std::atomic<bool> *cancel)
{
    std::unordered_map<std::uint32_t, int> counts;
    PolicyCounter counter(snapshot);
    for (const std::uint32_t id : rows) {
        if (cancel && *cancel)
            return Error{ErrorCode::Cancelled, 0, "cancelled", {}};
        counts.emplace(id, counter.count(EntityId{id}));
    }
    sortBy(rows, counts);
    return {};
}

/// The shortest way from one of the groups up to the target of `ways`.
std::vector<NamedGroup> wayIn(const Graph &graph, const Descent &ways, const std::vector<GroupId> &groups)
{
    const auto before = [&](const std::vector<GroupId> &a, const std::vector<GroupId> &b) {
        if (a.size() != b.size())
            return a.size() < b.size();
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                            [&](GroupId x, GroupId y) { return graph.before(x, y); });
    };
    std::vector<GroupId> best;
    for (const GroupId group : groups) {
        std::vector<GroupId> way = ways.chain(group);
        if (!way.empty() && (best.empty() || before(way, best)))
            best = std::move(way);
    }
    std::vector<NamedGroup> result;
    for (const GroupId id : best) {
        const Graph::Group *group = graph.group(id);
        result.push_back({id, group->name, group->external});
    }
    return result;
}

} // namespace

Result<RowList> memberRows(const Snapshot &snapshot, const SearchIndex &index, const MemberQuery &query,
                           const std::atomic<bool> *cancel)
{
    auto people = members(snapshot, query.group, query.depth, cancel);
    if (!people)
        return people.error();
    auto byName = index.entityRows({query.filter, EntitySort::Name, SortOrder::Ascending}, cancel);
    if (!byName)
        return byName.error();
    std::vector<std::uint32_t> rows = membersInOrder(**byName, people->members);
    if (query.sort == MemberSort::WayIn)
        sortByWayIn(rows, people->members);
    if (query.sort == MemberSort::Policies) {
        if (auto sorted = sortByPolicies(snapshot, rows, cancel); !sorted)
            return sorted.error();
    }
    if (query.order == SortOrder::Descending)
        std::reverse(rows.begin(), rows.end());
    return std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
}

std::vector<ListedMember> listMembers(const Snapshot &snapshot, GroupId group, const std::vector<EntityId> &ids)
{
    std::vector<ListedMember> result;
    if (!snapshot.graph.group(group))
        return result;
    const Descent ways(snapshot.graph, {group});
    PolicyCounter counter(snapshot);
    for (ListedEntity &entity : listEntities(snapshot.session, ids)) {
        ListedMember member;
        member.wayIn = wayIn(snapshot.graph, ways, directGroups(snapshot.session, entity.id));
        if (member.wayIn.empty())
            continue;
        member.effectivePolicies = counter.count(entity.id);
        member.entity = std::move(entity);
        result.push_back(std::move(member));
    }
    return result;
}

} // namespace kith::identity
