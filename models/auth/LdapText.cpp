// SPDX-License-Identifier: Apache-2.0
#include "auth/LdapText.h"

#include "auth/FieldTemplate.h"
#include "store/Text.h"

#include <ldap.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>

namespace kith::auth {

namespace {

struct Freed {
    void operator()(LDAPURLDesc *url) const { ldap_free_urldesc(url); }
    void operator()(LDAPRDN *dn) const { ldap_dnfree(dn); }
};

void appendHex(std::string &out, char byte)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const auto value = static_cast<unsigned char>(byte);
    out.push_back('\\');
    out.push_back(digits[value >> 4U]);
    out.push_back(digits[value & 0xFU]);
}

/// Every byte by its number, as a filter has binary values.
std::string inHex(const std::string &bytes)
{
    std::string out;
    for (const char byte : bytes)
        appendHex(out, byte);
    return out;
}

std::optional<std::string> filled(const std::string &text, const std::map<std::string, std::string> &fields)
{
    return filledIn(text, [&](const std::vector<std::string> &path) -> std::optional<std::string> {
        const auto found = path.size() == 1 ? fields.find(path.front()) : fields.end();
        return found == fields.end() ? std::nullopt : std::optional(found->second);
    });
}

std::string textOf(const berval &value)
{
    return {value.bv_val, value.bv_len};
}

} // namespace

std::string escapedForFilter(std::string_view text)
{
    std::string out;
    for (const char c : text)
        if (c == '*' || c == '(' || c == ')' || c == '\\' || c == '\0')
            appendHex(out, c);
        else
            out.push_back(c);
    return out;
}

std::string escapedForDn(std::string_view text)
{
    constexpr std::string_view special = "\"+,;<>\\=";
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool atEdge = (i == 0 && (c == ' ' || c == '#')) || (i + 1 == text.size() && c == ' ');
        if (static_cast<unsigned char>(c) < ' ') {
            appendHex(out, c);
            continue;
        }
        if (atEdge || special.find(c) != std::string_view::npos)
            out.push_back('\\');
        out.push_back(c);
    }
    return out;
}

std::optional<std::string> userFilterOf(const LdapConfig &config, const std::string &username)
{
    if (config.upnDomain.empty())
        return filled(config.userFilter,
                      {{"UserAttr", config.userAttribute}, {"Username", escapedForFilter(username)}});
    return filled(config.userFilter, {{"UserAttr", "userPrincipalName"},
                                      {"Username", escapedForFilter(username + "@" + config.upnDomain)}});
}

std::optional<std::string> groupFilterOf(const LdapConfig &config, const std::string &username,
                                         const std::string &userDn)
{
    return filled(config.groupFilter, {{"Username", escapedForFilter(username)}, {"UserDN", escapedForFilter(userDn)}});
}

std::string sidFilterOf(const std::vector<std::string> &sids)
{
    std::string filter = "(|";
    for (const std::string &sid : sids)
        filter += "(objectSid=" + inHex(sid) + ")";
    return filter + ")";
}

std::string groupNameIn(const std::string &text)
{
    LDAPDN parsed = nullptr;
    if (ldap_str2dn(text.c_str(), &parsed, LDAP_DN_FORMAT_LDAPV3) != LDAP_SUCCESS || !parsed)
        return text;
    const std::unique_ptr<LDAPRDN, Freed> dn(parsed);
    for (LDAPRDN *rdn = dn.get(); *rdn; ++rdn)
        for (LDAPAVA **part = *rdn; *part; ++part)
            if (foldCase(textOf((*part)->la_attr)) == "cn")
                return textOf((*part)->la_value);
    return text;
}

bool isLdapAttribute(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == ';';
    });
}

std::vector<std::string> ldapUrlsIn(std::string_view list)
{
    std::vector<std::string> urls;
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        std::string_view url = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        while (!url.empty() && url.front() == ' ')
            url.remove_prefix(1);
        while (!url.empty() && (url.back() == ' ' || url.back() == '/'))
            url.remove_suffix(1);
        if (!url.empty())
            urls.emplace_back(url);
    }
    return urls;
}

Result<void> checkLdapUrls(const std::string &list)
{
    const std::vector<std::string> urls = ldapUrlsIn(list);
    if (urls.empty())
        return invalidRequest("at least one url must be provided");
    for (const std::string &url : urls) {
        LDAPURLDesc *parsed = nullptr;
        if (ldap_url_parse(url.c_str(), &parsed) != LDAP_URL_SUCCESS)
            return invalidRequest("error parsing url " + inQuotes(url));
        const std::unique_ptr<LDAPURLDesc, Freed> owned(parsed);
        const std::string_view scheme = parsed->lud_scheme ? parsed->lud_scheme : "";
        if ((scheme != "ldap" && scheme != "ldaps") || !parsed->lud_host || !*parsed->lud_host)
            return invalidRequest("url " + inQuotes(url) + " must be of the form ldap://HOST or ldaps://HOST");
        if ((parsed->lud_dn && *parsed->lud_dn) || parsed->lud_filter)
            return invalidRequest("url " + inQuotes(url) + " must name a server only");
    }
    return {};
}

} // namespace kith::auth
