// SPDX-License-Identifier: Apache-2.0
#include "identity/EntityTable.h"

#include "identity/Cancel.h"
#include "store/Text.h"

#include <algorithm>
#include <numeric>
#include <thread>

namespace kith::identity {

namespace {

/// Below this a second thread costs more than it saves.
constexpr std::size_t WorthSplitting = std::size_t{4} << 20;
/// So many slots are scanned between two looks at the wish to stop.
constexpr std::size_t Stride = 32768;
/// Slots looked at one by one cost several times what they do in one sweep over all texts.
constexpr std::size_t CheaperInASweep = 4;
/// Numbers below this (of aliases, groups, policies) are sorted by counting them.
constexpr std::int64_t SmallKeys = std::int64_t{1} << 20;

} // namespace

std::string EntityFacts::folded(std::string_view text)
{
    std::string folded = foldCase(text);
    for (char &byte : folded) {
        if (static_cast<unsigned char>(byte) >= static_cast<unsigned char>(AliasMark))
            byte = '?';
    }
    return folded;
}

std::int64_t EntityFacts::key(EntitySort sort) const
{
    switch (sort) {
    case EntitySort::Name:
        break;
    case EntitySort::Aliases:
        return aliases;
    case EntitySort::Groups:
        return groups;
    case EntitySort::Policies:
        return policies;
    case EntitySort::Disabled:
        return disabled ? 1 : 0;
    case EntitySort::Changed:
        return changed;
    }
    return 0;
}

std::int64_t EntityTable::key(std::uint32_t slot, EntitySort sort) const
{
    switch (sort) {
    case EntitySort::Name:
        break;
    case EntitySort::Aliases:
        return m_aliases[slot];
    case EntitySort::Groups:
        return m_groups[slot];
    case EntitySort::Policies:
        return m_policies[slot];
    case EntitySort::Disabled:
        return m_disabled[slot] ? 1 : 0;
    case EntitySort::Changed:
        return m_changed[slot];
    }
    return 0;
}

std::optional<std::uint32_t> EntityTable::slotOf(std::uint32_t id) const
{
    if (id >= m_slotById.size() || m_slotById[id] == 0)
        return std::nullopt;
    return m_slotById[id] - 1;
}

const EntityTable::Slots &EntityTable::order(EntitySort sort) const
{
    const std::lock_guard lock(m_ordering);
    std::optional<Slots> &order = m_orders[static_cast<std::size_t>(sort)];
    if (order)
        return *order;
    std::vector<std::pair<std::int64_t, std::uint32_t>> keyed(size());
    for (std::uint32_t slot = 0; slot < keyed.size(); ++slot)
        keyed[slot] = {key(slot, sort), slot};
    const auto isLess = [](const auto &a, const auto &b) { return a.first < b.first; };
    const auto most = std::max_element(keyed.begin(), keyed.end(), isLess);
    order.emplace(keyed.size());
    if (sort != EntitySort::Changed && most != keyed.end() && most->first < SmallKeys) {
        std::vector<std::uint32_t> places(static_cast<std::size_t>(most->first) + 2);
        for (const auto &[key, slot] : keyed)
            ++places[static_cast<std::size_t>(key) + 1];
        std::partial_sum(places.begin(), places.end(), places.begin());
        for (const auto &[key, slot] : keyed)
            (*order)[places[static_cast<std::size_t>(key)]++] = slot;
        return *order;
    }
    std::sort(keyed.begin(), keyed.end());
    std::transform(keyed.begin(), keyed.end(), order->begin(), [](const auto &pair) { return pair.second; });
    return *order;
}

void EntityTable::scanRange(const ByteSearch &search, std::size_t from, std::size_t to, const std::atomic<bool> *cancel,
                            Slots &hits) const
{
    while (from < to && !isCancelled(cancel)) {
        const std::size_t last = std::min(from + Stride, to);
        std::size_t position = m_starts[from];
        const std::string_view part(m_blob.data(), m_starts[last]);
        for (;;) {
            const std::size_t found = search.find(part.substr(position));
            if (found == std::string_view::npos)
                break;
            position += found;
            // The slot is near for a frequent needle and far for a rare one: widening steps find either quickly.
            std::size_t step = 1;
            while (from + step < last && m_starts[from + step] <= position)
                step *= 2;
            const auto begin = m_starts.begin() + static_cast<std::ptrdiff_t>(from + step / 2);
            const auto end = m_starts.begin() + static_cast<std::ptrdiff_t>(std::min(from + step, last) + 1);
            from = static_cast<std::size_t>(std::upper_bound(begin, end, position) - m_starts.begin()) - 1;
            hits.push_back(static_cast<std::uint32_t>(from));
            position = m_starts[++from];
            if (from >= last)
                break;
        }
        from = last;
    }
}

void EntityTable::scanSome(const ByteSearch &search, std::span<const std::uint32_t> among,
                           const std::atomic<bool> *cancel, Slots &hits) const
{
    for (std::size_t i = 0; i < among.size() && (i % Stride != 0 || !isCancelled(cancel)); ++i) {
        if (search.isIn(text(among[i])))
            hits.push_back(among[i]);
    }
}

EntityTable::Slots EntityTable::scan(std::string_view needle, const Slots *among, const std::atomic<bool> *cancel) const
{
    if (among && among->size() > size() / CheaperInASweep)
        among = nullptr;
    const std::size_t count = among ? among->size() : size();
    const std::size_t bytes = size() == 0 ? 0 : m_blob.size() / size() * count;
    const std::size_t threads =
        bytes < WorthSplitting ? 1 : std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
    const ByteSearch looking = search(needle);
    std::vector<Slots> parts(threads);
    std::vector<std::thread> others;
    const auto range = [&](std::size_t part) {
        const std::size_t from = count * part / threads;
        const std::size_t to = count * (part + 1) / threads;
        if (among)
            scanSome(looking, std::span(*among).subspan(from, to - from), cancel, parts[part]);
        else
            scanRange(looking, from, to, cancel, parts[part]);
    };
    for (std::size_t part = 1; part < threads; ++part)
        others.emplace_back(range, part);
    range(0);
    for (std::thread &other : others)
        other.join();
    Slots hits = std::move(parts[0]);
    for (std::size_t part = 1; part < threads; ++part)
        hits.insert(hits.end(), parts[part].begin(), parts[part].end());
    return hits;
}

} // namespace kith::identity
