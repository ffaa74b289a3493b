// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Output.h"
#include "identity/Entities.h"
#include "identity/Explanation.h"
#include "identity/Graph.h"
#include "identity/Groups.h"
#include "identity/Identities.h"
#include "store/Text.h"

#include <iostream>

namespace kith::ctl {

namespace json = boost::json;

namespace {

struct Source {
    std::vector<std::string> chain; ///< Empty: on the entity itself.
    std::string chains;             ///< How many, exactly.
};

struct Policy {
    std::string name;
    bool defined = true;
    std::vector<Source> sources;
};

/// What is explained, in names.
struct Explained {
    std::string uuid;
    std::string name;
    bool disabled = false;
    std::vector<Policy> policies;
};

std::vector<Policy> inNames(const identity::Graph &graph, const std::vector<identity::EffectivePolicy> &policies)
{
    std::vector<Policy> out;
    for (const identity::EffectivePolicy &policy : policies) {
        Policy named{policy.name, policy.defined, {}};
        for (const identity::PolicySource &source : policy.sources) {
            Source way{{}, source.chains.toString()};
            for (const GroupId group : source.chain) {
                const identity::Graph::Group *found = graph.group(group);
                way.chain.push_back(found ? found->name : std::string());
            }
            named.sources.push_back(std::move(way));
        }
        out.push_back(std::move(named));
    }
    return out;
}

Error noSuch(const std::string &kind, const std::string &name)
{
    return {ErrorCode::NotFound,
            404,
            "there is no " + kind + " " + inQuotes(name) + "; kithctl search looks for parts of names",
            {}};
}

/// By name in any case, or by id.
template <class Id, class ByName, class ByUuid>
Result<Id> find(store::Session &session, const Arguments &arguments, ByName byName, ByUuid byUuid)
{
    const std::string &name = arguments.operands[1];
    auto id = byName(session, RootNamespace, name);
    if (!id)
        id = byUuid(session, RootNamespace, foldCase(name));
    return id ? Result<Id>(*id) : Result<Id>(noSuch(arguments.operands[0], name));
}

template <class Id>
Result<Explained> explained(const identity::Snapshot &snapshot, Id id, std::string_view sql)
{
    Explained out;
    store::Query row = snapshot.session.query(sql, id);
    if (row.step()) {
        out.uuid = row.text(0);
        out.name = row.text(1);
        out.disabled = row.integer(2) != 0;
    }
    const auto policies = identity::effectivePolicies(snapshot, id);
    if (!policies)
        return policies.error();
    out.policies = inNames(snapshot.graph, *policies);
    return out;
}

Result<Explained> explained(const identity::Snapshot &snapshot, const Arguments &arguments)
{
    if (arguments.operands[0] == "entity") {
        const auto id = find<EntityId>(snapshot.session, arguments, identity::entityByName, identity::entityByUuid);
        return id ? explained(snapshot, *id, "SELECT uuid, name, disabled FROM entity WHERE id = ?")
                  : Result<Explained>(id.error());
    }
    const auto id = find<GroupId>(snapshot.session, arguments, identity::groupByName, identity::groupByUuid);
    return id ? explained(snapshot, *id, "SELECT uuid, name, 0 FROM identity_group WHERE id = ?")
              : Result<Explained>(id.error());
}

void printJson(const std::string &kind, const Explained &explained)
{
    json::array policies;
    for (const Policy &policy : explained.policies) {
        json::array sources;
        for (const Source &source : policy.sources)
            sources.emplace_back(json::object{{"kind", source.chain.empty() ? "entity" : "group"},
                                              {"chain", json::value_from(source.chain)},
                                              {"chains", source.chains}});
        policies.emplace_back(
            json::object{{"name", policy.name}, {"defined", policy.defined}, {"sources", std::move(sources)}});
    }
    const json::object subject{{"id", explained.uuid}, {"name", explained.name}};
    std::cout << json::object{{kind, subject}, {"policies", std::move(policies)}} << '\n';
}

std::string inWords(const Source &source)
{
    if (source.chain.empty())
        return "on the entity itself";
    std::string words;
    for (const std::string &group : source.chain)
        words += (words.empty() ? "" : " → ") + plain(group);
    return source.chains == "1" ? words : words + " · " + source.chains + " ways";
}

void print(const std::string &kind, const Explained &explained)
{
    std::cout << plain(explained.name) << " (" << kind << ' ' << explained.uuid << ")"
              << (explained.disabled ? ", disabled: nobody can use these rights now" : "") << '\n';
    std::cout << counted(explained.policies.size(), "policy", "policies") << '\n';
    for (const Policy &policy : explained.policies) {
        std::cout << '\n' << plain(policy.name) << (policy.defined ? "" : " · not defined: grants nothing") << '\n';
        for (const Source &source : policy.sources)
            std::cout << "    " << inWords(source) << '\n';
    }
}

} // namespace

int explain(const Arguments &arguments)
{
    auto core = OpenCore::open(arguments.core, store::Access::ReadOnly);
    if (!core)
        return fail(core.error());
    const auto found = core->core().identities().read(
        [&](const identity::Snapshot &snapshot) { return explained(snapshot, arguments); });
    if (!found)
        return fail(found.error());
    if (arguments.json)
        printJson(arguments.operands[0], *found);
    else
        print(arguments.operands[0], *found);
    return Done;
}

} // namespace kith::ctl
