// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Session.h"

#include <cstdio>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3_changeset_iter;
struct sqlite3_session;
struct sqlite3_value;

namespace kith::store {

/// One row that a write inserted, changed or deleted. Borrowed: valid while Journal::forEach shows it.
class RowChange
{
public:
    enum class Kind { Inserted, Updated, Deleted };

    explicit RowChange(sqlite3_changeset_iter *at);

    Kind kind() const { return m_kind; }
    std::string_view table() const { return m_table; }
    int columns() const { return m_columns; }
    bool isKey(int column) const { return m_key[column] != 0; }
    /// The value before the write: null (no value) where there was no row, and for an updated row in columns that
    /// stayed as they were; its keys are there.
    sqlite3_value *before(int column) const;
    /// The value after the write, likewise; of an updated row without its keys.
    sqlite3_value *after(int column) const;

    /// A text; empty if it isn't known.
    std::string text(int column) const;
    /// A number; 0 if it isn't known.
    std::int64_t integer(int column) const;

private:
    sqlite3_changeset_iter *m_at;
    Kind m_kind = Kind::Inserted;
    std::string_view m_table;
    int m_columns = 0;
    const unsigned char *m_key = nullptr;
};

/// A column that holds the row id of a row in some table: `id` of that table itself, or one that refers to it. Such a
/// table has a column `uuid`, by which the row is the same again after it was deleted and restored.
struct RowReference {
    std::string_view column;
    std::string_view table;
};

/// How a table is recorded and put back.
struct TableRules {
    const char *name;
    std::string_view rising;                       ///< A column that counts changes; may be empty.
    std::span<const std::string_view> bookkeeping; ///< Columns that say nothing about whether the row was changed.
    std::span<const RowReference> references;
};

/// A row that a journal speaks of without having its UUID.
struct RowName {
    std::string_view table;
    std::int64_t id;
    std::string uuid;
};

/// What one write changed, row by row: the sum of it, so that a row that was changed twice stands here once. Kept in an
/// unnamed file in the folder for temporary files, since it is about as large as what was written; in memory there are
/// only the names of those rows that were there before.
class Journal
{
public:
    /// Shows every row, table by table. Throws SQLite::Exception when the file can't be read.
    void forEach(const std::function<void(const RowChange &)> &show) const;
    const std::vector<RowName> &names() const { return m_names; }
    std::int64_t bytes() const { return m_bytes; }

private:
    friend class JournalRecorder;
    using File = std::unique_ptr<std::FILE, int (*)(std::FILE *)>;
    Journal(File file, std::int64_t bytes) : m_file(std::move(file)), m_bytes(bytes) {}

    File m_file;
    std::int64_t m_bytes;
    std::vector<RowName> m_names;
};

/// The names of a table's columns, in their order.
std::vector<std::string> columnsOf(Session &session, std::string_view table);

/// Records what is done to some tables from now on, inside one write.
class JournalRecorder
{
public:
    /// The rules must live as long as the journal.
    JournalRecorder(WriteSession &session, std::span<const TableRules> tables);
    ~JournalRecorder();
    JournalRecorder(const JournalRecorder &) = delete;
    JournalRecorder &operator=(const JournalRecorder &) = delete;

    /// What was recorded; nothing when there is no room for it. To be called once, inside the write.
    std::optional<Journal> finish();

private:
    std::vector<RowName> namesOf(const Journal &journal) const;

    WriteSession &m_session;
    std::span<const TableRules> m_tables;
    sqlite3_session *m_recording = nullptr;
};

/// The journals of the last writes that can be taken back. Used inside writes only, so by the writer's thread.
/// The journal of a write that failed in the end does no harm: nothing looks as it says, so it can't be applied.
class Journals
{
public:
    /// Keeps a journal and gives the name to find it by. It takes back what applying `replaced` (may be empty) did, so
    /// that is kept only until this one is replaced in turn: whoever goes back and forth needs two of them.
    std::string keep(Journal journal, const std::string &replaced = {});
    /// Null: never kept, or dropped since.
    const Journal *find(std::string_view name) const;

private:
    static constexpr std::size_t Kept = 40;
    static constexpr std::int64_t KeptBytes = std::int64_t{2} << 30;

    struct Entry {
        std::string name;
        std::string replaced;
        Journal journal;
    };
    std::deque<Entry> m_entries; ///< Oldest first.
};

} // namespace kith::store
