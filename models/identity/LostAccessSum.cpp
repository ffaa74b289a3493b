// SPDX-License-Identifier: Apache-2.0
#include "identity/LostAccessSum.h"

#include <algorithm>
#include <iterator>

namespace kith::identity {

namespace {

/// A hint under the mouse is worth this long a wait; comparing thousands of different sets of rules would take more.
constexpr std::chrono::milliseconds TimeForJudging{400};

} // namespace

LostAccessSum::LostAccessSum(const Snapshot &snapshot, policy::PolicyCache &cache)
    : m_snapshot(snapshot), m_cache(cache), m_deadline(std::chrono::steady_clock::now() + TimeForJudging)
{}

const std::shared_ptr<const policy::Policy> &LostAccessSum::parsed(PolicyId policy)
{
    const auto [entry, isNew] = m_parsed.try_emplace(policy);
    if (isNew)
        entry->second = m_cache.get(m_snapshot.session, policy, m_snapshot.now);
    return entry->second;
}

std::vector<PolicyId> LostAccessSum::defined(const std::vector<PolicyId> &policies)
{
    std::vector<PolicyId> found;
    std::copy_if(policies.begin(), policies.end(), std::back_inserter(found),
                 [&](PolicyId policy) { return parsed(policy) != nullptr; });
    return found;
}

const std::vector<std::size_t> &LostAccessSum::judge(const std::vector<PolicyId> &before,
                                                     const std::vector<PolicyId> &gained)
{
    static const std::vector<std::size_t> nothing;
    const auto known = m_judged.find({before, gained});
    if (known != m_judged.end())
        return known->second;
    if (!m_judged.empty() && std::chrono::steady_clock::now() > m_deadline) {
        m_complete = false;
        return nothing;
    }
    Policies policies;
    for (const PolicyId policy : before)
        policies.push_back(parsed(policy));
    const policy::Acl aclBefore(policies, m_snapshot.now);
    for (const PolicyId policy : gained)
        policies.push_back(parsed(policy));
    const policy::Acl aclAfter(policies, m_snapshot.now);
    std::vector<std::size_t> &indexes = m_judged[{before, gained}];
    for (policy::LostAccess &access : policy::lostAccess(aclBefore, aclAfter)) {
        auto same = std::find_if(m_lost.begin(), m_lost.end(), [&](const LostPath &lost) {
            return lost.access.path == access.path && lost.access.capabilities == access.capabilities &&
                   lost.access.policies == access.policies;
        });
        if (same == m_lost.end())
            same = m_lost.insert(m_lost.end(), {std::move(access), 0});
        indexes.push_back(static_cast<std::size_t>(same - m_lost.begin()));
    }
    return indexes;
}

void LostAccessSum::add(const std::vector<PolicyId> &before, const std::vector<PolicyId> &gained)
{
    const std::vector<PolicyId> granting = defined(gained);
    if (granting.empty())
        return;
    for (const std::size_t index : judge(defined(before), granting))
        ++m_lost[index].people;
}

std::vector<LostPath> LostAccessSum::take()
{
    std::stable_sort(m_lost.begin(), m_lost.end(),
                     [](const LostPath &a, const LostPath &b) { return a.access.path < b.access.path; });
    return std::move(m_lost);
}

} // namespace kith::identity
