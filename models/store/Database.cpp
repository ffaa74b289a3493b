// SPDX-License-Identifier: Apache-2.0
#include "store/Database.h"

#include "store/LogGathering.h"
#include "store/Schema.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <array>
#include <fstream>

#include <unistd.h>

namespace kith::store {

namespace fs = std::filesystem;

namespace {

constexpr int BusyMilliseconds = 10'000;

Error fileError(ErrorCode code, const std::string &text, const fs::path &file)
{
    return {code, code == ErrorCode::DiskFull ? 507 : 500, text, file.string()};
}

bool hasSqliteHeader(const fs::path &file)
{
    constexpr std::string_view magic("SQLite format 3\0", 16);
    std::array<char, 16> start{};
    std::ifstream stream(file, std::ios::binary);
    return stream.read(start.data(), start.size()) && std::string_view(start.data(), start.size()) == magic;
}

/// Characters that mean something in a URI are escaped, so that any file name works.
std::string immutableUri(const fs::path &file)
{
    std::string uri = "file:";
    for (const char c : fs::absolute(file).string()) {
        if (c == '%' || c == '?' || c == '#') {
            constexpr std::string_view digits = "0123456789ABCDEF";
            uri += {'%', digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]};
        } else {
            uri += c;
        }
    }
    return uri + "?immutable=1";
}

/// A file that ends too early says so itself: its first page holds the size of a page and how many there are.
std::string lengthText(const fs::path &file)
{
    std::array<unsigned char, 32> start{};
    std::ifstream stream(file, std::ios::binary);
    if (!stream.read(reinterpret_cast<char *>(start.data()), start.size()))
        return {};
    const auto number = [&start](std::size_t at, std::size_t length) {
        std::uint64_t value = 0;
        for (std::size_t i = at; i < at + length; ++i)
            value = value << 8U | start[i];
        return value;
    };
    const std::uint64_t page = number(16, 2) == 1 ? 65536 : number(16, 2); // 65536 doesn't fit into two bytes
    const std::uint64_t length = page * number(28, 4);
    std::error_code failure;
    const std::uint64_t there = fs::file_size(file, failure);
    if (failure || there >= length)
        return {};
    return "it was cut off after " + std::to_string(there) + " of " + std::to_string(length) + " bytes";
}

Result<FileState> inspectExisting(const fs::path &file)
{
    if (!hasSqliteHeader(file))
        return fileError(ErrorCode::NotACore, "this file is not a Kith core", file);
    const bool writable =
        access(file.c_str(), W_OK) == 0 && access(fs::absolute(file).parent_path().c_str(), W_OK) == 0;
    const FileState state = writable ? FileState::Writable : FileState::Readable;
    try {
        Session session(connectReader(file, state));
        const auto application = session.integer("PRAGMA application_id").value_or(0);
        const auto version = session.integer("PRAGMA user_version").value_or(0);
        const auto tables = session.integer("SELECT count(*) FROM sqlite_master").value_or(0);
        if (application == 0 && version == 0 && tables == 0)
            return FileState::Absent; // creation was interrupted before its first commit
        if (application != ApplicationId)
            return fileError(ErrorCode::NotACore, "this file is an SQLite database, but not a Kith core", file);
        if (version > SchemaVersion)
            return fileError(ErrorCode::NewerVersion,
                             "this core was written by a newer version of Kith (schema " + std::to_string(version) +
                                 ", this program knows up to " + std::to_string(SchemaVersion) + ")",
                             file);
        return state;
    } catch (const std::exception &exception) {
        Error error = toError(exception, file);
        if (const std::string length = error.code == ErrorCode::Damaged ? lengthText(file) : ""; !length.empty())
            error.wire = "the core file is damaged: " + length;
        return error;
    }
}

} // namespace

Result<FileState> inspect(const fs::path &file)
{
    std::error_code failure;
    const fs::file_status status = fs::status(file, failure);
    if (fs::exists(status) && !fs::is_regular_file(status))
        return fileError(ErrorCode::NotACore, "this is not a file", file);
    if (fs::exists(status) && access(file.c_str(), R_OK) != 0)
        return fileError(ErrorCode::Io, "this file can't be read: permission denied", file);
    if (!fs::exists(status) || fs::file_size(file, failure) == 0)
        return FileState::Absent;
    return inspectExisting(file);
}

/// SQLite counts its memory under a lock that all threads share; nobody asks for the figures. Only the first call in
/// the process counts, and none once SQLite is in use.
static void countNoMemory()
{
    static const int result = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(result);
}

std::unique_ptr<SQLite::Database> connectWriter(const OpenOptions &options)
{
    countNoMemory();
    auto database = std::make_unique<SQLite::Database>(
        options.file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX, BusyMilliseconds);
    database->exec("PRAGMA journal_mode = WAL");
    database->exec(options.durability == Durability::Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
    database->exec("PRAGMA foreign_keys = ON");
    database->exec("PRAGMA cache_size = -65536");
    database->exec("PRAGMA journal_size_limit = 67108864");
    // 32 MB of log, eight times SQLite's own choice: the same pages are written over and over, and each time that they
    // are taken over all writers wait for it. Rarer, that halves the slowest hundredth of writes.
    database->exec("PRAGMA wal_autocheckpoint = 8000");
    database->exec("PRAGMA temp_store = MEMORY");
    gatherLogWrites(*database);
    return database;
}

std::unique_ptr<SQLite::Database> connectReader(const fs::path &file, FileState state)
{
    countNoMemory();
    // A core in WAL mode can only be read where its two side files can be made, or when it is known not to change.
    const bool changes = state == FileState::Writable || fs::exists(fs::path(file) += "-wal");
    // Read and write, so that SQLite may recover the log of a program that was killed; query_only keeps it to reading.
    const int access = state == FileState::Writable ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY;
    auto database =
        std::make_unique<SQLite::Database>(changes ? file.string() : immutableUri(file),
                                           access | SQLite::OPEN_NOMUTEX | SQLite::OPEN_URI, BusyMilliseconds);
    database->exec("PRAGMA query_only = ON");
    database->exec("PRAGMA cache_size = -16384");
    database->exec("PRAGMA temp_store = MEMORY");
    return database;
}

/// A disk that is full already keeps SQLite from making its side files, and it only says that they failed.
static bool isDiskFull(const fs::path &file)
{
    constexpr std::uintmax_t NeededToOpen = std::uintmax_t{64} * 1024; // the shared index of the log alone has 32 KiB
    std::error_code failure;
    const fs::space_info space = fs::space(fs::absolute(file).parent_path(), failure);
    return !failure && space.available < NeededToOpen;
}

Error toError(const std::exception &exception, const fs::path &file)
{
    const auto *sqlite = dynamic_cast<const SQLite::Exception *>(&exception);
    if (!sqlite)
        return fileError(ErrorCode::Internal, exception.what(), file);
    switch (sqlite->getErrorCode() & 0xff) {
    case SQLITE_CORRUPT:
        return fileError(ErrorCode::Damaged, std::string("the core file is damaged: ") + sqlite->what(), file);
    case SQLITE_NOTADB:
        return fileError(ErrorCode::NotACore, "this file is not a Kith core", file);
    case SQLITE_FULL:
        return fileError(ErrorCode::DiskFull, "the disk is full; nothing was written", file);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return fileError(ErrorCode::ReadOnly, "the core file can't be written", file);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fileError(ErrorCode::WriterTaken, "another program is using the core file", file);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        if (isDiskFull(file))
            return fileError(ErrorCode::DiskFull, "the disk is full; nothing was written", file);
        return fileError(ErrorCode::Io, std::string("the core file can't be used: ") + sqlite->what(), file);
    default:
        return fileError(ErrorCode::Internal, sqlite->what(), file);
    }
}

} // namespace kith::store
