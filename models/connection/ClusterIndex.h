// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <mutex>

namespace kith::connection {

/// How far a cluster was when it answered last. Standbys of OpenBao answer reads by themselves, a little behind their
/// leader: whoever sends this along is answered by one that knows as much, or by the leader. So nobody misses a change
/// that he has made himself, or has seen already. Thread-safe; shared by the clients of one server.
/// Source: OpenBao, "Eventual consistency" (headers X-Vault-Index, X-Vault-Inconsistent).
class ClusterIndex
{
public:
    /// An answer's X-Vault-Index; empty: it had none.
    void saw(const QByteArray &index);
    /// The furthest; empty: this server tells none.
    QByteArray furthest() const;

private:
    mutable std::mutex m_mutex;
    QByteArray m_text;
    QByteArray m_cluster;
    quint64 m_value = 0;
};

} // namespace kith::connection
