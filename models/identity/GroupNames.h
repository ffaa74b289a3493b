// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/ByteSearch.h"
#include "identity/Cancel.h"
#include "store/Session.h"

#include <atomic>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

/// The folded names of all groups in the root namespace and of their aliases, of one commit: some 30 bytes each. SQLite
/// takes tens of milliseconds to look through 100,000 of them, this less than one. Immutable; thread-safe.
class GroupNames
{
public:
    struct Name {
        std::int64_t group = 0;
        bool isAlias = false;
        std::string_view text;
        std::string_view key; ///< The folded name of the group; of one that isn't an alias, `text`.
    };

    /// Reads them inside the caller's transaction.
    static GroupNames load(store::Session &session);

    /// Calls `function(const Name &)` for each that holds the needle (folded, not empty), until `cancel`
    /// becomes true.
    template <class Function>
    void forEachWith(std::string_view needle, Function &&function, const std::atomic<bool> *cancel = nullptr) const
    {
        if (m_entries.empty())
            return;
        const ByteSearch search(needle, m_bytes);
        const std::string_view all(m_blob);
        for (std::size_t at = search.find(all); at < all.size() && !isCancelled(cancel);) {
            const std::size_t entry = entryAt(at);
            const std::size_t end = endOf(entry);
            if (at + needle.size() <= end) // else it stands across two of them
                function(nameAt(entry));
            const std::size_t from = at + needle.size() <= end ? end : at + 1;
            const std::size_t next = search.find(all.substr(from));
            at = next == std::string_view::npos ? next : from + next;
        }
    }

private:
    struct Entry {
        std::int64_t group;
        std::uint32_t start;
        std::uint32_t own; // which entry has the group's own name: this one, unless it is an alias
    };
    static constexpr std::uint32_t Nameless = std::numeric_limits<std::uint32_t>::max();
    Name nameAt(std::size_t entry) const
    {
        const Entry &found = m_entries[entry];
        return {found.group, found.own != entry, textAt(entry), found.own == Nameless ? "" : textAt(found.own)};
    }
    std::string_view textAt(std::size_t entry) const
    {
        return std::string_view(m_blob).substr(m_entries[entry].start, endOf(entry) - m_entries[entry].start);
    }
    std::size_t entryAt(std::size_t place) const;
    std::size_t endOf(std::size_t entry) const
    {
        return entry + 1 < m_entries.size() ? m_entries[entry + 1].start : m_blob.size();
    }

    std::string m_blob;
    std::vector<Entry> m_entries; // rising by `start`
    ByteSearch::Counts m_bytes{};
};

} // namespace kith::identity
