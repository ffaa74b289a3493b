// SPDX-License-Identifier: Apache-2.0
#include "identity/SearchIndex.h"

#include "identity/Cancel.h"
#include "identity/SearchIndexPrivate.h"

#include <algorithm>
#include <mutex>

namespace kith::identity {

namespace {

/// More changed entities than this in one commit are read with all others, in the background.
constexpr std::size_t ManyChanges = 20'000;
/// With more changed entities than this beside the table it is made anew.
constexpr std::size_t ManyBeside = 5'000;
constexpr std::size_t RememberedScans = 6;

/// How long a waiting question takes at most to see that nobody wants it any more.
constexpr std::chrono::milliseconds Blink{20};

std::vector<std::uint32_t> touchedEntities(const ChangeSet &changes)
{
    std::vector<std::uint32_t> ids;
    const auto add = [&](EntityId id) {
        if (id.value > 0 && id.value < UINT32_MAX)
            ids.push_back(static_cast<std::uint32_t>(id.value));
    };
    for (const EntityId id : changes.entities)
        add(id);
    for (const auto &[group, entity] : changes.members)
        add(entity);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

} // namespace

SearchIndex::Private::Private(store::Store &openStore) : store(openStore), m_thread([this] { run(); }) {}

SearchIndex::Private::~Private()
{
    m_stop = true;
    {
        const std::unique_lock lock(mutex);
        changedState.notify_all();
    }
    m_thread.join();
}

void SearchIndex::Private::ask()
{
    if (m_asked.exchange(true))
        return;
    const std::unique_lock lock(mutex);
    wanted = true;
    changedState.notify_all();
}

void SearchIndex::Private::run()
{
    for (;;) {
        {
            std::unique_lock lock(mutex);
            changedState.wait(lock, [this] { return m_stop || wanted; });
            if (m_stop)
                return;
            wanted = false;
        }
        build();
    }
}

void SearchIndex::Private::build()
{
    Result<std::shared_ptr<const EntityTable>> made =
        store.read([this](store::Session &session) { return EntityTable::load(session, m_stop); });
    const std::unique_lock lock(mutex);
    if (made) {
        table = *made;
        error.reset();
        std::erase_if(changes, [&](const auto &entry) { return entry.second.revision <= table->revision(); });
        // Commits while it was read may have wanted it anew for changes that are in it now.
        wanted = table->revision() < needed || changes.size() > ManyBeside;
    } else {
        error = made.error();
    }
    changedState.notify_all();
}

Result<std::int64_t> SearchIndex::Private::readChanges(const std::vector<std::uint32_t> &ids)
{
    std::vector<std::shared_ptr<const EntityFacts>> read;
    Result<std::int64_t> revision = store.read([&](store::Session &session) -> Result<std::int64_t> {
        for (const std::uint32_t id : ids) {
            std::optional<EntityFacts> facts = readFacts(session, EntityId{id});
            read.push_back(facts ? std::make_shared<const EntityFacts>(std::move(*facts)) : nullptr);
        }
        return session.integer("SELECT value FROM revision").value_or(0);
    });
    if (!revision)
        return revision;
    const std::unique_lock lock(mutex);
    lastSeen = *revision;
    for (std::size_t i = 0; i < ids.size(); ++i)
        changes[ids[i]] = {*revision, std::move(read[i])};
    if (changes.size() > ManyBeside)
        wanted = true;
    return revision;
}

std::shared_ptr<const GroupNames> SearchIndex::Private::groupNames(store::Session &session, std::uint64_t asOf)
{
    {
        const std::lock_guard lock(m_groupsMutex);
        if (m_groupNames && m_groupChanges == asOf)
            return m_groupNames;
    }
    auto names = std::make_shared<const GroupNames>(GroupNames::load(session));
    const std::lock_guard lock(m_groupsMutex);
    if (m_groupChanges == asOf)
        m_groupNames = names;
    return names;
}

void SearchIndex::Private::follow(const ChangeSet &set)
{
    if (set.everything || !set.groups.empty()) {
        const std::lock_guard lock(m_groupsMutex);
        ++m_groupChanges;
        m_groupNames.reset();
    }
    if (!m_asked)
        return;
    const std::vector<std::uint32_t> ids = touchedEntities(set);
    if (!set.everything && ids.empty())
        return;
    if (set.everything || ids.size() > ManyChanges || !readChanges(ids)) {
        const Result<std::int64_t> revision = store.read([](store::Session &session) -> Result<std::int64_t> {
            return session.integer("SELECT value FROM revision").value_or(0);
        });
        const std::unique_lock lock(mutex);
        lastSeen = revision ? *revision : lastSeen + 1;
        needed = lastSeen;
        wanted = wanted || !table || table->revision() < needed;
        error.reset();
    }
    changedState.notify_all();
}

Result<SearchIndex::Private::View> SearchIndex::Private::view(std::string_view needle, Wait wait,
                                                              const std::atomic<bool> *cancel)
{
    ask();
    std::shared_lock lock(mutex);
    while (wait == Wait::Yes && !isReady() && !error) {
        if (isCancelled(cancel))
            return cancelled();
        changedState.wait_for(lock, Blink);
    }
    View view;
    if (!isReady()) {
        if (wait == Wait::Yes)
            return *error;
        return view;
    }
    view.table = table;
    std::vector<std::pair<std::uint32_t, std::shared_ptr<const EntityFacts>>> beside;
    beside.reserve(changes.size());
    for (const auto &[id, change] : changes)
        beside.emplace_back(id, change.facts);
    lock.unlock(); // the writer waits for it after each commit
    for (auto &[id, facts] : beside) {
        if (const auto slot = view.table->slotOf(id))
            view.dead.push_back(*slot);
        if (facts && (needle.empty() || facts->text.find(needle) != std::string::npos))
            view.changed.push_back(std::move(facts));
    }
    return view;
}

std::shared_ptr<const EntityTable::Slots> SearchIndex::Private::scan(const std::shared_ptr<const EntityTable> &of,
                                                                     std::string_view needle,
                                                                     const std::atomic<bool> *cancel)
{
    std::shared_ptr<const EntityTable::Slots> among;
    {
        const std::lock_guard lock(scansMutex);
        std::erase_if(scans, [&](const Scan &scan) { return scan.table != of; });
        for (const Scan &scan : scans) {
            if (scan.needle == needle)
                return scan.hits;
            if (needle.find(scan.needle) != std::string_view::npos && (!among || scan.hits->size() < among->size()))
                among = scan.hits;
        }
    }
    auto hits = std::make_shared<const EntityTable::Slots>(of->scan(needle, among.get(), cancel));
    if (isCancelled(cancel))
        return hits;
    const std::lock_guard lock(scansMutex);
    scans.push_front({of, std::string(needle), hits});
    if (scans.size() > RememberedScans)
        scans.pop_back();
    return hits;
}

SearchIndex::SearchIndex(store::Store &store) : m_d(std::make_unique<Private>(store)) {}

SearchIndex::~SearchIndex() = default;

void SearchIndex::readAhead()
{
    m_d->ask();
}

bool SearchIndex::ready() const
{
    const std::shared_lock lock(m_d->mutex);
    return m_d->isReady();
}

void SearchIndex::follow(const ChangeSet &changes)
{
    m_d->follow(changes);
}

} // namespace kith::identity
