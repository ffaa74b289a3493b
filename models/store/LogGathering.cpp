// SPDX-License-Identifier: Apache-2.0
#include "store/LogGathering.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string>

namespace kith::store {

namespace {

constexpr int Full = 2; // of PRAGMA synchronous

/// More than this is written before the sync: what a large import writes need not fit into memory twice.
constexpr std::size_t MostPending = std::size_t{1} << 20;

/// SQLite's files take at most 128 KiB in one call.
constexpr std::size_t MostAtOnce = std::size_t{1} << 16;

/// What SQLite calls for the log instead of the methods of its file system. The file itself stays as it is, and points
/// to `methods`, which come first so that the file leads back here.
struct Gathering {
    sqlite3_io_methods methods;
    const sqlite3_io_methods *real;
    std::string pending; ///< Not written yet; begins at `at`.
    sqlite3_int64 at = 0;

    sqlite3_int64 end() const { return at + static_cast<sqlite3_int64>(pending.size()); }
};

Gathering *of(sqlite3_file *file)
{
    return reinterpret_cast<Gathering *>(const_cast<sqlite3_io_methods *>(file->pMethods));
}

/// When it fails, the transaction whose pages these are fails as well (SQLite rolls it back by itself): what couldn't
/// be written isn't tried again, so that a smaller one can follow on a full disk.
int flush(sqlite3_file *file)
{
    Gathering *log = of(file);
    int result = SQLITE_OK;
    for (std::size_t done = 0; done < log->pending.size() && result == SQLITE_OK; done += MostAtOnce) {
        const std::size_t length = std::min(MostAtOnce, log->pending.size() - done);
        result = log->real->xWrite(file, log->pending.data() + done, static_cast<int>(length),
                                   log->at + static_cast<sqlite3_int64>(done));
    }
    log->pending.clear();
    return result;
}

int writeFile(sqlite3_file *file, const void *from, int length, sqlite3_int64 offset)
{
    Gathering *log = of(file);
    const bool goesOn = offset == log->end();
    if (!goesOn || log->pending.size() > MostPending)
        if (const int result = flush(file); result != SQLITE_OK)
            return result;
    if (log->pending.empty())
        log->at = offset;
    try {
        log->pending.append(static_cast<const char *>(from), static_cast<std::size_t>(length));
    } catch (const std::bad_alloc &) {
        return SQLITE_IOERR_NOMEM;
    }
    return SQLITE_OK;
}

/// A page that is read again before the sync comes from memory: a failure to write it would not be the reader's.
int readFile(sqlite3_file *file, void *to, int length, sqlite3_int64 offset)
{
    Gathering *log = of(file);
    if (offset >= log->at && offset + length <= log->end()) {
        log->pending.copy(static_cast<char *>(to), static_cast<std::size_t>(length),
                          static_cast<std::size_t>(offset - log->at));
        return SQLITE_OK;
    }
    const bool touches = offset + length > log->at && !log->pending.empty();
    if (touches)
        if (const int result = flush(file); result != SQLITE_OK)
            return result;
    return log->real->xRead(file, to, length, offset);
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    const int result = flush(file);
    return result == SQLITE_OK ? of(file)->real->xTruncate(file, size) : result;
}

int syncFile(sqlite3_file *file, int flags)
{
    const int result = flush(file);
    return result == SQLITE_OK ? of(file)->real->xSync(file, flags) : result;
}

int fileSize(sqlite3_file *file, sqlite3_int64 *size)
{
    const int result = flush(file);
    return result == SQLITE_OK ? of(file)->real->xFileSize(file, size) : result;
}

int closeFile(sqlite3_file *file)
{
    const int flushed = flush(file);
    const std::unique_ptr<Gathering> log(of(file));
    file->pMethods = log->real;
    const int closed = log->real->xClose(file);
    return flushed == SQLITE_OK ? closed : flushed;
}

sqlite3_file *fileOf(SQLite::Database &database, int control)
{
    sqlite3_file *file = nullptr;
    const int result = sqlite3_file_control(database.getHandle(), "main", control, &file);
    return result == SQLITE_OK && file && file->pMethods ? file : nullptr;
}

} // namespace

void gatherLogWrites(SQLite::Database &database)
{
    database.exec("SELECT count(*) FROM sqlite_master"); // opens the log
    if (database.execAndGet("PRAGMA journal_mode").getString() != "wal" ||
        database.execAndGet("PRAGMA synchronous").getInt() < Full)
        return;
    sqlite3_file *main = fileOf(database, SQLITE_FCNTL_FILE_POINTER);
    sqlite3_file *log = fileOf(database, SQLITE_FCNTL_JOURNAL_POINTER);
    if (!main || !log || (main->pMethods->xDeviceCharacteristics(main) & SQLITE_IOCAP_POWERSAFE_OVERWRITE) == 0)
        return;
    auto gathering = std::make_unique<Gathering>(Gathering{*log->pMethods, log->pMethods, {}, 0});
    gathering->methods.xClose = closeFile;
    gathering->methods.xRead = readFile;
    gathering->methods.xWrite = writeFile;
    gathering->methods.xTruncate = truncateFile;
    gathering->methods.xSync = syncFile;
    gathering->methods.xFileSize = fileSize;
    log->pMethods = &gathering.release()->methods;
}

} // namespace kith::store
