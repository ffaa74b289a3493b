// SPDX-License-Identifier: Apache-2.0
#include "server/SignInView.h"

#include "core/Languages.h"
#include "oidc/Algorithm.h"
#include "server/Html.h"
#include "server/SignInFiles.h"

#include <algorithm>

namespace kith::server {

namespace json = boost::json;

namespace {

std::string_view chosen(std::string_view acceptLanguage, std::string_view wished)
{
    while (!wished.empty()) {
        const auto space = std::min(wished.find(' '), wished.size());
        if (const std::string_view language = core::languageOf(wished.substr(0, space)); !language.empty())
            return language;
        wished.remove_prefix(std::min(space + 1, wished.size()));
    }
    return core::preferredLanguage(acceptLanguage);
}

const std::string &pageTemplate()
{
    static const std::string page = [] {
        constexpr std::string_view Mark = "{{style}}";
        std::string text(SignInPage);
        return text.replace(text.find(Mark), Mark.size(), SignInStyle);
    }();
    return page;
}

const json::object &textsOf(std::string_view language)
{
    static const json::object english = json::parse(SignInEnglish).as_object();
    static const json::object german = json::parse(SignInGerman).as_object();
    return language == "de" ? german : english;
}

/// No scripts, no pictures, one style; forms go to us alone, and nobody may frame the page. What a browser is sent to
/// at the end isn't named, as it goes there by itself and not by a form.
const std::string &contentPolicy()
{
    static const std::string policy = "default-src 'none'; style-src 'sha256-" + oidc::sha256InBase64Url(SignInStyle) +
                                      "='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    return policy;
}

} // namespace

SignInView::SignInView(std::string_view acceptLanguage, std::string_view wished)
    : m_language(chosen(acceptLanguage, wished)), m_texts(&textsOf(m_language))
{}

std::string SignInView::text(std::string_view name,
                             std::initializer_list<std::pair<std::string_view, std::string_view>> fillers) const
{
    std::string_view rest = m_texts->at(name).as_string();
    std::string out;
    // In one pass, so that what is filled in isn't filled itself.
    while (!rest.empty()) {
        const auto brace = std::min(rest.find('{'), rest.size());
        out += rest.substr(0, brace);
        rest.remove_prefix(brace);
        const auto end = rest.find('}');
        if (end == std::string_view::npos)
            break;
        for (const auto &[key, value] : fillers)
            if (key == rest.substr(1, end - 1))
                out += value;
        rest.remove_prefix(end + 1);
    }
    return out;
}

HttpAnswer SignInView::page(int status, json::object values) const
{
    values["language"] = m_language;
    HttpAnswer answer;
    answer.status = status;
    answer.contentType = "text/html; charset=utf-8";
    answer.body = fillTemplate(pageTemplate(), values);
    answer.headers.emplace_back("Content-Language", m_language);
    addPageHeaders(answer);
    return answer;
}

void addPageHeaders(HttpAnswer &answer)
{
    for (const auto &[name, value] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"Content-Security-Policy", contentPolicy()},
             {"X-Frame-Options", "DENY"},
             {"X-Content-Type-Options", "nosniff"},
             {"Referrer-Policy", "same-origin"}, // with less, browsers don't say where a form comes from
             {"Cross-Origin-Resource-Policy", "same-origin"},
             {"Cache-Control", "no-store"},
             {"Pragma", "no-cache"}})
        answer.headers.emplace_back(name, value);
}

} // namespace kith::server
