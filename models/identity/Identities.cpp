// SPDX-License-Identifier: Apache-2.0
#include "identity/Identities.h"

#include "identity/Graph.h"
#include "identity/MembershipFollower.h"
#include "identity/SearchIndex.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace kith::identity {

class Identities::Private
{
public:
    Private(store::Store &openStore, ReadAhead ahead) : store(openStore), index(openStore)
    {
        if (ahead == ReadAhead::Yes)
            memberships.emplace(openStore);
    }
    void readAhead();

    std::shared_ptr<const Graph> graphOf(store::Session &session, std::int64_t revision, std::optional<Error> &error);
    void follow(const ChangeSet &changes);
    void publish(std::shared_ptr<const Graph> next);
    Result<std::shared_ptr<const MountTable>> loadMounts();

    store::Store &store;
    policy::PolicyCache policies;
    std::optional<MembershipFollower> memberships;
    SearchIndex index;
    std::mutex loading; // one thread at a time loads a graph that nobody told of
    std::mutex mutex;   // guards the following
    std::condition_variable published;
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<const MountTable> mounts;
    bool following = false;
    std::vector<std::function<void(const ChangeSet &)>> listeners;
};

/// Not before the graph is here: nobody can read anything before, and reading all at once takes longer on few cores.
void Identities::Private::readAhead()
{
    if (!memberships)
        return;
    memberships->begin();
    index.readAhead();
}

namespace {

/// How long a commit may take from the disk to its listener before it counts as another program's.
constexpr std::chrono::milliseconds Moment{100};

} // namespace

void Identities::Private::publish(std::shared_ptr<const Graph> next)
{
    {
        const std::lock_guard lock(mutex);
        if (!graph || next->revision() > graph->revision())
            graph = std::move(next);
    }
    published.notify_all();
}

/// The graph of the commit that the session's transaction sees; null when there is a later one already.
std::shared_ptr<const Graph> Identities::Private::graphOf(store::Session &session, std::int64_t revision,
                                                          std::optional<Error> &error)
{
    const auto current = [&]() -> std::shared_ptr<const Graph> {
        return graph->revision() == revision ? graph : nullptr;
    };
    {
        std::unique_lock lock(mutex);
        const auto caughtUp = [&] { return graph->revision() >= revision; };
        while (!caughtUp()) {
            if (!published.wait_for(lock, Moment, caughtUp) && !following)
                break;
        }
        if (caughtUp())
            return current();
    }
    const std::lock_guard loadingLock(loading);
    {
        const std::lock_guard lock(mutex);
        if (graph->revision() >= revision)
            return current();
    }
    Result<std::shared_ptr<const Graph>> loaded = Graph::load(session);
    if (!loaded) {
        error = loaded.error();
        return nullptr;
    }
    publish(*loaded);
    return *loaded;
}

/// If reading fails there are no mounts in memory until the next one who asks has read them.
Result<std::shared_ptr<const MountTable>> Identities::Private::loadMounts()
{
    auto loaded = store.read(
        [](store::Session &session) -> Result<std::shared_ptr<const MountTable>> { return MountTable::load(session); });
    const std::lock_guard lock(mutex);
    if (!loaded)
        mounts.reset();
    else if (!mounts || (*loaded)->revision() >= mounts->revision())
        mounts = *loaded;
    return loaded;
}

void Identities::Private::follow(const ChangeSet &changes)
{
    if (changes.mounts || changes.everything)
        (void)loadMounts();
    std::shared_ptr<const Graph> before;
    {
        const std::lock_guard lock(mutex);
        before = graph;
        following = true;
    }
    if (before) {
        // If reading fails the graph stays behind, and the next reader loads it anew or gets the error.
        Result<std::shared_ptr<const Graph>> next =
            store.read([&](store::Session &session) { return before->following(session, changes); });
        if (next)
            publish(*next);
    }
    {
        const std::lock_guard lock(mutex);
        following = false;
    }
    published.notify_all();
    if (memberships)
        memberships->follow(changes);
    index.follow(changes);
    std::vector<std::function<void(const ChangeSet &)>> told;
    {
        const std::lock_guard lock(mutex);
        told = listeners;
    }
    for (const auto &listener : told)
        listener(changes);
}

Identities::Identities(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

Identities::~Identities()
{
    m_d->store.onCommit({});
}

Result<std::unique_ptr<Identities>> Identities::open(store::Store &store, ReadAhead ahead)
{
    auto d = std::make_unique<Private>(store, ahead);
    store.onCommit([follower = d.get()](const ChangeSet &changes) { follower->follow(changes); });
    std::unique_ptr<Identities> identities(new Identities(std::move(d)));
    Result<std::shared_ptr<const Graph>> graph = store.read(&Graph::load);
    if (!graph)
        return graph.error();
    identities->m_d->publish(*graph);
    identities->m_d->readAhead();
    return identities;
}

Result<void> Identities::readErased(const std::function<void(const Snapshot &)> &function)
{
    for (;;) {
        std::optional<Error> error;
        bool done = false;
        Result<void> read = m_d->store.read([&](store::Session &session) -> Result<void> {
            const std::int64_t revision = session.integer("SELECT value FROM revision").value_or(0);
            const std::shared_ptr<const Graph> graph = m_d->graphOf(session, revision, error);
            if (graph) {
                function({session, *graph, m_d->store.clock().now(),
                          m_d->memberships ? m_d->memberships->of(revision) : nullptr});
                done = true;
            }
            return {};
        });
        if (!read)
            return read;
        if (error)
            return *error;
        if (done)
            return {};
        // A commit came between the snapshot and the graph: the next snapshot sees it.
    }
}

const SearchIndex &Identities::index() const
{
    return m_d->index;
}

policy::PolicyCache &Identities::policies() const
{
    return m_d->policies;
}

Result<std::shared_ptr<const MountTable>> Identities::mounts() const
{
    {
        const std::lock_guard lock(m_d->mutex);
        if (m_d->mounts)
            return m_d->mounts;
    }
    return m_d->loadMounts();
}

store::Store &Identities::store() const
{
    return m_d->store;
}

void Identities::onChange(std::function<void(const ChangeSet &)> listener)
{
    const std::lock_guard lock(m_d->mutex);
    m_d->listeners.push_back(std::move(listener));
}

} // namespace kith::identity
