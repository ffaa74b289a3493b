// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/CopyOnWrite.h"
#include "store/ChangeSet.h"
#include "store/Result.h"
#include "store/Session.h"

#include <memory>
#include <string>
#include <vector>

namespace kith::identity {

/// The groups of one commit in memory: how they stand in each other, and which policies they carry. People aren't in
/// it: the groups that somebody is directly in are one indexed read of SQLite.
///
/// Immutable once published, so any number of threads read it without a lock; a commit makes the next version, which
/// shares with this one all that did not change. Nothing here assumes that the data are free of cycles: what walks the
/// graph visits each group once.
class Graph
{
public:
    struct Group {
        GroupId id;
        std::string name; ///< As given; orders chains and sources, compared byte by byte.
        bool external = false;
        std::vector<GroupId> parents;  ///< By name, then id.
        std::vector<GroupId> children; ///< By name, then id.
        std::vector<PolicyId> policies;
    };
    struct Policy {
        std::string name;
        bool exists = false;
        Nanoseconds expires = 0; ///< From then on it counts as not defined; 0: never.

        bool isDefined(Nanoseconds now) const { return exists && (expires == 0 || expires > now); }
    };

    /// Reads all groups (about a second for 100,000) inside the caller's transaction. Damaged: a row id beyond reason.
    static Result<std::shared_ptr<const Graph>> load(store::Session &session);

    /// The graph after `changes`, reading the touched rows inside the caller's transaction. Large changes, and those
    /// of other programs, load it anew.
    Result<std::shared_ptr<const Graph>> following(store::Session &session, const ChangeSet &changes) const;

    /// The commit it is of (table `revision`).
    std::int64_t revision() const { return m_revision; }

    const Group *group(GroupId id) const { return m_groups.find(id.value); } ///< Null: no such group.
    /// Null: a name that came into use with a change of an entity only.
    const Policy *policy(PolicyId id) const { return m_policies.find(id.value); }
    /// Where the name of the policy stands among the names of all, sorted: to put policies in order without comparing
    /// names. Of a policy that the graph doesn't know: after all others.
    std::uint32_t rankOf(PolicyId id) const
    {
        const auto index = static_cast<std::size_t>(id.value);
        return id.value > 0 && index < m_ranks->size() ? (*m_ranks)[index] : UINT32_MAX;
    }
    std::size_t groupCount() const { return m_groupCount; }
    std::int64_t groupIdEnd() const { return m_groups.idEnd(); }    ///< All row ids of groups are less than this.
    std::int64_t policyIdEnd() const { return m_policies.idEnd(); } ///< All row ids of policies are less than this.

    template <class Function>
    void forEachGroup(Function &&function) const
    {
        m_groups.forEach(function);
    }

    /// By name, then id: the order of chains, sources, parents and children.
    bool before(GroupId a, GroupId b) const;

    /// Whether `group` is `ancestor` or stands somewhere below it.
    bool isWithin(GroupId group, GroupId ancestor) const;

    /// One chain from a group without parents (first) down to `id` (last): the shortest, then by names from `id`
    /// upwards. Empty if there is no such group. In a cycle without a root it ends where it would repeat.
    std::vector<GroupId> pathFromRoot(GroupId id) const;

private:
    void readAllEdges(store::Session &session);
    void rereadGroup(store::Session &session, GroupId id);
    void rereadEdge(store::Session &session, GroupId parent, GroupId child);
    /// Whether it has another name.
    bool rereadPolicy(store::Session &session, PolicyId id);
    void removeEdges(GroupId id);
    void link(GroupId parent, GroupId child);
    void unlink(GroupId parent, GroupId child);
    /// Whether there were any.
    bool readNewPolicies(store::Session &session);
    void rankPolicies();

    std::int64_t m_revision = 0;
    std::int64_t m_lastPolicy = 0;
    std::size_t m_groupCount = 0;
    CopyOnWrite<Group> m_groups;
    CopyOnWrite<Policy> m_policies;
    std::shared_ptr<const std::vector<std::uint32_t>> m_ranks; // of the policies, by row id
};

} // namespace kith::identity
