// SPDX-License-Identifier: Apache-2.0
// provider/:name/token (spec/engine.md §12; OpenID Connect Core §3.1.3; RFC 6749 §4.4, §5). The checks stand in the
// real server's order.
#include "auth/BatchToken.h"
#include "core/OidcFlow.h"
#include "oidc/Jwt.h"
#include "oidc/Time.h"
#include "store/Base64.h"
#include "store/Json.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr std::int64_t Second = 1'000'000'000;

Error refuse(std::string_view error, std::string_view description)
{
    return oauth(400, error, description);
}

/// What a client calls itself.
struct Credentials {
    std::string id;
    std::string secret;
    bool byHeader = false;
};

/// The header has both in the encoding of forms (RFC 6749, appendix B). Neither holds a percent sign of its own.
std::string withoutPercents(std::string_view text)
{
    std::string plain;
    while (!text.empty()) {
        const auto byte = text.front() == '%' && text.size() > 2
                              ? store::fromHex(text.substr(1, 2))
                              : tl::expected<std::string, std::size_t>(tl::unexpect, 0);
        plain += byte ? byte->front() : text.front();
        text.remove_prefix(byte ? 3 : 1);
    }
    return plain;
}

/// The header wins (RFC 6749 §2.3.1); one that can't be read counts as none.
Credentials credentialsOf(const Flow &flow)
{
    const std::string &header = flow.call.request().authorization;
    if (const auto space = header.find(' '); foldCase(header.substr(0, space)) == "basic" && space != std::string::npos)
        if (const auto text = store::fromBase64(std::string_view(header).substr(space + 1)))
            if (const auto colon = text->find(':'); colon != std::string::npos)
                return {withoutPercents(text->substr(0, colon)), withoutPercents(text->substr(colon + 1)), true};
    return {flow.text("client_id"), flow.text("client_secret"), false};
}

/// The tokens before they are signed.
struct Draft {
    oidc::NamedKey::Signer signer;
    json::object claims; ///< Of what is signed: the id token, or a client's own access token.
    std::optional<auth::Token> accessToken;
    std::string code;
    std::string suffix; ///< Of the access token: its namespace's.
    std::int64_t expiresIn = 0;
};

class Exchange
{
public:
    explicit Exchange(const Flow &flow, oidc::Codes &codes) : m_flow(flow), m_codes(codes) {}

    Result<Draft> run();

private:
    Result<void> findProvider();
    Result<void> findClient();
    Result<void> findKey();
    Result<Draft> byCode();
    Result<EntityId> checkGrant(const oidc::Grant &grant) const; ///< The entity that it was given to.
    Result<void> checkVerifier(const oidc::Grant &grant) const;
    Result<Draft> byItself();
    Draft begun(std::string_view subject) const;
    auth::Token accessToken(const oidc::Grant &grant) const;
    std::int64_t now() const { return m_flow.snapshot.now / Second; }

    const Flow &m_flow;
    oidc::Codes &m_codes;
    oidc::Provider m_provider;
    oidc::Client m_client;
    oidc::NamedKey m_key;
};

Result<void> Exchange::findProvider()
{
    auto provider = oidc::Providers(m_flow.entries).find(m_flow.call.inPath("name"));
    if (!provider)
        return provider.error();
    if (!*provider)
        return refuse("invalid_request", "provider not found");
    m_provider = std::move(**provider);
    return {};
}

Result<void> Exchange::findClient()
{
    const Credentials credentials = credentialsOf(m_flow);
    if (credentials.id.empty())
        return credentials.byHeader ? oauth(500, "server_error", "missing client ID")
                                    : refuse("invalid_request", "client_id parameter is required");
    const auto refused = [](std::string_view description) { return oauth(401, "invalid_client", description); };
    auto client = oidc::findClientById(m_flow.entries, credentials.id);
    if (!client)
        return client.error();
    if (!*client || ((*client)->type == oidc::ClientType::Confidential &&
                     !store::equalSecrets((*client)->secret, credentials.secret)))
        return refused("client failed to authenticate");
    m_client = std::move(**client);
    if (!m_provider.allows(m_client.id))
        return refused("client is not authorized to use the provider");
    return {};
}

Result<void> Exchange::findKey()
{
    auto key = oidc::NamedKeys(m_flow.entries).find(m_client.key);
    if (!key)
        return key.error();
    if (!*key || !(*key)->signing)
        return oauth(500, "server_error", "the key of the client has no signing key");
    m_key = std::move(**key);
    if (!m_key.allows(m_client.id))
        return oauth(401, "invalid_client", "client is not authorized to use the key");
    return {};
}

Result<void> Exchange::checkVerifier(const oidc::Grant &grant) const
{
    const std::string verifier = m_flow.text("code_verifier");
    if (grant.challenge.empty())
        return verifier.empty() ? Result<void>()
                                : refuse("invalid_request", "unexpected code_verifier for token exchange");
    if (verifier.empty())
        return refuse("invalid_request", "expected code_verifier for token exchange");
    if (!grant.isProvenBy(verifier))
        return refuse("invalid_grant", "invalid code_verifier for token exchange");
    return {};
}

Result<EntityId> Exchange::checkGrant(const oidc::Grant &grant) const
{
    if (grant.clientId != m_client.id)
        return refuse("invalid_grant", "authorization code was not issued to the client");
    if (grant.provider != m_provider.name)
        return refuse("invalid_grant", "authorization code was not issued by the provider");
    const std::string redirectUri = m_flow.text("redirect_uri");
    if (redirectUri.empty())
        return refuse("invalid_request", "redirect_uri parameter is required");
    if (redirectUri != grant.redirectUri)
        return refuse("invalid_grant",
                      "redirect_uri does not match the redirect_uri used in the authorization request");
    if (!m_flow.snapshot.session.integer("SELECT id FROM entity WHERE uuid = ?", grant.entityUuid))
        return refuse("invalid_request", "identity entity associated with the request not found");
    const auto entity = activeEntity(m_flow.snapshot.session, grant.entityUuid);
    const auto assigned = entity ? isAssigned(m_flow, m_client, *entity) : Result<bool>(false);
    if (!assigned)
        return assigned.error();
    if (!*assigned)
        return refuse("invalid_request", "identity entity not authorized by client assignment");
    if (auto proven = checkVerifier(grant); !proven)
        return proven.error();
    return *entity;
}

Draft Exchange::begun(std::string_view subject) const
{
    Draft draft;
    draft.signer = *m_key.signing;
    draft.claims["iss"] = providerIssuer(m_flow.call, m_provider);
    draft.claims["namespace"] = m_flow.call.space().shortId;
    draft.claims["sub"] = subject;
    draft.claims["aud"] = m_client.id;
    draft.claims["iat"] = now();
    draft.claims["exp"] = now() + m_client.idTokenTtl;
    return draft;
}

/// Good for the provider's userinfo alone; everything that it stands for lies sealed in it.
auth::Token Exchange::accessToken(const oidc::Grant &grant) const
{
    auth::Token token;
    token.type = auth::TokenType::Batch;
    token.ns = m_flow.call.ns();
    token.path = "oidc/provider/" + m_provider.name + "/token";
    token.meta.emplace().emplace("oidc_token_type", "access token");
    token.entityUuid = grant.entityUuid;
    token.noIdentityPolicies = true;
    token.created = now() * Second;
    token.ttl = m_client.accessTokenTtl;
    token.granted = token.ttl;
    token.expires = oidc::after(token.created, token.ttl);
    token.inlinePolicy = userinfoPolicy(m_provider.name);
    token.accessGrant =
        store::toJson(json::object{{"client_id", m_client.id}, {"scopes", json::value_from(grant.scopes)}});
    return token;
}

Result<Draft> Exchange::byCode()
{
    if (!m_client.authorizationCode)
        return refuse("invalid_grant", "client is not authorized to use given credentials flow");
    const std::string code = m_flow.text("code");
    if (code.empty())
        return refuse("invalid_request", "code parameter is required");
    const auto grant = m_codes.take(code, m_flow.snapshot.now);
    if (!grant)
        return refuse("invalid_grant", "authorization grant is invalid or expired");
    const auto entity = checkGrant(*grant);
    if (!entity)
        return entity.error();
    const auto claims = scopeClaims(m_flow, grant->scopes, *entity);
    if (!claims)
        return claims.error();
    Draft draft = begun(grant->entityUuid);
    for (const auto &claim : *claims)
        draft.claims[claim.key()] = claim.value();
    if (!grant->nonce.empty())
        draft.claims["nonce"] = grant->nonce;
    if (grant->authTime)
        draft.claims["auth_time"] = *grant->authTime;
    draft.accessToken = accessToken(*grant);
    draft.code = code;
    draft.suffix = m_flow.call.space().idSuffix();
    draft.expiresIn = m_client.accessTokenTtl;
    return draft;
}

/// For the client itself, with nobody behind it.
Result<Draft> Exchange::byItself()
{
    if (!m_client.clientCredentials)
        return refuse("invalid_grant", "client is not authorized to use given credentials flow");
    const std::string scope = " " + m_flow.text("scope") + " ";
    if (scope.find(" openid ") == std::string::npos)
        return refuse("invalid_request", "scope parameter must contain the \"openid\" value");
    Draft draft = begun(m_client.id);
    draft.claims["jti"] = newUuid();
    draft.expiresIn = m_client.idTokenTtl;
    return draft;
}

Result<Draft> Exchange::run()
{
    for (const auto step : {&Exchange::findProvider, &Exchange::findClient, &Exchange::findKey})
        if (auto done = (this->*step)(); !done)
            return done.error();
    const std::string type = m_flow.text("grant_type");
    if (type == "authorization_code")
        return byCode();
    if (type == "client_credentials")
        return byItself();
    return refuse("unsupported_grant_type", "unsupported grant_type or parameter is empty value");
}

/// Signs what was drafted, by a key that was read in that generation.
Result<json::object> signedTokens(Engine &engine, const store::Seal &seal, Draft draft, std::uint64_t readIn)
{
    const auto key = engine.oidc->signer(draft.signer, readIn);
    if (!key)
        return key.error();
    json::object body{{"token_type", "Bearer"}};
    std::string access;
    if (draft.accessToken) {
        access = auth::sealBatchToken(seal, *draft.accessToken, draft.suffix);
        draft.claims["at_hash"] = oidc::halfHash(key->algorithm(), access);
        draft.claims["c_hash"] = oidc::halfHash(key->algorithm(), draft.code);
    }
    const std::string jwt = oidc::signedJwt(*key, draft.signer.kid, draft.claims);
    body["access_token"] = draft.accessToken ? access : jwt;
    if (draft.accessToken)
        body["id_token"] = jwt;
    body["expires_in"] = draft.expiresIn;
    return body;
}

} // namespace

Result<Response> exchange(const Call &call, Engine &engine)
{
    const auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    const std::uint64_t readIn = engine.oidc->generation();
    auto draft =
        onOneCommit(call, engine, [&](const Flow &flow) { return Exchange(flow, engine.oidc->codes()).run(); });
    auto body = draft ? signedTokens(engine, **seal, std::move(*draft), readIn) : draft.error();
    Response response;
    if (body) {
        response = raw(std::move(*body));
    } else {
        const auto [error, description] = oauthParts(body.error());
        response = oauthError(body.error().status, error, description);
        if (response.status == 401)
            response.headers.emplace_back("WWW-Authenticate", "Basic");
    }
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("Pragma", "no-cache");
    return response;
}

} // namespace kith::core
