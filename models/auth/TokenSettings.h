// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Login.h"

#include <boost/json.hpp>

namespace kith::auth {

/// The settings as the API shows them and as users and roles keep them: `token_ttl`, `token_policies` and so on.
boost::json::object tokenSettingsJson(const TokenSettings &settings);

/// Back from what tokenSettingsJson made; what is missing has its usual value.
TokenSettings tokenSettingsOf(const boost::json::object &json);

boost::json::array jsonList(const std::vector<std::string> &texts);

} // namespace kith::auth
