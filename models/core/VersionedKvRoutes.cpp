// SPDX-License-Identifier: Apache-2.0
// The second kv engine: `data/` holds the secrets with their versions, `metadata/` what is known of them.
#include "core/KvJson.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "core/VersionedKvHandlers.h"

#include <iterator>

namespace kith::core {

namespace json = boost::json;

Result<VersionedKv> kvOf(const Call &call, store::Session &session)
{
    auto secrets = Secrets::of(call, session);
    if (!secrets)
        return secrets.error();
    return VersionedKv(std::move(*secrets));
}

std::string kvPath(const Call &call)
{
    std::string path = call.inPath("path");
    const Operation operation = call.request().operation;
    if (path.ends_with('/') && operation != Operation::List && operation != Operation::Scan)
        path.pop_back();
    return path;
}

Response nothingToPatch()
{
    Response response = notFound();
    response.body = Body::Bare;
    return response;
}

Result<WrittenSecret> WrittenSecret::of(const Call &call, store::WriteSession &session)
{
    auto kv = kvOf(call, session);
    if (!kv)
        return kv.error();
    std::string path = kvPath(call);
    auto known = kv->key(path);
    if (!known)
        return known.error();
    const auto config = kv->config();
    if (!config)
        return config.error();
    return WrittenSecret{std::move(*kv), std::move(path), std::move(*known), *config};
}

Result<Response> WrittenSecret::save(KvKey key, const json::value &data, Nanoseconds now) const
{
    const KvVersion version = kv.addVersion(path, key, config, data, now);
    kv.saveKey(path, key);
    return Response::of(versionJson(key, key.current, version));
}

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

std::string_view commandOf(Operation operation)
{
    switch (operation) {
    case Operation::Create:
    case Operation::Update:
        return "put";
    case Operation::Read:
    case Operation::Head:
        return "get";
    default:
        return operationName(operation);
    }
}

template <class Session>
Result<Response> wrongPath(const Call &call, Session &)
{
    return warned("Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints "
                  "to use. If using the OpenBao CLI, use 'bao kv " +
                  std::string(commandOf(call.request().operation)) + "' for this operation.");
}

} // namespace

Result<Response> kvNothingAtRoot(const Call &, store::Session &)
{
    return notFound();
}

Result<Response> kvNothingToRemove(const Call &, store::WriteSession &)
{
    return Response::noContent();
}

Result<bool> kvKeyExists(const Call &call, store::Session &session)
{
    const auto kv = kvOf(call, session);
    if (!kv)
        return false;
    const auto key = kv->key(kvPath(call));
    return key && *key;
}

std::vector<Endpoint> kvRootRefusals()
{
    return {{Operation::Read, ReadHandler(onTheRoot<store::Session>)},
            {Operation::Update, WriteHandler(onTheRoot<store::WriteSession>)},
            {Operation::Patch, WriteHandler(onTheRoot<store::WriteSession>)},
            {Operation::Delete, WriteHandler(onTheRoot<store::WriteSession>)}};
}

std::vector<Endpoint> kvWrongPath()
{
    return {{Operation::Read, ReadHandler(wrongPath<store::Session>)},
            {Operation::Update, WriteHandler(wrongPath<store::WriteSession>)},
            {Operation::Patch, WriteHandler(wrongPath<store::WriteSession>)},
            {Operation::Delete, WriteHandler(wrongPath<store::WriteSession>)},
            {Operation::List, ReadHandler(wrongPath<store::Session>)},
            {Operation::Scan, ReadHandler(wrongPath<store::Session>)}};
}

std::vector<Route> versionedKvRoutes()
{
    std::vector<Route> routes = kvMetadataRoutes();
    std::vector<Route> more = kvDataRoutes();
    routes.insert(routes.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    routes.push_back({":path+", {}, kvWrongPath()});
    routes.push_back({"", {}, kvWrongPath()});
    return routes;
}

} // namespace kith::core
