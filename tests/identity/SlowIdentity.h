// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace kith::test {

/// Identities by name in plain containers, and effective policies by listing every chain: slow, and written from the
/// promise alone, to compare the engine with.
struct SlowIdentity {
    std::map<std::string, std::set<std::string>> parents; ///< Of each group.
    std::map<std::string, std::set<std::string>> groupPolicies;
    std::map<std::string, std::set<std::string>> direct; ///< Groups of each entity.
    std::map<std::string, std::set<std::string>> entityPolicies;

    using Chain = std::vector<std::string>;
    struct Source {
        Chain chain;
        std::uint64_t count = 0;
        friend bool operator==(const Source &, const Source &) = default;
    };
    using Policies = std::map<std::string, std::vector<Source>>;

    Policies ofEntity(const std::string &entity) const;
    Policies ofGroup(const std::string &group) const;
    /// Every chain from one of the groups to any group above, shortest first, then by names.
    std::vector<Chain> chains(const std::set<std::string> &starts) const;

private:
    void extend(Chain chain, std::vector<Chain> &all) const;
    void addGroups(const std::set<std::string> &starts, Policies &policies) const;
};

} // namespace kith::test
