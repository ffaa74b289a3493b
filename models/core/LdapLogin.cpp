// SPDX-License-Identifier: Apache-2.0
#include "auth/LdapConfig.h"
#include "auth/LdapDirectory.h"
#include "auth/LdapText.h"
#include "auth/LoginTurns.h"
#include "core/LoginPath.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::core {

namespace {

using auth::LdapAnswer;
using auth::LdapConfig;
using auth::LdapMapped;

/// Somebody with a password, on a mount.
struct Bearer {
    const identity::MountEntry &mount;
    std::string username; ///< As it was typed.
    std::string password;
};

/// What was asked, and what came of it.
struct Asked {
    auth::Questions::Asked question;
    LdapAnswer answer;
};

Error wrongPassword()
{
    return wrongCredentials("ldap operation failed: failed to bind as user");
}

Result<LdapConfig> configIn(const store::Entries &entries)
{
    auto config = auth::findLdapConfig(entries);
    if (!config)
        return config.error();
    return *config ? Result<LdapConfig>(std::move(**config)) : invalidRequest("ldap backend not configured");
}

/// Adds the user's own groups to those of the directory, and the policies of all.
Result<void> addMapped(const store::Entries &entries, const LdapConfig &config, const std::string &username,
                       auth::Login &login)
{
    const auto user = auth::findLdapMapping(entries, LdapMapped::User, auth::keptLdapName(config, username));
    if (!user)
        return user.error();
    std::vector<std::string> groups;
    for (const std::string &group : *login.groupAliases)
        groups.push_back(auth::keptLdapName(config, group));
    if (*user) {
        groups.insert(groups.end(), (*user)->groups.begin(), (*user)->groups.end());
        login.token.policies.insert(login.token.policies.end(), (*user)->policies.begin(), (*user)->policies.end());
    }
    std::sort(groups.begin(), groups.end());
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    for (const std::string &name : groups) {
        const auto group = auth::findLdapMapping(entries, LdapMapped::Group, name);
        if (!group)
            return group.error();
        if (*group)
            login.token.policies.insert(login.token.policies.end(), (*group)->policies.begin(),
                                        (*group)->policies.end());
    }
    login.groupAliases = std::move(groups);
    return {};
}

/// What the mount makes of somebody whom the directory recognised.
Result<auth::Login> loginOf(const store::Entries &entries, const LdapConfig &config, const Bearer &bearer,
                            const Asked &asked)
{
    const LdapAnswer &answer = asked.answer;
    auth::Login login;
    login.question = asked.question;
    login.aliasName = answer.aliasName;
    login.aliasMetadata = {{"name", bearer.username}};
    login.groupAliases = answer.groups;
    login.token = config.token;
    login.displayName = bearer.username;
    login.meta = {{"username", bearer.username}};
    login.renewal = {{"username", bearer.username}, {"password", bearer.password}};
    if (auto mapped = addMapped(entries, config, bearer.username, login); !mapped)
        return mapped.error();
    return login;
}

/// What no directory may be asked: of who logs in, and of whom a renewal asks again.
Result<void> checkQuestion(const LdapConfig &config, const Bearer &bearer)
{
    constexpr std::size_t LongestPassword = 4096; // bytes
    if (auto right = auth::checkLdapUsername(bearer.username); !right)
        return right;
    if (bearer.password.size() > LongestPassword)
        return invalidRequest("password is too long");
    if (config.denyNullBind && bearer.password.empty())
        return invalidRequest("password cannot be of zero length when passwordless binds are being denied");
    return {};
}

/// Asks the directory, when it is this one's turn. `lockoutAlias`: who may have been locked out by then; empty: it is
/// for a renewal.
Result<Asked> ask(const Call &call, Engine &engine, const LdapConfig &config, const Bearer &bearer,
                  const std::string &lockoutAlias)
{
    if (auto right = checkQuestion(config, bearer); !right)
        return right.error();
    const auto turn = engine.loginTurns->take(
        bearer.mount.accessor, lockoutAlias.empty() ? auth::LoginTurns::For::Renewals : auth::LoginTurns::For::Logins);
    if (!turn)
        return Error{ErrorCode::TimedOut,
                     400,
                     "ldap operation failed: too many logins wait for the directory of this mount",
                     {}};
    if (!lockoutAlias.empty())
        if (auto free = checkLockout(call, engine, lockoutAlias); !free)
            return free.error();
    Asked asked{engine.loginTurns->questions().ask(), {}};
    auto answer = auth::askDirectory(config, bearer.username, bearer.password);
    if (!answer)
        return answer.error();
    asked.answer = std::move(*answer);
    return asked;
}

Error changedMeanwhile()
{
    return invalidRequest("ldap operation failed: the configuration of this mount was changed meanwhile");
}

/// In the write of the login: what the mount says may have changed while the directory was asked.
Result<auth::Login> admit(const Call &call, store::WriteSession &session, const LdapConfig &before,
                          const Bearer &bearer, const Asked &asked)
{
    if (auto stays = checkMountStays(call, session); !stays)
        return stays.error();
    return withEntries(call, session, [&](const store::Entries &entries) -> Result<auth::Login> {
        const auto config = configIn(entries);
        if (!config)
            return config.error();
        if (!auth::asksTheSame(*config, before))
            return changedMeanwhile();
        if (auto right = checkPlace(call, config->token); !right)
            return right.error();
        return loginOf(entries, *config, bearer, asked);
    });
}

Result<Response> logIn(const Call &call, Engine &engine)
{
    const auto password = loginText(call, "password");
    if (!password)
        return password.error();
    const Bearer bearer{call.mount(), call.inPath("username"), *password};
    if (auto right = auth::checkLdapUsername(bearer.username); !right) // before a failure counts for the wrong name
        return right.error();
    const std::string name = auth::ldapNameKey(bearer.username);
    if (auto free = checkLockout(call, engine, name); !free)
        return free.error();
    const auto config = readOfMount(call, engine, bearer.mount.id, configIn);
    if (!config)
        return config.error();
    if (auto right = checkPlace(call, config->token); !right)
        return right.error();
    const auto asked = ask(call, engine, *config, bearer, name);
    if (!asked)
        return asked.error();
    const LdapAnswer &answer = asked->answer;
    if (answer.verdict != LdapAnswer::Verdict::Recognised) {
        const bool known = answer.verdict == LdapAnswer::Verdict::WrongPassword;
        countFailure(call, engine, name, known ? auth::Lockouts::Who::Known : auth::Lockouts::Who::Unknown);
        return wrongPassword();
    }
    auto response = finishLogin(call, engine, name, [&](store::WriteSession &session) -> Result<auth::Login> {
        // Somebody who tries many passwords at once may be locked out by now.
        if (auto free = checkLockout(call, engine, name); !free)
            return free.error();
        return admit(call, session, *config, bearer, *asked);
    });
    if (response && response->auth && answer.groups.empty() && !config->groupDn.empty())
        response->warnings.push_back("no LDAP groups found in groupDN " + inQuotes(config->groupDn) +
                                     "; only policies from locally-defined groups available");
    return response;
}

} // namespace

Result<auth::Login> recogniseLdap(const Call &call, Engine &engine, const identity::MountEntry &mount,
                                  const auth::Token &token)
{
    const auto config = readOfMount(call, engine, mount.id, configIn);
    if (!config)
        return config.error();
    const boost::json::object kept = keptOfLogin(token);
    const Bearer bearer{mount, store::textIn(kept, "username"), store::textIn(kept, "password")};
    const auto asked = ask(call, engine, *config, bearer, {});
    if (!asked)
        return asked.error();
    if (asked->answer.verdict != LdapAnswer::Verdict::Recognised)
        return wrongPassword();
    return readOfMount(call, engine, mount.id, [&](const store::Entries &entries) -> Result<auth::Login> {
        const auto now = configIn(entries);
        if (!now)
            return now.error();
        return auth::asksTheSame(*now, *config) ? loginOf(entries, *now, bearer, *asked) : changedMeanwhile();
    });
}

std::vector<Route> ldapLoginRoutes()
{
    return {
        {"login/:username+", {{"password", FieldType::Any}}, {{Operation::Update, EngineHandler(logIn)}}, Gate::Public},
        {"login/:rest*", {}, unsupportedPath(), Gate::Public},
    };
}

} // namespace kith::core
