// SPDX-License-Identifier: Apache-2.0
// The steps of OpenID Connect's flows. Internal to models/core.
#pragma once

#include "core/OidcCall.h"
#include "oidc/Client.h"
#include "policy/Template.h"

namespace kith::core {

// GET, POST provider/:name/authorize, for whoever has signed in: a code for the client.
Result<Response> authorize(const Call &call, Engine &engine);
// kith/authorization/:name, for the page on which people sign in, who haven't yet: whether the request for a code makes
// sense, and then who asks for what. {"client_name", "scopes": [{"name", "description"}], "address"}, the last as
// people reach the provider; else 400 {"error", "error_description", "may_tell_client"}: whether the address that the
// client wants to be told at is its own.
Result<Response> checkAuthorization(const Call &call, Engine &engine);
// POST provider/:name/token, for clients: tokens for a code, or for the client itself.
Result<Response> exchange(const Call &call, Engine &engine);
// GET, POST provider/:name/userinfo, with an access token: what the client may know.
Result<Response> userinfo(const Call &call, Engine &engine);

/// What a flow stands on: all of one commit, for the time of one step.
struct Flow {
    const Call &call;
    const Engine &engine;
    const store::Entries &entries;
    const identity::Snapshot &snapshot;

    std::string text(std::string_view name) const { return call.text(name).value_or(std::string()); }
};

/// The mount that keeps the identities of the request's namespace.
MountId identityMount(const Call &call);

/// Runs `step(const Flow &)` -> Result<T> on one commit.
template <class Step>
auto onOneCommit(const Call &call, const Engine &engine, Step &&step) -> std::invoke_result_t<Step, const Flow &>
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    return engine.identities->read([&](const identity::Snapshot &snapshot) {
        const store::Entries entries(snapshot.session, **seal, identityMount(call));
        return step(Flow{call, engine, entries, snapshot});
    });
}

/// An error of OAuth on its way to its answer; `wire` is "error error_description".
Error oauth(int status, std::string_view error, std::string_view description);
/// Its two parts; of an error that isn't one: server_error, and nothing of what it was.
std::pair<std::string, std::string> oauthParts(const Error &error);

/// An entity that is there and not disabled; of a UUID that it has itself.
std::optional<EntityId> activeEntity(store::Session &session, std::string_view uuid);

/// Whether one of the client's assignments names the entity or a group that it is in, inherited ones too.
Result<bool> isAssigned(const Flow &flow, const oidc::Client &client, EntityId entity);

/// What a scope of the ones granted says of the entity, all together. Fails with 400, invalid_request, when two of them
/// give the same claim. Scopes that are gone say nothing.
Result<boost::json::object> scopeClaims(const Flow &flow, const std::vector<std::string> &scopes, EntityId entity);

/// Rules that let a token do nothing but ask the provider's userinfo.
std::string userinfoPolicy(std::string_view provider);

} // namespace kith::core
