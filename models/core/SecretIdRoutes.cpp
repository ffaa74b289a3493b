// SPDX-License-Identifier: Apache-2.0
// The secret ids of an approle's role: making, listing, looking up and destroying them, by themselves or by accessor.
#include "auth/AddressBlock.h"
#include "auth/SecretIds.h"
#include "core/LoginPath.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::AppRole;
using auth::SecretId;

std::string noRole(const Call &call)
{
    return "role " + inQuotes(foldCase(call.inPath("role_name"))) + " does not exist";
}

std::optional<AppRole> roleOf(const Call &call, store::Session &session)
{
    return auth::findRole(session, call.mount().id, call.inPath("role_name"));
}

/// One address as a block, as the real server prints it.
std::vector<std::string> withLengths(std::vector<std::string> blocks)
{
    for (std::string &block : blocks)
        if (block.find('/') == std::string::npos)
            block += block.find(':') == std::string::npos ? "/32" : "/128";
    return blocks;
}

Result<void> readBlocks(const Call &call, const AppRole &role, SecretId &secret)
{
    secret.boundCidrs = call.list("cidr_list").value_or(std::vector<std::string>());
    if (auto right = auth::checkBlocks(secret.boundCidrs); !right)
        return right;
    if (const auto why = auth::whyNotWithin(role.boundCidrs.value_or(std::vector<std::string>()), secret.boundCidrs);
        !why.empty())
        return rawError(why);
    secret.tokenBoundCidrs = call.list("token_bound_cidrs").value_or(std::vector<std::string>());
    if (auto right = auth::checkBlocks(secret.tokenBoundCidrs, "token "); !right)
        return right;
    const auto why = auth::whyNotWithin(withLengths(role.token.boundCidrs), secret.tokenBoundCidrs);
    return why.empty() ? Result<void>() : rawError(why);
}

/// As long as the role says, and as often, or less.
Result<void> readLimits(const Call &call, const AppRole &role, SecretId &secret)
{
    secret.uses = call.number("num_uses").value_or(role.secretUses);
    if (secret.uses < 0)
        return invalidRequest("num_uses cannot be negative");
    if (role.secretUses > 0 && (secret.uses == 0 || secret.uses > role.secretUses))
        return invalidRequest("num_uses cannot be higher than the role's secret_id_num_uses");
    secret.ttl = call.seconds("ttl").value_or(role.secretTtl);
    if (role.secretTtl > 0 && (secret.ttl == 0 || secret.ttl > role.secretTtl))
        return invalidRequest("ttl cannot be longer than the role's secret_id_ttl");
    return {};
}

Result<Response> makeSecretId(const Call &call, store::WriteSession &session, const std::string &text)
{
    const auto role = roleOf(call, session);
    if (!role)
        return Error{ErrorCode::NotFound, 404, noRole(call), {}};
    if (!role->bindSecretId)
        return invalidRequest("bind_secret_id is not set on the role");
    SecretId secret;
    if (auto read = readBlocks(call, *role, secret); !read)
        return read.error();
    if (auto read = readLimits(call, *role, secret); !read)
        return read.error();
    auto metadata = auth::parseSecretMetadata(call.inPath("metadata"));
    if (!metadata)
        return metadata.error();
    secret.metadata = std::move(*metadata);
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    if (auto added = auth::addSecretId(session, **seal, *role, text, secret); !added)
        return added.error();
    return Response::of(json::object{{"secret_id", text},
                                     {"secret_id_accessor", secret.accessor},
                                     {"secret_id_num_uses", secret.uses},
                                     {"secret_id_ttl", secret.ttl}});
}

Result<Response> generate(const Call &call, store::WriteSession &session)
{
    return makeSecretId(call, session, newUuid());
}

Result<Response> takeCustom(const Call &call, store::WriteSession &session)
{
    const std::string text = call.inPath("secret_id");
    if (text.empty())
        return invalidRequest("missing secret_id");
    return makeSecretId(call, session, text);
}

Result<Response> listAccessors(const Call &call, store::Session &session)
{
    const auto role = roleOf(call, session);
    if (!role)
        return invalidRequest(noRole(call));
    const auto accessors = auth::secretIdAccessors(session, role->id, call.text("after").value_or(std::string()),
                                                   call.number("limit").value_or(0), call.router().now());
    return listOf(json::array(accessors.begin(), accessors.end()));
}

json::object secretJson(const SecretId &secret)
{
    json::object metadata;
    for (const auto &[key, value] : secret.metadata)
        metadata[key] = value;
    return {{"cidr_list", json::array(secret.boundCidrs.begin(), secret.boundCidrs.end())},
            {"creation_time", toRfc3339(secret.created)},
            {"expiration_time", secret.expires == 0 ? "0001-01-01T00:00:00Z" : toRfc3339(secret.expires)},
            {"last_updated_time", toRfc3339(secret.updated)},
            {"metadata", std::move(metadata)},
            {"secret_id_accessor", secret.accessor},
            {"secret_id_num_uses", secret.uses},
            {"secret_id_ttl", secret.ttl},
            {"token_bound_cidrs", json::array(secret.tokenBoundCidrs.begin(), secret.tokenBoundCidrs.end())}};
}

/// The secret id that the request names, of the role in the path; nothing: the role has no such one.
Result<std::optional<SecretId>> namedSecret(const Call &call, store::Session &session)
{
    const std::string text = call.inPath("secret_id");
    if (text.empty())
        return invalidRequest("missing secret_id");
    const auto role = roleOf(call, session);
    if (!role)
        return rawError(noRole(call));
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    return auth::findSecretId(session, **seal, role->id, text, call.router().now());
}

Result<Response> lookUp(const Call &call, store::Session &session)
{
    const auto secret = namedSecret(call, session);
    if (!secret)
        return secret.error();
    return *secret ? Response::of(secretJson(**secret)) : Response::noContent();
}

Result<Response> destroy(const Call &call, store::WriteSession &session)
{
    const auto secret = namedSecret(call, session);
    if (!secret)
        return secret.error();
    if (*secret)
        auth::deleteSecretId(session, (*secret)->id);
    return Response::noContent();
}

/// The accessor's secret id, of whichever role, and the role of the path.
struct ByAccessor {
    AppRole role;
    std::optional<SecretId> secret;
};

Result<ByAccessor> namedAccessor(const Call &call, store::Session &session)
{
    const std::string accessor = call.inPath("secret_id_accessor");
    if (accessor.empty())
        return invalidRequest("missing secret_id_accessor");
    auto role = roleOf(call, session);
    if (!role)
        return rawError(noRole(call));
    return ByAccessor{std::move(*role),
                      auth::findSecretIdByAccessor(session, call.mount().id, accessor, call.router().now())};
}

std::string noAccessor(const Call &call)
{
    return "failed to find accessor entry for secret_id_accessor: " + inQuotes(call.inPath("secret_id_accessor"));
}

Result<Response> lookUpAccessor(const Call &call, store::Session &session)
{
    const auto named = namedAccessor(call, session);
    if (!named)
        return named.error();
    if (!named->secret) { // [Q] an answer with data and without errors
        Response missing = Response::of(json::object{{"error", noAccessor(call)}});
        missing.status = 404;
        return missing;
    }
    return named->secret->role == named->role.id ? Response::of(secretJson(*named->secret)) : Response::noContent();
}

Result<Response> destroyAccessor(const Call &call, store::WriteSession &session)
{
    const auto named = namedAccessor(call, session);
    if (!named)
        return named.error();
    if (!named->secret)
        return rawError(noAccessor(call));
    if (named->secret->role != named->role.id)
        return Error{ErrorCode::PermissionDenied, 403, "invalid secret id accessor", {}};
    auth::deleteSecretId(session, named->secret->id);
    return Response::noContent();
}

/// What has expired is nowhere seen anyway; this makes room.
Result<Response> tidy(const Call &call, store::WriteSession &session)
{
    auth::tidySecretIds(session, call.mount().id);
    return tidyStarted();
}

} // namespace

std::vector<Route> secretIdRoutes()
{
    std::vector<Field> making{{"metadata"},
                              {"cidr_list", FieldType::List},
                              {"token_bound_cidrs", FieldType::List},
                              {"num_uses", FieldType::Int},
                              {"ttl", FieldType::Duration}};
    std::vector<Field> custom = making;
    custom.push_back({"secret_id"});
    making.push_back({"after"});
    making.push_back({"limit", FieldType::Int});
    const std::vector<Field> bySecret{{"secret_id"}};
    const std::vector<Field> byAccessor{{"secret_id_accessor"}};
    const std::vector<Endpoint> destroying{{Operation::Update, WriteHandler(destroy)},
                                           {Operation::Delete, WriteHandler(destroy)}};
    const std::vector<Endpoint> destroyingAccessor{{Operation::Update, WriteHandler(destroyAccessor)},
                                                   {Operation::Delete, WriteHandler(destroyAccessor)}};
    return {
        {"role/:role_name/secret-id/",
         making,
         {{Operation::List, ReadHandler(listAccessors)}, {Operation::Update, WriteHandler(generate)}}},
        {"role/:role_name/custom-secret-id", custom, {{Operation::Update, WriteHandler(takeCustom)}}},
        {"role/:role_name/secret-id/lookup/", bySecret, {{Operation::Update, ReadHandler(lookUp)}}},
        {"role/:role_name/secret-id/destroy/", bySecret, destroying},
        {"role/:role_name/secret-id-accessor/lookup/", byAccessor, {{Operation::Update, ReadHandler(lookUpAccessor)}}},
        {"role/:role_name/secret-id-accessor/destroy/", byAccessor, destroyingAccessor},
        {"tidy/secret-id", {}, {{Operation::Update, WriteHandler(tidy)}}},
    };
}

} // namespace kith::core
