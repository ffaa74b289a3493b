// SPDX-License-Identifier: Apache-2.0
#include "core/LoginPath.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/TokenParameters.h"

#include "auth/Passwords.h"
#include "auth/Users.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::User;

Result<bool> userExists(const Call &call, store::Session &session)
{
    const auto seal = sealOf(call);
    return seal && auth::hasUser(store::Entries(session, **seal, call.mount().id), call.inPath("username"));
}

Result<Response> readUser(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &users) -> Result<Response> {
        const auto user = auth::findUser(users, call.inPath("username"));
        if (!user)
            return user.error();
        return *user ? Response::of(shownSettings((*user)->token, (*user)->oldNames)) : notFound();
    });
}

Result<Response> listUsers(const Call &call, store::Session &session)
{
    return withEntries(call, session, [&](const store::Entries &users) -> Result<Response> {
        const auto names =
            auth::userNames(users, call.text("after").value_or(std::string()), call.number("limit").value_or(0));
        return listOf(json::array(names.begin(), names.end()));
    });
}

Result<Response> deleteUser(const Call &call, store::WriteSession &session)
{
    return withEntries(call, session, [&](const store::Entries &users) -> Result<Response> {
        auth::deleteUser(users, call.inPath("username"));
        return Response::noContent();
    });
}

Error bothPasswords()
{
    return invalidRequest("only one of password or password_hash may be provided");
}

/// The hash that the request gives, or of the password that it gives; empty: neither. Slow.
Result<std::string> newHash(const Call &call, Engine &engine)
{
    const std::string password = call.inPath("password");
    const std::string hash = call.inPath("password_hash");
    if (!password.empty() && !hash.empty())
        return bothPasswords();
    if (!password.empty())
        return engine.passwords->hash(password);
    if (hash.empty())
        return std::string();
    const int cost = auth::Passwords::costOf(hash);
    if (cost == 0)
        return invalidRequest("password_hash is not a valid bcrypt hash");
    if (cost < auth::Passwords::LeastCost)
        return invalidRequest("bcrypt cost of " + std::to_string(cost) + " is too low, want " +
                              std::to_string(auth::Passwords::LeastCost) + " at minimum");
    return hash;
}

Error missingPassword()
{
    return invalidRequest("must provide either password or password_hash");
}

/// Changes a user in one write: `change` gets the user, or a new one.
template <class Change>
Result<Response> changeUser(const Call &call, Engine &engine, Change &&change)
{
    return engine.store.write([&](store::WriteSession &session) {
        return withEntries(call, session, [&](const store::Entries &users) -> Result<Response> {
            auto user = auth::findUser(users, call.inPath("username"));
            if (!user)
                return user.error();
            const bool known = user->has_value();
            auto response = change(*user);
            if (!response)
                return response;
            auth::saveUser(users, call.inPath("username"), **user);
            if (!known)
                forgetGuesses(call, session, foldCase(call.inPath("username")));
            return response;
        });
    });
}

/// What the request says of the user's tokens.
Result<Response> changeSettings(const Call &call, User &user)
{
    std::vector<std::string> warnings;
    if (auto read = readTokenParameters(call, user.token, warnings); !read)
        return read.error();
    if (auto read = takeOldNames(call, {"policies", "ttl", "max_ttl", "bound_cidrs"}, user.token, user.oldNames); !read)
        return read.error();
    return doneWith(std::move(warnings));
}

/// The user as he is before anything slow is begun; names compare case-insensitively.
Result<std::optional<User>> currentUser(const Call &call, Engine &engine)
{
    return readOfMount(call, engine, call.mount().id,
                       [&](const store::Entries &users) { return auth::findUser(users, call.inPath("username")); });
}

Result<Response> saveUser(const Call &call, Engine &engine)
{
    auto current = currentUser(call, engine);
    if (!current)
        return current.error();
    if (!*current && !call.inPath("password").empty() && !call.inPath("password_hash").empty())
        return bothPasswords();
    if (!*current && call.inPath("password").empty() && call.inPath("password_hash").empty())
        return missingPassword();
    User tried = current->value_or(User());
    std::vector<std::string> warnings;
    if (auto read = readTokenParameters(call, tried.token, warnings); !read)
        return read.error();
    const auto hash = newHash(call, engine);
    if (!hash)
        return hash.error();
    if (auto changed = changeSettings(call, tried); !changed) // settings by their old names come last
        return changed;
    return changeUser(call, engine, [&](std::optional<User> &user) -> Result<Response> {
        if (!user && hash->empty())
            return missingPassword();
        if (!user)
            user.emplace();
        if (!hash->empty())
            user->passwordHash = *hash;
        return changeSettings(call, *user);
    });
}

Error unknownUser()
{
    return rawError("username does not exist");
}

Result<Response> savePassword(const Call &call, Engine &engine)
{
    const auto current = currentUser(call, engine);
    if (!current)
        return current.error();
    if (!*current)
        return unknownUser();
    const auto hash = newHash(call, engine);
    if (!hash)
        return hash.error();
    return changeUser(call, engine, [&](std::optional<User> &user) -> Result<Response> {
        if (!user)
            return unknownUser();
        if (hash->empty())
            return missingPassword();
        user->passwordHash = *hash;
        return Response::noContent();
    });
}

Result<Response> savePolicies(const Call &call, Engine &engine)
{
    return changeUser(call, engine, [&](std::optional<User> &user) -> Result<Response> {
        if (!user)
            return unknownUser();
        if (takesOldName(call, "policies", "token_policies", user->oldNames)) {
            const auto names = call.has("token_policies") ? call.list("token_policies") : call.list("policies");
            user->token.policies = auth::cleanTokenPolicies(names.value_or(std::vector<std::string>()));
        }
        return Response::noContent();
    });
}

/// Whoever had the password of `hash`, in the write of the login: he may have lost it while it was compared.
Result<auth::Login> admit(const Call &call, store::WriteSession &session, const std::string &name,
                          const std::string &hash)
{
    return withEntries(call, session, [&](const store::Entries &users) -> Result<auth::Login> {
        const auto user = auth::findUser(users, name);
        if (!user)
            return user.error();
        if (!*user || (*user)->passwordHash != hash)
            return wrongCredentials("invalid username or password");
        if (auto right = checkPlace(call, (*user)->token); !right)
            return right.error();
        auth::Login login;
        login.aliasName = name;
        login.token = (*user)->token;
        login.displayName = name;
        login.meta = {{"username", name}};
        login.renewal = {{"username", name}};
        return login;
    });
}

/// Nobody learns from status, text or time whether the user exists.
Result<Response> logIn(const Call &call, Engine &engine)
{
    const auto password = loginText(call, "password");
    if (!password)
        return password.error();
    const std::string name = foldCase(call.inPath("username"));
    if (auto free = checkLockout(call, engine, name); !free)
        return free.error();
    if (password->empty())
        return loginError("missing password");
    const auto user = currentUser(call, engine);
    if (!user)
        return user.error();
    if (!*user) {
        engine.passwords->pretend(*password);
        countFailure(call, engine, name, auth::Lockouts::Who::Unknown);
        return wrongCredentials("invalid username or password");
    }
    if (!engine.passwords->matches(*password, (*user)->passwordHash)) {
        countFailure(call, engine, name, auth::Lockouts::Who::Known);
        return wrongCredentials("invalid username or password");
    }
    return finishLogin(call, engine, name,
                       [&](store::WriteSession &session) { return admit(call, session, name, (*user)->passwordHash); });
}

} // namespace

std::vector<Route> userpassRoutes()
{
    const std::vector<Field> passwords{{"password"}, {"password_hash"}};
    std::vector<Field> settings = withTokenFields({{"password"},
                                                   {"password_hash"},
                                                   {"policies", FieldType::List},
                                                   {"ttl", FieldType::Duration},
                                                   {"max_ttl", FieldType::Duration},
                                                   {"bound_cidrs", FieldType::List}});
    Route user{"users/:username",
               std::move(settings),
               {{Operation::Read, ReadHandler(readUser)},
                {Operation::Update, EngineHandler(saveUser)},
                {Operation::Delete, WriteHandler(deleteUser)}}};
    user.exists = userExists;
    return {
        {"login/:username", {{"password", FieldType::Any}}, {{Operation::Update, EngineHandler(logIn)}}, Gate::Public},
        {"login/:rest*", {}, unsupportedPath(), Gate::Public},
        {"users/", {{"after"}, {"limit", FieldType::Int}}, {{Operation::List, ReadHandler(listUsers)}}},
        {"users/:username/password", passwords, {{Operation::Update, EngineHandler(savePassword)}}},
        {"users/:username/policies",
         {{"policies", FieldType::List}, {"token_policies", FieldType::List}},
         {{Operation::Update, EngineHandler(savePolicies)}}},
        std::move(user),
    };
}

} // namespace kith::core
