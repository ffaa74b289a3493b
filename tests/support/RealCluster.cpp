// SPDX-License-Identifier: Apache-2.0
#include "support/RealCluster.h"

#include "connection/Answers.h"
#include "support/Processes.h"
#include "support/Support.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QThread>

#include <algorithm>
#include <functional>

namespace kith::test {

using connection::Profile;
using connection::RemoteClient;
using connection::requestOf;
using core::Operation;

namespace {

constexpr int PatienceSeconds = 90;

bool waitUntil(const std::function<bool()> &condition)
{
    for (int i = 0; i < PatienceSeconds * 10; ++i) {
        if (condition())
            return true;
        QThread::msleep(100);
    }
    return false;
}

} // namespace

std::unique_ptr<RealCluster> RealCluster::start()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("bao"));
    if (program.isEmpty())
        return nullptr;
    auto cluster = std::make_unique<RealCluster>();
    cluster->m_program = program;
    for (Node &node : cluster->m_nodes) {
        node.address = QStringLiteral("http://127.0.0.1:%1").arg(freePort());
        node.clusterPort = freePort();
    }
    for (int node = 0; node < Size; ++node) {
        cluster->configure(node);
        if (!cluster->launch(node))
            return nullptr;
    }
    return waitUntil([&] { return cluster->allVote(0); }) ? std::move(cluster) : nullptr;
}

RealCluster::~RealCluster()
{
    for (int node = 0; node < Size; ++node)
        kill(node);
}

Profile RealCluster::profile(int node) const
{
    Profile profile;
    profile.name = QStringLiteral("Cluster");
    profile.address = m_nodes[std::size_t(node)].address;
    profile.timeoutSeconds = 10;
    return profile;
}

void RealCluster::configure(int node)
{
    const QString folder = m_folder.filePath(QString::number(node));
    QDir().mkpath(folder);
    QByteArray config = R"(
storage "raft" {
  path = "FOLDER"
  node_id = "NODE"
  performance_multiplier = 1
  retry_join { leader_api_addr = "FIRST" }
}
listener "tcp" {
  address = "ADDRESS"
  cluster_address = "127.0.0.1:CLUSTER"
  tls_disable = true
}
api_addr = "http://ADDRESS"
cluster_addr = "https://127.0.0.1:CLUSTER"
disable_mlock = true
)";
    const QString address = m_nodes[std::size_t(node)].address;
    config.replace("FOLDER", folder.toUtf8())
        .replace("NODE", "node-" + QByteArray::number(node))
        .replace("FIRST", m_nodes[0].address.toUtf8())
        .replace("ADDRESS", address.mid(int(qstrlen("http://"))).toUtf8())
        .replace("CLUSTER", QByteArray::number(m_nodes[std::size_t(node)].clusterPort));
    QFile file(folder + QStringLiteral(".hcl"));
    if (!file.open(QIODevice::WriteOnly) || file.write(config) != config.size())
        qFatal("the configuration of a node can't be written");
}

bool RealCluster::launch(int node)
{
    Node &it = m_nodes[std::size_t(node)];
    it.process.setProcessChannelMode(QProcess::MergedChannels);
    it.process.setStandardOutputFile(QProcess::nullDevice());
    it.process.start(m_program,
                     {QStringLiteral("server"),
                      QStringLiteral("-config=%1").arg(m_folder.filePath(QStringLiteral("%1.hcl").arg(node)))});
    if (!it.process.waitForStarted())
        return false;
    it.client = std::make_unique<RemoteClient>(profile(node));
    if (!waitUntil([&] { return healthOf(node) != 0; }))
        return false;
    if (m_key.empty()) {
        const core::Response made =
            ask(node, Operation::Update, "sys/init", R"({"secret_shares":1,"secret_threshold":1})");
        if (!made.data)
            return false;
        m_token = made.data->at("root_token").as_string().c_str();
        m_key = made.data->at("keys_base64").at(0).as_string();
    }
    it.client->setToken(m_token);
    return unseal(node);
}

bool RealCluster::unseal(int node)
{
    return waitUntil([&] {
        // A node that hasn't joined yet has nothing to unseal.
        (void)client(node).ask(requestOf(Operation::Update, "sys/unseal", {{"key", m_key}}));
        const int health = healthOf(node);
        return health == 200 || health == 429;
    });
}

int RealCluster::healthOf(int node)
{
    if (!isRunning(node))
        return 0;
    // 429 stands for a standby here: it isn't to be asked again.
    const auto answer = client(node).ask(requestOf(Operation::Read, "sys/health", {{"standbycode", 299}}));
    return !answer ? 0 : answer->status == 299 ? 429 : answer->status;
}

bool RealCluster::allVote(int node)
{
    const auto answer = client(node).ask(requestOf(Operation::Read, "sys/storage/raft/configuration"));
    const auto *data = connection::dataOf(answer);
    if (!data)
        return false;
    const auto &servers = data->at("config").at("servers").as_array();
    return servers.size() == Size &&
           std::all_of(servers.begin(), servers.end(), [](const auto &server) { return server.at("voter").as_bool(); });
}

core::Response RealCluster::ask(int node, Operation operation, const std::string &path, std::string_view json)
{
    auto answer = client(node).ask(requestOf(operation, path, boost::json::parse(json).as_object()));
    if (!answer)
        qFatal("%s: %s", path.c_str(), why(answer).constData());
    return std::move(*answer);
}

int RealCluster::leader()
{
    int found = -1;
    waitUntil([&] {
        for (int node = 0; node < Size && found < 0; ++node)
            if (healthOf(node) == 200)
                found = node;
        return found >= 0;
    });
    return found;
}

int RealCluster::standby()
{
    const int leads = leader();
    for (int node = 0; node < Size; ++node)
        if (node != leads && isRunning(node))
            return node;
    return -1;
}

void RealCluster::kill(int node)
{
    QProcess &process = m_nodes[std::size_t(node)].process;
    if (process.state() == QProcess::NotRunning)
        return;
    process.kill();
    process.waitForFinished();
}

void RealCluster::revive(int node)
{
    if (isRunning(node))
        return;
    if (!launch(node) || !waitUntil([&] { return allVote(leader()); }))
        qFatal("a node doesn't come back");
}

} // namespace kith::test
