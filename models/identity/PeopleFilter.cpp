// SPDX-License-Identifier: Apache-2.0
#include "identity/PeopleFilter.h"

#include "identity/Cancel.h"
#include "identity/Descent.h"
#include "identity/EntityTable.h"
#include "identity/Identities.h"
#include "identity/Metadata.h"
#include "identity/People.h"
#include "identity/Who.h"
#include "policy/PolicyNames.h"

#include <algorithm>
#include <iterator>

namespace kith::identity {

namespace {

constexpr std::size_t MostKnown = 8; ///< Sets of people: an eighth of a megabyte a million each.

/// The first column of the rows for which `holds(row)`.
template <class Holds>
Result<RowIdSet> collect(store::Query rows, const std::atomic<bool> *cancel, Holds holds)
{
    RowIdSet people;
    for (std::size_t count = 1; rows.step(); ++count) {
        if (count % 4096 == 0 && isCancelled(cancel))
            return cancelled();
        if (holds(rows))
            people.insert(rows.integer(0));
    }
    return people;
}

Result<RowIdSet> all(store::Query rows, const std::atomic<bool> *cancel)
{
    return collect(std::move(rows), cancel, [](const store::Query &) { return true; });
}

Result<RowIdSet> withPolicy(const Snapshot &snapshot, const std::string &name, const std::atomic<bool> *cancel)
{
    const auto who = whoHas(snapshot, name, cancel);
    if (!who)
        return who.error();
    RowIdSet people;
    for (const Holder &holder : who->entities)
        people.insert(holder.entity.value);
    return people;
}

/// Only the rows that hold the key's text are parsed: keys are written without escapes. They are looked for here and
/// not in SQL, where nothing would stop the search for a key that few or none have.
Result<RowIdSet> withMetadata(const Snapshot &snapshot, const EntityCondition &condition,
                              const std::atomic<bool> *cancel)
{
    const std::string wanted = EntityFacts::folded(condition.value);
    const std::string key = '"' + condition.text + '"';
    auto rows = snapshot.session.query("SELECT id, metadata FROM entity WHERE namespace = 1");
    return collect(std::move(rows), cancel, [&](const store::Query &row) {
        if (row.text(1).find(key) == std::string_view::npos)
            return false;
        const StoredMetadata metadata = metadataFromColumn(row.text(1));
        const auto found = metadata ? metadata->find(condition.text) : Metadata::const_iterator();
        if (!metadata || found == metadata->end())
            return false;
        return condition.kind == EntityCondition::Kind::Metadata || EntityFacts::folded(found->second) == wanted;
    });
}

} // namespace

Result<RowIdSet> peopleWho(const Snapshot &snapshot, const EntityCondition &condition, const std::atomic<bool> *cancel)
{
    using Kind = EntityCondition::Kind;
    store::Session &session = snapshot.session;
    switch (condition.kind) {
    case Kind::InGroup:
        return peopleIn(snapshot, {condition.group}, cancel);
    case Kind::BelowGroup: {
        std::vector<GroupId> groups;
        const Descent descent(snapshot.graph, {condition.group});
        for (const Descent::Step &step : descent.steps())
            groups.push_back(step.group->id);
        return peopleIn(snapshot, groups, cancel);
    }
    case Kind::OwnPolicy: {
        const auto policy = policy::findPolicy(session, condition.text);
        return policy ? all(session.query("SELECT entity FROM entity_policy WHERE policy = ?", *policy), cancel)
                      : RowIdSet();
    }
    case Kind::HasPolicy:
        return withPolicy(snapshot, condition.text, cancel);
    case Kind::Mount:
        return all(session.query("SELECT entity FROM entity_alias WHERE accessor = ?", condition.text), cancel);
    case Kind::Disabled:
        return all(session.query("SELECT id FROM entity WHERE namespace = 1 AND disabled <> 0"), cancel);
    case Kind::Enabled:
        return all(session.query("SELECT id FROM entity WHERE namespace = 1 AND disabled = 0"), cancel);
    case Kind::Metadata:
    case Kind::MetadataValue:
        return withMetadata(snapshot, condition, cancel);
    }
    return RowIdSet();
}

std::shared_ptr<PeopleFilter> PeopleFilter::create(Identities &identities)
{
    auto filter = std::make_shared<PeopleFilter>();
    identities.onChange([weak = std::weak_ptr(filter), &store = identities.store()](const ChangeSet &changes) {
        const auto alive = weak.lock();
        if (!alive)
            return;
        const auto revision = store.read([](store::Session &session) -> Result<std::int64_t> {
            return session.integer("SELECT value FROM revision").value_or(0);
        });
        alive->follow(changes, revision ? *revision : 0);
    });
    return filter;
}

/// Whether somebody may fulfil it now who didn't, or the other way round.
bool PeopleFilter::concerns(const Known &known, const ChangeSet &changes)
{
    using Kind = EntityCondition::Kind;
    const auto touches = [&](auto isMeant) {
        return std::any_of(changes.members.begin(), changes.members.end(),
                           [&](const auto &edge) { return isMeant(edge.first); }) ||
               std::any_of(changes.groups.begin(), changes.groups.end(), isMeant);
    };
    if (changes.everything)
        return true;
    switch (known.condition.kind) {
    case Kind::InGroup:
        return touches([&](GroupId group) { return group == known.condition.group; });
    case Kind::BelowGroup:
        return !changes.subgroups.empty() || touches([&](GroupId group) { return known.groups.contains(group.value); });
    case Kind::HasPolicy:
        return !changes.entities.empty() || !changes.members.empty() || !changes.groups.empty() ||
               !changes.subgroups.empty();
    case Kind::Mount:
        return !changes.entities.empty() || changes.mounts;
    case Kind::OwnPolicy:
    case Kind::Disabled:
    case Kind::Enabled:
    case Kind::Metadata:
    case Kind::MetadataValue:
        break;
    }
    return !changes.entities.empty();
}

/// In the writer's thread: no commit comes meanwhile. What somebody found in a snapshot before the last commit, but
/// tells only now, isn't known to be so any more.
void PeopleFilter::follow(const ChangeSet &changes, std::int64_t revision)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_known, [&](const Known &known) {
        const bool missedOne = revision == 0 || known.to < m_followed || known.to + 1 < revision;
        return missedOne || concerns(known, changes);
    });
    for (Known &known : m_known)
        known.to = std::max(known.to, revision);
    m_followed = std::max(m_followed, revision);
}

Result<PeopleFilter::People> PeopleFilter::peopleWho(const Snapshot &snapshot, const EntityCondition &condition,
                                                     const std::atomic<bool> *cancel)
{
    const std::int64_t revision = snapshot.graph.revision();
    {
        const std::lock_guard lock(m_mutex);
        for (const Known &known : m_known)
            if (known.from <= revision && revision <= known.to && known.condition == condition)
                return known.people;
    }
    auto found = identity::peopleWho(snapshot, condition, cancel);
    if (!found)
        return found.error();
    Known known{revision, revision, condition, {}, std::make_shared<const RowIdSet>(std::move(*found))};
    if (condition.kind == EntityCondition::Kind::BelowGroup) {
        known.groups.insert(condition.group.value); // also one that isn't there yet
        const Descent descent(snapshot.graph, {condition.group});
        for (const Descent::Step &step : descent.steps())
            known.groups.insert(step.group->id.value);
    }
    const std::lock_guard lock(m_mutex);
    m_known.push_front(known);
    if (m_known.size() > MostKnown)
        m_known.pop_back();
    return known.people;
}

Result<std::vector<PeopleFilter::People>> PeopleFilter::setsOf(const Snapshot &snapshot,
                                                               const std::vector<EntityCondition> &conditions,
                                                               const std::atomic<bool> *cancel)
{
    std::vector<People> sets;
    for (const EntityCondition &condition : conditions) {
        auto people = peopleWho(snapshot, condition, cancel);
        if (!people)
            return people.error();
        sets.push_back(std::move(*people));
    }
    return sets;
}

Result<RowList> PeopleFilter::first(const Snapshot &snapshot, const SearchIndex &index, const EntityQuery &query,
                                    const std::vector<EntityCondition> &conditions, std::size_t count,
                                    const std::atomic<bool> *cancel)
{
    if (conditions.empty())
        return index.firstRows(query, count);
    const auto sets = setsOf(snapshot, conditions, cancel);
    if (!sets)
        return sets.error();
    return index.firstRows(query, count, [&sets](std::uint32_t id) {
        return std::all_of(sets->begin(), sets->end(), [id](const People &people) { return people->contains(id); });
    });
}

Result<RowList> PeopleFilter::under(const Snapshot &snapshot, const std::vector<EntityCondition> &conditions,
                                    const RowList &all, const std::atomic<bool> *cancel)
{
    const auto sets = setsOf(snapshot, conditions, cancel);
    if (!sets)
        return sets.error();
    std::vector<std::uint32_t> rows;
    std::copy_if(all->begin(), all->end(), std::back_inserter(rows), [&](std::uint32_t id) {
        return std::all_of(sets->begin(), sets->end(), [id](const People &people) { return people->contains(id); });
    });
    return std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
}

} // namespace kith::identity
