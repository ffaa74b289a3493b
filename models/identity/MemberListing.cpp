// SPDX-License-Identifier: Apache-2.0
#include "identity/MemberListing.h"

#include "identity/People.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <unordered_map>

namespace kith::identity {

namespace {

std::vector<GroupId> directGroups(const Memberships &memberships, EntityId entity)
{
    std::vector<GroupId> groups;
    for (const std::uint32_t group : memberships.groups(entity.value))
        groups.push_back(GroupId{group});
    return groups;
}

/// The members among `byName`, in its order.
std::vector<std::uint32_t> membersInOrder(const std::vector<std::uint32_t> &byName, const RowIdSet &members)
{
    std::vector<std::uint32_t> result;
    std::copy_if(byName.begin(), byName.end(), std::back_inserter(result),
                 [&](std::uint32_t id) { return members.contains(id); });
    return result;
}

/// Stable. `keys` are those of the rows; small numbers, so that sorting is counting.
void sortBy(std::vector<std::uint32_t> &rows, const std::vector<std::uint32_t> &keys)
{
    std::vector<std::size_t> places(keys.empty() ? 1 : *std::max_element(keys.begin(), keys.end()) + 2);
    for (const std::uint32_t key : keys)
        ++places[key + 1];
    std::partial_sum(places.begin(), places.end(), places.begin());
    std::vector<std::uint32_t> sorted(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        sorted[places[keys[row]]++] = rows[row];
    rows = std::move(sorted);
}

void sortByWayIn(std::vector<std::uint32_t> &rows, const std::vector<Member> &members)
{
    std::unordered_map<std::uint32_t, std::uint32_t> ranks; // `members` comes by way in: a rank a group they are in
    std::uint32_t current = 0;
    GroupId through;
    for (const Member &member : members) {
        current += member.through != through ? 1 : 0;
        through = member.through;
        ranks.emplace(static_cast<std::uint32_t>(member.entity.value), current);
    }
    std::vector<std::uint32_t> keys(rows.size());
    std::transform(rows.begin(), rows.end(), keys.begin(), [&](std::uint32_t row) { return ranks.at(row); });
    sortBy(rows, keys);
}

/// Those whose people are asked for.
std::vector<GroupId> groupsOf(const Snapshot &snapshot, const MemberQuery &query)
{
    if (query.depth == Depth::Direct)
        return {query.group};
    std::vector<GroupId> groups;
    const Descent descent(snapshot.graph, {query.group});
    for (const Descent::Step &step : descent.steps())
        groups.push_back(step.group->id);
    return groups;
}

/// Who is in the group of the query; and for the order of the ways in, by which group.
Result<RowIdSet> membersOf(const Snapshot &snapshot, const MemberQuery &query, std::vector<Member> &byWay,
                           const std::atomic<bool> *cancel)
{
    if (!snapshot.graph.group(query.group))
        return Error{ErrorCode::NotFound, 404, {}, {}};
    if (query.sort != MemberSort::WayIn)
        return peopleIn(snapshot, groupsOf(snapshot, query), cancel);
    auto list = members(snapshot, query.group, query.depth, cancel);
    if (!list)
        return list.error();
    RowIdSet people;
    for (const Member &member : list->members)
        people.insert(member.entity.value);
    byWay = std::move(list->members);
    return people;
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
    std::vector<Member> byWay;
    const auto people = membersOf(snapshot, query, byWay, cancel);
    if (!people)
        return people.error();
    const auto byName = index.entityRows({query.filter, EntitySort::Name, SortOrder::Ascending}, cancel);
    if (!byName)
        return byName.error();
    std::vector<std::uint32_t> rows = membersInOrder(**byName, *people);
    if (query.sort == MemberSort::WayIn)
        sortByWayIn(rows, byWay);
    if (query.sort == MemberSort::Policies) {
        const auto counts = policyCounts(snapshot, rows, cancel);
        if (!counts)
            return counts.error();
        sortBy(rows, *counts);
    }
    if (query.order == SortOrder::Descending)
        std::reverse(rows.begin(), rows.end());
    return std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
}

RowList firstMembers(const Snapshot &snapshot, const SearchIndex &index, const MemberQuery &query, std::size_t count)
{
    if (!snapshot.memberships || query.sort != MemberSort::Name || !snapshot.graph.group(query.group))
        return nullptr;
    RowIdSet groups;
    for (const GroupId group : groupsOf(snapshot, query))
        groups.insert(group.value);
    return index.firstRows({query.filter, EntitySort::Name, query.order}, count, [&](std::uint32_t id) {
        const Memberships::Ids in = snapshot.memberships->groups(id);
        return std::any_of(in.begin(), in.end(), [&](std::uint32_t group) { return groups.contains(group); });
    });
}

std::vector<ListedMember> listMembers(const Snapshot &snapshot, GroupId group, const std::vector<EntityId> &ids)
{
    std::vector<ListedMember> result;
    if (!snapshot.graph.group(group))
        return result;
    std::vector<ListedEntity> entities = listEntities(snapshot.session, ids);
    std::vector<std::uint32_t> rows(entities.size());
    std::transform(entities.begin(), entities.end(), rows.begin(),
                   [](const ListedEntity &entity) { return static_cast<std::uint32_t>(entity.id.value); });
    std::vector<EntityId> sorted(ids);
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    const auto memberships = membershipsOf(snapshot, sorted);
    const auto counts = policyCounts(snapshot, rows);
    if (!memberships || !counts)
        return result;
    const Descent ways(snapshot.graph, {group});
    for (std::size_t i = 0; i < entities.size(); ++i) {
        std::vector<NamedGroup> way = wayIn(snapshot.graph, ways, directGroups(**memberships, entities[i].id));
        if (way.empty())
            continue;
        const EntityId entity = entities[i].id;
        result.push_back({std::move(entities[i]), std::move(way), static_cast<int>((*counts)[i]), std::nullopt});
        if (const NamedGroup &first = result.back().wayIn.front(); first.external)
            result.back().external = externalMembership(snapshot.session, first.id, entity);
    }
    return result;
}

} // namespace kith::identity
