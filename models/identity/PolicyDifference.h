// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Graph.h"
#include "identity/RowIdSet.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace kith::identity {

/// Which policies somebody has by their groups, before and after a change of edges that isn't made yet. Keeps its
/// scratch arrays between people, and the answers for people with the same groups. Valid as long as the graph.
class PolicyDifference
{
public:
    /// Who and what moves: `groups` leave `from` and come under `target`; either may be none.
    PolicyDifference(const Graph &graph, GroupId target, GroupId from, const std::vector<GroupId> &groups);

    struct Answer {
        std::vector<PolicyId> gained; ///< By groups; the entity may have them of its own.
        std::vector<PolicyId> lost;
    };
    enum class Moves { No, Yes };

    /// For somebody directly in `groups` (in order), who moves too or not. Valid until the next call.
    const Answer &of(const std::vector<GroupId> &groups, Moves moves);

    /// The policies that somebody in `groups` has now.
    std::vector<PolicyId> now(const std::vector<GroupId> &groups);

private:
    struct Side {
        std::vector<std::uint32_t> groupMarks; // by row id: the round in which it was met
        std::vector<std::uint32_t> policyMarks;
        std::vector<PolicyId> policies; // met in this round
        std::uint32_t round = 0;
    };
    void begin(Side &side) const;
    void walk(Side &side, GroupId start, bool changed);
    void meet(Side &side, GroupId group);
    bool has(const Side &side, PolicyId policy) const;
    void compute(const std::vector<GroupId> &groups, Moves moves, Answer &answer);

    const Graph &m_graph;
    GroupId m_target;
    GroupId m_from;
    RowIdSet m_moving;
    Side m_before;
    Side m_after;
    std::vector<GroupId> m_waiting;
    std::vector<PolicyId> m_ofTarget; // without a source nobody loses anything, and this is all they can gain
    std::unordered_map<std::string, Answer> m_answers;
    Answer m_last;
};

} // namespace kith::identity
