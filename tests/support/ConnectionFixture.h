// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/RemoteConnection.h"
#include "connection/Requests.h"
#include "support/FaultProxy.h"
#include "support/LiveConnection.h"
#include "support/RealServer.h"
#include "support/TestCore.h"

#include <QtTest/QTest>

namespace kith::test {

/// One Connection at a time, to a core in this process or to a real server, and short words for what tests do with it.
/// A base of the test's class.
class ConnectionFixture
{
protected:
    static constexpr int Local = -1; ///< Among the kinds of RealServer.
    /// The column "kind": each kind of server.
    static void addServers()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("kithd") << int(RealServer::Kind::Kithd);
        QTest::newRow("OpenBao") << int(RealServer::Kind::Bao);
        QTest::newRow("OpenBao, raft, TLS") << int(RealServer::Kind::BaoTls);
        QTest::newRow("OpenBao, namespace") << int(RealServer::Kind::BaoTeam);
    }
    /// The same, and the local core.
    static void addCores()
    {
        addServers();
        QTest::newRow("local core") << int(Local);
    }

    /// Starts what there is to start, connects with this token (none: the root's), waits for the mirror. Without the
    /// server's program there is no connection then: see OPEN.
    void open(int kind, const QByteArray &token = {});
    void open(const connection::Profile &profile, const QByteArray &token, int refreshSeconds = 0);
    /// A server of this kind behind a proxy, and a connection through it; null: its program isn't installed.
    std::unique_ptr<FaultProxy> openBehindProxy(RealServer::Kind kind = RealServer::Kind::Bao, int timeoutSeconds = 30);
    void close();
    void waitForMirror(); ///< Until it is current; fails the test's process when it isn't within a minute.
    void readAnew();

    connection::Directory &directory() { return m_connection->directory(); }
    Result<core::Response> send(core::Request request);
    /// kith/apply with these parts; fails the test's process when there is no answer.
    core::Response apply(boost::json::array parts);
    /// One through kith/restore, as the window makes objects: the id that the source of truth gave.
    std::string create(const char *kind, const boost::json::object &object);
    /// The accessor of a new userpass mount.
    std::string userpass(const std::string &path);
    /// A request of somebody else, straight to the source of truth.
    core::Response elsewhere(core::Operation operation, const std::string &path, std::string_view data = "{}");

    connection::ObjectRef object(const std::string &uuid);
    QStringList policiesOf(const std::string &uuid);
    static boost::json::object named(const std::string &name, boost::json::object more = {});
    static std::string freshId();
    static QString path(const char *before, const std::string &uuid)
    {
        return QLatin1String(before) + QString::fromStdString(uuid);
    }
    static QString entityPath(const std::string &uuid) { return path("identity/entity/id/", uuid); }
    static QString groupPath(const std::string &uuid) { return path("identity/group/id/", uuid); }
    static QString membersPath(const std::string &uuid) { return path("kith/members/", uuid); }

    std::unique_ptr<RealServer> m_server;
    std::unique_ptr<LiveConnection> m_local;
    std::unique_ptr<connection::RemoteConnection> m_remote;
    connection::Connection *m_connection = nullptr; ///< Of `m_local` or `m_remote`.
};

} // namespace kith::test

#define OPEN(...)                                                                                                      \
    open(__VA_ARGS__);                                                                                                 \
    if (!m_connection)                                                                                                 \
    QSKIP("the server's program isn't installed")
