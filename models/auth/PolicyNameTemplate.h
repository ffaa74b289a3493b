// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <boost/json.hpp>

#include <string>
#include <vector>

namespace kith::auth {

/// Whether the names of a role's policies can be filled in: text and `{{.claim}}`, `{{.claim.member}}`. Refused as the
/// real server refuses what it can't parse, with status 500.
Result<void> checkPolicyTemplates(const std::vector<std::string> &names);

/// The name of a policy with the claims of a token in it. One that can't be filled in stays as it is.
std::string filledPolicyName(const std::string &name, const boost::json::object &claims);

} // namespace kith::auth
