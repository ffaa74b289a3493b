// SPDX-License-Identifier: Apache-2.0
#include "core/KvJson.h"

#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

std::string timeOrEmpty(Nanoseconds time)
{
    return time == 0 ? std::string() : toRfc3339(time);
}

json::value customOf(const KvKey &key)
{
    return key.customMetadata ? json::value(*key.customMetadata) : json::value();
}

} // namespace

json::object versionJson(const KvKey &key, std::int64_t number, const KvVersion &version)
{
    return {{"created_time", toRfc3339(version.created)},
            {"custom_metadata", customOf(key)},
            {"deletion_time", timeOrEmpty(version.deleted)},
            {"destroyed", version.destroyed},
            {"version", number}};
}

json::object keyJson(const KvKey &key)
{
    json::object versions;
    for (const auto &[number, version] : key.versions)
        versions[std::to_string(number)] = json::object{{"created_time", toRfc3339(version.created)},
                                                        {"deletion_time", timeOrEmpty(version.deleted)},
                                                        {"destroyed", version.destroyed}};
    return {{"cas_required", key.casRequired},
            {"created_time", toRfc3339(key.created)},
            {"current_metadata_version", key.metadataVersion},
            {"current_version", key.current},
            {"custom_metadata", customOf(key)},
            {"delete_version_after", fullDurationText(key.deleteAfter)},
            {"max_versions", key.maxVersions},
            {"metadata_cas_required", key.metadataCasRequired},
            {"oldest_version", key.oldest},
            {"updated_time", toRfc3339(key.updated)},
            {"versions", std::move(versions)}};
}

} // namespace kith::core
