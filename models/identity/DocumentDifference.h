// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/ImportPlan.h"

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

/// An object that two documents don't say the same of, or that only one of them has.
struct ObjectDifference {
    enum class Where { First, Second, Both };
    std::string_view kind; ///< "mount", "policy", "entity", "group"
    std::string name;      ///< As the second has it, if it has it.
    Where where = Where::Both;
    std::vector<FieldChange> changes = {}; ///< From the first to the second; of objects in both.
};

/// How the identities in two documents differ, by kind and name. Names that differ only in case are one object, with
/// another name. The documents are whole, as exportDocument writes them: what one doesn't say, it doesn't have. Values
/// of types that no document has are compared as their JSON.
std::vector<ObjectDifference> difference(const boost::json::object &first, const boost::json::object &second);

} // namespace kith::identity
