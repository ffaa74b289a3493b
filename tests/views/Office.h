// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/LiveConnection.h"

#include <set>

namespace kith::test {

/// A small organisation on a real core:
///
///     platform              (policy base)
///       release             Ada, Bence, Chiara, Dao     (policy ship)
///         managers          Chiara                      (policy lead)
///     support               Erik (disabled)             (policy help)
///     auditors              external
class Office : public LiveConnection
{
public:
    Office();

    GroupId platform, release, managers, support, auditors;
    EntityId ada, bence, chiara, dao, erik;

    std::set<QString> members(GroupId group);   ///< Names of the direct ones.
    std::set<QString> subgroups(GroupId group); ///< Likewise.
    QString name(EntityId id);
    bool exists(const std::string &uuid);
};

} // namespace kith::test
