// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/AppRoles.h"
#include "store/Clock.h"
#include "store/Seal.h"

#include <map>

namespace kith {
using SecretIdRow = RowId<struct SecretIdTag>;
}

namespace kith::auth {

/// A secret id of a role, without the secret, of which only a digest is kept.
struct SecretId {
    SecretIdRow id;
    AppRoleId role;
    std::string accessor;  ///< A UUID, unique on the mount.
    std::int64_t uses = 0; ///< Left; 0: without limit.
    std::int64_t ttl = 0;  ///< Seconds; 0: for ever.
    Nanoseconds created = 0;
    Nanoseconds updated = 0;
    Nanoseconds expires = 0; ///< 0: never.
    std::map<std::string, std::string> metadata;
    std::vector<std::string> boundCidrs;      ///< Where logins by it may come from.
    std::vector<std::string> tokenBoundCidrs; ///< Where its tokens may be used; empty: what the role says.
};

/// All blocks of a secret id have to lie inside those of its role, if that has any, when it is made and at each login.
/// What is wrong, in the real server's words; empty: nothing.
std::string whyNotWithin(const std::vector<std::string> &role, const std::vector<std::string> &secret);

/// Keeps a new one, and gives it its accessor and times. 500: the role has this secret already. Removes those of the
/// role that have expired.
Result<void> addSecretId(store::WriteSession &session, const store::Seal &seal, const AppRole &role,
                         std::string_view secret, SecretId &made);

/// One that hasn't expired.
std::optional<SecretId> findSecretId(store::Session &session, const store::Seal &seal, AppRoleId role,
                                     std::string_view secret, Nanoseconds now);
std::optional<SecretId> findSecretIdByAccessor(store::Session &session, MountId mount, std::string_view accessor,
                                               Nanoseconds now);

/// At most `limit` (0: all) accessors after `after` of those that haven't expired, sorted.
std::vector<std::string> secretIdAccessors(store::Session &session, AppRoleId role, std::string_view after,
                                           std::int64_t limit, Nanoseconds now);

/// Counts a use; the last one removes it.
void countUse(store::WriteSession &session, const SecretId &secret);
void deleteSecretId(store::WriteSession &session, SecretIdRow id);
/// Removes those of a mount that have expired.
void tidySecretIds(store::WriteSession &session, MountId mount);
/// The same on all mounts.
void removeExpiredSecretIds(store::WriteSession &session);
/// The same; and takes back time that a clock set back would give.
void tidySecretIds(store::WriteSession &session);
/// Whether one on any mount has expired: a look that costs the same however many there are.
bool anySecretIdHasExpired(store::Session &session, Nanoseconds now);
/// Whether one has more to live than it was given, as it has when the clock was set back; looks at each.
bool anySecretIdIsAhead(store::Session &session, Nanoseconds now);

/// Pairs as secret ids take them: a JSON object of texts, also in base64, or "k=v,k2=v2", or a JSON list of such.
/// Fails with the real server's words.
Result<std::map<std::string, std::string>> parseSecretMetadata(std::string_view text);

} // namespace kith::auth
