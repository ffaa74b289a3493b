// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/BatchToken.h"
#include "auth/Login.h"
#include "auth/Token.h"
#include "store/Result.h"
#include "store/Seal.h"
#include "store/Session.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

/// How long the leases of a mount live: its tuning, or the 32 days that every core begins with. Seconds.
struct LeaseLimits {
    static constexpr std::int64_t System = 2'764'800;

    std::int64_t defaultTtl = System;
    std::int64_t maxTtl = System;
};

/// The limits that the config of a mount states (`default_lease_ttl`, `max_lease_ttl`).
LeaseLimits leaseLimits(const boost::json::object &mountConfig);
/// The same for a mount that exists.
LeaseLimits leaseLimits(store::Session &session, MountId mount);

/// What decides how long a token lives. Seconds; 0: not said.
struct LifetimeWish {
    std::int64_t ttl = 0; ///< Asked for; a renewal's increment.
    std::int64_t maxTtl = 0;
    std::int64_t explicitMaxTtl = 0;
    std::int64_t period = 0;
    LeaseLimits limits;
};

struct Lifetime {
    std::int64_t seconds = 0;
    std::vector<std::string> warnings; ///< What was cut short.
};

/// How long a token that was made at `created` may live from `now` on (spec/engine.md §10). Fails with status 500,
/// `past the max TTL, cannot renew`, when its time is over.
Result<Lifetime> lifetime(const LifetimeWish &wish, Nanoseconds created, Nanoseconds now);

/// A token that was just made, with itself, which nobody can know later.
struct NewToken {
    std::string secret;
    Token token;
    std::vector<std::string> warnings;
};

/// Makes a token. `token` says everything but id, accessor, and times: `granted` seconds from now it expires, 0: never.
/// `secret`: the token itself, if somebody chose it. Makes no checks but this: 400, `cannot create a token with a
/// duplicate ID`. A batch token is only sealed; its parent and expiry lie in it.
Result<NewToken> createToken(store::WriteSession &session, const store::Seal &seal, Token token,
                             const std::string &secret = {});

/// Where somebody logs in.
struct LoginPlace {
    MountId mount;
    std::string mountPath; ///< "auth/userpass/": begins the display name ("userpass-alice"); with its namespace's path.
    std::string path;      ///< Of the request: "auth/userpass/login/alice".
    LeaseLimits limits;
    std::string mountTokenType = "default-service"; ///< As tuned (`token_type`).
    NamespaceId ns = RootNamespace;
};

/// The token of somebody whom an auth method recognised (spec/engine.md §7, step 7): policies with `default` unless
/// that is unwanted, the shortest of all limits, batch or service. Fails with status 400 for policies that logins can't
/// give. `entityUuid` may be empty.
Result<NewToken> createLoginToken(store::WriteSession &session, const store::Seal &seal, const Login &login,
                                  const LoginPlace &place, const std::string &entityUuid);

/// Trimmed, lower case, sorted, each once, without empty ones; `root` swallows all others (§10).
std::vector<std::string> cleanTokenPolicies(const std::vector<std::string> &names);

/// "1h30m", "45s": as the real server's texts tell times.
std::string durationText(std::int64_t seconds);

/// A new secret of a token: "s." and 24 letters or digits; outside the root namespace its suffix is to follow.
std::string newTokenSecret();

/// A token that is alive at `now`: neither unknown, expired, revoked nor used up, and none of its parents expired.
std::optional<Token> findToken(store::Session &session, const store::Seal &seal, std::string_view secret,
                               Nanoseconds now);
std::optional<Token> findTokenByAccessor(store::Session &session, const store::Seal &seal, std::string_view accessor,
                                         Nanoseconds now);
std::optional<Token> findToken(store::Session &session, const store::Seal &seal, TokenId id, Nanoseconds now);

/// Gives the token a new time from now on. Fails with 400 `lease is not renewable`, or as lifetime() does. `token` is
/// changed to what it is then.
Result<Lifetime> renewToken(store::WriteSession &session, Token &token, const LifetimeWish &wish);

/// Counts a use of a token that has a limit. The last use leaves it with -1: nobody finds it any more, and it is to be
/// revoked when its request has its answer. False: others used it up meanwhile.
bool countUse(store::WriteSession &session, Token &token);

/// Revokes a token with all its children and theirs.
void revokeToken(store::WriteSession &session, TokenId id);
/// Revokes it alone: its children become orphans.
void revokeTokenOnly(store::WriteSession &session, TokenId id);
/// Revokes all that an auth method made, with their children: when it is disabled.
void revokeTokensOf(store::WriteSession &session, MountId mount);
/// Revokes those of a namespace whose path begins so (sys/leases/revoke-prefix).
void revokeTokensUnder(store::WriteSession &session, NamespaceId ns, std::string_view pathPrefix);
/// Revokes all of a namespace, with their children, and drops its token roles and what lies in cubbyholes there: when
/// it is deleted.
void forgetNamespace(store::WriteSession &session, NamespaceId ns);

/// The accessors of the tokens of a namespace that are alive, sorted.
std::vector<std::string> accessors(store::Session &session, NamespaceId ns, Nanoseconds now);

/// Removes what has expired, with all children, and takes back time that a clock set back would give: no token has more
/// to live than it was granted, and its longest life counts from now at the latest. Returns how many it removed or
/// changed.
std::int64_t tidyTokens(store::WriteSession &session);
/// Whether tidyTokens() would find something.
bool needsTidying(store::Session &session, Nanoseconds now);

} // namespace kith::auth
