// SPDX-License-Identifier: Apache-2.0
#include "store/Store.h"

#include "store/Schema.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <mutex>

namespace kith::store {

class Store::Private
{
public:
    OpenOptions options;
    SystemClock systemClock;
    std::mutex writing;
    std::unique_ptr<WriteSession> writer;
    std::mutex pool;
    std::vector<std::unique_ptr<Session>> idle;
    std::function<void(const ChangeSet &)> listener;
};

namespace {

std::unique_ptr<SQLite::Database> openDatabase(const OpenOptions &options)
{
    auto database =
        std::make_unique<SQLite::Database>(options.file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000);
    database->exec("PRAGMA journal_mode = WAL");
    database->exec("PRAGMA synchronous = FULL");
    database->exec("PRAGMA foreign_keys = ON");
    return database;
}

Error fromException(const std::exception &exception)
{
    return {ErrorCode::Io, 500, exception.what(), {}};
}

} // namespace

Store::Store(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(OpenOptions options)
{
    try {
        auto d = std::make_unique<Private>();
        if (options.file.has_parent_path())
            std::filesystem::create_directories(options.file.parent_path());
        d->options = std::move(options);
        d->writer = std::make_unique<WriteSession>(openDatabase(d->options));
        const auto version = d->writer->integer("PRAGMA user_version").value_or(0);
        if (version < SchemaVersion) {
            SQLite::Transaction transaction(d->writer->database());
            migrate(*d->writer, static_cast<int>(version));
            transaction.commit();
        }
        return std::unique_ptr<Store>(new Store(std::move(d)));
    } catch (const std::exception &exception) {
        return fromException(exception);
    }
}

Result<void> Store::readErased(const std::function<void(Session &)> &function)
{
    try {
        std::unique_ptr<Session> session;
        {
            const std::lock_guard lock(m_d->pool);
            if (!m_d->idle.empty()) {
                session = std::move(m_d->idle.back());
                m_d->idle.pop_back();
            }
        }
        if (!session)
            session = std::make_unique<Session>(openDatabase(m_d->options));
        {
            SQLite::Transaction transaction(session->database());
            function(*session);
        }
        const std::lock_guard lock(m_d->pool);
        m_d->idle.push_back(std::move(session));
        return {};
    } catch (const std::exception &exception) {
        return fromException(exception);
    }
}

Result<void> Store::writeErased(const std::function<bool(WriteSession &)> &function)
{
    const std::lock_guard lock(m_d->writing);
    try {
        SQLite::Transaction transaction(m_d->writer->database(), SQLite::TransactionBehavior::IMMEDIATE);
        m_d->writer->changes = {};
        m_d->writer->now = clock().now();
        if (function(*m_d->writer)) {
            // In the same commit as the changes: identity/Identities.h tells by it which commit a snapshot is of.
            if (!m_d->writer->changes.empty())
                m_d->writer->run("UPDATE revision SET value = value + 1");
            transaction.commit();
            if (m_d->listener && !m_d->writer->changes.empty())
                m_d->listener(m_d->writer->changes);
        }
        return {};
    } catch (const std::exception &exception) {
        return fromException(exception);
    }
}

void Store::onCommit(std::function<void(const ChangeSet &)> listener)
{
    m_d->listener = std::move(listener);
}

void Store::noticeOthers() {}

bool Store::canWrite() const
{
    return m_d->options.access == Access::ReadWrite;
}

std::string Store::otherWriter() const
{
    return {};
}

const std::filesystem::path &Store::file() const
{
    return m_d->options.file;
}

const Clock &Store::clock() const
{
    return m_d->options.clock ? *m_d->options.clock : m_d->systemClock;
}

} // namespace kith::store
