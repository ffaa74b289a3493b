// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"
#include "store/Session.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace kith::store {

enum class Access { ReadWrite, ReadOnly };

/// Full: an answered write survives a loss of power. None: for a file that can be made anew, such as a mirror.
enum class Durability { Full, None };

struct OpenOptions {
    std::filesystem::path file;
    Access access = Access::ReadWrite; ///< ReadOnly never takes the writer's place and creates nothing.
    Durability durability = Durability::Full;
    std::string program = "kith"; ///< Told to whoever finds the writer's place taken.
    const Clock *clock = nullptr; ///< Null: the system's. Must outlive the store.
};

/// The core file: SQLite with WAL, one writer, many readers. All functions are thread-safe.
///
/// Reads run in parallel, each on a snapshot. Writes go through one thread: it takes all that wait, runs each in a
/// savepoint, commits once with full sync, tells the listener, then releases their answers. So an answered write is on
/// disk, and many writers share one fsync.
///
/// One writer a file: the first store that opens it with ReadWrite holds its lock file; another one may read, its
/// writes fail with WriterTaken until the first is gone.
class Store
{
public:
    /// Opens, creates (ReadWrite only, with its folders) or migrates the file, after a backup beside it.
    /// Fails with NotACore, NewerVersion, Damaged, ReadOnly, DiskFull, Io; nothing is changed then.
    static Result<std::unique_ptr<Store>> open(OpenOptions options);
    ~Store(); ///< Finishes the writes under way.
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    /// Runs `function(Session &)` -> Result<T> on a snapshot of its own.
    template <class Function>
    auto read(Function &&function) -> std::invoke_result_t<Function, Session &>
    {
        std::optional<std::invoke_result_t<Function, Session &>> result;
        if (auto ran = readErased([&](Session &session) { result.emplace(function(session)); }); !ran)
            return ran.error();
        return std::move(*result);
    }

    /// Runs `function(WriteSession &)` -> Result<T> in the writer's thread and returns when it is on disk.
    /// An error of the function, or an exception, undoes all that it did. Must not be called from inside a write.
    template <class Function>
    auto write(Function &&function) -> std::invoke_result_t<Function, WriteSession &>
    {
        std::optional<std::invoke_result_t<Function, WriteSession &>> result;
        auto ran = writeErased([&](WriteSession &session) {
            result.emplace(function(session));
            return result->has_value();
        });
        if (!ran)
            return ran.error();
        return std::move(*result);
    }

    /// write() for whoever can't wait: `done` gets the outcome, in the writer's thread, or before this returns when
    /// there is no writer. `function` gives false to undo what it did. `done` must be short, and neither throw nor
    /// write.
    void writeLater(std::function<bool(WriteSession &)> function, std::function<void(Result<void>)> done);

    /// Called after each commit, in the writer's thread, before the answers are released, with what was committed.
    /// One listener; set before the first write. Whenever it is to be called, the commit has raised `revision.value`
    /// (Schema.cpp), and no other commit follows before it returns.
    void onCommit(std::function<void(const ChangeSet &)> listener);

    /// Sees whether another program wrote since the last look, or this store's own first look. Then the listener is
    /// told `everything`. Called by a timer of the owner, and by write() when it takes the writer's place anew.
    void noticeOthers();

    /// Whether this store holds the writer's place, or could take it now.
    bool canWrite() const;
    /// Who writes to the file ("kith, process 4711 on host"), if it isn't this store. Empty: nobody.
    std::string otherWriter() const;

    const std::filesystem::path &file() const;
    const Clock &clock() const;

private:
    class Private;
    explicit Store(std::unique_ptr<Private> d);

    Result<void> readErased(const std::function<void(Session &)> &function);
    Result<void> writeErased(const std::function<bool(WriteSession &)> &function);

    std::unique_ptr<Private> m_d;
};

} // namespace kith::store
