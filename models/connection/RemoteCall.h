// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/ClusterIndex.h"
#include "connection/Transport.h"

#include <QPointer>
#include <QTimer>

#include <functional>
#include <set>

namespace kith::connection {

/// Where the cluster is: shared by all calls of a client, in its thread.
struct Cluster {
    QUrl home;                 ///< The profile's address.
    QUrl leader;               ///< Where a standby sent us; empty: home is asked.
    std::set<QString> trusted; ///< Origins that sys/leader named.
    QString nameSpace;         ///< The profile's.
    std::shared_ptr<ClusterIndex> index;
};

/// Who waits for an answer. Called in the client's thread.
struct Asker {
    std::function<void(Result<core::Response>)> answer; ///< At most once.
    std::function<bool()> isGone;                       ///< Nobody waits any more.
};

/// One request until its answer: asks again where that is safe, follows a standby to its leader. Lives in the client's
/// thread and goes away by itself.
class RemoteCall : public QObject
{
    Q_OBJECT
public:
    RemoteCall(Transport &transport, Cluster &cluster, core::Request request, QByteArray token, Asker asker, Turn turn,
               QObject *parent);
    void attempt();
    /// Nobody tells that nobody waits: the client has it looked for now and then.
    void endIfCancelled();

private:
    void ended(Outcome outcome);
    void failed(const Outcome &outcome);
    void answered(Outcome outcome);
    void taken(Result<core::Response> response);
    void redirected(const Outcome &outcome);
    void followTo(const QUrl &target);
    void askForLeader(const QUrl &target);
    bool againAfter(int seconds);
    std::string home() const;
    void finish(Result<core::Response> result);

    Transport &m_transport;
    Cluster &m_cluster;
    core::Request m_request;
    QByteArray m_token;
    Asker m_asker;
    Turn m_turn;
    QPointer<QNetworkReply> m_reply;
    QUrl m_base;
    bool m_asks;
    int m_attempts = 0;
    int m_hops = 0;
    bool m_done = false;
};

} // namespace kith::connection
