// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Login.h"

#include <boost/json.hpp>

namespace kith::auth {

/// The settings as the API shows them and as users and roles keep them: `token_ttl`, `token_policies` and so on.
boost::json::object tokenSettingsJson(const TokenSettings &settings);

/// Back from what tokenSettingsJson made; what is missing has its usual value.
TokenSettings tokenSettingsOf(const boost::json::object &json);

// Parts of stored JSON; what is missing or of another type is empty.
std::string textIn(const boost::json::object &json, std::string_view key);
std::int64_t numberIn(const boost::json::object &json, std::string_view key);
bool flagIn(const boost::json::object &json, std::string_view key, bool usual = false);
std::vector<std::string> listIn(const boost::json::object &json, std::string_view key);
boost::json::array jsonList(const std::vector<std::string> &texts);

} // namespace kith::auth
