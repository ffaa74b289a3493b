// SPDX-License-Identifier: Apache-2.0
#include "store/Session.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace kith::store {

Query::Query(Session &session, std::string_view sql) : m_session(&session), m_sql(sql)
{
    if (auto idle = session.m_idle.find(sql); idle != session.m_idle.end()) {
        m_statement = std::move(idle->second);
        session.m_idle.erase(idle);
    } else {
        m_statement = std::make_unique<SQLite::Statement>(*session.m_database, std::string(sql));
    }
}

Query::Query(Query &&other) noexcept = default;

Query::~Query()
{
    if (!m_statement)
        return;
    m_statement->tryReset();
    try {
        m_statement->clearBindings();
        m_session->m_idle.emplace(m_sql, std::move(m_statement));
    } catch (const std::exception &) {
        // Out of memory: the statement goes, and is prepared anew the next time.
    }
}

Query &Query::bind(int index, std::int64_t value)
{
    m_statement->bind(index, value);
    return *this;
}

Query &Query::bind(int index, std::string_view value)
{
    m_statement->bind(index, std::string(value));
    return *this;
}

Query &Query::bind(int index, std::nullptr_t)
{
    m_statement->bind(index);
    return *this;
}

Query &Query::bind(int index, const Blob &value)
{
    const char *bytes = value.bytes.empty() ? "" : value.bytes.data(); // a null pointer would be NULL
    m_statement->bind(index, bytes, static_cast<int>(value.bytes.size()));
    return *this;
}

bool Query::step()
{
    return m_statement->executeStep();
}

void Query::run()
{
    m_statement->exec();
    m_statement->reset();
}

void Query::reset()
{
    m_statement->reset();
}

std::int64_t Query::integer(int column) const
{
    return m_statement->getColumn(column).getInt64();
}

std::string_view Query::text(int column) const
{
    const SQLite::Column value = m_statement->getColumn(column);
    const char *text = value.getText("");
    return {text, static_cast<std::size_t>(value.getBytes())};
}

std::string_view Query::blob(int column) const
{
    const SQLite::Column value = m_statement->getColumn(column);
    const auto *bytes = static_cast<const char *>(value.getBlob());
    return bytes ? std::string_view(bytes, static_cast<std::size_t>(value.getBytes())) : std::string_view();
}

bool Query::isNull(int column) const
{
    return m_statement->getColumn(column).isNull();
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
