// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

#include <functional>

namespace kith::views {

/// Who has this name, in any case of its letters: the UUID, or empty when it is free. Asked before anything is created
/// or renamed: the core would silently rename the other object (spec/engine.md §3, upsert order).
void whoHasName(connection::Connection &connection, connection::ObjectKind kind, const QString &name, QObject *context,
                std::function<void(const Result<QString> &)> then);

/// Who logs in as `alias` at the mount with this accessor: the entity's UUID and name; both empty when nobody does.
/// Asked before an alias is added: the core would silently take it from the other entity (spec/engine.md §4).
struct AliasOwner {
    QString uuid;
    QString name;
};
void whoHasAlias(connection::Connection &connection, const QString &alias, const QString &accessor, QObject *context,
                 std::function<void(const Result<AliasOwner> &)> then);

} // namespace kith::views
