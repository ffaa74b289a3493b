// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/ChangeSet.h"
#include "store/Result.h"
#include "store/Store.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

enum class EntitySort { Name, Aliases, Groups, Policies, Disabled, Changed };
enum class SortOrder { Ascending, Descending };

struct EntityQuery {
    std::string filter; ///< Part of a name, an alias name or a metadata value, in any case; or a whole UUID of an
                        ///< entity or an alias. Empty: all.
    EntitySort sort = EntitySort::Name; ///< Aliases, groups, policies: their number. Then by name.
    SortOrder order = SortOrder::Ascending;
};

/// Row ids in the order of a table, shared and never changed.
using RowList = std::shared_ptr<const std::vector<std::uint32_t>>;

enum class HitKind { Entity, Group, Alias, Policy };

struct Hit {
    HitKind kind = HitKind::Entity;
    EntityId entity;    ///< Entity: itself; Alias: its owner.
    GroupId group;      ///< Group: itself; alias of a group: its owner.
    PolicyId policy;    ///< Policy: itself.
    std::string name;   ///< Of the object; for an alias that of its owner.
    std::string detail; ///< What matched when it isn't the name: the alias name, the metadata value.
};

/// Searching and ordering all entities, in memory: the folded text of each (name, alias names, metadata values) in one
/// blob, searched by scanning it, and the orders of the tables as arrays of row ids. Thread-safe. Owned by Identities,
/// which lets it follow the commits. It is built in the background, when it is first asked or by readAhead(). Until
/// it is ready everything is answered by SQLite, slower but the same.
class SearchIndex
{
public:
    explicit SearchIndex(store::Store &store);
    ~SearchIndex();
    SearchIndex(const SearchIndex &) = delete;
    SearchIndex &operator=(const SearchIndex &) = delete;

    /// Lets it be built if nobody asked yet.
    void readAhead();
    /// Whether answers come from memory yet.
    bool ready() const;

    /// The entities that the filter lets through, in their order. Cancelled when `cancel` (may be null) becomes true.
    Result<RowList> entityRows(const EntityQuery &query, const std::atomic<bool> *cancel = nullptr) const;

    using Allows = std::function<bool(std::uint32_t id)>;
    /// The first `count` rows of entityRows(query), of those that `allows` (may be empty) lets through; when they are
    /// found in a moment, and all would take much longer. Else null: ask for all.
    RowList firstRows(const EntityQuery &query, std::size_t count, const Allows &allows = {}) const;

    /// Entities, aliases, groups and policies that match: exact names first, then beginnings, beginnings of words, and
    /// any other part; then by name. A whole UUID finds its object.
    Result<std::vector<Hit>> find(std::string_view text, std::size_t limit,
                                  const std::atomic<bool> *cancel = nullptr) const;

    /// Called by Identities after each commit, in the writer's thread. Small changes are taken in at once, large ones
    /// in the background.
    void follow(const ChangeSet &changes);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::identity
