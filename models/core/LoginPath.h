// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Lockouts.h"
#include "auth/Login.h"
#include "auth/Tokens.h"
#include "core/Call.h"
#include "core/Engine.h"
#include "core/Route.h"
#include "core/Secrets.h"
#include "identity/MountTable.h"

#include <functional>
#include <memory>
#include <optional>

namespace kith::core {

/// A parameter of a login. 500, bare, when it isn't a text: so the real server answers.
Result<std::string> loginText(const Call &call, std::string_view name);

/// An error of a login as the real server tells it: 500, without the frame of other raw errors.
Error loginError(std::string text);
/// 400: unknown user or wrong secret, told apart by nothing. `text` is the method's.
Error wrongCredentials(std::string text);

/// Who has failed too often and has to wait; 403 then. `alias` as the method names people, in lower case.
Result<void> checkLockout(const Call &call, Engine &engine, const std::string &alias);
/// Counts a failure, and keeps it when that locks, in a write of its own. It takes as long when nobody has the name.
void countFailure(const Call &call, Engine &engine, const std::string &alias, auth::Lockouts::Who who);
/// The same where nobody may wait: counted at once, and a write only when that locks. The call must outlive it.
Prepared refusedGuess(const Call &call, Engine &engine, const std::string &alias, auth::Lockouts::Who who, Error error);
/// Guesses of a name that nobody had don't lock out whoever has it now.
void forgetGuesses(const Call &call, store::WriteSession &session, const std::string &alias);
/// The rule of a mount: what it was tuned to, else what every core begins with.
auth::LockoutRule lockoutRule(const identity::MountEntry &mount);

/// Forgets what the process keeps of an auth mount that goes away.
void forgetMount(const Engine &engine, MountId mount, const std::string &accessor);

/// Runs `function(const store::Entries &)` -> Result<T> on what a mount keeps, in a read of its own. Status 503: the
/// core is sealed.
template <class Function>
auto readOfMount(const Call &call, Engine &engine, MountId mount, Function &&function)
    -> std::invoke_result_t<Function, const store::Entries &>
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    return engine.store.read([&](store::Session &session) { return function(store::Entries(session, **seal, mount)); });
}

/// 403: who may log in comes from one of the places in `settings`, or there are none.
Result<void> checkPlace(const Call &call, const auth::TokenSettings &settings);

/// 403, in the write of a login that asked elsewhere: the mount is gone, or another one has its id by now.
Result<void> checkMountStays(const Call &call, store::Session &session);

/// Who logs in, looked up and checked in the same write as the login.
using LoginCheck = std::function<Result<auth::Login>(store::WriteSession &)>;

/// The write of a login (spec/engine.md §7): `check`, and from step 3 the entity with its alias, external groups, the
/// token. `lockoutAlias`: whose failures are forgiven; empty: none are counted. The call must outlive it.
Result<Write> loginWrite(const Call &call, Engine &engine, const std::string &lockoutAlias, LoginCheck check);
/// The same, done: answers when it is on disk.
Result<Response> finishLogin(const Call &call, Engine &engine, const std::string &lockoutAlias, LoginCheck check);

// How long a login's token may live when it is renewed, by what its auth method says now: changes what is wished.
// `increment` is what was asked for, 0: nothing. Refused with status 500 as the method refuses; an Error of status 204:
// the method no longer knows the user, and the token stays as it is.
Result<void> renewUserpass(const Call &call, store::WriteSession &session, const auth::Token &token,
                           std::int64_t increment, auth::LifetimeWish &wish);
Result<void> renewAppRole(const Call &call, store::WriteSession &session, const auth::Token &token,
                          std::int64_t increment, auth::LifetimeWish &wish);
/// Of `jwt` and `oidc`. The entity is put into the external groups of this token's login again (spec/engine.md §7).
Result<void> renewJwt(const Call &call, store::WriteSession &session, const auth::Token &token, std::int64_t increment,
                      auth::LifetimeWish &wish);

/// Of methods whose people are known elsewhere: `login` is what was said of the bearer just now. Refused when that
/// gives other policies than the token has; else the entity is put into the groups that it names.
Result<void> renewAsRecognised(store::WriteSession &session, const identity::MountEntry &mount,
                               const auth::Token &token, const auth::Login &login, std::int64_t increment,
                               auth::LifetimeWish &wish);
/// What a directory says now (LdapLogin.cpp).
Result<auth::Login> recogniseLdap(const Call &call, Engine &engine, const identity::MountEntry &mount,
                                  const auth::Token &token);
/// What GitHub says now (GitHubLogin.cpp).
Result<auth::Login> recogniseGitHub(const Call &call, Engine &engine, const identity::MountEntry &mount,
                                    const auth::Token &token);

/// What the method of a token keeps of its login.
boost::json::object keptOfLogin(const auth::Token &token);

} // namespace kith::core
