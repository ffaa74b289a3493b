// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Memberships.h"
#include "store/Store.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace kith::identity {

/// Keeps the Memberships of the newest commits in memory, once it was told to begin: reads them in the background,
/// follows small changes at once, and reads all anew after large ones. Owned by Identities. Thread-safe.
class MembershipFollower
{
public:
    explicit MembershipFollower(store::Store &store);
    void begin();
    ~MembershipFollower();
    MembershipFollower(const MembershipFollower &) = delete;
    MembershipFollower &operator=(const MembershipFollower &) = delete;

    /// As of that commit; null: not in memory, or not any more.
    std::shared_ptr<const Memberships> of(std::int64_t revision) const;

    /// Called after each commit, in the writer's thread.
    void follow(const ChangeSet &changes);

private:
    struct Version {
        std::int64_t revision = 0;
        std::shared_ptr<const Memberships> memberships;
    };
    using Followed = Result<Version>;

    void run();
    void load();
    void catchUp(Version version);
    Followed read(const std::function<Result<std::shared_ptr<const Memberships>>(store::Session &)> &function);
    void publish(Version version);

    store::Store &m_store;
    mutable std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::deque<Version> m_versions;    // the newest first; empty while all is read anew
    std::vector<EntityId> m_meanwhile; // touched while it is read
    std::int64_t m_seen = 0;           // the last commit that follow() heard of
    bool m_wanted = false;             // that all is read anew
    std::atomic<bool> m_stop = false;
    std::atomic<bool> m_outdated = false; // what is being read now is of no use
    std::thread m_thread;
};

} // namespace kith::identity
