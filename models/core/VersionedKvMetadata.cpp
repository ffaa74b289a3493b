// SPDX-License-Identifier: Apache-2.0
// What the second kv engine knows of its secrets, lists of them, and the settings of the mount.
#include "core/KvJson.h"
#include "core/KvParameters.h"
#include "core/Router.h"
#include "core/TokenParameters.h"
#include "core/VersionedKvHandlers.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

Result<Response> readKey(const Call &call, store::Session &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    const auto key = kv->key(kvPath(call));
    if (!key)
        return key.error();
    return *key ? Response::of(keyJson(**key)) : notFound();
}

constexpr std::int64_t unsigned32(std::int64_t value)
{
    return static_cast<std::int64_t>(static_cast<std::uint32_t>(value));
}

/// [Q] A patch is read by other means than a write, which cuts such a number off.
Result<void> checkPatchedCount(const Call &call)
{
    const auto most = call.number("max_versions");
    if (!most || unsigned32(*most) == *most)
        return {};
    return rawError("json: cannot unmarshal number " + std::to_string(*most) +
                    " into Go struct field .max_versions of type uint32");
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

/// [Q] What can't be read is told before the rules are asked.
Result<bool> metadataExists(const Call &call, store::Session &session)
{
    if (const json::value *sent = call.any("custom_metadata"))
        if (auto object = sentObject("custom_metadata", *sent); !object)
            return object.error();
    return kvKeyExists(call, session);
}

/// Of a key a setting can be taken back only where the mount doesn't demand it.
std::vector<std::string> mandateWarnings(const Call &call, const KvConfig &config)
{
    std::vector<std::string> warnings;
    for (const auto &[name, mandated] : {std::pair("cas_required", config.casRequired),
                                         std::pair("metadata_cas_required", config.metadataCasRequired)})
        if (mandated && !call.flag(name).value_or(true))
            warnings.push_back('"' + std::string(name) +
                               "\" set to false, but is mandated by backend config. This value will be ignored.");
    return warnings;
}

template <bool patch>
Result<Response> writeKey(const Call &call, store::WriteSession &session)
{
    const auto metadata = SentMetadata::of(call, patch);
    if (!metadata)
        return metadata.error();
    const auto secret = WrittenSecret::of(call, session);
    if (!secret)
        return secret.error();
    if (!saysAnything(call))
        return Response::noContent();
    if (patch && !secret->known)
        return nothingToPatch();
    if (auto checked = checkMetadataCas(call, secret->known, secret->config); !checked)
        return checked.error();
    if (auto counted = patch ? checkPatchedCount(call) : Result<void>(); !counted)
        return counted.error();
    KvKey changed = secret->known.value_or(KvKey());
    takeSettings(call, changed);
    if (const auto life = call.seconds("delete_version_after"); life && (*life != 0 || !patch)) // [Q] none is no patch
        changed.deleteAfter = *life * Second;
    if (metadata->sent)
        if (auto done = metadata->change(changed, patch); !done)
            return done.error();
    ++changed.metadataVersion;
    changed.updated = session.now;
    if (!secret->known)
        changed.created = session.now;
    secret->kv.saveKey(secret->path, changed);
    return doneWith(mandateWarnings(call, secret->config));
}

Result<Response> deleteKey(const Call &call, store::WriteSession &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    kv->removeKey(kvPath(call));
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
        return kvPath(call);
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
    // [Q] `after` and `limit` are known and passed over.
    const std::vector<std::string> found = store::inScanOrder(kv->paths(folderOf<atRoot>(call)));
    return found.empty() ? Response::of(json::object()) : listOfNames(found);
}

/// Of a folder, or of all that is below it.
template <bool atRoot, Operation operation>
Result<Response> listKeysInDetail(const Call &call, store::Session &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    const std::string folder = folderOf<atRoot>(call);
    std::vector<std::string> names;
    if constexpr (operation == Operation::Scan)
        names = store::inScanOrder(kv->paths(folder));
    else
        names = page(call, kv->list(folder));
    if (operation == Operation::Scan && names.empty())
        return Response::of(json::object());
    json::object details;
    for (const std::string &name : names) {
        // [Q] Of a folder it tells what it knows of the secret of the same name.
        const auto key = kv->key(folder + (name.ends_with('/') ? name.substr(0, name.size() - 1) : name));
        if (!key)
            return key.error();
        details[name] = *key ? keyJson(**key) : json::object();
    }
    return listOf(json::array(names.begin(), names.end()), std::move(details));
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
    const std::vector<Field> settings{{"max_versions", FieldType::Int},
                                      {"cas_required", FieldType::Bool},
                                      {"metadata_cas_required", FieldType::Bool},
                                      {"metadata_cas", FieldType::Int},
                                      {"delete_version_after", FieldType::Duration},
                                      {"custom_metadata", FieldType::Any}};
    const std::vector<Field> config{{"max_versions", FieldType::Int},
                                    {"cas_required", FieldType::Bool},
                                    {"metadata_cas_required", FieldType::Bool},
                                    {"delete_version_after", FieldType::Any}};
    const std::vector<Field> paging{{"after"}, {"limit", FieldType::Int}};
    std::vector<Field> keys = settings;
    keys.insert(keys.end(), paging.begin(), paging.end());
    return {
        {"config",
         config,
         {{Operation::Read, ReadHandler(readConfig)}, {Operation::Update, WriteHandler(writeConfig)}}},
        {"metadata/:path+",
         keys,
         {{Operation::Read, ReadHandler(readKey)},
          {Operation::Update, WriteHandler(writeKey<false>)},
          {Operation::Patch, WriteHandler(writeKey<true>)},
          {Operation::Delete, WriteHandler(deleteKey)},
          {Operation::List, ReadHandler(listKeys<false>)},
          {Operation::Scan, ReadHandler(scanKeys<false>)}},
         Gate::Policy,
         Parameters::Declared,
         metadataExists},
        {"metadata", {}, kvRootRefusals()},
        {"metadata/",
         keys,
         {{Operation::Read, ReadHandler(kvNothingAtRoot)},
          {Operation::Delete, WriteHandler(kvNothingToRemove)},
          {Operation::List, ReadHandler(listKeys<true>)},
          {Operation::Scan, ReadHandler(scanKeys<true>)}}},
        {"detailed-metadata/:path+",
         paging,
         {{Operation::List, ReadHandler(listKeysInDetail<false, Operation::List>)},
          {Operation::Scan, ReadHandler(listKeysInDetail<false, Operation::Scan>)}}},
        {"detailed-metadata", {}, kvWrongPath()},
        {"detailed-metadata/",
         paging,
         {{Operation::List, ReadHandler(listKeysInDetail<true, Operation::List>)},
          {Operation::Scan, ReadHandler(listKeysInDetail<true, Operation::Scan>)}}},
    };
}

} // namespace kith::core
