// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/LdapConfig.h"
#include "store/Result.h"

#include <ldap.h>

#include <chrono>

namespace kith::auth {

/// How a connection to a directory carries its bytes: by TLS as the configuration says, and never waiting beyond a
/// deadline, whatever the other side does. libldap's own time limits end where a message or a handshake stops halfway.
class LdapTransport
{
public:
    using Clock = std::chrono::steady_clock;

    LdapTransport() = default;
    LdapTransport(const LdapTransport &) = delete;
    LdapTransport &operator=(const LdapTransport &) = delete;

    /// Of a handle that hasn't connected yet, which this must outlive. Fails when the certificates can't be used.
    Result<void> attachTo(LDAP *ldap, const LdapConfig &config);

    void setDeadline(Clock::time_point end) { m_end = end; }
    bool isOver() const { return Clock::now() >= m_end; }
    timeval left() const; ///< Never nothing.

private:
    Clock::time_point m_end;
    ldap_conncb m_callbacks{};
};

} // namespace kith::auth
