// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Tokens.h"
#include "core/Request.h"

#include <string>
#include <vector>

namespace kith::core {

/// `auth` of an answer that gives out a token: of a login, a creation, a renewal. `secret`: empty, to keep it back.
/// `identityPolicies`: of its entity.
Auth authOf(const auth::Token &token, const std::string &secret, const std::vector<std::string> &identityPolicies,
            std::int64_t seconds);

/// What looking a token up shows. `id`: what it is called there; empty: kept back.
boost::json::object tokenJson(const auth::Token &token, const std::string &id,
                              const std::vector<std::string> &identityPolicies, Nanoseconds now);

} // namespace kith::core
