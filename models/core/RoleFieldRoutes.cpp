// SPDX-License-Identifier: Apache-2.0
// Single settings of an approle's role, each at a path of its own: role/:role_name/token-ttl.
#include "auth/AppRoles.h"
#include "auth/Cidr.h"
#include "auth/Tokens.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/TokenParameters.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::AppRole;

/// What one path reads, changes and takes back.
struct RoleField {
    json::object (*read)(const AppRole &);
    Result<void> (*write)(const Call &, AppRole &);
    void (*clear)(AppRole &);
};

template <const RoleField &field>
Result<Response> readField(const Call &call, store::Session &session)
{
    const auto role = auth::findRole(session, call.mount().id, call.inPath("role_name"));
    return role ? Response::of(field.read(*role)) : notFound();
}

template <const RoleField &field>
Result<Response> writeField(const Call &call, store::WriteSession &session)
{
    auto role = auth::findRole(session, call.mount().id, call.inPath("role_name"));
    if (!role)
        return noSuchRole();
    if (auto written = field.write(call, *role); !written)
        return written.error();
    if (auto saved = auth::saveRole(session, *role); !saved)
        return saved.error();
    return Response::noContent();
}

template <const RoleField &field>
Result<Response> clearField(const Call &call, store::WriteSession &session)
{
    auto role = auth::findRole(session, call.mount().id, call.inPath("role_name"));
    if (!role)
        return Response::noContent();
    field.clear(*role);
    if (auto saved = auth::saveRole(session, *role); !saved)
        return saved.error();
    return Response::noContent();
}

json::value listOrNull(const std::vector<std::string> &texts)
{
    return texts.empty() ? json::value(nullptr) : json::value(json::array(texts.begin(), texts.end()));
}

Error missing(std::string_view name)
{
    return invalidRequest("missing " + std::string(name));
}

/// A setting with an older name, shown by that as well when it was given by it.
json::object withOldName(const AppRole &role, const std::string &oldName)
{
    json::object shown = shownSettings(role.token, role.oldNames);
    json::object read{{"token_" + oldName, shown.at("token_" + oldName)}};
    if (const json::value *old = shown.if_contains(oldName))
        read[oldName] = *old;
    return read;
}

json::object readPolicies(const AppRole &role)
{
    return withOldName(role, "policies");
}

Result<void> writePolicies(const Call &call, AppRole &role)
{
    if (!takesOldName(call, "policies", "token_policies", role.oldNames))
        return missing("token_policies");
    const auto names = call.has("token_policies") ? call.list("token_policies") : call.list("policies");
    role.token.policies = auth::cleanTokenPolicies(names.value_or(std::vector<std::string>()));
    return {};
}

void clearPolicies(AppRole &role)
{
    role.token.policies.clear();
    role.oldNames.erase("policies");
}

json::object readPeriod(const AppRole &role)
{
    return withOldName(role, "period");
}

Result<void> writePeriod(const Call &call, AppRole &role)
{
    if (!takesOldName(call, "period", "token_period", role.oldNames))
        return missing("period");
    role.token.period = (call.has("token_period") ? call.seconds("token_period") : call.seconds("period")).value_or(0);
    return {};
}

void clearPeriod(AppRole &role)
{
    role.token.period = 0;
    role.oldNames.erase("period");
}

json::object readBoundCidrs(const AppRole &role)
{
    return {{"secret_id_bound_cidrs", role.boundCidrs ? json::value_from(*role.boundCidrs) : json::value(nullptr)}};
}

/// [Q] Each of the two paths reads the name that is its own, and says nothing when that isn't sent.
Result<void> writeBoundCidrs(const Call &call, AppRole &role)
{
    const bool old = call.request().path.ends_with("/bound-cidr-list");
    const auto blocks = call.list(old ? "bound_cidr_list" : "secret_id_bound_cidrs");
    if (!blocks)
        return {};
    if (blocks->empty())
        return missing("bound_cidr_list");
    role.boundCidrs = blocks;
    return auth::checkBlocks(*role.boundCidrs, {}, auth::BlockErrors::Told);
}

void clearBoundCidrs(AppRole &role)
{
    role.boundCidrs.reset();
}

json::object readTokenCidrs(const AppRole &role)
{
    return {{"token_bound_cidrs", listOrNull(role.token.boundCidrs)}};
}

Result<void> writeTokenCidrs(const Call &call, AppRole &role)
{
    if (!call.has("token_bound_cidrs"))
        return {};
    auto blocks = auth::parseCidrs(*call.list("token_bound_cidrs"));
    if (!blocks)
        return invalidRequest("failed to parse token_bound_cidrs: " + blocks.error().wire);
    role.token.boundCidrs = std::move(*blocks);
    return {};
}

void clearTokenCidrs(AppRole &role)
{
    role.token.boundCidrs.clear();
}

json::object readSecretUses(const AppRole &role)
{
    return {{"secret_id_num_uses", role.secretUses}};
}

Result<void> writeSecretUses(const Call &call, AppRole &role)
{
    const auto uses = call.number("secret_id_num_uses");
    if (!uses)
        return missing("secret_id_num_uses");
    if (*uses < 0)
        return invalidRequest("secret_id_num_uses cannot be negative");
    role.secretUses = *uses;
    return {};
}

void clearSecretUses(AppRole &role)
{
    role.secretUses = 0;
}

json::object readSecretTtl(const AppRole &role)
{
    return {{"secret_id_ttl", role.secretTtl}};
}

Result<void> writeSecretTtl(const Call &call, AppRole &role)
{
    const auto ttl = call.seconds("secret_id_ttl");
    if (!ttl)
        return missing("secret_id_ttl");
    role.secretTtl = *ttl;
    return {};
}

void clearSecretTtl(AppRole &role)
{
    role.secretTtl = 0;
}

json::object readUses(const AppRole &role)
{
    return {{"token_num_uses", role.token.uses}};
}

/// [Q] Takes negative numbers, which the role as a whole then refuses.
Result<void> writeUses(const Call &call, AppRole &role)
{
    const auto uses = call.number("token_num_uses");
    if (!uses)
        return missing("token_num_uses");
    role.token.uses = *uses;
    return {};
}

void clearUses(AppRole &role)
{
    role.token.uses = 0;
}

json::object readTtl(const AppRole &role)
{
    return {{"token_ttl", role.token.ttl}};
}

Result<void> writeTtl(const Call &call, AppRole &role)
{
    const auto ttl = call.seconds("token_ttl");
    if (!ttl)
        return missing("token_ttl");
    if (role.token.maxTtl > 0 && *ttl > role.token.maxTtl)
        return invalidRequest("token_ttl should not be greater than token_max_ttl");
    role.token.ttl = *ttl;
    return {};
}

void clearTtl(AppRole &role)
{
    role.token.ttl = 0;
}

json::object readMaxTtl(const AppRole &role)
{
    return {{"token_max_ttl", role.token.maxTtl}};
}

Result<void> writeMaxTtl(const Call &call, AppRole &role)
{
    const auto ttl = call.seconds("token_max_ttl");
    if (!ttl)
        return missing("token_max_ttl");
    if (role.token.ttl > *ttl)
        return invalidRequest("token_max_ttl should be greater than or equal to token_ttl");
    role.token.maxTtl = *ttl;
    return {};
}

void clearMaxTtl(AppRole &role)
{
    role.token.maxTtl = 0;
}

/// The old name of the addresses: it sets the same, and never shows it.
Result<Response> readOldCidrs(const Call &call, store::Session &session)
{
    if (!auth::hasRole(session, call.mount().id, call.inPath("role_name")))
        return notFound();
    Response response = Response::of(json::object{{"bound_cidr_list", nullptr}});
    response.warnings.emplace_back("The \"bound_cidr_list\" field is deprecated and will be removed. Please use "
                                   "\"secret_id_bound_cidrs\" instead.");
    return response;
}

Result<Response> clearOldCidrs(const Call &, store::WriteSession &)
{
    return Response::noContent();
}

Result<Response> readLocal(const Call &call, store::Session &session)
{
    const auto role = auth::findRole(session, call.mount().id, call.inPath("role_name"));
    return role ? Response::of(json::object{{"local_secret_ids", role->localSecretIds}}) : notFound();
}

constexpr RoleField policies{readPolicies, writePolicies, clearPolicies};
constexpr RoleField period{readPeriod, writePeriod, clearPeriod};
constexpr RoleField boundCidrs{readBoundCidrs, writeBoundCidrs, clearBoundCidrs};
constexpr RoleField tokenCidrs{readTokenCidrs, writeTokenCidrs, clearTokenCidrs};
constexpr RoleField secretUses{readSecretUses, writeSecretUses, clearSecretUses};
constexpr RoleField secretTtl{readSecretTtl, writeSecretTtl, clearSecretTtl};
constexpr RoleField uses{readUses, writeUses, clearUses};
constexpr RoleField ttl{readTtl, writeTtl, clearTtl};
constexpr RoleField maxTtl{readMaxTtl, writeMaxTtl, clearMaxTtl};

template <const RoleField &field>
std::vector<Endpoint> endpoints()
{
    return {{Operation::Read, ReadHandler(readField<field>)},
            {Operation::Update, WriteHandler(writeField<field>)},
            {Operation::Delete, WriteHandler(clearField<field>)}};
}

} // namespace

std::vector<Route> roleFieldRoutes()
{
    constexpr auto List = FieldType::List;
    constexpr auto Int = FieldType::Int;
    constexpr auto Duration = FieldType::Duration;
    return {
        {"role/:role_name/policies", {{"policies", List}, {"token_policies", List}}, endpoints<policies>()},
        {"role/:role_name/period", {{"period", Duration}, {"token_period", Duration}}, endpoints<period>()},
        {"role/:role_name/bound-cidr-list",
         {{"bound_cidr_list", List}, {"secret_id_bound_cidrs", List}},
         {{Operation::Read, ReadHandler(readOldCidrs)},
          {Operation::Update, WriteHandler(writeField<boundCidrs>)},
          {Operation::Delete, WriteHandler(clearOldCidrs)}}},
        {"role/:role_name/secret-id-bound-cidrs",
         {{"bound_cidr_list", List}, {"secret_id_bound_cidrs", List}},
         endpoints<boundCidrs>()},
        {"role/:role_name/token-bound-cidrs", {{"token_bound_cidrs", List}}, endpoints<tokenCidrs>()},
        {"role/:role_name/secret-id-num-uses", {{"secret_id_num_uses", Int}}, endpoints<secretUses>()},
        {"role/:role_name/secret-id-ttl", {{"secret_id_ttl", Duration}}, endpoints<secretTtl>()},
        {"role/:role_name/token-num-uses", {{"token_num_uses", Int}}, endpoints<uses>()},
        {"role/:role_name/token-ttl", {{"token_ttl", Duration}}, endpoints<ttl>()},
        {"role/:role_name/token-max-ttl", {{"token_max_ttl", Duration}}, endpoints<maxTtl>()},
        {"role/:role_name/local-secret-ids", {}, {{Operation::Read, ReadHandler(readLocal)}}},
    };
}

} // namespace kith::core
