// SPDX-License-Identifier: Apache-2.0
// sys/capabilities, -self, -accessor, and what a token's rules come to (spec/engine.md §9.5).
#include "auth/Tokens.h"
#include "core/Callers.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "store/Json.h"

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

Error noPaths()
{
    return invalidRequest("paths must be supplied");
}

Result<void> checkPaths(const std::vector<std::string> &paths)
{
    if (std::find(paths.begin(), paths.end(), std::string()) != paths.end())
        return wrapped(400, "missing path");
    return {};
}

Result<Response> answer(const Call &call, const policy::Acl *acl)
{
    const auto paths = askedPaths(call);
    if (paths.empty())
        return noPaths();
    if (auto named = checkPaths(paths); !named)
        return named.error();
    json::object data;
    for (const std::string &path : paths) {
        const std::string_view bare = path.starts_with('/') ? std::string_view(path).substr(1) : path;
        data[path] = json::value_from(acl ? acl->capabilities(bare) : std::vector<std::string>{"deny"});
    }
    if (paths.size() == 1)
        data["capabilities"] = data[paths.front()];
    Response response = Response::of(std::move(data));
    response.body = Body::Merged;
    return response;
}

/// For a token found by a look-up that fails with `unknown`.
template <class Find>
Result<Response> ofToken(const Call &call, Engine &engine, Find find, const char *unknown)
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const auto token = engine.store.read(
        [&](store::Session &session) -> Result<std::optional<auth::Token>> { return find(session, **seal); });
    if (!token)
        return token.error();
    if (!*token)
        return wrapped(400, unknown);
    const auto caller = engine.callers->of(**token);
    if (!caller && caller.error().status == 403 && caller.error().wire == "permission denied")
        return wrapped(400, unknown); // [Q] as if there were no such token
    if (!caller)
        return wrapped(caller.error().status, caller.error().wire);
    return answer(call, caller->acl.get());
}

Result<Response> capabilities(const Call &call, Engine &engine)
{
    const json::value *sent = call.any("token");
    const bool isText = sent && sent->is_string() && !store::keptNumber(*sent);
    const std::string secret = isText ? std::string(sent->get_string()) : std::string();
    if (secret.empty())
        return wrapped(500, "no token found");
    const auto paths = askedPaths(call);
    if (paths.empty())
        return noPaths();
    if (paths.front().empty()) // [Q] the token is looked for at the first path that has a name
        return wrapped(400, "missing path");
    const Nanoseconds now = call.router().now();
    return ofToken(
        call, engine,
        [&](store::Session &session, const store::Seal &seal) { return auth::findToken(session, seal, secret, now); },
        "invalid token");
}

Result<Response> capabilitiesSelf(const Call &call, Engine &)
{
    if (call.caller().token && call.caller().token->uses < 0) // [Q] this was its last use, so it isn't found any more
        return wrapped(400, "invalid token");
    return answer(call, call.caller().acl.get());
}

Result<Response> capabilitiesAccessor(const Call &call, Engine &engine)
{
    const std::string accessor = call.inPath("accessor");
    if (accessor.empty())
        return invalidRequest("missing accessor");
    const Nanoseconds now = call.router().now();
    return ofToken(
        call, engine,
        [&](store::Session &session, const store::Seal &seal) {
            return auth::findTokenByAccessor(session, seal, accessor, now);
        },
        "invalid accessor");
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
    json::object shown{{"capabilities", json::value_from(grant.capabilities.names())}};
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
    const policy::Acl *acl = call.caller().acl.get();
    if (acl && acl->isRoot())
        return Response::of({{"root", true}});
    json::object exact;
    json::object globs;
    for (const policy::MergedRule &rule : acl ? acl->rules() : std::vector<policy::MergedRule>()) {
        json::object shown = grantJson(rule.grant);
        if (rule.pattern.kind() == policy::PathPattern::Kind::Exact)
            exact[rule.pattern.text()] = std::move(shown);
        else if (rule.pattern.kind() == policy::PathPattern::Kind::Prefix)
            globs[rule.pattern.stem()] = std::move(shown);
    }
    return Response::of({{"root", false}, {"exact_paths", std::move(exact)}, {"glob_paths", std::move(globs)}});
}

} // namespace

std::vector<Route> capabilityRoutes()
{
    const Field paths{"paths", FieldType::List};
    const Field path{"path", FieldType::List};
    return {
        {"sys/capabilities",
         {{"token", FieldType::Any}, paths, path},
         {{Operation::Update, EngineHandler(capabilities)}}},
        {"sys/capabilities-self", {{"token"}, paths, path}, {{Operation::Update, EngineHandler(capabilitiesSelf)}}},
        {"sys/capabilities-accessor",
         {{"accessor"}, paths, path},
         {{Operation::Update, EngineHandler(capabilitiesAccessor)}}},
        {"sys/internal/ui/resultant-acl", {}, {{Operation::Read, EngineHandler(resultantAcl)}}},
    };
}

} // namespace kith::core
