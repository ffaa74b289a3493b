// SPDX-License-Identifier: Apache-2.0
// One request to the sign-in pages. Internal to models/server.
#pragma once

#include "oidc/SignIn.h"
#include "server/SignInPages.h"
#include "server/SignInView.h"
#include "server/Url.h"

namespace kith::server {

/// What was asked, and what is known of who asks. Each step gives the answer when it stands already.
class SignInTurn
{
public:
    SignInTurn(SignInPages &pages, const HttpRequest &http, Channel channel)
        : m_pages(pages), m_http(http), m_channel(channel), m_view(http.header("accept-language"), {})
    {}

    HttpAnswer run();

private:
    using Stop = std::optional<HttpAnswer>;
    using Step = Stop (SignInTurn::*)();

    // What was asked, in SignInRequest.cpp.
    Stop readPlace();
    Stop readParameters();
    Stop readForm();
    Stop askedByForm();
    Stop checkRequest();
    Stop readWishes();
    Stop findVisit();
    bool isFromHere() const;
    bool isProven(std::string_view step) const;
    std::string proof(std::string_view step, std::string_view time) const;

    // What comes of it.
    HttpAnswer proceed();
    HttpAnswer posted();
    HttpAnswer signIn();
    HttpAnswer decide();
    HttpAnswer grant();
    void openVisit(const core::Auth &auth, const std::string &method, const std::string &name);
    void closeVisit();
    void revoke(const oidc::Visit &visit);

    // What the browser gets, in SignInAnswers.cpp.
    HttpAnswer signInPage(int status, std::string_view alert = {});
    HttpAnswer consentPage(int status = 200, std::string_view alert = {});
    HttpAnswer message(int status, std::string_view text, std::string_view detail = {});
    HttpAnswer again();
    HttpAnswer tellClient(std::string_view error, std::string_view description);
    HttpAnswer back(const std::string &address);
    void addMethods(boost::json::object &form);
    std::string newProof(std::string_view step);
    std::string cookieName() const;
    void setCookie(HttpAnswer &answer) const;

    core::Request request(core::Operation operation, std::string path) const;
    std::string parameter(std::string_view name) const;
    std::string field(std::string_view name) const;
    std::string clientName() const;
    std::vector<std::string> scopeNames() const;

    SignInPages &m_pages;
    const HttpRequest &m_http;
    const Channel m_channel;
    SignInView m_view;
    std::string m_ns;
    std::string m_provider;
    std::string m_target;        ///< Path and query as sent: where forms go, and what proofs are for.
    std::string m_request;       ///< A digest of that.
    Pairs m_parameters;          ///< Of the client's request.
    Pairs m_form;                ///< What was posted.
    boost::json::object m_asked; ///< What the core says of the request.
    oidc::Wishes m_wishes;
    bool m_secure = false; ///< People reach us by TLS.
    std::string m_cookie;
    bool m_isCookieNew = false;
    std::optional<oidc::Visit> m_visit;
    bool m_justSignedIn = false; ///< For this request, which hasn't been answered yet.
};

/// Makes the browser ask for the address.
HttpAnswer sendTo(std::string address);

/// The path that somebody typed, without slashes and blanks around it.
std::string pathIn(std::string text);

} // namespace kith::server
