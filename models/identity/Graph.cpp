// SPDX-License-Identifier: Apache-2.0
#include "identity/Graph.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace kith::identity {

namespace {

/// From here on reading everything is quicker than reading row by row.
constexpr std::size_t ManyChanges = 5000;

bool inOrder(const Graph::Group &a, const Graph::Group &b)
{
    const int names = a.name.compare(b.name);
    return names != 0 ? names < 0 : a.id < b.id;
}

} // namespace

Result<std::shared_ptr<const Graph>> Graph::load(store::Session &session)
{
    auto graph = std::make_shared<Graph>();
    graph->m_revision = session.integer("SELECT value FROM revision").value_or(0);
    graph->readNewPolicies(session);
    graph->rankPolicies();
    {
        auto rows = session.query("SELECT id, name, external FROM identity_group");
        while (rows.step()) {
            if (rows.integer(0) <= 0 || rows.integer(0) > CopyOnWrite<Group>::MaxId)
                return Error{ErrorCode::Damaged, 500, "group with row id " + std::to_string(rows.integer(0)),
                             "identity_group"};
            Group &group = graph->m_groups.edit(rows.integer(0));
            group.id = rows.id<GroupId>(0);
            group.name = rows.text(1);
            group.external = rows.integer(2) != 0;
            ++graph->m_groupCount;
        }
    }
    graph->readAllEdges(session);
    auto rows = session.query("SELECT grp, policy FROM group_policy");
    while (rows.step()) {
        if (graph->m_groups.find(rows.integer(0)))
            graph->m_groups.edit(rows.integer(0)).policies.push_back(rows.id<PolicyId>(1));
    }
    return std::shared_ptr<const Graph>(std::move(graph));
}

void Graph::readAllEdges(store::Session &session)
{
    std::vector<std::int64_t> withChildren;
    std::vector<std::int64_t> withParents;
    auto rows = session.query("SELECT parent, child FROM member_group");
    while (rows.step()) {
        if (!m_groups.find(rows.integer(0)) || !m_groups.find(rows.integer(1)))
            continue;
        Group &parent = m_groups.edit(rows.integer(0));
        Group &child = m_groups.edit(rows.integer(1));
        if (parent.children.empty())
            withChildren.push_back(parent.id.value);
        if (child.parents.empty())
            withParents.push_back(child.id.value);
        parent.children.push_back(child.id);
        child.parents.push_back(parent.id);
    }
    const auto byName = [this](GroupId a, GroupId b) { return before(a, b); };
    for (const std::int64_t id : withChildren)
        std::sort(m_groups.edit(id).children.begin(), m_groups.edit(id).children.end(), byName);
    for (const std::int64_t id : withParents)
        std::sort(m_groups.edit(id).parents.begin(), m_groups.edit(id).parents.end(), byName);
}

Result<std::shared_ptr<const Graph>> Graph::following(store::Session &session, const ChangeSet &changes) const
{
    if (changes.everything || changes.groups.size() + changes.subgroups.size() > ManyChanges)
        return load(session);
    auto next = std::make_shared<Graph>(*this);
    next->m_revision = session.integer("SELECT value FROM revision").value_or(0);
    bool renamed = next->readNewPolicies(session);
    for (const PolicyId policy : changes.policies)
        renamed = next->rereadPolicy(session, policy) || renamed;
    if (renamed)
        next->rankPolicies();
    for (const GroupId group : changes.groups) {
        if (group.value <= 0 || group.value > CopyOnWrite<Group>::MaxId)
            return load(session);
        next->rereadGroup(session, group);
    }
    for (const auto &[parent, child] : changes.subgroups)
        next->rereadEdge(session, parent, child);
    return std::shared_ptr<const Graph>(std::move(next));
}

bool Graph::readNewPolicies(store::Session &session)
{
    auto rows = session.query("SELECT p.id, p.name, a.policy IS NOT NULL OR p.name = 'root', a.expiration "
                              "FROM policy_name p LEFT JOIN acl_policy a ON a.policy = p.id AND a.namespace = ? "
                              "WHERE p.id > ? ORDER BY p.id",
                              RootNamespace, m_lastPolicy);
    const std::int64_t last = m_lastPolicy;
    while (rows.step() && rows.integer(0) <= CopyOnWrite<Policy>::MaxId) {
        m_policies.edit(rows.integer(0)) = {std::string(rows.text(1)), rows.integer(2) != 0, rows.integer(3)};
        m_lastPolicy = rows.integer(0);
    }
    return m_lastPolicy != last;
}

bool Graph::rereadPolicy(store::Session &session, PolicyId id)
{
    if (id.value <= 0 || id.value > CopyOnWrite<Policy>::MaxId)
        return false;
    auto rows = session.query("SELECT p.name, a.policy IS NOT NULL OR p.name = 'root', a.expiration FROM policy_name p "
                              "LEFT JOIN acl_policy a ON a.policy = p.id AND a.namespace = ? WHERE p.id = ?",
                              RootNamespace, id);
    const Policy *known = policy(id);
    if (!rows.step()) {
        m_policies.erase(id.value);
        return known != nullptr;
    }
    const bool renamed = !known || known->name != rows.text(0);
    m_policies.edit(id.value) = {std::string(rows.text(0)), rows.integer(1) != 0, rows.integer(2)};
    return renamed;
}

void Graph::rankPolicies()
{
    std::vector<std::pair<std::string_view, std::size_t>> names;
    for (std::int64_t id = 1; id < m_policies.idEnd(); ++id) {
        if (const Policy *known = m_policies.find(id))
            names.emplace_back(known->name, static_cast<std::size_t>(id));
    }
    std::sort(names.begin(), names.end());
    std::vector<std::uint32_t> ranks(static_cast<std::size_t>(m_policies.idEnd()), UINT32_MAX);
    for (std::size_t rank = 0; rank < names.size(); ++rank)
        ranks[names[rank].second] = static_cast<std::uint32_t>(rank);
    m_ranks = std::make_shared<const std::vector<std::uint32_t>>(std::move(ranks));
}

void Graph::rereadGroup(store::Session &session, GroupId id)
{
    const bool known = group(id) != nullptr;
    removeEdges(id);
    {
        auto rows = session.query("SELECT name, external FROM identity_group WHERE id = ?", id);
        if (!rows.step()) {
            m_groups.erase(id.value);
            m_groupCount -= known ? 1 : 0;
            return;
        }
        Group &changed = m_groups.edit(id.value);
        changed.id = id;
        changed.name = rows.text(0);
        changed.external = rows.integer(1) != 0;
        changed.policies.clear();
    }
    auto policies = session.query("SELECT policy FROM group_policy WHERE grp = ?", id);
    while (policies.step())
        m_groups.edit(id.value).policies.push_back(policies.id<PolicyId>(0));
    if (!known)
        ++m_groupCount;
    // All edges anew: the lists of the neighbours are sorted by the name, a row id may be given out again within one
    // commit, and whoever makes or deletes a group need not name the edges that come and go with it.
    auto above = session.query("SELECT parent FROM member_group WHERE child = ?", id);
    while (above.step())
        link(above.id<GroupId>(0), id);
    auto below = session.query("SELECT child FROM member_group WHERE parent = ?", id);
    while (below.step())
        link(id, below.id<GroupId>(0));
}

void Graph::rereadEdge(store::Session &session, GroupId parent, GroupId child)
{
    if (session.integer("SELECT 1 FROM member_group WHERE parent = ? AND child = ?", parent, child))
        link(parent, child);
    else
        unlink(parent, child);
}

void Graph::removeEdges(GroupId id)
{
    if (!group(id))
        return;
    const std::vector<GroupId> parents = std::exchange(m_groups.edit(id.value).parents, {});
    const std::vector<GroupId> children = std::exchange(m_groups.edit(id.value).children, {});
    for (const GroupId parent : parents)
        unlink(parent, id);
    for (const GroupId child : children)
        unlink(id, child);
}

void Graph::link(GroupId parent, GroupId child)
{
    if (!group(parent) || !group(child))
        return;
    const auto insert = [this](std::vector<GroupId> &list, GroupId id) {
        const auto place =
            std::lower_bound(list.begin(), list.end(), id, [this](GroupId a, GroupId b) { return before(a, b); });
        if (place == list.end() || *place != id)
            list.insert(place, id);
    };
    insert(m_groups.edit(parent.value).children, child);
    insert(m_groups.edit(child.value).parents, parent);
}

void Graph::unlink(GroupId parent, GroupId child)
{
    if (group(parent))
        std::erase(m_groups.edit(parent.value).children, child);
    if (group(child))
        std::erase(m_groups.edit(child.value).parents, parent);
}

bool Graph::before(GroupId a, GroupId b) const
{
    return inOrder(*group(a), *group(b));
}

bool Graph::isWithin(GroupId group, GroupId ancestor) const
{
    std::unordered_set<GroupId> seen{group};
    std::vector<GroupId> waiting{group};
    while (!waiting.empty()) {
        const GroupId next = waiting.back();
        waiting.pop_back();
        if (next == ancestor)
            return true;
        if (const Group *found = this->group(next)) {
            for (const GroupId parent : found->parents) {
                if (seen.insert(parent).second)
                    waiting.push_back(parent);
            }
        }
    }
    return false;
}

std::vector<GroupId> Graph::pathFromRoot(GroupId id) const
{
    if (!group(id))
        return {};
    std::unordered_map<GroupId, GroupId> below{{id, GroupId{}}};
    std::vector<GroupId> order{id};
    GroupId top = id;
    for (std::size_t i = 0; i < order.size(); ++i) {
        top = order[i];
        const std::vector<GroupId> &parents = group(top)->parents;
        if (parents.empty())
            break;
        for (const GroupId parent : parents) {
            if (below.emplace(parent, top).second)
                order.push_back(parent);
        }
    }
    std::vector<GroupId> path;
    for (GroupId step = top; step; step = below.at(step))
        path.push_back(step);
    return path;
}

} // namespace kith::identity
