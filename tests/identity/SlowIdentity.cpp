// SPDX-License-Identifier: Apache-2.0
#include "SlowIdentity.h"

#include <algorithm>

namespace kith::test {

void SlowIdentity::extend(Chain chain, std::vector<Chain> &all) const
{
    all.push_back(chain);
    if (const auto above = parents.find(chain.back()); above != parents.end()) {
        for (const std::string &parent : above->second) {
            chain.push_back(parent);
            extend(chain, all);
            chain.pop_back();
        }
    }
}

std::vector<SlowIdentity::Chain> SlowIdentity::chains(const std::set<std::string> &starts) const
{
    std::vector<Chain> all;
    for (const std::string &start : starts)
        extend({start}, all);
    std::sort(all.begin(), all.end(),
              [](const Chain &a, const Chain &b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    return all;
}

void SlowIdentity::addGroups(const std::set<std::string> &starts, Policies &policies) const
{
    // In the order of all chains the first one to a group is its shortest, so the sources come in their order too.
    std::map<std::string, Source> reached;
    std::vector<std::string> order;
    for (const Chain &chain : chains(starts)) {
        Source &source = reached[chain.back()];
        if (source.count++ == 0) {
            source.chain = chain;
            order.push_back(chain.back());
        }
    }
    for (const std::string &group : order) {
        if (const auto carried = groupPolicies.find(group); carried != groupPolicies.end()) {
            for (const std::string &policy : carried->second)
                policies[policy].push_back(reached.at(group));
        }
    }
}

SlowIdentity::Policies SlowIdentity::ofEntity(const std::string &entity) const
{
    Policies policies;
    if (const auto own = entityPolicies.find(entity); own != entityPolicies.end()) {
        for (const std::string &policy : own->second)
            policies[policy].push_back({{}, 1});
    }
    if (const auto groups = direct.find(entity); groups != direct.end())
        addGroups(groups->second, policies);
    return policies;
}

SlowIdentity::Policies SlowIdentity::ofGroup(const std::string &group) const
{
    Policies policies;
    addGroups({group}, policies);
    return policies;
}

} // namespace kith::test
