// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"

#include <QMimeData>

#include <memory>
#include <optional>
#include <vector>

namespace kith::items {

/// One of the things that are dragged or copied.
struct CarriedObject {
    connection::ObjectRef object; ///< Its row id: good inside the same core as long as it isn't deleted (a drag).
    QString uuid;                 ///< Empty when the row's values weren't here: ask Directory::uuids.
    QString name;                 ///< Likewise.
    friend bool operator==(const CarriedObject &, const CarriedObject &) = default;
};

/// What drags and the clipboard carry between pages and windows.
struct CarriedObjects {
    QString core; ///< Connection::location() of the core that they are of.
    std::vector<CarriedObject> objects;
    connection::GroupRef source; ///< The group that they are taken out of, if all are in one. None: can't be moved.
    QString sourceUuid;          ///< Its UUID; may be empty as CarriedObject::uuid.

    std::vector<EntityId> people() const;
    std::vector<GroupId> groups() const;
    friend bool operator==(const CarriedObjects &, const CarriedObjects &) = default;
};

/// "application/x-kith-objects"
QString objectsMimeType();

/// Packs them, with their names as plain text, a line each.
std::unique_ptr<QMimeData> pack(const CarriedObjects &objects);

/// None if there are none of ours in it, or they can't be read.
std::optional<CarriedObjects> unpack(const QMimeData &data);

} // namespace kith::items
