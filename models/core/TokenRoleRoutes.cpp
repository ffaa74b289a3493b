// SPDX-License-Identifier: Apache-2.0
// auth/token/roles (spec/engine.md §10). Patterns are relative to the mount.
#include "auth/Cidr.h"
#include "auth/TokenRoles.h"
#include "auth/Tokens.h"
#include "core/Call.h"
#include "core/Routes.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::TokenRole;

json::object roleJson(const TokenRole &role)
{
    json::object object{{"name", json::string(role.name)},
                        {"allowed_policies", json::value_from(role.allowedPolicies)},
                        {"allowed_policies_glob", json::value_from(role.allowedPoliciesGlob)},
                        {"disallowed_policies", json::value_from(role.disallowedPolicies)},
                        {"disallowed_policies_glob", json::value_from(role.disallowedPoliciesGlob)},
                        {"allowed_entity_aliases", nullptr},
                        {"orphan", role.orphan},
                        {"renewable", role.renewable},
                        {"path_suffix", json::string(role.pathSuffix)},
                        {"explicit_max_ttl", role.oldExplicitMaxTtl},
                        {"period", role.oldPeriod},
                        {"token_explicit_max_ttl", role.explicitMaxTtl},
                        {"token_period", role.period},
                        {"token_no_default_policy", role.noDefaultPolicy},
                        {"token_type", json::string(role.type)}};
    if (role.allowedEntityAliases)
        object["allowed_entity_aliases"] = json::value_from(*role.allowedEntityAliases);
    if (!role.boundCidrs.empty())
        object["token_bound_cidrs"] = json::value_from(role.boundCidrs);
    if (!role.boundCidrs.empty() && role.cidrsByOldName)
        object["bound_cidrs"] = json::value_from(role.boundCidrs);
    if (role.uses != 0)
        object["token_num_uses"] = role.uses;
    return object;
}

/// Three or more characters that belong together are somewhere in it: letters and digits at the ends, inside also - and
/// the dot. [Q] The real server looks for them anywhere.
bool isPathSuffix(std::string_view text)
{
    const auto isWord = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    std::size_t first = std::string_view::npos; // word character of the run
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isWord(text[i])) {
            if (first != std::string_view::npos && i - first >= 2)
                return true;
            first = std::min(first, i);
        } else if (text[i] != '-' && text[i] != '.') {
            first = std::string_view::npos;
        }
    }
    return false;
}

Result<void> readPathSuffix(const Call &call, TokenRole &role)
{
    const auto suffix = call.text("path_suffix");
    if (!suffix)
        return {};
    if (!suffix->empty() && !isPathSuffix(*suffix))
        return invalidRequest("given role path suffix contains invalid characters; must match \\w[\\w-.]+\\w");
    if (suffix->find("..") != std::string::npos)
        return invalidRequest("error registering path suffix: path cannot contain parent references");
    role.pathSuffix = *suffix;
    return {};
}

Result<void> refuseNullType(const Call &call, TokenRole &)
{
    return call.isNull("token_type") ? Result<void>(invalidRequest("Invalid 'token_type' value: null"))
                                     : Result<void>();
}

Result<void> checkType(const Call &call, TokenRole &)
{
    const auto type = call.text("token_type");
    if (!type)
        return {};
    constexpr std::array<std::string_view, 4> known{"service", "batch", "default-service", "default-batch"};
    if (std::find(known.begin(), known.end(), *type) == known.end())
        return invalidRequest("invalid 'token_type' value " + inQuotes(*type));
    return {};
}

Result<void> readType(const Call &call, TokenRole &role)
{
    role.type = call.text("token_type").value_or(role.type);
    return {};
}

/// Times: a new name's value puts the old name's out of use.
Result<void> readTimes(const Call &call, TokenRole &role)
{
    const auto read = [&](std::string_view name, std::string_view oldName, std::int64_t &value, std::int64_t &old) {
        if (const auto given = call.seconds(name)) {
            value = *given;
            old = 0;
        } else if (const auto byOld = call.seconds(oldName)) {
            value = *byOld;
            old = *byOld;
        }
    };
    read("token_period", "period", role.period, role.oldPeriod);
    read("token_explicit_max_ttl", "explicit_max_ttl", role.explicitMaxTtl, role.oldExplicitMaxTtl);
    role.uses = call.number("token_num_uses").value_or(role.uses);
    return {};
}

Result<void> checkUses(const Call &call, TokenRole &)
{
    if (call.number("token_num_uses").value_or(0) < 0)
        return invalidRequest("error parsing role fields: 'token_num_uses' cannot be negative");
    return {};
}

/// [Q] Only against the type that it has had until now, and when none is sent; nor does a period by its old name count.
Result<void> checkBatch(const Call &call, TokenRole &role)
{
    const std::string begin =
        "error parsing role fields: 'token_type' cannot be 'batch' or 'default_batch' when set to generate ";
    if (call.has("token_type") || (role.type != "batch" && role.type != "default-batch"))
        return {};
    if (call.seconds("token_period").value_or(role.period) != 0)
        return invalidRequest(begin + "periodic tokens");
    if (call.number("token_num_uses").value_or(role.uses) != 0)
        return invalidRequest(begin + "tokens with limited use count");
    return {};
}

Result<void> readCidrs(const Call &call, TokenRole &role)
{
    const auto blocks = call.list("token_bound_cidrs");
    if (!blocks)
        return {};
    auto parsed = auth::parseCidrs(*blocks);
    if (!parsed)
        return invalidRequest("error parsing role fields: " + parsed.error().wire);
    role.boundCidrs = std::move(*parsed);
    role.cidrsByOldName = false;
    return {};
}

Result<void> readOldCidrs(const Call &call, TokenRole &role)
{
    const auto blocks = call.list("bound_cidrs");
    if (!blocks || call.has("token_bound_cidrs"))
        return {};
    auto parsed = auth::parseCidrs(*blocks);
    if (!parsed)
        return invalidRequest("error parsing bound_cidrs: " + parsed.error().wire);
    role.boundCidrs = std::move(*parsed);
    role.cidrsByOldName = true;
    return {};
}

void readLists(const Call &call, TokenRole &role)
{
    const auto read = [&](std::string_view name, std::vector<std::string> &list) {
        if (const auto given = call.list(name))
            list = auth::cleanTokenPolicies(*given);
    };
    read("allowed_policies", role.allowedPolicies);
    read("allowed_policies_glob", role.allowedPoliciesGlob);
    read("disallowed_policies", role.disallowedPolicies);
    read("disallowed_policies_glob", role.disallowedPoliciesGlob);
    if (const auto aliases = call.list("allowed_entity_aliases")) {
        role.allowedEntityAliases.emplace();
        for (const std::string &alias : *aliases)
            role.allowedEntityAliases->push_back(foldCase(alias));
    }
}

Result<Response> saveRole(const Call &call, store::WriteSession &session)
{
    const std::string name = call.inPath("role_name");
    TokenRole role = auth::findTokenRole(session, call.ns(), name).value_or(TokenRole());
    role.name = name;
    readLists(call, role);
    role.orphan = call.flag("orphan").value_or(role.orphan);
    role.renewable = call.flag("renewable").value_or(role.renewable);
    role.noDefaultPolicy = call.flag("token_no_default_policy").value_or(role.noDefaultPolicy);
    for (const auto read : {readPathSuffix, refuseNullType, readCidrs, checkUses, checkType, checkBatch, readTimes,
                            readType, readOldCidrs})
        if (auto done = read(call, role); !done)
            return done.error();
    if (auto saved = auth::saveTokenRole(session, call.ns(), role); !saved)
        return saved.error();
    const std::int64_t most = auth::leaseLimits(call.mount().settings.config).maxTtl;
    Response response;
    for (const auto &[newName, oldName] :
         {std::pair("token_period", "period"), std::pair("token_bound_cidrs", "bound_cidrs"),
          std::pair("token_explicit_max_ttl", "explicit_max_ttl")})
        if (call.has(newName) && call.has(oldName))
            response.warnings.push_back("Both '" + std::string(newName) + "' and deprecated '" + oldName +
                                        "' value supplied, ignoring the deprecated value");
    const bool set = call.has("token_explicit_max_ttl") || call.has("explicit_max_ttl");
    if ((!set && role.oldExplicitMaxTtl == 0) || role.longestTtl() <= most)
        return response.warnings.empty() ? Response::noContent() : response;
    response.warnings.push_back("Given explicit max TTL of " + std::to_string(role.longestTtl()) +
                                " is greater than system/mount allowed value of " + std::to_string(most) +
                                " seconds; until this is fixed attempting to create tokens against this role will "
                                "result in an error");
    return response;
}

Result<Response> readRole(const Call &call, store::Session &session)
{
    const auto role = auth::findTokenRole(session, call.ns(), call.inPath("role_name"));
    return role ? Response::of(roleJson(*role)) : notFound();
}

Result<Response> deleteRole(const Call &call, store::WriteSession &session)
{
    auth::deleteTokenRole(session, call.ns(), call.inPath("role_name"));
    return Response::noContent();
}

Result<Response> listRoles(const Call &call, store::Session &session)
{
    json::array keys;
    for (const std::string &name : auth::tokenRoles(session, call.ns()))
        keys.emplace_back(json::string(name));
    return listOf(std::move(keys));
}

Result<bool> roleExists(const Call &call, store::Session &session)
{
    return auth::findTokenRole(session, call.ns(), call.inPath("role_name")).has_value();
}

} // namespace

std::vector<Route> tokenRoleRoutes()
{
    const std::vector<Field> settings{{"allowed_policies", FieldType::List},
                                      {"allowed_policies_glob", FieldType::List},
                                      {"disallowed_policies", FieldType::List},
                                      {"disallowed_policies_glob", FieldType::List},
                                      {"allowed_entity_aliases", FieldType::List},
                                      {"orphan", FieldType::Bool},
                                      {"renewable", FieldType::Bool},
                                      {"path_suffix"},
                                      {"period", FieldType::Duration},
                                      {"explicit_max_ttl", FieldType::Duration},
                                      {"bound_cidrs", FieldType::List},
                                      {"token_bound_cidrs", FieldType::List},
                                      {"token_explicit_max_ttl", FieldType::Duration},
                                      {"token_period", FieldType::Duration},
                                      {"token_no_default_policy", FieldType::Bool},
                                      {"token_num_uses", FieldType::Int},
                                      {"token_type"}};
    Route role{"roles/:role_name",
               settings,
               {{Operation::Read, ReadHandler(readRole)},
                {Operation::Update, WriteHandler(saveRole)},
                {Operation::Delete, WriteHandler(deleteRole)}}};
    role.exists = roleExists;
    return {{"roles/", {}, {{Operation::List, ReadHandler(listRoles)}}}, std::move(role)};
}

} // namespace kith::core
