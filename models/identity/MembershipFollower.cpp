// SPDX-License-Identifier: Apache-2.0
#include "identity/MembershipFollower.h"

#include <chrono>

namespace kith::identity {

namespace {

/// More people than this in one commit are read with all others, in the background.
constexpr std::size_t ManyChanges = 2000;
/// With more than this to be taken in, reading it was too slow, or failed: it is begun again.
constexpr std::size_t MostMeanwhile = 100'000;
/// Reads that began before the last commits find their version too.
constexpr std::size_t KeptVersions = 4;
/// A commit reaches follow() so soon after the disk; if none does, another program wrote.
constexpr std::chrono::milliseconds Moment{100};

} // namespace

MembershipFollower::MembershipFollower(store::Store &store) : m_store(store), m_thread([this] { run(); }) {}

MembershipFollower::~MembershipFollower()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
        m_outdated = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void MembershipFollower::begin()
{
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = true;
    }
    m_changed.notify_all();
}

std::shared_ptr<const Memberships> MembershipFollower::of(std::int64_t revision) const
{
    const std::lock_guard lock(m_mutex);
    for (const Version &version : m_versions) {
        if (version.revision == revision)
            return version.memberships;
    }
    return nullptr;
}

void MembershipFollower::run()
{
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_stop || m_wanted; });
            if (m_stop)
                return;
            m_wanted = false;
            m_outdated = false;
            m_meanwhile.clear();
        }
        load();
    }
}

MembershipFollower::Followed
MembershipFollower::read(const std::function<Result<std::shared_ptr<const Memberships>>(store::Session &)> &function)
{
    return m_store.read([&](store::Session &session) -> Followed {
        auto memberships = function(session);
        if (!memberships)
            return memberships.error();
        return Version{session.integer("SELECT value FROM revision").value_or(0), std::move(*memberships)};
    });
}

/// If it can't be read, everybody reads SQLite and gets the error there.
void MembershipFollower::load()
{
    if (Followed loaded = read([this](store::Session &session) { return Memberships::load(session, &m_outdated); }))
        catchUp(std::move(*loaded));
}

/// Takes in what commits changed since `version` was read, until no commit came meanwhile.
void MembershipFollower::catchUp(Version version)
{
    while (!m_stop) {
        std::vector<EntityId> touched;
        {
            std::unique_lock lock(m_mutex);
            if (m_wanted)
                return;
            if (m_seen <= version.revision && m_meanwhile.empty()) {
                publish(std::move(version));
                return;
            }
            touched.swap(m_meanwhile);
        }
        std::sort(touched.begin(), touched.end());
        touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
        Followed next = read([&](store::Session &session) { return version.memberships->following(session, touched); });
        if (!next)
            return;
        version = std::move(*next);
        std::unique_lock lock(m_mutex);
        // What was read may be of a commit of which follow() is yet to hear what it touched.
        if (!m_changed.wait_for(lock, Moment, [&] { return m_stop || m_wanted || m_seen >= version.revision; }))
            m_wanted = true;
    }
}

void MembershipFollower::publish(Version version)
{
    m_versions.push_front(std::move(version));
    if (m_versions.size() > KeptVersions)
        m_versions.pop_back();
}

void MembershipFollower::follow(const ChangeSet &changes)
{
    const std::vector<EntityId> touched = Memberships::touchedBy(changes);
    const bool tooMuch = changes.everything || touched.size() > ManyChanges;
    for (bool done = false; !done;) {
        Version before;
        {
            const std::lock_guard lock(m_mutex);
            if (!m_versions.empty())
                before = m_versions.front();
        }
        Followed next = read([&](store::Session &session) -> Result<std::shared_ptr<const Memberships>> {
            if (tooMuch || !before.memberships || touched.empty())
                return before.memberships;
            return before.memberships->following(session, touched);
        });
        const std::lock_guard lock(m_mutex);
        done = m_versions.empty() || m_versions.front().memberships == before.memberships;
        if (!done)
            continue; // the first version came from the background just now
        m_seen = next ? next->revision : m_seen + 1;
        if (tooMuch || !next || m_meanwhile.size() > MostMeanwhile) {
            m_versions.clear();
            m_wanted = true;
            m_outdated = true;
        } else if (before.memberships) {
            publish(std::move(*next));
        } else {
            m_meanwhile.insert(m_meanwhile.end(), touched.begin(), touched.end());
        }
    }
    m_changed.notify_all();
}

} // namespace kith::identity
