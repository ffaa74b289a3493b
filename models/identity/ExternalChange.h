// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/NamedGroup.h"
#include "store/Clock.h"
#include "store/Session.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kith::identity {

// What logins and renewals changed of external groups, as far as it is kept: of each alias the last one that changed
// anything, of each group the last who came or went. The audit has the rest.

/// When a directory's word on somebody's groups is taken.
enum class RefreshedBy { Login, Renewal };

/// An alias that says which groups its entity is in.
struct AliasOnMount {
    std::string uuid;
    std::string name;
    std::string mount; ///< Path, without its slash; empty: it is gone.
};

struct ExternalChange {
    AliasOnMount alias;
    Nanoseconds time = 0;
    RefreshedBy by = RefreshedBy::Login;
    std::vector<NamedGroup> joined; ///< These and the next that are there still, by name.
    std::vector<NamedGroup> left;
};

struct LastMember {
    EntityId entity;
    std::string uuid;
    std::string name;
    AliasOnMount alias;
    Nanoseconds time = 0;
    RefreshedBy by = RefreshedBy::Login;
    bool joined = false; ///< Else it left.
};

/// Those of an entity's aliases, by the paths of their mounts.
std::vector<ExternalChange> externalChanges(store::Session &session, EntityId entity);
/// None: nobody is known to have come or gone.
std::optional<LastMember> lastMemberOf(store::Session &session, GroupId group);

/// What an alias has just changed, to be kept.
struct NewExternalChange {
    AliasId alias;
    Nanoseconds time = 0;
    RefreshedBy by = RefreshedBy::Login;
    std::vector<GroupId> joined;
    std::vector<GroupId> left;
};
/// In place of what was kept of the alias. Of the groups keepLastMember() keeps it.
void keepExternalChange(store::WriteSession &session, const NewExternalChange &change);
/// That the alias came or went, in place of what was kept of the group.
void keepLastMember(store::WriteSession &session, GroupId group, const NewExternalChange &change, bool joined);
/// An alias that is somebody else's from now on has changed nothing of theirs.
void forgetExternalChanges(store::WriteSession &session, AliasId alias);

} // namespace kith::identity
