// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Tokens.h"
#include "core/Call.h"

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

/// Whether an accessor that nobody has has the form of another namespace's than the request's: the real server then
/// says that it is elsewhere.
bool isAccessorElsewhere(const Call &call, std::string_view accessor);

} // namespace kith::core
