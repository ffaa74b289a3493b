// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/SignInPages.h"
#include "server/Url.h"
#include "store/Json.h"
#include "support/TestCore.h"

#include <QTest>

#include <set>

namespace kith::test {

using core::Response;
using server::Channel;
using server::HttpAnswer;
using server::HttpRequest;

inline constexpr const char *Callback = "http://127.0.0.1:9/cb";
inline constexpr const char *Origin = "http://kith.test:8200";
inline constexpr const char *Host = "kith.test:8200";
inline constexpr Nanoseconds Second = 1'000'000'000;

using Parameters = std::map<std::string, std::string>;

inline std::string escaped(const std::string &text)
{
    return QByteArray::fromStdString(text).toPercentEncoding().toStdString();
}

inline std::string query(const Parameters &parameters)
{
    std::string text;
    for (const auto &[name, value] : parameters)
        text += (text.empty() ? "" : "&") + escaped(name) + "=" + escaped(value);
    return text;
}

inline QByteArray header(const HttpAnswer &answer, std::string_view name)
{
    for (const auto &[key, value] : answer.headers)
        if (key == name)
            return QByteArray::fromStdString(value);
    return {};
}

inline QByteArray body(const HttpAnswer &answer)
{
    return QByteArray::fromStdString(answer.body);
}

/// What stands between two texts on a page.
inline std::string between(const HttpAnswer &answer, const std::string &before, const std::string &after)
{
    const auto begin = answer.body.find(before);
    if (begin == std::string::npos)
        return {};
    const auto from = begin + before.size();
    return answer.body.substr(from, answer.body.find(after, from) - from);
}

inline std::string alert(const HttpAnswer &answer)
{
    return between(answer, "role=\"alert\" id=\"alert\">", "<");
}

enum class Page { SignIn, Consent, Return, Message, Redirect };

inline Page pageOf(const HttpAnswer &answer)
{
    if (answer.status == 303)
        return Page::Redirect;
    if (answer.body.find("value=\"sign-in\"") != std::string::npos)
        return Page::SignIn;
    if (answer.body.find("value=\"consent\"") != std::string::npos)
        return Page::Consent;
    return answer.body.find("http-equiv=\"refresh\"") != std::string::npos ? Page::Return : Page::Message;
}

/// The pages on a real core, and a browser that asks them: it keeps their cookie. A base of the test's class.
class SignInFixture
{
protected:
    /// Before each test: somebody, a provider, and a client that asks for a code.
    void begin();

    std::unique_ptr<TestCore> m_core;
    std::unique_ptr<server::SignInPages> m_pages;
    std::vector<core::Request> m_asked; ///< What the core was asked by the pages.
    std::string m_client;
    Parameters m_wish;
    std::string m_cookie;
    std::string m_origin = Origin;
    std::string m_host = Host;
    std::string m_language;
    std::string m_place = "/ui/vault/identity/oidc/provider/p/authorize";
    Channel m_channel = Channel::Plain;
    std::string m_function;

    void post(const std::string &path, std::string_view json)
    {
        const Response answer = m_core->post(path, json);
        QVERIFY2(answer.ok(), line(answer).constData());
    }

    void registerClient(const std::string &path, const boost::json::array &addresses = {Callback})
    {
        const Response answer =
            m_core->post(path, boost::json::object{{"redirect_uris", addresses}, {"assignments", "allow_all"}});
        QVERIFY2(answer.ok(), line(answer).constData());
    }

    std::string target() const { return m_place + "?" + query(m_wish); }

    HttpAnswer send(HttpRequest http)
    {
        http.headers["host"] = {m_host};
        http.peer.address = "192.0.2.7";
        if (!m_cookie.empty())
            http.headers["cookie"] = {"other=1; " + m_cookie + "; more=2"};
        if (!m_language.empty())
            http.headers["accept-language"] = {m_language};
        HttpAnswer answer = m_pages->answer(http, m_channel);
        const QByteArray cookie = header(answer, "Set-Cookie");
        if (!cookie.isEmpty())
            m_cookie = cookie.left(cookie.indexOf(';')).toStdString();
        return answer;
    }
    HttpAnswer open()
    {
        HttpRequest http;
        http.method = "GET";
        http.target = target();
        return send(std::move(http));
    }
    HttpAnswer post(const Parameters &fields, const std::string &type = "application/x-www-form-urlencoded")
    {
        HttpRequest http;
        http.method = "POST";
        http.target = target();
        http.body = query(fields);
        http.headers["content-type"] = {type};
        if (!m_origin.empty())
            http.headers["origin"] = {m_origin};
        return send(std::move(http));
    }
    HttpAnswer signIn(const HttpAnswer &page, const std::string &name = "joe", const std::string &password = "pw",
                      const std::string &method = "userpass")
    {
        return post(
            {{"step", "sign-in"}, {"proof", proofOf(page)}, {"name", name}, {"password", password}, {"other", method}});
    }
    HttpAnswer decide(const HttpAnswer &page, const std::string &decision = "allow")
    {
        return post({{"step", "consent"}, {"proof", proofOf(page)}, {"decision", decision}});
    }
    /// The page on which somebody who has signed in is asked.
    HttpAnswer consentPage()
    {
        signIn(open());
        return open();
    }
    static std::string proofOf(const HttpAnswer &page) { return between(page, "name=\"proof\" value=\"", "\""); }
    /// Where the browser goes from here, and with what.
    static Parameters toldAt(const HttpAnswer &answer)
    {
        std::string address = answer.status == 303 ? header(answer, "Location").toStdString()
                                                   : between(answer, "content=\"0; url=&#39;", "&#39;");
        if (address.empty())
            address = between(answer, "content=\"0; url='", "'");
        Parameters told;
        const auto mark = address.find('?');
        QByteArray text = QByteArray::fromStdString(address.substr(mark + 1));
        text.replace("&amp;", "&");
        for (const auto &pair : server::readPairs(text.toStdString()).list)
            told.insert(pair);
        told["address"] = address.substr(0, mark);
        return told;
    }
    Response exchange(const std::string &code)
    {
        const Response client = m_core->get("identity/oidc/client/wiki");
        return m_core->sendAs({}, core::Operation::Update, "identity/oidc/provider/p/token",
                              store::toJson(boost::json::object{{"grant_type", "authorization_code"},
                                                                {"code", code},
                                                                {"redirect_uri", m_wish["redirect_uri"]},
                                                                {"client_id", m_client},
                                                                {"client_secret", text(client, "client_secret")}}));
    }
    static std::string text(const Response &response, std::string_view name)
    {
        return response.data ? store::textIn(response.data->as_object(), name) : std::string();
    }

private:
    void setUp();
};

} // namespace kith::test
