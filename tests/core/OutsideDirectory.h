// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "GitHubServer.h"
#include "Slapd.h"
#include "support/TestCore.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kith::test {

/// Where people and their groups are known, with an auth method that asks there: what the external groups of an entity
/// follow. The directory has the groups `dev` and `late`.
class OutsideDirectory
{
public:
    enum class Secret { Right, Wrong };
    /// Whom a mount is for.
    enum class Audience { Members, Strangers };

    virtual ~OutsideDirectory() = default;

    virtual std::string method() const = 0;
    /// Of a mount of that method.
    virtual boost::json::object configuration(Audience audience) const = 0;
    /// Somebody new, in no group.
    virtual void addPerson(const std::string &name, Audience audience) = 0;
    /// All that a member is in from now on.
    virtual void setGroups(const std::string &name, const std::vector<std::string> &groups) = 0;
    /// What they log in with isn't good any more.
    virtual void withdraw(const std::string &name) = 0;
    /// What the method tells of a person at each login, as the metadata of the alias reads.
    virtual QByteArray aliasMetadata(const std::string &name) const = 0;
    virtual core::Response logIn(TestCore &core, const std::string &mount, const std::string &name,
                                 Secret secret) const = 0;
    /// What a login is refused with when the secret is wrong, withdrawn, or a stranger's.
    virtual QByteArray refusal() const = 0;
    virtual QByteArray strangersRefusal() const = 0;
};

/// OpenLDAP's server, asked with a service account; strangers are in a branch of their own. Null: it isn't installed.
std::unique_ptr<OutsideDirectory> slapdDirectory();

/// In GitHub's place GitHubServer; groups are teams, strangers belong to another organisation.
std::unique_ptr<OutsideDirectory> gitHubDirectory();

} // namespace kith::test
