// SPDX-License-Identifier: Apache-2.0
// The second kv engine: `data/` holds the secrets with their versions, `metadata/` what is known of them.
#include "core/Engine.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/VersionedKv.h"
#include "identity/Metadata.h"

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

Result<VersionedKv> kvOf(const Call &call, store::Session &session)
{
    auto secrets = Secrets::of(call, session);
    if (!secrets)
        return secrets.error();
    return VersionedKv(std::move(*secrets));
}

std::string timeOrEmpty(Nanoseconds time)
{
    return time == 0 ? std::string() : toRfc3339(time);
}

json::value customOf(const KvKey &key)
{
    return key.customMetadata ? json::value(*key.customMetadata) : json::value();
}

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

/// One version with what `make` makes of its data; deleted and destroyed ones are 404 with their metadata.
template <class Make>
Result<Response> readVersion(const Call &call, store::Session &session, const char *name, Make make)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    const std::string path = call.inPath("path");
    const auto key = kv->key(path);
    if (!key)
        return key.error();
    if (!*key)
        return notFound();
    const std::int64_t asked = call.number("version").value_or(0);
    const std::int64_t number = asked > 0 ? asked : (*key)->current;
    const auto version = (*key)->versions.find(number);
    if (version == (*key)->versions.end())
        return notFound();
    Response response =
        Response::of(json::object{{name, nullptr}, {"metadata", versionJson(**key, number, version->second)}});
    if (!version->second.isReadable(call.router().now())) {
        response.status = 404;
        return response;
    }
    auto data = kv->data(path, number);
    if (!data)
        return data.error();
    response.data->get_object()[name] = make(std::move(*data));
    return response;
}

Result<Response> readData(const Call &call, store::Session &session)
{
    return readVersion(call, session, "data", [](json::value data) { return data; });
}

/// The names in an object, without the values; below `depth` levels (0: all of them) nothing is shown.
json::value namesOf(const json::value &value, std::int64_t depth)
{
    const json::object *members = value.if_object();
    if (!members)
        return nullptr;
    json::object names;
    for (const auto &member : *members)
        names[member.key()] = depth == 1 || !member.value().is_object() || member.value().get_object().empty()
                                  ? json::value()
                                  : namesOf(member.value(), depth - 1);
    return names;
}

Result<Response> readSubkeys(const Call &call, store::Session &session)
{
    const std::int64_t depth = call.number("depth").value_or(0);
    return readVersion(call, session, "subkeys", [&](const json::value &data) { return namesOf(data, depth); });
}

/// Whether the write says which version it was made from, as key or mount demand.
Result<void> checkCas(const Call &call, const KvKey &key, const KvConfig &config)
{
    const json::object options = call.object("options").value_or(json::object());
    const json::value *cas = options.if_contains("cas");
    if (!cas) {
        if (key.casRequired || config.casRequired)
            return invalidRequest("check-and-set parameter required for this call");
        return {};
    }
    const auto wanted = convert({"cas", FieldType::Int}, *cas);
    if (!wanted || !*wanted)
        return invalidRequest("error parsing check-and-set parameter");
    if (std::get<std::int64_t>(**wanted) != key.current)
        return invalidRequest("check-and-set parameter did not match the current version");
    return {};
}

/// `data` of the body; the engine itself looks at it, so a wrong type is its error.
Result<json::value> sentData(const Call &call)
{
    const json::value *sent = call.any("data");
    if (!sent || sent->is_null())
        return invalidRequest("no data provided");
    const auto object = convert({"data", FieldType::Object}, *sent);
    if (!object)
        return object.error();
    return *sent;
}

/// The secret that a write is about, and what decides how it is kept.
struct Written {
    VersionedKv kv;
    std::string path;
    std::optional<KvKey> known; ///< None: there is no such secret yet.
    KvConfig config;

    static Result<Written> of(const Call &call, store::WriteSession &session)
    {
        auto kv = kvOf(call, session);
        if (!kv)
            return kv.error();
        std::string path = call.inPath("path");
        auto known = kv->key(path);
        if (!known)
            return known.error();
        const auto config = kv->config();
        if (!config)
            return config.error();
        return Written{std::move(*kv), std::move(path), std::move(*known), *config};
    }

    Result<Response> save(KvKey key, const json::value &data, Nanoseconds now) const
    {
        const KvVersion version = kv.addVersion(path, key, config, data, now);
        kv.saveKey(path, key);
        return Response::of(versionJson(key, key.current, version));
    }
};

Result<Response> writeData(const Call &call, store::WriteSession &session)
{
    const auto data = sentData(call);
    if (!data)
        return data.error();
    const auto secret = Written::of(call, session);
    if (!secret)
        return secret.error();
    const KvKey key = secret->known.value_or(KvKey());
    if (auto checked = checkCas(call, key, secret->config); !checked)
        return checked.error();
    return secret->save(key, *data, session.now);
}

Result<Response> patchData(const Call &call, store::WriteSession &session)
{
    const auto patch = sentData(call);
    if (!patch)
        return patch.error();
    const auto secret = Written::of(call, session);
    if (!secret)
        return secret.error();
    if (!secret->known)
        return notFound();
    const KvKey &key = *secret->known;
    if (auto checked = checkCas(call, key, secret->config); !checked)
        return checked.error();
    const auto current = key.versions.find(key.current);
    if (current == key.versions.end() || !current->second.isReadable(session.now))
        return notFound();
    auto data = secret->kv.data(secret->path, key.current);
    if (!data)
        return data.error();
    mergePatch(*data, *patch);
    return secret->save(key, *data, session.now);
}

/// Runs `change(kv, path, key)` on a key that exists and saves it; a key that doesn't is left alone.
template <class Change>
Result<Response> changeKey(const Call &call, store::WriteSession &session, Change change)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    const std::string path = call.inPath("path");
    auto key = kv->key(path);
    if (!key)
        return key.error();
    if (*key) {
        change(*kv, path, **key);
        kv->saveKey(path, **key);
    }
    return Response::noContent();
}

void markDeleted(KvKey &key, std::int64_t number, Nanoseconds now)
{
    const auto version = key.versions.find(number);
    if (version != key.versions.end() && version->second.isReadable(now))
        version->second.deleted = now;
}

Result<Response> deleteData(const Call &call, store::WriteSession &session)
{
    return changeKey(call, session, [&](const VersionedKv &, const std::string &, KvKey &key) {
        markDeleted(key, key.current, session.now);
    });
}

/// The numbers in `versions`, or the engine's refusal.
Result<std::vector<std::int64_t>> sentVersions(const Call &call)
{
    std::vector<std::int64_t> numbers;
    const auto texts = call.list("versions").value_or(std::vector<std::string>());
    for (const std::string &text : texts) {
        const auto number = convert({"versions", FieldType::Int}, json::value(text));
        if (!number || !*number)
            return invalidRequest("Field validation failed: error converting input for field \"versions\": decoding "
                                  "failed due to the following error(s):\n\n'[" +
                                  std::to_string(numbers.size()) +
                                  "]' cannot parse value as 'int': strconv.ParseInt: invalid syntax");
        numbers.push_back(std::get<std::int64_t>(**number));
    }
    if (numbers.empty())
        return invalidRequest("No version number provided");
    return numbers;
}

enum class VersionChange { Delete, Undelete, Destroy };

template <VersionChange what>
Result<Response> changeVersions(const Call &call, store::WriteSession &session)
{
    const auto numbers = sentVersions(call);
    if (!numbers)
        return numbers.error();
    return changeKey(call, session, [&](const VersionedKv &kv, const std::string &path, KvKey &key) {
        for (const std::int64_t number : *numbers) {
            const auto version = key.versions.find(number);
            if (version == key.versions.end())
                continue;
            if constexpr (what == VersionChange::Delete)
                markDeleted(key, number, session.now);
            else if constexpr (what == VersionChange::Destroy)
                kv.destroy(path, key, number);
            else if (!version->second.destroyed)
                version->second.deleted = 0;
        }
    });
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
    const auto secret = Written::of(call, session);
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

Response warned(std::string text)
{
    Response response = notFound();
    response.warnings.push_back(std::move(text));
    return response;
}

template <class Session>
Result<Response> onTheRoot(const Call &, Session &)
{
    return warned("Non-listing operations on the root of a K/V v2 mount are not supported.");
}

template <class Session>
Result<Response> wrongPath(const Call &, Session &)
{
    return warned("Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API "
                  "endpoints to use. If using the OpenBao CLI, use 'bao kv get' for this operation.");
}

bool keyExists(const Call &call, store::Session &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return false;
    const auto key = kv->key(call.inPath("path"));
    return key && *key;
}

} // namespace

std::vector<Route> versionedKvRoutes()
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
    const std::vector<Field> secret{
        {"data", FieldType::Any}, {"options", FieldType::Object}, {"version", FieldType::Int}};
    const std::vector<Field> versions{{"versions", FieldType::List}};
    const std::vector<Field> paging{{"after"}, {"limit", FieldType::Int}};
    std::vector<Field> keys = settings;
    keys.insert(keys.end(), paging.begin(), paging.end());
    const std::vector<Endpoint> root{{Operation::Read, ReadHandler(onTheRoot<store::Session>)},
                                     {Operation::Update, WriteHandler(onTheRoot<store::WriteSession>)},
                                     {Operation::Patch, WriteHandler(onTheRoot<store::WriteSession>)},
                                     {Operation::Delete, WriteHandler(onTheRoot<store::WriteSession>)}};
    std::vector<Endpoint> metadataRoot = root;
    metadataRoot.push_back({Operation::List, ReadHandler(listKeys<true>)});
    metadataRoot.push_back({Operation::Scan, ReadHandler(scanKeys<true>)});
    return {
        {"config",
         config,
         {{Operation::Read, ReadHandler(readConfig)}, {Operation::Update, WriteHandler(writeConfig)}}},
        {"data/:path+",
         secret,
         {{Operation::Read, ReadHandler(readData)},
          {Operation::Update, WriteHandler(writeData)},
          {Operation::Patch, WriteHandler(patchData)},
          {Operation::Delete, WriteHandler(deleteData)}},
         Gate::Policy,
         Parameters::Declared,
         keyExists},
        {"data", secret, root},
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
         keyExists},
        {"metadata/", keys, metadataRoot},
        {"detailed-metadata/:path+", paging, {{Operation::List, ReadHandler(listKeysInDetail<false>)}}},
        {"detailed-metadata/", paging, {{Operation::List, ReadHandler(listKeysInDetail<true>)}}},
        {"subkeys/:path+",
         {{"version", FieldType::Int}, {"depth", FieldType::Int}},
         {{Operation::Read, ReadHandler(readSubkeys)}}},
        {"delete/:path+", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Delete>)}}},
        {"undelete/:path+", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Undelete>)}}},
        {"destroy/:path+", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Destroy>)}}},
        {":path+",
         {},
         {{Operation::Read, ReadHandler(wrongPath<store::Session>)},
          {Operation::Update, WriteHandler(wrongPath<store::WriteSession>)},
          {Operation::Delete, WriteHandler(wrongPath<store::WriteSession>)}}},
        {"", {}, {{Operation::Read, ReadHandler(wrongPath<store::Session>)}}},
    };
}

} // namespace kith::core
