// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/JwtConfig.h"
#include "auth/JwtRole.h"
#include "jose/SignatureAlgorithm.h"
#include "store/Clock.h"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

// What a token says, held against a role. Its signature has been checked before. Everything here refuses with status
// 400 and the real server's words (spec/engine.md §7; RFC 7519 §4.1).

/// The claims of a token: one JSON object.
Result<boost::json::object> parseClaims(std::string_view payload);

/// Null: there is none, or it is null. A name that begins with a slash is a JSON pointer (RFC 6901).
const boost::json::value *claimAt(const boost::json::object &claims, const std::string &name);

/// For whom the token is; none: it doesn't say. Nothing: it says it in a form that is neither a text nor a list of
/// them.
std::optional<std::vector<std::string>> audiencesIn(const boost::json::object &claims);

/// Issuer, subject, audience, times and algorithm.
Result<void> checkToken(const boost::json::object &claims, jose::SignatureAlgorithm algorithm, const JwtConfig &config,
                        const JwtRole &role, Nanoseconds now);

/// Whether each bound claim is there with one of the values that it may have.
Result<void> checkBoundClaims(const boost::json::object &claims, const JwtRole &role);

/// Whom the claims name: alias with its metadata, outside groups, token. `roleName`: as the role is kept.
Result<Login> loginOf(const boost::json::object &claims, const JwtRole &role, const std::string &roleName);

} // namespace kith::auth
