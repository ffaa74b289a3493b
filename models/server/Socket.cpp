// SPDX-License-Identifier: Apache-2.0
#include "server/Socket.h"

#include "server/ServerOptions.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

namespace kith::server {

namespace {

constexpr int Backlog = 1024;

Error failed(const std::string &what, const std::string &place)
{
    return {ErrorCode::Io, 500, what, place};
}

struct Free {
    void operator()(addrinfo *list) const { freeaddrinfo(list); }
};

} // namespace

std::optional<Endpoint> parseEndpoint(const std::string &text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0)
        return std::nullopt;
    Endpoint endpoint{text.substr(0, colon), 0};
    const char *last = text.data() + text.size();
    const auto read = std::from_chars(text.data() + colon + 1, last, endpoint.port);
    if (read.ec != std::errc() || read.ptr != last || endpoint.port < 0 || endpoint.port > 65535)
        return std::nullopt;
    if (endpoint.address.front() == '[' && endpoint.address.back() == ']')
        endpoint.address = endpoint.address.substr(1, endpoint.address.size() - 2);
    else if (endpoint.address.find(':') != std::string::npos)
        return std::nullopt; // IPv6 needs brackets
    return endpoint.address.empty() ? std::nullopt : std::optional(endpoint);
}

Result<Socket> Socket::listen(const std::string &address, int port)
{
    const std::string place = address + ":" + std::to_string(port);
    addrinfo wanted{};
    wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo *list = nullptr;
    if (const int code = getaddrinfo(address.c_str(), std::to_string(port).c_str(), &wanted, &list); code != 0)
        return failed(std::string("there is no such address: ") + gai_strerror(code), place);
    const std::unique_ptr<addrinfo, Free> owner(list);
    Socket socket(::socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    if (socket.m_descriptor < 0 || setsockopt(socket.m_descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(socket.m_descriptor, list->ai_addr, list->ai_addrlen) != 0 || ::listen(socket.m_descriptor, Backlog) != 0)
        return failed(std::string("can't listen there: ") + std::strerror(errno), place);
    return socket;
}

Result<Socket> Socket::idle()
{
    Socket socket(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (socket.m_descriptor < 0)
        return failed(std::string("no descriptor is left: ") + std::strerror(errno), {});
    return socket;
}

Socket::Socket(Socket &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

Socket &Socket::operator=(Socket &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

Socket::~Socket()
{
    close();
}

void Socket::close()
{
    if (m_descriptor >= 0)
        ::close(release());
}

Result<Socket> Socket::duplicate() const
{
    Socket copy(fcntl(m_descriptor, F_DUPFD_CLOEXEC, 0));
    if (copy.m_descriptor < 0)
        return failed(std::string("the listening socket can't be shared: ") + std::strerror(errno), {});
    return copy;
}

core::Peer Socket::place() const
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    return getsockname(m_descriptor, address, &size) == 0 ? peerOf(address) : core::Peer();
}

bool Socket::isLoopback() const
{
    const std::string address = place().address;
    return address.starts_with("127.") || address == "::1";
}

core::Peer peerOf(const sockaddr *address)
{
    char text[INET6_ADDRSTRLEN] = {};
    if (address->sa_family == AF_INET) {
        const auto *four = reinterpret_cast<const sockaddr_in *>(address);
        inet_ntop(AF_INET, &four->sin_addr, text, sizeof text);
        return {text, ntohs(four->sin_port)};
    }
    if (address->sa_family != AF_INET6)
        return {};
    const auto *six = reinterpret_cast<const sockaddr_in6 *>(address);
    if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
        inet_ntop(AF_INET, six->sin6_addr.s6_addr + 12, text, sizeof text);
    else
        inet_ntop(AF_INET6, &six->sin6_addr, text, sizeof text);
    return {text, ntohs(six->sin6_port)};
}

} // namespace kith::server
