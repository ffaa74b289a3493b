// SPDX-License-Identifier: Apache-2.0
#include "auth/LdapText.h"

#include "auth/FieldTemplate.h"
#include "store/Text.h"

#include <arpa/inet.h>
#include <ldap.h>

#include <algorithm>
#include <array>
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

struct Range {
    char32_t first;
    char32_t last;
};

/// Controls, blanks other than U+0020, what RFC 4518 maps to nothing (2.2), what NFKC makes other characters of (2.3),
/// and marks that join the letter before them; those that can be in a name at all.
constexpr std::array<Range, 45> readOtherwise{{
    {0x0000, 0x001F},   {0x007F, 0x00A0},   {0x00A8, 0x00A8},   {0x00AA, 0x00AA}, {0x00AD, 0x00AD}, {0x00AF, 0x00AF},
    {0x00B2, 0x00B5},   {0x00B8, 0x00BA},   {0x00BC, 0x00BE},   {0x0132, 0x0133}, {0x013F, 0x0140}, {0x0149, 0x0149},
    {0x017F, 0x017F},   {0x01C4, 0x01CC},   {0x01F1, 0x01F3},   {0x02B0, 0x02B8}, {0x02D8, 0x02DD}, {0x02E0, 0x02E4},
    {0x0300, 0x036F},   {0x03D0, 0x03D6},   {0x03F0, 0x03F2},   {0x03F4, 0x03F5}, {0x1E9A, 0x1E9B}, {0x1FBD, 0x1FC1},
    {0x1FEF, 0x1FEF},   {0x115F, 0x1160},   {0x1680, 0x1680},   {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x1D2C, 0x1D6A},
    {0x2000, 0x214F},   {0x2150, 0x218B},   {0x2460, 0x24FF},   {0x3000, 0x3000}, {0x3164, 0x3164}, {0x3200, 0x33FF},
    {0xFB00, 0xFB06},   {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},   {0xFEFF, 0xFEFF}, {0xFF00, 0xFFEF}, {0xFFF0, 0xFFFC},
    {0x1D400, 0x1D7FF}, {0x1F100, 0x1F1FF}, {0xE0000, 0xE0FFF},
}};

bool isReadOtherwise(char32_t sign)
{
    return std::any_of(readOtherwise.begin(), readOtherwise.end(),
                       [&](const Range &range) { return range.first <= sign && sign <= range.last; });
}

bool isPlainName(std::string_view name)
{
    if (name.starts_with(' ') || name.ends_with(' ') || name.find("  ") != std::string_view::npos)
        return false;
    while (!name.empty()) {
        const CodePoint sign = firstCodePoint(name);
        if (!sign.valid || isReadOtherwise(sign.value))
            return false;
        name.remove_prefix(sign.length);
    }
    return true;
}

/// Null: it is none.
std::unique_ptr<LDAPURLDesc, Freed> parsedUrl(const std::string &url)
{
    LDAPURLDesc *parsed = nullptr;
    return std::unique_ptr<LDAPURLDesc, Freed>(ldap_url_parse(url.c_str(), &parsed) == LDAP_URL_SUCCESS ? parsed
                                                                                                        : nullptr);
}

/// What reaches no network.
bool isThisMachine(const std::string &url)
{
    const auto parsed = parsedUrl(url);
    if (!parsed)
        return false;
    const std::string host = parsed->lud_host ? parsed->lud_host : "";
    in_addr address{};
    const bool isNumber = inet_pton(AF_INET, host.c_str(), &address) == 1;
    return host == "localhost" || host == "::1" || host == "[::1]" || (isNumber && host.starts_with("127."));
}

} // namespace

Result<void> checkLdapUsername(std::string_view name)
{
    constexpr std::size_t Longest = 4096; // bytes
    if (name.size() > Longest)
        return invalidRequest("username is too long");
    if (!isPlainName(name))
        return invalidRequest("invalid username: blanks at its ends or two in a row, or characters that a directory "
                              "takes for others or for none");
    return {};
}

std::string ldapNameKey(std::string_view username)
{
    // What lower case leaves, where folding goes on; other signs that it makes several of, no name may hold.
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> folded{
        {{"\xC3\x9F", "ss"}, {"\xCF\x82", "\xCF\x83"}, {"\xD6\x87", "\xD5\xA5\xD6\x82"}}}; // ß, ς, և
    std::string key = foldCase(username);
    for (const auto &[from, to] : folded)
        for (auto at = key.find(from); at != std::string::npos; at = key.find(from, at + to.size()))
            key.replace(at, from.size(), to);
    return key;
}

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

bool sendsPasswordsOpenly(const LdapConfig &config)
{
    const std::vector<std::string> urls = ldapUrlsIn(config.urls);
    return !config.startTls && std::any_of(urls.begin(), urls.end(), [](const std::string &url) {
        return foldCase(url).starts_with("ldap://") && !isThisMachine(url);
    });
}

Result<void> checkLdapUrls(const std::string &list)
{
    const std::vector<std::string> urls = ldapUrlsIn(list);
    if (urls.empty())
        return invalidRequest("at least one url must be provided");
    for (const std::string &url : urls) {
        const auto parsed = parsedUrl(url);
        if (!parsed)
            return invalidRequest("error parsing url " + inQuotes(url));
        const std::string_view scheme = parsed->lud_scheme ? parsed->lud_scheme : "";
        if ((scheme != "ldap" && scheme != "ldaps") || !parsed->lud_host || !*parsed->lud_host)
            return invalidRequest("url " + inQuotes(url) + " must be of the form ldap://HOST or ldaps://HOST");
        if ((parsed->lud_dn && *parsed->lud_dn) || parsed->lud_filter)
            return invalidRequest("url " + inQuotes(url) + " must name a server only");
    }
    return {};
}

} // namespace kith::auth
