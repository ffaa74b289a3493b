// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Login.h"
#include "store/Entries.h"

#include <optional>
#include <set>
#include <string>

namespace kith::auth {

/// Somebody who logs in by name and password (method `userpass`).
struct User {
    std::string passwordHash; ///< bcrypt.
    TokenSettings token;
    std::set<std::string> oldNames; ///< Settings that were given by their old names ("policies", "ttl"): shown by both.
};

/// The users of a userpass mount, sealed. Names are kept in lower case.
Result<std::optional<User>> findUser(const store::Entries &entries, const std::string &name);
bool hasUser(const store::Entries &entries, const std::string &name);
void saveUser(const store::Entries &entries, const std::string &name, const User &user);
void deleteUser(const store::Entries &entries, const std::string &name);
/// At most `limit` (0: all) names after `after`, sorted.
std::vector<std::string> userNames(const store::Entries &entries, std::string_view after, std::int64_t limit);

} // namespace kith::auth
