// SPDX-License-Identifier: Apache-2.0
// The rows of a table of entities: SearchIndex::entityRows.
#include "identity/Cancel.h"
#include "identity/ObjectIds.h"
#include "identity/SearchIndexPrivate.h"

#include <algorithm>

namespace kith::identity {

namespace {

using Slots = EntityTable::Slots;

/// In smaller tables all rows are there as soon as the first.
constexpr std::size_t LargeTable = 20'000;
/// So many are looked at for the first rows: a millisecond or two.
constexpr std::size_t MostLookedAt = 30'000;

/// The hits, which are in the order of names, in the order of `sort`, without those in `dead`.
Slots inOrder(const EntityTable &table, const Slots *hits, Slots dead, EntitySort sort)
{
    Slots ordered;
    if (hits && (sort == EntitySort::Name || hits->size() < table.size() / 64)) {
        std::sort(dead.begin(), dead.end());
        ordered.reserve(hits->size());
        std::set_difference(hits->begin(), hits->end(), dead.begin(), dead.end(), std::back_inserter(ordered));
        if (sort != EntitySort::Name)
            std::stable_sort(ordered.begin(), ordered.end(),
                             [&](std::uint32_t a, std::uint32_t b) { return table.key(a, sort) < table.key(b, sort); });
        return ordered;
    }
    std::vector<bool> shown(table.size(), hits == nullptr);
    if (hits) {
        for (const std::uint32_t slot : *hits)
            shown[slot] = true;
    }
    for (const std::uint32_t slot : dead)
        shown[slot] = false;
    const Slots &all = table.order(sort);
    ordered.reserve(hits ? hits->size() : all.size());
    std::copy_if(all.begin(), all.end(), std::back_inserter(ordered), [&](auto slot) { return shown[slot]; });
    return ordered;
}

/// The ids of the ordered slots with those of the changed entities put in between.
std::vector<std::uint32_t> merged(const EntityTable &table, const Slots &ordered,
                                  std::vector<std::shared_ptr<const EntityFacts>> changed, EntitySort sort)
{
    std::sort(changed.begin(), changed.end(), [&](const auto &a, const auto &b) {
        const auto left = a->key(sort);
        const auto right = b->key(sort);
        return left != right ? left < right : a->name() < b->name();
    });
    std::vector<std::uint32_t> rows;
    rows.reserve(ordered.size() + changed.size());
    auto from = ordered.begin();
    for (const auto &facts : changed) {
        const auto key = facts->key(sort);
        const auto to = std::lower_bound(from, ordered.end(), key, [&](std::uint32_t slot, std::int64_t wanted) {
            const auto theirs = table.key(slot, sort);
            return theirs != wanted ? theirs < wanted : table.name(slot) < facts->name();
        });
        std::transform(from, to, std::back_inserter(rows), [&](std::uint32_t slot) { return table.id(slot); });
        rows.push_back(static_cast<std::uint32_t>(facts->id.value));
        from = to;
    }
    std::transform(from, ordered.end(), std::back_inserter(rows), [&](std::uint32_t slot) { return table.id(slot); });
    return rows;
}

RowList share(std::vector<std::uint32_t> rows, SortOrder order)
{
    if (order == SortOrder::Descending)
        std::reverse(rows.begin(), rows.end());
    return std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
}

Result<std::vector<std::uint32_t>> rowsByName(store::Store &store, const std::atomic<bool> *cancel)
{
    return store.read([&](store::Session &session) -> Result<std::vector<std::uint32_t>> {
        std::vector<std::uint32_t> rows;
        auto query = session.query("SELECT id FROM entity WHERE namespace = 1 ORDER BY name_key");
        while (query.step()) {
            rows.push_back(static_cast<std::uint32_t>(query.integer(0)));
            if (rows.size() % 4096 == 0 && isCancelled(cancel))
                return cancelled();
        }
        return rows;
    });
}

/// Up to `count` slots from the front of the order (or its end), ascending.
Slots firstSlots(const EntityTable &table, const EntityQuery &query, std::string_view needle, Slots dead,
                 std::size_t count, const SearchIndex::Allows &allows)
{
    std::sort(dead.begin(), dead.end());
    const Slots *order = query.sort == EntitySort::Name ? nullptr : &table.order(query.sort);
    const bool descending = query.order == SortOrder::Descending;
    const std::optional<ByteSearch> search = needle.empty() ? std::nullopt : std::optional(table.search(needle));
    Slots found;
    for (std::size_t i = 0; i < std::min(table.size(), MostLookedAt) && found.size() < count; ++i) {
        const std::size_t place = descending ? table.size() - 1 - i : i;
        const auto slot = order ? (*order)[place] : static_cast<std::uint32_t>(place);
        if (!std::binary_search(dead.begin(), dead.end(), slot) && (!search || search->isIn(table.text(slot))) &&
            (!allows || allows(table.id(slot))))
            found.push_back(slot);
    }
    if (descending)
        std::reverse(found.begin(), found.end());
    return found;
}

/// While there is no table.
RowList firstByName(store::Store &store, std::size_t count, SortOrder order)
{
    const auto rows = store.read([&](store::Session &session) -> Result<std::vector<std::uint32_t>> {
        constexpr std::string_view First = "SELECT id FROM entity WHERE namespace = 1 ORDER BY name_key LIMIT ?";
        constexpr std::string_view Last = "SELECT id FROM entity WHERE namespace = 1 ORDER BY name_key DESC LIMIT ?";
        auto query = session.query(order == SortOrder::Descending ? Last : First, static_cast<std::int64_t>(count));
        std::vector<std::uint32_t> ids;
        while (query.step())
            ids.push_back(static_cast<std::uint32_t>(query.integer(0)));
        return ids;
    });
    return rows && rows->size() == count ? std::make_shared<const std::vector<std::uint32_t>>(*rows) : nullptr;
}

} // namespace

RowList SearchIndex::firstRows(const EntityQuery &query, std::size_t count, const Allows &allows) const
{
    if (looksLikeId(query.filter))
        return nullptr;
    const std::string needle = EntityFacts::folded(query.filter);
    Result<Private::View> view = m_d->view(needle, Private::Wait::No, nullptr);
    if (!view)
        return nullptr;
    if (!view->table)
        return needle.empty() && query.sort == EntitySort::Name && !allows ? firstByName(m_d->store, count, query.order)
                                                                           : nullptr;
    if (view->table->size() < LargeTable)
        return nullptr;
    const Slots slots = firstSlots(*view->table, query, needle, std::move(view->dead), count, allows);
    if (slots.size() < count)
        return nullptr;
    if (allows)
        std::erase_if(view->changed,
                      [&](const auto &facts) { return !allows(static_cast<std::uint32_t>(facts->id.value)); });
    std::vector<std::uint32_t> rows = merged(*view->table, slots, std::move(view->changed), query.sort);
    if (query.order == SortOrder::Descending)
        std::reverse(rows.begin(), rows.end());
    rows.resize(count);
    return std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
}

Result<RowList> SearchIndex::entityRows(const EntityQuery &query, const std::atomic<bool> *cancel) const
{
    if (looksLikeId(query.filter)) {
        Result<FoundObject> found =
            m_d->store.read([&](store::Session &session) { return findObject(session, query.filter); });
        if (!found)
            return found.error();
        if (found->entity)
            return share({static_cast<std::uint32_t>(found->entity.value)}, query.order);
    }
    const std::string needle = EntityFacts::folded(query.filter);
    const bool byNameOnly = needle.empty() && query.sort == EntitySort::Name;
    const auto wait = byNameOnly ? Private::Wait::No : Private::Wait::Yes;
    const Result<Private::View> view = m_d->view(needle, wait, cancel);
    if (!view)
        return view.error();
    if (!view->table) {
        Result<std::vector<std::uint32_t>> rows = rowsByName(m_d->store, cancel);
        if (!rows)
            return rows.error();
        return share(std::move(*rows), query.order);
    }

    const bool plain = needle.empty() && view->dead.empty() && view->changed.empty();
    if (plain) {
        const std::lock_guard lock(m_d->orderedMutex);
        std::erase_if(m_d->ordered, [&](const Private::Ordered &ordered) { return ordered.table != view->table; });
        for (const Private::Ordered &ordered : m_d->ordered) {
            if (ordered.query.sort == query.sort && ordered.query.order == query.order)
                return ordered.rows;
        }
    }
    const std::shared_ptr<const Slots> hits = needle.empty() ? nullptr : m_d->scan(view->table, needle, cancel);
    if (isCancelled(cancel))
        return cancelled();
    RowList rows = share(
        merged(*view->table, inOrder(*view->table, hits.get(), view->dead, query.sort), view->changed, query.sort),
        query.order);
    if (plain) {
        const std::lock_guard lock(m_d->orderedMutex);
        m_d->ordered.push_back({view->table, query, rows});
    }
    return rows;
}

} // namespace kith::identity
