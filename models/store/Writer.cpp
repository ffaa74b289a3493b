// SPDX-License-Identifier: Apache-2.0
#include "store/Writer.h"

#include "store/Database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace kith::store {

namespace {

/// How long writes that came together may take to come back together: less than a commit takes on most disks.
constexpr std::chrono::milliseconds CompanyComes{1};

bool inTransaction(WriteSession &session)
{
    return sqlite3_get_autocommit(session.database().getHandle()) == 0;
}

void rollBack(WriteSession &session)
{
    if (inTransaction(session))
        session.run("ROLLBACK");
}

} // namespace

Writer::Writer(std::unique_ptr<WriteSession> session, std::filesystem::path file, const Clock &clock, WriterLock &lock)
    : m_session(std::move(session))
    , m_file(std::move(file))
    , m_clock(&clock)
    , m_lock(&lock)
    , m_seenVersion(m_session->integer("PRAGMA data_version").value_or(0))
    , m_thread([this] { run(); })
{}

Writer::~Writer()
{
    {
        const std::lock_guard guard(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

Result<void> Writer::enqueue(const Write *write)
{
    Job job;
    job.write = write;
    std::future<Result<void>> answer = job.answer.get_future();
    push(&job);
    return answer.get();
}

void Writer::push(Job *job)
{
    bool enough = false;
    {
        const std::lock_guard guard(m_mutex);
        m_waiting.push_back(job);
        enough = m_waiting.size() == m_awaited;
    }
    if (enough) // else it is awake, or about to be
        m_wake.notify_one();
}

void Writer::writeLater(Write write, Done done)
{
    auto job = std::make_unique<Job>();
    job->ownWrite = std::move(write);
    job->write = &job->ownWrite;
    job->done = std::move(done);
    push(job.release());
}

Result<void> Writer::write(const Write &write)
{
    return enqueue(&write);
}

void Writer::noticeOthers()
{
    [[maybe_unused]] const auto looked = enqueue(nullptr); // a failure shows at the next read or write
}

void Writer::setListener(Listener listener)
{
    const std::lock_guard guard(m_mutex);
    m_listener = std::move(listener);
}

/// All that wait, and those that are expected to come while they do. Nothing: the end.
std::vector<Writer::Job *> Writer::nextBatch()
{
    std::unique_lock guard(m_mutex);
    const auto sleepFor = [&](std::size_t jobs, auto &&wait) {
        m_awaited = jobs;
        wait([this] { return m_stop || m_waiting.size() >= m_awaited; });
    };
    // Whoever was answered just now often has more to write. Those who came meanwhile wait for them: else there would
    // be two companies, each of which waits for the commits of the other.
    const std::size_t company = m_company + (m_returned ? m_waiting.size() : 0);
    if (company > 1)
        sleepFor(company, [&](auto enough) { m_returned = m_wake.wait_for(guard, CompanyComes, enough); });
    sleepFor(1, [&](auto enough) { m_wake.wait(guard, enough); });
    m_company = m_waiting.size();
    return std::exchange(m_waiting, {});
}

void Writer::run()
{
    for (;;) {
        std::vector<Job *> batch = nextBatch();
        if (batch.empty())
            return;
        runBatch(batch);
        for (Job *job : batch)
            release(job);
    }
}

void Writer::release(Job *job)
{
    if (job->done) {
        const std::unique_ptr<Job> own(job);
        own->done(std::move(own->outcome));
        return;
    }
    // Once it has its answer the asker, and the job with it, may be gone.
    std::promise<Result<void>> answer = std::move(job->answer);
    answer.set_value(std::move(job->outcome));
}

void Writer::runBatch(std::vector<Job *> &batch)
{
    try {
        std::vector<Job *> writes;
        std::copy_if(batch.begin(), batch.end(), std::back_inserter(writes), [](const Job *job) { return job->write; });
        if (!writes.empty() && !m_lock->take()) {
            const std::string other = m_lock->other();
            for (Job *job : writes)
                job->outcome = Error{ErrorCode::WriterTaken, 423,
                                     "this core is written by " + (other.empty() ? "another program" : other), other};
            writes.clear();
        }
        lookForOthers();
        // A commit that fails, or a full disk in the middle, undoes the others of the batch too: each then has a
        // transaction of its own, so that only those fail that must.
        if (!writes.empty() && !commitTogether(writes) && (makesRoom(writes) || writes.size() > 1))
            for (Job *job : writes)
                [[maybe_unused]] const bool committed = commitTogether({job});
    } catch (const std::exception &exception) {
        for (Job *job : batch)
            job->outcome = toError(exception, m_file);
    }
}

/// On a full disk: the log's pages go into the file, mostly where others of theirs stand, and the log begins anew. By
/// itself SQLite does that only after a commit. False: the disk wasn't full, or still is.
bool Writer::makesRoom(const std::vector<Job *> &batch)
{
    const bool full = std::any_of(batch.begin(), batch.end(), [](const Job *job) {
        return !job->outcome && job->outcome.error().code == ErrorCode::DiskFull;
    });
    if (!full)
        return false;
    try {
        m_session->database().exec("PRAGMA wal_checkpoint(TRUNCATE)");
        return true;
    } catch (const std::exception &) {
        return false; // what is in the log stays there
    }
}

bool Writer::commitTogether(const std::vector<Job *> &batch)
{
    ChangeSet changes;
    const auto endAll = [&](WriteEnd how) {
        for (Job *job : batch)
            end(job->endActions, how);
    };
    try {
        m_session->run("BEGIN IMMEDIATE");
        bool anyKept = false;
        for (Job *job : batch) {
            runOne(*job, changes);
            anyKept = anyKept || job->kept;
            if (!inTransaction(*m_session)) { // SQLite undid it all, as it does on a full disk
                endAll(WriteEnd::Undone);
                return false;
            }
        }
        if (!anyKept) {
            rollBack(*m_session);
            return true;
        }
        // In the same commit as the changes: identity/Identities.h tells by it which commit a snapshot is of.
        if (!changes.empty())
            m_session->run("UPDATE revision SET value = value + 1");
        m_session->run("COMMIT");
    } catch (const std::exception &exception) {
        endAll(WriteEnd::Undone); // first: what can't be rolled back throws
        rollBack(*m_session);
        for (Job *job : batch)
            if (job->kept)
                job->outcome = toError(exception, m_file);
        return false;
    }
    endAll(WriteEnd::Committed);
    Listener listener;
    {
        const std::lock_guard guard(m_mutex);
        listener = m_listener;
    }
    if (listener && !changes.empty())
        listener(changes);
    return true;
}

void Writer::runOne(Job &job, ChangeSet &changes)
{
    job.outcome = {};
    job.kept = false;
    m_session->changes = {};
    m_session->now = m_clock->now();
    try {
        m_session->run("SAVEPOINT one_write");
        job.kept = (*job.write)(*m_session);
        if (!job.kept)
            m_session->run("ROLLBACK TO one_write");
        m_session->run("RELEASE one_write");
        if (job.kept)
            changes.append(m_session->changes);
        job.endActions = m_session->takeEndActions();
    } catch (const std::exception &exception) {
        job.endActions = m_session->takeEndActions();
        job.kept = false;
        job.outcome = toError(exception, m_file);
        if (inTransaction(*m_session)) {
            m_session->run("ROLLBACK TO one_write");
            m_session->run("RELEASE one_write");
        }
    }
    if (!job.kept)
        end(job.endActions, WriteEnd::Undone);
}

void Writer::end(std::vector<WriteSession::EndAction> &actions, WriteEnd how)
{
    for (const WriteSession::EndAction &action : std::exchange(actions, {}))
        action(how);
}

void Writer::lookForOthers()
{
    const std::int64_t version = m_session->integer("PRAGMA data_version").value_or(0);
    if (version == m_seenVersion)
        return;
    m_seenVersion = version;
    Listener listener;
    {
        const std::lock_guard guard(m_mutex);
        listener = m_listener;
    }
    if (listener) {
        ChangeSet all;
        all.everything = true;
        listener(all);
    }
}

} // namespace kith::store
