// SPDX-License-Identifier: Apache-2.0
#include "identity/LostAccessSum.h"

#include <algorithm>
#include <iterator>

namespace kith::identity {

namespace {

/// A hint under the mouse is worth this long a wait; comparing thousands of different sets of rules would take more.
constexpr std::chrono::milliseconds TimeForJudging{400};

std::string signature(Memberships::Ids groups, Memberships::Ids own)
{
    std::string key(reinterpret_cast<const char *>(groups.data()), groups.size_bytes());
    const std::uint32_t between = 0; // no row id
    key.append(reinterpret_cast<const char *>(&between), sizeof between);
    return key.append(reinterpret_cast<const char *>(own.data()), own.size_bytes());
}

void sortOnce(std::vector<PolicyId> &ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

} // namespace

LostAccessSum::LostAccessSum(const Snapshot &snapshot, policy::PolicyCache &cache, const GroupsAbove &groups,
                             std::vector<PolicyId> coming)
    : m_snapshot(snapshot)
    , m_cache(cache)
    , m_groups(groups)
    , m_coming(std::move(coming))
    , m_marks(groups.size())
    , m_deadline(std::chrono::steady_clock::now() + TimeForJudging)
{}

const std::shared_ptr<const policy::Policy> &LostAccessSum::parsed(PolicyId policy)
{
    const auto [entry, isNew] = m_parsed.try_emplace(policy);
    if (isNew)
        entry->second = m_cache.get(m_snapshot.session, policy, m_snapshot.now);
    return entry->second;
}

LostAccessSum::Policies LostAccessSum::defined(const Policies &policies)
{
    Policies found;
    std::copy_if(policies.begin(), policies.end(), std::back_inserter(found),
                 [&](PolicyId policy) { return parsed(policy) != nullptr; });
    return found;
}

LostAccessSum::Policies LostAccessSum::policiesOf(Memberships::Ids groups, Memberships::Ids own)
{
    Policies policies;
    for (const std::uint32_t id : own)
        policies.push_back(PolicyId{id});
    ++m_round;
    std::vector<std::uint32_t> waiting;
    const auto meet = [&](std::uint32_t index) {
        if (index != GroupsAbove::None && std::exchange(m_marks[index], m_round) != m_round)
            waiting.push_back(index);
    };
    for (const std::uint32_t group : groups)
        meet(m_groups.indexOf(group));
    while (!waiting.empty()) {
        const std::uint32_t index = waiting.back();
        waiting.pop_back();
        const std::vector<PolicyId> &carried = m_groups.at(index).policies;
        policies.insert(policies.end(), carried.begin(), carried.end());
        for (const std::uint32_t parent : m_groups.parents(index))
            meet(parent);
    }
    sortOnce(policies);
    return policies;
}

LostAccessSum::Indexes LostAccessSum::compare(const Policies &before, const Policies &gained)
{
    std::vector<std::shared_ptr<const policy::Policy>> policies;
    for (const PolicyId policy : before)
        policies.push_back(parsed(policy));
    const policy::Acl aclBefore(policies, m_snapshot.now);
    for (const PolicyId policy : gained)
        policies.push_back(parsed(policy));
    const policy::Acl aclAfter(policies, m_snapshot.now);
    Indexes indexes;
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

/// Null: the time is over.
const LostAccessSum::Indexes *LostAccessSum::judge(const Policies &before, const Policies &gained)
{
    const auto known = m_judged.find({before, gained});
    if (known != m_judged.end())
        return &known->second;
    if (!m_judged.empty() && std::chrono::steady_clock::now() > m_deadline) {
        m_complete = false;
        return nullptr;
    }
    return &m_judged.emplace(std::pair(before, gained), compare(before, gained)).first->second;
}

void LostAccessSum::add(Memberships::Ids groups, Memberships::Ids own)
{
    if (!m_complete)
        return;
    const auto [known, isNew] = m_known.try_emplace(signature(groups, own));
    if (isNew) {
        static const Indexes nothing;
        const Policies before = policiesOf(groups, own);
        Policies gained;
        std::set_difference(m_coming.begin(), m_coming.end(), before.begin(), before.end(), std::back_inserter(gained));
        const Policies granting = defined(gained);
        known->second = granting.empty() ? &nothing : judge(defined(before), granting);
    }
    if (known->second) {
        for (const std::size_t index : *known->second)
            ++m_lost[index].people;
    }
}

std::vector<LostPath> LostAccessSum::take()
{
    std::stable_sort(m_lost.begin(), m_lost.end(),
                     [](const LostPath &a, const LostPath &b) { return a.access.path < b.access.path; });
    return std::move(m_lost);
}

} // namespace kith::identity
