// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Session.h"

namespace kith::store {

/// "KITH" in SQLite's application_id: tells a core from any other SQLite file.
inline constexpr std::int64_t ApplicationId = 0x4b495448;

/// The schema that this program writes (SQLite's user_version). A file with a lower one is migrated.
inline constexpr int SchemaVersion = 1;

/// Brings an empty or older file to SchemaVersion, inside the caller's transaction.
void migrate(WriteSession &session, int fromVersion);

} // namespace kith::store
