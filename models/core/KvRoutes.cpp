// SPDX-License-Identifier: Apache-2.0
// The first kv engine: an object under each path, kept as it was sent, without versions.
#include "auth/Tokens.h"
#include "core/Engine.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/Secrets.h"

namespace kith::core {

namespace json = boost::json;

namespace {

/// How long a secret is good for: what it says itself in `ttl`, or else in `lease`, if that can be read; else what its
/// mount says. [Q] It may say less than nothing.
std::int64_t leaseOf(const Call &call, const json::object &secret)
{
    for (const char *name : {"ttl", "lease"}) {
        const json::value *given = secret.if_contains(name);
        if (!given)
            continue;
        if (given->is_null())
            return 0;
        const auto converted = convert({name, FieldType::SignedDuration}, *given);
        if (converted && *converted)
            return std::get<std::int64_t>(**converted);
        break;
    }
    return auth::leaseLimits(call.mount().settings.config).defaultTtl;
}

Result<Response> readSecret(const Call &call, store::Session &session)
{
    const auto secrets = Secrets::of(call, session);
    if (!secrets)
        return secrets.error();
    auto secret = secrets->find(call.inPath("path"));
    if (!secret)
        return secret.error();
    if (!secret->is_object())
        return notFound();
    Response response = Response::of(std::move(*secret));
    response.lease = Lease{{}, false, leaseOf(call, response.data->get_object())};
    return response;
}

Result<Response> writeSecret(const Call &call, store::WriteSession &session)
{
    if (call.request().data.empty())
        return invalidRequest("missing data fields");
    const auto secrets = Secrets::of(call, session);
    if (!secrets)
        return secrets.error();
    secrets->put(call.inPath("path"), call.request().data);
    return Response::noContent();
}

Result<Response> deleteSecret(const Call &call, store::WriteSession &session)
{
    const auto secrets = Secrets::of(call, session);
    if (!secrets)
        return secrets.error();
    secrets->entries().remove(call.inPath("path"));
    return Response::noContent();
}

template <bool atRoot>
Result<Response> listSecrets(const Call &call, store::Session &session)
{
    const auto secrets = Secrets::of(call, session);
    if (!secrets)
        return secrets.error();
    return listOfNames(secrets->entries().list(atRoot ? std::string() : call.inPath("path")));
}

template <bool atRoot>
Result<Response> scanSecrets(const Call &call, store::Session &session)
{
    const auto secrets = Secrets::of(call, session);
    if (!secrets)
        return secrets.error();
    const std::string folder = atRoot ? std::string() : call.inPath("path");
    std::vector<std::string> paths = secrets->entries().paths(folder);
    for (std::string &path : paths)
        path.erase(0, folder.size());
    if (paths.empty())
        return Response::of(json::object());
    return listOfNames(store::inScanOrder(paths));
}

Result<Response> nothingThere(const Call &, store::Session &)
{
    return notFound();
}

Result<Response> missingPath(const Call &, store::WriteSession &)
{
    return invalidRequest("missing path");
}

Result<Response> nothingToRemove(const Call &, store::WriteSession &)
{
    return Response::noContent();
}

template <bool atRoot>
Result<bool> secretExists(const Call &call, store::Session &session)
{
    if constexpr (atRoot)
        return false; // [Q] so a write to it takes `create`
    const auto seal = call.router().engine().keyring.seal();
    return seal && store::Entries(session, *seal, call.mount().id).contains(call.inPath("path"));
}

} // namespace

std::vector<Route> kvRoutes()
{
    return {
        {"",
         {},
         {{Operation::Read, ReadHandler(nothingThere)},
          {Operation::Update, WriteHandler(missingPath)},
          {Operation::Delete, WriteHandler(nothingToRemove)},
          {Operation::List, ReadHandler(listSecrets<true>)},
          {Operation::Scan, ReadHandler(scanSecrets<true>)}},
         Gate::Policy,
         Parameters::Any,
         secretExists<true>},
        {":path+",
         {},
         {{Operation::Read, ReadHandler(readSecret)},
          {Operation::Update, WriteHandler(writeSecret)},
          {Operation::Delete, WriteHandler(deleteSecret)},
          {Operation::List, ReadHandler(listSecrets<false>)},
          {Operation::Scan, ReadHandler(scanSecrets<false>)}},
         Gate::Policy,
         Parameters::Any,
         secretExists<false>},
    };
}

} // namespace kith::core
