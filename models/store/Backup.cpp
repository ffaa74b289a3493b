// SPDX-License-Identifier: Apache-2.0
#include "store/Backup.h"

#include "store/Database.h"
#include "store/Schema.h"
#include "store/Text.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

namespace kith::store {

namespace fs = std::filesystem;

namespace {

/// A file that is gone, with what SQLite puts beside it, unless it is kept.
class Scratch
{
public:
    explicit Scratch(const fs::path &beside) : m_file(beside.string() + "." + randomHex(4)) {}
    ~Scratch()
    {
        std::error_code ignored;
        for (const char *end : {"", "-wal", "-shm", "-journal"})
            fs::remove(m_file.string() + end, ignored);
    }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;

    const fs::path &file() const { return m_file; }
    /// For its owner alone, before anything is in it.
    Result<void> create() const
    {
        const int descriptor = ::open(m_file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (descriptor < 0) {
            const std::error_code reason(errno, std::generic_category());
            return Error{reason == std::errc::no_space_on_device ? ErrorCode::DiskFull : ErrorCode::ReadOnly, 500,
                         "the file can't be made: " + reason.message(), m_file.string()};
        }
        ::close(descriptor);
        return {};
    }

private:
    fs::path m_file;
};

/// All pages at once, from one snapshot.
void copyPages(SQLite::Database &from, SQLite::Database &to)
{
    SQLite::Backup backup(to, from);
    if (const int result = backup.executeStep(-1); result != SQLITE_DONE)
        throw SQLite::Exception("the copy was interrupted", result);
}

Result<void> writeOut(const fs::path &file)
{
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const bool written = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    return written ? Result<void>() : Error{ErrorCode::Io, 500, "the file can't be written to the disk", file.string()};
}

/// Copies the backup to where it may be changed, brings it to this program's schema, and looks for damage.
Result<void> prepareCopy(const fs::path &from, FileState state, const Scratch &copy, const Clock &clock)
{
    try {
        const auto source = connectReader(from, state);
        auto target = std::make_unique<SQLite::Database>(copy.file().string(), SQLite::OPEN_READWRITE);
        copyPages(*source, *target);
        target->exec("PRAGMA foreign_keys = ON");
        WriteSession session(std::move(target));
        session.now = clock.now();
        if (session.text("PRAGMA integrity_check(1)").value_or("") != "ok")
            return Error{ErrorCode::Damaged, 500, "the backup is damaged", from.string()};
        migrate(session, copy.file(), migrations());
        return {};
    } catch (const std::exception &exception) {
        return toError(exception, from);
    }
}

} // namespace

Result<void> backUp(Store &store, const fs::path &to)
{
    std::error_code failure;
    if (fs::exists(fs::symlink_status(to, failure)))
        return Error{ErrorCode::InvalidRequest, 400, "there is such a file already", to.string()};
    const Scratch copy(to);
    if (auto made = copy.create(); !made)
        return made;
    auto copied = store.read([&](Session &session) -> Result<void> {
        SQLite::Database target(copy.file().string(), SQLite::OPEN_READWRITE);
        copyPages(session.database(), target);
        return {};
    });
    if (!copied)
        return copied;
    if (auto written = writeOut(copy.file()); !written)
        return written;
    // Not a rename: that would replace a file that came meanwhile.
    fs::create_hard_link(copy.file(), to, failure);
    if (failure == std::errc::file_exists)
        return Error{ErrorCode::InvalidRequest, 400, "there is such a file already", to.string()};
    if (failure) // a file system without links
        fs::rename(copy.file(), to, failure);
    if (failure)
        return Error{ErrorCode::Io, 500, "the file can't be put in place: " + failure.message(), to.string()};
    return {};
}

Result<void> restoreBackup(Store &store, const fs::path &from)
{
    const auto state = inspect(from);
    if (!state)
        return state.error();
    if (*state == FileState::Absent)
        return Error{ErrorCode::NotFound, 404, "there is no backup here", from.string()};
    const Scratch copy(store.file());
    if (auto made = copy.create(); !made)
        return made;
    if (auto prepared = prepareCopy(from, *state, copy, store.clock()); !prepared)
        return prepared;
    if (!store.canWrite())
        return Error{ErrorCode::WriterTaken, 423, "this core is written by " + store.otherWriter(),
                     store.otherWriter()};
    const auto revision = store.read([](Session &session) -> Result<std::int64_t> {
        return session.integer("SELECT value FROM revision").value_or(0);
    });
    if (!revision)
        return revision.error();
    try {
        SQLite::Database source(copy.file().string(), SQLite::OPEN_READWRITE);
        // Whoever follows the commits must see a later one than any before, also than those that come until the pages
        // are copied, which are far fewer.
        constexpr std::int64_t Far = 1'000'000;
        source.exec("UPDATE revision SET value = " + std::to_string(*revision + Far));
        OpenOptions options;
        options.file = store.file();
        // A connection beside the store's own, since that one is always inside a transaction when it writes.
        copyPages(source, *connectWriter(options));
    } catch (const std::exception &exception) {
        return toError(exception, store.file());
    }
    store.noticeOthers();
    return {};
}

} // namespace kith::store
