// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Route.h"

#include <vector>

namespace kith::core {

// A table for each area, in a file of its own.
std::vector<Route> entityRoutes(); ///< EntityRoutes.cpp: entities, merge, lookup.

/// All of them, in the order in which they are tried.
std::vector<Route> allRoutes();

} // namespace kith::core
