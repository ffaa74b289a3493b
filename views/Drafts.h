// SPDX-License-Identifier: Apache-2.0
// What the forms for new objects are filled in with.
#pragma once

#include "connection/Values.h"

namespace kith::views {

struct AliasDraft {
    QString name;
    QString accessor; ///< Of the mount (MountRow::accessor).
    connection::Metadata customMetadata;
    friend bool operator==(const AliasDraft &, const AliasDraft &) = default;
};

struct EntityDraft {
    QString name; ///< Not empty.
    QStringList policies;
    connection::Metadata metadata;
    std::vector<GroupId> groups; ///< To be a member of; internal ones.
    std::vector<AliasDraft> aliases;
};

enum class GroupKind { Internal, External };

struct GroupDraft {
    QString name; ///< Not empty.
    GroupKind kind = GroupKind::Internal;
    std::optional<AliasDraft> alias; ///< External groups only.
    QStringList policies;
    connection::Metadata metadata;
    std::vector<GroupId> parents;
    std::vector<EntityId> people; ///< Internal groups only.
};

} // namespace kith::views
