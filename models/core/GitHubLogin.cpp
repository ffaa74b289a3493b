// SPDX-License-Identifier: Apache-2.0
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

/// What was asked, and who it is.
struct Asked {
    auth::Questions::Asked question;
    auth::GitHubUser user;
};

/// Asks GitHub, when it is this one's turn.
Result<Asked> ask(Engine &engine, const GitHubConfig &config, const identity::MountEntry &mount,
                  const std::string &token, auth::LoginTurns::For purpose)
{
    const auto turn = engine.loginTurns->take(mount.accessor, purpose);
    if (!turn)
        return Error{ErrorCode::TimedOut, 400, "too many logins wait for GitHub on this mount", {}};
    Asked asked{engine.loginTurns->questions().ask(), {}};
    auto user = auth::askGitHub(config, token);
    if (!user)
        return user.error();
    asked.user = std::move(*user);
    return asked;
}

/// What the mount makes of somebody whom GitHub knows.
Result<auth::Login> loginOf(const store::Entries &entries, const GitHubConfig &config, const Asked &asked,
                            const std::string &token)
{
    const auth::GitHubUser &user = asked.user;
    const auto ofTeams = auth::GitHubTeams.policies(entries, user.teams);
    if (!ofTeams)
        return ofTeams.error();
    const auto own = auth::GitHubUsers.policies(entries, {user.login});
    if (!own)
        return own.error();
    auth::Login login;
    login.question = asked.question;
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

Error changedMeanwhile()
{
    return invalidRequest("the configuration of this mount was changed meanwhile");
}

/// In the write of the login: what the mount says may have changed while GitHub was asked.
Result<auth::Login> admit(const Call &call, store::WriteSession &session, const GitHubConfig &before,
                          const Asked &asked, const std::string &token)
{
    if (auto stays = checkMountStays(call, session); !stays)
        return stays.error();
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<auth::Login> {
        const auto config = configIn(entries);
        if (!config)
            return config.error();
        if (auth::gitHubConfigJson(*config) != auth::gitHubConfigJson(before))
            return changedMeanwhile();
        if (auto right = checkPlace(call, config->token); !right)
            return right.error();
        return loginOf(entries, *config, asked, token);
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
    if (auto right = checkPlace(call, config->token); !right)
        return right.error();
    const auto asked = ask(engine, *config, call.mount(), *token, auth::LoginTurns::For::Logins);
    if (!asked)
        return asked.error();
    return finishLogin(call, engine, {},
                       [&](store::WriteSession &session) { return admit(call, session, *config, *asked, *token); });
}

} // namespace

Result<auth::Login> recogniseGitHub(const Call &call, Engine &engine, const identity::MountEntry &mount,
                                    const auth::Token &token)
{
    const auto config = readOfMount(call, engine, mount.id, configIn);
    if (!config)
        return config.error();
    const std::string kept = store::textIn(keptOfLogin(token), "token");
    const auto asked = ask(engine, *config, mount, kept, auth::LoginTurns::For::Renewals);
    if (!asked)
        return asked.error();
    return readOfMount(call, engine, mount.id, [&](const store::Entries &entries) -> Result<auth::Login> {
        const auto now = configIn(entries);
        if (!now)
            return now.error();
        return auth::gitHubConfigJson(*now) == auth::gitHubConfigJson(*config) ? loginOf(entries, *now, *asked, kept)
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
