// SPDX-License-Identifier: Apache-2.0
// Internal to models/core.
#pragma once

#include "auth/JwtConfig.h"
#include "auth/JwtRole.h"
#include "store/Entries.h"

#include <string>

namespace kith::core {

/// What a mount of the methods `jwt` and `oidc` says of logins by a role: the name as it is kept.
struct JwtRules {
    auth::JwtConfig config;
    auth::JwtRole role;
    std::string roleName;
};

/// Fails with status 400 and the real server's words, as the next.
Result<auth::JwtConfig> jwtConfig(const store::Entries &entries);
/// `wished`: the role; empty: the usual one of the mount.
Result<JwtRules> jwtRules(const store::Entries &entries, auth::JwtConfig config, const std::string &wished);

} // namespace kith::core
