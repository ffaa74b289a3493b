// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"
#include "store/Session.h"
#include "store/Store.h"
#include "store/WriterLock.h"

#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace kith::store {

/// The one thread that writes. It takes all writes that wait, runs each in a savepoint, commits them together, tells
/// the listener, and only then releases the answers. After a commit of several it waits a moment for as many again:
/// those who got their answers together mostly come back together. Its public functions are thread-safe.
class Writer
{
public:
    using Write = std::function<bool(WriteSession &)>; ///< False: undo what it did.
    using Listener = std::function<void(const ChangeSet &)>;

    /// `session` is the only connection of this process that writes; its file is `file`.
    Writer(std::unique_ptr<WriteSession> session, std::filesystem::path file, const Clock &clock, WriterLock &lock);
    ~Writer(); ///< Finishes what waits.
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    /// Returns when the write is on disk or undone. A write that returned false is no error.
    Result<void> write(const Write &write);
    using Done = std::function<void(Result<void>)>;
    /// Returns at once; `done` is called in this thread when the write is on disk or undone.
    void writeLater(Write write, Done done);
    /// Tells the listener `everything` when another program wrote since the last look.
    void noticeOthers();
    void setListener(Listener listener);

private:
    struct Job {
        const Write *write = nullptr; ///< Null: only look for what others wrote.
        std::promise<Result<void>> answer;
        Result<void> outcome;
        bool kept = false;
        std::vector<WriteSession::EndAction> endActions; ///< Of what is kept, until it is committed.
        Write ownWrite; ///< Of a job that nobody waits for: its own, and owned by the queue.
        Done done;      ///< Empty: somebody waits for `answer`.
    };

    void run();
    std::vector<Job *> nextBatch();
    void runBatch(std::vector<Job *> &batch);
    bool commitTogether(const std::vector<Job *> &batch);
    bool makesRoom(const std::vector<Job *> &batch);
    void runOne(Job &job, ChangeSet &changes);
    static void end(std::vector<WriteSession::EndAction> &actions, WriteEnd how);
    void lookForOthers();
    Result<void> enqueue(const Write *write);
    void push(Job *job);
    static void release(Job *job);

    std::unique_ptr<WriteSession> m_session;
    std::filesystem::path m_file;
    const Clock *m_clock;
    WriterLock *m_lock;
    std::int64_t m_seenVersion = 0; ///< SQLite's data_version: moves when another program commits.

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Job *> m_waiting;
    std::size_t m_awaited = 1; ///< The thread sleeps until so many wait.
    std::size_t m_company = 1; ///< How many were committed together the last time.
    bool m_returned = true;    ///< All who were expected to come with others did so the last time.
    Listener m_listener;
    bool m_stop = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace kith::store
