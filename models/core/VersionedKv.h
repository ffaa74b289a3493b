// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Secrets.h"
#include "store/Clock.h"

#include <boost/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kith::core {

/// One version of a secret, without the secret.
struct KvVersion {
    Nanoseconds created = 0;
    Nanoseconds deleted = 0; ///< From then on it isn't read; 0: never.
    bool destroyed = false;  ///< Its data are gone for good.

    bool isReadable(Nanoseconds now) const { return !destroyed && (deleted == 0 || deleted > now); }
};

/// What is known of one secret and its versions: `metadata/<path>` of kv 2.
struct KvKey {
    std::map<std::int64_t, KvVersion> versions;
    std::int64_t current = 0;
    std::int64_t oldest = 0;
    std::int64_t metadataVersion = 0;
    std::int64_t maxVersions = 0; ///< 0: the mount's.
    Nanoseconds deleteAfter = 0;  ///< A new version's life; 0: the mount's.
    bool casRequired = false;
    bool metadataCasRequired = false;
    std::optional<boost::json::object> customMetadata;
    Nanoseconds created = 0;
    Nanoseconds updated = 0;
};

/// What holds for the whole mount: `config` of kv 2.
struct KvConfig {
    std::int64_t maxVersions = 0; ///< 0: ten.
    Nanoseconds deleteAfter = 0;  ///< 0: as long as the key says; negative: for ever, whatever keys say.
    bool casRequired = false;
    bool metadataCasRequired = false;
};

/// The second kv engine's data in one mount: each secret with its last versions. Lives as long as its handler.
class VersionedKv
{
public:
    explicit VersionedKv(Secrets secrets) : m_secrets(std::move(secrets)) {}

    Result<KvConfig> config() const;
    void saveConfig(const KvConfig &config) const;

    Result<std::optional<KvKey>> key(std::string_view path) const;
    void saveKey(std::string_view path, const KvKey &key) const;
    void removeKey(std::string_view path) const; ///< With all versions.
    std::vector<std::string> list(std::string_view folder) const;
    std::vector<std::string> paths(std::string_view folder) const; ///< Whole, without `folder`.

    /// Null: destroyed or never there.
    Result<boost::json::value> data(std::string_view path, std::int64_t version) const;
    /// Appends a version and drops those that are too many.
    KvVersion addVersion(std::string_view path, KvKey &key, const KvConfig &config, const boost::json::value &data,
                         Nanoseconds now) const;
    /// Makes a version readable again, for as long as a new one would be.
    Result<void> undelete(KvKey &key, std::int64_t version, Nanoseconds now) const;
    void destroy(std::string_view path, KvKey &key, std::int64_t version) const;

private:
    void dropOldVersions(std::string_view path, KvKey &key, std::int64_t keep) const;

    Secrets m_secrets;
};

/// Makes each secret of a kv 1 the first version of a secret of kv 2.
Result<void> upgradeToVersions(store::WriteSession &session, std::shared_ptr<const store::Seal> seal, MountId mount);

/// A duration as Go writes it, zeros and all: "1h0m0s", "0s" (auth::durationText leaves them out).
std::string fullDurationText(Nanoseconds duration);

} // namespace kith::core
