// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"
#include "store/Result.h"

#include <string>
#include <utility>

struct sockaddr;

namespace kith::server {

/// A socket that listens, or a stand-in for one; closed when it goes, or before.
class Socket
{
public:
    /// Fails with Io when the name isn't known or the place is taken.
    static Result<Socket> listen(const std::string &address, int port);
    /// A descriptor at which nothing ever happens. Fails with Io when the process may have no more.
    static Result<Socket> idle();

    Socket(Socket &&other) noexcept;
    Socket &operator=(Socket &&other) noexcept;
    ~Socket();
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;

    int descriptor() const { return m_descriptor; }
    Result<Socket> duplicate() const;
    void close();
    /// Leaves the descriptor to whoever asks.
    int release() { return std::exchange(m_descriptor, -1); }
    /// Where it listens, the real port included.
    core::Peer place() const;
    bool isLoopback() const;

private:
    explicit Socket(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

/// The address and port in a system structure. An IPv4 address in an IPv6 one is given as IPv4.
core::Peer peerOf(const sockaddr *address);

} // namespace kith::server
