// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/ClusterIndex.h"
#include "connection/Profile.h"
#include "connection/Turn.h"
#include "core/Request.h"
#include "store/Result.h"

#include <QByteArray>
#include <QFuture>
#include <QObject>

#include <memory>

namespace kith::connection {

/// Gives threads that are started from here on event loops without GLib, where Qt would take it: only the desktop needs
/// it, in the main thread, and it costs a mirror a tenth of its time. Changes the environment, so before there are
/// threads.
void avoidGlibInThreads();

struct Asker;

/// Where the answers to many requests come in, for somebody in a thread with an event loop: connect to it. A future and
/// its watcher for each would cost a tenth of a request. Any thread.
class AnswerBox : public QObject
{
    Q_OBJECT
Q_SIGNALS:
    void answered(quint64 number, const std::shared_ptr<kith::Result<kith::core::Response>> &answer);
};

/// A server with the Vault HTTP API, over HTTP(S): what it is asked, and what it answers. Thread-safe; does its work in
/// a thread of its own. Requests run side by side, on up to six connections.
///
/// What only asks is asked again, with growing pauses, when no answer came or the server was busy (429, 502, 503, 504);
/// a change is sent again only when the server certainly hasn't got it. A standby's redirect is followed, with the
/// token, to the address it was asked at or to that of the leader that sys/leader names, never from https to http; the
/// next requests go there at once. A standby that answers itself answers only what it can't miss (ClusterIndex).
///
/// Errors: Unreachable, TimedOut, Cancelled; wire says what happened in English, where is the address. Of a change that
/// may have been done: isOutcomeUnknown (VaultHttp.h). Neither they nor anything else that this class gives away or
/// writes down holds a token or a request's content.
class RemoteClient
{
public:
    /// `index`: what several clients of one server share.
    explicit RemoteClient(const Profile &profile,
                          std::shared_ptr<ClusterIndex> index = std::make_shared<ClusterIndex>());
    ~RemoteClient(); ///< Ends what is under way as Cancelled.
    RemoteClient(const RemoteClient &) = delete;
    RemoteClient &operator=(const RemoteClient &) = delete;

    const Profile &profile() const;

    /// What requests without a token of their own are sent with; empty: none.
    void setToken(const QByteArray &token);
    QByteArray token() const;

    /// The profile's namespace is put before the request's. An answer with an error status is an answer. Cancelling the
    /// future stops the waiting.
    QFuture<Result<core::Response>> send(core::Request request);
    /// The same; the answer comes into the box with this number. Cancelled by the request's progress. After close()
    /// nothing comes. Turn::Shared is for reads alone.
    void send(core::Request request, std::shared_ptr<AnswerBox> box, quint64 number, Turn turn);

    /// Ends what is under way, and all that comes, as Cancelled.
    void close();

    /// send(), and waits: for a thread without an event loop. Ends early when the request's progress is cancelled.
    Result<core::Response> ask(core::Request request);

private:
    class Private;
    void post(core::Request request, Asker asker, Turn turn);
    std::unique_ptr<Private> m_d;
};

} // namespace kith::connection
