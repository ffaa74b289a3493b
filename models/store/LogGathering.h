// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace SQLite {
class Database;
} // namespace SQLite

namespace kith::store {

/// Keeps what a connection writes to its log in memory until the commit's sync, and then writes it at once: SQLite
/// writes each page in two pieces, and a commit has twenty pages or more. Nothing is lost by it, since before the sync
/// no commit is told of, and other connections look at no page of it.
/// For a connection in WAL mode whose commits are synced (synchronous = FULL); on others, and where the disk needs
/// padding between commits, it does nothing.
void gatherLogWrites(SQLite::Database &database);

} // namespace kith::store
