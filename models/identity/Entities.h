// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Metadata.h"
#include "store/Result.h"
#include "store/Session.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

/// What a request says about an entity. What it doesn't mention is kept.
struct EntityChange {
    std::optional<std::string> name; ///< Empty: keep it, or draw one ("entity_1f2e3d4c.root").
    std::optional<std::vector<std::string>> policies;
    std::optional<bool> disabled;
    MetadataChange metadata;
};

struct SavedEntity {
    EntityId id;
    std::string uuid;
    std::string name;
    bool created = false;
};

/// UUIDs compare exactly, names case-insensitively.
std::optional<EntityId> entityByUuid(store::Session &session, NamespaceId ns, std::string_view uuid);
std::optional<EntityId> entityByName(store::Session &session, NamespaceId ns, std::string_view name);

/// Creates or changes an entity: the one with `uuid` if that isn't empty, else the one that has the name, else a new
/// one. Fails as spec/engine.md §3 says, in its order of checks and with its texts.
Result<SavedEntity> saveEntity(store::WriteSession &session, NamespaceId ns, const std::string &uuid,
                               const EntityChange &change);

/// A new entity with a drawn name and nothing else.
SavedEntity createEntity(store::WriteSession &session, NamespaceId ns);

/// Removes an entity with its aliases and memberships; each of its groups counts a change.
void deleteEntity(store::WriteSession &session, EntityId entity);

/// Removes many. Unknown ids are passed over. Fails with the texts of spec/engine.md §3 when there are none, or when
/// one is empty.
Result<void> deleteEntities(store::WriteSession &session, NamespaceId ns, const std::vector<std::string> &uuids);

/// Counts a change of an entity that its aliases brought about: the version rises, the time stays.
void touchEntity(store::WriteSession &session, EntityId entity);

/// Puts exactly these policies on an entity (names cleaned by cleanPolicies).
void setEntityPolicies(store::WriteSession &session, EntityId entity, const std::vector<std::string> &policies);

/// A name that no entity has: "entity_" and 8 hexadecimal digits and the namespace's id (spec/engine.md §1).
std::string newEntityName(store::Session &session, NamespaceId ns);

} // namespace kith::identity
