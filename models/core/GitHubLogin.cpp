// SPDX-License-Identifier: Apache-2.0
#include "auth/Cidr.h"
#include "auth/GitHub.h"
#include "auth/LoginTurns.h"
#include "core/LoginPath.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "store/Json.h"

namespace kith::core {

namespace {

using auth::GitHubConfig;

Result<GitHubConfig> configIn(const store::Entries &entries)
{
    auto config = auth::findGitHubConfig(entries);
    if (!config)
        return config.error();
    return *config ? Result<GitHubConfig>(std::move(**config)) : invalidRequest("configuration has not been set");
}

/// Asks GitHub, when it is this one's turn.
Result<auth::GitHubUser> ask(Engine &engine, const GitHubConfig &config, const identity::MountEntry &mount,
                             const std::string &token)
{
    const auto turn = engine.loginTurns->take(mount.accessor);
    if (!turn)
        return Error{ErrorCode::TimedOut, 400, "too many logins wait for GitHub on this mount", {}};
    return auth::askGitHub(config, token);
}

/// What the mount makes of somebody whom GitHub knows.
Result<auth::Login> loginOf(const store::Entries &entries, const GitHubConfig &config, const auth::GitHubUser &user,
                            const std::string &token)
{
    const auto ofTeams = auth::GitHubTeams.policies(entries, user.teams);
    if (!ofTeams)
        return ofTeams.error();
    const auto own = auth::GitHubUsers.policies(entries, {user.login});
    if (!own)
        return own.error();
    auth::Login login;
    login.aliasName = user.login;
    login.groupAliases = user.teams;
    login.token = config.token;
    for (const auto *policies : {&*ofTeams, &*own})
        login.token.policies.insert(login.token.policies.end(), policies->begin(), policies->end());
    login.displayName = user.login;
    login.meta = {{"username", user.login}, {"org", user.organization}};
    login.renewal = {{"token", token}};
    return login;
}

Result<void> checkPlace(const Call &call, const GitHubConfig &config)
{
    const std::vector<std::string> &places = config.token.boundCidrs;
    if (!places.empty() && !auth::isWithin(places, call.request().peer.address))
        return Error{ErrorCode::PermissionDenied, 403, "permission denied", {}};
    return {};
}

Error changedMeanwhile()
{
    return invalidRequest("the configuration of this mount was changed meanwhile");
}

/// In the write of the login: what the mount says may have changed while GitHub was asked.
Result<Admission> admit(const Call &call, store::WriteSession &session, const GitHubConfig &asked,
                        const auth::GitHubUser &user, const std::string &token)
{
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<Admission> {
        const auto config = configIn(entries);
        if (!config)
            return config.error();
        if (auth::gitHubConfigJson(*config) != auth::gitHubConfigJson(asked))
            return changedMeanwhile();
        if (auto right = checkPlace(call, *config); !right)
            return right.error();
        auto login = loginOf(entries, *config, user, token);
        if (!login)
            return login.error();
        return std::move(*login);
    });
}

Result<Response> logIn(const Call &call, Engine &engine)
{
    const auto token = loginText(call, "token");
    if (!token)
        return token.error();
    const auto config = readOfMount(call, engine, call.mount().id, configIn);
    if (!config)
        return config.error();
    if (auto right = checkPlace(call, *config); !right)
        return right.error();
    const auto user = ask(engine, *config, call.mount(), *token);
    if (!user)
        return user.error();
    const auto write = loginWrite(
        call, engine, {}, [&](store::WriteSession &session) { return admit(call, session, *config, *user, *token); });
    return write ? engine.store.write(*write) : write.error();
}

} // namespace

Result<auth::Login> recogniseGitHub(const Call &call, Engine &engine, const identity::MountEntry &mount,
                                    const auth::Token &token)
{
    const auto config = readOfMount(call, engine, mount.id, configIn);
    if (!config)
        return config.error();
    const std::string kept = store::textIn(keptOfLogin(token), "token");
    const auto user = ask(engine, *config, mount, kept);
    if (!user)
        return user.error();
    return readOfMount(call, engine, mount.id, [&](const store::Entries &entries) -> Result<auth::Login> {
        const auto now = configIn(entries);
        if (!now)
            return now.error();
        return auth::gitHubConfigJson(*now) == auth::gitHubConfigJson(*config) ? loginOf(entries, *now, *user, kept)
                                                                               : changedMeanwhile();
    });
}

std::vector<Route> gitHubLoginRoutes()
{
    return {
        {"login", {{"token", FieldType::Any}}, {{Operation::Update, EngineHandler(logIn)}}, Gate::Public},
    };
}

} // namespace kith::core
