// SPDX-License-Identifier: Apache-2.0
#include "identity/Preview.h"

#include "identity/Ancestry.h"
#include "identity/Cancel.h"
#include "identity/Descent.h"
#include "identity/LostAccessSum.h"
#include "identity/Parallel.h"
#include "identity/People.h"
#include "identity/PolicyBits.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <mutex>
#include <optional>

namespace kith::identity {

namespace {

constexpr std::size_t WorthAThread = 20'000; // people
/// So many people are looked at between two looks at the wish to stop.
constexpr std::size_t Stride = 1024;

// What a change does to somebody, as bits.
constexpr std::uint8_t Gains = 1;
constexpr std::uint8_t Loses = 2;

template <class Id>
void sortOnce(std::vector<Id> &ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

/// How many people gain and lose each of the policies of one PolicyBits.
struct Sums {
    std::vector<std::int64_t> gained;
    std::vector<std::int64_t> lost;
    std::int64_t alreadyThere = 0;

    explicit Sums(std::size_t policies) : gained(policies), lost(policies) {}
    static void count(std::vector<std::int64_t> &sums, std::size_t word, std::uint64_t bits)
    {
        for (; bits != 0; bits &= bits - 1)
            ++sums[word * 64 + static_cast<std::size_t>(std::countr_zero(bits))];
    }
    void add(const Sums &other)
    {
        std::transform(gained.begin(), gained.end(), other.gained.begin(), gained.begin(), std::plus());
        std::transform(lost.begin(), lost.end(), other.lost.begin(), lost.begin(), std::plus());
        alreadyThere += other.alreadyThere;
    }
};

class PreviewOfChange
{
public:
    PreviewOfChange(const Snapshot &snapshot, Change change, policy::PolicyCache *policies,
                    const std::atomic<bool> *cancel)
        : m_snapshot(snapshot), m_change(std::move(change)), m_policies(policies), m_cancel(cancel)
    {}
    Result<Preview> run();

private:
    Result<void> findPeople();
    Refusal refusal() const;
    void sum();
    void sumSome(const GroupsAbove &groups, const std::vector<PolicyId> &policies);
    void sumRange(const PolicyBits &before, const PolicyBits &after, std::size_t from, std::size_t to, Sums &sums);
    void sumLostAccess(const GroupsAbove &groups, std::vector<PolicyId> coming);
    void finish();
    bool isDragged(EntityId person) const
    {
        return m_change.addGroups.empty() ||
               std::binary_search(m_change.addPeople.begin(), m_change.addPeople.end(), person);
    }
    std::vector<std::uint32_t> groupsOfPeople() const;
    std::vector<PolicyId> policiesAbove(std::vector<GroupId> groups) const;
    void name(std::vector<PolicyChange> &changes, const std::vector<PolicyId> &policies,
              const std::vector<std::int64_t> &people) const;

    const Snapshot &m_snapshot;
    Change m_change;
    policy::PolicyCache *m_policies;
    const std::atomic<bool> *m_cancel;
    Preview m_preview;
    std::vector<EntityId> m_people; // sorted: the dragged and all in or below the dragged groups
    std::shared_ptr<const Memberships> m_memberships;
    std::vector<std::uint8_t> m_effects; // on each of m_people: Gains, Loses
};

Result<void> PreviewOfChange::findPeople()
{
    sortOnce(m_change.addPeople);
    sortOnce(m_change.addGroups);
    std::erase_if(m_change.addGroups, [&](GroupId id) { return !m_snapshot.graph.group(id); });
    if (m_change.from == m_change.target)
        m_change.from = {};
    std::vector<EntityId> below;
    if (!m_change.addGroups.empty()) {
        std::vector<GroupId> groups;
        const Descent descent(m_snapshot.graph, m_change.addGroups);
        for (const Descent::Step &step : descent.steps())
            groups.push_back(step.group->id);
        const auto people = peopleIn(m_snapshot, groups, m_cancel);
        if (!people)
            return people.error();
        people->forEach([&](std::int64_t id) { below.push_back(EntityId{id}); });
        sortOnce(below);
    }
    std::vector<EntityId> all;
    std::set_union(m_change.addPeople.begin(), m_change.addPeople.end(), below.begin(), below.end(),
                   std::back_inserter(all));
    auto memberships = membershipsOf(m_snapshot, all, m_cancel);
    if (!memberships)
        return memberships.error();
    m_memberships = *memberships;
    const auto isGone = [&](EntityId person) { return !m_memberships->contains(person.value); };
    std::erase_if(m_change.addPeople, isGone);
    std::erase_if(all, isGone);
    m_people = std::move(all);
    return {};
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

std::vector<std::uint32_t> PreviewOfChange::groupsOfPeople() const
{
    std::vector<bool> seen(static_cast<std::size_t>(m_snapshot.graph.groupIdEnd()));
    std::vector<std::uint32_t> groups;
    const auto take = [&](std::int64_t group) {
        const auto id = static_cast<std::size_t>(group);
        if (group > 0 && id < seen.size() && !seen[id]) {
            seen[id] = true;
            groups.push_back(static_cast<std::uint32_t>(id));
        }
    };
    take(m_change.target.value);
    take(m_change.from.value);
    for (const GroupId group : m_change.addGroups)
        take(group.value);
    for (const EntityId person : m_people) {
        for (const std::uint32_t group : m_memberships->groups(person.value))
            take(group);
    }
    return groups;
}

/// What these groups and all above them carry; sorted.
std::vector<PolicyId> PreviewOfChange::policiesAbove(std::vector<GroupId> groups) const
{
    const Ancestry above(m_snapshot.graph, std::move(groups));
    std::vector<PolicyId> policies;
    for (std::size_t i = 0; i < above.size(); ++i)
        policies.insert(policies.end(), above.at(i).policies.begin(), above.at(i).policies.end());
    sortOnce(policies);
    return policies;
}

/// Only what the target carries can be gained, and only what the source carries lost.
void PreviewOfChange::sum()
{
    const GroupsAbove groups(m_snapshot.graph, groupsOfPeople());
    const std::vector<PolicyId> policies = policiesAbove({m_change.target, m_change.from});
    m_effects.resize(m_people.size());
    // Even without any policy: those who are in the target are counted on the way.
    for (std::size_t first = 0; first == 0 || first < policies.size(); first += PolicyBits::MostPolicies) {
        const auto begin = policies.begin() + static_cast<std::ptrdiff_t>(first);
        const std::size_t count = std::min(PolicyBits::MostPolicies, policies.size() - first);
        m_preview.alreadyThere = 0;
        sumSome(groups, {begin, begin + static_cast<std::ptrdiff_t>(count)});
    }
    if (m_policies && !isCancelled(m_cancel))
        sumLostAccess(groups, policiesAbove({m_change.target}));
}

void PreviewOfChange::sumSome(const GroupsAbove &groups, const std::vector<PolicyId> &policies)
{
    const PolicyBits before(groups, policies);
    std::optional<PolicyBits> changed;
    if (!m_change.addGroups.empty())
        changed.emplace(before.after({m_change.target, m_change.from, m_change.addGroups}));
    const PolicyBits &after = changed ? *changed : before;
    Sums sums(before.words() * 64);
    std::mutex adding;
    inParallel(m_people.size(), WorthAThread, [&](std::size_t from, std::size_t to) {
        Sums part(before.words() * 64);
        sumRange(before, after, from, to, part);
        const std::lock_guard lock(adding);
        sums.add(part);
    });
    m_preview.alreadyThere += sums.alreadyThere;
    name(m_preview.gained, policies, sums.gained);
    name(m_preview.lost, policies, sums.lost);
}

void PreviewOfChange::sumRange(const PolicyBits &before, const PolicyBits &after, std::size_t from, std::size_t to,
                               Sums &sums)
{
    const std::size_t words = before.words();
    std::vector<std::uint64_t> has(words);
    std::vector<std::uint64_t> willHave(words);
    for (std::size_t i = from; i < to; ++i) {
        if (i % Stride == 0 && isCancelled(m_cancel))
            return;
        const EntityId person = m_people[i];
        const bool dragged = isDragged(person);
        std::fill(has.begin(), has.end(), 0);
        std::fill(willHave.begin(), willHave.end(), 0);
        for (const std::uint32_t group : m_memberships->groups(person.value)) {
            before.addGroup(group, has.data());
            if (!dragged || group != m_change.from.value)
                after.addGroup(group, willHave.data());
            if (dragged && group == m_change.target.value)
                ++sums.alreadyThere;
        }
        if (dragged)
            after.addGroup(m_change.target.value, willHave.data());
        before.addPolicies(m_memberships->policies(person.value), has.data());
        before.addPolicies(m_memberships->policies(person.value), willHave.data());
        for (std::size_t word = 0; word < words; ++word) {
            const std::uint64_t gained = willHave[word] & ~has[word];
            const std::uint64_t lost = has[word] & ~willHave[word];
            Sums::count(sums.gained, word, gained);
            Sums::count(sums.lost, word, lost);
            m_effects[i] |= static_cast<std::uint8_t>((gained ? Gains : 0) | (lost ? Loses : 0));
        }
    }
}

void PreviewOfChange::sumLostAccess(const GroupsAbove &groups, std::vector<PolicyId> coming)
{
    LostAccessSum lostAccess(m_snapshot, *m_policies, groups, std::move(coming));
    for (std::size_t i = 0; i < m_people.size() && lostAccess.complete() && !isCancelled(m_cancel); ++i) {
        if (m_effects[i] == Gains)
            lostAccess.add(m_memberships->groups(m_people[i].value), m_memberships->policies(m_people[i].value));
    }
    m_preview.lostAccess = lostAccess.take();
    m_preview.lostAccessComplete = lostAccess.complete();
}

void PreviewOfChange::name(std::vector<PolicyChange> &changes, const std::vector<PolicyId> &policies,
                           const std::vector<std::int64_t> &people) const
{
    for (std::size_t i = 0; i < policies.size(); ++i) {
        if (people[i] == 0)
            continue;
        const Graph::Policy *known = m_snapshot.graph.policy(policies[i]);
        changes.push_back(
            {policies[i], known ? known->name : std::string(), known && known->isDefined(m_snapshot.now), people[i]});
    }
}

void PreviewOfChange::finish()
{
    for (std::size_t i = 0; i < m_people.size(); ++i) {
        if (m_effects[i] != 0)
            continue;
        ++m_preview.unchanged;
        m_preview.oneUnchanged = m_preview.unchanged == 1 ? m_people[i] : EntityId{};
    }
    for (const GroupId group : m_change.addGroups) {
        const std::vector<GroupId> &parents = m_snapshot.graph.group(group)->parents;
        m_preview.alreadyThere += std::count(parents.begin(), parents.end(), m_change.target);
    }
    const auto dragged = static_cast<std::int64_t>(m_change.addPeople.size() + m_change.addGroups.size());
    if (m_change.target && !m_change.from && m_preview.alreadyThere == dragged)
        m_preview.refusal = Refusal::AlreadyThere;
    for (std::vector<PolicyChange> *changes : {&m_preview.gained, &m_preview.lost})
        std::sort(changes->begin(), changes->end(),
                  [](const PolicyChange &a, const PolicyChange &b) { return a.name < b.name; });
}

Result<Preview> PreviewOfChange::run()
{
    if (auto found = findPeople(); !found)
        return found.error();
    m_preview.refusal = refusal();
    m_preview.people = static_cast<std::int64_t>(m_people.size());
    if (m_preview.refusal != Refusal::None)
        return m_preview;
    sum();
    if (isCancelled(m_cancel))
        return cancelled();
    finish();
    return std::move(m_preview);
}

} // namespace

Result<Preview> preview(const Snapshot &snapshot, const Change &change, policy::PolicyCache *policies,
                        const std::atomic<bool> *cancel)
{
    return PreviewOfChange(snapshot, change, policies, cancel).run();
}

} // namespace kith::identity
