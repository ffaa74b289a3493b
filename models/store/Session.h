// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/ChangeSet.h"
#include "store/Clock.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace SQLite {
class Database;
} // namespace SQLite
struct sqlite3_stmt;

namespace kith::store {

/// Bytes that are no text: kept as a BLOB.
struct Blob {
    std::string_view bytes;
};

struct FinalizeStatement {
    void operator()(sqlite3_stmt *statement) const;
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// One run of a prepared statement. Borrowed from its Session and given back (reset) on destruction, so a Query must
/// not outlive the Session, and the same SQL may be open twice (the second is prepared anew).
/// Columns and parameters count from 0 and 1 as in SQLite. A failure of SQLite throws SQLite::Exception: Store::read
/// and Store::write turn it into an Error, in one place.
class Query
{
public:
    ~Query();
    Query(Query &&other) noexcept;
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;
    Query &operator=(Query &&) = delete;

    Query &bind(int index, std::int64_t value);
    Query &bind(int index, std::string_view value); ///< Copied.
    Query &bind(int index, std::nullptr_t);
    Query &bind(int index, const Blob &value); ///< Copied.
    Query &bind(int index, bool value) { return bind(index, std::int64_t{value}); }
    Query &bind(int index, int value) { return bind(index, std::int64_t{value}); }
    Query &bind(int index, const char *value) { return bind(index, std::string_view(value)); }
    Query &bind(int index, const std::string &value) { return bind(index, std::string_view(value)); }
    template <class Tag>
    Query &bind(int index, RowId<Tag> id)
    {
        return id ? bind(index, id.value) : bind(index, nullptr);
    }
    template <class T>
    Query &bind(int index, const std::optional<T> &value)
    {
        return value ? bind(index, *value) : bind(index, nullptr);
    }

    /// Goes to the next row; false at the end.
    bool step();
    /// Runs a statement that returns no row, and makes it ready to be bound and run again.
    void run();
    /// Ends a run before its last row, or after it, so that the query can be bound and stepped again.
    void reset();

    std::int64_t integer(int column) const;
    std::string_view text(int column) const; ///< Valid until the next step(); empty for NULL.
    std::string_view blob(int column) const; ///< Valid until the next step(); empty for NULL.
    bool isNull(int column) const;
    template <class Id>
    Id id(int column) const
    {
        return Id{integer(column)};
    }

private:
    friend class Session;
    Query(class Session &session, std::string_view sql);
    void check(int result) const;

    class Session *m_session;
    Statement m_statement;
    std::string_view m_sql; // the key in the session's cache
};

/// A connection to the core file with its cache of prepared statements. Used by one thread at a time.
class Session
{
public:
    explicit Session(std::unique_ptr<SQLite::Database> database);
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    /// `sql` must have static lifetime (a literal): its place in memory is the key of the cache.
    Query query(std::string_view sql) { return {*this, sql}; }

    /// query() with its parameters bound in order.
    template <class... Values>
    Query query(std::string_view sql, const Values &...values)
    {
        Query query(*this, sql);
        int index = 0;
        (query.bind(++index, values), ...);
        return query;
    }
    /// Runs a statement that returns no rows.
    template <class... Values>
    void run(std::string_view sql, const Values &...values)
    {
        query(sql, values...).run();
    }
    /// The first column of the first row, if there is one and it isn't NULL.
    template <class... Values>
    std::optional<std::int64_t> integer(std::string_view sql, const Values &...values)
    {
        Query rows = query(sql, values...);
        return rows.step() && !rows.isNull(0) ? std::optional(rows.integer(0)) : std::nullopt;
    }
    template <class... Values>
    std::optional<std::string> text(std::string_view sql, const Values &...values)
    {
        Query rows = query(sql, values...);
        return rows.step() && !rows.isNull(0) ? std::optional(std::string(rows.text(0))) : std::nullopt;
    }

    std::int64_t lastRowId() const;
    std::int64_t changedRows() const; ///< By the last statement that was run.

    /// The raw connection: schema, pragmas, backup. Not for queries.
    SQLite::Database &database() { return *m_database; }

private:
    friend class Query;
    /// Literals are told apart by their place, which is quicker than by what they say.
    struct ByPlace {
        std::size_t operator()(std::string_view sql) const { return std::hash<const char *>()(sql.data()); }
        bool operator()(std::string_view a, std::string_view b) const
        {
            return a.data() == b.data() && a.size() == b.size();
        }
    };
    std::unique_ptr<SQLite::Database> m_database;
    std::unordered_map<std::string_view, std::vector<Statement>, ByPlace, ByPlace> m_idle;
};

/// What became of a write.
enum class WriteEnd { Committed, Undone };

/// The writing session, inside the savepoint of one write. What is changed is noted in `changes` by whoever changes it.
class WriteSession : public Session
{
public:
    using Session::Session;
    using EndAction = std::function<void(WriteEnd)>;

    /// For what a write means beside the file, in memory: called once, in the writer's thread, when it is known what
    /// became of this write and before anybody gets its answer. Must be short, and neither throw nor write. A write
    /// that is tried again begins without.
    void atEnd(EndAction action) { m_endActions.push_back(std::move(action)); }
    /// For whoever runs the writes: those noted so far, which this then has no more.
    std::vector<EndAction> takeEndActions() { return std::exchange(m_endActions, {}); }

    ChangeSet changes;   ///< Of this write; empty at its start, dropped when it fails.
    Nanoseconds now = 0; ///< The one time of this write.

private:
    std::vector<EndAction> m_endActions;
};

} // namespace kith::store
