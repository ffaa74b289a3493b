// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/SearchIndex.h"

#include <map>
#include <mutex>
#include <unordered_set>

namespace kith::identity {

class AliasTable;
class Identities;

enum class AliasSort { Name, Mount, Entity, Changed };

struct AliasQuery {
    std::string filter;        ///< Part of a name, in any case; empty: all.
    bool orphanedOnly = false; ///< Those whose mount is gone.
    std::string accessor = {}; ///< Of one mount; empty: of all.
    AliasSort sort = AliasSort::Name;
    SortOrder order = SortOrder::Ascending;
};

/// Searching and ordering all aliases of entities, in memory: some 25 bytes an alias. Nothing is held before the first
/// question, which waits until all are read (a second or two for a million people); after a commit what it touched is
/// read again with the next question. Thread-safe.
class AliasIndex
{
public:
    /// Follows the commits as long as it lives. The identities must outlive it.
    static std::shared_ptr<AliasIndex> create(Identities &identities);
    ~AliasIndex();
    AliasIndex(const AliasIndex &) = delete;
    AliasIndex &operator=(const AliasIndex &) = delete;

    /// Row ids of the aliases that the query lets through, in their order. Cancelled when `cancel` (may be null)
    /// becomes true.
    Result<RowList> rows(const AliasQuery &query, const std::atomic<bool> *cancel = nullptr);
    /// How many aliases each accessor has, also those of mounts that are gone.
    Result<std::map<std::string, std::size_t>> counts(const std::atomic<bool> *cancel = nullptr);
    /// Of how many entities the next question reads the aliases again; 0 also when it reads all.
    std::size_t touchedCount() const;

private:
    using Table = std::shared_ptr<const AliasTable>;
    enum class Times { NotNeeded, Needed };

    explicit AliasIndex(Identities &identities);
    void follow(const ChangeSet &changes);
    Result<Table> table(Times times, const std::atomic<bool> *cancel);
    Result<void> order(const AliasTable &table, const AliasQuery &query, std::vector<std::uint32_t> &rows,
                       const std::atomic<bool> *cancel);

    Identities &m_identities;
    std::mutex m_building;                      ///< Held while a table is made.
    Table m_table;                              ///< Under m_building.
    mutable std::mutex m_mutex;                 ///< Of what follows.
    bool m_follows = false;                     ///< A table is held or being made.
    std::unordered_set<std::int64_t> m_touched; ///< Entities whose aliases may be others now.
    bool m_allTouched = false;
};

} // namespace kith::identity
