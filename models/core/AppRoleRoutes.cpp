// SPDX-License-Identifier: Apache-2.0
#include "auth/AppRoles.h"
#include "auth/Cidr.h"
#include "auth/SecretIds.h"
#include "core/LoginPath.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/TokenParameters.h"
#include "identity/PolicyList.h"
#include "store/Text.h"

#include <iterator>
#include <utility>

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::AppRole;
using auth::SecretId;

Result<bool> roleExists(const Call &call, store::Session &session)
{
    return auth::hasRole(session, call.mount().id, call.inPath("role_name"));
}

Result<Response> readRole(const Call &call, store::Session &session)
{
    const auto role = auth::findRole(session, call.mount().id, call.inPath("role_name"));
    if (!role)
        return notFound();
    json::object shown = shownSettings(role->token, role->oldNames);
    shown["bind_secret_id"] = role->bindSecretId;
    shown["local_secret_ids"] = role->localSecretIds;
    shown["secret_id_bound_cidrs"] = nullptr;
    if (role->boundCidrs)
        shown["secret_id_bound_cidrs"] = json::array(role->boundCidrs->begin(), role->boundCidrs->end());
    shown["secret_id_num_uses"] = role->secretUses;
    shown["secret_id_ttl"] = role->secretTtl;
    return Response::of(std::move(shown));
}

Result<Response> listRoles(const Call &call, store::Session &session)
{
    const auto names = auth::roleNames(session, call.mount().id, call.text("after").value_or(std::string()),
                                       call.number("limit").value_or(0));
    return listOf(json::array(names.begin(), names.end()));
}

Result<Response> deleteRole(const Call &call, store::WriteSession &session)
{
    auth::deleteRole(session, call.mount().id, call.inPath("role_name"));
    return Response::noContent();
}

/// What is the role's own, beside the settings of its tokens.
Result<void> readSecretSettings(const Call &call, AppRole &role)
{
    if (const auto local = call.flag("local_secret_ids")) {
        if (role.id)
            return invalidRequest("local_secret_ids can only be modified during role creation");
        role.localSecretIds = *local;
    }
    if (const auto roleId = call.text("role_id"))
        role.roleId = *roleId;
    else if (!role.id)
        role.roleId = newUuid();
    if (role.roleId.empty())
        return invalidRequest("invalid role_id supplied, or failed to generate a role_id");
    role.bindSecretId = call.flag("bind_secret_id").value_or(role.bindSecretId);
    for (const std::string_view name : {"bound_cidr_list", "secret_id_bound_cidrs"})
        if (const auto blocks = call.list(name))
            role.boundCidrs = *blocks;
    if (auto right = auth::checkBlocks(role.boundCidrs.value_or(std::vector<std::string>())); !right)
        return right;
    role.secretUses = call.number("secret_id_num_uses").value_or(role.secretUses);
    if (role.secretUses < 0)
        return invalidRequest("secret_id_num_uses cannot be negative");
    role.secretTtl = call.seconds("secret_id_ttl").value_or(role.secretTtl);
    return {};
}

Result<Response> saveRole(const Call &call, store::WriteSession &session)
{
    const identity::MountEntry &mount = call.mount();
    auto role = auth::findRole(session, mount.id, call.inPath("role_name"));
    const std::string before = role ? role->roleId : std::string();
    if (!role) {
        role.emplace();
        role->mount = mount.id;
        role->name = foldCase(call.inPath("role_name"));
    }
    std::vector<std::string> warnings;
    if (auto read = readTokenParameters(call, role->token, warnings); !read)
        return read.error();
    if (auto read = takeOldNames(call, {"policies", "period"}, role->token, role->oldNames); !read)
        return read.error();
    if (auto read = readSecretSettings(call, *role); !read)
        return read.error();
    if (role->token.maxTtl > auth::leaseLimits(mount.settings.config).maxTtl)
        warnings.emplace_back("token_max_ttl is greater than the backend mount's maximum TTL value; issued tokens' max "
                              "TTL value will be truncated");
    if (auto saved = auth::saveRole(session, *role); !saved) {
        Error refusal = saved.error();
        if (!warnings.empty()) // [Q] with something to warn of it isn't the server's failure
            refusal.status = 400;
        return refusal;
    }
    if (role->roleId != before)
        forgetGuesses(call, session, role->roleId);
    return doneWith(std::move(warnings));
}

Result<Response> readRoleId(const Call &call, store::Session &session)
{
    const auto role = auth::findRole(session, call.mount().id, call.inPath("role_name"));
    return role ? Response::of(json::object{{"role_id", role->roleId}}) : notFound();
}

Result<Response> saveRoleId(const Call &call, store::WriteSession &session)
{
    auto role = auth::findRole(session, call.mount().id, call.inPath("role_name"));
    if (!role)
        return noSuchRole();
    const std::string before = std::exchange(role->roleId, call.inPath("role_id"));
    if (role->roleId.empty())
        return invalidRequest("missing role_id");
    if (auto saved = auth::saveRole(session, *role); !saved)
        return saved.error();
    if (role->roleId != before)
        forgetGuesses(call, session, role->roleId);
    return Response::noContent();
}

Error wrongIds()
{
    return wrongCredentials("invalid role or secret ID");
}

/// 400 when `address` is in none of the blocks; no blocks are no bounds. `uses`: of what has them.
Result<void> checkAddress(const std::vector<std::string> &blocks, const std::string &address, std::string_view whose,
                          std::int64_t uses = 1)
{
    if (blocks.empty() || auth::isWithin(blocks, address))
        return {};
    // The real server prints an error that isn't there; clients may match on it.
    const bool endless = uses == 0;
    return invalidRequest("source address " + inQuotes(address) + " unauthorized " + (endless ? "through" : "by") +
                          " CIDR restrictions on the " + std::string(whose) + (endless ? "" : ": %!w(<nil>)"));
}

auth::Login loginOf(const AppRole &role, const std::optional<SecretId> &secret)
{
    auth::Login login;
    login.aliasName = role.roleId;
    login.token = role.token;
    std::map<std::string, std::string> metadata;
    if (secret) {
        metadata = secret->metadata;
        if (!secret->tokenBoundCidrs.empty())
            login.token.boundCidrs = secret->tokenBoundCidrs;
    }
    metadata["role_name"] = role.name;
    login.aliasMetadata = metadata;
    login.meta = std::move(metadata);
    login.renewal = {{"role_name", role.name}};
    return login;
}

/// Who may log in: his role, and the secret id where it asks for one.
struct Known {
    AppRole role;
    std::optional<SecretId> secret;
};
/// A secret id that isn't the role's, or of a role that isn't there: it counts as a guess of that role id.
struct Guess {
    auth::Lockouts::Who who;
};

/// The whole of the check, which changes nothing. Unknown roles and unknown secret ids are refused alike, after the
/// same work.
Result<std::variant<Known, Guess>> check(const Call &call, Engine &engine, const store::Seal &seal,
                                         const std::string &roleId, const std::string &secret, store::Session &session,
                                         Nanoseconds now)
{
    const std::string &address = call.request().peer.address;
    auto role = auth::findRoleById(session, call.mount().id, roleId);
    if (auto free = checkLockout(call, engine, roleId); !free)
        return free.error();
    std::optional<SecretId> known;
    if (!role || role->bindSecretId) {
        if (secret.empty())
            return invalidRequest("missing secret_id");
        known = auth::findSecretId(session, seal, role ? role->id : AppRoleId(), secret, now);
        if (!known)
            return Guess{role ? auth::Lockouts::Who::Known : auth::Lockouts::Who::Unknown};
        if (std::string why =
                auth::whyNotWithin(role->boundCidrs.value_or(std::vector<std::string>()), known->boundCidrs);
            !why.empty())
            return loginError(std::move(why));
        if (auto right = checkAddress(known->boundCidrs, address, "secret ID", known->uses); !right)
            return right.error();
    }
    if (!role)
        return wrongIds();
    if (auto right = checkAddress(role->boundCidrs.value_or(std::vector<std::string>()), address, "role"); !right)
        return right.error();
    return Known{std::move(*role), std::move(known)};
}

/// In the write of the login all is checked again: nobody uses up the secret id or takes the role away meanwhile.
Result<auth::Login> admit(const Call &call, Engine &engine, const store::Seal &seal, const std::string &roleId,
                          const std::string &secret, store::WriteSession &session)
{
    auto checked = check(call, engine, seal, roleId, secret, session, session.now);
    if (!checked)
        return checked.error();
    if (std::holds_alternative<Guess>(*checked)) // a moment ago it was right
        return wrongIds();
    const auto &[role, known] = std::get<Known>(*checked);
    if (known)
        auth::countUse(session, *known);
    return loginOf(role, known);
}

Result<std::string> trimmedLoginText(const Call &call, std::string_view name)
{
    const auto text = loginText(call, name);
    return text ? Result<std::string>(identity::trimmed(*text)) : text;
}

Result<Prepared> logIn(const Call &call, Engine &engine)
{
    const auto roleId = trimmedLoginText(call, "role_id");
    if (!roleId)
        return roleId.error();
    const auto secret = trimmedLoginText(call, "secret_id");
    if (!secret)
        return secret.error();
    if (roleId->empty())
        return loginError("missing role_id");
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    // Guesses are refused here, so that they don't keep the writer from what others write.
    const auto checked = engine.store.read([&](store::Session &session) {
        return check(call, engine, **seal, *roleId, *secret, session, engine.store.clock().now());
    });
    if (!checked)
        return checked.error();
    if (const auto *guess = std::get_if<Guess>(&*checked))
        return refusedGuess(call, engine, *roleId, guess->who, wrongIds());
    auto write =
        loginWrite(call, engine, *roleId,
                   [&call, &engine, seal = *seal, roleId = *roleId, secret = *secret](store::WriteSession &session) {
                       return admit(call, engine, *seal, roleId, secret, session);
                   });
    if (!write)
        return write.error();
    return Prepared(std::move(*write));
}

/// [Q] It is looked for the role before it is seen that nobody logs in.
Result<Response> noLogin(const Call &call, Engine &)
{
    if (const auto roleId = trimmedLoginText(call, "role_id"); !roleId || roleId->empty())
        return loginError("missing role_id");
    return Error{ErrorCode::UnsupportedOperation, 405, "unsupported operation", {}};
}

} // namespace

Error noSuchRole()
{
    return {ErrorCode::UnsupportedPath, 404, "1 error occurred:\n\t* unsupported path\n\n", {}};
}

std::vector<Route> appRoleRoutes()
{
    Route role{"role/:role_name",
               withTokenFields({{"role_id"},
                                {"bind_secret_id", FieldType::Bool},
                                {"bound_cidr_list", FieldType::List},
                                {"secret_id_bound_cidrs", FieldType::List},
                                {"secret_id_num_uses", FieldType::Int},
                                {"secret_id_ttl", FieldType::Duration},
                                {"local_secret_ids", FieldType::Bool},
                                {"policies", FieldType::List},
                                {"period", FieldType::Duration}}),
               {{Operation::Read, ReadHandler(readRole)},
                {Operation::Update, WriteHandler(saveRole)},
                {Operation::Delete, WriteHandler(deleteRole)}}};
    role.exists = roleExists;
    std::vector<Route> routes{
        {"login",
         {{"role_id", FieldType::Any}, {"secret_id", FieldType::Any}},
         {{Operation::Update, PreparingHandler(logIn)},
          {Operation::Read, EngineHandler(noLogin)},
          {Operation::Patch, EngineHandler(noLogin)},
          {Operation::Delete, EngineHandler(noLogin)},
          {Operation::Head, EngineHandler(noLogin)}},
         Gate::Public},
        {"role/", {{"after"}, {"limit", FieldType::Int}}, {{Operation::List, ReadHandler(listRoles)}}},
        {"role/:role_name/role-id",
         {{"role_id"}},
         {{Operation::Read, ReadHandler(readRoleId)}, {Operation::Update, WriteHandler(saveRoleId)}}},
    };
    for (auto table : {roleFieldRoutes, secretIdRoutes}) {
        std::vector<Route> more = table();
        routes.insert(routes.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    routes.push_back(std::move(role));
    return routes;
}

} // namespace kith::core
