// SPDX-License-Identifier: Apache-2.0
#include "identity/Preview.h"

#include "identity/LostAccessSum.h"
#include "identity/Members.h"
#include "identity/People.h"
#include "identity/PolicyDifference.h"

#include <algorithm>
#include <iterator>

namespace kith::identity {

namespace {

template <class Id>
void sortOnce(std::vector<Id> &ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

std::vector<PolicyId> without(std::vector<PolicyId> policies, const std::vector<PolicyId> &own)
{
    std::erase_if(policies, [&](PolicyId policy) { return std::binary_search(own.begin(), own.end(), policy); });
    sortOnce(policies);
    return policies;
}

class PreviewOfChange
{
public:
    PreviewOfChange(const Snapshot &snapshot, Change change, policy::PolicyCache *policies,
                    const std::atomic<bool> *cancel)
        : m_snapshot(snapshot), m_change(std::move(change)), m_policies(policies), m_cancel(cancel)
    {}
    Result<Preview> run();

private:
    void tidy();
    Refusal refusal() const;
    bool findPeople();
    void add(const Person &person);
    std::vector<PolicyChange> named(const std::vector<std::int64_t> &counts) const;
    bool cancelled() const { return m_cancel && *m_cancel; }

    const Snapshot &m_snapshot;
    Change m_change;
    policy::PolicyCache *m_policies;
    const std::atomic<bool> *m_cancel;
    Preview m_preview;
    std::vector<EntityId> m_people;
    std::optional<PolicyDifference> m_difference;
    std::optional<LostAccessSum> m_lostAccess;
    std::vector<std::int64_t> m_gained; // people, by row id of the policy
    std::vector<std::int64_t> m_lost;
};

void PreviewOfChange::tidy()
{
    sortOnce(m_change.addPeople);
    sortOnce(m_change.addGroups);
    m_change.addPeople = existing(m_snapshot.session, m_change.addPeople);
    std::erase_if(m_change.addGroups, [&](GroupId id) { return !m_snapshot.graph.group(id); });
    if (m_change.from == m_change.target)
        m_change.from = {};
}

Refusal PreviewOfChange::refusal() const
{
    const Graph &graph = m_snapshot.graph;
    const Graph::Group *target = graph.group(m_change.target);
    const Graph::Group *from = graph.group(m_change.from);
    if ((m_change.target && !target) || (m_change.from && !from) || (!target && !from) ||
        (m_change.addPeople.empty() && m_change.addGroups.empty()))
        return Refusal::Gone;
    if (target && target->external)
        return Refusal::ExternalTarget;
    if (from && from->external)
        return Refusal::ExternalSource;
    if (!target)
        return Refusal::None;
    for (const GroupId group : m_change.addGroups) {
        if (group == m_change.target)
            return Refusal::Itself;
    }
    for (const GroupId group : m_change.addGroups) {
        if (graph.isWithin(m_change.target, group))
            return Refusal::Ancestor;
    }
    return Refusal::None;
}

bool PreviewOfChange::findPeople()
{
    m_people = m_change.addPeople;
    if (m_change.addGroups.empty())
        return true;
    const Descent below(m_snapshot.graph, m_change.addGroups);
    for (const Descent::Step &step : below.steps()) {
        auto rows = m_snapshot.session.query("SELECT entity FROM member_entity WHERE grp = ?", step.group->id);
        while (rows.step())
            m_people.push_back(rows.id<EntityId>(0));
        if (cancelled())
            return false;
    }
    sortOnce(m_people);
    return true;
}

void PreviewOfChange::add(const Person &person)
{
    const bool dragged = std::binary_search(m_change.addPeople.begin(), m_change.addPeople.end(), person.entity);
    if (dragged && std::binary_search(person.groups.begin(), person.groups.end(), m_change.target))
        ++m_preview.alreadyThere;
    const PolicyDifference::Answer &answer =
        m_difference->of(person.groups, dragged ? PolicyDifference::Moves::Yes : PolicyDifference::Moves::No);
    const std::vector<PolicyId> gained = without(answer.gained, person.policies);
    const std::vector<PolicyId> lost = without(answer.lost, person.policies);
    for (const PolicyId policy : gained)
        ++m_gained[static_cast<std::size_t>(policy.value)];
    for (const PolicyId policy : lost)
        ++m_lost[static_cast<std::size_t>(policy.value)];
    if (gained.empty() && lost.empty()) {
        ++m_preview.unchanged;
        m_preview.oneUnchanged = m_preview.unchanged == 1 ? person.entity : EntityId{};
    }
    // Once the time for judging is over nothing more is asked, so that many people cost no more than few.
    if (m_lostAccess && m_lostAccess->complete() && lost.empty() && !gained.empty()) {
        std::vector<PolicyId> before = m_difference->now(person.groups);
        before.insert(before.end(), person.policies.begin(), person.policies.end());
        sortOnce(before);
        m_lostAccess->add(before, gained);
    }
}

std::vector<PolicyChange> PreviewOfChange::named(const std::vector<std::int64_t> &counts) const
{
    std::vector<PolicyChange> changes;
    for (std::size_t id = 0; id < counts.size(); ++id) {
        if (counts[id] == 0)
            continue;
        const PolicyId policy{static_cast<std::int64_t>(id)};
        const Graph::Policy *known = m_snapshot.graph.policy(policy);
        changes.push_back(
            {policy, known ? known->name : std::string(), known && known->isDefined(m_snapshot.now), counts[id]});
    }
    std::sort(changes.begin(), changes.end(),
              [](const PolicyChange &a, const PolicyChange &b) { return a.name < b.name; });
    return changes;
}

Result<Preview> PreviewOfChange::run()
{
    const Error stopped{ErrorCode::Cancelled, 499, "cancelled", {}};
    const Graph &graph = m_snapshot.graph;
    tidy();
    m_preview.refusal = refusal();
    if (!findPeople())
        return stopped;
    m_preview.people = static_cast<std::int64_t>(m_people.size());
    if (m_preview.refusal != Refusal::None)
        return m_preview;

    m_difference.emplace(graph, m_change.target, m_change.from, m_change.addGroups);
    if (m_policies)
        m_lostAccess.emplace(m_snapshot, *m_policies);
    m_gained.resize(static_cast<std::size_t>(graph.policyIdEnd()));
    m_lost.resize(m_gained.size());
    forEachPerson(m_snapshot.session, m_people, [&](const Person &person) {
        add(person);
        return !cancelled();
    });
    if (cancelled())
        return stopped;
    for (const GroupId group : m_change.addGroups) {
        const std::vector<GroupId> &parents = graph.group(group)->parents;
        m_preview.alreadyThere += std::count(parents.begin(), parents.end(), m_change.target);
    }
    const auto dragged = static_cast<std::int64_t>(m_change.addPeople.size() + m_change.addGroups.size());
    if (m_change.target && !m_change.from && m_preview.alreadyThere == dragged)
        m_preview.refusal = Refusal::AlreadyThere;
    m_preview.gained = named(m_gained);
    m_preview.lost = named(m_lost);
    if (m_lostAccess) {
        m_preview.lostAccess = m_lostAccess->take();
        m_preview.lostAccessComplete = m_lostAccess->complete();
    }
    return std::move(m_preview);
}

} // namespace

Result<Preview> preview(const Snapshot &snapshot, const Change &change, policy::PolicyCache *policies,
                        const std::atomic<bool> *cancel)
{
    return PreviewOfChange(snapshot, change, policies, cancel).run();
}

} // namespace kith::identity
