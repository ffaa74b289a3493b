// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kith::identity {

/// Pairs of strings that people attach to entities, groups and aliases.
using Metadata = std::map<std::string, std::string>;

/// Metadata as stored and read: unset reads null, which isn't the same as empty ({}).
using StoredMetadata = std::optional<Metadata>;

/// What a request says about metadata: nothing (keep it), null (StoredMetadata unset), or a whole new map.
using MetadataChange = std::optional<StoredMetadata>;

enum class MetadataOf { Entity, Group, Alias };

/// The limits of `metadata`: 64 pairs, keys of 1 to 128 bytes of [a-zA-Z0-9=/+_-] that don't start with "vault-",
/// values of at most 512 bytes. Refused with status 500. Source: spec/engine.md §2.
Result<void> checkMetadata(MetadataOf owner, const Metadata &metadata);

/// The limits of an alias's `custom_metadata`: 64 pairs, keys of 1 to 128 bytes, values of 1 to 512, all printable.
/// Names everything that is wrong at once; status 500. Source: spec/engine.md §2.
Result<void> checkCustomMetadata(const Metadata &metadata);

/// The JSON text of a metadata column (keys sorted), and back. Unset is NULL. A text that isn't an object of strings
/// reads as unset.
std::optional<std::string> metadataColumn(const StoredMetadata &metadata);
StoredMetadata metadataFromColumn(std::string_view json);

} // namespace kith::identity
