// SPDX-License-Identifier: Apache-2.0
#include "store/Journal.h"

#include "store/Text.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace kith::store {

namespace {

void check(int result)
{
    if (result != SQLITE_OK)
        throw SQLite::Exception("the journal of a write can't be used", result);
}

struct Written {
    std::FILE *file;
    std::int64_t bytes = 0;
};

int append(void *to, const void *data, int size)
{
    auto &written = *static_cast<Written *>(to);
    const auto wanted = static_cast<std::size_t>(size);
    if (std::fwrite(data, 1, wanted, written.file) != wanted)
        return SQLITE_FULL;
    written.bytes += size;
    return SQLITE_OK;
}

int readOn(void *from, void *data, int *size)
{
    auto *file = static_cast<std::FILE *>(from);
    *size = static_cast<int>(std::fread(data, 1, static_cast<std::size_t>(*size), file));
    return std::ferror(file) != 0 ? SQLITE_IOERR : SQLITE_OK;
}

RowChange::Kind kindOf(int operation)
{
    if (operation == SQLITE_INSERT)
        return RowChange::Kind::Inserted;
    return operation == SQLITE_DELETE ? RowChange::Kind::Deleted : RowChange::Kind::Updated;
}

} // namespace

RowChange::RowChange(sqlite3_changeset_iter *at) : m_at(at)
{
    const char *table = nullptr;
    int operation = 0;
    check(sqlite3changeset_op(at, &table, &m_columns, &operation, nullptr));
    m_table = table;
    m_kind = kindOf(operation);
    unsigned char *key = nullptr;
    check(sqlite3changeset_pk(at, &key, nullptr));
    m_key = key;
}

sqlite3_value *RowChange::before(int column) const
{
    sqlite3_value *value = nullptr;
    if (m_kind != Kind::Inserted)
        check(sqlite3changeset_old(m_at, column, &value));
    return value;
}

sqlite3_value *RowChange::after(int column) const
{
    sqlite3_value *value = nullptr;
    if (m_kind != Kind::Deleted)
        check(sqlite3changeset_new(m_at, column, &value));
    return value;
}

std::string RowChange::text(int column) const
{
    sqlite3_value *value = before(column) ? before(column) : after(column);
    const auto *text = value ? reinterpret_cast<const char *>(sqlite3_value_text(value)) : nullptr;
    return text ? std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value))) : std::string();
}

std::int64_t RowChange::integer(int column) const
{
    sqlite3_value *value = before(column) ? before(column) : after(column);
    return value ? sqlite3_value_int64(value) : 0;
}

void Journal::forEach(const std::function<void(const RowChange &)> &show) const
{
    std::rewind(m_file.get());
    sqlite3_changeset_iter *raw = nullptr;
    check(sqlite3changeset_start_strm(&raw, readOn, m_file.get()));
    const std::unique_ptr<sqlite3_changeset_iter, int (*)(sqlite3_changeset_iter *)> at(raw, sqlite3changeset_finalize);
    int next = sqlite3changeset_next(raw);
    for (; next == SQLITE_ROW; next = sqlite3changeset_next(raw))
        show(RowChange(raw));
    if (next != SQLITE_DONE)
        check(next);
}

std::vector<std::string> columnsOf(Session &session, std::string_view table)
{
    std::vector<std::string> names;
    Query rows = session.query("SELECT name FROM pragma_table_info(?) ORDER BY cid", table);
    while (rows.step())
        names.emplace_back(rows.text(0));
    return names;
}

JournalRecorder::JournalRecorder(WriteSession &session, std::span<const TableRules> tables)
    : m_session(session), m_tables(tables)
{
    check(sqlite3session_create(session.database().getHandle(), "main", &m_recording));
    for (const TableRules &table : tables)
        check(sqlite3session_attach(m_recording, table.name));
}

JournalRecorder::~JournalRecorder()
{
    sqlite3session_delete(m_recording);
}

std::optional<Journal> JournalRecorder::finish()
{
    Journal::File file(std::tmpfile(), std::fclose);
    Written written{file.get()};
    const bool kept = file && sqlite3session_changeset_strm(m_recording, append, &written) == SQLITE_OK &&
                      std::fflush(file.get()) == 0;
    sqlite3session_enable(m_recording, 0);
    if (!kept)
        return std::nullopt;
    Journal journal(std::move(file), written.bytes);
    journal.m_names = namesOf(journal);
    return journal;
}

std::vector<RowName> JournalRecorder::namesOf(const Journal &journal) const
{
    struct Columns {
        const TableRules *rules;
        std::vector<std::pair<int, std::string_view>> references; // column, table
    };
    std::unordered_map<std::string_view, Columns> tables;
    for (const TableRules &table : m_tables) {
        const std::vector<std::string> names = columnsOf(m_session, table.name);
        Columns &columns = tables.emplace(table.name, Columns{&table, {}}).first->second;
        for (const RowReference &reference : table.references)
            columns.references.emplace_back(std::find(names.begin(), names.end(), reference.column) - names.begin(),
                                            reference.table);
    }
    std::map<std::string_view, std::unordered_set<std::int64_t>> named; // by table; those that have their UUID here
    std::map<std::string_view, std::unordered_set<std::int64_t>> spoken;
    journal.forEach([&](const RowChange &change) {
        const Columns &columns = tables.at(change.table());
        for (const auto &[column, table] : columns.references) {
            const std::int64_t id = change.integer(column);
            const bool own = table == change.table() && change.kind() != RowChange::Kind::Updated;
            if (id != 0)
                (own ? named : spoken)[table].insert(id);
        }
    });
    std::vector<RowName> result;
    for (const auto &[table, ids] : spoken) {
        const auto look = std::make_unique<SQLite::Statement>(
            m_session.database(), "SELECT uuid FROM " + std::string(table) + " WHERE id = ?");
        for (const std::int64_t id : ids) {
            if (named[table].count(id) != 0)
                continue;
            look->reset();
            look->bind(1, id);
            if (look->executeStep())
                result.push_back({table, id, look->getColumn(0).getString()});
        }
    }
    return result;
}

std::string Journals::keep(Journal journal, const std::string &replaced)
{
    const auto named = [](const std::string &name) {
        return [&name](const Entry &entry) { return entry.name == name; };
    };
    if (const auto last = std::find_if(m_entries.begin(), m_entries.end(), named(replaced)); last != m_entries.end()) {
        const std::string stale = last->replaced;
        if (const auto old = std::find_if(m_entries.begin(), m_entries.end(), named(stale)); old != m_entries.end())
            m_entries.erase(old);
    }
    m_entries.push_back({randomHex(16), replaced, std::move(journal)});
    std::int64_t bytes = 0;
    for (const Entry &entry : m_entries)
        bytes += entry.journal.bytes();
    for (; m_entries.size() > Kept || (bytes > KeptBytes && m_entries.size() > 2); m_entries.pop_front())
        bytes -= m_entries.front().journal.bytes();
    return m_entries.back().name;
}

const Journal *Journals::find(std::string_view name) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) { return entry.name == name; });
    return found == m_entries.end() ? nullptr : &found->journal;
}

} // namespace kith::store
