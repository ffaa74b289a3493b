// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Session.h"

#include <cstddef>
#include <string>
#include <vector>

namespace kith::identity {

/// Something in a core file that must not be.
struct Finding {
    std::string object; ///< `group "platform"`, or the table and row of what has no name.
    std::string text;   ///< What is wrong.
    std::string wayOut; ///< What to do about it.
};

struct Findings {
    static constexpr std::size_t Kept = 1000;

    std::vector<Finding> list;
    std::size_t leftOut = 0; ///< How many more there are.
};

/// Reads a whole core file and looks for whatever the engine would never have written: damage of the file, references
/// that lead nowhere, names that compare wrongly or twice, groups that contain themselves, members that a group's type
/// doesn't allow, two aliases of one entity on one mount, policies that don't parse, values that aren't JSON, ids of a
/// wrong form. Takes seconds for a million entities.
Findings checkCore(store::Session &session);

} // namespace kith::identity
