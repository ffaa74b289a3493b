// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/ByteSearch.h"
#include "identity/SearchIndex.h"
#include "store/Session.h"

#include <array>
#include <mutex>
#include <optional>
#include <span>

namespace kith::identity {

/// What is searched and sorted of one entity.
struct EntityFacts {
    EntityId id;
    /// Folded: the name, each alias name after AliasMark, each metadata value after ValueMark, EndMark.
    std::string text;
    std::uint32_t aliases = 0;
    std::uint32_t groups = 0; ///< Direct ones.
    std::uint32_t policies = 0;
    bool disabled = false;
    Nanoseconds changed = 0;

    /// Bytes that valid UTF-8 never holds.
    static constexpr char AliasMark = '\xFD';
    static constexpr char ValueMark = '\xFE';
    static constexpr char EndMark = '\xFF';

    /// A field, or what is looked for in them, in the form in which it is compared: folded, without the marks.
    static std::string folded(std::string_view text);
    static std::string_view nameOf(std::string_view text) { return text.substr(0, text.find_first_of("\xFD\xFE\xFF")); }
    std::string_view name() const { return nameOf(text); }
    std::int64_t key(EntitySort sort) const; ///< What `sort` compares before the name; 0 for the name itself.
};

/// The facts as the session's transaction sees them; none: no such entity.
std::optional<EntityFacts> readFacts(store::Session &session, EntityId id);

/// The facts of all entities of one commit in a few large arrays. Slots are numbered in the order of names.
/// Immutable, apart from orders that are made when first asked for; thread-safe.
class EntityTable
{
public:
    using Slots = std::vector<std::uint32_t>;

    /// Reads all entities inside the caller's transaction. Fails with Cancelled when `cancel` becomes true.
    static Result<std::shared_ptr<const EntityTable>> load(store::Session &session, const std::atomic<bool> &cancel);

    std::int64_t revision() const { return m_revision; } ///< The commit it is of.
    std::size_t size() const { return m_ids.size(); }
    std::uint32_t id(std::uint32_t slot) const { return m_ids[slot]; }
    const std::vector<std::uint32_t> &ids() const { return m_ids; }
    std::optional<std::uint32_t> slotOf(std::uint32_t id) const;
    std::string_view text(std::uint32_t slot) const
    {
        return std::string_view(m_blob).substr(m_starts[slot], m_starts[slot + 1] - m_starts[slot]);
    }
    std::string_view name(std::uint32_t slot) const { return EntityFacts::nameOf(text(slot)); }
    std::int64_t key(std::uint32_t slot, EntitySort sort) const;

    /// All slots by the key, then by name.
    const Slots &order(EntitySort sort) const;

    /// For texts of this table; the needle is folded and not empty.
    ByteSearch search(std::string_view needle) const { return {needle, m_bytes}; }

    /// The slots whose text holds `needle` (folded, not empty), ascending. `among` (may be null) are those that hold a
    /// part of it.
    /// Split over the processor's cores. Incomplete when `cancel` (may be null) becomes true.
    Slots scan(std::string_view needle, const Slots *among, const std::atomic<bool> *cancel) const;

private:
    struct Loading;

    void scanRange(const ByteSearch &search, std::size_t from, std::size_t to, const std::atomic<bool> *cancel,
                   Slots &hits) const;
    void scanSome(const ByteSearch &search, std::span<const std::uint32_t> among, const std::atomic<bool> *cancel,
                  Slots &hits) const;

    std::int64_t m_revision = 0;
    std::string m_blob;
    ByteSearch::Counts m_bytes{};
    std::vector<std::size_t> m_starts; // one more than slots
    std::vector<std::uint32_t> m_ids;
    std::vector<std::uint32_t> m_slotById; // slot + 1; 0: none
    std::vector<std::uint32_t> m_aliases;
    std::vector<std::uint32_t> m_groups;
    std::vector<std::uint32_t> m_policies;
    std::vector<bool> m_disabled;
    std::vector<Nanoseconds> m_changed;
    mutable std::mutex m_ordering;
    mutable std::array<std::optional<Slots>, 6> m_orders; // by EntitySort
};

} // namespace kith::identity
