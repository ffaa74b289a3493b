// SPDX-License-Identifier: Apache-2.0
#include "store/RowUndo.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>

namespace kith::store {

namespace {

/// The key of the row; a write never changes it.
sqlite3_value *keyOf(const RowChange &change, int column)
{
    return change.kind() == RowChange::Kind::Inserted ? change.after(column) : change.before(column);
}

bool contains(std::span<const std::string_view> names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

/// A prepared statement that values of a journal can be bound to as they are.
class RowUndo::Statement
{
public:
    Statement(sqlite3 *database, const std::string &sql) : m_database(database)
    {
        check(sqlite3_prepare_v2(database, sql.c_str(), static_cast<int>(sql.size()), &m_statement, nullptr));
    }
    ~Statement() { sqlite3_finalize(m_statement); }
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    void start()
    {
        sqlite3_reset(m_statement);
        m_index = 0;
    }
    void bind(sqlite3_value *value) { check(sqlite3_bind_value(m_statement, ++m_index, value)); }
    void bind(std::int64_t value) { check(sqlite3_bind_int64(m_statement, ++m_index, value)); }
    void bindNull() { check(sqlite3_bind_null(m_statement, ++m_index)); }
    void bind(const std::string &value)
    {
        check(sqlite3_bind_text64(m_statement, ++m_index, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    }
    bool step()
    {
        const int result = sqlite3_step(m_statement);
        if (result != SQLITE_ROW && result != SQLITE_DONE)
            check(result);
        return result == SQLITE_ROW;
    }
    std::int64_t integer() const { return sqlite3_column_int64(m_statement, 0); }
    std::string text() const
    {
        const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, 0));
        return text ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, 0))) : std::string();
    }
    std::int64_t changedRows() const { return sqlite3_changes64(m_database); }
    void end() { sqlite3_reset(m_statement); }

private:
    void check(int result) const
    {
        if (result != SQLITE_OK)
            throw SQLite::Exception(sqlite3_errmsg(m_database), result);
    }

    sqlite3 *m_database;
    sqlite3_stmt *m_statement = nullptr;
    int m_index = 0;
};

RowUndo::RowUndo(WriteSession &session, const Journal &journal, std::span<const TableRules> rules)
    : m_session(session), m_rules(rules)
{
    locate(journal);
}

RowUndo::~RowUndo() = default;

const TableRules &RowUndo::rulesOf(std::string_view table) const
{
    return *std::find_if(m_rules.begin(), m_rules.end(), [&](const TableRules &rules) { return rules.name == table; });
}

const RowUndo::Columns &RowUndo::columnsOf(std::string_view table)
{
    const auto [known, isNew] = m_columns.try_emplace(std::string(table));
    if (!isNew)
        return known->second;
    const TableRules &rules = rulesOf(table);
    for (std::string &name : store::columnsOf(m_session, table)) {
        Column column;
        column.rising = name == rules.rising;
        column.bookkeeping = column.rising || contains(rules.bookkeeping, name);
        for (const RowReference &reference : rules.references) {
            if (reference.column == name)
                column.table = reference.table;
        }
        column.name = std::move(name);
        known->second.push_back(std::move(column));
    }
    return known->second;
}

int RowUndo::indexOf(const RowChange &change, std::string_view column)
{
    const Columns &columns = columnsOf(change.table());
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const Column &known) { return known.name == column; });
    return static_cast<int>(found - columns.begin());
}

void RowUndo::locate(const Journal &journal)
{
    for (const RowName &name : journal.names())
        locate(name.table, name.id, name.uuid);
    journal.forEach([&](const RowChange &change) {
        if (change.kind() != RowChange::Kind::Inserted)
            return;
        for (const RowReference &reference : rulesOf(change.table()).references) {
            if (reference.table == change.table() && reference.column == "id")
                locate(reference.table, change.integer(indexOf(change, "id")), change.text(indexOf(change, "uuid")));
        }
    });
}

void RowUndo::locate(std::string_view table, std::int64_t id, const std::string &uuid)
{
    Statement &looking = statement("SELECT id FROM " + std::string(table) + " WHERE uuid = ?");
    looking.bind(uuid);
    const std::int64_t now = looking.step() ? looking.integer() : 0;
    looking.end();
    if (now != id)
        m_moved[std::string(table)][id] = now;
}

std::int64_t RowUndo::now(std::string_view table, std::int64_t id) const
{
    const auto rows = m_moved.find(table);
    if (rows == m_moved.end())
        return id;
    const auto moved = rows->second.find(id);
    return moved == rows->second.end() ? id : moved->second;
}

RowUndo::Statement &RowUndo::statement(const std::string &sql)
{
    std::unique_ptr<Statement> &known = m_statements[sql];
    if (!known)
        known = std::make_unique<Statement>(m_session.database().getHandle(), sql);
    known->start();
    return *known;
}

void RowUndo::bind(Statement &statement, const Column &column, sqlite3_value *value)
{
    if (column.table.empty() || sqlite3_value_type(value) == SQLITE_NULL)
        statement.bind(value);
    else
        statement.bind(now(column.table, sqlite3_value_int64(value)));
}

bool RowUndo::isCompared(const RowChange &change, int column, Check check)
{
    return change.isKey(column) || (check == Check::AsLeft && change.after(column) &&
                                    !columnsOf(change.table())[static_cast<std::size_t>(column)].bookkeeping);
}

/// Over the keys, and, with AsLeft, over the values that the write left. An empty list of pairs is as good as none.
std::string RowUndo::condition(const RowChange &change, Check check)
{
    const Columns &columns = columnsOf(change.table());
    std::string out;
    for (int i = 0; i < change.columns(); ++i) {
        const std::string &name = columns[static_cast<std::size_t>(i)].name;
        if (isCompared(change, i, check))
            out += (out.empty() ? "" : " AND ") +
                   (change.isKey(i) ? name + " IS ?" : "nullif(" + name + ", '{}') IS nullif(?, '{}')");
    }
    return out;
}

void RowUndo::bindCondition(Statement &statement, const RowChange &change, Check check)
{
    const Columns &columns = columnsOf(change.table());
    for (int i = 0; i < change.columns(); ++i) {
        if (isCompared(change, i, check))
            bind(statement, columns[static_cast<std::size_t>(i)], change.isKey(i) ? keyOf(change, i) : change.after(i));
    }
}

RowUndo::Outcome RowUndo::run(Statement &statement, Outcome ifNoRow)
{
    try {
        statement.step();
        const bool any = statement.changedRows() > 0;
        statement.end();
        return any ? Outcome::Done : ifNoRow;
    } catch (const SQLite::Exception &exception) {
        statement.end();
        if ((exception.getErrorCode() & 0xff) != SQLITE_CONSTRAINT)
            throw;
        return Outcome::Blocked;
    }
}

RowUndo::Outcome RowUndo::remove(const RowChange &change, Check check)
{
    Statement &deleting =
        statement("DELETE FROM " + std::string(change.table()) + " WHERE " + condition(change, check));
    bindCondition(deleting, change, check);
    return run(deleting, Outcome::Changed);
}

RowUndo::Outcome RowUndo::restore(const RowChange &change, Check check)
{
    const Columns &columns = columnsOf(change.table());
    std::string set;
    for (int i = 0; i < change.columns(); ++i) {
        const Column &column = columns[static_cast<std::size_t>(i)];
        if (change.after(i))
            set += (set.empty() ? "" : ", ") + column.name + (column.rising ? " = " + column.name + " + 1" : " = ?");
    }
    Statement &updating =
        statement("UPDATE " + std::string(change.table()) + " SET " + set + " WHERE " + condition(change, check));
    for (int i = 0; i < change.columns(); ++i) {
        const Column &column = columns[static_cast<std::size_t>(i)];
        if (change.after(i) && !column.rising)
            bind(updating, column, change.before(i));
    }
    bindCondition(updating, change, check);
    return run(updating, Outcome::Changed);
}

RowUndo::Outcome RowUndo::insert(const RowChange &change)
{
    const Columns &columns = columnsOf(change.table());
    const std::string table(change.table());
    std::string names;
    std::string values;
    for (const Column &column : columns) {
        names += (names.empty() ? "" : ", ") + column.name;
        values += std::string(values.empty() ? "" : ", ") + (column.rising ? "? + 1" : "?");
    }
    // A row id that somebody else has got meanwhile is replaced by a new one.
    const int own = indexOf(change, "id");
    const std::int64_t id = own < change.columns() && columns[static_cast<std::size_t>(own)].table == change.table()
                                ? change.integer(own)
                                : 0;
    bool taken = false;
    if (id != 0) {
        Statement &looking = statement("SELECT 1 FROM " + table + " WHERE id = ?");
        looking.bind(id);
        taken = looking.step();
        looking.end();
    }
    Statement &inserting = statement("INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")");
    for (int i = 0; i < change.columns(); ++i) {
        if (taken && i == own)
            inserting.bindNull();
        else
            bind(inserting, columns[static_cast<std::size_t>(i)], change.before(i));
    }
    const Outcome outcome = run(inserting, Outcome::Blocked);
    if (taken)
        m_moved[table][id] = outcome == Outcome::Done ? m_session.lastRowId() : 0;
    return outcome;
}

RowUndo::Outcome RowUndo::undo(const RowChange &change, Check check)
{
    switch (change.kind()) {
    case RowChange::Kind::Inserted:
        return remove(change, check);
    case RowChange::Kind::Updated:
        return restore(change, check);
    case RowChange::Kind::Deleted:
        break;
    }
    return insert(change);
}

bool RowUndo::isAsLeft(const RowChange &change)
{
    Statement &looking =
        statement("SELECT 1 FROM " + std::string(change.table()) + " WHERE " + condition(change, Check::AsLeft));
    bindCondition(looking, change, Check::AsLeft);
    const bool found = looking.step();
    looking.end();
    return found;
}

RowUndo::Statement &RowUndo::lookFor(const RowChange &change, std::string_view column)
{
    Statement &looking = statement("SELECT " + std::string(column) + " FROM " + std::string(change.table()) +
                                   " WHERE " + condition(change, Check::None));
    bindCondition(looking, change, Check::None);
    return looking;
}

std::int64_t RowUndo::integer(const RowChange &change, std::string_view column)
{
    const int index = indexOf(change, column);
    if (const std::int64_t value = change.integer(index); value != 0)
        return now(columnsOf(change.table())[static_cast<std::size_t>(index)].table, value);
    Statement &looking = lookFor(change, column);
    const std::int64_t found = looking.step() ? looking.integer() : 0;
    looking.end();
    return found;
}

std::string RowUndo::text(const RowChange &change, std::string_view column)
{
    if (std::string known = change.text(indexOf(change, column)); !known.empty())
        return known;
    Statement &looking = lookFor(change, column);
    std::string found = looking.step() ? looking.text() : std::string();
    looking.end();
    return found;
}

} // namespace kith::store
