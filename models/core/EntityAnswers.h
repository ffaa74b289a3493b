// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Route.h"
#include "store/ChangeSet.h"
#include "store/Store.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace kith::core {

/// What was answered to questions about an entity, kept until a commit changes what it told: its groups, policies and
/// aliases come from seven tables, which most who ask need not read again. Thread-safe.
class EntityAnswers
{
public:
    EntityAnswers() = default;
    EntityAnswers(const EntityAnswers &) = delete;
    EntityAnswers &operator=(const EntityAnswers &) = delete;

    /// The answer of a handler, as it was kept or from a read of its own.
    Result<Response> answer(EntityHandler handler, const Call &call, store::Store &store);
    /// The same inside a transaction under way; nothing is kept, or taken from what was.
    static Result<Response> answer(EntityHandler handler, const Call &call, store::Session &session);

    /// To be told of each commit, in its order.
    void follow(const ChangeSet &changes);

private:
    using Text = std::shared_ptr<const std::string>;
    struct Entry {
        EntityId entity;
        Text text;
    };

    Text find(const std::string &question) const;
    void keep(const std::string &question, Entry entry, std::uint64_t generation);
    void forget(EntityId entity);
    void forgetAll();

    std::atomic<std::uint64_t> m_generation = 0; ///< Raised by each commit.
    mutable std::mutex m_mutex;                  // guards all below
    std::unordered_map<std::string, Entry> m_entries;
    std::unordered_multimap<EntityId, std::string> m_byEntity;
    std::size_t m_bytes = 0; ///< Of questions and texts.
};

} // namespace kith::core
