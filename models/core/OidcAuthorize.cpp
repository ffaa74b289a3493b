// SPDX-License-Identifier: Apache-2.0
// provider/:name/authorize (spec/engine.md §12; OpenID Connect Core §3.1.2). The checks stand in the real server's
// order.
#include "core/OidcFlow.h"

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr std::int64_t Second = 1'000'000'000;
constexpr std::size_t ShortestChallenge = 43;
constexpr std::size_t LongestChallenge = 128;
constexpr std::size_t LongestTexts = 8192; // of what a code keeps: each stays for five minutes

Error refuse(std::string_view error, std::string_view description)
{
    return oauth(400, error, description);
}

class Authorization
{
public:
    explicit Authorization(const Flow &flow) : m_flow(flow) {}

    Result<oidc::Grant> run();
    /// The steps that need nobody who has signed in; after them the rest can be asked.
    Result<void> check();
    /// Whether the client may be told of a refusal where it asked to be: its address is its own.
    bool mayTellClient() const { return m_mayTellClient; }
    boost::json::object shown() const;

private:
    Result<void> runSteps(std::initializer_list<Result<void> (Authorization::*)()> steps);
    Result<void> findClient();
    Result<void> findProvider();
    Result<void> readScopes();
    Result<void> findEntity();
    Result<void> readChallenge();
    Result<void> readMaxAge();

    const Flow &m_flow;
    oidc::Client m_client;
    oidc::Provider m_provider;
    oidc::Grant m_grant;
    bool m_mayTellClient = false;
};

Result<void> Authorization::findClient()
{
    m_grant.clientId = m_flow.text("client_id");
    if (m_grant.clientId.empty())
        return refuse("invalid_client_id", "client_id parameter is required");
    auto client = oidc::findClientById(m_flow.entries, m_grant.clientId);
    if (!client)
        return client.error();
    if (!*client)
        return refuse("invalid_client_id", "client with client_id not found");
    m_client = std::move(**client);
    if (!m_client.authorizationCode)
        return refuse("invalid_grant", "client not allowed to perform authorization code credential flow");
    m_grant.redirectUri = m_flow.text("redirect_uri");
    if (m_grant.redirectUri.empty())
        return refuse("invalid_request", "redirect_uri parameter is required");
    if (!oidc::isRegistered(m_client.redirectUris, m_grant.redirectUri))
        return refuse("invalid_redirect_uri", "redirect_uri is not allowed for the client");
    return {};
}

Result<void> Authorization::findProvider()
{
    m_grant.provider = m_flow.call.inPath("name");
    auto provider = oidc::Providers(m_flow.entries).find(m_grant.provider);
    if (!provider)
        return provider.error();
    if (!*provider)
        return refuse("invalid_request", "provider not found");
    m_provider = std::move(**provider);
    m_mayTellClient = true;
    if (!m_provider.allows(m_client.id))
        return refuse("unauthorized_client", "client is not authorized to use the provider");
    if (m_flow.call.has("request"))
        return refuse("request_not_supported", "request parameter is not supported");
    if (m_flow.call.has("request_uri"))
        return refuse("request_uri_not_supported", "request_uri parameter is not supported");
    return {};
}

/// Unknown ones are passed over.
Result<void> Authorization::readScopes()
{
    bool openId = false;
    const std::string asked = m_flow.text("scope");
    for (std::string_view rest = asked; !rest.empty();) {
        const auto space = std::min(rest.find(' '), rest.size());
        const std::string_view name = rest.substr(0, space);
        rest.remove_prefix(std::min(space + 1, rest.size()));
        openId = openId || name == oidc::Scope::OpenId;
        const bool again = std::find(m_grant.scopes.begin(), m_grant.scopes.end(), name) != m_grant.scopes.end();
        if (m_provider.supports(name) && !again)
            m_grant.scopes.emplace_back(name);
    }
    if (!openId)
        return refuse("invalid_request", "scope parameter must contain the \"openid\" value");
    const std::string type = m_flow.text("response_type");
    if (type.empty())
        return refuse("invalid_request", "response_type parameter is required");
    if (type != "code")
        return refuse("unsupported_response_type", "unsupported response_type value");
    return {};
}

Result<void> Authorization::findEntity()
{
    const Caller &caller = m_flow.call.caller();
    if (!caller.token || caller.token->entityUuid.empty())
        return refuse("access_denied", "identity entity must be associated with the request");
    m_grant.entityUuid = caller.token->entityUuid;
    const auto entity = ownEntity(m_flow.snapshot.session, caller);
    if (!entity)
        return refuse("access_denied", "identity entity associated with the request not found");
    const auto assigned = isAssigned(m_flow, m_client, *entity);
    if (!assigned)
        return assigned.error();
    if (!*assigned)
        return refuse("access_denied", "identity entity not authorized by client assignment");
    return {};
}

Result<void> Authorization::readChallenge()
{
    const auto challenge = m_flow.call.text("code_challenge");
    if (!challenge)
        return m_client.type == oidc::ClientType::Public
                   ? refuse("invalid_request", "PKCE is required for public clients")
                   : Result<void>();
    const std::string method = m_flow.text("code_challenge_method");
    if (!method.empty() && method != "plain" && method != "S256")
        return refuse("invalid_request", "invalid code_challenge_method");
    if (challenge->size() < ShortestChallenge || challenge->size() > LongestChallenge)
        return refuse("invalid_request", "invalid code_challenge");
    m_grant.challenge = *challenge;
    m_grant.challengeIsHash = method == "S256";
    return {};
}

Result<void> Authorization::readMaxAge()
{
    const auto maxAge = m_flow.call.number("max_age");
    if (!maxAge)
        return {};
    if (*maxAge < 1)
        return refuse("invalid_request", "max_age must be greater than zero");
    // Who signed in with this token did so when it was made.
    const std::int64_t signedIn = m_flow.call.caller().token ? m_flow.call.caller().token->created / Second : 0;
    if (m_flow.snapshot.now / Second - signedIn > *maxAge)
        return refuse("max_age_violation", "active re-authentication is required by max_age");
    m_grant.authTime = signedIn;
    return {};
}

Result<void> Authorization::runSteps(std::initializer_list<Result<void> (Authorization::*)()> steps)
{
    for (const auto step : steps)
        if (auto done = (this->*step)(); !done)
            return done.error();
    return {};
}

Result<void> Authorization::check()
{
    return runSteps({&Authorization::findClient, &Authorization::findProvider, &Authorization::readScopes,
                     &Authorization::readChallenge});
}

/// What a person is to know of the request: who asks, and for what.
json::object Authorization::shown() const
{
    json::array scopes;
    for (const std::string &name : m_grant.scopes) {
        const auto scope = oidc::Scopes(m_flow.entries).find(name);
        if (scope && *scope)
            scopes.push_back({{"name", name}, {"description", (*scope)->description}});
    }
    return {{"client_name", m_client.name},
            {"scopes", std::move(scopes)},
            {"address", providerAddress(m_flow.call, m_provider.issuer)}};
}

Result<oidc::Grant> Authorization::run()
{
    if (auto done = runSteps({&Authorization::findClient, &Authorization::findProvider, &Authorization::readScopes,
                              &Authorization::findEntity, &Authorization::readChallenge, &Authorization::readMaxAge});
        !done)
        return done.error();
    m_grant.nonce = m_flow.text("nonce");
    if (m_grant.nonce.size() + m_grant.redirectUri.size() > LongestTexts)
        return refuse("invalid_request", "nonce and redirect_uri are too long");
    return std::move(m_grant);
}

} // namespace

Result<Response> authorize(const Call &call, Engine &engine)
{
    auto grant = onOneCommit(call, engine, [](const Flow &flow) { return Authorization(flow).run(); });
    const std::string state = call.text("state").value_or(std::string());
    if (grant)
        return raw(
            {{"code", engine.oidc->codes().add(std::move(*grant), engine.store.clock().now())}, {"state", state}});
    if (grant.error().status == 503)
        return grant.error();
    const auto [error, description] = oauthParts(grant.error());
    const bool noState = error.ends_with("_not_supported"); // [Q] the only ones that don't give it back
    return raw({{"error", error}, {"error_description", description}, {"state", noState ? std::string() : state}},
               grant.error().status);
}

Result<Response> checkAuthorization(const Call &call, Engine &engine)
{
    bool mayTellClient = false;
    auto shown = onOneCommit(call, engine, [&](const Flow &flow) -> Result<json::object> {
        Authorization authorization(flow);
        const auto checked = authorization.check();
        mayTellClient = authorization.mayTellClient();
        if (!checked)
            return checked.error();
        return authorization.shown();
    });
    if (shown)
        return Response::of(std::move(*shown));
    if (shown.error().status == 503)
        return shown.error();
    const auto [error, description] = oauthParts(shown.error());
    return raw({{"error", error}, {"error_description", description}, {"may_tell_client", mayTellClient}},
               shown.error().status);
}

} // namespace kith::core
