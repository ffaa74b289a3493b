// SPDX-License-Identifier: Apache-2.0
// `data/` of the second kv engine: the secrets with their versions.
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
        Response::of(json::object{{name, nullptr}, {"metadata", kvVersionJson(**key, number, version->second)}});
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

} // namespace

std::vector<Route> kvDataRoutes()
{
    const std::vector<Field> secret{
        {"data", FieldType::Any}, {"options", FieldType::Object}, {"version", FieldType::Int}};
    const std::vector<Field> versions{{"versions", FieldType::List}};
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
        {"data", secret, kvRootRefusals()},
        {"subkeys/:path+",
         {{"version", FieldType::Int}, {"depth", FieldType::Int}},
         {{Operation::Read, ReadHandler(readSubkeys)}}},
        {"delete/:path+", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Delete>)}}},
        {"undelete/:path+", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Undelete>)}}},
        {"destroy/:path+", versions, {{Operation::Update, WriteHandler(changeVersions<VersionChange::Destroy>)}}},
    };
}

} // namespace kith::core
