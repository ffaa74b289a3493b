// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Metadata.h"
#include "store/Result.h"
#include "store/Session.h"

#include <optional>
#include <string>
#include <string_view>

namespace kith::identity {

/// What a request says about an alias of an entity. Empty texts say nothing.
struct EntityAliasChange {
    std::string canonicalId; ///< UUID of the entity.
    std::string accessor;
    std::string name;
    MetadataChange customMetadata;
};

/// What the answer names.
struct SavedAlias {
    std::string uuid;
    std::string canonicalId;
};

std::optional<AliasId> aliasByUuid(store::Session &session, NamespaceId ns, std::string_view uuid);

/// Names compare case-insensitively, accessors exactly.
std::optional<AliasId> aliasByFactors(store::Session &session, std::string_view accessor, std::string_view name);

/// The entity of an alias that exists.
EntityId entityOfAlias(store::Session &session, AliasId alias);

/// Creates or changes an alias: the one with `uuid` if that isn't empty, else the one with that accessor and name, else
/// a new one, and a new entity for it if none is named. Nothing: it was so already.
/// Fails as spec/engine.md §4 says, in its order of checks and with its texts. A refusal changes nothing: that the real
/// server's memory keeps half of a refused move until it restarts is a defect not to copy.
Result<std::optional<SavedAlias>> saveEntityAlias(store::WriteSession &session, NamespaceId ns, const std::string &uuid,
                                                  const EntityAliasChange &change);

/// Removes an alias; its entity stays.
void deleteEntityAlias(store::WriteSession &session, AliasId alias);

} // namespace kith::identity
