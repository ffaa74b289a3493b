// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Output.h"
#include "identity/Graph.h"
#include "identity/Identities.h"
#include "identity/Who.h"

#include <algorithm>
#include <iostream>

namespace kith::ctl {

namespace json = boost::json;

namespace {

struct Somebody {
    std::string uuid;
    std::string name;
    bool disabled = false;
    std::vector<std::string> chain; ///< Empty: the policy stands on the entity itself.
};

struct Holders {
    std::string policy;
    bool defined = false;
    std::vector<Somebody> entities;
    std::vector<std::vector<std::string>> groups; ///< Each with its way up to a group that carries the policy.
};

std::vector<std::string> chainOf(const identity::Snapshot &snapshot, const identity::Descent &groups, GroupId from)
{
    std::vector<std::string> names;
    for (const GroupId id : groups.chain(from)) {
        const identity::Graph::Group *group = snapshot.graph.group(id);
        names.push_back(group ? group->name : std::string());
    }
    return names;
}

Result<Holders> holders(const identity::Snapshot &snapshot, const std::string &policy)
{
    const auto who = identity::whoHas(snapshot, policy);
    if (!who)
        return who.error();
    Holders out{who->name, who->defined, {}, {}};
    for (const identity::Holder &holder : who->entities) {
        store::Query row =
            snapshot.session.query("SELECT uuid, name, disabled FROM entity WHERE id = ?", holder.entity);
        if (!row.step())
            continue;
        Somebody somebody{std::string(row.text(0)), std::string(row.text(1)), row.integer(2) != 0, {}};
        if (holder.through)
            somebody.chain = chainOf(snapshot, who->groups, holder.through);
        out.entities.push_back(std::move(somebody));
    }
    std::sort(out.entities.begin(), out.entities.end(),
              [](const Somebody &a, const Somebody &b) { return a.name < b.name; });
    for (const identity::Descent::Step &step : who->groups.steps())
        out.groups.push_back(chainOf(snapshot, who->groups, step.group->id));
    return out;
}

void printJson(const Holders &holders)
{
    json::array entities;
    for (const Somebody &somebody : holders.entities)
        entities.emplace_back(json::object{{"id", somebody.uuid},
                                           {"name", somebody.name},
                                           {"disabled", somebody.disabled},
                                           {"chain", json::value_from(somebody.chain)}});
    json::array groups;
    for (const std::vector<std::string> &chain : holders.groups)
        groups.emplace_back(json::object{{"name", chain.front()}, {"chain", json::value_from(chain)}});
    std::cout << json::object{{"policy", json::object{{"name", holders.policy}, {"defined", holders.defined}}},
                              {"entities", std::move(entities)},
                              {"groups", std::move(groups)}}
              << '\n';
}

std::string inWords(const std::vector<std::string> &chain)
{
    std::string words;
    for (const std::string &group : chain)
        words += (words.empty() ? "" : " → ") + plain(group);
    return words;
}

void print(const Holders &holders)
{
    std::cout << plain(holders.policy) << (holders.defined ? "" : " · not defined: grants nothing") << '\n';
    if (holders.policy == "root")
        std::cout << "built in: it allows everything, and only tokens can have it, no entity and no group\n";
    std::cout << counted(holders.entities.size(), "entity has it", "entities have it") << ", "
              << counted(holders.groups.size(), "group gives it", "groups give it") << '\n';
    if (!holders.groups.empty())
        std::cout << "\ngroups\n";
    for (const std::vector<std::string> &chain : holders.groups)
        std::cout << "    " << inWords(chain) << '\n';
    if (!holders.entities.empty())
        std::cout << "\nentities\n";
    for (const Somebody &somebody : holders.entities)
        std::cout << "    " << plain(somebody.name) << (somebody.disabled ? " (disabled)" : "") << " · "
                  << (somebody.chain.empty() ? "on the entity itself" : inWords(somebody.chain)) << '\n';
}

} // namespace

int who(const Arguments &arguments)
{
    auto core = OpenCore::open(arguments.core, store::Access::ReadOnly);
    if (!core)
        return fail(core.error());
    const auto found = core->core().identities().read(
        [&](const identity::Snapshot &snapshot) { return holders(snapshot, arguments.operands[0]); });
    if (!found)
        return fail(found.error());
    if (arguments.json)
        printJson(*found);
    else
        print(*found);
    // More likely a slip than a question.
    if (!found->defined && found->entities.empty() && found->groups.empty())
        std::cerr << "kithctl: there is no policy " << plain(arguments.operands[0]) << ", and nothing names one\n";
    return Done;
}

} // namespace kith::ctl
