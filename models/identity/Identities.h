// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/MountTable.h"
#include "identity/ReadAhead.h"
#include "identity/Snapshot.h"
#include "policy/PolicyStore.h"
#include "store/Store.h"

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

namespace kith::identity {

class SearchIndex;

/// The identities of one core file as they are read: SQLite, and in memory the group graph, the memberships and the
/// search index.
/// Follows the commits of the store, as its listener. Thread-safe. The store must outlive it.
///
/// What a read sees is one commit: its transaction tells which (table `revision`), and the graph of the same one is
/// handed to it. Graphs are immutable versions, so a long read keeps its own, the writer never waits for a reader, and
/// no lock is held while SQLite works. A read that begins just between a commit and the graph's next version waits for
/// that; when none comes, another program wrote, and the graph is loaded anew.
class Identities
{
public:
    /// Loads the graph (about a second for 100,000 groups).
    static Result<std::unique_ptr<Identities>> open(store::Store &store, ReadAhead ahead = ReadAhead::Yes);
    ~Identities();
    Identities(const Identities &) = delete;
    Identities &operator=(const Identities &) = delete;

    /// Runs `function(const Snapshot &)` -> Result<T>.
    template <class Function>
    auto read(Function &&function) -> std::invoke_result_t<Function, const Snapshot &>
    {
        std::optional<std::invoke_result_t<Function, const Snapshot &>> result;
        if (auto ran = readErased([&](const Snapshot &snapshot) { result.emplace(function(snapshot)); }); !ran)
            return ran.error();
        return std::move(*result);
    }

    const SearchIndex &index() const;
    policy::PolicyCache &policies() const;
    /// The mounts of the last commit that changed any; read once, and anew only after such a commit.
    Result<std::shared_ptr<const MountTable>> mounts() const;
    store::Store &store() const;

    /// Called after each commit, in the writer's thread, when graph and index already follow it. Listeners
    /// are told in the order in which they came, and stay.
    void onChange(std::function<void(const ChangeSet &)> listener);

private:
    class Private;
    explicit Identities(std::unique_ptr<Private> d);
    Result<void> readErased(const std::function<void(const Snapshot &)> &function);

    std::unique_ptr<Private> m_d;
};

} // namespace kith::identity
