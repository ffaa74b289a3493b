// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Details.h"
#include "identity/Members.h"
#include "identity/SearchIndex.h"

namespace kith::identity {

enum class MemberSort { Name, WayIn, Policies };

struct MemberQuery {
    GroupId group;
    Depth depth = Depth::Direct;
    std::string filter; ///< As EntityQuery::filter.
    MemberSort sort = MemberSort::Name;
    SortOrder order = SortOrder::Ascending;
};

/// Somebody as the members of one group show them.
struct ListedMember {
    ListedEntity entity;
    std::vector<NamedGroup> wayIn; ///< From the group they are in (first) up to the asked one (last). One: direct.
    int effectivePolicies = 0;
    std::optional<ExternalMembership> external; ///< Of the first group of the way, if that is external.
};

/// Row ids of the people of a group that the filter lets through, in their order; of equal ones in that of the names.
/// NotFound if there is no such group; Cancelled when `cancel` (may be null) becomes true.
Result<RowList> memberRows(const Snapshot &snapshot, const SearchIndex &index, const MemberQuery &query,
                           const std::atomic<bool> *cancel = nullptr);

/// The first `count` of them, if they are found in a moment; null: ask for all (SearchIndex::firstRows).
RowList firstMembers(const Snapshot &snapshot, const SearchIndex &index, const MemberQuery &query, std::size_t count);

/// The values of some of them; who is gone, or isn't in the group or below it any more, is left out.
std::vector<ListedMember> listMembers(const Snapshot &snapshot, GroupId group, const std::vector<EntityId> &ids);

} // namespace kith::identity
