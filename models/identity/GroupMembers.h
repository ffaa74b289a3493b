// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"
#include "store/Session.h"

#include <atomic>
#include <string>
#include <vector>

namespace kith::identity {

/// Memberships to add and to remove, as UUIDs (or, as an answer, those that really changed).
struct MemberChange {
    std::vector<std::string> addEntities;
    std::vector<std::string> removeEntities;
    std::vector<std::string> addGroups;
    std::vector<std::string> removeGroups;

    bool empty() const
    {
        return addEntities.empty() && removeEntities.empty() && addGroups.empty() && removeGroups.empty();
    }
};

/// Makes `uuids` (cleaned here) the only member entities. Unknown ones are a raw error. Doesn't count as a change of
/// the group itself: who calls it stores the group. Source: spec/engine.md §5, also for the following.
Result<void> setMemberEntities(store::WriteSession &session, GroupId group, const std::vector<std::string> &uuids);

/// Makes `uuids` the only subgroups. Each that comes or goes counts a change. Refused: unknown ones, the group itself,
/// and what would close a cycle.
Result<void> setMemberGroups(store::WriteSession &session, GroupId group, const std::vector<std::string> &uuids);

/// Changes members by their difference, so that it costs nothing how many there are. Refuses what setting them would
/// refuse, any change of an external group, and an id that is both added and removed. Adding what is in, and removing
/// what isn't, is no error; when nothing changes the group isn't stored.
/// Answers what really changed. Cancelled when `cancel` says so.
Result<MemberChange> changeMembers(store::WriteSession &session, GroupId group, const MemberChange &change,
                                   const std::atomic<bool> *cancel = nullptr);

/// Whether `group` stands somewhere above `below`, or is it.
bool isAncestorOrSelf(store::Session &session, GroupId group, GroupId below);

/// Adds one edge, both ends of which exist; the caller has refused cycles. False: it was there.
bool linkSubgroup(store::WriteSession &session, GroupId parent, GroupId child);
bool unlinkSubgroup(store::WriteSession &session, GroupId parent, GroupId child);

/// Adds one membership; false: it was there.
bool addMember(store::WriteSession &session, GroupId group, EntityId entity);
bool removeMember(store::WriteSession &session, GroupId group, EntityId entity);

/// Takes a group that is about to go out of every membership, in either direction.
void unlinkGroup(store::WriteSession &session, GroupId group);

} // namespace kith::identity
