// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Clock.h"
#include "store/Ids.h"
#include "store/Session.h"

#include <optional>
#include <string>
#include <vector>

namespace kith::identity {

/// How somebody came into an external group: by a login, or a renewal, which said so of one of his aliases.
struct ExternalMembership {
    GroupId group;
    std::string mount;                ///< Path of the group's alias, without its slash; empty: it has none any more.
    std::string alias;                ///< Name of the entity's alias; empty: it is gone, or nobody knows.
    std::optional<Nanoseconds> since; ///< When that was said first; none: nobody knows.
    std::optional<Nanoseconds> refreshed; ///< When it was said last; none: nobody knows.
};

/// What is known of an entity in a group; of nobody, the group's mount alone.
ExternalMembership externalMembership(store::Session &session, GroupId group, std::optional<EntityId> entity);

/// Those of an entity, by the names of the groups.
std::vector<ExternalMembership> externalMemberships(store::Session &session, EntityId entity);

/// A member of an external group.
struct ExternalMember {
    std::string uuid;
    std::string name;
    ExternalMembership membership;
};
/// Up to `limit` members of an external group, those who are known longest first.
std::vector<ExternalMember> externalMembers(store::Session &session, GroupId group, std::int64_t limit);

} // namespace kith::identity
