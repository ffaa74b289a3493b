// SPDX-License-Identifier: Apache-2.0
#include "identity/PolicyDifference.h"

#include <algorithm>

namespace kith::identity {

namespace {

/// So many answers are kept: where people share their groups it is enough, where each has groups of their own nothing
/// would come of keeping more.
constexpr std::size_t KeptAnswers = 20000;

} // namespace

PolicyDifference::PolicyDifference(const Graph &graph, GroupId target, GroupId from, const std::vector<GroupId> &groups)
    : m_graph(graph), m_target(target), m_from(from)
{
    for (Side *side : {&m_before, &m_after}) {
        side->groupMarks.resize(static_cast<std::size_t>(graph.groupIdEnd()));
        side->policyMarks.resize(static_cast<std::size_t>(graph.policyIdEnd()));
    }
    for (const GroupId group : groups)
        m_moving.insert(group.value);
    if (m_target && !m_from)
        m_ofTarget = now({m_target});
}

void PolicyDifference::begin(Side &side) const
{
    ++side.round;
    side.policies.clear();
}

void PolicyDifference::meet(Side &side, GroupId group)
{
    const auto index = static_cast<std::size_t>(group.value);
    if (group.value > 0 && index < side.groupMarks.size() && side.groupMarks[index] != side.round) {
        side.groupMarks[index] = side.round;
        m_waiting.push_back(group);
    }
}

void PolicyDifference::walk(Side &side, GroupId start, bool changed)
{
    meet(side, start);
    while (!m_waiting.empty()) {
        const Graph::Group *group = m_graph.group(m_waiting.back());
        m_waiting.pop_back();
        if (!group)
            continue;
        for (const PolicyId policy : group->policies) {
            const auto index = static_cast<std::size_t>(policy.value);
            if (index < side.policyMarks.size() && side.policyMarks[index] != side.round) {
                side.policyMarks[index] = side.round;
                side.policies.push_back(policy);
            }
        }
        const bool moves = changed && m_moving.contains(group->id.value);
        for (const GroupId parent : group->parents) {
            if (!moves || parent != m_from)
                meet(side, parent);
        }
        if (moves && m_target)
            meet(side, m_target);
    }
}

bool PolicyDifference::has(const Side &side, PolicyId policy) const
{
    return side.policyMarks[static_cast<std::size_t>(policy.value)] == side.round;
}

std::vector<PolicyId> PolicyDifference::now(const std::vector<GroupId> &groups)
{
    begin(m_before);
    for (const GroupId group : groups)
        walk(m_before, group, false);
    return m_before.policies;
}

void PolicyDifference::compute(const std::vector<GroupId> &groups, Moves moves, Answer &answer)
{
    begin(m_before);
    for (const GroupId group : groups)
        walk(m_before, group, false);
    const auto isNew = [&](PolicyId policy) { return !has(m_before, policy); };
    if (!m_from) {
        std::copy_if(m_ofTarget.begin(), m_ofTarget.end(), std::back_inserter(answer.gained), isNew);
        return;
    }
    begin(m_after);
    for (const GroupId group : groups) {
        if (moves == Moves::No || group != m_from)
            walk(m_after, group, true);
    }
    if (moves == Moves::Yes && m_target)
        walk(m_after, m_target, true);
    std::copy_if(m_after.policies.begin(), m_after.policies.end(), std::back_inserter(answer.gained), isNew);
    std::copy_if(m_before.policies.begin(), m_before.policies.end(), std::back_inserter(answer.lost),
                 [&](PolicyId policy) { return !has(m_after, policy); });
}

const PolicyDifference::Answer &PolicyDifference::of(const std::vector<GroupId> &groups, Moves moves)
{
    std::string key(reinterpret_cast<const char *>(groups.data()), groups.size() * sizeof(GroupId));
    key += moves == Moves::Yes ? '+' : '-';
    if (const auto known = m_answers.find(key); known != m_answers.end())
        return known->second;
    Answer &answer = m_answers.size() < KeptAnswers ? m_answers[std::move(key)] : m_last;
    answer = {};
    compute(groups, moves, answer);
    return answer;
}

} // namespace kith::identity
