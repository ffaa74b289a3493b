// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Login.h"
#include "store/Entries.h"

#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kith::auth {

/// How a mount of the method `ldap` finds people and their groups in a directory. Kept sealed: it holds secrets.
struct LdapConfig {
    std::string urls = "ldap://127.0.0.1"; ///< With commas between; tried in turn.
    bool startTls = false;
    bool insecureTls = false;      ///< Any certificate of the server will do.
    std::string certificate;       ///< PEM, whom the server's must be of; empty: those that the system trusts.
    std::string clientCertificate; ///< PEM; with its key what the server is shown.
    std::string clientKey;
    std::string tlsMinimum = "tls12"; ///< tls10, tls11, tls12, tls13.
    std::string tlsMaximum = "tls12";
    std::string bindDn; ///< As whom people are looked for; with its password.
    std::string bindPassword;
    std::string userDn;                                       ///< Below which people are.
    std::string userAttribute = "cn";                         ///< Holds their names; its value names the alias.
    std::string userFilter = "({{.UserAttr}}={{.Username}})"; ///< A template.
    std::string groupDn;                                      ///< Below which groups are; empty: none are looked for.
    std::string groupFilter = "(|(memberUid={{.Username}})(member={{.UserDN}})(uniqueMember={{.UserDN}}))";
    std::string groupAttribute = "cn"; ///< Names the groups, in what the filter finds.
    std::string upnDomain;             ///< People are named name@upnDomain (Active Directory).
    bool discoverDn = false;           ///< People are looked for by an anonymous bind.
    bool denyNullBind = true;          ///< Empty passwords are refused before the directory is asked.
    bool caseSensitiveNames = false;   ///< Of users and groups that are mapped to policies.
    bool anonymousGroupSearch = false;
    bool usernameAsAlias = false;             ///< The alias is the name as it was typed.
    bool useTokenGroups = false;              ///< Groups are those in the person's `tokenGroups` (Active Directory).
    std::int64_t requestTimeout = 90;         ///< Seconds that the directory may take for all of one login.
    std::int64_t connectionTimeout = 30;      ///< Seconds that each server may take to be reached.
    std::int64_t maxPageSize = 0;             ///< Of the entries asked for at once; 0: all.
    std::string dereferenceAliases = "never"; ///< never, finding, searching, always.
    TokenSettings token;
};

/// One setting by its name in the API.
struct LdapSetting {
    enum class Kind { Shown, Secret };
    using Member = std::variant<std::string LdapConfig::*, bool LdapConfig::*, std::int64_t LdapConfig::*>;

    std::string_view name;
    Member member;
    Kind kind = Kind::Shown; ///< Secret: never read back.
};

/// All but those of the tokens.
const std::vector<LdapSetting> &ldapSettings();

/// As the API shows it: without secrets.
boost::json::object ldapConfigJson(const LdapConfig &config);

/// Whether both ask the same of the same directory; what tokens are given is left out.
bool asksTheSame(const LdapConfig &one, const LdapConfig &other);

/// Status 400: why nobody could log in by it. Puts right what has an equal: lower case, usual values for empty ones.
Result<void> checkLdapConfig(LdapConfig &config);

/// Nothing: the mount isn't configured yet.
Result<std::optional<LdapConfig>> findLdapConfig(const store::Entries &entries);
void saveLdapConfig(const store::Entries &entries, const LdapConfig &config);

/// A user or a group of the directory, and what it gets here.
struct LdapMapping {
    std::vector<std::string> policies;
    std::vector<std::string> groups; ///< Of a user: in addition to those of the directory.
};

enum class LdapMapped { User, Group };

/// The name of a user or group as it is kept: in lower case unless the configuration tells case apart.
std::string keptLdapName(const LdapConfig &config, const std::string &name);

// Names as they are kept.
Result<std::optional<LdapMapping>> findLdapMapping(const store::Entries &entries, LdapMapped what,
                                                   std::string_view name);
void saveLdapMapping(const store::Entries &entries, LdapMapped what, std::string_view name, const LdapMapping &mapping);
void deleteLdapMapping(const store::Entries &entries, LdapMapped what, std::string_view name);
std::vector<std::string> ldapMappingNames(const store::Entries &entries, LdapMapped what, std::string_view after,
                                          std::int64_t limit);

} // namespace kith::auth
