// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/LdapConfig.h"
#include "store/Result.h"

#include <string>
#include <vector>

namespace kith::auth {

/// What a directory says of somebody who logs in.
struct LdapAnswer {
    enum class Verdict {
        Recognised,
        WrongPassword, ///< Or one that the directory doesn't let in.
        Unknown,       ///< Nobody has the name, or more than one.
    };

    Verdict verdict = Verdict::Unknown;
    std::string dn;
    std::string aliasName;           ///< What identifies the person on the mount.
    std::vector<std::string> groups; ///< By name, sorted.
};

/// Asks the directory of `config` whether the password is that of `username`, and for the person's groups. Slow: it
/// waits as long as the configuration lets it. Fails with status 400 and what went wrong. An empty password must not
/// come here unless `denyNullBind` is off.
Result<LdapAnswer> askDirectory(const LdapConfig &config, const std::string &username, const std::string &password);

} // namespace kith::auth
