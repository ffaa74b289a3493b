// SPDX-License-Identifier: Apache-2.0
// The second kv engine: `data/` holds the secrets with their versions, `metadata/` what is known of them.
#include "core/Routes.h"
#include "core/VersionedKvHandlers.h"

namespace kith::core {

namespace json = boost::json;

namespace {

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

} // namespace

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

json::value kvCustomMetadata(const KvKey &key)
{
    return key.customMetadata ? json::value(*key.customMetadata) : json::value();
}

json::object kvVersionJson(const KvKey &key, std::int64_t number, const KvVersion &version)
{
    return {{"created_time", toRfc3339(version.created)},
            {"custom_metadata", kvCustomMetadata(key)},
            {"deletion_time", timeOrEmpty(version.deleted)},
            {"destroyed", version.destroyed},
            {"version", number}};
}

Result<WrittenSecret> WrittenSecret::of(const Call &call, store::WriteSession &session)
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
    return WrittenSecret{std::move(*kv), std::move(path), std::move(*known), *config};
}

Result<Response> WrittenSecret::save(KvKey key, const boost::json::value &data, Nanoseconds now) const
{
    const KvVersion version = kv.addVersion(path, key, config, data, now);
    kv.saveKey(path, key);
    return Response::of(kvVersionJson(key, key.current, version));
}

bool kvKeyExists(const Call &call, store::Session &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return false;
    const auto key = kv->key(call.inPath("path"));
    return key && *key;
}

std::vector<Endpoint> kvRootRefusals()
{
    return {{Operation::Read, ReadHandler(onTheRoot<store::Session>)},
            {Operation::Update, WriteHandler(onTheRoot<store::WriteSession>)},
            {Operation::Patch, WriteHandler(onTheRoot<store::WriteSession>)},
            {Operation::Delete, WriteHandler(onTheRoot<store::WriteSession>)}};
}

std::vector<Route> versionedKvRoutes()
{
    std::vector<Route> routes = kvDataRoutes();
    std::vector<Route> metadata = kvMetadataRoutes();
    routes.insert(routes.end(), std::make_move_iterator(metadata.begin()), std::make_move_iterator(metadata.end()));
    routes.push_back({":path+",
                      {},
                      {{Operation::Read, ReadHandler(wrongPath<store::Session>)},
                       {Operation::Update, WriteHandler(wrongPath<store::WriteSession>)},
                       {Operation::Delete, WriteHandler(wrongPath<store::WriteSession>)}}});
    routes.push_back({"", {}, {{Operation::Read, ReadHandler(wrongPath<store::Session>)}}});
    return routes;
}

} // namespace kith::core
