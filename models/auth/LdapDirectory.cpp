// SPDX-License-Identifier: Apache-2.0
#include "auth/LdapDirectory.h"

#include "auth/LdapConnection.h"
#include "auth/LdapText.h"
#include "store/Text.h"

#include <algorithm>
#include <optional>
#include <set>

namespace kith::auth {

namespace {

using Verdict = LdapAnswer::Verdict;

Error failed(const std::string &what, const Error &why)
{
    return {why.code, 400, "ldap operation failed: " + what + ": " + why.wire, {}};
}

/// One entry, or none when it isn't just one.
Result<std::optional<LdapEntry>> only(LdapConnection &directory, LdapSearch search)
{
    search.most = 2; // tells one from several
    auto found = directory.search(search);
    if (!found)
        return found.error();
    return found->size() == 1 ? std::optional(std::move(found->front())) : std::nullopt;
}

bool hasService(const LdapConfig &config)
{
    return !config.bindDn.empty() && !config.bindPassword.empty();
}

Result<void> bindAsService(LdapConnection &directory, const LdapConfig &config)
{
    const auto bound = hasService(config) ? directory.bind(config.bindDn, config.bindPassword) : directory.bind({}, {});
    if (!bound)
        return failed("failed to bind as the user who looks for others", bound.error());
    if (!*bound)
        return Error{
            ErrorCode::Unreachable, 400, "ldap operation failed: the directory refused the configured binddn", {}};
    return {};
}

/// Whom a name means, before the password is tried.
Result<std::optional<std::string>> bindDnOf(LdapConnection &directory, const LdapConfig &config,
                                            const std::string &username)
{
    if (!config.discoverDn && !hasService(config))
        return std::optional(config.upnDomain.empty()
                                 ? config.userAttribute + "=" + escapedForDn(username) + "," + config.userDn
                                 : escapedForDn(username) + "@" + config.upnDomain);
    if (auto bound = bindAsService(directory, config); !bound)
        return bound.error();
    LdapSearch search;
    search.base = config.userDn;
    search.filter = userFilterOf(config, username).value_or(std::string());
    search.attribute = config.userAttribute;
    const auto found = only(directory, search);
    if (!found)
        return failed("failed to look for the user", found.error());
    return *found ? std::optional((*found)->dn) : std::nullopt;
}

/// The entry of somebody who has proved who it is, with what names the alias.
Result<std::optional<LdapEntry>> entryOf(LdapConnection &directory, const LdapConfig &config,
                                         const std::string &username, const std::string &dn)
{
    LdapSearch search;
    search.attribute = config.userAttribute;
    if (config.upnDomain.empty()) {
        search.base = dn;
        search.scope = LdapSearch::Scope::Entry;
    } else {
        search.base = config.userDn;
        search.filter = "(userPrincipalName=" + escapedForFilter(username + "@" + config.upnDomain) + ")";
    }
    auto found = only(directory, search);
    return found ? found : Result<std::optional<LdapEntry>>(failed("failed to read the user's entry", found.error()));
}

/// One name among some, the same at each login: directories give values in any order. There is one at least.
std::string aliasAmong(std::vector<std::string> values, const std::string &username)
{
    std::sort(values.begin(), values.end());
    const auto same =
        std::find_if(values.begin(), values.end(),
                     [folded = foldCase(username)](const std::string &value) { return foldCase(value) == folded; });
    return same == values.end() ? values.front() : *same;
}

Result<std::vector<LdapEntry>> tokenGroups(LdapConnection &directory, const LdapConfig &config,
                                           const std::string &userDn)
{
    constexpr std::size_t AtOnce = 50; // ids in one filter
    LdapSearch person;
    person.base = userDn;
    person.scope = LdapSearch::Scope::Entry;
    person.attribute = "tokenGroups";
    const auto entry = only(directory, person);
    if (!entry)
        return entry.error();
    std::vector<LdapEntry> groups;
    const std::vector<std::string> sids = *entry ? (*entry)->values : std::vector<std::string>();
    for (auto sid = sids.begin(); sid != sids.end();) {
        const auto end = sids.end() - sid > static_cast<std::ptrdiff_t>(AtOnce) ? sid + AtOnce : sids.end();
        LdapSearch search;
        search.base = config.groupDn;
        search.filter = sidFilterOf({sid, end});
        search.attribute = config.groupAttribute;
        auto found = directory.search(search);
        if (!found)
            return found;
        groups.insert(groups.end(), std::make_move_iterator(found->begin()), std::make_move_iterator(found->end()));
        sid = end;
    }
    return groups;
}

Result<std::vector<LdapEntry>> groupEntries(LdapConnection &directory, const LdapConfig &config,
                                            const std::string &username, const std::string &userDn)
{
    if (config.useTokenGroups)
        return tokenGroups(directory, config, userDn);
    LdapSearch search;
    search.base = config.groupDn;
    search.filter = groupFilterOf(config, username, userDn).value_or(std::string());
    search.attribute = config.groupAttribute;
    return directory.search(search);
}

Result<std::vector<std::string>> groupsOf(LdapConnection &directory, const LdapConfig &config,
                                          const std::string &username, const std::string &userDn)
{
    if (config.groupDn.empty() || (config.groupFilter.empty() && !config.useTokenGroups))
        return std::vector<std::string>();
    const auto entries = groupEntries(directory, config, username, userDn);
    if (!entries)
        return failed("failed to look for the user's groups", entries.error());
    std::set<std::string> names;
    for (const LdapEntry &entry : *entries) {
        if (entry.values.empty())
            names.insert(groupNameIn(entry.dn));
        for (const std::string &value : entry.values)
            names.insert(groupNameIn(value));
    }
    return std::vector<std::string>(names.begin(), names.end());
}

Result<std::vector<std::string>> groupsAsRight(LdapConnection &directory, const LdapConfig &config,
                                               const std::string &username, const std::string &userDn)
{
    if (!config.anonymousGroupSearch)
        return groupsOf(directory, config, username, userDn);
    auto another = LdapConnection::open(config);
    if (!another)
        return failed("failed to connect to LDAP server", another.error());
    return groupsOf(*another, config, username, userDn);
}

} // namespace

Result<LdapAnswer> askDirectory(const LdapConfig &config, const std::string &username, const std::string &password)
{
    LdapAnswer answer;
    if (username.find('\0') != std::string::npos) // where C's texts would end
        return answer;
    auto directory = LdapConnection::open(config);
    if (!directory)
        return failed("failed to connect to LDAP server", directory.error());
    const auto bindDn = bindDnOf(*directory, config, username);
    if (!bindDn)
        return bindDn.error();
    if (!*bindDn)
        return answer;
    const auto bound = directory->bind(**bindDn, password);
    if (!bound)
        return failed("failed to bind as user", bound.error());
    answer.verdict = *bound ? Verdict::Recognised : Verdict::WrongPassword;
    if (!*bound)
        return answer;
    if (hasService(config)) // who may look for people may look for groups as well
        if (auto again = bindAsService(*directory, config); !again)
            return again.error();
    auto entry = entryOf(*directory, config, username, **bindDn);
    if (!entry)
        return entry.error();
    if (!*entry || (!config.usernameAsAlias && (*entry)->values.empty()))
        return Error{ErrorCode::Unreachable,
                     400,
                     "ldap operation failed: missing entity alias attribute value: " + config.userAttribute,
                     {}};
    answer.dn = (*entry)->dn;
    answer.aliasName = config.usernameAsAlias ? username : aliasAmong((*entry)->values, username);
    if (validUtf8(answer.aliasName) != answer.aliasName)
        return Error{ErrorCode::Unreachable,
                     400,
                     "ldap operation failed: the entity alias attribute is no text: " + config.userAttribute,
                     {}};
    auto groups = groupsAsRight(*directory, config, username, answer.dn);
    if (!groups)
        return groups.error();
    answer.groups = std::move(*groups);
    return answer;
}

} // namespace kith::auth
