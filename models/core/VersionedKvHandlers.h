// SPDX-License-Identifier: Apache-2.0
// What the routes of the second kv engine share. Nobody else includes it.
#pragma once

#include "core/Call.h"
#include "core/Route.h"
#include "core/VersionedKv.h"

namespace kith::core {

Result<VersionedKv> kvOf(const Call &call, store::Session &session);
bool kvKeyExists(const Call &call, store::Session &session);
/// Of one version, as `data/` shows it and a write answers.
boost::json::object kvVersionJson(const KvKey &key, std::int64_t number, const KvVersion &version);
boost::json::value kvCustomMetadata(const KvKey &key);
std::string timeOrEmpty(Nanoseconds time); ///< RFC 3339; empty for never.
/// What the roots of data and metadata answer to all but lists.
std::vector<Endpoint> kvRootRefusals();

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
