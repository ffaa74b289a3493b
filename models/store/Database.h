// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"
#include "store/Store.h"

#include <memory>

namespace SQLite {
class Database;
}

namespace kith::store {

/// How a core file can be used by this process.
enum class FileState {
    Absent,   ///< Not there, or empty: to be created.
    Writable, ///< A core; file and folder can be written.
    Readable, ///< A core; the file or its folder can't be written.
};

/// Looks at the file without changing it. Fails with NotACore, NewerVersion, Damaged, ReadOnly (absent, and the folder
/// can't be written), Io.
Result<FileState> inspect(const std::filesystem::path &file);

/// A connection with the pragmas of its purpose. Throws SQLite::Exception.
std::unique_ptr<SQLite::Database> connectWriter(const OpenOptions &options);
std::unique_ptr<SQLite::Database> connectReader(const std::filesystem::path &file, FileState state);

/// The error that an exception of SQLite stands for, or of anything else that was thrown while the file was used.
Error toError(const std::exception &exception, const std::filesystem::path &file);

} // namespace kith::store
