// SPDX-License-Identifier: Apache-2.0
#include "identity/AliasIndex.h"

#include "identity/AliasTable.h"
#include "identity/Cancel.h"
#include "identity/Identities.h"
#include "store/Text.h"

#include <algorithm>
#include <numeric>

namespace kith::identity {

namespace {

/// More touched entities than this are read again with all others.
constexpr std::size_t ManyTouched = 20'000;

/// As std::stable_sort by key(slot), for keys below `count`: in two passes.
template <class Key>
void sortByRank(std::vector<std::uint32_t> &slots, std::size_t count, Key key)
{
    std::vector<std::size_t> starts(count + 1);
    for (const std::uint32_t slot : slots)
        ++starts[key(slot) + 1];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<std::uint32_t> sorted(slots.size());
    for (const std::uint32_t slot : slots)
        sorted[starts[key(slot)]++] = slot;
    slots = std::move(sorted);
}

} // namespace

AliasIndex::AliasIndex(Identities &identities) : m_identities(identities) {}

AliasIndex::~AliasIndex() = default;

std::shared_ptr<AliasIndex> AliasIndex::create(Identities &identities)
{
    std::shared_ptr<AliasIndex> index(new AliasIndex(identities));
    identities.onChange([weak = std::weak_ptr(index)](const ChangeSet &changes) {
        if (const auto alive = weak.lock())
            alive->follow(changes);
    });
    return index;
}

void AliasIndex::follow(const ChangeSet &changes)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_follows || m_allTouched)
        return;
    m_allTouched = changes.everything || changes.entities.size() > ManyTouched;
    if (!m_allTouched) {
        for (const EntityId entity : changes.entities)
            m_touched.insert(entity.value);
        m_allTouched = m_touched.size() > ManyTouched;
    }
    if (m_allTouched)
        m_touched.clear();
}

std::size_t AliasIndex::touchedCount() const
{
    const std::scoped_lock lock(m_mutex);
    return m_touched.size();
}

Result<AliasIndex::Table> AliasIndex::table(Times times, const std::atomic<bool> *cancel)
{
    const std::scoped_lock building(m_building);
    std::unordered_set<std::int64_t> touched;
    {
        // Taken before the read begins: what is committed from now on is for the next question.
        const std::scoped_lock lock(m_mutex);
        m_follows = true;
        touched = std::exchange(m_touched, {});
        if (std::exchange(m_allTouched, false))
            m_table = nullptr;
    }
    if (m_table && touched.empty() && (times == Times::NotNeeded || m_table->hasTimes()))
        return m_table;
    auto made = m_identities.read([&](const Snapshot &snapshot) -> Result<Table> {
        Result<Table> table = !m_table          ? AliasTable::load(snapshot.session, cancel)
                              : touched.empty() ? Result<Table>(m_table)
                                                : m_table->renewed(snapshot.session, touched, cancel);
        if (!table || times == Times::NotNeeded || (*table)->hasTimes())
            return table;
        return (*table)->timed(snapshot.session, cancel);
    });
    if (made) {
        m_table = *made;
    } else {
        const std::scoped_lock lock(m_mutex);
        m_follows = m_table != nullptr;
        if (m_follows && !m_allTouched)
            m_touched.merge(touched); // it still is to be done
        else if (!m_follows)
            m_touched.clear();
    }
    return made;
}

Result<void> AliasIndex::order(const AliasTable &table, const AliasQuery &query, std::vector<std::uint32_t> &rows,
                               const std::atomic<bool> *cancel)
{
    if (query.sort == AliasSort::Mount) {
        const auto mounts = m_identities.mounts();
        if (!mounts)
            return mounts.error();
        std::vector<std::string> names;
        for (const std::string &accessor : table.accessors()) {
            const MountEntry *mount = (*mounts)->byAccessor(accessor);
            names.push_back(mount ? mount->path : "\xFF" + accessor); // those that are gone last
        }
        std::vector<std::string> sorted = names;
        std::sort(sorted.begin(), sorted.end());
        std::vector<std::size_t> ranks;
        for (const std::string &name : names)
            ranks.push_back(
                static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), name) - sorted.begin()));
        sortByRank(rows, ranks.size(), [&](std::uint32_t slot) { return ranks[table.accessor(slot)]; });
    } else if (query.sort == AliasSort::Entity) {
        const auto people = m_identities.index().entityRows({}, cancel);
        if (!people)
            return people.error();
        std::vector<std::uint32_t> ranks; // by the entity's id; 0: not known
        for (std::size_t i = 0; i < (*people)->size(); ++i) {
            const std::uint32_t id = (**people)[i];
            ranks.resize(std::max<std::size_t>(ranks.size(), id + 1));
            ranks[id] = static_cast<std::uint32_t>(i + 1);
        }
        sortByRank(rows, (*people)->size() + 1, [&](std::uint32_t slot) {
            const std::uint32_t entity = table.entity(slot);
            return entity < ranks.size() ? ranks[entity] : 0;
        });
    } else if (query.sort == AliasSort::Changed) {
        std::stable_sort(rows.begin(), rows.end(),
                         [&table](std::uint32_t a, std::uint32_t b) { return table.time(a) < table.time(b); });
    }
    if (query.order == SortOrder::Descending)
        std::reverse(rows.begin(), rows.end());
    return {};
}

Result<RowList> AliasIndex::rows(const AliasQuery &query, const std::atomic<bool> *cancel)
{
    const auto found = table(query.sort == AliasSort::Changed ? Times::Needed : Times::NotNeeded, cancel);
    if (!found)
        return found.error();
    const AliasTable &table = **found;
    std::vector<std::uint32_t> rows = table.scan(foldCase(query.filter), cancel);
    if (query.orphanedOnly || !query.accessor.empty()) {
        const auto mounts = m_identities.mounts();
        if (!mounts)
            return mounts.error();
        std::vector<bool> shown;
        for (const std::string &accessor : table.accessors())
            shown.push_back((query.accessor.empty() || accessor == query.accessor) &&
                            !(query.orphanedOnly && (*mounts)->byAccessor(accessor) != nullptr));
        std::erase_if(rows, [&](std::uint32_t slot) { return !shown[table.accessor(slot)]; });
    }
    if (auto ordered = order(table, query, rows, cancel); !ordered)
        return ordered.error();
    if (isCancelled(cancel))
        return cancelled();
    for (std::uint32_t &row : rows)
        row = table.id(row);
    return std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
}

Result<std::map<std::string, std::size_t>> AliasIndex::counts(const std::atomic<bool> *cancel)
{
    const auto found = table(Times::NotNeeded, cancel);
    if (!found)
        return found.error();
    std::vector<std::size_t> counts((*found)->accessors().size());
    for (std::uint32_t slot = 0; slot < (*found)->size(); ++slot)
        ++counts[(*found)->accessor(slot)];
    std::map<std::string, std::size_t> result;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0)
            result[(*found)->accessors()[i]] = counts[i];
    return result;
}

} // namespace kith::identity
