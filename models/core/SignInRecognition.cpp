// SPDX-License-Identifier: Apache-2.0
#include "core/SignInRecognition.h"

#include "auth/IdToken.h"
#include "auth/JwtClaims.h"
#include "auth/LoginTurns.h"
#include "store/Json.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;
using auth::SignIn;

namespace {

auth::IdTokenWish wishOf(const SignIn &signIn, const auth::JwtRole &role)
{
    auth::IdTokenWish wish;
    if (!signIn.nonce.empty())
        wish.nonce = signIn.nonce;
    wish.maxAge = signIn.maxAge;
    wish.audiences = role.boundAudiences.value_or(std::vector<std::string>());
    return wish;
}

Result<auth::IdToken> checkedToken(const Call &call, Engine &engine, const JwtRules &rules,
                                   const auth::OpenIdProvider &provider, const SignIn &signIn,
                                   const std::string &idToken)
{
    return auth::checkedIdToken(*engine.jwtKeys, call.mount().accessor, rules.config, provider, idToken,
                                wishOf(signIn, rules.role), engine.store.clock().now());
}

/// By the claims of a good identity token, with what the provider tells of its bearer besides.
Recognised recognisedBy(const Call &call, Engine &engine, const auth::JwtConfig &config,
                        const auth::OpenIdProvider &provider, json::object claims, auth::ProviderTokens tokens)
{
    const auto more = auth::askUserinfo(*engine.jwtKeys, call.mount().accessor, config, provider, tokens.accessToken,
                                        store::textIn(claims, "sub"));
    if (more)
        for (const auto &[name, value] : *more)
            claims[name] = value;
    return {std::move(claims), std::move(tokens), auth::providerSourceOf(config)};
}

Result<Recognised> recogniseByCode(const Call &call, Engine &engine, const JwtRules &rules,
                                   const auth::OpenIdProvider &provider, const SignIn &signIn, const std::string &code)
{
    const auto why = [](const std::string &text) {
        return signInFailed("Error exchanging oidc code: " + inQuotes("Provider.Exchange: " + text) + ".");
    };
    if (signIn.verifier.empty())
        return why("request (" + sent(call, "state") + ") should not be using the implicit flow: invalid OIDC flow");
    auto exchange = auth::exchangeCode(rules.config, provider, code, signIn.redirectUri, signIn.verifier);
    if (exchange.refusal)
        return why("unable to exchange auth code with provider: " + exchange.refusal->text);
    auth::ProviderTokens &tokens = exchange.tokens;
    if (!tokens.hasIdToken)
        return why("id_token is missing from auth code exchange: id_token is missing");
    auto idToken = checkedToken(call, engine, rules, provider, signIn, tokens.idToken);
    if (!idToken)
        return why("id_token failed verification: " + idToken.error().wire);
    if (auto right = auth::checkHashes(*idToken, tokens.accessToken, code); !right)
        return why(right.error().wire);
    return recognisedBy(call, engine, rules.config, provider, std::move(idToken->claims), std::move(tokens));
}

/// An error that the provider sent a browser back with: only those that OAuth has are repeated (RFC 6749 §4.1.2.1).
Error sentBackWith(const std::string &error)
{
    static const std::vector<std::string> known{"invalid_request",           "unauthorized_client", "access_denied",
                                                "unsupported_response_type", "invalid_scope",       "server_error",
                                                "temporarily_unavailable"};
    const std::string name = foldCase(error);
    return signInFailed(contains(known, name)
                            ? name
                            : "An unknown error occurred during OIDC authentication. Check server logs for details");
}

} // namespace

std::string sent(const Call &call, std::string_view name)
{
    return call.text(name).value_or(std::string());
}

Error signInFailed(const std::string &why)
{
    return invalidRequest("OpenBao login failed. " + why);
}

Result<auth::Login> loginBy(const JwtRules &rules, const Recognised &recognised)
{
    const auto &[config, role, roleName] = rules;
    const json::object &claims = recognised.claims;
    if (!role.boundSubject.empty() && store::textIn(claims, "sub") != role.boundSubject)
        return signInFailed("sub claim does not match bound subject");
    auto login = auth::loginOf(claims, role, roleName);
    if (!login)
        return signInFailed(login.error().wire);
    if (auto right = auth::checkBoundClaims(claims, role); !right)
        return signInFailed(right.error().wire);
    login->question = recognised.question;
    const auth::ProviderTokens &tokens = recognised.tokens;
    for (const std::string &kind : role.oauth2Metadata.value_or(std::vector<std::string>()))
        (*login->meta)["oauth2_" + kind] = kind == "access_token" ? tokens.accessToken
                                           : kind == "id_token"   ? tokens.idToken
                                                                  : tokens.refreshToken;
    return login;
}

Result<auth::OpenIdProvider> providerOf(const Call &call, Engine &engine, const auth::JwtConfig &config)
{
    const auto none = [](const std::string &why) {
        return Error{ErrorCode::Unreachable,
                     500,
                     "error getting provider for login operation: error creating provider: " + why,
                     {}};
    };
    if (config.clientId.empty()) // by now
        return none("NewConfig: invalid provider config: Config.Validate: client ID is empty: invalid parameter");
    auto provider = engine.jwtKeys->provider(call.mount().accessor, config);
    return provider ? provider : Result<auth::OpenIdProvider>(none(provider.error().wire));
}

Result<Recognised> recogniseByToken(const Call &call, Engine &engine, const JwtRules &rules,
                                    const auth::OpenIdProvider &provider, const SignIn &signIn,
                                    auth::ProviderTokens tokens)
{
    auto idToken = checkedToken(call, engine, rules, provider, signIn, tokens.idToken);
    if (!idToken)
        return invalidRequest("Token verification failed. " + idToken.error().wire);
    return recognisedBy(call, engine, rules.config, provider, std::move(idToken->claims), std::move(tokens));
}

Result<Recognised> recognise(const Call &call, Engine &engine, const JwtRules &rules, const SignIn &signIn)
{
    if (const std::string error = sent(call, "error"); !error.empty())
        return sentBackWith(error);
    std::string code = sent(call, "code");
    if (code == "no_code") // as whoever posted has to say
        code = signIn.postedCode;
    // Who was sent there for a code has to bring one: only the code is bound to who began (PKCE).
    if (code.empty() && (signIn.postedIdToken.empty() || !signIn.verifier.empty()))
        return signInFailed("No code or id_token received.");
    const auto provider = providerOf(call, engine, rules.config);
    if (!provider)
        return provider.error();
    auth::Questions::Asked question = engine.loginTurns->questions().ask();
    auth::ProviderTokens tokens;
    tokens.idToken = signIn.postedIdToken;
    auto recognised = code.empty() ? recogniseByToken(call, engine, rules, *provider, signIn, std::move(tokens))
                                   : recogniseByCode(call, engine, rules, *provider, signIn, code);
    if (recognised)
        recognised->question = std::move(question);
    return recognised;
}

} // namespace kith::core
