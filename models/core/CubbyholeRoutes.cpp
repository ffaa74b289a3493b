// SPDX-License-Identifier: Apache-2.0
// The cubbyhole: what a token keeps for itself, gone with the token.
#include "core/Cubbyhole.h"
#include "core/Engine.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "store/Json.h"

namespace kith::core {

namespace {

Result<Cubbyhole> cubbyholeOf(const Call &call, store::Session &session)
{
    const auto &token = call.caller().token;
    if (!token || token->type == auth::TokenType::Batch)
        return invalidRequest("cubbyhole operations are only supported by 'service' type tokens");
    auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    return Cubbyhole(session, std::move(*seal), token->id, call.ns());
}

Result<Response> readCubbyhole(const Call &call, store::Session &session)
{
    const auto cubbyhole = cubbyholeOf(call, session);
    if (!cubbyhole)
        return cubbyhole.error();
    const std::string path = call.inPath("path");
    auto text = cubbyhole->find(path);
    if (!text)
        return text.error();
    if (!*text)
        return notFound();
    auto value = store::fromJson(**text);
    if (!value)
        return value.error();
    Response response = Response::of(std::move(*value));
    if (path == Cubbyhole::WrappedResponse)
        response.warnings.emplace_back(
            "Reading from 'cubbyhole/response' is deprecated. Please use sys/wrapping/unwrap "
            "to unwrap responses, as it provides additional security checks and other "
            "benefits.");
    return response;
}

Result<Response> writeCubbyhole(const Call &call, store::WriteSession &session)
{
    const auto cubbyhole = cubbyholeOf(call, session);
    if (!cubbyhole)
        return cubbyhole.error();
    if (call.request().data.empty())
        return rawError("missing data fields");
    cubbyhole->put(call.inPath("path"), store::toJson(call.request().data));
    return Response::noContent();
}

Result<Response> deleteCubbyhole(const Call &call, store::WriteSession &session)
{
    const auto cubbyhole = cubbyholeOf(call, session);
    if (!cubbyhole)
        return cubbyhole.error();
    cubbyhole->remove(call.inPath("path"));
    return Response::noContent();
}

template <bool atRoot>
Result<Response> listCubbyhole(const Call &call, store::Session &session)
{
    const auto cubbyhole = cubbyholeOf(call, session);
    if (!cubbyhole)
        return cubbyhole.error();
    return listOfNames(cubbyhole->list(atRoot ? std::string() : call.inPath("path")));
}

Result<Response> missingPath(const Call &call, store::Session &session)
{
    const auto cubbyhole = cubbyholeOf(call, session);
    return cubbyhole ? rawError("missing path") : cubbyhole.error();
}

Result<Response> missingPathToWrite(const Call &call, store::WriteSession &)
{
    return rawError(call.request().data.empty() ? "missing data fields" : "missing path");
}

Result<Response> nothingToRemove(const Call &, store::WriteSession &)
{
    return Response::noContent();
}

/// [Q] Who has none is told so before the rules are asked.
template <bool atRoot>
Result<bool> cubbyholeExists(const Call &call, store::Session &session)
{
    const auto cubbyhole = cubbyholeOf(call, session);
    if (!cubbyhole)
        return cubbyhole.error();
    if constexpr (atRoot)
        return false; // [Q] so a write to it takes `create`
    const auto text = cubbyhole->find(call.inPath("path"));
    return text && *text;
}

} // namespace

std::vector<Route> cubbyholeRoutes()
{
    return {
        {"",
         {},
         {{Operation::Read, ReadHandler(missingPath)},
          {Operation::Update, WriteHandler(missingPathToWrite)},
          {Operation::Delete, WriteHandler(nothingToRemove)},
          {Operation::List, ReadHandler(listCubbyhole<true>)}},
         Gate::Policy,
         Parameters::Any,
         cubbyholeExists<true>},
        {":path+",
         {},
         {{Operation::Read, ReadHandler(readCubbyhole)},
          {Operation::Update, WriteHandler(writeCubbyhole)},
          {Operation::Delete, WriteHandler(deleteCubbyhole)},
          {Operation::List, ReadHandler(listCubbyhole<false>)}},
         Gate::Policy,
         Parameters::Any,
         cubbyholeExists<false>},
    };
}

} // namespace kith::core
