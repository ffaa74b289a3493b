// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/GroupsAbove.h"
#include "identity/Memberships.h"
#include "identity/Preview.h"

#include <chrono>
#include <map>
#include <string>
#include <unordered_map>

namespace kith::identity {

/// Adds up what people lose who only gain policies. People in the same groups, and those with the same policies, are
/// judged once.
class LostAccessSum
{
public:
    /// `groups` holds all groups that anybody to be added is in; they come to have `coming` (sorted) too.
    LostAccessSum(const Snapshot &snapshot, policy::PolicyCache &cache, const GroupsAbove &groups,
                  std::vector<PolicyId> coming);

    /// Somebody is directly in `groups` and has `own` policies.
    void add(Memberships::Ids groups, Memberships::Ids own);

    std::vector<LostPath> take();                ///< By path.
    bool complete() const { return m_complete; } ///< False: the time for judging was over; nothing more is added.

private:
    using Policies = std::vector<PolicyId>;
    using Indexes = std::vector<std::size_t>; // into m_lost

    Policies policiesOf(Memberships::Ids groups, Memberships::Ids own);
    Policies defined(const Policies &policies);
    const std::shared_ptr<const policy::Policy> &parsed(PolicyId policy);
    const Indexes *judge(const Policies &before, const Policies &gained);
    Indexes compare(const Policies &before, const Policies &gained);

    const Snapshot &m_snapshot;
    policy::PolicyCache &m_cache;
    const GroupsAbove &m_groups;
    Policies m_coming;
    std::unordered_map<PolicyId, std::shared_ptr<const policy::Policy>> m_parsed;
    std::unordered_map<std::string, const Indexes *> m_known; // by the row ids of groups and own policies
    std::map<std::pair<Policies, Policies>, Indexes> m_judged;
    std::vector<LostPath> m_lost;
    std::vector<std::uint32_t> m_marks; // of m_groups: the round in which one was met
    std::uint32_t m_round = 0;
    std::chrono::steady_clock::time_point m_deadline;
    bool m_complete = true;
};

} // namespace kith::identity
