// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Directory.h"
#include "core/Request.h"
#include "store/ChangeSet.h"

#include <QFuture>
#include <QObject>

namespace kith::connection {

/// The way to a core, local or remote. Belongs to the thread that made it; answers arrive there.
class Connection : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// What the window's title and the switcher show: "Local core", or the profile's name.
    virtual QString name() const = 0;
    /// Where the truth is: the file, or the address.
    virtual QString location() const = 0;
    /// Who else writes to it, if that keeps this connection from writing; empty: it can write.
    virtual QString otherWriter() const = 0;
    /// Nothing is to be written over this connection, since another program writes or the person wants it so.
    virtual bool isReadOnly() const { return !otherWriter().isEmpty(); }
    /// When what is read was so at the source of truth. Invalid: it is the truth itself, or nothing is known yet.
    virtual QDateTime readAt() const { return {}; }

    /// Sends one request to the source of truth, in the order sent. Always finishes: an answer (also one with an error
    /// status), or Unreachable, TimedOut, Cancelled. Cancelling stops the waiting, not the write: `changed` tells what
    /// really happened.
    virtual QFuture<Result<core::Response>> send(core::Request request) = 0;

    /// Read access to the identities, always local and always quick (DESIGN.md, "Reading is local").
    virtual Directory &directory() = 0;

Q_SIGNALS:
    void changed(const kith::ChangeSet &changes); ///< After the commit; ids and edges.
    void writerChanged();                         ///< otherWriter() is another now.
};

} // namespace kith::connection

Q_DECLARE_METATYPE(kith::ChangeSet)
