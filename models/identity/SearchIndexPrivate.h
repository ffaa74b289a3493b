// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/EntityTable.h"
#include "identity/GroupNames.h"

#include <condition_variable>
#include <deque>
#include <shared_mutex>
#include <thread>
#include <unordered_map>

namespace kith::identity {

/// A table of all entities as of one commit, and beside it the facts of those that commits changed since, until the
/// table is made anew with them in it. Every entity in `changes` is looked up there only.
class SearchIndex::Private
{
public:
    explicit Private(store::Store &openStore);
    ~Private();

    /// One entity that a later commit than the table's touched.
    struct Changed {
        std::int64_t revision = 0;
        std::shared_ptr<const EntityFacts> facts; // null: it is gone
    };
    /// What one question works on, without a lock.
    struct View {
        std::shared_ptr<const EntityTable> table;
        std::vector<std::uint32_t> dead; ///< Slots of the table whose entities are in `changes`.
        std::vector<std::shared_ptr<const EntityFacts>> changed; ///< Those of them that are there, if they match.
    };
    enum class Wait { No, Yes };

    /// Lets it be built, if nobody asked before.
    void ask();

    /// With the changed entities whose text holds `needle`. Waits until the index is ready; without waiting an empty
    /// pointer says that it isn't. Fails with Cancelled, and with what hinders building it.
    Result<View> view(std::string_view needle, Wait wait, const std::atomic<bool> *cancel);

    /// The slots of the table that hold `needle`: from an earlier, shorter needle when there is one.
    std::shared_ptr<const EntityTable::Slots> scan(const std::shared_ptr<const EntityTable> &table,
                                                   std::string_view needle, const std::atomic<bool> *cancel);

    bool isReady() const { return table && table->revision() >= needed; } // with the mutex held
    void follow(const ChangeSet &changes);

    store::Store &store;

    mutable std::shared_mutex mutex; // guards what follows; held for moments only
    std::shared_ptr<const EntityTable> table;
    std::unordered_map<std::uint32_t, Changed> changes;
    std::int64_t needed = 0;    // the table must be of this commit or a later one
    std::int64_t lastSeen = 0;  // the last commit that follow() heard of
    std::optional<Error> error; // why the table couldn't be made
    bool wanted = false;        // that it is made anew
    std::condition_variable_any changedState;

    struct Scan {
        std::shared_ptr<const EntityTable> table;
        std::string needle;
        std::shared_ptr<const EntityTable::Slots> hits;
    };
    std::mutex scansMutex;
    std::deque<Scan> scans; // the last ones, newest first

    struct Ordered {
        std::shared_ptr<const EntityTable> table;
        EntityQuery query;
        RowList rows;
    };
    /// Those of the session's transaction, or of another that changed no group since. `asOf` is groupChanges() from
    /// before the transaction began.
    std::shared_ptr<const GroupNames> groupNames(store::Session &session, std::uint64_t asOf);
    std::uint64_t groupChanges() const { return m_groupChanges; }

    std::mutex orderedMutex;
    std::deque<Ordered> ordered; // unfiltered rows of an unchanged table

private:
    void build();
    void run();
    Result<std::int64_t> readChanges(const std::vector<std::uint32_t> &ids);

    std::mutex m_groupsMutex;
    std::shared_ptr<const GroupNames> m_groupNames; // null: not read yet, or not since the last change
    std::atomic<std::uint64_t> m_groupChanges = 0;  // commits that changed groups; rises with the mutex held
    std::atomic<bool> m_asked = false;              // from then on it follows
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};

} // namespace kith::identity
