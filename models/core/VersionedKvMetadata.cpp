// SPDX-License-Identifier: Apache-2.0
// What the second kv engine knows of its secrets (`metadata/`, `detailed-metadata/`) and of the mount (`config`).
#include "core/VersionedKvHandlers.h"
#include "identity/Metadata.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

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
            {"custom_metadata", kvCustomMetadata(key)},
            {"delete_version_after", fullDurationText(key.deleteAfter)},
            {"max_versions", key.maxVersions},
            {"metadata_cas_required", key.metadataCasRequired},
            {"oldest_version", key.oldest},
            {"updated_time", toRfc3339(key.updated)},
            {"versions", std::move(versions)}};
}

Result<Response> readKey(const Call &call, store::Session &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    const auto key = kv->key(call.inPath("path"));
    if (!key)
        return key.error();
    return *key ? Response::of(keyJson(**key)) : notFound();
}

constexpr std::int64_t unsigned32(std::int64_t value)
{
    return static_cast<std::int64_t>(static_cast<std::uint32_t>(value));
}

/// Takes over the settings that key and mount have in common. False: none was sent.
template <class Settings>
bool takeSettings(const Call &call, Settings &settings)
{
    bool sent = false;
    if (const auto most = call.number("max_versions")) {
        settings.maxVersions = unsigned32(*most);
        sent = true;
    }
    if (const auto required = call.flag("cas_required")) {
        settings.casRequired = *required;
        sent = true;
    }
    if (const auto required = call.flag("metadata_cas_required")) {
        settings.metadataCasRequired = *required;
        sent = true;
    }
    return sent;
}

Result<void> checkCustom(const std::map<std::string, std::string> &pairs)
{
    auto checked = identity::checkCustomMetadata(pairs);
    if (!checked)
        return Error{ErrorCode::InvalidRequest, 400, checked.error().wire, {}};
    return {};
}

/// Null in a patch takes a pair away; a write replaces them all.
Result<bool> takeCustomMetadata(const Call &call, KvKey &key, bool merge)
{
    const json::value *sent = call.any("custom_metadata");
    if (!sent)
        return false;
    if (merge && sent->is_object()) {
        json::value merged = key.customMetadata.value_or(json::object());
        mergePatch(merged, *sent);
        key.customMetadata = merged.get_object();
    } else if (sent->is_null()) {
        key.customMetadata.reset();
        return true;
    } else {
        key.customMetadata.emplace();
        if (const json::object *object = sent->if_object())
            key.customMetadata = *object;
    }
    std::map<std::string, std::string> pairs;
    for (auto &pair : *key.customMetadata) {
        const auto text = convert({"custom_metadata", FieldType::Text}, pair.value());
        if (!text || !*text)
            return invalidRequest("Field validation failed: error converting input for field \"custom_metadata\"");
        pair.value() = std::get<std::string>(**text);
        pairs.emplace(pair.key(), std::get<std::string>(**text));
    }
    if (auto checked = checkCustom(pairs); !checked)
        return checked.error();
    return true;
}

Result<void> checkMetadataCas(const Call &call, const KvKey &key, const KvConfig &config)
{
    const auto cas = call.number("metadata_cas");
    if (!cas) {
        if (key.metadataCasRequired || config.metadataCasRequired)
            return invalidRequest("metadata check-and-set parameter required for this call");
        return {};
    }
    if (*cas != key.metadataVersion)
        return invalidRequest("metadata check-and-set parameter did not match the current version");
    return {};
}

template <bool patch>
Result<Response> writeKey(const Call &call, store::WriteSession &session)
{
    const auto secret = WrittenSecret::of(call, session);
    if (!secret)
        return secret.error();
    if (patch && !secret->known)
        return notFound();
    KvKey changed = secret->known.value_or(KvKey());
    if (auto checked = checkMetadataCas(call, changed, secret->config); !checked)
        return checked.error();
    bool sent = takeSettings(call, changed);
    if (const auto life = call.seconds("delete_version_after")) {
        changed.deleteAfter = *life * Second;
        sent = true;
    }
    const auto custom = takeCustomMetadata(call, changed, patch);
    if (!custom)
        return custom.error();
    if (!sent && !*custom)
        return Response::noContent();
    ++changed.metadataVersion;
    changed.updated = session.now;
    if (!secret->known)
        changed.created = session.now;
    secret->kv.saveKey(secret->path, changed);
    return Response::noContent();
}

Result<Response> deleteKey(const Call &call, store::WriteSession &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    kv->removeKey(call.inPath("path"));
    return Response::noContent();
}

/// As `after` and `limit` ask.
std::vector<std::string> page(const Call &call, std::vector<std::string> names)
{
    if (const auto after = call.text("after"); after && !after->empty())
        names.erase(names.begin(), std::upper_bound(names.begin(), names.end(), *after));
    if (const auto limit = call.number("limit"); limit && *limit > 0 && static_cast<std::size_t>(*limit) < names.size())
        names.resize(static_cast<std::size_t>(*limit));
    return names;
}

template <bool atRoot>
std::string folderOf(const Call &call)
{
    if constexpr (atRoot)
        return {};
    else
        return call.inPath("path");
}

template <bool atRoot>
Result<Response> listKeys(const Call &call, store::Session &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    return listOfNames(page(call, kv->list(folderOf<atRoot>(call))));
}

template <bool atRoot>
Result<Response> scanKeys(const Call &call, store::Session &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    const std::vector<std::string> found = page(call, store::inScanOrder(kv->paths(folderOf<atRoot>(call))));
    return found.empty() ? Response::of(json::object()) : listOfNames(found);
}

template <bool atRoot>
Result<Response> listKeysInDetail(const Call &call, store::Session &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    const std::string folder = folderOf<atRoot>(call);
    const std::vector<std::string> names = page(call, kv->list(folder));
    json::object details;
    for (const std::string &name : names) {
        if (name.ends_with('/')) {
            details[name] = json::object();
            continue;
        }
        const auto key = kv->key(folder + name);
        if (!key)
            return key.error();
        details[name] = *key ? keyJson(**key) : json::object();
    }
    return listOf(json::array(names.begin(), names.end()), std::move(details));
}

/// How long versions live on a mount, in nanoseconds. A negative time, which no other parameter may be: for ever.
Result<Nanoseconds> lifeOnMount(const json::value &value)
{
    const auto text = convert({"delete_version_after", FieldType::Text}, value);
    if (!text)
        return text.error();
    const std::string &sent = std::get<std::string>(**text);
    const bool forEver = sent.starts_with('-');
    const auto seconds = parseDuration(forEver ? sent.substr(1) : sent);
    if (!seconds)
        return invalidRequest("Field validation failed: error converting input for field \"delete_version_after\": " +
                              seconds.error().wire);
    return forEver ? -Second : *seconds * Second;
}

Result<Response> readConfig(const Call &call, store::Session &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    const auto config = kv->config();
    if (!config)
        return config.error();
    return Response::of(json::object{{"cas_required", config->casRequired},
                                     {"delete_version_after", fullDurationText(config->deleteAfter)},
                                     {"max_versions", config->maxVersions},
                                     {"metadata_cas_required", config->metadataCasRequired}});
}

Result<Response> writeConfig(const Call &call, store::WriteSession &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    auto config = kv->config();
    if (!config)
        return config.error();
    takeSettings(call, *config);
    if (const json::value *sent = call.any("delete_version_after"); sent && !sent->is_null()) {
        const auto life = lifeOnMount(*sent);
        if (!life)
            return life.error();
        config->deleteAfter = *life;
    }
    kv->saveConfig(*config);
    return Response::noContent();
}

} // namespace

std::vector<Route> kvMetadataRoutes()
{
    const std::vector<Field> config{{"max_versions", FieldType::Int},
                                    {"cas_required", FieldType::Bool},
                                    {"metadata_cas_required", FieldType::Bool},
                                    {"delete_version_after", FieldType::Any}};
    const std::vector<Field> paging{{"after"}, {"limit", FieldType::Int}};
    std::vector<Field> key{{"max_versions", FieldType::Int},
                           {"cas_required", FieldType::Bool},
                           {"metadata_cas_required", FieldType::Bool},
                           {"metadata_cas", FieldType::Int},
                           {"delete_version_after", FieldType::Duration},
                           {"custom_metadata", FieldType::Any}};
    key.insert(key.end(), paging.begin(), paging.end());
    std::vector<Endpoint> root = kvRootRefusals();
    root.push_back({Operation::List, ReadHandler(listKeys<true>)});
    root.push_back({Operation::Scan, ReadHandler(scanKeys<true>)});
    return {
        {"config",
         config,
         {{Operation::Read, ReadHandler(readConfig)}, {Operation::Update, WriteHandler(writeConfig)}}},
        {"metadata/:path+",
         key,
         {{Operation::Read, ReadHandler(readKey)},
          {Operation::Update, WriteHandler(writeKey<false>)},
          {Operation::Patch, WriteHandler(writeKey<true>)},
          {Operation::Delete, WriteHandler(deleteKey)},
          {Operation::List, ReadHandler(listKeys<false>)},
          {Operation::Scan, ReadHandler(scanKeys<false>)}},
         Gate::Policy,
         Parameters::Declared,
         kvKeyExists},
        {"metadata/", key, root},
        {"detailed-metadata/:path+", paging, {{Operation::List, ReadHandler(listKeysInDetail<false>)}}},
        {"detailed-metadata/", paging, {{Operation::List, ReadHandler(listKeysInDetail<true>)}}},
    };
}

} // namespace kith::core
