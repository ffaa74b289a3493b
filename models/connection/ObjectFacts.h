// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <functional>
#include <map>
#include <string>

namespace kith::connection {

/// What can be written of an entity or a group, by the API's names, each as one text whatever the order and the form it
/// came in: to see whether two states are the same.
using ObjectFacts = std::map<std::string, std::string, std::less<>>;

/// Of `data` of a read, or of the body of a write. Only what stands in it: null and an empty list are the same.
ObjectFacts factsOf(const boost::json::object &data);

/// The names among those of `ours` under which `a` and `b` differ.
std::vector<std::string> differing(const ObjectFacts &ours, const ObjectFacts &a, const ObjectFacts &b);

} // namespace kith::connection
