// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Clock.h"
#include "store/Session.h"

#include <optional>
#include <string>
#include <vector>

namespace kith::identity {

// What tables and trees show, read in batches by row id. An id that is gone is left out of the answer.

/// A name under which somebody logs in, and where.
struct ListedAlias {
    std::string name;
    std::string mount; ///< The mount's path without its slash; empty when the mount is gone.
    std::string type;  ///< Likewise.
};

struct ListedEntity {
    EntityId id;
    std::string uuid;
    std::string name;
    std::vector<ListedAlias> aliases; ///< In the order they were made.
    int directGroups = 0;
    int ownPolicies = 0;
    bool disabled = false;
    Nanoseconds updated = 0;
};

struct ListedGroup {
    GroupId id;
    std::string uuid;
    std::string name;
    bool external = false;
    std::string mount; ///< Of an external group with an alias: the mount's path without its slash.
    int directMembers = 0;
    int subgroups = 0;
    int parents = 0;
    int ownPolicies = 0;
};

std::vector<ListedEntity> listEntities(store::Session &session, const std::vector<EntityId> &ids);
std::vector<ListedGroup> listGroups(store::Session &session, const std::vector<GroupId> &ids);

/// A group where it stands below another, or among the roots, with what a tree has to know at once.
struct ListedChild {
    GroupId id;
    bool external = false;
    bool hasChildren = false;
};
/// The subgroups of a group, or (none given) the groups without a parent, by name, case ignored.
std::vector<ListedChild> listChildren(store::Session &session, GroupId parentOrNone);

/// How many there are of each.
struct Totals {
    std::int64_t entities = 0;
    std::int64_t groups = 0;
    std::int64_t aliases = 0;  ///< Of entities.
    std::int64_t policies = 0; ///< Defined, or only named by an entity or a group.
    std::int64_t mounts = 0;   ///< Where logins come from; without the tokens' own.
};
Totals totals(store::Session &session);

struct ListedPolicy {
    std::string name;
    bool defined = false;
    std::string text; ///< Empty when it isn't defined.
    int entities = 0; ///< That carry it themselves.
    int groups = 0;
};
/// All by name: those that are defined, and those that are only named by an entity or a group.
std::vector<ListedPolicy> listPolicies(store::Session &session);

struct ListedMount {
    std::string path; ///< Without its slash.
    std::string type;
    std::string accessor;
    std::string description;
    bool local = false;   ///< Its aliases belong to one cluster.
    int groupAliases = 0; ///< Of external groups. Those of entities: AliasIndex::counts().
};
/// All auth mounts but the tokens' own, by path.
std::vector<ListedMount> listMounts(store::Session &session);

struct ListedAliasRow {
    AliasId id;
    std::string uuid;
    ListedAlias alias;
    std::string accessor;
    EntityId entity;
    std::string entityName;
    std::string entityUuid;
    Nanoseconds updated = 0;
};
/// Aliases of entities, by row id.
std::vector<ListedAliasRow> listAliases(store::Session &session, const std::vector<AliasId> &ids);

/// The row of this UUID in the root namespace, or of an entity that was merged away: its heir.
std::optional<EntityId> entityByUuid(store::Session &session, std::string_view uuid);
std::optional<GroupId> groupByUuid(store::Session &session, std::string_view uuid);
/// None: it is gone.
std::optional<std::string> uuidOf(store::Session &session, EntityId id);
std::optional<std::string> uuidOf(store::Session &session, GroupId id);

} // namespace kith::identity
