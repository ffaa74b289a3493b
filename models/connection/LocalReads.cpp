// SPDX-License-Identifier: Apache-2.0
#include "connection/LocalReads.h"

#include "connection/Conversions.h"
#include "identity/ExternalMembership.h"
#include "identity/Graph.h"
#include "identity/Who.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace kith::connection::reads {

GroupFilter groupFilter(const identity::Snapshot &snapshot, const QString &text, identity::GroupMatches matches)
{
    auto above = std::make_shared<std::unordered_set<qint64>>();
    for (const std::int64_t id : matches.visible) {
        const identity::Graph::Group *group = snapshot.graph.group(GroupId{id});
        if (group && std::any_of(group->children.begin(), group->children.end(),
                                 [&](GroupId child) { return matches.visible.contains(child.value); }))
            above->insert(id);
    }
    GroupFilter filter;
    filter.text = text;
    filter.matches = std::make_shared<const std::unordered_set<qint64>>(matches.matches.begin(), matches.matches.end());
    filter.above = std::move(above);
    return filter;
}

Result<Explanation> explanation(const identity::Snapshot &snapshot, ObjectRef object)
{
    const auto effective = object.kind == ObjectKind::Entity ? identity::effectivePolicies(snapshot, object.entity())
                                                             : identity::effectivePolicies(snapshot, object.group());
    if (!effective)
        return effective.error();
    std::unordered_map<GroupId, identity::ExternalMembership> ways;
    const auto entity = object.kind == ObjectKind::Entity ? std::optional(object.entity()) : std::nullopt;
    Explanation result;
    result.object = object;
    result.policies.reserve(effective->size());
    for (const identity::EffectivePolicy &policy : *effective) {
        PolicyWays shown{toQt(policy.name), policy.defined, {}};
        for (const identity::PolicySource &source : policy.sources) {
            PolicySource shownSource;
            shownSource.onEntity = source.chain.empty();
            shownSource.chain = toQt(snapshot.graph, source.chain);
            shownSource.chains = toQt(source.chains.toString());
            if (!shownSource.chain.empty() && shownSource.chain.front().external) {
                const GroupId first = shownSource.chain.front().id;
                if (!ways.contains(first))
                    ways.emplace(first, identity::externalMembership(snapshot.session, first, entity));
                shownSource.by = toQt(ways.at(first));
            }
            shown.sources.push_back(std::move(shownSource));
        }
        result.policies.push_back(std::move(shown));
    }
    return result;
}

namespace {

/// The first of them in the order in which people look: short ways first, then by name.
std::vector<Holder> firstOf(std::vector<Holder> holders, int limit)
{
    std::sort(holders.begin(), holders.end(), [](const Holder &a, const Holder &b) {
        return std::tuple(a.chain.size(), a.name, a.object.id) < std::tuple(b.chain.size(), b.name, b.object.id);
    });
    if (holders.size() > static_cast<std::size_t>(limit))
        holders.resize(static_cast<std::size_t>(limit));
    return holders;
}

} // namespace

Result<PolicyHolders> holders(const identity::Snapshot &snapshot, const QString &policy, int limit,
                              const std::atomic<bool> &cancel)
{
    const auto who = identity::whoHas(snapshot, toStd(policy), &cancel);
    if (!who)
        return who.error();
    const int most = std::max(limit, 0);
    PolicyHolders found{toQt(who->name),
                        who->defined,
                        static_cast<int>(who->groups.steps().size()),
                        static_cast<int>(who->entities.size()),
                        {},
                        {}};
    for (const identity::Descent::Step &step : who->groups.steps()) { // in this order already
        if (found.groups.size() == static_cast<std::size_t>(most))
            break;
        found.groups.push_back({ObjectRef::of(step.group->id), toQt(step.group->name), false,
                                toQt(snapshot.graph, who->groups.chain(step.group->id))});
    }
    // The entities come by the length of their way. Names order those of one length, so all of the last length that
    // has room are read.
    std::size_t reached = 0;
    for (const identity::Holder &holder : who->entities) {
        if (cancel)
            return Error{ErrorCode::Cancelled, 499, "cancelled", {}};
        const std::vector<GroupId> chain = who->groups.chain(holder.through);
        if (found.entities.size() >= static_cast<std::size_t>(most) && chain.size() > reached)
            break;
        reached = chain.size();
        store::Query row = snapshot.session.query("SELECT name, disabled FROM entity WHERE id = ?", holder.entity);
        if (row.step())
            found.entities.push_back(
                {ObjectRef::of(holder.entity), toQt(row.text(0)), row.integer(1) != 0, toQt(snapshot.graph, chain)});
    }
    found.entities = firstOf(std::move(found.entities), most);
    return found;
}

Expiry expiry(store::Session &session, Nanoseconds lastLook, Nanoseconds now)
{
    Expiry found;
    store::Query rows =
        session.query("SELECT policy FROM acl_policy WHERE expiration > ? AND expiration <= ?", lastLook, now);
    while (rows.step())
        found.expired.policies.push_back(rows.id<PolicyId>(0));
    found.next = session.integer("SELECT min(expiration) FROM acl_policy WHERE expiration > ?", now).value_or(0);
    return found;
}

ObjectRef objectByUuid(const identity::Snapshot &snapshot, const QString &uuid)
{
    const std::string text = toStd(uuid);
    if (const auto entity = identity::entityByUuid(snapshot.session, text))
        return ObjectRef::of(*entity);
    if (const auto group = identity::groupByUuid(snapshot.session, text))
        return ObjectRef::of(*group);
    return {};
}

} // namespace kith::connection::reads
