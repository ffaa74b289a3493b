// SPDX-License-Identifier: Apache-2.0
#include "core/OidcFlow.h"

#include "core/CallerRules.h"
#include "core/Routes.h"
#include "oidc/ClaimsTemplate.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

MountId identityMount(const Call &call)
{
    return call.mounts().find(call.ns(), "identity/").mount->id; // every namespace has it, and nobody can move it
}

Error oauth(int status, std::string_view error, std::string_view description)
{
    return {ErrorCode::InvalidRequest, status, std::string(error).append(" ").append(description), {}};
}

std::pair<std::string, std::string> oauthParts(const Error &error)
{
    const auto space = error.wire.find(' ');
    if (error.code != ErrorCode::InvalidRequest || space == std::string::npos)
        return {"server_error", "internal error"};
    return {error.wire.substr(0, space), error.wire.substr(space + 1)};
}

std::optional<EntityId> activeEntity(store::Session &session, std::string_view uuid)
{
    const auto id = session.integer("SELECT id FROM entity WHERE uuid = ? AND disabled = 0", uuid);
    return id ? std::optional(EntityId{*id}) : std::nullopt;
}

Result<bool> isAssigned(const Flow &flow, const oidc::Client &client, EntityId entity)
{
    store::Session &session = flow.snapshot.session;
    const std::string uuid = session.text("SELECT uuid FROM entity WHERE id = ?", entity).value_or(std::string());
    std::optional<std::vector<std::string>> groups; // asked for when an assignment names some
    for (const std::string &name : client.assignments) {
        if (name == oidc::Assignment::BuiltIns.front()) // by its name: "*" in another one means nobody
            return true;
        const auto assignment = oidc::Assignments(flow.entries).find(name);
        if (!assignment)
            return assignment.error();
        if (!*assignment)
            continue;
        if (contains((*assignment)->entityIds, uuid))
            return true;
        if ((*assignment)->groupIds.empty())
            continue;
        if (!groups) {
            groups.emplace();
            for (const GroupId id : groupsOf(flow.snapshot, entity))
                groups->push_back(
                    session.text("SELECT uuid FROM identity_group WHERE id = ?", id).value_or(std::string()));
        }
        for (const std::string &group : *groups)
            if (contains((*assignment)->groupIds, group))
                return true;
    }
    return false;
}

Result<json::object> scopeClaims(const Flow &flow, const std::vector<std::string> &scopes, EntityId entity)
{
    json::object all;
    std::map<std::string, std::string> givenBy;
    const policy::TemplateValues values =
        scopes.empty() ? policy::TemplateValues() : templateValues(flow.snapshot, entity);
    for (const std::string &name : scopes) {
        const auto scope = oidc::Scopes(flow.entries).find(name);
        if (!scope)
            return scope.error();
        if (!*scope)
            continue;
        // A template that this entity's values don't fit adds nothing, as in identity tokens.
        const json::object claims = oidc::claimsOf((*scope)->claims, values).value_or(json::object());
        for (const auto &claim : claims) {
            const auto [first, isNew] = givenBy.emplace(claim.key(), name);
            if (!isNew)
                return oauth(400, "invalid_request",
                             "found scopes with conflicting top-level claim: claim " + inQuotes(claim.key()) +
                                 " in scopes " + inQuotes(first->second) + ", " + inQuotes(name));
            all.emplace(claim.key(), claim.value());
        }
    }
    return all;
}

std::string userinfoPolicy(std::string_view provider)
{
    return "path \"identity/oidc/provider/" + std::string(provider) +
           "/userinfo\" { capabilities = [\"read\", \"update\"] }";
}

std::vector<Route> oidcFlowRoutes()
{
    Route information{"identity/oidc/provider/:name/userinfo",
                      {},
                      {{Operation::Read, EngineHandler(userinfo)}, {Operation::Update, EngineHandler(userinfo)}}};
    information.refusal = Refusal::Bearer;
    const std::vector<Field> asked{{"client_id"},
                                   {"scope"},
                                   {"redirect_uri"},
                                   {"response_type"},
                                   {"state"},
                                   {"nonce"},
                                   {"max_age", FieldType::Int},
                                   {"code_challenge"},
                                   {"code_challenge_method"},
                                   {"request"},
                                   {"request_uri"}};
    return {
        {"identity/oidc/provider/:name/authorize",
         asked,
         {{Operation::Read, EngineHandler(authorize)}, {Operation::Update, EngineHandler(authorize)}}},
        {"kith/authorization/:name", asked, {{Operation::Read, EngineHandler(checkAuthorization)}}, Gate::Public},
        {"identity/oidc/provider/:name/token",
         {{"client_id"}, {"client_secret"}, {"code"}, {"grant_type"}, {"redirect_uri"}, {"code_verifier"}, {"scope"}},
         {{Operation::Update, EngineHandler(exchange)}},
         Gate::Public},
        std::move(information)};
}

} // namespace kith::core
