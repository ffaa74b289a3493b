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

/// One line of a list of entities.
struct EntityListItem {
    std::string uuid;
    std::string name;
    std::vector<EntityAliasView> aliases;
};

std::optional<EntityView> readEntity(store::Session &session, EntityId entity);
std::optional<EntityAliasView> readEntityAlias(store::Session &session, AliasId alias);
std::vector<EntityAliasView> aliasesOf(store::Session &session, EntityId entity);

/// Give all of a namespace by id, one by one: there may be many.
void listEntities(store::Session &session, NamespaceId ns, const std::function<void(const EntityListItem &)> &give);
void listEntityAliases(store::Session &session, NamespaceId ns,
                       const std::function<void(const EntityAliasView &)> &give);

/// A list of UUIDs in a column (entity_alias.merged_from), and back. Unset is NULL.
std::optional<std::string> idsColumn(const std::optional<std::vector<std::string>> &ids);
std::optional<std::vector<std::string>> idsFromColumn(std::string_view json);

} // namespace kith::identity
