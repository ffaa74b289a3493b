// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Questions.h"
#include "auth/Token.h"

#include <boost/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kith::auth {

/// The token settings that users and roles of auth methods have in common (`token_ttl`, `token_policies`, …).
struct TokenSettings {
    std::vector<std::string> policies; ///< Sorted, lower case.
    std::int64_t ttl = 0;              ///< Seconds; 0: the mount's. So all times.
    std::int64_t maxTtl = 0;
    std::int64_t explicitMaxTtl = 0;
    std::int64_t period = 0;
    std::int64_t uses = 0;
    bool noDefaultPolicy = false;
    std::vector<std::string> boundCidrs;
    bool strictlyBindIp = false;
    std::string type = "default"; ///< default, default-service, default-batch, service, batch.
};

/// Somebody whom an auth method has recognised (spec/engine.md §7, step 2).
struct Login {
    std::string aliasName;                                           ///< On the method's mount.
    std::optional<std::map<std::string, std::string>> aliasMetadata; ///< Replaces what the alias has.
    std::optional<std::vector<std::string>> groupAliases;            ///< None: the method knows no groups.
    Questions::Asked question; ///< Whose answer the groups are; null: nobody was asked.
    TokenSettings token;
    std::string displayName;                                ///< Without the mount's part.
    std::optional<std::map<std::string, std::string>> meta; ///< Of the token.
    bool renewable = true;
    boost::json::object renewal; ///< What the method needs to renew the token; with `groups`, those that it led into.
};

} // namespace kith::auth
