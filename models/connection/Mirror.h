// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"
#include "store/Result.h"

#include <QDateTime>
#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace kith::connection {

class MirrorStore;
class RemoteClient;

/// How far the mirror is.
struct MirrorState {
    enum class Phase {
        Listing, ///< The first lists are asked for: there is nothing to see yet.
        Reading, ///< Names are there, values follow; or all is read anew.
        Current, ///< All is as the server said at `readAt`.
        Stopped, ///< By stop(); refresh() goes on.
        Failed,  ///< `problem` says why; it is tried again by itself, after ever longer pauses.
    };
    Phase phase = Phase::Listing;
    qint64 done = 0; ///< Objects read in this round, of `total`.
    qint64 total = 0;
    QDateTime readAt; ///< All of it is at least as new; invalid: not all has been read yet.
    std::optional<Error> problem;
    QStringList forbidden; ///< Paths that the token may not list or read: there may be more than is shown.
};

/// Fills a mirror from a server and keeps it fresh, in a thread of its own, with a few requests at a time. Belongs to
/// the thread that made it. Client and store must outlive it.
class Mirror : public QObject
{
    Q_OBJECT
public:
    static constexpr int DefaultIntervalSeconds = 300;

    Mirror(RemoteClient &client, MirrorStore &store, QObject *parent = nullptr);
    ~Mirror() override;

    const MirrorState &state() const;

    void start();   ///< The first round.
    void refresh(); ///< Reads all anew, now; or goes on after stop().
    void stop();
    /// How long after a round the next one begins; 0: never.
    void setInterval(int seconds);
    /// What is looked at is read first; what was read long ago is read again.
    void want(const QStringList &entityUuids, const QStringList &groupUuids);

Q_SIGNALS:
    void stateChanged();
    void firstPage(); ///< Names and aliases of all entities and names of all groups are there.
    void refused();   ///< Something was refused with 403: perhaps the token isn't good any more.

private:
    struct Room;
    std::unique_ptr<Room> m_room;
    MirrorState m_state;
};

} // namespace kith::connection
