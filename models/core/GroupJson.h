// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/GroupViews.h"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kith::core {

/// The `data` of a group read and of a lookup (spec/engine.md §5).
boost::json::object toJson(const identity::GroupView &group);

/// The `data` of a group alias read.
boost::json::object toJson(const identity::GroupAliasView &alias, const std::string &namespaceId);

/// An object of texts; unset is null.
boost::json::value toJson(const identity::StoredMetadata &metadata);

/// A list of texts; unset is null.
boost::json::value toJson(const std::optional<std::vector<std::string>> &texts);

} // namespace kith::core
