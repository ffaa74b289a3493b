// SPDX-License-Identifier: Apache-2.0
// sys/leases: every token that expires is a lease, named by the path that made it and a digest (spec/engine.md §10).
#include "auth/Leases.h"
#include "auth/Tokens.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "store/Text.h"

#include <charconv>
#include <set>

namespace kith::core {

namespace json = boost::json;

namespace {

/// What a request calls the lease: in its body, or its path.
std::string leaseId(const Call &call)
{
    const std::string id = call.inPath("lease_id");
    return id.empty() && !call.request().path.starts_with("sys/leases/lookup") ? call.inPath("url_lease_id") : id;
}

/// The token whose lease a request names; none: there is no such lease.
Result<std::optional<auth::Token>> named(const Call &call, store::Session &session)
{
    const std::string id = leaseId(call);
    if (id.empty())
        return invalidRequest("lease_id must be specified");
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    return auth::findLease(session, **seal, call.ns(), id, call.router().now());
}

Result<Response> lookUp(const Call &call, store::Session &session)
{
    const auto token = named(call, session);
    if (!token)
        return token.error();
    if (!*token)
        return invalidRequest("invalid lease");
    constexpr Nanoseconds second = 1'000'000'000;
    const Nanoseconds now = call.router().now();
    return Response::of({{"id", call.inPath("lease_id")},
                         {"issue_time", toRfc3339((*token)->created)},
                         {"expire_time", (*token)->expires ? json::value(toRfc3339((*token)->expires)) : nullptr},
                         {"last_renewal", (*token)->renewed ? json::value(toRfc3339((*token)->renewed)) : nullptr},
                         {"path", json::string((*token)->path)},
                         {"renewable", (*token)->renewable},
                         {"ttl", (*token)->expires ? ((*token)->expires - now) / second : 0}});
}

/// What stands directly below a prefix: leases, and folders with a slash at their end.
Result<Response> listBelow(const Call &call, store::Session &session)
{
    std::string prefix = call.has("prefix") ? call.inPath("prefix") : std::string();
    if (!prefix.empty() && !prefix.ends_with('/'))
        prefix += '/';
    std::set<std::string> names;
    for (const std::string &id : auth::leases(session, call.ns(), prefix, call.router().now())) {
        const std::string_view rest = std::string_view(id).substr(prefix.size());
        names.emplace(rest.substr(0, rest.find('/') == std::string_view::npos ? rest.size() : rest.find('/') + 1));
    }
    json::array keys;
    for (const std::string &name : names)
        keys.emplace_back(json::string(name));
    return listOf(std::move(keys));
}

Result<Response> renew(const Call &call, store::WriteSession &session)
{
    const auto token = named(call, session);
    if (!token)
        return token.error();
    return invalidRequest(*token ? "tokens cannot be renewed through this endpoint" : "lease not found");
}

/// It is done when the answer comes; who wants it otherwise (`sync` false) is told that it is under way.
Response revoked(const Call &call)
{
    Response response = Response::noContent();
    if (!call.flag("sync").value_or(true))
        response.status = 202;
    return response;
}

Result<Response> revoke(const Call &call, store::WriteSession &session)
{
    const auto token = named(call, session);
    if (!token)
        return token.error();
    if (*token)
        auth::revokeToken(session, (*token)->id);
    return revoked(call);
}

template <bool force>
Result<Response> revokePrefix(const Call &call, store::WriteSession &session)
{
    std::string prefix = call.inPath("prefix");
    if (!prefix.ends_with('/'))
        prefix += '/';
    auth::revokeTokensUnder(session, call.ns(), prefix);
    return force ? Response::noContent() : revoked(call);
}

Result<Response> tidy(const Call &, store::WriteSession &session)
{
    auth::tidyTokens(session);
    return tidyStarted();
}

/// Only leases that can't be revoked are told: those of a secrets engine that is out of reach. Every lease here is a
/// token, which can be.
bool asksForIrrevocable(const Call &call)
{
    return foldCase(call.inPath("type")) == "irrevocable";
}

/// None: any number; else what is wrong with it, in the server's words (§0).
std::optional<Error> wrongLimit(const std::string &limit)
{
    if (limit.empty() || foldCase(limit) == "none")
        return std::nullopt;
    const char *digits = limit.c_str() + (limit.front() == '+' ? 1 : 0);
    const char *end = limit.c_str() + limit.size();
    std::int64_t number = 0;
    const auto read = std::from_chars(digits, end, number);
    if (read.ec == std::errc::result_out_of_range)
        return rawError("invalid 'limit' provided: strconv.Atoi: parsing " + inQuotes(limit) + ": value out of range");
    if (read.ec != std::errc() || read.ptr != end || (digits != limit.c_str() && *digits == '-'))
        return rawError("invalid 'limit' provided: strconv.Atoi: parsing " + inQuotes(limit) + ": invalid syntax");
    if (number <= 0)
        return rawError("limit must be 'none' or a positive integer");
    return std::nullopt;
}

Result<Response> listIrrevocable(const Call &call, store::Session &)
{
    if (!asksForIrrevocable(call))
        return notFound();
    if (const auto wrong = wrongLimit(call.inPath("limit")))
        return *wrong;
    return Response::of({{"lease_count", 0}, {"leases", json::array()}});
}

Result<Response> countIrrevocable(const Call &call, store::Session &)
{
    if (!asksForIrrevocable(call))
        return notFound();
    return Response::of({{"lease_count", 0}, {"counts", json::object()}});
}

} // namespace

std::vector<Route> leaseRoutes()
{
    const std::vector<Field> counting{{"type"}, {"include_child_namespaces", FieldType::Bool}};
    const std::vector<Field> listing{{"type"}, {"include_child_namespaces", FieldType::Bool}, {"limit"}};
    const std::vector<Field> renewing{{"lease_id"}, {"url_lease_id"}, {"increment", FieldType::Duration}};
    const std::vector<Field> byId{{"lease_id"}, {"url_lease_id"}, {"sync", FieldType::Bool}};
    return {
        {"sys/leases", listing, {{Operation::Read, ReadHandler(listIrrevocable)}}, Gate::Sudo},
        {"sys/leases/count", counting, {{Operation::Read, ReadHandler(countIrrevocable)}}},
        {"sys/leases/lookup", {{"lease_id"}}, {{Operation::Update, ReadHandler(lookUp)}}},
        {"sys/leases/lookup/", {{"prefix"}}, {{Operation::List, ReadHandler(listBelow)}}, Gate::Sudo},
        {"sys/leases/lookup/:prefix+", {}, {{Operation::List, ReadHandler(listBelow)}}, Gate::Sudo},
        {"sys/leases/renew", renewing, {{Operation::Update, WriteHandler(renew)}}},
        {"sys/leases/renew/:url_lease_id+", renewing, {{Operation::Update, WriteHandler(renew)}}},
        {"sys/leases/revoke", byId, {{Operation::Update, WriteHandler(revoke)}}},
        {"sys/leases/revoke/:url_lease_id+", byId, {{Operation::Update, WriteHandler(revoke)}}},
        {"sys/leases/revoke-prefix/:prefix+",
         {{"sync", FieldType::Bool}},
         {{Operation::Update, WriteHandler(revokePrefix<false>)}},
         Gate::Sudo},
        {"sys/leases/revoke-force/:prefix+", {}, {{Operation::Update, WriteHandler(revokePrefix<true>)}}, Gate::Sudo},
        {"sys/leases/tidy", {}, {{Operation::Update, WriteHandler(tidy)}}},
    };
}

} // namespace kith::core
