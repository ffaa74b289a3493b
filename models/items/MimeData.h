// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"

#include <QMimeData>

#include <memory>
#include <vector>

namespace kith::items {

/// What drags and the clipboard carry between pages and windows. There may be hundreds of thousands: of each only its
/// id, further values only where they are few.
struct CarriedObjects {
    static constexpr std::size_t MostNamed = 1000;

    QString core;                 ///< Connection::location() of the core that they are of.
    std::vector<EntityId> people; ///< Row ids: good inside the same core as long as none is deleted (a drag).
    std::vector<GroupId> groups;
    QStringList names; ///< Of the people, then of the groups; empty when they are too many, or one isn't known here.
    std::vector<QString> uuids;  ///< Likewise; empty: ask Directory::uuids. What is to outlive deletions needs them.
    connection::GroupRef source; ///< The group that they are taken out of, if all are in one. None: can't be moved.

    std::size_t size() const { return people.size() + groups.size(); }
    bool empty() const { return people.empty() && groups.empty(); }
    std::vector<connection::ObjectRef> refs() const; ///< The people, then the groups.
    friend bool operator==(const CarriedObjects &, const CarriedObjects &) = default;
};

/// "application/x-kith-objects"
QString objectsMimeType();

/// Packs them, with their names as plain text, a line each, and as a table (text/csv) of names and ids. They are put
/// into bytes only when another program asks.
std::unique_ptr<QMimeData> pack(CarriedObjects objects);

/// Null if there are none of ours in it, or they can't be read. What pack() made in this program is not copied.
std::shared_ptr<const CarriedObjects> unpack(const QMimeData &data);

/// The same for what pack() made in this program only: at once, however many there are.
std::shared_ptr<const CarriedObjects> unpackOwn(const QMimeData &data);

} // namespace kith::items
