// SPDX-License-Identifier: Apache-2.0
#include "oidc/Role.h"

#include "store/Text.h"

namespace kith::oidc {

namespace json = boost::json;

namespace {

constexpr std::string_view IssuerPlace = "oidc/config/issuer";

bool isDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A host name or an address, perhaps with a port; nothing that needs to be written in another way.
bool isAuthority(std::string_view text)
{
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos || end == 1)
            return false;
        const std::string_view inside = text.substr(1, end - 1);
        const std::string_view rest = text.substr(end + 1);
        return inside.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos &&
               (rest.empty() || (rest.front() == ':' && isDigits(rest.substr(1))));
    }
    const auto colon = text.find(':');
    const std::string_view host = text.substr(0, colon);
    const bool plain = std::none_of(host.begin(), host.end(), [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == 0x7f ||
               std::string_view("<>\"{}|\\^`%/?#@[]").find(c) != std::string_view::npos;
    });
    return !host.empty() && plain && (colon == std::string_view::npos || isDigits(text.substr(colon + 1)));
}

} // namespace

json::object Role::toJson() const
{
    return {{"key", key}, {"template", claims}, {"ttl", ttl}, {"client_id", clientId}};
}

Role Role::fromJson(std::string name, const json::object &object)
{
    return {std::move(name), store::textIn(object, "key"), store::textIn(object, "template"),
            store::numberIn(object, "ttl"), store::textIn(object, "client_id")};
}

Result<std::string> configuredIssuer(const store::Entries &entries)
{
    auto issuer = entries.find(IssuerPlace);
    if (!issuer)
        return issuer.error();
    return issuer->value_or(std::string());
}

void configureIssuer(const store::Entries &entries, const std::string &issuer)
{
    entries.put(IssuerPlace, issuer);
}

bool isIssuer(std::string_view text)
{
    if (text.ends_with('#')) // [Q] an empty fragment is taken
        text.remove_suffix(1);
    const auto end = text.find("://");
    if (end == std::string_view::npos)
        return false;
    const std::string scheme = foldCase(text.substr(0, end));
    return (scheme == "http" || scheme == "https") && isAuthority(text.substr(end + 3));
}

} // namespace kith::oidc
