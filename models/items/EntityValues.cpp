// SPDX-License-Identifier: Apache-2.0
#include "items/EntityValues.h"

#include "items/ReadingText.h"

namespace kith::items {

using connection::AliasName;
using connection::EntityRow;
using connection::ObjectRef;

QVariant entityRoleData(EntityId id, const EntityRow *row, int role)
{
    switch (role) {
    case ObjectRole:
        return QVariant::fromValue(ObjectRef::of(id));
    case LoadingRole:
        return row == nullptr;
    case Qt::AccessibleTextRole:
        return accessibleText(row != nullptr);
    case NameRole:
        return row ? QVariant(row->name) : QVariant();
    case UuidRole:
        return row ? QVariant(row->uuid) : QVariant();
    case AliasesRole:
        return row ? QVariant::fromValue(row->aliases) : QVariant();
    case DisabledRole:
        return row ? QVariant(row->disabled) : QVariant();
    default:
        return {};
    }
}

QString aliasesText(const std::vector<AliasName> &aliases)
{
    QStringList texts;
    for (const AliasName &alias : aliases)
        texts.append(alias.mount.isEmpty() ? alias.name : QStringLiteral("%1 (%2)").arg(alias.name, alias.mount));
    return texts.join(QStringLiteral(", "));
}

QString chainText(const std::vector<connection::GroupRef> &chain)
{
    QStringList names;
    for (const connection::GroupRef &group : chain)
        names.append(group.name);
    return names.join(QStringLiteral(" → "));
}

} // namespace kith::items
