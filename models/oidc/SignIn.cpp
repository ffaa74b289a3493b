// SPDX-License-Identifier: Apache-2.0
#include "oidc/SignIn.h"

#include "oidc/Visits.h"
#include "store/Escapes.h"
#include "store/Text.h"

#include <algorithm>
#include <charconv>

namespace kith::oidc {

namespace {

constexpr std::int64_t Second = 1'000'000'000;

Error refuse(std::string text)
{
    return {ErrorCode::InvalidRequest, 400, std::move(text), {}};
}

bool isTooOld(const Wishes &wishes, const Visit &visit, std::int64_t now)
{
    return wishes.maxAge && now / Second - visit.signedIn / Second > *wishes.maxAge;
}

} // namespace

Result<Wishes> Wishes::read(std::string_view prompt, std::string_view maxAge)
{
    Wishes wishes;
    bool others = false;
    while (!prompt.empty()) {
        const auto space = std::min(prompt.find(' '), prompt.size());
        const std::string_view word = prompt.substr(0, space);
        prompt.remove_prefix(std::min(space + 1, prompt.size()));
        if (word == "none")
            wishes.nothing = true;
        else if (word == "login" || word == "select_account")
            wishes.signIn = true;
        else if (word == "consent")
            wishes.consent = true;
        else if (!word.empty())
            return refuse("unsupported prompt value");
        others = others || (!word.empty() && word != "none");
    }
    if (wishes.nothing && others)
        return refuse("prompt \"none\" must stand alone");
    if (maxAge.empty())
        return wishes;
    std::int64_t seconds = 0;
    const auto [end, wrong] = std::from_chars(maxAge.data(), maxAge.data() + maxAge.size(), seconds);
    if (wrong != std::errc() || end != maxAge.data() + maxAge.size() || seconds < 1)
        return refuse("max_age must be greater than zero");
    wishes.maxAge = seconds;
    return wishes;
}

Step nextStep(const Wishes &wishes, const Visit *visit, std::string_view request, std::string_view client,
              const std::vector<std::string> &scopes, std::int64_t now)
{
    const bool justNow = visit && visit->signedInFor == request;
    if (!visit || isTooOld(wishes, *visit, now) || (wishes.signIn && !justNow))
        return wishes.nothing ? Step::LoginRequired : Step::SignIn;
    if (wishes.consent || !visit->hasAgreed(client, scopes))
        return wishes.nothing ? Step::ConsentRequired : Step::Consent;
    return Step::Grant;
}

bool isAddressForBrowsers(std::string_view uri)
{
    const auto colon = uri.find(':');
    if (colon == std::string_view::npos || colon == 0)
        return false;
    const std::string scheme = foldCase(uri.substr(0, colon));
    const auto inScheme = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    };
    if (scheme.front() < 'a' || scheme.front() > 'z' || !std::all_of(scheme.begin(), scheme.end(), inScheme))
        return false;
    for (const std::string_view running :
         {"javascript", "data", "vbscript", "file", "blob", "filesystem", "about", "view-source"})
        if (scheme == running)
            return false;
    const bool web = scheme == "http" || scheme == "https";
    if (web && (!uri.substr(colon).starts_with("://") || uri.size() <= colon + 3))
        return false;
    return std::none_of(uri.begin(), uri.end(), [](char c) {
        return c <= ' ' || c == '\x7f' || c == '#' || c == '\\' || c == '"' || c == '<' || c == '>';
    });
}

std::string answerAddress(std::string_view redirectUri,
                          std::initializer_list<std::pair<std::string_view, std::string_view>> pairs)
{
    std::string address;
    for (const char c : redirectUri)
        address += c == '\'' ? std::string("%27") : std::string(1, c); // it would end the address in a page's refresh
    char separator = redirectUri.find('?') == std::string_view::npos ? '?' : '&';
    if (address.ends_with('?') || address.ends_with('&'))
        separator = 0;
    for (const auto &[name, value] : pairs) {
        if (value.empty())
            continue;
        if (separator)
            address += separator;
        separator = '&';
        address.append(name).append("=").append(percentEncoded(value));
    }
    return address;
}

} // namespace kith::oidc
