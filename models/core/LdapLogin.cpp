// SPDX-License-Identifier: Apache-2.0
#include "auth/Cidr.h"
#include "auth/LdapConfig.h"
#include "auth/LdapDirectory.h"
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

/// What became of it: who it is, or why it is nobody.
struct Recognised {
    LdapAnswer answer;
    auth::Login login;
};

Error wrongPassword()
{
    return wrongCredentials("ldap operation failed: failed to bind as user");
}

Result<LdapConfig> configOf(const Call &call, Engine &engine, MountId mount)
{
    return readOfMount(call, engine, mount, [](const store::Entries &entries) -> Result<LdapConfig> {
        auto config = auth::findLdapConfig(entries);
        if (!config)
            return config.error();
        return *config ? Result<LdapConfig>(std::move(**config)) : invalidRequest("ldap backend not configured");
    });
}

/// Adds the user's own groups to those of the directory, and the policies of all.
Result<void> addMapped(const store::Entries &entries, const LdapConfig &config, const std::string &username,
                       auth::Login &login)
{
    const auto kept = [&](const std::string &name) { return config.caseSensitiveNames ? name : foldCase(name); };
    const auto user = auth::findLdapMapping(entries, LdapMapped::User, kept(username));
    if (!user)
        return user.error();
    std::vector<std::string> groups;
    for (const std::string &group : *login.groupAliases)
        groups.push_back(kept(group));
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

/// Asks the directory, when it is this one's turn. The answer of whom it doesn't recognise comes without a login.
Result<Recognised> recognise(const Call &call, Engine &engine, const LdapConfig &config, const Bearer &bearer)
{
    Recognised recognised;
    {
        const auto turn = engine.loginTurns->take(bearer.mount.accessor);
        if (!turn)
            return Error{ErrorCode::TimedOut,
                         400,
                         "ldap operation failed: too many logins wait for the directory of this mount",
                         {}};
        auto answer = auth::askDirectory(config, bearer.username, bearer.password);
        if (!answer)
            return answer.error();
        recognised.answer = std::move(*answer);
    }
    if (recognised.answer.verdict != LdapAnswer::Verdict::Recognised)
        return recognised;
    auth::Login &login = recognised.login;
    login.aliasName = recognised.answer.aliasName;
    login.aliasMetadata = {{"name", bearer.username}};
    login.groupAliases = recognised.answer.groups;
    login.token = config.token;
    login.displayName = bearer.username;
    login.meta = {{"username", bearer.username}};
    login.renewal = {{"username", bearer.username}, {"password", bearer.password}};
    const auto mapped = readOfMount(call, engine, bearer.mount.id, [&](const store::Entries &entries) {
        return addMapped(entries, config, bearer.username, login);
    });
    if (!mapped)
        return mapped.error();
    return recognised;
}

Result<Response> logIn(const Call &call, Engine &engine)
{
    const auto password = loginText(call, "password");
    if (!password)
        return password.error();
    const Bearer bearer{call.mount(), call.inPath("username"), *password};
    const std::string name = foldCase(bearer.username);
    if (auto free = checkLockout(call, engine, name); !free)
        return free.error();
    const auto config = configOf(call, engine, bearer.mount.id);
    if (!config)
        return config.error();
    const std::vector<std::string> &places = config->token.boundCidrs;
    if (!places.empty() && !auth::isWithin(places, call.request().peer.address))
        return Error{ErrorCode::PermissionDenied, 403, "permission denied", {}};
    if (config->denyNullBind && password->empty())
        return invalidRequest("password cannot be of zero length when passwordless binds are being denied");
    auto recognised = recognise(call, engine, *config, bearer);
    if (!recognised)
        return recognised.error();
    if (recognised->answer.verdict != LdapAnswer::Verdict::Recognised) {
        const bool known = recognised->answer.verdict == LdapAnswer::Verdict::WrongPassword;
        countFailure(call, engine, name, known ? auth::Lockouts::Who::Known : auth::Lockouts::Who::Unknown);
        return wrongPassword();
    }
    const bool lacksGroups = !config->groupDn.empty() && recognised->answer.groups.empty();
    auto response = finishLogin(call, engine, std::move(recognised->login), name);
    if (response && response->auth && lacksGroups)
        response->warnings.push_back("no LDAP groups found in groupDN " + inQuotes(config->groupDn) +
                                     "; only policies from locally-defined groups available");
    return response;
}

} // namespace

Result<auth::Login> recogniseLdap(const Call &call, Engine &engine, const identity::MountEntry &mount,
                                  const auth::Token &token)
{
    const auto config = configOf(call, engine, mount.id);
    if (!config)
        return config.error();
    const boost::json::object kept = keptOfLogin(token);
    auto recognised =
        recognise(call, engine, *config, {mount, store::textIn(kept, "username"), store::textIn(kept, "password")});
    if (!recognised)
        return recognised.error();
    if (recognised->answer.verdict != LdapAnswer::Verdict::Recognised)
        return wrongPassword();
    return std::move(recognised->login);
}

std::vector<Route> ldapLoginRoutes()
{
    return {
        {"login/:username+", {{"password", FieldType::Any}}, {{Operation::Update, EngineHandler(logIn)}}, Gate::Public},
        {"login/:rest*", {}, unsupportedPath(), Gate::Public},
    };
}

} // namespace kith::core
