// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/RowIdSet.h"
#include "identity/SearchIndex.h"
#include "identity/Snapshot.h"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace kith::identity {

class Identities;

/// One thing that is to hold of an entity.
struct EntityCondition {
    enum class Kind {
        InGroup,       ///< Directly in `group`.
        BelowGroup,    ///< In `group` or in a group below it.
        OwnPolicy,     ///< It carries the policy `text` itself.
        HasPolicy,     ///< It has it, itself or by a group.
        Mount,         ///< It has an alias at the mount with the accessor `text`.
        Disabled,      ///< It is disabled.
        Enabled,       ///< It isn't.
        Metadata,      ///< Its metadata has the key `text`,
        MetadataValue, ///< with the value `value`, in any case of the letters.
    };
    Kind kind = Kind::Disabled;
    GroupId group = {};
    std::string text = {};
    std::string value = {};
    friend bool operator==(const EntityCondition &, const EntityCondition &) = default;
};

/// Whoever fulfils a condition; in the root namespace. Nobody for a group or policy that isn't there. Cancelled when
/// `cancel` (may be null) becomes true.
Result<RowIdSet> peopleWho(const Snapshot &snapshot, const EntityCondition &condition,
                           const std::atomic<bool> *cancel = nullptr);

/// Rows of tables of entities under conditions. Remembers who fulfilled the last ones until something is written that
/// concerns them, so that typing a filter below them costs no more than without them. Thread-safe.
class PeopleFilter
{
public:
    /// One that follows the commits as long as it lives. The identities must outlive it. Made in any other way it
    /// remembers nothing longer than to the next commit.
    static std::shared_ptr<PeopleFilter> create(Identities &identities);

    /// Those of `all` of whom all conditions hold, in their order. `all` is asked of the search index before the
    /// snapshot is taken: it may have to be waited for, and a transaction that is open as long holds up the log.
    Result<RowList> under(const Snapshot &snapshot, const std::vector<EntityCondition> &conditions, const RowList &all,
                          const std::atomic<bool> *cancel = nullptr);

    /// The first `count` of those that the query lets through as well, if they are found in a moment; null: ask for all
    /// (SearchIndex::firstRows).
    Result<RowList> first(const Snapshot &snapshot, const SearchIndex &index, const EntityQuery &query,
                          const std::vector<EntityCondition> &conditions, std::size_t count,
                          const std::atomic<bool> *cancel = nullptr);

private:
    using People = std::shared_ptr<const RowIdSet>;
    struct Known {
        std::int64_t from = 0; ///< The first and the last commit of which they are known to be so.
        std::int64_t to = 0;
        EntityCondition condition;
        RowIdSet groups; ///< On whose members they depend; BelowGroup only.
        People people;
    };
    static bool concerns(const Known &known, const ChangeSet &changes);
    void follow(const ChangeSet &changes, std::int64_t revision);
    Result<std::vector<People>> setsOf(const Snapshot &snapshot, const std::vector<EntityCondition> &conditions,
                                       const std::atomic<bool> *cancel);
    Result<People> peopleWho(const Snapshot &snapshot, const EntityCondition &condition,
                             const std::atomic<bool> *cancel);

    std::mutex m_mutex;
    std::deque<Known> m_known;   ///< The last ones, newest first.
    std::int64_t m_followed = 0; ///< The last commit that follow() was told of.
};

} // namespace kith::identity
