// SPDX-License-Identifier: Apache-2.0
// sys/wrapping: what is asked of wrapping tokens. The wrapping itself is the door's (Wrapping.h).
#include "auth/Tokens.h"
#include "core/Caller.h"
#include "core/Cubbyhole.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "core/Wrapping.h"
#include "store/Json.h"

namespace kith::core {

namespace json = boost::json;

namespace {

/// The wrapping token that a request means: in its body, or its own. Its own one is being used up by this very request.
Result<auth::Token> meantToken(const Call &call, store::Session &session, const store::Seal &seal)
{
    const std::string sent = call.text("token").value_or(std::string());
    const auto &own = call.caller().token;
    if (own && (sent.empty() || sent == call.request().token) && isWrappingToken(*own))
        return *own;
    const std::string secret = sent.empty() ? call.request().token : sent;
    auto token = auth::findToken(session, seal, secret, call.router().now());
    if (!token || !isWrappingToken(*token))
        return noSuchWrappingToken();
    return std::move(*token);
}

/// What lies in the cubbyhole of a wrapping token, as JSON.
Result<json::object> entryOf(store::Session &session, const std::shared_ptr<const store::Seal> &seal,
                             const auth::Token &token, std::string_view path)
{
    const auto text = Cubbyhole(session, seal, token.id, token.ns).find(path);
    if (!text)
        return text.error();
    if (!*text)
        return noSuchWrappingToken();
    auto value = store::fromJson(**text);
    if (!value)
        return value.error();
    return value->is_object() ? Result<json::object>(std::move(value->get_object())) : noSuchWrappingToken();
}

/// The answer that was wrapped.
Result<Response> wrappedAnswer(store::Session &session, const std::shared_ptr<const store::Seal> &seal,
                               const auth::Token &token)
{
    const auto entry = entryOf(session, seal, token, Cubbyhole::WrappedResponse);
    if (!entry)
        return entry.error();
    const json::value *text = entry->if_contains("response");
    if (!text || !text->is_string())
        return noSuchWrappingToken();
    const auto parsed = store::fromJson(text->get_string());
    if (!parsed)
        return parsed.error();
    const json::object &envelope = parsed->as_object();
    Response response;
    // What an earlier Kith has wrapped says none of these.
    if (const std::int64_t status = store::numberIn(envelope, "status"); status != 0)
        response.status = static_cast<int>(status);
    if (store::flagIn(envelope, "bare"))
        response.body = Body::Bare;
    if (store::flagIn(envelope, "raw"))
        response.body = Body::Raw;
    if (!envelope.at("data").is_null())
        response.data = envelope.at("data");
    if (const json::object *fields = envelope.at("auth").if_object())
        response.auth = Auth{*fields};
    if (const json::array *warnings = envelope.at("warnings").if_array()) {
        for (const json::value &warning : *warnings)
            response.warnings.emplace_back(warning.as_string());
    }
    response.lease = Lease{std::string(envelope.at("lease_id").as_string()), envelope.at("renewable").as_bool(),
                           envelope.at("lease_duration").to_number<std::int64_t>()};
    return response;
}

Result<Response> wrapSentData(const Call &call, store::WriteSession &session)
{
    const std::int64_t ttl = call.request().wrapTtl.value_or(0);
    if (ttl <= 0)
        return invalidRequest("endpoint requires response wrapping to be used");
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    return wrapped(session, *seal, Response::of(call.request().data),
                   {ttl, call.request().path, wrappedFor(call.caller(), Response()), call.ns()});
}

/// Gives what `use(seal, token, answer)` makes of a wrapped answer, and uses the token up.
template <class Use>
Result<Response> useUp(const Call &call, store::WriteSession &session, Use use)
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const auto token = meantToken(call, session, **seal);
    if (!token)
        return token.error();
    auto answer = wrappedAnswer(session, *seal, *token);
    if (!answer)
        return answer.error();
    auto used = use(*seal, *token, std::move(*answer));
    const bool own = call.caller().token && call.caller().token->id == token->id; // the door revokes that
    if (used && !own)
        auth::revokeToken(session, token->id);
    return used;
}

/// What was wrapped may be a 404, which doesn't leave the token unused.
Result<Prepared> unwrap(const Call &call, Engine &)
{
    if (call.caller().isUsedUp() && call.text("token") == call.request().token) // [Q] it is used up a second time
        return rawError("error decrementing wrapping token's use-count: invalid token entry provided for use count "
                        "decrementing");
    return Prepared(Write([&call](store::WriteSession &session) {
        return useUp(call, session,
                     [](const auto &, const auth::Token &, Response answer) -> Result<Response> { return answer; });
    }));
}

Result<Response> rewrap(const Call &call, store::WriteSession &session)
{
    return useUp(call, session,
                 [&](const auto &seal, const auth::Token &token, const Response &answer) -> Result<Response> {
                     const auto before = entryOf(session, seal, token, "wrapinfo");
                     if (!before)
                         return before.error();
                     // [Q] A longer time than before can't be had.
                     const std::int64_t lived = before->at("creation_ttl").as_int64();
                     auto again = wrapped(session, seal, answer,
                                          {std::min(lived, call.request().wrapTtl.value_or(lived)),
                                           std::string(before->at("creation_path").as_string()),
                                           wrappedFor(call.caller(), Response()), call.ns(), call.request().path});
                     if (again)
                         again->wrapInfo->erase("wrapped_accessor");
                     return again;
                 });
}

Result<Response> lookUp(const Call &call, store::Session &session)
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const auto token = meantToken(call, session, **seal);
    if (!token)
        return token.error();
    auto info = entryOf(session, *seal, *token, "wrapinfo");
    if (!info)
        return info.error();
    return Response::of(std::move(*info));
}

} // namespace

std::vector<Route> wrappingRoutes()
{
    const std::vector<Field> token{{"token"}};
    return {
        {"sys/wrapping/wrap", {}, {{Operation::Update, WriteHandler(wrapSentData)}}, Gate::Policy, Parameters::Any},
        {"sys/wrapping/unwrap", token, {{Operation::Update, PreparingHandler(unwrap)}}, Gate::Policy, Parameters::Any},
        {"sys/wrapping/rewrap", token, {{Operation::Update, WriteHandler(rewrap)}}, Gate::Policy, Parameters::Any},
        {"sys/wrapping/lookup",
         token,
         {{Operation::Update, ReadHandler(lookUp)}, {Operation::Read, ReadHandler(lookUp)}},
         Gate::Public},
    };
}

} // namespace kith::core
