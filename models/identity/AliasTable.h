// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"
#include "store/Session.h"

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace kith::identity {

/// All aliases of entities at one moment, in the order of their names, in a few large arrays. Immutable.
class AliasTable
{
public:
    /// Reads all aliases, or fails with Cancelled.
    static Result<std::shared_ptr<const AliasTable>> load(store::Session &session, const std::atomic<bool> *cancel);
    /// This one with the aliases of these entities read anew.
    Result<std::shared_ptr<const AliasTable>> renewed(store::Session &session,
                                                      const std::unordered_set<std::int64_t> &entities,
                                                      const std::atomic<bool> *cancel) const;
    /// This one with the times of the last changes, which take a long read by themselves.
    Result<std::shared_ptr<const AliasTable>> timed(store::Session &session, const std::atomic<bool> *cancel) const;

    std::size_t size() const { return m_ids.size(); }
    std::uint32_t id(std::uint32_t slot) const { return m_ids[slot]; }
    std::uint32_t entity(std::uint32_t slot) const { return m_entities[slot]; }
    std::uint32_t accessor(std::uint32_t slot) const { return m_accessors[slot]; } ///< An index into accessors().
    const std::vector<std::string> &accessors() const { return m_accessorNames; }
    bool hasTimes() const { return m_times.size() == m_ids.size(); }
    std::int64_t time(std::uint32_t slot) const { return m_times[slot]; }

    /// The slots whose name holds `needle` (folded), ascending; all for an empty one.
    std::vector<std::uint32_t> scan(std::string_view needle, const std::atomic<bool> *cancel) const;

private:
    struct Row {
        std::string_view name;
        std::uint32_t id = 0;
        std::uint32_t entity = 0;
        std::uint32_t accessor = 0;
        std::int64_t time = 0;
    };
    void add(const Row &row);
    Row row(std::uint32_t slot) const;
    std::uint32_t accessorIndex(std::string_view accessor);
    void scanRange(std::string_view needle, std::size_t from, std::size_t to, const std::atomic<bool> *cancel,
                   std::vector<std::uint32_t> &hits) const;

    std::string m_names;                    // folded, each after the other with a byte that no name holds
    std::vector<std::uint32_t> m_starts{0}; // where each begins, and the end
    std::vector<std::uint32_t> m_ids;
    std::vector<std::uint32_t> m_entities;
    std::vector<std::uint32_t> m_accessors;
    std::vector<std::int64_t> m_times; // empty: not read
    std::vector<std::string> m_accessorNames;
};

} // namespace kith::identity
