// SPDX-License-Identifier: Apache-2.0
#include "identity/Members.h"

#include "identity/Cancel.h"
#include "identity/RowIdSet.h"

namespace kith::identity {

namespace {

/// Calls `function(Member)` once for everyone in the groups, nearest group first. False: cancelled.
template <class Function>
bool forEachMember(const Snapshot &snapshot, const Descent &ways, Depth depth, const std::atomic<bool> *cancel,
                   Function &&function)
{
    RowIdSet seen;
    std::size_t count = 0;
    for (const Descent::Step &step : ways.steps()) {
        if (depth == Depth::Direct && step.next)
            break;
        auto rows = snapshot.session.query("SELECT entity FROM member_entity WHERE grp = ?", step.group->id);
        while (rows.step()) {
            if (++count % 4096 == 0 && isCancelled(cancel))
                return false;
            if (seen.insert(rows.integer(0)))
                function(Member{rows.id<EntityId>(0), step.group->id});
        }
    }
    return true;
}

} // namespace

Result<MemberList> members(const Snapshot &snapshot, GroupId group, Depth depth, const std::atomic<bool> *cancel)
{
    if (!snapshot.graph.group(group))
        return Error{ErrorCode::NotFound, 404, {}, {}};
    MemberList list{{}, Descent(snapshot.graph, {group})};
    if (!forEachMember(snapshot, list.ways, depth, cancel, [&](Member member) { list.members.push_back(member); }))
        return cancelled();
    return list;
}

Result<std::int64_t> peopleReached(const Snapshot &snapshot, GroupId group, const std::atomic<bool> *cancel)
{
    if (!snapshot.graph.group(group))
        return Error{ErrorCode::NotFound, 404, {}, {}};
    std::int64_t people = 0;
    if (!forEachMember(snapshot, Descent(snapshot.graph, {group}), Depth::WithSubgroups, cancel,
                       [&](Member) { ++people; }))
        return cancelled();
    return people;
}

} // namespace kith::identity
