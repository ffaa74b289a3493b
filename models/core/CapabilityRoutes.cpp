// SPDX-License-Identifier: Apache-2.0
// sys/capabilities, -self, -accessor, and what a token's rules come to (spec/engine.md §9.5).
#include "auth/Tokens.h"
#include "core/Callers.h"
#include "core/Permission.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "core/TokenJson.h"
#include "store/GoText.h"

namespace kith::core {

namespace json = boost::json;

namespace {

Error wrapped(int status, const std::string &text)
{
    return {ErrorCode::InvalidRequest, status, "1 error occurred:\n\t* " + text + "\n\n", {}};
}

std::vector<std::string> askedPaths(const Call &call)
{
    auto paths = call.list("paths").value_or(std::vector<std::string>());
    return paths.empty() ? call.list("path").value_or(std::vector<std::string>()) : paths;
}

/// What is wrong with the paths before a token is looked at: [Q] only the first is.
Result<void> checkFirst(const std::vector<std::string> &paths)
{
    if (paths.empty())
        return invalidRequest("paths must be supplied");
    if (paths.front().empty())
        return wrapped(400, "missing path");
    return {};
}

Result<Response> answer(const Call &call, const Caller &caller)
{
    const auto paths = askedPaths(call);
    if (auto right = checkFirst(paths); !right)
        return right.error();
    if (std::find(paths.begin(), paths.end(), std::string()) != paths.end())
        return wrapped(400, "missing path");
    json::object data;
    for (const std::string &path : paths) {
        // [Q] Only in the root: elsewhere the namespace's path comes before it.
        const bool slashed = path.starts_with('/') && call.ns() == RootNamespace;
        const std::string_view bare = slashed ? std::string_view(path).substr(1) : path;
        const auto seen = seenByRules(caller, call.request().ns, bare);
        data[path] =
            json::value_from(caller.acl && (seen || caller.isRoot()) ? caller.acl->capabilities(seen.value_or(""))
                                                                     : std::vector<std::string>{"deny"});
    }
    if (paths.size() == 1)
        data["capabilities"] = data[paths.front()];
    Response response = Response::of(std::move(data));
    response.body = Body::Merged;
    return response;
}

/// None: there is no such token.
Result<Response> ofToken(const Call &call, Engine &engine, const std::optional<auth::Token> &token)
{
    if (auto right = checkFirst(askedPaths(call)); !right)
        return right.error();
    if (!token)
        return wrapped(400, "invalid token");
    const auto caller = engine.callers->of(*token);
    if (!caller && caller.error().status == 403 && caller.error().wire == "permission denied")
        return wrapped(400, "invalid token"); // [Q] as if there were no such token
    if (!caller)
        return wrapped(caller.error().status, caller.error().wire);
    return answer(call, *caller);
}

Result<Response> capabilities(const Call &call, Engine &engine)
{
    const json::value *sent = call.request().data.if_contains("token"); // [Q] as it was sent: 5 is no text here
    const bool isText = sent && store::isText(*sent);
    const std::string secret = isText ? std::string(sent->get_string()) : std::string();
    if (secret.empty())
        return wrapped(500, "no token found");
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const Nanoseconds now = call.router().now();
    const auto token = engine.store.read([&](store::Session &session) -> Result<std::optional<auth::Token>> {
        return auth::findToken(session, **seal, secret, now);
    });
    return token ? ofToken(call, engine, *token) : token.error();
}

Result<Response> capabilitiesSelf(const Call &call, Engine &engine)
{
    return call.caller().isUsedUp() ? ofToken(call, engine, std::nullopt) : answer(call, call.caller());
}

Result<Response> capabilitiesAccessor(const Call &call, Engine &engine)
{
    const std::string accessor = call.inPath("accessor");
    if (accessor.empty())
        return invalidRequest("missing accessor");
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const Nanoseconds now = call.router().now();
    const auto token = engine.store.read([&](store::Session &session) -> Result<std::optional<auth::Token>> {
        return auth::findTokenByAccessor(session, **seal, accessor, now);
    });
    if (!token)
        return token.error();
    if (*token ? (*token)->ns != call.ns() : isAccessorElsewhere(call, accessor))
        return wrapped(500, "cannot lookup token in different namespace");
    const bool own = call.caller().isUsedUp() && call.caller().token->accessor == accessor;
    return *token || own ? ofToken(call, engine, *token) : wrapped(400, "invalid accessor");
}

json::object valuesJson(const policy::ParameterRules &rules)
{
    json::object shown;
    for (const auto &[name, values] : rules)
        shown[name] = json::array(values.begin(), values.end());
    return shown;
}

json::object grantJson(const policy::Grant &grant)
{
    constexpr Nanoseconds Second = 1'000'000'000;
    const auto names = grant.capabilities.empty() ? std::vector<std::string>{"deny"} : grant.capabilities.names();
    json::object shown{{"capabilities", json::value_from(names)}};
    if (grant.minWrappingTtl != 0)
        shown["min_wrapping_ttl"] = grant.minWrappingTtl / Second;
    if (grant.maxWrappingTtl != 0)
        shown["max_wrapping_ttl"] = grant.maxWrappingTtl / Second;
    if (grant.allowedParameters)
        shown["allowed_parameters"] = valuesJson(*grant.allowedParameters);
    if (grant.deniedParameters)
        shown["denied_parameters"] = valuesJson(*grant.deniedParameters);
    if (!grant.requiredParameters.empty())
        shown["required_parameters"] = json::value_from(grant.requiredParameters);
    return shown;
}

/// What the caller's rules come to. [Q] Those that hold a `+` are left out.
Result<Response> resultantAcl(const Call &call, Engine &)
{
    if (call.caller().isUsedUp()) // [Q] it is looked for once more
        return refusedByRules();
    const policy::Acl *acl = call.caller().acl.get();
    if (acl && acl->isRoot())
        return Response::of({{"root", true}});
    const std::string ns = call.caller().token ? call.caller().token->nsPath : std::string();
    json::object exact;
    json::object globs;
    for (const policy::MergedRule &rule : acl ? acl->rules() : std::vector<policy::MergedRule>()) {
        json::object shown = grantJson(rule.grant);
        if (rule.pattern.kind() == policy::PathPattern::Kind::Exact)
            exact[ns + rule.pattern.text()] = std::move(shown);
        else if (rule.pattern.kind() == policy::PathPattern::Kind::Prefix)
            globs[ns + std::string(rule.pattern.stem())] = std::move(shown);
    }
    return Response::of({{"root", false}, {"exact_paths", std::move(exact)}, {"glob_paths", std::move(globs)}});
}

} // namespace

std::vector<Route> capabilityRoutes()
{
    const Field paths{"paths", FieldType::List};
    const Field path{"path", FieldType::List};
    return {
        {"sys/capabilities", {{"token"}, paths, path}, {{Operation::Update, EngineHandler(capabilities)}}},
        {"sys/capabilities-self", {{"token"}, paths, path}, {{Operation::Update, EngineHandler(capabilitiesSelf)}}},
        {"sys/capabilities-accessor",
         {{"accessor"}, paths, path},
         {{Operation::Update, EngineHandler(capabilitiesAccessor)}}},
        {"sys/internal/ui/resultant-acl", {}, {{Operation::Read, EngineHandler(resultantAcl)}}},
    };
}

} // namespace kith::core
