// SPDX-License-Identifier: Apache-2.0
#include "identity/PeopleSummary.h"

#include "identity/Cancel.h"
#include "identity/People.h"

#include <algorithm>
#include <unordered_map>

namespace kith::identity {

namespace {

/// From here on reading all rows from front to back is quicker than looking each up.
constexpr std::size_t Many = 50'000;
constexpr std::size_t Stride = 1024;

using Counts = std::unordered_map<std::uint32_t, std::int64_t>; // by row id

struct KeyCounts {
    std::int64_t people = 0;
    std::unordered_map<std::string, std::int64_t> values; // all: which are the most is known only in the end
};

/// The rows of the entities, added up one after the other.
class Adding
{
public:
    void add(bool disabled, std::string_view metadata)
    {
        ++people;
        this->disabled += disabled ? 1 : 0;
        if (metadata.empty())
            return;
        for (const auto &[key, value] : metadataFromColumn(metadata).value_or(Metadata())) {
            KeyCounts &counts = m_keys[key];
            ++counts.people;
            ++counts.values[value];
        }
    }

    std::vector<PeopleSummary::Key> keys() const
    {
        std::vector<PeopleSummary::Key> result;
        for (const auto &[key, counts] : m_keys) {
            const std::size_t shown = std::min(counts.values.size(), PeopleSummary::MostValues);
            std::vector<PeopleSummary::Value> values;
            values.reserve(counts.values.size());
            for (const auto &[value, number] : counts.values)
                values.push_back({value, number});
            std::partial_sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(shown), values.end(),
                              [](const auto &a, const auto &b) {
                                  return a.people != b.people ? a.people > b.people : a.text < b.text;
                              });
            values.resize(shown);
            result.push_back({key, counts.people, std::move(values), shown == counts.values.size()});
        }
        std::sort(result.begin(), result.end(), [](const auto &a, const auto &b) {
            return a.people != b.people ? a.people > b.people : a.key < b.key;
        });
        return result;
    }

    std::int64_t people = 0;
    std::int64_t disabled = 0;

private:
    std::unordered_map<std::string, KeyCounts> m_keys;
};

/// What stands in the rows of the entities themselves; takes those that are gone out of `people`.
Result<Adding> addRows(store::Session &session, std::vector<std::uint32_t> &people, const std::atomic<bool> *cancel)
{
    Adding adding;
    std::vector<std::uint32_t> there;
    there.reserve(people.size());
    if (people.size() >= Many) {
        auto next = people.begin(); // both are in the order of the ids
        auto rows = session.query("SELECT id, disabled, metadata FROM entity ORDER BY id");
        while (next != people.end() && rows.step()) {
            const auto id = static_cast<std::uint32_t>(rows.integer(0));
            next = std::lower_bound(next, people.end(), id);
            if (next == people.end() || *next != id)
                continue;
            adding.add(rows.integer(1) != 0, rows.text(2));
            there.push_back(id);
            if (there.size() % Stride == 0 && isCancelled(cancel))
                return cancelled();
        }
    } else {
        auto row = session.query("SELECT disabled, metadata FROM entity WHERE id = ?");
        for (const std::uint32_t id : people) {
            row.bind(1, std::int64_t{id});
            if (row.step()) {
                adding.add(row.integer(0) != 0, row.text(1));
                there.push_back(id);
            }
            row.reset();
            if (there.size() % Stride == 0 && isCancelled(cancel))
                return cancelled();
        }
    }
    people = std::move(there);
    return adding;
}

std::vector<PeopleSummary::Policy> policiesIn(const Snapshot &snapshot, const Counts &counts)
{
    std::vector<PeopleSummary::Policy> result;
    for (const auto &[id, people] : counts)
        if (const Graph::Policy *policy = snapshot.graph.policy(PolicyId{id}))
            result.push_back({policy->name, policy->isDefined(snapshot.now), people});
    std::sort(result.begin(), result.end(), [](const auto &a, const auto &b) {
        return a.people != b.people ? a.people > b.people : a.name < b.name;
    });
    return result;
}

std::vector<PeopleSummary::Group> groupsIn(const Graph &graph, const Counts &counts)
{
    std::vector<PeopleSummary::Group> result;
    for (const auto &[id, people] : counts)
        if (graph.group(GroupId{id}))
            result.push_back({GroupId{id}, people});
    std::sort(result.begin(), result.end(), [&](const auto &a, const auto &b) {
        return a.people != b.people ? a.people > b.people : graph.before(a.id, b.id);
    });
    return result;
}

} // namespace

Result<PeopleSummary> summaryOf(const Snapshot &snapshot, std::vector<EntityId> people, const std::atomic<bool> *cancel)
{
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    std::vector<std::uint32_t> ids(people.size());
    std::transform(people.begin(), people.end(), ids.begin(),
                   [](EntityId id) { return static_cast<std::uint32_t>(id.value); });
    const auto rows = addRows(snapshot.session, ids, cancel);
    if (!rows)
        return rows.error();
    const auto memberships = membershipsOf(snapshot, people, cancel);
    if (!memberships)
        return memberships.error();
    Counts own;
    Counts groups;
    std::size_t seen = 0;
    for (const std::uint32_t id : ids) {
        if (++seen % Stride == 0 && isCancelled(cancel))
            return cancelled();
        for (const std::uint32_t policy : (*memberships)->policies(id))
            ++own[policy];
        for (const std::uint32_t group : (*memberships)->groups(id))
            ++groups[group];
    }
    const Snapshot loaded{snapshot.session, snapshot.graph, snapshot.now, *memberships}; // not to be read twice
    const auto effective = peopleByPolicy(loaded, ids, cancel);
    if (!effective)
        return effective.error();
    return PeopleSummary{rows->people,
                         rows->disabled,
                         policiesIn(snapshot, own),
                         policiesIn(snapshot, *effective),
                         groupsIn(snapshot.graph, groups),
                         rows->keys()};
}

Result<std::vector<EntityState>> entityStates(store::Session &session, const std::vector<EntityId> &ids,
                                              const std::atomic<bool> *cancel)
{
    store::Query entity = session.query("SELECT uuid, name, version, disabled, metadata FROM entity WHERE id = ?");
    store::Query policies = session.query("SELECT p.name FROM entity_policy e JOIN policy_name p ON p.id = e.policy "
                                          "WHERE e.entity = ? ORDER BY p.name");
    std::vector<EntityState> result;
    result.reserve(ids.size());
    for (const EntityId id : ids) {
        entity.bind(1, id.value);
        if (entity.step()) {
            EntityState state{id,
                              std::string(entity.text(0)),
                              std::string(entity.text(1)),
                              entity.integer(2),
                              entity.integer(3) != 0,
                              {},
                              metadataFromColumn(entity.text(4)).value_or(Metadata())};
            policies.bind(1, id.value);
            while (policies.step())
                state.policies.emplace_back(policies.text(0));
            policies.reset();
            result.push_back(std::move(state));
        }
        entity.reset();
        if (result.size() % Stride == 0 && isCancelled(cancel))
            return cancelled();
    }
    return result;
}

} // namespace kith::identity
