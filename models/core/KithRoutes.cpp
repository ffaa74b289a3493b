// SPDX-License-Identifier: Apache-2.0
// What the identities in memory answer: kith/explain, kith/who, kith/search. Each is read, or updated with the same
// parameters in the body; names compare in any case.
//
// kith/explain {"entity": name or id} or {"group": name or id} ->
//   {"entity": {"id", "name", "disabled"} | "group": {"id", "name"},
//    "policies": [{"name", "defined",
//                  "sources": [{"kind": "entity"|"group",
//                               "chain": ["group the entity is in", …, "group that carries the policy"],
//                               "chains": "exact number of chains"}]}]}
//   policies by name; sources by the length of the chain, then the names in it. Somebody unknown: 404 with a text.
//   Of an entity in external groups also
//    "external": [{"group", "group_id", "mount": "ldap", "alias": who it is there, "since": when a login said so first,
//                  "refreshed": when it was said last}]
//   by the groups' names; of an external group "external": [{"entity", "entity_id", "alias", "since", "refreshed"}], up
//   to 5,000 members; what nobody knows is left out.
//   Of an entity whose logins have changed that also, by the paths of the mounts, of each alias the last change
//    "changes": [{"alias", "alias_id", "mount", "time", "by": "login"|"renewal", "joined": [{"group", "group_id"}],
//                 "left": the same}]
//   without groups that are gone; of an external group "change", who came or went last: {"entity", "entity_id",
//   "alias", "alias_id", "mount", "time", "by", "joined": true|false}.
//
// kith/who {"policy": name, "limit": 0} ->
//   {"policy": {"name", "defined"}, "entity_count", "group_count",
//    "entities": [{"id", "name", "disabled", "chain"}], "groups": [{"id", "name", "chain"}]}
//   chain: the shortest way to a group that carries it, by names; of an entity that carries it itself: empty. By the
//   length of the chain, then by name; with a limit the first of each.
//
// kith/search {"text", "limit": 50} ->
//   {"hits": [{"kind": "entity"|"group"|"alias"|"policy", "id", "name", "detail"}]}
//   best first; for an alias id and name are those of its owner; a policy has no id.
//
// kith/check (read only) -> {"findings": [{"object", "text", "way_out"}], "left_out"}: whatever must not be in a core.
#include "core/Routes.h"
#include "identity/Check.h"
#include "identity/Explanation.h"
#include "identity/ExternalChange.h"
#include "identity/ExternalMembership.h"
#include "identity/Graph.h"
#include "identity/Identities.h"
#include "identity/Listing.h"
#include "identity/ObjectIds.h"
#include "identity/SearchIndex.h"
#include "identity/Who.h"
#include "store/Text.h"

#include <algorithm>
#include <span>

namespace kith::core {

namespace {

using identity::Snapshot;

Error noSuch(std::string_view kind, const std::string &name)
{
    return {ErrorCode::NotFound, 404, "no " + std::string(kind) + " has the name or id \"" + name + "\"", {}};
}

boost::json::array namesOf(const identity::Graph &graph, std::span<const GroupId> chain)
{
    boost::json::array names;
    for (const GroupId group : chain)
        names.emplace_back(graph.group(group)->name);
    return names;
}

boost::json::array policiesOf(const identity::Graph &graph, const std::vector<identity::EffectivePolicy> &policies)
{
    boost::json::array list;
    for (const identity::EffectivePolicy &policy : policies) {
        boost::json::array sources;
        for (const identity::PolicySource &source : policy.sources)
            sources.push_back({{"kind", source.chain.empty() ? "entity" : "group"},
                               {"chain", namesOf(graph, source.chain)},
                               {"chains", source.chains.toString()}});
        list.push_back({{"name", policy.name}, {"defined", policy.defined}, {"sources", std::move(sources)}});
    }
    return list;
}

void addWay(boost::json::object &shown, const identity::ExternalMembership &membership)
{
    if (!membership.alias.empty())
        shown["alias"] = membership.alias;
    if (membership.since)
        shown["since"] = toRfc3339(*membership.since);
    if (membership.refreshed)
        shown["refreshed"] = toRfc3339(*membership.refreshed);
}

boost::json::array externalOf(const Snapshot &snapshot, EntityId entity)
{
    boost::json::array list;
    for (const identity::ExternalMembership &membership : identity::externalMemberships(snapshot.session, entity)) {
        boost::json::object shown{{"group", snapshot.graph.group(membership.group)->name},
                                  {"group_id", identity::uuidOf(snapshot.session, membership.group).value_or("")}};
        if (!membership.mount.empty())
            shown["mount"] = membership.mount;
        addWay(shown, membership);
        list.push_back(std::move(shown));
    }
    return list;
}

boost::json::array externalMembersOf(const Snapshot &snapshot, GroupId group)
{
    constexpr std::int64_t Most = 5000;
    boost::json::array list;
    for (const identity::ExternalMember &member : identity::externalMembers(snapshot.session, group, Most)) {
        boost::json::object shown{{"entity", member.name}, {"entity_id", member.uuid}};
        addWay(shown, member.membership);
        list.push_back(std::move(shown));
    }
    return list;
}

/// Of an ExternalChange or a LastMember: whose login or renewal it was, and when.
template <class Change>
boost::json::object occasionOf(const Change &change)
{
    boost::json::object shown{{"alias", change.alias.name},
                              {"alias_id", change.alias.uuid},
                              {"time", toRfc3339(change.time)},
                              {"by", change.by == identity::RefreshedBy::Renewal ? "renewal" : "login"}};
    if (!change.alias.mount.empty())
        shown["mount"] = change.alias.mount;
    return shown;
}

boost::json::array changedGroups(store::Session &session, const std::vector<identity::NamedGroup> &groups)
{
    boost::json::array list;
    for (const identity::NamedGroup &group : groups)
        list.push_back({{"group", group.name}, {"group_id", identity::uuidOf(session, group.id).value_or("")}});
    return list;
}

boost::json::array changesOf(store::Session &session, EntityId entity)
{
    boost::json::array list;
    for (const identity::ExternalChange &change : identity::externalChanges(session, entity)) {
        boost::json::object shown = occasionOf(change);
        shown["joined"] = changedGroups(session, change.joined);
        shown["left"] = changedGroups(session, change.left);
        list.push_back(std::move(shown));
    }
    return list;
}

boost::json::object lastMemberJson(const identity::LastMember &member)
{
    boost::json::object shown = occasionOf(member);
    shown["entity"] = member.name;
    shown["entity_id"] = member.uuid;
    shown["joined"] = member.joined;
    return shown;
}

Result<Response> explainEntity(const Snapshot &snapshot, const std::string &name)
{
    store::Session &session = snapshot.session;
    const EntityId entity = identity::entityNamed(session, name);
    if (!entity)
        return noSuch("entity", name);
    const auto policies = identity::effectivePolicies(snapshot, entity);
    if (!policies)
        return policies.error();
    boost::json::object answer{
        {"entity",
         {{"id", session.text("SELECT uuid FROM entity WHERE id = ?", entity).value_or("")},
          {"name", session.text("SELECT name FROM entity WHERE id = ?", entity).value_or("")},
          {"disabled", session.integer("SELECT disabled FROM entity WHERE id = ?", entity) == 1}}},
        {"policies", policiesOf(snapshot.graph, *policies)}};
    if (auto external = externalOf(snapshot, entity); !external.empty())
        answer["external"] = std::move(external);
    if (auto changes = changesOf(session, entity); !changes.empty())
        answer["changes"] = std::move(changes);
    return Response::of(std::move(answer));
}

Result<Response> explainGroup(const Snapshot &snapshot, const std::string &name)
{
    store::Session &session = snapshot.session;
    const GroupId group = identity::groupNamed(session, name);
    if (!group)
        return noSuch("group", name);
    const auto policies = identity::effectivePolicies(snapshot, group);
    if (!policies)
        return policies.error();
    boost::json::object answer{
        {"group",
         {{"id", session.text("SELECT uuid FROM identity_group WHERE id = ?", group).value_or("")},
          {"name", snapshot.graph.group(group)->name}}},
        {"policies", policiesOf(snapshot.graph, *policies)}};
    if (snapshot.graph.group(group)->external)
        answer["external"] = externalMembersOf(snapshot, group);
    if (const auto member = identity::lastMemberOf(session, group))
        answer["change"] = lastMemberJson(*member);
    return Response::of(std::move(answer));
}

Result<Response> explain(const Call &call, identity::Identities &identities)
{
    if (call.has("entity") == call.has("group"))
        return invalidRequest("exactly one of entity and group must be given");
    return identities.read([&](const Snapshot &snapshot) {
        return call.has("entity") ? explainEntity(snapshot, call.text("entity").value_or(""))
                                  : explainGroup(snapshot, call.text("group").value_or(""));
    });
}

/// One line of kith/who, before and after its names are read.
struct Line {
    std::size_t length;
    std::string name;
    boost::json::object json;
};

boost::json::array sorted(std::vector<Line> lines, std::size_t limit)
{
    std::sort(lines.begin(), lines.end(),
              [](const Line &a, const Line &b) { return std::tie(a.length, a.name) < std::tie(b.length, b.name); });
    if (limit > 0 && lines.size() > limit)
        lines.resize(limit);
    boost::json::array array;
    for (Line &line : lines)
        array.push_back(std::move(line.json));
    return array;
}

Result<Response> who(const Call &call, identity::Identities &identities)
{
    const std::string name = call.text("policy").value_or("");
    const std::int64_t limit = call.number("limit").value_or(0);
    if (name.empty() || limit < 0)
        return invalidRequest("a policy must be named, and a limit must not be negative");
    const auto *cancel = call.request().progress ? &call.request().progress->cancelled : nullptr;
    return identities.read([&](const Snapshot &snapshot) -> Result<Response> {
        const auto who = identity::whoHas(snapshot, name, cancel);
        if (!who)
            return who.error();
        std::vector<Line> entities;
        for (const identity::Holder &holder : who->entities) {
            const std::vector<GroupId> chain = who->groups.chain(holder.through);
            auto row = snapshot.session.query("SELECT uuid, name, disabled FROM entity WHERE id = ?", holder.entity);
            if (row.step())
                entities.push_back({chain.size(),
                                    std::string(row.text(1)),
                                    {{"id", row.text(0)},
                                     {"name", row.text(1)},
                                     {"disabled", row.integer(2) != 0},
                                     {"chain", namesOf(snapshot.graph, chain)}}});
        }
        std::vector<Line> groups;
        for (const identity::Descent::Step &step : who->groups.steps()) {
            const std::vector<GroupId> chain = who->groups.chain(step.group->id);
            const auto id = snapshot.session.text("SELECT uuid FROM identity_group WHERE id = ?", step.group->id);
            groups.push_back(
                {chain.size(),
                 step.group->name,
                 {{"id", id.value_or("")}, {"name", step.group->name}, {"chain", namesOf(snapshot.graph, chain)}}});
        }
        return Response::of({{"policy", {{"name", who->name}, {"defined", who->defined}}},
                             {"entity_count", entities.size()},
                             {"group_count", groups.size()},
                             {"entities", sorted(std::move(entities), static_cast<std::size_t>(limit))},
                             {"groups", sorted(std::move(groups), static_cast<std::size_t>(limit))}});
    });
}

std::string_view kindName(identity::HitKind kind)
{
    switch (kind) {
    case identity::HitKind::Entity:
        break;
    case identity::HitKind::Group:
        return "group";
    case identity::HitKind::Alias:
        return "alias";
    case identity::HitKind::Policy:
        return "policy";
    }
    return "entity";
}

Result<Response> search(const Call &call, identity::Identities &identities)
{
    const std::int64_t limit = call.number("limit").value_or(50);
    if (limit < 0)
        return invalidRequest("a limit must not be negative");
    const auto *cancel = call.request().progress ? &call.request().progress->cancelled : nullptr;
    const auto hits = identities.index().find(call.text("text").value_or(""), static_cast<std::size_t>(limit), cancel);
    if (!hits)
        return hits.error();
    return identities.read([&](const Snapshot &snapshot) -> Result<Response> {
        boost::json::array list;
        for (const identity::Hit &hit : *hits) {
            std::optional<std::string> id;
            if (hit.entity)
                id = snapshot.session.text("SELECT uuid FROM entity WHERE id = ?", hit.entity);
            else if (hit.group)
                id = snapshot.session.text("SELECT uuid FROM identity_group WHERE id = ?", hit.group);
            boost::json::object json{{"kind", kindName(hit.kind)}, {"name", hit.name}, {"detail", hit.detail}};
            if (id)
                json["id"] = *id;
            list.push_back(std::move(json));
        }
        return Response::of({{"hits", std::move(list)}});
    });
}

Result<Response> check(const Call &, store::Session &session)
{
    const identity::Findings findings = identity::checkCore(session);
    boost::json::array list;
    for (const identity::Finding &finding : findings.list)
        list.push_back({{"object", finding.object}, {"text", finding.text}, {"way_out", finding.wayOut}});
    return Response::of({{"findings", std::move(list)}, {"left_out", findings.leftOut}});
}

} // namespace

std::vector<Route> kithRoutes()
{
    const auto both = [](IdentitiesHandler handler) {
        return std::vector<Endpoint>{{Operation::Read, Handler(handler)}, {Operation::Update, Handler(handler)}};
    };
    return {
        {"kith/explain", {{"entity"}, {"group"}}, both(explain)},
        {"kith/who", {{"policy"}, {"limit", FieldType::Int}}, both(who)},
        {"kith/search", {{"text"}, {"limit", FieldType::Int}}, both(search)},
        {"kith/check", {}, {{Operation::Read, ReadHandler(check)}}},
    };
}

} // namespace kith::core
