// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Login.h"
#include "store/Result.h"
#include "store/Session.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kith {
using AppRoleId = RowId<struct AppRoleTag>;
}

namespace kith::auth {

/// A role by which programs log in (method `approle`), with a role id and mostly a secret id.
struct AppRole {
    AppRoleId id; ///< Zero: not kept yet.
    MountId mount;
    std::string name;   ///< Lower case.
    std::string roleId; ///< Unique on its mount; the name of the alias.
    bool bindSecretId = true;
    std::optional<std::vector<std::string>> boundCidrs; ///< Where logins may come from. Never set reads null.
    std::int64_t secretUses = 0;                        ///< Of a new secret id; 0: without limit.
    std::int64_t secretTtl = 0;                         ///< Seconds; 0: for ever.
    bool localSecretIds = false;
    TokenSettings token;
    std::set<std::string> oldNames; ///< Settings that were given by their old names ("policies"): shown by both.
};

/// Names compare case-insensitively, role ids exactly.
std::optional<AppRole> findRole(store::Session &session, MountId mount, std::string_view name);
std::optional<AppRole> findRoleById(store::Session &session, MountId mount, std::string_view roleId);
bool hasRole(store::Session &session, MountId mount, std::string_view name);

/// Creates or changes a role. Refused with status 500, as the real server does: a role that asks for nothing, a
/// role id that another role has.
Result<void> saveRole(store::WriteSession &session, const AppRole &role);
/// Removes a role with its secret ids.
void deleteRole(store::WriteSession &session, MountId mount, std::string_view name);

/// At most `limit` (0: all) names after `after`, sorted.
std::vector<std::string> roleNames(store::Session &session, MountId mount, std::string_view after, std::int64_t limit);

/// Whether each is a block of addresses with its length; 500 `failed to validate <what>CIDR blocks: …`, or the bare
/// words as status 400.
enum class BlockErrors { Raw, Told };
Result<void> checkBlocks(const std::vector<std::string> &blocks, std::string_view what = {},
                         BlockErrors errors = BlockErrors::Raw);

} // namespace kith::auth
