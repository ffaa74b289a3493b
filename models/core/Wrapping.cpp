// SPDX-License-Identifier: Apache-2.0
#include "core/Wrapping.h"

#include "auth/Tokens.h"
#include "core/Caller.h"
#include "core/Cubbyhole.h"
#include "core/Engine.h"
#include "store/GoText.h"
#include "store/Json.h"

namespace kith::core {

namespace json = boost::json;

namespace {

/// The answer as it would have been sent, so that it can be unwrapped to just that.
std::string envelopeText(const Response &response)
{
    const Lease lease = response.lease.value_or(Lease());
    return store::toJson(json::object{
        {"request_id", response.requestId},
        {"lease_id", lease.id},
        {"renewable", lease.renewable},
        {"lease_duration", lease.seconds},
        {"data", response.data.value_or(nullptr)},
        {"wrap_info", nullptr},
        {"warnings", response.warnings.empty()
                         ? json::value()
                         : json::value(json::array(response.warnings.begin(), response.warnings.end()))},
        {"auth", response.auth ? json::value(response.auth->fields) : json::value()},
        {"status", response.status},
        {"bare", response.body == Body::Bare},
        {"raw", response.body == Body::Raw},
    });
}

auth::Token wrappingToken(const Wrap &wrap)
{
    auth::Token token;
    token.policies = {"response-wrapping"};
    token.path = wrap.rewraps.empty() ? wrap.path : wrap.rewraps;
    token.displayName = wrap.displayName;
    token.ns = wrap.ns;
    token.uses = 1;
    token.ttl = wrap.ttl;
    token.explicitMaxTtl = wrap.ttl;
    token.granted = wrap.ttl;
    return token;
}

} // namespace

Result<Response> wrapped(store::WriteSession &session, const std::shared_ptr<const store::Seal> &seal,
                         const Response &response, const Wrap &wrap)
{
    const auto token = auth::createToken(session, *seal, wrappingToken(wrap));
    if (!token)
        return token.error();
    const std::string created = toRfc3339(session.now);
    const Cubbyhole cubbyhole(session, seal, token->token.id, wrap.ns);
    cubbyhole.put(Cubbyhole::WrappedResponse, store::toJson(json::object{{"response", envelopeText(response)}}));
    cubbyhole.put("wrapinfo",
                  store::toJson(json::object{
                      {"creation_path", wrap.path}, {"creation_time", created}, {"creation_ttl", wrap.ttl}}));
    Response answer;
    answer.wrapInfo = json::object{{"token", token->secret},
                                   {"accessor", token->token.accessor},
                                   {"ttl", wrap.ttl},
                                   {"creation_time", created},
                                   {"creation_path", wrap.path}};
    if (response.auth)
        if (const json::value *accessor = response.auth->fields.if_contains("accessor");
            accessor && accessor->is_string() && !accessor->get_string().empty()) // a batch token has none
            (*answer.wrapInfo)["wrapped_accessor"] = *accessor;
    if (response.data && response.data->is_object())
        if (const json::value *accessor = response.data->get_object().if_contains("secret_id_accessor"))
            (*answer.wrapInfo)["wrapped_accessor"] = *accessor;
    return answer;
}

Result<Response> wrapped(Engine &engine, const Response &response, const Wrap &wrap)
{
    const auto seal = engine.keyring.unsealed();
    if (!seal)
        return seal.error();
    return engine.store.write(
        [&](store::WriteSession &session) -> Result<Response> { return wrapped(session, *seal, response, wrap); });
}

std::string wrappedFor(const Caller &caller, const Response &response)
{
    if (!caller.token && !caller.acl) // nobody's, or a login
        return response.auth ? response.auth->displayName : std::string();
    return caller.token ? caller.token->displayName : "token";
}

bool isToBeWrapped(const Request &request, const Response &response)
{
    const bool saysSomething = response.data || response.auth || !response.warnings.empty();
    const bool isNothing = response.body == Body::Bare && // as kv 2 says it, and a callback: a text that is empty
                           (response.status == 404 || response.status == 405);
    return request.wrapTtl.value_or(0) > 0 && response.errors.empty() && !response.wrapInfo &&
           (response.body == Body::Bare ? isNothing && !saysSomething : saysSomething);
}

Error noSuchWrappingToken()
{
    return invalidRequest("wrapping token is not valid or does not exist");
}

bool isWrappingToken(const auth::Token &token)
{
    return token.policies == std::vector<std::string>{"response-wrapping"};
}

Result<void> checkSentIds(const Request &request)
{
    const auto isText = [&](const char *name) {
        const json::value *sent = request.data.if_contains(name);
        return !sent || store::isText(*sent);
    };
    const auto isTextOrNull = [&](const char *name) {
        const json::value *sent = request.data.if_contains(name);
        return isText(name) || sent->is_null();
    };
    if (request.operation != Operation::Update)
        return {};
    for (const std::string_view path :
         {"auth/token/lookup", "auth/token/renew", "auth/token/revoke", "auth/token/revoke-orphan"})
        if (request.path == path && !isText("token"))
            return Error{ErrorCode::PermissionDenied, 403, "invalid token", {}};
    for (const std::string_view path : {"sys/leases/lookup", "sys/leases/renew", "sys/leases/revoke"})
        if (request.path == path && !isTextOrNull("lease_id"))
            return invalidRequest("invalid lease ID");
    return {};
}

Result<void> checkWrappingToken(Engine &engine, const Request &request)
{
    const bool asks = request.path == "sys/wrapping/unwrap" || request.path == "sys/wrapping/rewrap" ||
                      request.path == "sys/wrapping/lookup";
    if (!asks || request.operation == Operation::List || request.operation == Operation::Scan)
        return {};
    const json::value *sent = request.data.if_contains("token");
    if (sent && !sent->is_null() && !store::isText(*sent))
        return Error{ErrorCode::PermissionDenied,
                     403,
                     "error validating wrapping token: could not decode token in request body",
                     {}};
    if (sent && sent->is_string() && sent->get_string().empty())
        return Error{
            ErrorCode::PermissionDenied, 403, "error validating wrapping token: empty token in request body", {}};
    const std::string secret =
        sent && sent->is_string() && !sent->get_string().empty() ? std::string(sent->get_string()) : request.token;
    if (secret.empty())
        return Error{ErrorCode::PermissionDenied, 403, "error validating wrapping token: token is empty", {}};
    const auto seal = engine.keyring.seal();
    if (!seal)
        return noSuchWrappingToken();
    const auto token = engine.store.read([&](store::Session &session) -> Result<std::optional<auth::Token>> {
        return auth::findToken(session, *seal, secret, engine.store.clock().now());
    });
    if (!token)
        return token.error();
    if (!*token || !isWrappingToken(**token))
        return noSuchWrappingToken();
    return {};
}

} // namespace kith::core
