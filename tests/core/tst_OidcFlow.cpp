// SPDX-License-Identifier: Apache-2.0
#include "OidcAnswers.h"
#include "oidc/Algorithm.h"
#include "store/Base64.h"
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::test;
using core::Operation;
using core::Response;

namespace {

constexpr const char *Callback = "http://127.0.0.1:9/cb";
const std::string Verifier(43, 'v');

/// "400 invalid_grant: what it says".
QByteArray told(const Response &response)
{
    if (response.ok() && !text(response, "error").empty())
        return "an error with success";
    const std::string what = text(response, "error") + ": " + text(response, "error_description");
    return QByteArray::number(response.status) + (response.ok() ? "" : " " + QByteArray::fromStdString(what));
}

/// What a parameter is changed to; null: it is left out.
struct Value {
    Value(const char *text) : json(text) {}
    Value(const std::string &text) : json(boost::json::string(text)) {}
    Value(int number) : json(number) {}
    Value(std::nullptr_t) {}
    boost::json::value json;
};

/// A client that is registered.
struct Application {
    std::string id;
    std::string secret;
};

} // namespace

/// The flows of OpenID Connect; each rule is broken here once. Expected answers are those of OpenBao 2.7.2.
class TestOidcFlow : public QObject
{
    Q_OBJECT

    using Changes = std::initializer_list<std::pair<const char *, Value>>;

    std::unique_ptr<TestCore> m_core;
    std::string m_entity;
    std::string m_group; ///< That m_entity is in through another one.
    std::string m_token;
    Application m_client;
    Application m_other;
    Application m_public;

    void post(const std::string &path, std::string_view json)
    {
        const Response answer = m_core->post("identity/oidc/" + path, json);
        QVERIFY2(answer.ok(), line(answer).constData());
    }
    Application application(const std::string &name, std::string_view json)
    {
        post("client/" + name, json);
        const Response read = m_core->get("identity/oidc/client/" + name);
        return {text(read, "client_id"), text(read, "client_secret")};
    }

    static boost::json::object with(boost::json::object fields, Changes changes)
    {
        for (const auto &[name, value] : changes)
            if (value.json.is_null())
                fields.erase(name);
            else
                fields[name] = value.json;
        return fields;
    }

    Response authorize(Changes changes = {}, const std::string &provider = "p", const std::string *token = nullptr)
    {
        core::Request request;
        request.operation = Operation::Read;
        request.path = "identity/oidc/provider/" + provider + "/authorize";
        request.token = token ? *token : m_token;
        request.data = with({{"client_id", m_client.id},
                             {"redirect_uri", Callback},
                             {"response_type", "code"},
                             {"scope", "openid user"},
                             {"state", "st"},
                             {"nonce", "no"}},
                            changes);
        return m_core->core().handle(request);
    }
    std::string code(Changes changes = {}) { return text(authorize(changes), "code"); }

    Response exchange(const std::string &code, Changes changes = {}, const std::string &provider = "p",
                      const Application *who = nullptr)
    {
        const Application &client = who ? *who : m_client;
        core::Request request;
        request.operation = Operation::Update;
        request.path = "identity/oidc/provider/" + provider + "/token";
        if (!client.id.empty())
            request.authorization = "Basic " + store::toBase64(client.id + ":" + client.secret);
        request.data =
            with({{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", Callback}}, changes);
        return m_core->core().handle(request);
    }
    std::string accessToken() { return text(exchange(code()), "access_token"); }

    Response userinfo(const std::string &token, const std::string &provider = "p", bool bearer = true)
    {
        core::Request request;
        request.operation = Operation::Read;
        request.path = "identity/oidc/provider/" + provider + "/userinfo";
        request.token = token;
        request.bearer = bearer;
        return m_core->core().handle(request);
    }

    void setDisabled(bool disabled)
    {
        m_core->post("identity/entity/id/" + m_entity, boost::json::object{{"disabled", disabled}});
    }

private Q_SLOTS:
    void init()
    {
        m_core = std::make_unique<TestCore>();
        m_core->core().setApiAddress("https://kith.example");
        const std::string accessor = m_core->mount("up");
        m_entity = m_core->create("identity/entity", R"({"name":"joe"})");
        m_core->create("identity/entity-alias",
                       boost::json::object{{"name", "joe"}, {"canonical_id", m_entity}, {"mount_accessor", accessor}});
        const std::string inner =
            m_core->create("identity/group", boost::json::object{{"name", "inner"}, {"member_entity_ids", {m_entity}}});
        m_group =
            m_core->create("identity/group", boost::json::object{{"name", "outer"}, {"member_group_ids", {inner}}});
        // bcrypt of "U*U" with the least cost
        m_core->post("auth/up/users/joe",
                     R"({"password_hash":"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"})");
        m_token =
            m_core->post("auth/up/login/joe", R"({"password":"U*U"})").auth->fields.at("client_token").as_string();
        post("key/k", R"({"algorithm":"ES256","allowed_client_ids":"*"})");
        post("scope/user", "{\"template\":\"{\\\"user\\\": {{identity.entity.name}} }\"}");
        post("scope/clash", "{\"template\":\"{\\\"user\\\": 1}\"}");
        constexpr const char *settings =
            R"({"key":"k","redirect_uris":["http://127.0.0.1:9/cb","https://ex.com/cb"],"assignments":"allow_all",)"
            R"("client_credentials":true,"access_token_ttl":"20m","id_token_ttl":"10m"})";
        m_client = application("c", settings);
        m_other = application("o", settings);
        m_public = application("public", R"({"key":"k","client_type":"public","redirect_uris":"http://127.0.0.1:9/cb",)"
                                         R"("assignments":"allow_all"})");
        post("provider/p", R"({"allowed_client_ids":"*","scopes_supported":["user","clash"]})");
        post("provider/p2", R"({"allowed_client_ids":"*"})");
        post("provider/closed", R"({"allowed_client_ids":[]})");
    }

    void givesTokensForACode()
    {
        const std::string granted = code({{"max_age", 1000}});
        QCOMPARE(granted.size(), std::size_t(32));
        const Response answer = exchange(granted);
        QCOMPARE(told(answer), QByteArray("200"));
        QCOMPARE(answer.body, core::Body::Raw);
        QCOMPARE(header(answer, "Cache-Control"), std::string("no-store"));
        QCOMPARE(header(answer, "Pragma"), std::string("no-cache"));
        QCOMPARE(member(answer, "token_type"), QByteArray("\"Bearer\""));
        QCOMPARE(member(answer, "expires_in"), QByteArray("1200"));
        const std::int64_t now = m_core->clock().now() / 1'000'000'000;
        const std::string access = text(answer, "access_token");
        QCOMPARE(claimsOf(text(answer, "id_token")),
                 (boost::json::object{{"iss", "https://kith.example/v1/identity/oidc/provider/p"},
                                      {"aud", m_client.id},
                                      {"sub", m_entity},
                                      {"namespace", "root"},
                                      {"iat", now},
                                      {"exp", now + 600},
                                      {"auth_time", now},
                                      {"nonce", "no"},
                                      {"user", "joe"},
                                      {"at_hash", oidc::halfHash(oidc::Algorithm::Es256, access)},
                                      {"c_hash", oidc::halfHash(oidc::Algorithm::Es256, granted)}}));
        // Without what is optional.
        const auto less = claimsOf(text(exchange(code({{"nonce", nullptr}, {"scope", "openid"}})), "id_token"));
        for (const char *name : {"nonce", "auth_time", "user"})
            QVERIFY(!less.contains(name));
        // It is no identity token.
        const Response introspected =
            m_core->post("identity/oidc/introspect", boost::json::object{{"token", text(answer, "id_token")}});
        QCOMPARE(member(introspected, "active"), QByteArray("false"));
    }

    void takesACodeOnce()
    {
        const std::string granted = code();
        QCOMPARE(told(exchange(granted)), QByteArray("200"));
        const QByteArray gone = "400 invalid_grant: authorization grant is invalid or expired";
        QCOMPARE(told(exchange(granted)), gone);
        QCOMPARE(told(exchange("x")), gone);
        const std::string late = code();
        m_core->clock().advance(300'000'000'000);
        QCOMPARE(told(exchange(late)), gone);
    }

    /// Each of these burns the code.
    void takesACodeFromWhomItWasGivenTo()
    {
        std::string granted = code();
        const QByteArray gone = "400 invalid_grant: authorization grant is invalid or expired";
        QCOMPARE(told(exchange(granted, {}, "p", &m_other)),
                 QByteArray("400 invalid_grant: authorization code was not issued to the client"));
        QCOMPARE(told(exchange(granted)), gone);
        granted = code();
        QCOMPARE(told(exchange(granted, {}, "p2")),
                 QByteArray("400 invalid_grant: authorization code was not issued by the provider"));
        QCOMPARE(told(exchange(granted)), gone);
        granted = code();
        QCOMPARE(told(exchange(granted, {{"redirect_uri", "http://127.0.0.1:10/cb"}})),
                 QByteArray("400 invalid_grant: redirect_uri does not match the redirect_uri used in the "
                            "authorization request"));
        QCOMPARE(told(exchange(granted)), gone);
        granted = code();
        QCOMPARE(told(exchange(granted, {{"redirect_uri", nullptr}})),
                 QByteArray("400 invalid_request: redirect_uri parameter is required"));
        QCOMPARE(told(exchange(granted)), gone);
    }

    /// These don't.
    void authenticatesClientsFirst()
    {
        const std::string granted = code();
        const QByteArray failed = "401 invalid_client: client failed to authenticate";
        const Application wrong{m_client.id, "x"};
        const Application unknown{"x", "x"};
        const Application none;
        const Response refused = exchange(granted, {}, "p", &wrong);
        QCOMPARE(told(refused), failed);
        QCOMPARE(header(refused, "WWW-Authenticate"), std::string("Basic"));
        QCOMPARE(told(exchange(granted, {}, "p", &unknown)), failed);
        QCOMPARE(told(exchange(granted, {}, "p", &none)),
                 QByteArray("400 invalid_request: client_id parameter is required"));
        QCOMPARE(told(exchange(granted, {{"client_id", m_client.id}}, "p", &none)), failed);
        // As the encoding of forms has it, which the real server doesn't read.
        const Application encoded{m_client.id, "hvo%5Fsecret%5f" + m_client.secret.substr(11)};
        QCOMPARE(told(exchange(code(), {}, "p", &encoded)), QByteArray("200"));
        // The header wins.
        QCOMPARE(told(exchange(granted, {{"client_id", m_client.id}, {"client_secret", m_client.secret}}, "p", &wrong)),
                 failed);
        QCOMPARE(told(exchange(granted, {}, "none")), QByteArray("400 invalid_request: provider not found"));
        QCOMPARE(told(exchange(granted, {}, "closed")),
                 QByteArray("401 invalid_client: client is not authorized to use the provider"));
        QCOMPARE(told(exchange(granted, {{"grant_type", "password"}})),
                 QByteArray("400 unsupported_grant_type: unsupported grant_type or parameter is empty value"));
        QCOMPARE(told(exchange(granted, {{"code", nullptr}})),
                 QByteArray("400 invalid_request: code parameter is required"));
        post("key/k", R"({"allowed_client_ids":"x"})");
        QCOMPARE(told(exchange(granted)), QByteArray("401 invalid_client: client is not authorized to use the key"));
        post("key/k", R"({"allowed_client_ids":"*"})");
        post("client/c", R"({"authorization_code":false})");
        QCOMPARE(told(exchange(granted)),
                 QByteArray("400 invalid_grant: client is not authorized to use given credentials flow"));
        post("client/c", R"({"authorization_code":true})");
        QCOMPARE(told(exchange(granted, {{"client_id", m_client.id}, {"client_secret", m_client.secret}}, "p", &none)),
                 QByteArray("200"));
    }

    void provesTheClientByItsChallenge()
    {
        const std::string hash = oidc::sha256InBase64Url(Verifier);
        const Changes hashed{{"code_challenge", hash}, {"code_challenge_method", "S256"}};
        const Changes plain{{"code_challenge", Verifier}};
        QCOMPARE(told(exchange(code(hashed), {{"code_verifier", Verifier}})), QByteArray("200"));
        QCOMPARE(told(exchange(code(plain), {{"code_verifier", Verifier}})), QByteArray("200"));
        const QByteArray invalid = "400 invalid_grant: invalid code_verifier for token exchange";
        QCOMPARE(told(exchange(code(hashed), {{"code_verifier", std::string(43, 'w')}})), invalid);
        QCOMPARE(told(exchange(code(hashed), {{"code_verifier", hash}})), invalid);
        const std::string burnt = code(hashed);
        QCOMPARE(told(exchange(burnt)), QByteArray("400 invalid_request: expected code_verifier for token exchange"));
        QCOMPARE(told(exchange(burnt, {{"code_verifier", Verifier}})),
                 QByteArray("400 invalid_grant: authorization grant is invalid or expired"));
        QCOMPARE(told(exchange(code(), {{"code_verifier", Verifier}})),
                 QByteArray("400 invalid_request: unexpected code_verifier for token exchange"));
        const Changes ofPublic{{"client_id", m_public.id}};
        QCOMPARE(told(authorize(ofPublic)), QByteArray("400 invalid_request: PKCE is required for public clients"));
        const Application nobody;
        const std::string granted =
            code({{"client_id", m_public.id}, {"code_challenge", hash}, {"code_challenge_method", "S256"}});
        QCOMPARE(told(exchange(granted, {{"client_id", m_public.id}, {"code_verifier", Verifier}}, "p", &nobody)),
                 QByteArray("200"));
    }

    void looksAgainWhoItIs()
    {
        const QByteArray unassigned = "400 invalid_request: identity entity not authorized by client assignment";
        std::string granted = code();
        setDisabled(true);
        QCOMPARE(told(exchange(granted)), unassigned);
        setDisabled(false);
        granted = code();
        post("client/c", R"({"assignments":[]})");
        QCOMPARE(told(exchange(granted)), unassigned);
        QCOMPARE(told(authorize()),
                 QByteArray("400 access_denied: identity entity not authorized by client assignment"));
        post("client/c", R"({"assignments":"allow_all"})");
        granted = code();
        m_core->remove("identity/entity/id/" + m_entity);
        QCOMPARE(told(exchange(granted)),
                 QByteArray("400 invalid_request: identity entity associated with the request not found"));
    }

    /// A token of an entity that is another's part now stands for nobody here.
    void knowsNobodyWhoWasMerged()
    {
        const std::string granted = code();
        const std::string access = accessToken();
        const std::string other = m_core->create("identity/entity", R"({"name":"other"})");
        const Response merged = m_core->post(
            "identity/entity/merge", boost::json::object{{"from_entity_ids", {m_entity}}, {"to_entity_id", other}});
        QVERIFY2(merged.ok(), line(merged).constData());
        const QByteArray gone = "identity entity associated with the request not found";
        QCOMPARE(told(exchange(granted)), "400 invalid_request: " + gone);
        QCOMPARE(told(authorize()), "400 access_denied: " + gone);
        QCOMPARE(told(userinfo(access)), "403 access_denied: " + gone);
        post("role/r", R"({"key":"k"})");
        m_core->policy("oidc", R"(path "identity/oidc/token/r" { capabilities = ["read"] })");
        m_core->post("identity/entity/id/" + other, R"({"policies":"oidc"})");
        QCOMPARE(line(m_core->sendAs(m_token, Operation::Read, "identity/oidc/token/r")),
                 QByteArray("500 1 error occurred:\n\t* error loading entity ID \"") +
                     QByteArray::fromStdString(m_entity) + "\"\n\n");
    }

    void refusesRequests_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value"); // null: left out
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *value, const char *expected) {
            QTest::addRow("%s=%s", name, value ? value : "")
                << QByteArray(name) << QByteArray(value) << "400 " + QByteArray(expected);
        };
        row("client_id", nullptr, "invalid_client_id: client_id parameter is required");
        row("client_id", "x", "invalid_client_id: client with client_id not found");
        row("redirect_uri", nullptr, "invalid_request: redirect_uri parameter is required");
        row("redirect_uri", "https://ex.com/other", "invalid_redirect_uri: redirect_uri is not allowed for the client");
        row("redirect_uri", "https://ex.com:8443/cb",
            "invalid_redirect_uri: redirect_uri is not allowed for the client");
        row("request", "x", "request_not_supported: request parameter is not supported");
        row("request_uri", "x", "request_uri_not_supported: request_uri parameter is not supported");
        row("scope", nullptr, "invalid_request: scope parameter must contain the \"openid\" value");
        row("scope", "user", "invalid_request: scope parameter must contain the \"openid\" value");
        row("response_type", nullptr, "invalid_request: response_type parameter is required");
        row("response_type", "token", "unsupported_response_type: unsupported response_type value");
        row("code_challenge", "short", "invalid_request: invalid code_challenge");
        row("max_age", "0", "invalid_request: max_age must be greater than zero");
    }
    void refusesRequests()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, expected);
        const Response answer =
            authorize({{name.constData(), value.isNull() ? Value(nullptr) : Value(value.constData())}});
        QCOMPARE(told(answer), expected);
        QCOMPARE(member(answer, "state"), QByteArray(name.startsWith("request") ? "\"\"" : "\"st\""));
    }

    void refusesOthers()
    {
        QCOMPARE(told(authorize({}, "none")), QByteArray("400 invalid_request: provider not found"));
        QCOMPARE(told(authorize({}, "closed")),
                 QByteArray("400 unauthorized_client: client is not authorized to use the provider"));
        const std::string root = "root";
        QCOMPARE(told(authorize({}, "p", &root)),
                 QByteArray("400 access_denied: identity entity must be associated with the request"));
        const std::string nobody;
        QCOMPARE(line(authorize({}, "p", &nobody)), QByteArray("403 permission denied"));
        QCOMPARE(told(authorize({{"code_challenge", Verifier}, {"code_challenge_method", "S512"}})),
                 QByteArray("400 invalid_request: invalid code_challenge_method"));
        QCOMPARE(told(authorize({{"code_challenge", Verifier}, {"code_challenge_method", ""}})), QByteArray("200"));
        m_core->clock().advance(2'000'000'000);
        QCOMPARE(told(authorize({{"max_age", 1}})),
                 QByteArray("400 max_age_violation: active re-authentication is required by max_age"));
        QCOMPARE(told(authorize({{"max_age", 2}})), QByteArray("200"));
        QCOMPARE(told(authorize({{"redirect_uri", "http://127.0.0.1:7777/cb"}})), QByteArray("200"));
        post("client/c", R"({"authorization_code":false})");
        QCOMPARE(told(authorize()),
                 QByteArray("400 invalid_grant: client not allowed to perform authorization code credential flow"));
    }

    void knowsAssignments()
    {
        post("assignment/group", "{\"group_ids\":\"" + m_group + "\"}");
        post("assignment/person", "{\"entity_ids\":\"" + m_entity + "\"}");
        post("assignment/others", R"({"entity_ids":"x","group_ids":"y"})");
        post("assignment/star", R"({"entity_ids":"*"})"); // means all only in the one that is built in
        post("client/c", R"({"assignments":"star"})");
        QVERIFY(told(authorize()).startsWith("400 access_denied"));
        post("client/c", R"({"assignments":"others"})");
        QVERIFY(told(authorize()).startsWith("400 access_denied"));
        post("client/c", R"({"assignments":"others,group"})"); // through the inner group
        QCOMPARE(told(authorize()), QByteArray("200"));
        post("client/c", R"({"assignments":"person"})");
        QCOMPARE(told(authorize()), QByteArray("200"));
    }

    void informsBearersOfItsAccessTokens()
    {
        const std::string access = accessToken();
        const Response answer = userinfo(access);
        QCOMPARE(boost::json::serialize(*answer.data), std::string("{\"user\":\"joe\",\"sub\":\"") + m_entity + "\"}");
        const QByteArray denied = "401 invalid_token: permission denied";
        QCOMPARE(told(userinfo(access, "p", false)),
                 QByteArray("401 invalid_token: access token must be sent as a Bearer token"));
        const Response missing = userinfo({});
        QCOMPARE(told(missing), denied);
        QCOMPARE(header(missing, "WWW-Authenticate"),
                 std::string(R"(Bearer error="invalid_token",error_description="permission denied")"));
        QCOMPARE(told(userinfo("x")), denied);
        QCOMPARE(told(userinfo(access, "p2")), denied);
        QCOMPARE(told(userinfo("root")), QByteArray("401 invalid_token: access token is malformed or invalid"));
        QCOMPARE(told(userinfo(m_core->token(R"({"policies":["root"],"num_uses":1})"))),
                 QByteArray("401 invalid_token: access token is expired"));
        m_core->policy("ui", "path \"identity/*\" { capabilities = [\"read\"] }");
        QCOMPARE(told(userinfo(m_core->token(R"({"policies":["ui"],"type":"batch"})"))),
                 QByteArray("500 server_error: expected client ID in token metadata"));
        // A provider that lists a scope no more says nothing of it; one that refuses the client says nothing at all.
        post("provider/p", R"({"scopes_supported":[]})");
        QVERIFY(!userinfo(access).data->as_object().contains("user"));
        post("provider/p", R"({"allowed_client_ids":"x"})");
        QCOMPARE(told(userinfo(access)), QByteArray("403 access_denied: client is not authorized to use the provider"));
        post("provider/p", R"({"allowed_client_ids":"*"})");
        post("client/c", R"({"assignments":[]})");
        QCOMPARE(told(userinfo(access)),
                 QByteArray("403 access_denied: identity entity not authorized by client assignment"));
        setDisabled(true);
        QCOMPARE(told(userinfo(access)), denied);
        setDisabled(false);
        m_core->remove("identity/oidc/client/c");
        QCOMPARE(told(userinfo(access)), QByteArray("403 access_denied: client not found"));
        m_core->clock().advance(1'200'000'000'000);
        QCOMPARE(told(userinfo(access)), denied);
    }

    void letsAccessTokensDoNothingElse()
    {
        const std::string access = accessToken();
        for (const std::string &path : {std::string("auth/token/lookup-self"), "identity/entity/id/" + m_entity,
                                        std::string("identity/oidc/config")})
            QVERIFY(line(m_core->sendAs(access, Operation::Read, path)).startsWith("403"));
        const Response looked = m_core->post("auth/token/lookup", boost::json::object{{"token", access}});
        QCOMPARE(member(looked, "policies"), QByteArray("null"));
        QCOMPARE(member(looked, "type"), QByteArray("\"batch\""));
        QCOMPARE(member(looked, "path"), QByteArray("\"oidc/provider/p/token\""));
        QCOMPARE(member(looked, "meta"), QByteArray(R"({"oidc_token_type":"access token"})"));
        QCOMPARE(member(looked, "creation_ttl"), QByteArray("1200"));
    }

    void refusesClaimsThatClash()
    {
        const std::string granted = code({{"scope", "openid user clash"}});
        const QByteArray clash =
            "400 invalid_request: found scopes with conflicting top-level claim: claim \"user\" in "
            "scopes \"user\", \"clash\"";
        QCOMPARE(told(exchange(granted)), clash);
        QCOMPARE(told(exchange(granted)), QByteArray("400 invalid_grant: authorization grant is invalid or expired"));
        const Response warned = m_core->post("identity/oidc/provider/p", R"({"scopes_supported":"user,clash"})");
        QCOMPARE(warned.warnings.size(), std::size_t(1));
        QVERIFY(warned.warnings.front().find("conflict \"user\" in scopes \"user\", \"clash\"") != std::string::npos);
    }

    void givesClientsTokensOfTheirOwn()
    {
        const Changes own{{"grant_type", "client_credentials"}, {"scope", "openid"}};
        const Response answer = exchange({}, own);
        QCOMPARE(told(answer), QByteArray("200"));
        QVERIFY(text(answer, "id_token").empty());
        QCOMPARE(member(answer, "expires_in"), QByteArray("600"));
        const auto claims = claimsOf(text(answer, "access_token"));
        QCOMPARE(claims.at("sub"), boost::json::value(m_client.id));
        QCOMPARE(claims.at("aud"), boost::json::value(m_client.id));
        QVERIFY(claims.contains("jti"));
        QCOMPARE(told(userinfo(text(answer, "access_token"))), QByteArray("401 invalid_token: permission denied"));
        QCOMPARE(told(exchange({}, {{"grant_type", "client_credentials"}, {"scope", "user"}})),
                 QByteArray("400 invalid_request: scope parameter must contain the \"openid\" value"));
        post("client/c", R"({"client_credentials":false})");
        QCOMPARE(told(exchange({}, own)),
                 QByteArray("400 invalid_grant: client is not authorized to use given credentials flow"));
    }

    void refusesClients_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *path, const char *body, const char *expected) {
            QTest::addRow("%s %s", path, body) << QByteArray(path) << QByteArray(body) << "400 " + QByteArray(expected);
        };
        row("client/n", R"({"key":"nope"})", "key \"nope\" does not exist");
        row("client/n", R"({"assignments":"zz","key":"nope","client_type":"x"})", "assignment \"zz\" does not exist");
        row("client/n", R"({"client_type":"x"})", "invalid client_type \"x\"");
        row("client/n", R"({"key":"nope","client_type":"x"})", "key \"nope\" does not exist");
        row("client/n", R"({"id_token_ttl":"25h","client_type":"x"})",
            "a client's id_token_ttl cannot be greater than the verification_ttl of the key it references");
        row("client/n", R"({"client_type":"public","client_credentials":true})",
            "client_credentials=true is only allowed for client_type=confidential");
        row("client/public", R"({"client_credentials":true})",
            "client_credentials=true is only allowed for client_type=confidential");
        row("client/c", R"({"key":"default"})", "key modification is not allowed");
        row("client/c", R"({"client_type":"public"})", "client_type modification is not allowed");
        row("assignment/allow_all", "{}", "modification of assignment \"allow_all\" not allowed");
        row("scope/openid", "{}", "the \"openid\" scope name is reserved");
        row("scope/n", "{\"template\":\"{\\\"sub\\\":1}\"}",
            "top level key \"sub\" not allowed. Restricted keys: iat, aud, exp, iss, sub, namespace, nonce, auth_time, "
            "at_hash, c_hash");
        row("provider/n", R"({"scopes_supported":"openid"})", "scope \"openid\" does not exist");
        row("provider/n", R"({"issuer":"x"})",
            "invalid issuer, which must include only a scheme, host, and optional port (e.g. "
            "https://example.com:8200)");
    }
    void refusesClients()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, expected);
        QCOMPARE(line(m_core->post("identity/oidc/" + path.toStdString(), body.toStdString())), expected);
    }

    void refusesToRemoveWhatIsUsed()
    {
        post("assignment/a", "{}");
        post("client/c", R"({"assignments":"a"})");
        QCOMPARE(line(m_core->remove("identity/oidc/assignment/a")),
                 QByteArray("400 unable to delete assignment \"a\" because it is currently referenced by these "
                            "clients: c"));
        QCOMPARE(line(m_core->remove("identity/oidc/scope/user")),
                 QByteArray("400 unable to delete scope \"user\" because it is currently referenced by these "
                            "providers: p"));
        QCOMPARE(line(m_core->remove("identity/oidc/assignment/allow_all")),
                 QByteArray("400 deletion of assignment \"allow_all\" not allowed"));
        QCOMPARE(line(m_core->remove("identity/oidc/provider/default")),
                 QByteArray("400 deletion of OIDC provider \"default\" not allowed"));
    }

    void isDiscovered()
    {
        const Response answer =
            m_core->sendAs({}, Operation::Read, "identity/oidc/provider/p/.well-known/openid-configuration");
        QCOMPARE(header(answer, "Cache-Control"), std::string("max-age=3600"));
        QCOMPARE(text(answer, "issuer"), std::string("https://kith.example/v1/identity/oidc/provider/p"));
        QCOMPARE(text(answer, "authorization_endpoint"),
                 std::string("https://kith.example/ui/vault/identity/oidc/provider/p/authorize"));
        QCOMPARE(member(answer, "scopes_supported"), QByteArray(R"(["clash","user","openid"])"));
        const Response keys = m_core->sendAs({}, Operation::Read, "identity/oidc/provider/p/.well-known/keys");
        QCOMPARE(keys.data->at("keys").as_array().size(), std::size_t(2));
        const Response closed = m_core->sendAs({}, Operation::Read, "identity/oidc/provider/closed/.well-known/keys");
        QCOMPARE(closed.data->at("keys").as_array().size(), std::size_t(0));
        QCOMPARE(line(m_core->sendAs({}, Operation::Read, "identity/oidc/provider/none/.well-known/keys")),
                 QByteArray("404"));
        QCOMPARE(member(m_core->send(Operation::List, "identity/oidc/provider",
                                     "{\"allowed_client_id\":\"" + m_client.id + "\"}"),
                        "keys"),
                 QByteArray(R"(["default","p","p2"])"));
    }

    void showsSecretsToWhoReadsAClientOnly()
    {
        QCOMPARE(m_client.id.size(), std::size_t(32));
        QVERIFY(m_client.secret.starts_with("hvo_secret_"));
        QCOMPARE(m_client.secret.size(), std::size_t(75));
        QVERIFY(m_public.secret.empty());
        QVERIFY(!line(m_core->list("identity/oidc/client")).contains("secret"));
        QVERIFY(line(m_core->list("identity/oidc/client")).contains("\"client_type\":\"public\""));
    }
};

QTEST_GUILESS_MAIN(TestOidcFlow)
#include "tst_OidcFlow.moc"
