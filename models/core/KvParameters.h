// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Call.h"
#include "core/VersionedKv.h"

#include <cstdint>
#include <optional>
#include <vector>

// What requests to a kv 2 say, where its engine reads it in a way of its own. Errors are its texts, status 400.
namespace kith::core {

/// The numbers in `versions`.
Result<std::vector<std::int64_t>> sentVersions(const Call &call);

/// What `custom_metadata` says. Null in a patch takes a pair away; a write replaces them all.
struct SentMetadata {
    const boost::json::value *sent = nullptr; ///< Null: nothing is said. The request's.
    boost::json::object pairs;                ///< As texts, without those to take away.

    static Result<SentMetadata> of(const Call &call, bool patch);
    /// Only if something is said.
    void change(KvKey &key, bool patch) const;
};

/// Whether the write says which state of the metadata it was made from, as key or mount demand. `key`: none yet.
Result<void> checkMetadataCas(const Call &call, const std::optional<KvKey> &key, const KvConfig &config);

/// How long versions live on a mount, in nanoseconds. A negative time, which no other parameter may be: for ever.
Result<Nanoseconds> lifeOnMount(const boost::json::value &value);

/// Whether a write of metadata says anything that could change.
bool saysAnything(const Call &call);

} // namespace kith::core
