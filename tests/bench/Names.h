// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <unordered_set>

namespace kith::bench {

using Random = std::mt19937_64;

/// A number below `count`.
std::size_t below(Random &random, std::size_t count);

/// A version 4 UUID; reproducible, unlike the engine's own.
std::string uuid(Random &random);

/// Names of people from many languages, none twice.
class PeopleNames
{
public:
    std::string next(Random &random);

private:
    std::unordered_set<std::string> m_given;
};

/// "payments review" and the like; `number` makes it unique.
std::string groupName(Random &random, std::size_t level, std::size_t number);

/// What somebody with this name might be called where they log in; `number` makes it unique.
std::string loginName(const std::string &name, std::size_t number);

/// {"site", "cost-centre", "joined"}
std::string metadata(Random &random);

} // namespace kith::bench
