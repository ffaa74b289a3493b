// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/MimeData.h"
#include "items/Roles.h"

#include <QVariant>

namespace kith::items {

/// What rows of people answer for the roles that all tables of people share. `row`: null: not here yet.
QVariant entityRoleData(EntityId id, const connection::EntityRow *row, int role);

/// "octocat (github), ada (ldap)"
QString aliasesText(const std::vector<connection::AliasName> &aliases);

/// "release-managers → release-engineering"
QString chainText(const std::vector<connection::GroupRef> &chain);

/// The names of these people, as CarriedObjects has them. `rowOf`: what is known of one; null: nothing here.
template <class RowOf>
QStringList namesOf(const std::vector<EntityId> &people, RowOf rowOf)
{
    QStringList names;
    if (people.size() > CarriedObjects::MostNamed)
        return names;
    for (const EntityId id : people) {
        const connection::EntityRow *row = rowOf(id);
        if (!row)
            return {};
        names.append(row->name);
    }
    return names;
}

} // namespace kith::items
