// SPDX-License-Identifier: Apache-2.0
// oidc/auth_url, oidc/callback, oidc/poll of the methods jwt and oidc: people sign in at a provider, with a browser
// (OpenID Connect Core §3.1) or on another device (RFC 8628).
#include "auth/LoginTurns.h"
#include "auth/Outgoing.h"
#include "core/CallbackPages.h"
#include "core/LoginPath.h"
#include "core/Routes.h"
#include "core/SignInAddress.h"
#include "core/SignInRecognition.h"
#include "jose/Hashes.h"
#include "oidc/Client.h"
#include "store/Seal.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::SignIn;

constexpr std::size_t LongestText = 4096; ///< Bytes that a sign-in may keep of what anybody sends.
constexpr std::size_t LongestIdToken = 256U << 10U;

Error expired()
{
    return signInFailed("Expired or missing OAuth state.");
}

Error wrongNonce()
{
    return invalidRequest("invalid client_nonce");
}

Error tooMany()
{
    return {ErrorCode::TimedOut, 400, "too many logins wait for the provider of this mount", {}};
}

Nanoseconds now(const Engine &engine)
{
    return engine.store.clock().now();
}

Result<auth::JwtConfig> configOf(const Call &call, Engine &engine)
{
    return readOfMount(call, engine, call.mount().id, jwtConfig);
}

/// What the mount says now of somebody who is on the way.
Result<JwtRules> rulesOf(const store::Entries &entries, const SignIn &signIn)
{
    auto config = jwtConfig(entries);
    if (!config)
        return signInFailed("Could not load configuration");
    auto rules = jwtRules(entries, std::move(*config), signIn.role);
    return rules ? rules : Result<JwtRules>(signInFailed("Role could not be found"));
}

Result<JwtRules> rulesOf(const Call &call, Engine &engine, const SignIn &signIn)
{
    return readOfMount(call, engine, call.mount().id,
                       [&](const store::Entries &entries) { return rulesOf(entries, signIn); });
}

// auth_url: where somebody is sent.

bool asksForIdToken(const auth::JwtConfig &config)
{
    return contains(config.responseTypes, "id_token");
}

std::string authorizationUrl(const auth::JwtConfig &config, const auth::JwtRole &role,
                             const auth::OpenIdProvider &provider, const SignIn &signIn, const std::string &state)
{
    std::map<std::string, std::string> query{
        {"client_id", config.clientId},
        {"redirect_uri", signIn.redirectUri},
        {"response_type", signIn.verifier.empty() ? "id_token" : "code"},
        {"scope", auth::scopeText(role.scopes.value_or(std::vector<std::string>()))},
        {"state", state},
        {"nonce", signIn.nonce}};
    if (signIn.maxAge > 0)
        query["max_age"] = std::to_string(signIn.maxAge);
    if (signIn.verifier.empty()) {
        query["response_mode"] = "form_post";
    } else {
        query["code_challenge"] = jose::sha256InBase64Url(signIn.verifier);
        query["code_challenge_method"] = "S256";
    }
    const std::string &address = provider.authorizationEndpoint;
    return address + (address.find('?') == std::string::npos ? "?" : "&") + auth::formText(query);
}

Result<Response> sendToDevice(const Call &call, Engine &engine, const JwtRules &rules, SignIn signIn)
{
    const auto turn = engine.loginTurns->take(call.mount().accessor);
    if (!turn)
        return tooMany();
    const auto provider = providerOf(call, engine, rules.config);
    if (!provider)
        return provider.error();
    auto device = auth::askForDevice(rules.config, *provider, rules.role.scopes.value_or(std::vector<std::string>()));
    if (!device)
        return device.error();
    signIn.deviceCode = std::move(device->code);
    signIn.pollInterval = std::clamp<std::int64_t>(device->interval, 0, 600);
    const std::string state = engine.signIns->add(call.mount().accessor, std::move(signIn), now(engine));
    json::object data{
        {"auth_url", device->address}, {"poll_interval", std::to_string(device->interval)}, {"state", state}};
    if (!device->userCode.empty())
        data["user_code"] = device->userCode;
    return Response::of(std::move(data));
}

Result<Response> sendToBrowser(const Call &call, Engine &engine, const JwtRules &rules, SignIn signIn)
{
    const auto &[config, role, roleName] = rules;
    const auto nowhere = [] { return Response::of(json::object{{"auth_url", ""}}); };
    const std::string redirect = sent(call, "redirect_uri");
    if (redirect.empty())
        return invalidRequest("missing redirect_uri");
    auto [address, ns] = config.namespaceInState ? withoutNamespace(redirect) : SplitAddress{redirect, {}};
    if (!oidc::isRegistered(role.redirectUris.value_or(std::vector<std::string>()), address))
        return nowhere();
    const auto provider = engine.jwtKeys->provider(call.mount().accessor, config);
    if (!provider)
        return nowhere();
    signIn.redirectUri = std::move(address);
    signIn.nonce = "n_" + store::randomBase62(20);
    if (!asksForIdToken(config))
        signIn.verifier = store::randomBase62(43);
    const std::string state = engine.signIns->add(call.mount().accessor, signIn, now(engine));
    json::object data{
        {"auth_url", authorizationUrl(config, role, *provider, signIn, ns.empty() ? state : state + ",ns=" + ns)}};
    if (role.callbackMode == "direct") {
        data["poll_interval"] = "5";
        data["state"] = state;
    }
    return Response::of(std::move(data));
}

Result<Response> authUrl(const Call &call, Engine &engine)
{
    const auto read = [&](const store::Entries &entries) -> Result<JwtRules> {
        auto config = jwtConfig(entries);
        if (!config)
            return config.error();
        if (config->clientId.empty())
            return invalidRequest("OIDC login is not configured for this mount");
        return jwtRules(entries, std::move(*config), sent(call, "role"));
    };
    const auto rules = readOfMount(call, engine, call.mount().id, read);
    if (!rules)
        return rules.error();
    SignIn signIn;
    signIn.role = rules->roleName;
    signIn.clientNonce = sent(call, "client_nonce");
    signIn.maxAge = rules->role.maxAge;
    signIn.peer = call.request().peer.address;
    if (rules->role.callbackMode != "client" && signIn.clientNonce.empty())
        return invalidRequest("missing client_nonce");
    if (signIn.clientNonce.size() > LongestText || sent(call, "redirect_uri").size() > LongestText)
        return invalidRequest("client_nonce or redirect_uri is too long");
    return rules->role.callbackMode == "device" ? sendToDevice(call, engine, *rules, std::move(signIn))
                                                : sendToBrowser(call, engine, *rules, std::move(signIn));
}

// callback: somebody comes back.

/// Whoever was recognised is logged in by what the mount says now: it may say something else than when he was.
Result<Response> finish(const Call &call, Engine &engine, const JwtRules &rules, const SignIn &signIn,
                        const Recognised &recognised)
{
    if (const auto login = loginBy(rules, recognised); !login)
        return login.error();
    return finishLogin(call, engine, {}, [&](store::WriteSession &session) -> Result<auth::Login> {
        if (auto stays = checkMountStays(call, session); !stays)
            return stays.error();
        const auto current =
            withEntries(call, session, [&](const store::Entries &entries) { return rulesOf(entries, signIn); });
        if (!current)
            return current.error();
        if (auth::providerSourceOf(current->config) != recognised.source)
            return signInFailed("The configuration of this mount was changed meanwhile.");
        if (auto right = checkPlace(call, current->role.token); !right)
            return right.error();
        return loginBy(*current, recognised);
    });
}

Response refusalPage(const Call &call, const Error &error)
{
    return CallbackPages(call.request()).refusal(error);
}

/// Whether whoever began the login is elsewhere, and polls: then the browser only says who it is.
bool isPolled(const JwtRules &rules, const SignIn &signIn)
{
    return rules.role.callbackMode == "direct" && signIn.deviceCode.empty();
}

/// Where isPolled().
Result<Response> recogniseForPoll(const Call &call, Engine &engine, const JwtRules &rules, const SignIn &signIn)
{
    if (signIn.recognised)
        return expired();
    if (!rules.role.disableConfirmation && sent(call, "confirmation").empty()) {
        std::vector<std::pair<std::string, std::string>> again;
        for (const char *name : {"state", "code", "error", "error_description"})
            if (std::string value = sent(call, name); !value.empty())
                again.emplace_back(name, std::move(value));
        return CallbackPages(call.request()).confirmation(signIn.peer, rules.roleName, again);
    }
    if (auto right = checkPlace(call, rules.role.token); !right)
        return right.error();
    const auto turn = engine.loginTurns->take(call.mount().accessor);
    if (!turn)
        return refusalPage(call, tooMany());
    const std::string state = sent(call, "state");
    // The state isn't over when this fails: the provider isn't to be asked by one invented code after the other.
    if (sent(call, "error").empty() && !engine.signIns->countTry(call.mount().accessor, state, now(engine)))
        return refusalPage(call, expired());
    auto recognised = recognise(call, engine, rules, signIn);
    if (!recognised)
        return refusalPage(call, recognised.error());
    if (const auto login = loginBy(rules, *recognised); !login) // the browser is who can be told why
        return refusalPage(call, login.error());
    if (!engine.signIns->keepRecognised(call.mount().accessor, state, std::move(*recognised), now(engine)))
        return expired();
    return CallbackPages(call.request()).signedIn();
}

Result<Response> callback(const Call &call, Engine &engine)
{
    const std::string &mount = call.mount().accessor;
    const std::string state = sent(call, "state");
    auto signIn = engine.signIns->find(mount, state, now(engine));
    if (!signIn)
        return configOf(call, engine) ? expired() : signInFailed("Could not load configuration");
    const auto rules = rulesOf(call, engine, *signIn);
    if (rules && isPolled(*rules, *signIn))
        return recogniseForPoll(call, engine, *rules, *signIn);
    const auto turn = engine.loginTurns->take(call.mount().accessor);
    if (!turn)
        return tooMany();
    signIn = engine.signIns->take(mount, state, now(engine)); // once, whatever comes of it
    if (!signIn)
        return expired();
    if (!rules)
        return rules.error();
    if (!signIn->deviceCode.empty() ||
        (!signIn->clientNonce.empty() && !store::equalSecrets(signIn->clientNonce, sent(call, "client_nonce"))))
        return wrongNonce();
    if (auto right = checkPlace(call, rules->role.token); !right)
        return right.error();
    const auto recognised = recognise(call, engine, *rules, *signIn);
    return recognised ? finish(call, engine, *rules, *signIn, *recognised) : recognised.error();
}

/// A browser that the provider makes post (OAuth's Form Post Response Mode): what it brings is kept, and asked for by
/// the console that opened it, if one did.
Result<Response> callbackPost(const Call &call, Engine &engine)
{
    const auto config = configOf(call, engine);
    if (!config)
        return refusalPage(call, signInFailed("Could not load configuration"));
    if (config->responseMode != "form_post") {
        Response response;
        response.status = 405;
        response.body = Body::Bare;
        return response;
    }
    std::string idToken = sent(call, "id_token");
    std::string code = sent(call, "code");
    if (idToken.size() > LongestIdToken || code.size() > LongestText)
        return refusalPage(call, signInFailed("What came is too long."));
    const std::string state = sent(call, "state");
    const auto signIn =
        engine.signIns->keepPosted(call.mount().accessor, state, std::move(idToken), std::move(code), now(engine));
    if (!signIn)
        return refusalPage(call, expired());
    const auto rules = rulesOf(call, engine, *signIn);
    if (rules && isPolled(*rules, *signIn))
        return recogniseForPoll(call, engine, *rules, *signIn);
    const std::string mount = consolesMount(signIn->redirectUri);
    return mount.empty() ? refusalPage(call, signInFailed("Invalid redirect path."))
                         : CallbackPages(call.request()).handOver(mount, state);
}

// poll: whoever began asks whether it is done.

Result<Response> finishRecognised(const Call &call, Engine &engine, const JwtRules &rules, const SignIn &signIn)
{
    if (!engine.signIns->take(call.mount().accessor, sent(call, "state"), now(engine))) // another poll was quicker
        return expired();
    return finish(call, engine, rules, signIn, *signIn.recognised);
}

/// Ends with its life. False: it was asked about too short a while ago, or somebody else asks about the same device,
/// who may be the one that is given its tokens.
class DevicePoll
{
public:
    DevicePoll(auth::SignIns &signIns, const std::string &mount, const std::string &state, Nanoseconds now)
        : m_signIns(signIns), m_mount(mount), m_state(state), m_begun(signIns.beginPoll(mount, state, now))
    {}
    DevicePoll(const DevicePoll &) = delete;
    DevicePoll &operator=(const DevicePoll &) = delete;
    ~DevicePoll()
    {
        if (m_begun)
            m_signIns.endPoll(m_mount, m_state);
    }
    explicit operator bool() const { return m_begun; }

private:
    auth::SignIns &m_signIns;
    const std::string m_mount;
    const std::string m_state;
    const bool m_begun;
};

Result<Response> finishDevice(const Call &call, Engine &engine, const JwtRules &rules, const SignIn &signIn)
{
    if (auto right = checkPlace(call, rules.role.token); !right)
        return right.error();
    const auto turn = engine.loginTurns->take(call.mount().accessor);
    if (!turn)
        return tooMany();
    const std::string state = sent(call, "state");
    const DevicePoll alone(*engine.signIns, call.mount().accessor, state, now(engine));
    if (!alone)
        return invalidRequest("authorization_pending");
    const auto provider = providerOf(call, engine, rules.config);
    if (!provider)
        return provider.error();
    auth::Questions::Asked question = engine.loginTurns->questions().ask();
    auto exchange = auth::pollDevice(rules.config, *provider, signIn.deviceCode);
    if (exchange.refusal && exchange.refusal->error == "slow_down")
        engine.signIns->slowDown(call.mount().accessor, state, now(engine));
    if (exchange.refusal &&
        (exchange.refusal->error == "authorization_pending" || exchange.refusal->error == "slow_down"))
        return invalidRequest(exchange.refusal->error);
    if (!engine.signIns->take(call.mount().accessor, state, now(engine)))
        return expired();
    if (exchange.refusal)
        return Error{
            ErrorCode::InvalidRequest, exchange.refusal->error.empty() ? 500 : 400, exchange.refusal->text, {}};
    if (!exchange.tokens.hasIdToken)
        return invalidRequest("Token verification failed. No id_token found in response.");
    auto recognised = recogniseByToken(call, engine, rules, *provider, signIn, std::move(exchange.tokens));
    if (recognised)
        recognised->question = std::move(question);
    return recognised ? finish(call, engine, rules, signIn, *recognised) : recognised.error();
}

Result<Response> poll(const Call &call, Engine &engine)
{
    const std::string &mount = call.mount().accessor;
    const std::string state = sent(call, "state");
    const auto signIn = engine.signIns->find(mount, state, now(engine));
    if (!signIn)
        return expired();
    const auto end = [&](Error error) {
        engine.signIns->take(mount, state, now(engine));
        return error;
    };
    if (!store::equalSecrets(signIn->clientNonce, sent(call, "client_nonce")))
        return end(wrongNonce());
    const auto rules = rulesOf(call, engine, *signIn);
    if (!rules)
        return end(rules.error());
    if (signIn->recognised)
        return finishRecognised(call, engine, *rules, *signIn);
    return signIn->deviceCode.empty() || rules->role.callbackMode != "device"
               ? invalidRequest("authorization_pending")
               : finishDevice(call, engine, *rules, *signIn);
}

} // namespace

std::vector<Route> signInRoutes()
{
    return {
        {"oidc/auth_url",
         {{"role"}, {"redirect_uri"}, {"client_nonce"}},
         {{Operation::Update, EngineHandler(authUrl)}},
         Gate::Public},
        {"oidc/callback",
         {{"state"},
          {"code"},
          {"id_token"},
          {"client_nonce"},
          {"error"},
          {"error_description"},
          {"error_uri"},
          {"confirmation"}},
         {{Operation::Read, EngineHandler(callback)}, {Operation::Update, EngineHandler(callbackPost)}},
         Gate::Public},
        {"oidc/poll", {{"state"}, {"client_nonce"}}, {{Operation::Update, EngineHandler(poll)}}, Gate::Public},
    };
}

} // namespace kith::core
