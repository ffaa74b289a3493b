// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Call.h"
#include "core/VersionedKv.h"

#include <cstdint>
#include <optional>
#include <vector>

// What requests to a kv 2 say, where its engine reads it in a way of its own. Errors are its texts, status 400.
namespace kith::core {

/// What a parameter that has to be an object says: null, or the object, which may be sent as a list of objects. The
/// error's text names the field.
Result<boost::json::value> sentObject(std::string_view name, const boost::json::value &sent);

/// The numbers in `versions`.
Result<std::vector<std::int64_t>> sentVersions(const Call &call);

/// What `custom_metadata` says. Null in a patch takes a pair away; a write replaces them all.
struct SentMetadata {
    std::optional<boost::json::value> sent; ///< An object or null; none: nothing is said.
    boost::json::object pairs;              ///< As texts, without those to take away.

    static Result<SentMetadata> of(const Call &call, bool patch);
    /// Only if something is said. [Q] A patch of pairs that are there takes nothing but texts: 500.
    Result<void> change(KvKey &key, bool patch) const;
};

/// Whether the write says which state of the metadata it was made from, as key or mount demand. `key`: none yet.
Result<void> checkMetadataCas(const Call &call, const std::optional<KvKey> &key, const KvConfig &config);

/// How long versions live on a mount, in nanoseconds. A negative time, which no other parameter may be: for ever.
Result<Nanoseconds> lifeOnMount(const boost::json::value &value);

/// Whether a write of metadata says anything that could change.
bool saysAnything(const Call &call);

} // namespace kith::core
