// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace kith::test {

/// A file system for SQLite that forgets, when the power is cut, whatever was not synced: the harshest disk there is.
/// It is SQLite's default one from construction to destruction. Thread-safe.
class PowerLossVfs
{
public:
    PowerLossVfs();
    ~PowerLossVfs();
    PowerLossVfs(const PowerLossVfs &) = delete;
    PowerLossVfs &operator=(const PowerLossVfs &) = delete;

    /// From now on every write, sync and deletion fails.
    void cut() { m_cut = true; }
    bool isCut() const { return m_cut; }
    /// After cut(), and when all files are closed: undoes what was not synced.
    void forgetUnsynced();

    // For the file methods.
    void noteOverwritten(const std::string &file, sqlite3_file *real, sqlite3_int64 offset, int length);
    void noteSynced(const std::string &file);
    sqlite3_vfs *base() const { return m_base; }

private:
    struct Overwritten {
        sqlite3_int64 offset;
        std::vector<char> bytes; ///< What stood there; less than was written when the file ended before.
        sqlite3_int64 size;      ///< Of the file before.
    };

    sqlite3_vfs *m_base;
    sqlite3_vfs m_vfs;
    std::atomic<bool> m_cut = false;
    std::mutex m_mutex;
    std::map<std::string, std::vector<Overwritten>> m_unsynced;
};

} // namespace kith::test
