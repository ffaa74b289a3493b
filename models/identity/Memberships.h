// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/ChangeSet.h"
#include "store/Result.h"
#include "store/Session.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bitset>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace kith::identity {

/// Who is directly in which groups and carries which policies, of one commit, in memory: about 30 MB for a million
/// people in five groups each. What is asked about very many people is answered from here, in a hundredth of the time
/// that as many rows of SQLite take.
///
/// Immutable once published; a version for the next commit shares with this one all that did not change.
class Memberships
{
public:
    using Ids = std::span<const std::uint32_t>; ///< Row ids, ascending.

    /// Reads all people (about a second for a million) inside the caller's transaction. Cancelled when `cancel` (may be
    /// null) becomes true; Damaged: a row id beyond reason.
    static Result<std::shared_ptr<const Memberships>> load(store::Session &session, const std::atomic<bool> *cancel);

    /// The version in which these people (sorted, each once) are as the session's transaction sees them.
    Result<std::shared_ptr<const Memberships>> following(store::Session &session,
                                                         const std::vector<EntityId> &changed) const;

    /// Whoever a change touches in what is kept here: sorted, each once.
    static std::vector<EntityId> touchedBy(const ChangeSet &changes);

    bool contains(std::int64_t entity) const
    {
        const Chunk *chunk = chunkOf(entity);
        return chunk && chunk->exists[static_cast<std::size_t>(entity) % ChunkSize];
    }
    /// Empty: nobody, or somebody in no group.
    Ids groups(std::int64_t entity) const
    {
        const Chunk *chunk = chunkOf(entity);
        return chunk ? chunk->groups.of(static_cast<std::size_t>(entity) % ChunkSize) : Ids();
    }
    Ids policies(std::int64_t entity) const
    {
        const Chunk *chunk = chunkOf(entity);
        return chunk ? chunk->policies.of(static_cast<std::size_t>(entity) % ChunkSize) : Ids();
    }
    /// All row ids of people are less than this.
    std::int64_t idEnd() const { return static_cast<std::int64_t>(m_chunks.size() * ChunkSize); }

    /// Calls `function(entity's row id)` for everyone who is directly in a group of which `isIn(row id)` is true, by
    /// id. Looks at all memberships, whatever comes of it: some milliseconds for five million.
    template <class IsIn, class Function>
    void forEachIn(IsIn &&isIn, Function &&function) const
    {
        for (std::size_t index = 0; index < m_chunks.size(); ++index) {
            const Chunk *chunk = m_chunks[index].get();
            for (std::size_t place = 0; chunk && place < ChunkSize; ++place) {
                const Ids groups = chunk->groups.of(place);
                if (std::any_of(groups.begin(), groups.end(), isIn))
                    function(static_cast<std::int64_t>(index * ChunkSize + place));
            }
        }
    }

private:
    static constexpr std::size_t ChunkSize = 512;
    static constexpr std::int64_t MaxId = std::int64_t{1} << 28; // SQLite gives them out in order

    /// A list of ids for each of the people of a chunk.
    struct Lists {
        std::array<std::uint32_t, ChunkSize + 1> starts{};
        std::vector<std::uint32_t> ids;

        Ids of(std::size_t place) const { return Ids(ids).subspan(starts[place], starts[place + 1] - starts[place]); }
    };
    struct Chunk {
        Lists groups;
        Lists policies;
        std::bitset<ChunkSize> exists;
    };
    class Filler;

    const Chunk *chunkOf(std::int64_t entity) const
    {
        const auto index = static_cast<std::size_t>(entity) / ChunkSize;
        return entity > 0 && index < m_chunks.size() ? m_chunks[index].get() : nullptr;
    }
    static Error damaged(std::int64_t entity);
    static bool readOne(store::Session &session, std::int64_t entity, std::vector<std::uint32_t> &groups,
                        std::vector<std::uint32_t> &policies);
    static std::shared_ptr<const Chunk> changedChunk(store::Session &session, const Chunk *before,
                                                     std::span<const EntityId> changed);

    std::vector<std::shared_ptr<const Chunk>> m_chunks;
};

} // namespace kith::identity
