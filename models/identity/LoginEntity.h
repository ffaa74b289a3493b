// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/ExternalChange.h"
#include "identity/Metadata.h"
#include "identity/Mounts.h"
#include "store/Result.h"
#include "store/Session.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

/// The entity of somebody who logs in.
struct LoginEntity {
    EntityId id;
    std::string uuid;
    AliasId alias;
    bool created = false; ///< By this login.
    bool disabled = false;
};

/// The entity that has the alias `name` on `mount`, or a new one with that alias. All writes follow one another, so any
/// number of first logins of one person at once make one entity. `metadata` replaces what the alias has, and writes
/// nothing when that is the same; none leaves it. Fails with status 500 when the name is empty.
/// Source: spec/engine.md §7, step 3; the next one: step 5.
Result<LoginEntity> loginEntity(store::WriteSession &session, const Mount &mount, const std::string &name,
                                const std::optional<Metadata> &metadata);

/// The entity of a token that an alias on the mount has logged in; nothing: one of them is gone.
std::optional<LoginEntity> loginEntityOf(store::Session &session, std::string_view uuid, std::string_view accessor);

/// Puts an entity into those external groups whose alias on the mount is one of `groupAliases`, and takes it out of all
/// others that have an alias there, or none at all any more. Names that no group has are passed over. Writes nothing
/// but the time when nothing changes, and that of the alias only; else also what changed (ExternalChange.h). Gives
/// knownExternalGroups().
std::vector<std::string> refreshExternalGroups(store::WriteSession &session, const LoginEntity &entity,
                                               std::string_view accessor, const std::vector<std::string> &groupAliases,
                                               RefreshedBy by);

/// Those of the names that an external group has on the mount, which is what a renewal of the login goes by.
std::vector<std::string> knownExternalGroups(store::Session &session, const LoginEntity &entity,
                                             std::string_view accessor, const std::vector<std::string> &groupAliases);

/// The names of the policies that an entity and all its groups carry, sorted. Within a write, where the graph in memory
/// lags behind.
std::vector<std::string> identityPolicies(store::Session &session, EntityId entity);

} // namespace kith::identity
