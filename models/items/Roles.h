// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"

#include <vector>

namespace kith::items {

/// What the models tell beside Qt::DisplayRole. Values, never colours, icons or fonts: those are a delegate's.
/// A value that isn't here yet is an invalid QVariant.
enum Role {
    ObjectRole = Qt::UserRole + 1, ///< ObjectRef: the entity or group of the row. Always there.
    LoadingRole,                   ///< bool: the row's values aren't here yet.
    NameRole,                      ///< QString
    UuidRole,                      ///< QString
    AliasesRole,                   ///< std::vector<AliasName>
    DisabledRole,                  ///< bool
    ExternalRole,                  ///< bool: the group's members come from a mount.
    MountRole,                     ///< QString: that mount's path without its slash.
    DirectMembersRole,             ///< int
    SubgroupsRole,                 ///< int
    OwnPoliciesRole,               ///< int
    ParentsRole,                   ///< int: more than one: the group stands in several places.
    MatchRole,                     ///< bool: the group matches the filter itself.
    AboveMatchRole,                ///< bool: it has a match below; a view may unfold it.
    CycleRole,                     ///< bool: the group is its own ancestor here (wrong data); it isn't unfolded.
    PathRole,                      ///< std::vector<GroupId>: from the root down to this row.
    WayInRole,                     ///< std::vector<GroupRef>: see MemberRow::wayIn.
    PolicyRole,                    ///< QString: the policy's name (also of the row of a source below it).
    DefinedRole,                   ///< bool: false: no such policy exists, it grants nothing.
    OnEntityRole,                  ///< bool: the source is the entity itself.
    ChainRole,                     ///< std::vector<GroupRef>: see PolicySource::chain.
    ChainsRole,                    ///< QString: the exact number of chains, in digits.
    AliasNameRole,                 ///< QString: see BroughtBy::alias.
    RefreshedRole,                 ///< QDateTime: see BroughtBy::refreshed.
    SourceCountRole,               ///< int: how many sources the policy has.
    CopyTextRole,                  ///< QString: the row, with what is below it, as plain text.
};

} // namespace kith::items
