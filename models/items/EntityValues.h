// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "items/MimeData.h"
#include "items/Roles.h"

#include <QModelIndex>
#include <QVariant>

namespace kith::items {

/// What rows of people answer for the roles that all tables of people share. `row`: null: not here yet.
QVariant entityRoleData(EntityId id, const connection::EntityRow *row, int role);

/// "octocat (github), ada (ldap)"
QString aliasesText(const std::vector<connection::AliasName> &aliases);

/// "release-managers → release-engineering"
QString chainText(const std::vector<connection::GroupRef> &chain);

/// The rows that the indexes stand in, each once, rising.
std::vector<int> rowsOf(const QModelIndexList &indexes);

CarriedObject carried(EntityId id, const connection::EntityRow *row);

} // namespace kith::items
