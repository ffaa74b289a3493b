// SPDX-License-Identifier: Apache-2.0
#include "identity/Memberships.h"

#include "identity/Cancel.h"

#include <limits>
#include <string>

namespace kith::identity {

namespace {

bool isSane(std::int64_t id)
{
    return id > 0 && id <= std::numeric_limits<std::uint32_t>::max();
}

} // namespace

Error Memberships::damaged(std::int64_t entity)
{
    return {ErrorCode::Damaged, 500, "entity with row id " + std::to_string(entity), "entity"};
}

/// Puts rows of (entity, id), which come by entity, into the lists of the chunks.
class Memberships::Filler
{
public:
    Filler(std::vector<std::shared_ptr<Chunk>> &chunks, Lists Chunk::*which) : m_chunks(chunks), m_which(which) {}

    void add(std::int64_t entity, std::int64_t id)
    {
        const auto index = static_cast<std::size_t>(entity) / ChunkSize;
        if (entity <= 0 || index >= m_chunks.size() || !m_chunks[index] || !isSane(id))
            return;
        Lists &lists = (*m_chunks[index]).*m_which;
        lists.ids.push_back(static_cast<std::uint32_t>(id));
        ++lists.starts[static_cast<std::size_t>(entity) % ChunkSize + 1];
    }
    void finish()
    {
        for (const auto &chunk : m_chunks) {
            if (!chunk)
                continue;
            Lists &lists = (*chunk).*m_which;
            for (std::size_t place = 0; place < ChunkSize; ++place)
                lists.starts[place + 1] += lists.starts[place];
            lists.ids.shrink_to_fit();
        }
    }

private:
    std::vector<std::shared_ptr<Chunk>> &m_chunks;
    Lists Chunk::*m_which;
};

Result<std::shared_ptr<const Memberships>> Memberships::load(store::Session &session, const std::atomic<bool> *cancel)
{
    std::size_t rowsRead = 0;
    const auto stopped = [&] { return ++rowsRead % 4096 == 0 && isCancelled(cancel); };
    std::vector<std::shared_ptr<Chunk>> chunks;
    {
        auto rows = session.query("SELECT id FROM entity");
        while (rows.step()) {
            const std::int64_t id = rows.integer(0);
            if (id <= 0 || id > MaxId)
                return damaged(id);
            if (stopped())
                return cancelled();
            const auto index = static_cast<std::size_t>(id) / ChunkSize;
            if (index >= chunks.size())
                chunks.resize(index + 1);
            if (!chunks[index])
                chunks[index] = std::make_shared<Chunk>();
            chunks[index]->exists.set(static_cast<std::size_t>(id) % ChunkSize);
        }
    }
    const auto fill = [&](Lists Chunk::*which, std::string_view sql) {
        Filler filler(chunks, which);
        auto rows = session.query(sql);
        while (rows.step()) {
            if (stopped())
                return false;
            filler.add(rows.integer(0), rows.integer(1));
        }
        filler.finish();
        return true;
    };
    if (!fill(&Chunk::groups, "SELECT entity, grp FROM member_entity ORDER BY entity, grp") ||
        !fill(&Chunk::policies, "SELECT entity, policy FROM entity_policy ORDER BY entity, policy"))
        return cancelled();
    auto memberships = std::make_shared<Memberships>();
    memberships->m_chunks.assign(chunks.begin(), chunks.end());
    return std::shared_ptr<const Memberships>(std::move(memberships));
}

bool Memberships::readOne(store::Session &session, std::int64_t entity, std::vector<std::uint32_t> &groups,
                          std::vector<std::uint32_t> &policies)
{
    const auto append = [](store::Query rows, std::vector<std::uint32_t> &ids) {
        while (rows.step()) {
            if (isSane(rows.integer(0)))
                ids.push_back(static_cast<std::uint32_t>(rows.integer(0)));
        }
    };
    append(session.query("SELECT grp FROM member_entity WHERE entity = ? ORDER BY grp", entity), groups);
    append(session.query("SELECT policy FROM entity_policy WHERE entity = ? ORDER BY policy", entity), policies);
    return session.integer("SELECT 1 FROM entity WHERE id = ?", entity).has_value();
}

std::shared_ptr<const Memberships::Chunk> Memberships::changedChunk(store::Session &session, const Chunk *before,
                                                                    std::span<const EntityId> changed)
{
    auto chunk = std::make_shared<Chunk>();
    const auto copy = [](Lists &lists, std::size_t place, const Lists &from) {
        const Ids ids = from.of(place);
        lists.ids.insert(lists.ids.end(), ids.begin(), ids.end());
    };
    auto next = changed.begin();
    for (std::size_t place = 0; place < ChunkSize; ++place) {
        if (next != changed.end() && static_cast<std::size_t>(next->value) % ChunkSize == place) {
            chunk->exists[place] = readOne(session, next->value, chunk->groups.ids, chunk->policies.ids);
            ++next;
        } else if (before) {
            copy(chunk->groups, place, before->groups);
            copy(chunk->policies, place, before->policies);
            chunk->exists[place] = before->exists[place];
        }
        chunk->groups.starts[place + 1] = static_cast<std::uint32_t>(chunk->groups.ids.size());
        chunk->policies.starts[place + 1] = static_cast<std::uint32_t>(chunk->policies.ids.size());
    }
    return chunk;
}

Result<std::shared_ptr<const Memberships>> Memberships::following(store::Session &session,
                                                                  const std::vector<EntityId> &changed) const
{
    auto next = std::make_shared<Memberships>(*this);
    for (std::size_t i = 0; i < changed.size();) {
        if (changed[i].value > MaxId)
            return damaged(changed[i].value);
        const std::size_t index = static_cast<std::size_t>(std::max<std::int64_t>(changed[i].value, 0)) / ChunkSize;
        std::size_t end = i;
        while (end < changed.size() && static_cast<std::size_t>(changed[end].value) / ChunkSize == index)
            ++end;
        if (changed[i].value > 0) {
            if (index >= next->m_chunks.size())
                next->m_chunks.resize(index + 1);
            next->m_chunks[index] = changedChunk(session, next->m_chunks[index].get(),
                                                 std::span<const EntityId>(changed).subspan(i, end - i));
        }
        i = std::max(end, i + 1);
    }
    return std::shared_ptr<const Memberships>(std::move(next));
}

std::vector<EntityId> Memberships::touchedBy(const ChangeSet &changes)
{
    std::vector<EntityId> touched = changes.entities;
    touched.reserve(touched.size() + changes.members.size());
    for (const auto &[group, entity] : changes.members)
        touched.push_back(entity);
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    return touched;
}

} // namespace kith::identity
