// SPDX-License-Identifier: Apache-2.0
#include "support/RealServer.h"

#include "support/Processes.h"
#include "support/Shared.h"
#include "support/Support.h"

#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QThread>

#include <csignal>

namespace kith::test {

using connection::Profile;
using connection::RemoteClient;

namespace {

bool run(const QString &program, const QStringList &arguments, const QString &folder = {})
{
    QProcess process;
    if (!folder.isEmpty())
        process.setWorkingDirectory(folder);
    process.start(program, arguments);
    return process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
}

bool write(const QString &name, const QByteArray &content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

bool RealServer::makeCertificate(const QString &folder, const QString &name, const QString &subjectAltName, int days)
{
    const QString openssl = QStringLiteral("openssl");
    if (!QFile::exists(folder + QStringLiteral("/ca.crt")) &&
        !run(openssl,
             words("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ca.key -out ca.crt "
                   "-days 30 -subj /CN=Example-CA"),
             folder))
        return false;
    if (!run(openssl,
             words("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=server -keyout") +
                 QStringList{name + QStringLiteral(".key"), QStringLiteral("-out"), name + QStringLiteral(".csr")},
             folder))
        return false;
    const QString extensions = name + QStringLiteral(".ext");
    write(folder + u'/' + extensions, "subjectAltName=" + subjectAltName.toLatin1() + "\n");
    return run(openssl,
               words("x509 -req -CA ca.crt -CAkey ca.key -CAcreateserial") +
                   QStringList{QStringLiteral("-in"), name + QStringLiteral(".csr"), QStringLiteral("-out"),
                               name + QStringLiteral(".crt"), QStringLiteral("-extfile"), extensions,
                               QStringLiteral("-days"), QString::number(days)},
               folder);
}

std::unique_ptr<RealServer> RealServer::start(Kind kind)
{
    auto server = std::make_unique<RealServer>();
    server->m_kind = kind;
    server->m_process.setProcessChannelMode(QProcess::MergedChannels);
    bool started = false;
    switch (kind) {
    case Kind::Kithd:
        started = server->startKithd();
        break;
    case Kind::KithdTeam:
        started = server->startKithd() && server->enterTeam();
        break;
    case Kind::Bao:
        started = server->startBao();
        break;
    case Kind::BaoTeam:
        started = server->startBao() && server->enterTeam();
        break;
    case Kind::BaoTls:
    case Kind::BaoMutual:
        started = server->startBaoTls();
        break;
    }
    return started ? std::move(server) : nullptr;
}

RealServer::~RealServer()
{
    m_client.reset();
    kill();
}

void RealServer::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

bool RealServer::changeCertificate(const QString &subjectAltName, int days)
{
    return makeCertificate(m_folder.path(), QStringLiteral("server"), subjectAltName, days) &&
           ::kill(static_cast<pid_t>(m_process.processId()), SIGHUP) == 0;
}

void RealServer::suspend()
{
    suspendProcess(m_process.processId());
}

void RealServer::resume()
{
    resumeProcess(m_process.processId());
}

Profile RealServer::profile() const
{
    Profile profile;
    profile.name = QStringLiteral("Test");
    profile.address = m_address;
    profile.nameSpace = m_nameSpace;
    if (m_kind == Kind::BaoTls || m_kind == Kind::BaoMutual) {
        profile.trust = connection::Trust::CaFile;
        profile.caFile = path("ca.crt");
    }
    if (m_kind == Kind::BaoMutual) {
        profile.clientCertificate = path("client.crt");
        profile.clientKey = path("client.key");
    }
    return profile;
}

void RealServer::connectClient()
{
    m_client = std::make_unique<RemoteClient>(profile());
    m_client->setToken(m_token);
}

/// Until it answers so. A server that has just begun refuses connections.
bool RealServer::waitFor(const char *path, int status)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 60'000 && m_process.state() != QProcess::NotRunning) {
        core::Request request;
        request.path = path;
        const auto answer = m_client->ask(std::move(request));
        if (answer && answer->status == status)
            return true;
        m_process.waitForReadyRead(50);
    }
    return false;
}

bool RealServer::startKithd()
{
    const QString program = QStringLiteral(KITH_BINARY_DIR "/kithd");
    if (!QFile::exists(program))
        return false;
    m_process.start(program, words("--dev --dev-root-token-id root --listen 127.0.0.1:0"));
    const QByteArray says = "kithd listens on ";
    QByteArray output;
    while (!output.contains(says) || !output.mid(output.indexOf(says)).contains('\n')) {
        if (!m_process.waitForReadyRead(60'000))
            return false;
        output += m_process.readAll();
    }
    const QByteArray rest = output.mid(output.indexOf(says) + says.size());
    m_address = QString::fromLatin1(rest.left(rest.indexOf('\n'))).trimmed();
    connectClient();
    return true;
}

bool RealServer::startBao()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("bao"));
    if (program.isEmpty())
        return false;
    const QString address = QStringLiteral("127.0.0.1:%1").arg(freePort());
    m_process.start(program, words("server -dev -dev-no-store-token -dev-root-token-id=root") +
                                 QStringList{QStringLiteral("-dev-listen-address=") + address});
    m_address = QStringLiteral("http://") + address;
    connectClient();
    return waitFor("sys/policies/acl/default", 200);
}

/// From now on all is asked in a namespace.
bool RealServer::enterTeam()
{
    if (!post("sys/namespaces/team").ok())
        return false;
    m_nameSpace = QStringLiteral("team");
    connectClient();
    return true;
}

bool RealServer::startBaoTls()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("bao"));
    if (program.isEmpty() || !makeCertificate(m_folder.path(), QStringLiteral("server")))
        return false;
    const bool mutual = m_kind == Kind::BaoMutual;
    const int port = freePort();
    const QByteArray config = R"(
storage "raft" { path = "FOLDER" node_id = "one" }
listener "tcp" {
  address = "127.0.0.1:PORT"
  CLIENTS
  tls_cert_file = "FOLDER/server.crt"
  tls_key_file = "FOLDER/server.key"
}
api_addr = "https://127.0.0.1:PORT"
cluster_addr = "https://127.0.0.1:CLUSTER"
disable_mlock = true
)";
    QByteArray filled = config;
    filled.replace("FOLDER", m_folder.path().toUtf8())
        .replace("PORT", QByteArray::number(port))
        .replace("CLUSTER", QByteArray::number(freePort()));
    if (mutual && !makeCertificate(m_folder.path(), QStringLiteral("client")))
        return false;
    filled.replace("CLIENTS", mutual ? "tls_require_and_verify_client_cert = true\n  tls_client_ca_file = \"" +
                                           path("ca.crt").toUtf8() + '"'
                                     : QByteArray());
    write(path("bao.hcl"), filled);
    m_process.start(program, {QStringLiteral("server"), QStringLiteral("-config=") + path("bao.hcl")});
    m_address = QStringLiteral("https://127.0.0.1:%1").arg(port);
    m_token.clear();
    connectClient();
    if (!waitFor("sys/health", 501))
        return false;
    const core::Response keys = post("sys/init", R"({"secret_shares":1,"secret_threshold":1})");
    if (!keys.data)
        return false;
    m_token = keys.data->at("root_token").as_string().c_str();
    const std::string key(keys.data->at("keys_base64").at(0).as_string());
    post("sys/unseal", "{\"key\":\"" + key + "\"}");
    connectClient();
    return waitFor("sys/health", 200);
}

core::Response RealServer::ask(core::Operation operation, std::string path, std::string_view json)
{
    core::Request request;
    request.operation = operation;
    request.path = path;
    request.data = boost::json::parse(json).as_object();
    auto answer = m_client->ask(std::move(request));
    if (!answer)
        qFatal("%s: %s", path.c_str(), why(answer).constData());
    return std::move(*answer);
}

std::string RealServer::create(std::string path, std::string_view json)
{
    const core::Response response = post(path, json);
    if (!response.ok() || !response.data)
        qFatal("%s: %d %s", path.c_str(), response.status,
               response.errors.empty() ? "" : response.errors.front().c_str());
    return std::string(response.data->at("id").as_string());
}

std::string RealServer::userpass(const std::string &path)
{
    post("sys/auth/" + path, R"({"type":"userpass"})");
    const core::Response mounts = get("sys/auth");
    return std::string(mounts.data->at(path + "/").at("accessor").as_string());
}

bool RealServer::load(const QString &document)
{
    const QString loader = sharedPath(QStringLiteral("data/load"));
    const QString file = sharedPath(QStringLiteral("data/") + document);
    if (!QFile::exists(loader) || !QFile::exists(file))
        return false;
    QStringList arguments{
        loader, QStringLiteral("--addr"), m_address, QStringLiteral("--token"), QString::fromLatin1(m_token), file};
    if (!m_nameSpace.isEmpty())
        arguments += {QStringLiteral("--namespace"), m_nameSpace};
    QProcess process;
    process.start(QStringLiteral("python3"), arguments);
    return process.waitForFinished(240'000) && process.exitCode() == 0;
}

} // namespace kith::test
