// SPDX-License-Identifier: Apache-2.0
// What the routes of the second kv engine share. Nobody else includes it.
#pragma once

#include "core/Call.h"
#include "core/Route.h"
#include "core/VersionedKv.h"

namespace kith::core {

Result<VersionedKv> kvOf(const Call &call, store::Session &session);
/// The secret's path. A slash at its end is none of it, but a folder's is.
std::string kvPath(const Call &call);
Result<bool> kvKeyExists(const Call &call, store::Session &session);
/// What the roots of data and metadata answer to all but lists.
std::vector<Endpoint> kvRootRefusals();
/// What a path that has no meaning here answers.
std::vector<Endpoint> kvWrongPath();
/// 404 without a body.
Response nothingToPatch();

// Below the roots, where no secret is named.
Result<Response> kvNothingAtRoot(const Call &call, store::Session &session);
Result<Response> kvNothingToRemove(const Call &call, store::WriteSession &session);

/// The secret that a write is about, and what decides how it is kept.
struct WrittenSecret {
    VersionedKv kv;
    std::string path;
    std::optional<KvKey> known; ///< None: there is no such secret yet.
    KvConfig config;

    static Result<WrittenSecret> of(const Call &call, store::WriteSession &session);
    Result<Response> save(KvKey key, const boost::json::value &data, Nanoseconds now) const;
};

std::vector<Route> kvDataRoutes();     ///< VersionedKvData.cpp: versions, read, written, deleted.
std::vector<Route> kvMetadataRoutes(); ///< VersionedKvMetadata.cpp: what is known of secrets, and lists.

} // namespace kith::core
