// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Metadata.h"
#include "store/Session.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kith::identity {

/// Everything that reading an alias of an entity shows (spec/engine.md §4).
struct EntityAliasView {
    std::string uuid;
    std::string canonicalId; ///< UUID of the entity.
    std::string namespaceId;
    std::string accessor;
    std::optional<std::string> mountPath; ///< Unset: the mount is gone.
    std::optional<std::string> mountType;
    std::string name;
    StoredMetadata metadata;                            ///< Set by logins.
    StoredMetadata customMetadata;                      ///< Set by operators.
    std::optional<std::vector<std::string>> mergedFrom; ///< UUIDs of entities that had it before a merge.
    bool local = false;
    Nanoseconds created = 0;
    Nanoseconds updated = 0;
};

/// Everything that reading an entity shows (spec/engine.md §3).
struct EntityView {
    EntityId id;
    std::string uuid;
    std::string name;
    std::string namespaceId;
    std::vector<std::string> policies; ///< By name.
    StoredMetadata metadata;
    bool disabled = false;
    std::optional<std::vector<std::string>> mergedIds; ///< UUIDs of entities that were merged into it.
    std::vector<EntityAliasView> aliases;              ///< In the order of their making.
    std::vector<std::string> directGroups;             ///< UUIDs.
    std::vector<std::string> inheritedGroups;          ///< UUIDs, without the direct ones.
    Nanoseconds created = 0;
    Nanoseconds updated = 0;
};

/// One row of a list of entities: an entity with one of its aliases. Valid until the next one.
struct EntityListRow {
    std::string_view uuid;
    std::string_view name;
    std::string_view aliasUuid; ///< Empty: it has none.
    std::string_view accessor;
    std::string_view aliasName;
};

/// The groups of an entity as the session sees them, so inside a write as well: each once, the direct ones first.
struct EntityGroups {
    std::vector<GroupId> all;
    std::size_t direct = 0;
};
EntityGroups groupsOf(store::Session &session, EntityId entity);

std::optional<EntityView> readEntity(store::Session &session, EntityId entity);
std::optional<EntityView> readEntityAlone(store::Session &session, EntityId entity); ///< Without its groups.
std::optional<EntityView> readEntity(store::Session &session, NamespaceId ns, std::string_view uuid);
std::optional<EntityView> readEntityByName(store::Session &session, NamespaceId ns, std::string_view name);
std::optional<EntityAliasView> readEntityAlias(store::Session &session, AliasId alias);
std::vector<EntityAliasView> aliasesOf(store::Session &session, EntityId entity);

/// Give all of a namespace by id, one by one: there may be many. The rows of an entity come one after the other.
void listEntities(store::Session &session, NamespaceId ns, const std::function<void(const EntityListRow &)> &give);
void listEntityAliases(store::Session &session, NamespaceId ns,
                       const std::function<void(const EntityAliasView &)> &give);

/// A list of UUIDs in a column (entity_alias.merged_from), and back. Unset is NULL.
std::optional<std::string> idsColumn(const std::optional<std::vector<std::string>> &ids);
std::optional<std::vector<std::string>> idsFromColumn(std::string_view json);

} // namespace kith::identity
