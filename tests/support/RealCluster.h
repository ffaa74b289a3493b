// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/RemoteClient.h"

#include <QProcess>
#include <QTemporaryDir>

#include <array>
#include <memory>

namespace kith::test {

/// Three OpenBao nodes on raft on this machine, as processes of their own, empty at first; they end with this object.
class RealCluster
{
public:
    static constexpr int Size = 3;

    /// All three unsealed, with a vote each. Null: bao isn't installed.
    static std::unique_ptr<RealCluster> start();
    ~RealCluster();

    QByteArray token() const { return m_token; }
    connection::Profile profile(int node) const;
    connection::RemoteClient &client(int node) { return *m_nodes[std::size_t(node)].client; }
    /// Asks a node with the root token; fails the test's process when there is no answer.
    core::Response ask(int node, core::Operation operation, const std::string &path, std::string_view json = "{}");

    int leader();  ///< Waits until there is one.
    int standby(); ///< One that isn't the leader.
    void kill(int node);
    void revive(int node); ///< Starts it again, and waits until it has its vote again.

private:
    struct Node {
        QProcess process;
        QString address;
        int clusterPort = 0;
        std::unique_ptr<connection::RemoteClient> client;
    };
    void configure(int node);
    bool launch(int node);
    bool unseal(int node);
    bool allVote(int node);
    bool isRunning(int node) const { return m_nodes[std::size_t(node)].process.state() == QProcess::Running; }
    int healthOf(int node); ///< The status of sys/health; 0: no answer.

    QString m_program;
    QTemporaryDir m_folder;
    std::array<Node, Size> m_nodes;
    QByteArray m_token;
    std::string m_key;
};

} // namespace kith::test
