// SPDX-License-Identifier: Apache-2.0
#include "store/Session.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <stdexcept>

namespace kith::store {

void FinalizeStatement::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

namespace {

Statement prepared(SQLite::Database &database, std::string_view sql)
{
    sqlite3_stmt *statement = nullptr;
    const int result = sqlite3_prepare_v3(database.getHandle(), sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (result != SQLITE_OK)
        throw SQLite::Exception(database.getHandle(), result);
    return Statement(statement);
}

} // namespace

Query::Query(Session &session, std::string_view sql) : m_session(&session), m_sql(sql)
{
    std::vector<Statement> &idle = session.m_idle[sql];
    if (idle.empty()) {
        m_statement = prepared(*session.m_database, sql);
    } else {
        m_statement = std::move(idle.back());
        idle.pop_back();
    }
}

Query::Query(Query &&other) noexcept = default;

Query::~Query()
{
    if (!m_statement)
        return;
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
    try {
        m_session->m_idle[m_sql].push_back(std::move(m_statement));
    } catch (const std::bad_alloc &) {
        // The statement goes, and is prepared anew the next time.
    }
}

void Query::check(int result) const
{
    if (result != SQLITE_OK)
        throw SQLite::Exception(m_session->m_database->getHandle(), result);
}

Query &Query::bind(int index, std::int64_t value)
{
    check(sqlite3_bind_int64(m_statement.get(), index, value));
    return *this;
}

Query &Query::bind(int index, std::string_view value)
{
    const char *text = value.data() ? value.data() : ""; // a null pointer would be NULL
    check(sqlite3_bind_text64(m_statement.get(), index, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Query &Query::bind(int index, std::nullptr_t)
{
    check(sqlite3_bind_null(m_statement.get(), index));
    return *this;
}

Query &Query::bind(int index, const Blob &value)
{
    const char *bytes = value.bytes.empty() ? "" : value.bytes.data();
    check(sqlite3_bind_blob64(m_statement.get(), index, bytes, value.bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

bool Query::step()
{
    const int result = sqlite3_step(m_statement.get());
    if (result == SQLITE_ROW)
        return true;
    if (result != SQLITE_DONE)
        check(result);
    return false;
}

void Query::run()
{
    if (step())
        throw std::logic_error("a statement to run gives no rows");
    reset();
}

void Query::reset()
{
    check(sqlite3_reset(m_statement.get()));
}

std::int64_t Query::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string_view Query::text(int column) const
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column));
    return text ? std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)))
                : std::string_view();
}

std::string_view Query::blob(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column));
    return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column)))
                 : std::string_view();
}

bool Query::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

Session::Session(std::unique_ptr<SQLite::Database> database) : m_database(std::move(database)) {}

Session::~Session() = default;

std::int64_t Session::lastRowId() const
{
    return m_database->getLastInsertRowid();
}

std::int64_t Session::changedRows() const
{
    return m_database->getChanges();
}

} // namespace kith::store
