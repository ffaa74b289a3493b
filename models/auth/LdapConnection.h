// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/LdapConfig.h"
#include "store/Result.h"

#include <memory>
#include <string>
#include <vector>

namespace kith::auth {

/// What a search found of one entry.
struct LdapEntry {
    std::string dn;
    std::vector<std::string> values; ///< Of the attribute that was asked for.
};

struct LdapSearch {
    enum class Scope { Entry, Below };

    std::string base;
    Scope scope = Scope::Below;
    std::string filter = "(objectClass=*)";
    std::string attribute;
    int most = 0; ///< Entries that are of use; 0: all, in pages if the configuration says so.
};

/// A connection to a directory, for one thread. It says what it wants and waits, for the configuration's
/// `request_timeout` in all since it was opened; referrals to other servers are not followed, since nobody has said
/// that those are trusted. Failures are of status 400 and code Unreachable or TimedOut, and tell what the directory or
/// the way to it said.
class LdapConnection
{
public:
    /// To the first of the servers that can be reached. The error tells of all.
    static Result<LdapConnection> open(const LdapConfig &config);
    LdapConnection(LdapConnection &&) noexcept;
    ~LdapConnection();

    /// From now on it asks as `dn`; without a password, anonymously. False: the directory doesn't know that person by
    /// that password.
    Result<bool> bind(const std::string &dn, const std::string &password);
    /// Fails when there is more than the directory gives, unless that is as many as `most`.
    Result<std::vector<LdapEntry>> search(const LdapSearch &search);

private:
    class Private;
    explicit LdapConnection(std::unique_ptr<Private> wire);

    std::unique_ptr<Private> d;
};

} // namespace kith::auth
