// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <string>

namespace kith::connection {

/// Takes out of a document what a plain server takes from nobody: what logins said of aliases, who is in external
/// groups, custom metadata of the aliases of groups, aliases without a mount. Gives a warning for each that somebody
/// might miss.
boost::json::array leaveOut(boost::json::value &document);

/// As kith/import/preview lists problems.
boost::json::object importWarning(const char *code, const std::string &object, const std::string &text);

} // namespace kith::connection
