// SPDX-License-Identifier: Apache-2.0
// Secrets of the second kv engine and their versions.
#include "core/KvJson.h"
#include "core/KvParameters.h"
#include "core/Router.h"
#include "core/VersionedKvHandlers.h"

namespace kith::core {

namespace json = boost::json;

namespace {

/// One version with what `make` makes of its data; deleted and destroyed ones are 404 with their metadata.
template <class Make>
Result<Response> readVersion(const Call &call, store::Session &session, const char *name, Make make)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    const std::string path = kvPath(call);
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
    if (call.inPath("path").ends_with('/')) // [Q] the slash is none of the secret's path, but of its versions'
        return rawError("could not find version data");
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

/// `data` of the body, which may be null.
Result<json::value> sentData(const Call &call)
{
    if (!call.has("data"))
        return invalidRequest("no data provided");
    return sentObject("data", *call.request().data.if_contains("data"));
}

Result<Response> writeData(const Call &call, store::WriteSession &session)
{
    const auto data = sentData(call);
    if (!data)
        return data.error();
    const auto secret = WrittenSecret::of(call, session);
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
    const auto secret = WrittenSecret::of(call, session);
    if (!secret)
        return secret.error();
    if (!secret->known)
        return nothingToPatch();
    const KvKey &key = *secret->known;
    if (auto checked = checkCas(call, key, secret->config); !checked)
        return checked.error();
    const auto current = key.versions.find(key.current);
    if (current == key.versions.end())
        return nothingToPatch();
    if (!current->second.isReadable(session.now)) {
        Response response = Response::of(versionJson(key, key.current, current->second));
        response.status = 404;
        return response;
    }
    auto data = secret->kv.data(secret->path, key.current);
    if (!data)
        return data.error();
    if (data->is_null())
        return rawError("resource does not exist");
    if (patch->is_null())
        *data = nullptr;
    else
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
    const std::string path = kvPath(call);
    auto key = kv->key(path);
    if (!key)
        return key.error();
    if (*key) {
        if (auto changed = change(*kv, path, **key); !changed)
            return changed.error();
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
    return changeKey(call, session, [&](const VersionedKv &, const std::string &, KvKey &key) -> Result<void> {
        markDeleted(key, key.current, session.now);
        return {};
    });
}

enum class VersionChange { Delete, Undelete, Destroy };

template <VersionChange what>
Result<Response> changeVersions(const Call &call, store::WriteSession &session)
{
    const auto numbers = sentVersions(call);
    if (!numbers)
        return numbers.error();
    return changeKey(call, session, [&](const VersionedKv &kv, const std::string &path, KvKey &key) -> Result<void> {
        for (const std::int64_t number : *numbers) {
            if constexpr (what == VersionChange::Delete)
                markDeleted(key, number, session.now);
            else if constexpr (what == VersionChange::Destroy)
                kv.destroy(path, key, number);
            else if (auto undeleted = kv.undelete(key, number, session.now); !undeleted)
                return undeleted;
        }
        return {};
    });
}

} // namespace

std::vector<Route> kvDataRoutes()
{
    const std::vector<Field> secret{
        {"data", FieldType::Object}, {"options", FieldType::Object}, {"version", FieldType::Int}};
    const std::vector<Field> versions{{"versions", FieldType::Any}};
    return {
        {"data/:path+",
         secret,
         {{Operation::Read, ReadHandler(readData)},
          {Operation::Update, WriteHandler(writeData)},
          {Operation::Patch, WriteHandler(patchData)},
          {Operation::Delete, WriteHandler(deleteData)}},
         Gate::Policy,
         Parameters::Declared,
         kvKeyExists},
        {"data", {}, kvRootRefusals()},
        {"data/",
         secret,
         {{Operation::Read, ReadHandler(kvNothingAtRoot)}, {Operation::Delete, WriteHandler(kvNothingToRemove)}}},
        {"subkeys/:path+",
         {{"version", FieldType::Int}, {"depth", FieldType::Int}},
         {{Operation::Read, ReadHandler(readSubkeys)}}},
        {"subkeys", {}, kvWrongPath()},
        {"subkeys/", {}, {{Operation::Read, ReadHandler(kvNothingAtRoot)}}},
        {"delete", {}, kvRootRefusals()},
        {"delete/", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Delete>)}}},
        {"delete/:path+", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Delete>)}}},
        {"undelete", {}, kvRootRefusals()},
        {"undelete/", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Undelete>)}}},
        {"undelete/:path+", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Undelete>)}}},
        {"destroy", {}, kvRootRefusals()},
        {"destroy/", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Destroy>)}}},
        {"destroy/:path+", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Destroy>)}}},
    };
}

} // namespace kith::core
