// SPDX-License-Identifier: Apache-2.0
#include "identity/People.h"

#include "identity/Cancel.h"
#include "identity/Parallel.h"
#include "identity/PolicyBits.h"

#include <algorithm>
#include <bit>
#include <mutex>

namespace kith::identity {

namespace {

/// From here on running through an index of a million people is quicker than looking each up.
constexpr std::size_t Many = 50'000;
/// From here on running through all memberships in memory is quicker than reading rows.
constexpr std::size_t ManyRows = 50'000;
constexpr std::size_t ManyGroups = 2'000;
/// So many people are looked at between two looks at the wish to stop.
constexpr std::size_t Stride = 1024;

RowIdSet peopleInMemory(const Memberships &memberships, const std::vector<GroupId> &groups)
{
    std::vector<bool> isOne;
    for (const GroupId group : groups) {
        const auto id = static_cast<std::size_t>(group.value);
        if (id >= isOne.size())
            isOne.resize(id + 1 + id / 2);
        isOne[id] = true;
    }
    RowIdSet people;
    memberships.forEachIn([&](std::uint32_t group) { return group < isOne.size() && isOne[group]; },
                          [&](std::int64_t entity) { people.insert(entity); });
    return people;
}

/// What anyone of the people could have: the groups, and the policies that those or they themselves carry.
struct Reach {
    std::vector<std::uint32_t> groups;
    std::vector<bool> policies; // by row id
};

Reach reachOf(const Memberships &memberships, const std::vector<std::uint32_t> &people)
{
    Reach reach;
    std::vector<bool> seen;
    const auto mark = [](std::vector<bool> &bits, std::uint32_t id) {
        if (id >= bits.size())
            bits.resize(id + 1 + id / 2);
        const bool isNew = !bits[id];
        bits[id] = true;
        return isNew;
    };
    for (const std::uint32_t person : people) {
        for (const std::uint32_t group : memberships.groups(person)) {
            if (mark(seen, group))
                reach.groups.push_back(group);
        }
        for (const std::uint32_t policy : memberships.policies(person))
            mark(reach.policies, policy);
    }
    return reach;
}

std::vector<PolicyId> policiesOf(const GroupsAbove &groups, std::vector<bool> policies)
{
    for (std::size_t index = 0; index < groups.size(); ++index) {
        for (const PolicyId policy : groups.at(index).policies) {
            const auto id = static_cast<std::size_t>(policy.value);
            if (id >= policies.size())
                policies.resize(id + 1 + id / 2);
            policies[id] = true;
        }
    }
    std::vector<PolicyId> ids;
    for (std::size_t id = 0; id < policies.size(); ++id) {
        if (policies[id])
            ids.push_back(PolicyId{static_cast<std::int64_t>(id)});
    }
    return ids;
}

/// What somebody has of the policies of the bits, for one after the other.
class Held
{
public:
    Held(const Memberships &memberships, const PolicyBits &bits)
        : m_memberships(memberships), m_bits(bits), m_has(bits.words())
    {}
    const std::vector<std::uint64_t> &by(std::uint32_t person)
    {
        std::fill(m_has.begin(), m_has.end(), 0);
        for (const std::uint32_t group : m_memberships.groups(person))
            m_bits.addGroup(group, m_has.data());
        m_bits.addPolicies(m_memberships.policies(person), m_has.data());
        return m_has;
    }

private:
    const Memberships &m_memberships;
    const PolicyBits &m_bits;
    std::vector<std::uint64_t> m_has;
};

/// Calls `part(bits, run)` in several threads, with the bits of some of the policies that the people have after the
/// others. `run(each)` calls `each(i, has)` for the people of that thread.
template <class Part>
Result<void> forPoliciesOf(const Snapshot &snapshot, const std::vector<std::uint32_t> &people,
                           const std::atomic<bool> *cancel, Part &&part)
{
    std::vector<EntityId> ids;
    if (!snapshot.memberships) {
        std::transform(people.begin(), people.end(), std::back_inserter(ids), [](auto id) { return EntityId{id}; });
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    }
    const auto memberships = membershipsOf(snapshot, ids, cancel);
    if (!memberships)
        return memberships.error();
    Reach reach = reachOf(**memberships, people);
    const GroupsAbove above(snapshot.graph, reach.groups);
    const std::vector<PolicyId> policies = policiesOf(above, std::move(reach.policies));
    for (std::size_t first = 0; first < policies.size(); first += PolicyBits::MostPolicies) {
        const auto begin = policies.begin() + static_cast<std::ptrdiff_t>(first);
        const auto end =
            begin + static_cast<std::ptrdiff_t>(std::min(PolicyBits::MostPolicies, policies.size() - first));
        const PolicyBits bits(above, {begin, end});
        inParallel(people.size(), 20 * Stride, [&](std::size_t from, std::size_t to) {
            Held held(**memberships, bits);
            part(bits, [&](auto &&each) {
                for (std::size_t i = from; i < to && (i % Stride != 0 || !isCancelled(cancel)); ++i)
                    each(i, held.by(people[i]));
            });
        });
        if (isCancelled(cancel))
            return cancelled();
    }
    return {};
}

} // namespace

Result<std::shared_ptr<const Memberships>> membershipsOf(const Snapshot &snapshot, const std::vector<EntityId> &people,
                                                         const std::atomic<bool> *cancel)
{
    if (snapshot.memberships)
        return snapshot.memberships;
    if (people.size() >= Many)
        return Memberships::load(snapshot.session, cancel);
    return Memberships().following(snapshot.session, people);
}

Result<RowIdSet> peopleIn(const Snapshot &snapshot, const std::vector<GroupId> &groups, const std::atomic<bool> *cancel)
{
    RowIdSet people;
    std::size_t rowsRead = 0;
    const auto isTooMuch = [&] { return snapshot.memberships && rowsRead > ManyRows; };
    if (snapshot.memberships && groups.size() > ManyGroups)
        return peopleInMemory(*snapshot.memberships, groups);
    for (const GroupId group : groups) {
        auto rows = snapshot.session.query("SELECT entity FROM member_entity WHERE grp = ?", group);
        while (!isTooMuch() && rows.step()) {
            if (++rowsRead % Stride == 0 && isCancelled(cancel))
                return cancelled();
            people.insert(rows.integer(0));
        }
        if (isTooMuch())
            return peopleInMemory(*snapshot.memberships, groups);
    }
    return people;
}

Result<std::vector<std::uint32_t>> policyCounts(const Snapshot &snapshot, const std::vector<std::uint32_t> &people,
                                                const std::atomic<bool> *cancel)
{
    std::vector<std::uint32_t> counts(people.size());
    const auto ran = forPoliciesOf(snapshot, people, cancel, [&](const PolicyBits &, auto &&run) {
        run([&](std::size_t i, const std::vector<std::uint64_t> &has) {
            for (const std::uint64_t word : has)
                counts[i] += static_cast<std::uint32_t>(std::popcount(word));
        });
    });
    if (!ran)
        return ran.error();
    return counts;
}

Result<std::unordered_map<std::uint32_t, std::int64_t>>
peopleByPolicy(const Snapshot &snapshot, const std::vector<std::uint32_t> &people, const std::atomic<bool> *cancel)
{
    std::unordered_map<std::uint32_t, std::int64_t> result;
    std::mutex adding;
    const auto ran = forPoliciesOf(snapshot, people, cancel, [&](const PolicyBits &bits, auto &&run) {
        std::vector<std::uint32_t> counts(bits.words() * 64);
        run([&](std::size_t, const std::vector<std::uint64_t> &has) {
            for (std::size_t word = 0; word < has.size(); ++word)
                for (std::uint64_t rest = has[word]; rest != 0; rest &= rest - 1)
                    ++counts[word * 64 + static_cast<std::size_t>(std::countr_zero(rest))];
        });
        const std::lock_guard lock(adding);
        for (std::size_t i = 0; i < bits.policies().size(); ++i)
            if (counts[i] > 0)
                result[static_cast<std::uint32_t>(bits.policies()[i].value)] += counts[i];
    });
    if (!ran)
        return ran.error();
    return result;
}

} // namespace kith::identity
