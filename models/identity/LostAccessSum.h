// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Preview.h"

#include <chrono>
#include <map>
#include <unordered_map>

namespace kith::identity {

/// Adds up what people lose who only gain policies. People with the same policies are judged once.
class LostAccessSum
{
public:
    LostAccessSum(const Snapshot &snapshot, policy::PolicyCache &cache);

    /// Somebody has `before` (sorted) and gains `gained` (sorted).
    void add(const std::vector<PolicyId> &before, const std::vector<PolicyId> &gained);

    std::vector<LostPath> take();                ///< By path.
    bool complete() const { return m_complete; } ///< False: the time for judging was over.

private:
    using Policies = std::vector<std::shared_ptr<const policy::Policy>>;

    std::vector<PolicyId> defined(const std::vector<PolicyId> &policies);
    const std::shared_ptr<const policy::Policy> &parsed(PolicyId policy);
    const std::vector<std::size_t> &judge(const std::vector<PolicyId> &before, const std::vector<PolicyId> &gained);

    const Snapshot &m_snapshot;
    policy::PolicyCache &m_cache;
    std::unordered_map<PolicyId, std::shared_ptr<const policy::Policy>> m_parsed;
    std::map<std::pair<std::vector<PolicyId>, std::vector<PolicyId>>, std::vector<std::size_t>> m_judged;
    std::vector<LostPath> m_lost;
    std::chrono::steady_clock::time_point m_deadline;
    bool m_complete = true;
};

} // namespace kith::identity
