// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/VersionedKv.h"

// What a kv 2 shows of its secrets.
namespace kith::core {

/// One version, without the secret.
boost::json::object versionJson(const KvKey &key, std::int64_t number, const KvVersion &version);
/// All that is known of a secret: `metadata/<path>`.
boost::json::object keyJson(const KvKey &key);

} // namespace kith::core
