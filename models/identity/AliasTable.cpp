// SPDX-License-Identifier: Apache-2.0
#include "identity/AliasTable.h"

#include "identity/Cancel.h"
#include "identity/Parallel.h"

#include <algorithm>
#include <mutex>
#include <tuple>

namespace kith::identity {

namespace {

constexpr char End = '\xFF'; ///< Valid UTF-8 never holds it.
constexpr std::size_t Stride = 4096;
constexpr std::size_t WorthAThread = 100'000;

} // namespace

void AliasTable::add(const Row &row)
{
    m_names.append(row.name);
    m_names.push_back(End);
    m_starts.push_back(static_cast<std::uint32_t>(m_names.size()));
    m_ids.push_back(row.id);
    m_entities.push_back(row.entity);
    m_accessors.push_back(row.accessor);
}

AliasTable::Row AliasTable::row(std::uint32_t slot) const
{
    const std::string_view name =
        std::string_view(m_names).substr(m_starts[slot], m_starts[slot + 1] - m_starts[slot] - 1);
    return {name, m_ids[slot], m_entities[slot], m_accessors[slot], hasTimes() ? m_times[slot] : 0};
}

std::uint32_t AliasTable::accessorIndex(std::string_view accessor)
{
    const auto found = std::find(m_accessorNames.begin(), m_accessorNames.end(), accessor);
    if (found != m_accessorNames.end())
        return static_cast<std::uint32_t>(found - m_accessorNames.begin());
    m_accessorNames.emplace_back(accessor);
    return static_cast<std::uint32_t>(m_accessorNames.size() - 1);
}

/// By two indexes that hold all that is asked for: the rows themselves are ten times as large.
Result<std::shared_ptr<const AliasTable>> AliasTable::load(store::Session &session, const std::atomic<bool> *cancel)
{
    auto table = std::make_shared<AliasTable>();
    std::vector<std::uint32_t> owners; // by the alias' id
    {
        store::Query rows = session.query("SELECT entity, id FROM entity_alias INDEXED BY alias_by_entity "
                                          "WHERE entity NOT IN (SELECT id FROM entity WHERE namespace <> 1)");
        for (std::size_t read = 0; rows.step(); ++read) {
            if (read % Stride == 0 && isCancelled(cancel))
                return cancelled();
            const auto id = static_cast<std::size_t>(rows.integer(1));
            if (id >= owners.size())
                owners.resize(std::max(id + 1, owners.size() * 2));
            owners[id] = static_cast<std::uint32_t>(rows.integer(0));
        }
    }
    store::Query rows = session.query("SELECT name_key, accessor, id FROM entity_alias ORDER BY name_key, accessor");
    for (std::size_t read = 0; rows.step(); ++read) {
        if (read % Stride == 0 && isCancelled(cancel))
            return cancelled();
        const auto id = static_cast<std::uint32_t>(rows.integer(2));
        if (id < owners.size() && owners[id] != 0)
            table->add({rows.text(0), id, owners[id], table->accessorIndex(rows.text(1)), 0});
    }
    return std::shared_ptr<const AliasTable>(std::move(table));
}

Result<std::shared_ptr<const AliasTable>> AliasTable::renewed(store::Session &session,
                                                              const std::unordered_set<std::int64_t> &entities,
                                                              const std::atomic<bool> *cancel) const
{
    auto table = std::make_shared<AliasTable>();
    table->m_accessorNames = m_accessorNames;
    struct Read {
        std::string name;
        Row row;
    };
    std::vector<Read> read;
    for (const std::int64_t entity : entities) {
        if (isCancelled(cancel))
            return cancelled();
        store::Query rows = session.query("SELECT name_key, accessor, id, updated FROM entity_alias WHERE entity = ?1 "
                                          "AND EXISTS (SELECT 1 FROM entity WHERE id = ?1 AND namespace = 1)",
                                          entity);
        while (rows.step())
            read.push_back({std::string(rows.text(0)),
                            {{},
                             static_cast<std::uint32_t>(rows.integer(2)),
                             static_cast<std::uint32_t>(entity),
                             table->accessorIndex(rows.text(1)),
                             rows.integer(3)}});
    }
    const auto &accessors = table->m_accessorNames;
    const auto less = [&accessors](std::string_view a, std::uint32_t atA, std::string_view b, std::uint32_t atB) {
        return std::tie(a, accessors[atA]) < std::tie(b, accessors[atB]);
    };
    std::sort(read.begin(), read.end(),
              [&less](const Read &a, const Read &b) { return less(a.name, a.row.accessor, b.name, b.row.accessor); });
    const auto put = [this, &table](Row row, std::string_view name) {
        row.name = name;
        table->add(row);
        if (hasTimes())
            table->m_times.push_back(row.time);
    };
    table->m_names.reserve(m_names.size());
    auto next = read.begin();
    for (std::uint32_t slot = 0; slot < size(); ++slot) {
        if (slot % Stride == 0 && isCancelled(cancel))
            return cancelled();
        if (entities.contains(m_entities[slot]))
            continue;
        const Row old = row(slot);
        for (; next != read.end() && less(next->name, next->row.accessor, old.name, old.accessor); ++next)
            put(next->row, next->name);
        put(old, old.name);
    }
    for (; next != read.end(); ++next)
        put(next->row, next->name);
    return std::shared_ptr<const AliasTable>(std::move(table));
}

Result<std::shared_ptr<const AliasTable>> AliasTable::timed(store::Session &session,
                                                            const std::atomic<bool> *cancel) const
{
    std::vector<std::int64_t> times; // by the alias' id
    store::Query rows = session.query("SELECT id, updated FROM entity_alias ORDER BY id");
    for (std::size_t read = 0; rows.step(); ++read) {
        if (read % Stride == 0 && isCancelled(cancel))
            return cancelled();
        const auto id = static_cast<std::size_t>(rows.integer(0));
        times.resize(std::max(times.size(), id + 1));
        times[id] = rows.integer(1);
    }
    auto table = std::make_shared<AliasTable>(*this);
    table->m_times.clear();
    table->m_times.reserve(m_ids.size());
    for (const std::uint32_t id : m_ids)
        table->m_times.push_back(id < times.size() ? times[id] : 0);
    return std::shared_ptr<const AliasTable>(std::move(table));
}

std::vector<std::uint32_t> AliasTable::scan(std::string_view needle, const std::atomic<bool> *cancel) const
{
    std::vector<std::uint32_t> hits;
    if (needle.empty()) {
        hits.resize(size());
        for (std::uint32_t slot = 0; slot < size(); ++slot)
            hits[slot] = slot;
        return hits;
    }
    std::mutex joining;
    std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>> parts;
    inParallel(size(), WorthAThread, [&](std::size_t from, std::size_t to) {
        std::vector<std::uint32_t> part;
        scanRange(needle, from, to, cancel, part);
        const std::scoped_lock lock(joining);
        parts.emplace_back(from, std::move(part));
    });
    std::sort(parts.begin(), parts.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (const auto &part : parts)
        hits.insert(hits.end(), part.second.begin(), part.second.end());
    return hits;
}

void AliasTable::scanRange(std::string_view needle, std::size_t from, std::size_t to, const std::atomic<bool> *cancel,
                           std::vector<std::uint32_t> &hits) const
{
    while (from < to && !isCancelled(cancel)) {
        const std::size_t last = std::min(from + Stride, to);
        const std::string_view part = std::string_view(m_names).substr(0, m_starts[last]);
        std::size_t position = m_starts[from];
        while ((position = part.find(needle, position)) != std::string_view::npos) {
            const auto after = std::upper_bound(m_starts.begin() + static_cast<std::ptrdiff_t>(from),
                                                m_starts.begin() + static_cast<std::ptrdiff_t>(last), position);
            from = static_cast<std::size_t>(after - m_starts.begin());
            hits.push_back(static_cast<std::uint32_t>(from - 1));
            if (from >= last)
                break;
            position = m_starts[from];
        }
        from = last;
    }
}

} // namespace kith::identity
