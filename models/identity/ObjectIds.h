// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Ids.h"
#include "store/Result.h"
#include "store/Session.h"

#include <string>
#include <string_view>

namespace kith::identity {

/// Whether a text has the form of an id: a UUID, perhaps with a namespace's suffix.
bool looksLikeId(std::string_view text);

/// What an id stands for. At most one of `entity` and `group` is set; an alias gives its owner too.
struct FoundObject {
    EntityId entity;
    GroupId group;
    AliasId alias;
    GroupAliasId groupAlias;
};

/// The object of the root namespace with this id, in any case: an entity, one that was merged into another, a group, or
/// an alias.
Result<FoundObject> findObject(store::Session &session, std::string_view uuid);

/// The entity or group of the root namespace with this name in any case, or else with this id; none: there isn't one.
EntityId entityNamed(store::Session &session, const std::string &nameOrId);
GroupId groupNamed(store::Session &session, const std::string &nameOrId);

} // namespace kith::identity
