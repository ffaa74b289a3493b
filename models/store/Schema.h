// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Session.h"

#include <filesystem>
#include <span>

namespace kith::store {

/// "KITH" in SQLite's application_id: tells a core from any other SQLite file.
inline constexpr std::int64_t ApplicationId = 0x4b495448;

/// One step from a schema to the next. Runs inside the transaction of the whole migration.
struct Migration {
    int version; ///< SQLite's user_version after it.
    void (*run)(WriteSession &session);
};

/// All of them, oldest first; the last one's version is SchemaVersion.
std::span<const Migration> migrations();

/// The schema that this program writes. A file with a lower one is migrated when it is opened.
inline constexpr int SchemaVersion = 7;

/// Runs those of the steps that the file lacks, in one transaction. A file that had a schema is copied first, to
/// "<file>.backup-<its version>". Throws SQLite::Exception, with the file as it was.
void migrate(WriteSession &session, const std::filesystem::path &file, std::span<const Migration> steps);

} // namespace kith::store
