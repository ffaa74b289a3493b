// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/EntityViews.h"

#include <boost/json.hpp>

namespace kith::core {

/// The bodies of answers about entities and their aliases, as the real server shapes them (spec/engine.md §3, §4).
boost::json::object toJson(const identity::EntityView &entity);
boost::json::object toJson(const identity::EntityAliasView &alias);

/// What the lists say about one of them under `key_info`.
boost::json::object listInfo(const identity::EntityListItem &entity);
boost::json::object listInfo(const identity::EntityAliasView &alias);

} // namespace kith::core
