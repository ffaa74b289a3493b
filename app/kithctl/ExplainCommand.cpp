// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Output.h"
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

std::string textOf(const json::value &value, std::string_view name)
{
    return std::string(value.at(name).as_string());
}

/// What kith/explain answers.
Explained explained(const json::value &data, const std::string &kind)
{
    const json::value &subject = data.at(kind);
    const json::value *disabled = subject.as_object().if_contains("disabled");
    Explained out{textOf(subject, "id"), textOf(subject, "name"), disabled && disabled->as_bool(), {}};
    for (const json::value &policy : data.at("policies").as_array()) {
        Policy named{textOf(policy, "name"), policy.at("defined").as_bool(), {}};
        for (const json::value &source : policy.at("sources").as_array())
            named.sources.push_back(
                {json::value_to<std::vector<std::string>>(source.at("chain")), textOf(source, "chains")});
        out.policies.push_back(std::move(named));
    }
    return out;
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
    const std::string &kind = arguments.operands[0];
    const std::string &name = arguments.operands[1];
    auto core = openCore(arguments, store::Access::ReadOnly);
    if (!core)
        return fail(core.error());
    const core::Response response = (*core)->send(core::Operation::Update, "kith/explain", {{kind, name}});
    if (response.status == 404 && !response.errors.empty() && response.errors.front().rfind("no " + kind, 0) == 0)
        return fail("there is no " + kind + " " + inQuotes(name) + "; kithctl search looks for parts of names");
    if (!response.ok())
        return fail(response);
    const Explained found = explained(*response.data, kind);
    if (arguments.json)
        printJson(kind, found);
    else
        print(kind, found);
    return Done;
}

} // namespace kith::ctl
