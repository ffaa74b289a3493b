// SPDX-License-Identifier: Apache-2.0
#include "server/Server.h"

#include "server/Daemon.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace kith::server {

namespace {

constexpr std::chrono::seconds ReloadPatience(10);

Result<std::string> readFile(const std::string &name)
{
    std::ifstream file(name, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file)
        return Error{ErrorCode::Io, 500, std::string("can't be read: ") + std::strerror(errno), name};
    return text;
}

} // namespace

class Server::Private
{
public:
    Private(ServerOptions serverOptions, WorkerPool &workers, Handler handler, Shortcuts shortcuts, SignInPages *pages,
            Socket listening)
        : household{std::move(serverOptions), workers, std::move(handler), std::move(shortcuts), pages}
        , place(listening.place())
        , loopback(listening.isLoopback())
        , socket(std::move(listening))
    {}

    /// A daemon with the certificate as it is now.
    Result<std::unique_ptr<Daemon>> newDaemon()
    {
        std::string certificate;
        std::string key;
        if (const auto &tls = household.options.tls) {
            auto first = readFile(tls->certificateFile);
            auto second = readFile(tls->keyFile);
            if (!first || !second)
                return first ? second.error() : first.error();
            certificate = std::move(*first);
            key = std::move(*second);
        }
        std::unique_lock lock(mutex);
        auto share = socket.duplicate();
        lock.unlock();
        if (!share)
            return share.error();
        return Daemon::start(household, std::move(*share), certificate, key);
    }

    Household household;
    const core::Peer place;
    const bool loopback;
    std::mutex mutex; ///< Guards the socket and the daemon.
    Socket socket;
    std::unique_ptr<Daemon> daemon;
};

Server::Server(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

Server::~Server()
{
    stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, WorkerPool &workers, Handler handler,
                                              Shortcuts shortcuts, SignInPages *pages)
{
    auto socket = Socket::listen(options.address, options.port);
    if (!socket)
        return socket.error();
    auto d = std::make_unique<Private>(std::move(options), workers, std::move(handler), std::move(shortcuts), pages,
                                       std::move(*socket));
    auto daemon = d->newDaemon();
    if (!daemon)
        return daemon.error();
    d->daemon = std::move(*daemon);
    return std::unique_ptr<Server>(new Server(std::move(d)));
}

int Server::port() const
{
    return m_d->place.port;
}

std::string Server::url() const
{
    const core::Peer &place = m_d->place;
    const bool six = place.address.find(':') != std::string::npos;
    return (m_d->household.options.tls ? "https://" : "http://") + (six ? "[" + place.address + "]" : place.address) +
           ":" + std::to_string(place.port);
}

bool Server::isLoopback() const
{
    return m_d->loopback;
}

Result<void> Server::reload()
{
    auto fresh = m_d->newDaemon();
    if (!fresh)
        return fresh.error();
    std::unique_ptr<Daemon> old = std::move(*fresh);
    {
        const std::lock_guard lock(m_d->mutex);
        if (!m_d->daemon || m_d->socket.descriptor() < 0)
            return Error{ErrorCode::Cancelled, 0, "the server is stopping", {}};
        std::swap(old, m_d->daemon);
    }
    if (old) {
        old->quiesce();
        old->drain(ReloadPatience);
    }
    return {};
}

void Server::quiesce()
{
    const std::lock_guard lock(m_d->mutex);
    m_d->socket.close();
    if (m_d->daemon)
        m_d->daemon->quiesce();
}

void Server::stop(std::chrono::milliseconds patience)
{
    std::unique_ptr<Daemon> daemon;
    {
        const std::lock_guard lock(m_d->mutex);
        m_d->socket.close();
        daemon = std::move(m_d->daemon);
    }
    if (!daemon)
        return;
    daemon->quiesce();
    daemon->drain(patience);
}

} // namespace kith::server
