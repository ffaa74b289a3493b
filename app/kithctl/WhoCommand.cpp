// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Output.h"

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

std::string textOf(const json::value &value, std::string_view name)
{
    return std::string(value.at(name).as_string());
}

/// What kith/who answers.
Holders holders(const json::value &data)
{
    Holders out{textOf(data.at("policy"), "name"), data.at("policy").at("defined").as_bool(), {}, {}};
    for (const json::value &entity : data.at("entities").as_array())
        out.entities.push_back({textOf(entity, "id"), textOf(entity, "name"), entity.at("disabled").as_bool(),
                                json::value_to<std::vector<std::string>>(entity.at("chain"))});
    std::sort(out.entities.begin(), out.entities.end(),
              [](const Somebody &a, const Somebody &b) { return a.name < b.name; });
    for (const json::value &group : data.at("groups").as_array())
        out.groups.push_back(json::value_to<std::vector<std::string>>(group.at("chain")));
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
    auto core = openCore(arguments, store::Access::ReadOnly);
    if (!core)
        return fail(core.error());
    const core::Response response =
        (*core)->send(core::Operation::Update, "kith/who", {{"policy", arguments.operands[0]}});
    if (!response.ok())
        return fail(response);
    const Holders found = holders(*response.data);
    if (arguments.json)
        printJson(found);
    else
        print(found);
    // More likely a slip than a question.
    if (!found.defined && found.entities.empty() && found.groups.empty())
        std::cerr << "kithctl: there is no policy " << plain(arguments.operands[0]) << ", and nothing names one\n";
    return Done;
}

} // namespace kith::ctl
