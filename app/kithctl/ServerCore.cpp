// SPDX-License-Identifier: Apache-2.0
#include "AnyCore.h"

#include "Output.h"
#include "connection/Answers.h"
#include "connection/Profiles.h"
#include "connection/RemoteConnection.h"
#include "connection/Secrets.h"

#include <QEventLoop>
#include <QFile>
#include <QFutureWatcher>

#include <fstream>
#include <iostream>

namespace kith::ctl {

namespace json = boost::json;
using connection::MirrorState;
using connection::RemoteConnection;
using connection::requestOf;

namespace {

constexpr int PatienceSeconds = 300; ///< An import of a large document takes its time.

using Answer = Result<core::Response>;

core::Response orUnreachable(Answer answer, const std::string &address)
{
    if (answer)
        return std::move(*answer);
    core::Response response;
    response.status = 503;
    response.errors.push_back(address + ": " + answer.error().wire);
    return response;
}

/// A server with kith/.
class KithServer final : public AnyCore
{
public:
    explicit KithServer(std::unique_ptr<connection::RemoteClient> client) : m_client(std::move(client)) {}

    core::Response send(core::Operation operation, std::string path, json::object data) override
    {
        return orUnreachable(m_client->ask(requestOf(operation, std::move(path), std::move(data))),
                             m_client->profile().address.toStdString());
    }

private:
    std::unique_ptr<connection::RemoteClient> m_client;
};

template <class T>
T waitFor(QFuture<T> future)
{
    QFutureWatcher<T> watcher;
    QEventLoop loop;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    return future.takeResult();
}

/// Any other server, through a mirror.
class PlainServer final : public AnyCore
{
public:
    explicit PlainServer(std::unique_ptr<RemoteConnection> connection) : m_connection(std::move(connection)) {}

    core::Response send(core::Operation operation, std::string path, json::object data) override
    {
        return orUnreachable(waitFor(m_connection->send(requestOf(operation, std::move(path), std::move(data)))),
                             m_connection->profile().address.toStdString());
    }

    /// Until all has been read.
    Result<void> read()
    {
        QEventLoop loop;
        QObject::connect(m_connection.get(), &RemoteConnection::mirrorChanged, &loop, [&] {
            const auto phase = m_connection->mirror().phase;
            if (phase == MirrorState::Phase::Current || phase == MirrorState::Phase::Failed)
                loop.quit();
        });
        const auto phase = m_connection->mirror().phase;
        if (phase != MirrorState::Phase::Current && phase != MirrorState::Phase::Failed)
            loop.exec();
        const MirrorState &state = m_connection->mirror();
        if (state.problem)
            return *state.problem;
        for (const QString &path : state.forbidden)
            std::cerr << "kithctl: this token may not read " << path.toStdString() << ": there may be more\n";
        return {};
    }

private:
    std::unique_ptr<RemoteConnection> m_connection;
};

/// That of the file, of the environment, or what the keychain has for a connection.
Result<std::string> tokenOf(const Server &server, const connection::Profile &profile)
{
    if (!server.tokenFile.empty()) {
        std::ifstream file(server.tokenFile, std::ios::binary);
        std::string token;
        if (!file || !(file >> token))
            return Error{ErrorCode::Io, 500, "there is no token in this file", server.tokenFile.string()};
        return token;
    }
    if (const char *token = std::getenv("VAULT_TOKEN"); token && *token && !server.isOneOfTwo)
        return std::string(token);
    if (profile.keepToken) {
        connection::Secrets secrets;
        if (auto kept = waitFor(secrets.read(connection::Secrets::tokenOf(profile.id))))
            return kept->toStdString();
    }
    return invalidRequest(server.isOneOfTwo ? "which token is for which server? Name a file for each with --token-file"
                                            : "whose token? Name a file with --token-file, or set VAULT_TOKEN");
}

Result<connection::Profile> profileOf(const Server &server)
{
    connection::Profile profile;
    if (!server.connection.empty()) {
        connection::Profiles profiles;
        if (auto loaded = profiles.load(); !loaded)
            return loaded.error();
        const connection::Profile *kept = profiles.findNamed(QString::fromStdString(server.connection));
        if (!kept)
            return invalidRequest("there is no connection \"" + server.connection + "\"");
        profile = *kept;
    } else {
        profile.address = QString::fromStdString(server.address);
    }
    if (!server.nameSpace.empty())
        profile.nameSpace = QString::fromStdString(server.nameSpace);
    profile.timeoutSeconds = std::max(profile.timeoutSeconds, PatienceSeconds);
    if (!server.authority.empty()) {
        profile.trust = connection::Trust::CaFile;
        profile.caFile = QFile::decodeName(server.authority.c_str());
    }
    return profile;
}

} // namespace

Result<std::unique_ptr<AnyCore>> openServer(const Server &server)
{
    const auto profile = profileOf(server);
    if (!profile)
        return profile.error();
    const auto token = tokenOf(server, *profile);
    if (!token)
        return token.error();
    auto client = std::make_unique<connection::RemoteClient>(*profile);
    client->setToken(QByteArray::fromStdString(*token));
    const auto hasKith = connection::hasKith(*client);
    if (!hasKith)
        return hasKith.error();
    if (*hasKith)
        return std::unique_ptr<AnyCore>(std::make_unique<KithServer>(std::move(client)));
    connection::RemoteOptions options;
    options.profile = *profile;
    options.token = client->token();
    options.refreshSeconds = 0;
    auto opened = waitFor(RemoteConnection::open(std::move(options)));
    if (!opened) {
        Error error = opened.error();
        error.where = profile->address.toStdString();
        return error;
    }
    auto core = std::make_unique<PlainServer>(std::move(*opened));
    if (auto read = core->read(); !read)
        return read.error();
    return std::unique_ptr<AnyCore>(std::move(core));
}

} // namespace kith::ctl
