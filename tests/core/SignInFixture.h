// SPDX-License-Identifier: Apache-2.0
// A provider that people sign in to, and a mount that sends them there. What is expected is what OpenBao 2.7.2 answers.
#pragma once

#include "auth/Outgoing.h"
#include "jose/Hashes.h"
#include "support/SigningKey.h"
#include "support/TestCore.h"
#include "support/WebServer.h"

#include <QTest>
#include <QUrl>
#include <QUrlQuery>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace kith::test {

namespace json = boost::json;

class SignInFixture
{
public:
    using Query = std::map<std::string, std::string>;

    static constexpr const char *Redirect = "http://127.0.0.1:1/cb";

    SignInFixture()
    {
        m_core.mount("oi", R"({"type":"oidc"})");
        m_provider.answerWith([this](const WebRequest &request) { return answer(request); });
        config();
        role();
    }

    TestCore &core() { return m_core; }
    WebServer &provider() { return m_provider; }
    const SigningKey &key() const { return m_key; }
    std::int64_t now() { return m_core.clock().now() / 1'000'000'000; }

    void config(const json::object &changes = {})
    {
        json::object settings{{"oidc_discovery_url", m_provider.url()},
                              {"oidc_client_id", "cid"},
                              {"oidc_client_secret", "s/c"},
                              {"default_role", "r"},
                              {"jwt_supported_algs", "ES256"}};
        merge(settings, changes);
        QCOMPARE(line(m_core.post("auth/oi/config", std::move(settings))), QByteArray("204"));
    }
    void role(const json::object &changes = {})
    {
        json::object settings{{"user_claim", "sub"}, {"allowed_redirect_uris", Redirect}};
        merge(settings, changes);
        m_core.remove("auth/oi/role/r");
        QCOMPARE(line(m_core.post("auth/oi/role/r", std::move(settings))), QByteArray("204"));
    }
    static void merge(json::object &all, const json::object &changes)
    {
        for (const auto &[name, value] : changes)
            all[name] = value;
        for (const auto &[name, value] : changes)
            if (value.is_null())
                all.erase(name);
    }

    core::Response ask(const json::object &changes = {})
    {
        json::object body{{"role", "r"}, {"redirect_uri", Redirect}};
        merge(body, changes);
        return m_core.sendAs({}, core::Operation::Update, "auth/oi/oidc/auth_url", json::serialize(body));
    }
    static std::string url(const core::Response &response)
    {
        return response.data && response.data->is_object()
                   ? std::string(response.data->get_object().at("auth_url").get_string())
                   : std::string();
    }
    /// What the address that somebody is sent to asks for; the nonce is what the provider puts into its tokens.
    Query begin(const json::object &changes = {})
    {
        Query query;
        const QUrl address(QString::fromStdString(url(ask(changes))));
        for (const auto &[name, value] : QUrlQuery(address).queryItems(QUrl::FullyDecoded))
            query[name.toStdString()] = value.toStdString();
        m_nonce = query["nonce"];
        return query;
    }
    core::Response callback(const json::object &parameters, const std::string &mount = "oi")
    {
        return m_core.sendAs({}, core::Operation::Read, "auth/" + mount + "/oidc/callback",
                             json::serialize(parameters));
    }
    core::Response comeBack(const std::string &state) { return callback({{"state", state}, {"code", "co"}}); }
    /// The whole way.
    core::Response signIn() { return comeBack(begin()["state"]); }
    core::Response poll(const std::string &state, const std::string &nonce = "n")
    {
        return m_core.sendAs({}, core::Operation::Update, "auth/oi/oidc/poll",
                             json::serialize(json::object{{"state", state}, {"client_nonce", nonce}}));
    }
    /// "200", or the error without what each of them begins with.
    static QByteArray outcome(const core::Response &response)
    {
        return response.auth ? "200" : line(response).replace("OpenBao login failed. ", "");
    }
    static std::string pageOf(const core::Response &response)
    {
        return response.data && response.data->is_string() ? std::string(response.data->get_string()) : std::string();
    }

    // What the provider says from now on.
    json::object claims;                ///< Changes of the identity token; null takes one away.
    std::optional<WebAnswer> token;     ///< Of the token endpoint, instead of tokens.
    std::optional<json::object> person; ///< Of userinfo.
    std::optional<WebAnswer> device;    ///< Of the device endpoint.
    json::object document;              ///< Changes of the discovery document.
    const SigningKey *signer = nullptr; ///< Null: the one whose public half is published.
    bool wantsSecretInBody = false;

    /// What was posted to the token endpoint last, and with what header.
    Query posted()
    {
        const std::lock_guard lock(m_mutex);
        return m_posted;
    }
    std::string authorization()
    {
        const std::lock_guard lock(m_mutex);
        return m_authorization;
    }
    /// A code "NONCE@NAME" is somebody's own; every other is joe's, who was sent there last.
    std::string idToken(const std::string &code = {})
    {
        const auto at = code.find('@');
        const bool own = at != std::string::npos;
        json::object all{
            {"iss", m_provider.url()}, {"sub", own ? code.substr(at + 1) : "joe"},   {"aud", "cid"}, {"iat", now()},
            {"exp", now() + 300},      {"nonce", own ? code.substr(0, at) : m_nonce}};
        merge(all, claims);
        return (signer ? *signer : m_key).sign(all, "ES256", {{"kid", "a"}});
    }

private:
    WebAnswer answer(const WebRequest &request)
    {
        const std::string &url = m_provider.url();
        const auto json = [](const json::object &object) { return WebAnswer{200, {}, json::serialize(object)}; };
        if (request.path == "/.well-known/openid-configuration") {
            json::object all{{"issuer", url},
                             {"jwks_uri", url + "/jwks"},
                             {"authorization_endpoint", url + "/authorize"},
                             {"token_endpoint", url + "/token"},
                             {"userinfo_endpoint", url + "/userinfo"},
                             {"device_authorization_endpoint", url + "/device"}};
            merge(all, document);
            return json(all);
        }
        if (request.path == "/jwks")
            return json({{"keys", json::array{m_key.jwk("a")}}});
        if (request.path == "/token")
            return answerToken(request);
        if (request.path == "/userinfo" && person && request.headers.find("Bearer at\r\n") != std::string::npos)
            return json(*person);
        if (request.path == "/device" && device)
            return *device;
        return {404, {}, {}};
    }
    WebAnswer answerToken(const WebRequest &request)
    {
        Query posted;
        {
            const std::lock_guard lock(m_mutex);
            m_posted.clear();
            QString body = QString::fromStdString(request.body);
            for (const auto &[name, value] : QUrlQuery(body.replace('+', "%20")).queryItems(QUrl::FullyDecoded))
                m_posted[name.toStdString()] = value.toStdString();
            const auto at = request.headers.find("Authorization: ");
            m_authorization = at == std::string::npos
                                  ? std::string()
                                  : request.headers.substr(at + 15, request.headers.find("\r\n", at) - at - 15);
            posted = m_posted;
        }
        if (wantsSecretInBody && !posted.contains("client_secret"))
            return {401, {}, R"({"error":"invalid_client"})"};
        if (token)
            return *token;
        return {200,
                {},
                json::serialize(json::object{{"access_token", "at"},
                                             {"token_type", "Bearer"},
                                             {"refresh_token", "rt"},
                                             {"id_token", idToken(posted["code"])}})};
    }

    TestCore m_core;
    const SigningKey m_key;
    std::string m_nonce;
    std::mutex m_mutex; // guards the two below
    Query m_posted;
    std::string m_authorization;
    WebServer m_provider; // last: it uses all of the above
};

} // namespace kith::test
