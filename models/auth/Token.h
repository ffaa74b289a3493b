// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Clock.h"
#include "store/Ids.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

enum class TokenType {
    Service, ///< Kept in the core; has an accessor, children, a cubbyhole; can be renewed and revoked.
    Batch,   ///< Not kept: the token itself carries everything, sealed.
};

std::string_view tokenTypeName(TokenType type); ///< "service", "batch".

/// What is known of a token (spec/engine.md §10), without the token itself, which is nowhere kept. A value.
struct Token {
    TokenId id;           ///< Zero: a batch token, or one of this process.
    TokenId parent;       ///< Zero: an orphan.
    std::string accessor; ///< Empty: a batch token.
    TokenType type = TokenType::Service;
    std::vector<std::string> policies; ///< Its own, sorted; those of its entity are computed at each request.
    NamespaceId ns = RootNamespace;    ///< What it was made in; its rules hold there and below.
    std::string nsPath;                ///< The path of that: "team/a/"; empty: the root.
    std::string path;                  ///< Of the request that made it: "auth/userpass/login/alice".
    std::string displayName;
    std::optional<std::map<std::string, std::string>> meta;
    std::string entityUuid;          ///< Empty: none. Perhaps of an entity that is gone or was merged.
    std::string role;                ///< Token role; empty: none.
    MountId mount;                   ///< Of the auth method that made it.
    std::int64_t uses = 0;           ///< Left; 0: without limit, -1: this is the last.
    std::int64_t usesGiven = 0;      ///< How many it was made with; renewals show them.
    std::int64_t ttl = 0;            ///< Seconds, when it was made; 0: never expires.
    std::int64_t explicitMaxTtl = 0; ///< Seconds; 0: none.
    std::int64_t period = 0;         ///< Seconds; 0: not periodic.
    bool renewable = false;
    bool noIdentityPolicies = false;
    std::vector<std::string> boundCidrs;
    Nanoseconds created = 0;
    Nanoseconds renewed = 0;       ///< 0: never.
    Nanoseconds expires = 0;       ///< 0: never.
    std::int64_t granted = 0;      ///< Seconds of life that its making or last renewal gave; 0: never expires.
    Nanoseconds parentsExpire = 0; ///< When the first of its parents does, and it with that; 0: none does.
    std::string renewal;           ///< JSON: what its auth method needs to renew it; sealed at rest.
    std::string inlinePolicy;      ///< Rules of its own that stand in no policy; of batch tokens only, as the next.
    std::string accessGrant;       ///< JSON: what a client of OpenID Connect was granted with it.

    bool isOrphan() const { return !parent; }
    bool isExpired(Nanoseconds now) const
    {
        return (expires != 0 && expires <= now) || (parentsExpire != 0 && parentsExpire <= now);
    }
};

} // namespace kith::auth
