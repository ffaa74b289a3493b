// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/LdapConfig.h"
#include "store/Result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

/// A text inside a filter, where it can't end or widen the filter (RFC 4515 §3).
std::string escapedForFilter(std::string_view text);
/// A text as the value of an attribute in a distinguished name (RFC 4514 §2.4).
std::string escapedForDn(std::string_view text);

/// Whom `username` means; nothing: the template isn't one. The name goes into it escaped, as in the next one.
std::optional<std::string> userFilterOf(const LdapConfig &config, const std::string &username);
/// Status 400: a name by which nobody may log in, since directories compare names as RFC 4518 prepares them. They skip
/// blanks and what shows nothing, and read many signs as plain letters, so that one person would have many names here:
/// each with failures of its own before it is locked out, and with an entity of its own.
Result<void> checkLdapUsername(std::string_view name);
/// What failures count for: one for all the spellings of such a name that a directory takes for the same, as "straße"
/// and "STRASSE" (RFC 4518 §2.2: Unicode's whole folding of case).
std::string ldapNameKey(std::string_view username);

/// What `userDn` is a member of.
std::optional<std::string> groupFilterOf(const LdapConfig &config, const std::string &username,
                                         const std::string &userDn);
/// Groups by their binary ids, of which there is one at least.
std::string sidFilterOf(const std::vector<std::string> &sids);

/// The `cn` in a distinguished name, or the text itself when there is none: how groups are called.
std::string groupNameIn(const std::string &text);

/// The name or number of an attribute, perhaps with options.
bool isLdapAttribute(std::string_view text);

/// The servers in a list with commas.
std::vector<std::string> ldapUrlsIn(std::string_view list);
/// Whether passwords go over a network as they are: to a server elsewhere, without TLS.
bool sendsPasswordsOpenly(const LdapConfig &config);
/// Status 400: there is none, or one that is neither ldap:// nor ldaps://.
Result<void> checkLdapUrls(const std::string &list);

} // namespace kith::auth
