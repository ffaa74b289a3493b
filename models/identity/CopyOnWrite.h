// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace kith::identity {

/// A table from row ids to values whose copies share what neither changed: a copy costs a pointer for each 64 rows, an
/// edit copies 64 rows once. So a new version can be made for each commit while readers keep the old one.
/// Thread-safe as a value is: reading is free; edit only a copy that nobody else sees yet.
template <class T>
class CopyOnWrite
{
public:
    /// Row ids up to here; SQLite gives them out in order, so a larger one means a damaged file.
    static constexpr std::int64_t MaxId = std::int64_t{1} << 28;

    const T *find(std::int64_t id) const
    {
        if (id <= 0 || id >= static_cast<std::int64_t>(m_chunks.size()) * ChunkSize)
            return nullptr;
        const auto &chunk = m_chunks[static_cast<std::size_t>(id / ChunkSize)];
        if (!chunk)
            return nullptr;
        const auto &value = (*chunk)[static_cast<std::size_t>(id % ChunkSize)];
        return value ? &*value : nullptr;
    }

    /// The value, for changing; made if there is none. 0 < id <= MaxId.
    T &edit(std::int64_t id)
    {
        std::optional<T> &value = slot(id);
        if (!value)
            value.emplace();
        return *value;
    }
    void erase(std::int64_t id)
    {
        if (find(id))
            slot(id).reset();
    }

    template <class Function>
    void forEach(Function &&function) const
    {
        for (const auto &chunk : m_chunks) {
            if (!chunk)
                continue;
            for (const auto &value : *chunk) {
                if (value)
                    function(*value);
            }
        }
    }

    /// All ids are less than this.
    std::int64_t idEnd() const { return static_cast<std::int64_t>(m_chunks.size()) * ChunkSize; }

private:
    static constexpr std::int64_t ChunkSize = 64;
    using Chunk = std::array<std::optional<T>, ChunkSize>;

    std::optional<T> &slot(std::int64_t id)
    {
        const auto index = static_cast<std::size_t>(id / ChunkSize);
        if (index >= m_chunks.size())
            m_chunks.resize(index + 1);
        auto &chunk = m_chunks[index];
        if (!chunk)
            chunk = std::make_shared<Chunk>();
        else if (chunk.use_count() > 1)
            chunk = std::make_shared<Chunk>(*chunk);
        return (*chunk)[static_cast<std::size_t>(id % ChunkSize)];
    }

    std::vector<std::shared_ptr<Chunk>> m_chunks;
};

} // namespace kith::identity
